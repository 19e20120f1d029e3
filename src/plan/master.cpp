#include "master.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include <ClpSimplex.hpp>

#include "simplex_stop.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kTolerance = 1e-9;
}  // namespace

Master::~Master() = default;

Master::Master(const Instance& instance, const PathPool& pool, std::function<bool()> stop)
    : instance_(instance),
      pool_(pool),
      stop_(std::move(stop)),
      lp_(std::make_unique<ClpSimplex>()) {
  const SimplexStop handler(stop_);
  lp_->passInEventHandler(&handler);
  lp_->setLogLevel(0);
  lp_->setPrimalTolerance(kTolerance);
  lp_->setDualTolerance(kTolerance);
  choose_units();
  add_columns();
  if (!instance.is_mean()) add_tails();
  add_sites();
  add_rules();
  add_conflicts();
  fixed_rows_ = lp_->numberRows();
  links_ = links_of(instance.problem, instance.limits);
  linked_.assign(links_.size() * at(instance.problem.years), 0);
}

// Units near the middle of what occurs, so that the simplex sees numbers around one.
void Master::choose_units() {
  double delay = 0, cost = 0, weight = 0;
  std::int64_t delays = 0;
  for (std::size_t c = 0; c < instance_.columns.size(); ++c) {
    cost += instance_.problem.options[at(instance_.columns[c].option)].cost();
    for (std::size_t i = 0; i < instance_.cells.size(); ++i) {
      const double e = instance_.effect(static_cast<int>(c), static_cast<int>(i));
      if (e > 0) {
        delay += e;
        ++delays;
      }
    }
  }
  for (const PlanCell& cell : instance_.cells) weight = std::max(weight, cell.weight);
  if (delays > 0) time_unit_ = delay / static_cast<double>(delays);
  if (cost > 0) money_unit_ = cost / static_cast<double>(instance_.columns.size());
  if (weight > 0) weight_unit_ = weight;
}

// First the purchases, then one gain (z - base, in time units) per cell. Clp minimises.
void Master::add_columns() {
  offset_ = instance_.is_mean() ? instance_.baseline : 0.0;
  const std::size_t purchases = instance_.columns.size();
  const std::size_t all = purchases + instance_.cells.size();
  lp_->resize(0, static_cast<int>(all));
  for (std::size_t j = 0; j < all; ++j) {
    const int column = static_cast<int>(j);
    if (j < purchases) {
      lp_->setColumnBounds(column, 0.0, 1.0);
      lp_->setObjectiveCoefficient(column, 0.0);
    } else {
      const PlanCell& cell = instance_.cells[j - purchases];
      lp_->setColumnBounds(column, 0.0, (cell.top - cell.base) / time_unit_);
      if (instance_.is_mean()) {
        lp_->setObjectiveCoefficient(column, -cell.weight / weight_unit_);
      }
    }
  }
}

// For each year a level and by how much each cell stays below it: the mean of the worst part is the
// greatest of level - sum of p (level - z)+ / tail (Rockafellar & Uryasev 2000); with a tail of
// zero the level is below every time.
void Master::add_tails() {
  const double tail = instance_.problem.tail;
  const auto cells = std::span(instance_.cells);
  for (const auto& [first, end] : instance_.year_cells()) {
    double low = cells[first].base, high = cells[first].top, weight = 0;
    for (const PlanCell& cell : cells.subspan(first, end - first)) {
      low = std::min(low, cell.base);
      high = std::max(high, cell.top);
      weight += cell.weight;
    }
    const int level = lp_->numberColumns();
    lp_->addColumn(0, nullptr, nullptr, low / time_unit_, high / time_unit_,
                   -weight / weight_unit_);
    for (std::size_t i = first; i < end; ++i) {
      const int z = static_cast<int>(instance_.columns.size() + i);
      std::vector<int> index{level, z};
      std::vector<double> value{1.0, -1.0};
      if (tail > 0) {
        index.push_back(lp_->numberColumns());
        value.push_back(-1.0);
        lp_->addColumn(0, nullptr, nullptr, 0.0, (high - cells[i].base) / time_unit_,
                       cells[i].weight / (tail * weight_unit_));
      }
      add_row(-COIN_DBL_MAX, cells[i].base / time_unit_, index, value);
    }
  }
}

void Master::add_row(double low, double high, const std::vector<int>& index,
                     const std::vector<double>& value) {
  lp_->addRow(static_cast<int>(index.size()), index.data(), value.data(), low, high);
}

void Master::add_sites() {
  site_row_.assign(at(instance_.problem.sites), -1);
  for (std::size_t s = 0; s < site_row_.size(); ++s) {
    std::vector<int> index;
    for (const int o : instance_.site_options[s]) {
      for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
        index.push_back(c);
      }
    }
    if (index.size() < 2) continue;
    site_row_[s] = lp_->numberRows();
    add_row(-COIN_DBL_MAX, 1.0, index, std::vector<double>(index.size(), 1.0));
  }
}

