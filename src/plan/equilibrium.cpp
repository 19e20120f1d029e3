#include "equilibrium.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/sort.hpp"

namespace abatis::plan_detail {

namespace {

constexpr int kLineSteps = 7;
constexpr std::size_t kMostLimitRows = 100;  // beside those on money: a step on prices is cubic
}  // namespace

Equilibrium::Equilibrium(const Instance& instance, PathPool& pool)
    : instance_(instance),
      pool_(pool),
      site_columns_(at(instance.problem.sites)),
      required_(at(instance.problem.sites), 0),
      barred_(instance.columns.size(), 0),
      use_(instance.columns.size()),
      benefit_(instance.columns.size(), 0.0),
      price_(instance.columns.size(), 0.0),
      x_(instance.columns.size(), 0.0),
      routes_(instance.cells.size()) {
  double cost = 1, impact = 0;
  for (std::size_t c = 0; c < x_.size(); ++c) {
    site_columns_[at(instance.site_of(static_cast<int>(c)))].push_back(static_cast<int>(c));
    cost += instance.problem.options[at(instance.columns[c].option)].cost();
    double sum = 0;
    for (std::size_t i = 0; i < instance.cells.size(); ++i) {
      sum += instance.cells[i].weight * instance.effect(static_cast<int>(c), static_cast<int>(i));
    }
    impact = std::max(impact, sum);
  }
  for (const PlanCell& cell : instance.cells) weight_.push_back(cell.weight);
  money_unit_ = cost / static_cast<double>(x_.size() + 1);
  for (const PlanFixed& f : instance.problem.fixed) {
    const int site = instance.problem.options[at(f.option)].site;
    required_[at(site)] = 1;
    for (const int c : site_columns_[at(site)]) {
      barred_[at(c)] = c == instance.column(f.option, f.year) ? 0 : 1;
    }
  }
  temperature_ = std::max(1e-9, 0.02 * impact);
  coldest_ = 2e-3 * temperature_;
  add_limits();
  for (std::size_t s = 0; s < site_columns_.size(); ++s) answer(static_cast<int>(s));
}

// sign * (sum of terms) <= sign * end, divided by the unit of the row.
void Equilibrium::limit_row(const Row& row, double end, double sign) {
  if (std::isinf(end)) return;
  Limit limit;
  limit.kind = row.kind;
  limit.index = row.index;
  limit.unit = row.kind == Row::Kind::limit ? mean_term(row) : money_unit_;
  limit.room = end * (sign / limit.unit);
  for (const auto& [column, amount] : row.terms) {
    use_[at(column)].push_back({static_cast<int>(limits_.size()), sign * amount / limit.unit});
  }
  limits_.push_back(limit);
}

// Of a limit that holds every year there are the row of the last year and the mean of all; the
// longest rows go first, and what is over is left to the linear program.
void Equilibrium::add_limits() {
  std::vector<Row> last;
  for (Row& row : linear_rows(instance_.problem, instance_.columns)) {
    const bool each_year = row.kind == Row::Kind::limit &&
                           instance_.problem.limits[at(row.index)].span == LimitSpan::each_year;
    if (row.kind != Row::Kind::limit || each_year) {
      limit_row(row, row.high, 1);
      limit_row(row, row.low, -1);
      continue;
    }
    if (row.year == instance_.problem.years - 1) {
      last.push_back(std::move(row));
    }
  }
  sort_stably(last, [](const Row& a, const Row& b) { return a.terms.size() > b.terms.size(); });
  const std::size_t most = limits_.size() + kMostLimitRows;
  for (const Row& row : last) {
    if (limits_.size() + 3 > most) break;
    limit_row(row, row.high, 1);
    limit_row(row, row.low, -1);
    const PlanLimit& limit = instance_.problem.limits[at(row.index)];
    if (limit.span == LimitSpan::by_year_end && std::isfinite(row.high))
      limit_row(mean_of_years(row), row.high, 1);
  }
}

// The mean of the rows of all years: what is bought late counts less.
Row Equilibrium::mean_of_years(const Row& row) const {
  Row mean = row;
  const int years = instance_.problem.years;
  for (auto& [column, amount] : mean.terms) {
    amount *= static_cast<double>(years - instance_.columns[at(column)].year) / years;
  }
  return mean;
}

void Equilibrium::answer(int site) {
  double top = required_[at(site)] ? -1e300 : 0.0;
  for (const int c : site_columns_[at(site)]) {
    if (!barred_[at(c)]) top = std::max(top, benefit_[at(c)] - price_[at(c)]);
  }
  double sum = required_[at(site)] ? 0.0 : std::exp(-top / temperature_);
  for (const int c : site_columns_[at(site)]) {
    const double worth = benefit_[at(c)] - price_[at(c)] - top;
    x_[at(c)] = barred_[at(c)] ? 0.0 : std::exp(worth / temperature_);
    sum += x_[at(c)];
  }
  for (const int c : site_columns_[at(site)]) x_[at(c)] /= sum;
}

void Equilibrium::reprice() {
  for (std::size_t c = 0; c < price_.size(); ++c) {
    price_[c] = 0;
    for (const Use& use : use_[c]) price_[c] += use.amount * limits_[at(use.limit)].price;
  }
  for (std::size_t s = 0; s < site_columns_.size(); ++s) answer(static_cast<int>(s));
}

double Equilibrium::path_time(int cell, const Path& path) const {
  double time = path.length;
  for (const auto& [site, count] : path.steps) {
    for (const int c : site_columns_[at(site)]) {
      time += count * instance_.effect(c, cell) * x_[at(c)];
    }
  }
  return time;
}

void Equilibrium::add(const std::vector<Answer>& answers) {
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const int path = pool_.add(instance_.cells[i].kase, answers[i].path);
    auto& routes = routes_[i];
    const bool known =
        std::any_of(routes.begin(), routes.end(), [&](const Route& r) { return r.path == path; });
    if (known) continue;
    const bool first = routes.empty();
    routes.push_back({path, first ? 1.0 : 0.0});
    if (!first) continue;
    for (const auto& [site, count] : answers[i].path.steps) {
      for (const int c : site_columns_[at(site)]) {
        benefit_[at(c)] += weight_[i] * count * instance_.effect(c, static_cast<int>(i));
      }
      answer(site);
    }
  }
}

// Benefits are summed anew under the new weights.
void Equilibrium::weigh(const std::vector<double>& time_s, double share) {
  const std::vector<double> worst = instance_.weights_at(time_s);
  for (std::size_t i = 0; i < weight_.size(); ++i) weight_[i] += share * (worst[i] - weight_[i]);
  std::fill(benefit_.begin(), benefit_.end(), 0.0);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    for (const Route& r : routes_[i]) {
      for (const auto& [site, count] : pool_.of(instance_.cells[i].kase)[at(r.path)].steps) {
        for (const int c : site_columns_[at(site)]) {
          benefit_[at(c)] +=
              weight_[i] * r.share * count * instance_.effect(c, static_cast<int>(i));
        }
      }
    }
  }
  for (std::size_t s = 0; s < site_columns_.size(); ++s) answer(static_cast<int>(s));
}

// Time on the second path less that on the first once `moved` of the flow has changed over;
// rises with `moved`, since the sites on the way answer.
double Equilibrium::cost_gap(int cell, const std::vector<Difference>& difference, double start,
                             double moved) const {
  double gap = start;
  const double weight = weight_[at(cell)];
  for (const Difference& d : difference) {
    const double push = weight * d.count * moved;
    double top = required_[at(d.site)] ? -1e300 : 0.0;
    const auto& columns = site_columns_[at(d.site)];
    const auto worth = [&](int c) {
      return benefit_[at(c)] - price_[at(c)] + push * instance_.effect(c, cell);
    };
    for (const int c : columns) {
      if (!barred_[at(c)]) top = std::max(top, worth(c));
    }
    double sum = required_[at(d.site)] ? 0.0 : std::exp(-top / temperature_), delay = 0;
    for (const int c : columns) {
      if (barred_[at(c)]) continue;
      const double share = std::exp((worth(c) - top) / temperature_);
      sum += share;
      delay += share * instance_.effect(c, cell);
    }
    gap += d.count * delay / sum;
  }
  return gap;
}

// Moves flow between two routes of a cell until their times are equal, or all of it.
void Equilibrium::shift(int cell, Route& from, Route& to) {
  const auto& paths = pool_.of(instance_.cells[at(cell)].kase);
  const Path& a = paths[at(from.path)];
  const Path& b = paths[at(to.path)];
  std::vector<Difference> difference;
  auto i = a.steps.begin();
  auto j = b.steps.begin();
  while (i != a.steps.end() || j != b.steps.end()) {
    if (j == b.steps.end() || (i != a.steps.end() && i->first < j->first)) {
      difference.push_back({i->first, -i->second});
      ++i;
    } else if (i == a.steps.end() || j->first < i->first) {
      difference.push_back({j->first, j->second});
      ++j;
    } else {
      if (i->second != j->second) difference.push_back({i->first, j->second - i->second});
      ++i;
      ++j;
    }
  }
  const double start = b.length - a.length;
  double low = 0, high = from.share;
  double at_low = cost_gap(cell, difference, start, 0);
  if (at_low >= 0) return;
  double at_high = cost_gap(cell, difference, start, high);
  double moved = high;
  if (at_high > 0) {  // regula falsi, halving when it creeps
    for (int k = 0; k < kLineSteps; ++k) {
      moved = k % 2 == 0 ? low - at_low * (high - low) / (at_high - at_low) : 0.5 * (low + high);
      const double here = cost_gap(cell, difference, start, moved);
      (here > 0 ? high : low) = moved;
      (here > 0 ? at_high : at_low) = here;
    }
    moved = low;
  }
  if (moved <= 0) return;
  from.share = moved >= from.share ? 0.0 : from.share - moved;
  to.share += moved;
  const double weight = weight_[at(cell)];
  for (const Difference& d : difference) {
    for (const int c : site_columns_[at(d.site)]) {
      benefit_[at(c)] += weight * d.count * moved * instance_.effect(c, cell);
    }
    answer(d.site);
  }
}

void Equilibrium::settle_cell(int cell) {
  auto& routes = routes_[at(cell)];
  if (routes.size() < 2) return;
  const auto& paths = pool_.of(instance_.cells[at(cell)].kase);
  std::vector<double> time;
  for (const Route& r : routes) time.push_back(path_time(cell, paths[at(r.path)]));
  const auto best =
      static_cast<std::size_t>(std::min_element(time.begin(), time.end()) - time.begin());
  const double small = 1e-5 * (instance_.cells[at(cell)].top - instance_.cells[at(cell)].base);
  for (std::size_t r = 0; r < routes.size(); ++r) {
    if (r == best || routes[r].share <= 0 || time[r] - time[best] <= small) continue;
    shift(cell, routes[r], routes[best]);
  }
}

void Equilibrium::settle(int sweeps) {
  for (std::size_t s = 0; s < site_columns_.size(); ++s) answer(static_cast<int>(s));
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    settle_prices();
    for (std::size_t i = 0; i < routes_.size(); ++i) settle_cell(static_cast<int>(i));
  }
  settle_prices();
}

}  // namespace abatis::plan_detail