void Master::add_rules() {
  std::vector<double> low, high, value;
  std::vector<CoinBigIndex> start{0};
  std::vector<int> index;
  for (const Row& row : linear_rows(instance_.problem, instance_.columns)) {
    const double unit = row.kind == Row::Kind::limit ? mean_term(row) : money_unit_;
    for (const auto& [column, amount] : row.terms) {
      index.push_back(column);
      value.push_back(amount / unit);
    }
    start.push_back(static_cast<CoinBigIndex>(index.size()));
    rules_.push_back({row.kind, row.index, lp_->numberRows() + static_cast<int>(low.size()), unit});
    low.push_back(std::isinf(row.low) ? -COIN_DBL_MAX : row.low / unit);
    high.push_back(std::isinf(row.high) ? COIN_DBL_MAX : row.high / unit);
  }
  lp_->addRows(static_cast<int>(low.size()), low.data(), high.data(), start.data(), index.data(),
               value.data());
}

void Master::add_conflicts() {
  for (const PlanConflict& conflict : instance_.problem.conflicts) {
    std::vector<int> index;
    for (const int o : {conflict.option_a, conflict.option_b}) {
      for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
        index.push_back(c);
      }
    }
    if (conflict.option_a == conflict.option_b || index.empty()) continue;
    add_row(-COIN_DBL_MAX, 1.0, index, std::vector<double>(index.size(), 1.0));
  }
}

Master::Outcome Master::solve() {
  const auto done = [this] { return lp_->status() == 0 || lp_->status() == 1 || stop_(); };
  lp_->dual();
  if (!done()) lp_->primal();
  if (!done()) {
    lp_->allSlackBasis(true);
    lp_->dual();
  }
  if (lp_->status() == 1) return Outcome::infeasible;
  return lp_->status() == 0 ? Outcome::optimal : Outcome::failed;
}

// Row duals with the wrong sign for a one-sided row set to zero.
std::vector<double> Master::clipped_duals() const {
  const int rows = lp_->numberRows();
  std::vector<double> dual(lp_->dualRowSolution(), lp_->dualRowSolution() + rows);
  for (int i = 0; i < rows; ++i) {
    const bool no_bound =
        dual[at(i)] > 0 ? lp_->rowLower()[i] <= -1e30 : lp_->rowUpper()[i] >= 1e30;
    if (no_bound || !std::isfinite(dual[at(i)])) dual[at(i)] = 0;
  }
  return dual;
}

double Master::bound(std::vector<double>* gain) const {
  const std::vector<double> dual = clipped_duals();
  const int columns = lp_->numberColumns();
  std::vector<double> priced(at(columns), 0.0);
  lp_->matrix()->transposeTimes(dual.data(), priced.data());
  double low = 0;
  for (int i = 0; i < lp_->numberRows(); ++i) {
    if (dual[at(i)] != 0) {
      low += dual[at(i)] * (dual[at(i)] > 0 ? lp_->rowLower()[i] : lp_->rowUpper()[i]);
    }
  }
  const double to_seconds = weight_unit_ * time_unit_;
  if (gain != nullptr) gain->assign(instance_.columns.size(), 0.0);
  for (int j = 0; j < columns; ++j) {
    const double reduced = lp_->objective()[j] - priced[at(j)];
    low += reduced * (reduced > 0 ? lp_->columnLower()[j] : lp_->columnUpper()[j]);
    if (gain != nullptr && at(j) < gain->size() && reduced > 0 && lp_->columnLower()[j] == 0) {
      (*gain)[at(j)] = -reduced * to_seconds;
    }
  }
  return offset_ - low * to_seconds;
}

void Master::solution(std::vector<double>& x, std::vector<double>& z) const {
  const double* value = lp_->primalColumnSolution();
  x.resize(instance_.columns.size());
  z.resize(instance_.cells.size());
  for (std::size_t c = 0; c < x.size(); ++c) {
    x[c] = value[c] < 1e-10 ? 0.0 : std::min(1.0, value[c]);
  }
  for (std::size_t i = 0; i < z.size(); ++i) {
    z[i] = instance_.cells[i].base + time_unit_ * value[x.size() + i];
  }
}

void Master::add(const std::vector<Cut>& cuts) {
  if (cuts.empty()) return;
  std::vector<double> low, high, value;
  std::vector<CoinBigIndex> start{0};
  std::vector<int> index;
  for (const Cut& cut : cuts) {
    if (!present_.insert(key(cut.cell, cut.path)).second) continue;
    const PlanCell& cell = instance_.cells[at(cut.cell)];
    const Path& path = pool_.of(cell.kase)[at(cut.path)];
    index.push_back(static_cast<int>(instance_.columns.size()) + cut.cell);
    value.push_back(1.0);
    const double cap = cell.top - path.length;
    for (const auto& [site, count] : path.steps) {
      for (const int o : instance_.site_options[at(site)]) {
        for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
          const double effect = std::min(count * instance_.effect(c, cut.cell), cap);
          if (effect <= 0) continue;
          index.push_back(c);
          value.push_back(-effect / time_unit_);
        }
      }
    }
    low.push_back(-COIN_DBL_MAX);
    // No path is shorter than the base but by rounding.
    high.push_back(std::max(0.0, path.length - cell.base) / time_unit_);
    start.push_back(static_cast<CoinBigIndex>(index.size()));
    rows_.push_back({cut.cell, cut.path, 0});
  }
  lp_->addRows(static_cast<int>(low.size()), low.data(), high.data(), start.data(), index.data(),
               value.data());
}

void Master::add_link(const Link& link, int year) {
  std::vector<int> index;
  std::vector<double> value;
  const auto list = [&](const std::vector<int>& options, double sign) {
    for (const int o : options) {
      for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
        if (instance_.columns[at(c)].year > year) continue;
        index.push_back(c);
        value.push_back(sign);
      }
    }
  };
  list(link.users, 1);
  list(link.givers, -1);
  add_row(-COIN_DBL_MAX, 0.0, index, value);
  rows_.push_back({-1, 0, 0});
}

void Master::add(const RouteCut& cut) {
  std::vector<int> index;
  for (std::size_t c = 0; c < instance_.columns.size(); ++c) {
    const Column& column = instance_.columns[c];
    const bool counts = std::any_of(cut.parts.begin(), cut.parts.end(), [&](const auto& part) {
      return instance_.routes->counts(cut, part, column.option, column.year);
    });
    if (counts) index.push_back(static_cast<int>(c));
  }
  add_row(-COIN_DBL_MAX, static_cast<double>(cut.parts.size()) - 1, index,
          std::vector<double>(index.size(), 1.0));
  rows_.push_back({-1, 0, 0});
}

int Master::add_links(const std::vector<double>& x) {
  constexpr double kViolated = 1e-5;
  const int years = instance_.problem.years;
  int added = 0;
  std::vector<double> over(at(years));
  for (std::size_t l = 0; l < links_.size(); ++l) {
    std::fill(over.begin(), over.end(), 0.0);
    const auto count = [&](const std::vector<int>& options, double sign) {
      for (const int o : options) {
        for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
          over[at(instance_.columns[at(c)].year)] += sign * x[at(c)];
        }
      }
    };
    count(links_[l].users, 1);
    count(links_[l].givers, -1);
    int worst = -1;
    double sum = 0, most = kViolated;
    for (int t = 0; t < years; ++t) {
      sum += over[at(t)];
      if (sum <= most || linked_[l * at(years) + at(t)]) continue;
      if (!links_[l].by_year_end && t < years - 1) continue;
      most = sum;
      worst = t;
    }
    if (worst < 0) continue;
    linked_[l * at(years) + at(worst)] = 1;
    add_link(links_[l], worst);
    ++added;
  }
  return added;
}

void Master::purge(int patience) {
  std::vector<int> drop;
  std::vector<CutRow> kept;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const int row = fixed_rows_ + static_cast<int>(i);
    CutRow& cut = rows_[i];
    if (cut.cell < 0) {
      kept.push_back(cut);
      continue;
    }
    cut.idle = lp_->getRowStatus(row) == ClpSimplex::basic ? cut.idle + 1 : 0;
    if (cut.idle >= patience) {
      drop.push_back(row);
      present_.erase(key(cut.cell, cut.path));
    } else {
      kept.push_back(cut);
    }
  }
  if (drop.empty()) return;
  rows_ = std::move(kept);
  lp_->deleteRows(static_cast<int>(drop.size()), drop.data());
}

void Master::set_bounds(const std::vector<double>& upper, const std::vector<int>& must) {
  for (std::size_t c = 0; c < upper.size(); ++c) {
    const int column = static_cast<int>(c);
    if (lp_->columnUpper()[c] != upper[c] || lp_->columnLower()[c] != 0) {
      lp_->setColumnBounds(column, 0.0, upper[c]);
    }
  }
  for (const int row : site_row_) {
    if (row >= 0 && lp_->rowLower()[row] > -1e30) lp_->setRowBounds(row, -COIN_DBL_MAX, 1.0);
  }
  for (const int option : must) {
    const int site = instance_.problem.options[at(option)].site;
    if (site_row_[at(site)] >= 0) {
      lp_->setRowBounds(site_row_[at(site)], 1.0, 1.0);
      continue;
    }
    const int only = instance_.first_column[at(option)];
    if (only < instance_.first_column[at(option) + 1]) {
      // An upper bound of zero and a lower of one is a contradiction Clp must see as a row.
      lp_->setColumnBounds(only, std::min(1.0, upper[at(only)]), upper[at(only)]);
    }
  }
}

std::vector<LimitPrice> Master::prices() const {
  const std::vector<double> dual = clipped_duals();
  const PlanProblem& p = instance_.problem;
  const double seconds = weight_unit_ * time_unit_;
  RulePrices by_rule(p);
  for (const Rule& rule : rules_) {
    by_rule.add(rule.kind, rule.index, std::abs(dual[at(rule.row)]) * seconds / rule.unit);
  }
  return by_rule.prices(instance_.baseline);
}

}  // namespace abatis::plan_detail
