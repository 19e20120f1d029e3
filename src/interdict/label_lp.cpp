#include "label_lp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <ClpSimplex.hpp>

#include "abatis/base/clp_stop.hpp"
#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kProbeIterations = 100;
constexpr double kMuchMore = 1.3;
constexpr double kStalled = 1e-6;

}  // namespace

LabelLp::LabelLp(const InterdictProblem& problem, const std::vector<Layer>& layers,
                 const std::vector<LayerState>& states, bool yearly)
    : problem_(problem), layers_(layers), yearly_(yearly), lp_(std::make_unique<ClpSimplex>()) {
  lp_->setLogLevel(0);
  lp_->scaling(0);           // all entries are whole and small
  lp_->setPerturbation(50);  // degenerate: many labels can move at once
  add_label_columns(states);
  if (yearly_) add_purchase_columns();
  const int count = static_cast<int>(objective_.size());
  const std::vector<double> lower(objective_.size(), 0.0);
  const std::vector<CoinBigIndex> starts(objective_.size() + 1, 0);
  lp_->addColumns(count, lower.data(), upper_.data(), objective_.data(), starts.data(), nullptr,
                  nullptr);
  if (!yearly_) return;
  std::vector<Row> budgets;
  for (int year = 0; year < static_cast<int>(problem_.budgets.size()); ++year) {
    budgets.push_back({.kind = Kind::budget, .index = year});
  }
  add(budgets);
}

LabelLp::LabelLp(const LabelLp& from)
    : problem_(from.problem_),
      layers_(from.layers_),
      yearly_(from.yearly_),
      lp_(std::make_unique<ClpSimplex>(*from.lp_)),
      columns_(from.columns_),
      objective_(from.objective_),
      upper_(from.upper_),
      rows_(from.rows_),
      purchases_(from.purchases_),
      purchase_first_(from.purchase_first_),
      purchase_count_(from.purchase_count_),
      first_purchase_(from.first_purchase_),
      once_row_(from.once_row_) {}

LabelLp::~LabelLp() = default;

std::int64_t LabelLp::size() const {
  return lp_->numberColumns() + static_cast<std::int64_t>(lp_->getNumElements());
}

void LabelLp::add_label_columns(const std::vector<LayerState>& states) {
  const auto column = [&](double cost) {
    objective_.push_back(cost);
    upper_.push_back(1);
    return static_cast<int>(objective_.size()) - 1;
  };
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto& layer = layers_[l];
    Columns columns;
    columns.built = states[l].domains;
    const auto& [lo, hi, delays] = columns.built;
    columns.first_label = static_cast<int>(objective_.size());
    for (int v = 0; v < layer.nodes(); ++v) {
      columns.label.push_back(static_cast<int>(objective_.size()));
      const double cost = yearly_ && v == layer.sink ? -1 : 0;
      for (Label k = lo[at(v)] + 1; k <= hi[at(v)]; ++k) column(cost);
    }
    columns.first_buy = static_cast<int>(objective_.size());
    columns.order_row.assign(at(columns.first_buy - columns.first_label), 0);
    std::size_t heads = 0;
    for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
      const auto& arc = layer.arcs[e];
      const Label first = std::max(lo[at(arc.head)], lo[at(arc.tail)] + arc.length + 1);
      columns.head_at.push_back(heads);
      columns.head_first.push_back(first);
      columns.head_count.push_back(
          static_cast<int>(std::max<Label>(0, hi[at(arc.head)] - first + 1)));
      heads += at(columns.head_count.back());
      const Label last = std::min(hi[at(arc.tail)], hi[at(arc.head)] - arc.length - 1);
      const Label count = delays[e] > 0 ? std::max<Label>(0, last - lo[at(arc.tail)] + 1) : 0;
      columns.buy.push_back(count > 0 ? static_cast<int>(objective_.size()) : -1);
      columns.buy_count.push_back(static_cast<int>(count));
      const double cost = yearly_ ? 0 : static_cast<double>(problem_.arcs[at(arc.id)].cost);
      for (Label i = 0; i < count; ++i) column(cost);
    }
    columns.head_row.assign(heads, 0);
    columns.buy_row.assign(objective_.size() - at(columns.first_buy), 0);
    columns.nest_row.assign(layer.arcs.size(), 0);
    columns_.push_back(std::move(columns));
  }
}

void LabelLp::add_purchase_columns() {
  first_purchase_ = static_cast<int>(objective_.size());
  const int years = static_cast<int>(problem_.budgets.size());
  std::vector<char> used(problem_.arcs.size(), 0);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    for (std::size_t e = 0; e < layers_[l].arcs.size(); ++e) {
      if (columns_[l].buy_count[e] > 0) used[at(layers_[l].arcs[e].id)] = 1;
    }
  }
  purchase_first_.assign(problem_.arcs.size(), -1);
  purchase_count_.assign(problem_.arcs.size(), 0);
  once_row_.assign(problem_.arcs.size(), 0);
  for (std::size_t a = 0; a < used.size(); ++a) {
    if (used[a] == 0) continue;
    purchase_first_[a] = static_cast<int>(purchases_.size());
    for (int year = 0; year < years; ++year) {
      if (problem_.arcs[a].cost > problem_.budgets[at(year)]) continue;
      purchases_.push_back({static_cast<int>(a), year});
      ++purchase_count_[a];
      objective_.push_back(0);
      upper_.push_back(1);
    }
  }
}

void LabelLp::add_label_term(double& rhs, int layer, int v, Label k, double value) {
  const auto& columns = columns_[at(layer)];
  if (k <= columns.built.lo[at(v)]) {
    rhs -= value;
  } else if (k <= columns.built.hi[at(v)]) {
    indices_.push_back(columns.label[at(v)] + static_cast<int>(k - columns.built.lo[at(v)]) - 1);
    values_.push_back(value);
  }
}

double LabelLp::row_terms(const Row& row) {
  indices_.clear();
  values_.clear();
  double rhs = 0;
  const auto term = [&](int column, double value) {
    indices_.push_back(column);
    values_.push_back(value);
  };
  if (row.kind == Kind::once || row.kind == Kind::budget) {  // written as >= too
    for (std::size_t p = 0; p < purchases_.size(); ++p) {
      const auto [arc, year] = purchases_[p];
      const int column = first_purchase_ + static_cast<int>(p);
      if (row.kind == Kind::once && arc == row.index) term(column, -1);
      if (row.kind == Kind::budget && year == row.index) {
        term(column, -static_cast<double>(problem_.arcs[at(arc)].cost));
      }
    }
    return row.kind == Kind::once ? -1 : -static_cast<double>(problem_.budgets[at(row.index)]);
  }
  const auto& layer = layers_[at(row.layer)];
  const auto& columns = columns_[at(row.layer)];
  if (row.kind == Kind::order) {
    add_label_term(rhs, row.layer, row.index, row.label, 1);
    add_label_term(rhs, row.layer, row.index, row.label + 1, -1);
    return rhs;
  }
  const auto& arc = layer.arcs[at(row.index)];
  const int buy = columns.buy[at(row.index)];
  const int count = columns.buy_count[at(row.index)];
  const Label tail_lo = columns.built.lo[at(arc.tail)];
  if (row.kind == Kind::tail) {
    add_label_term(rhs, row.layer, arc.tail, row.label, 1);
    add_label_term(rhs, row.layer, arc.tail, row.label + 1, -1);
    term(buy + static_cast<int>(row.label - tail_lo), -1);
  } else if (row.kind == Kind::head) {
    add_label_term(rhs, row.layer, arc.head, row.label, -1);
    add_label_term(rhs, row.layer, arc.tail, row.label - arc.length, 1);
    const Label last = std::min<Label>(count - 1, row.label - arc.length - 1 - tail_lo);
    for (Label i = std::max<Label>(
             0, row.label - arc.length - columns.built.delay[at(row.index)] - tail_lo);
         i <= last; ++i) {
      term(buy + static_cast<int>(i), 1);
    }
  } else {
    for (int i = 0; i < count; ++i) term(buy + i, -1);
    const int first = purchase_first_[at(arc.id)];
    for (int p = first; p < first + purchase_count_[at(arc.id)]; ++p) {
      if (purchases_[at(p)].year <= row.layer) term(first_purchase_ + p, 1);
    }
  }
  return rhs;
}

void LabelLp::mark(const Row& row) {
  if (row.kind == Kind::budget) return;
  if (row.kind == Kind::once) {
    once_row_[at(row.index)] ^= 1;
    return;
  }
  auto& columns = columns_[at(row.layer)];
  const auto& layer = layers_[at(row.layer)];
  switch (row.kind) {
    case Kind::head:
      columns.head_row[columns.head_at[at(row.index)] +
                       at(row.label - columns.head_first[at(row.index)])] ^= 1;
      break;
    case Kind::tail:
      columns.buy_row[at(columns.buy[at(row.index)] - columns.first_buy) +
                      at(row.label - columns.built.lo[at(layer.arcs[at(row.index)].tail)])] ^= 1;
      break;
    case Kind::order:
      columns.order_row[at(columns.label[at(row.index)] - columns.first_label) +
                        at(row.label - columns.built.lo[at(row.index)] - 1)] ^= 1;
      break;
    default:
      columns.nest_row[at(row.index)] ^= 1;
  }
}

void LabelLp::add(const std::vector<Row>& rows) {
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> all;
  std::vector<double> values, lower;
  for (const auto& row : rows) {
    lower.push_back(row_terms(row));
    all.insert(all.end(), indices_.begin(), indices_.end());
    values.insert(values.end(), values_.begin(), values_.end());
    starts.push_back(static_cast<CoinBigIndex>(all.size()));
    mark(row);
  }
  const std::vector<double> upper(rows.size(), COIN_DBL_MAX);
  lp_->addRows(static_cast<int>(rows.size()), lower.data(), upper.data(), starts.data(), all.data(),
               values.data());
  rows_.insert(rows_.end(), rows.begin(), rows.end());
  rows_added_ += static_cast<std::int64_t>(rows.size());
}

void LabelLp::begin_with(const std::vector<LayerState>& states) {
  std::vector<Row> rows;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto& layer = layers_[l];
    const auto& columns = columns_[l];
    for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
      const auto& arc = layer.arcs[e];
      const Cost* head = states[l].messages.message.data() + arc.head_at;
      const Label root = layer.root.lo[at(arc.head)];
      const Label lo = columns.built.lo[at(arc.head)];
      for (int i = 0; i < columns.head_count[e]; ++i) {
        const Label k = columns.head_first[e] + i;
        const Cost rise = head[k - root] - (k > lo ? head[k - 1 - root] : 0);
        if (rise > kUnit / 64) {
          rows.push_back({Kind::head, static_cast<int>(l), static_cast<int>(e), k});
        }
      }
    }
  }
  if (!rows.empty()) add(rows);
}

void LabelLp::set_bounds(int column, double lower, double upper) {
  if (lp_->columnLower()[column] != lower || lp_->columnUpper()[column] != upper) {
    lp_->setColumnBounds(column, lower, upper);
  }
}

void LabelLp::restrict_layer(int layer, const Domains& domains) {
  const auto& columns = columns_[at(layer)];
  const auto& net = layers_[at(layer)];
  for (int v = 0; v < net.nodes(); ++v) {
    int column = columns.label[at(v)];
    for (Label k = columns.built.lo[at(v)] + 1; k <= columns.built.hi[at(v)]; ++k, ++column) {
      set_bounds(column, k <= domains.lo[at(v)] ? 1 : 0, k <= domains.hi[at(v)] ? 1 : 0);
    }
  }
  for (std::size_t e = 0; e < net.arcs.size(); ++e) {
    const auto tail = at(net.arcs[e].tail);
    for (int i = 0; i < columns.buy_count[e]; ++i) {
      const Label k = columns.built.lo[tail] + i;
      const bool may = domains.delay[e] > 0 && k >= domains.lo[tail] && k <= domains.hi[tail];
      set_bounds(columns.buy[e] + i, 0, may ? 1 : 0);
    }
  }
}

void LabelLp::restrict_purchases(const std::vector<signed char>& fixed) {
  for (std::size_t p = 0; p < fixed.size(); ++p) {
    set_bounds(first_purchase_ + static_cast<int>(p), fixed[p] == 1 ? 1 : 0, fixed[p] == 0 ? 0 : 1);
  }
}

// The columns of sinks count what they are above their lowest label.
double LabelLp::shortfall_at_lowest() const {
  double sum = 0;
  for (std::size_t l = 0; yearly_ && l < layers_.size(); ++l) {
    const auto sink = at(layers_[l].sink);
    sum += static_cast<double>(layers_[l].root.hi[sink] - columns_[l].built.lo[sink]);
  }
  return sum;
}

LpSolution LabelLp::solve(double limit, const std::function<bool()>& stop) {
  const double base = shortfall_at_lowest();
  lp_->setDualObjectiveLimit(limit - base + 1e-4);
  // Probes and changes of rows must not be broken off.
  const ClpStop handler(stop);
  lp_->passInEventHandler(&handler);
  const auto solution = solve_rows(limit, base, stop);
  const ClpEventHandler none;
  lp_->passInEventHandler(&none);
  return solution;
}

LpSolution LabelLp::solve_rows(double limit, double base, const std::function<bool()>& stop) {
  std::vector<Row> found;
  double value = 0, dropped_at = 0, rows = lp_->numberRows();
  for (;;) {
    if (stop()) return {value, true};
    lp_->dual();
    if (stop()) return {value, true};
    if (lp_->problemStatus() == 1) return {std::numeric_limits<double>::infinity(), false};
    const double before = value;
    value = lp_->objectiveValue() + base;
    if (value > limit + 1e-6) return {std::numeric_limits<double>::infinity(), false};
    find_violated(found, value < before + kStalled);
    if (found.empty()) break;
    // Rows found in haste are many; only when the value has risen, so that this comes to an end.
    if (value > dropped_at + 1e-3 && static_cast<double>(lp_->numberRows()) > kMuchMore * rows) {
      drop_slack_rows();
      dropped_at = value;
      rows = lp_->numberRows();
    }
    add(found);
  }
  return {value, false};
}

// Rows that do not bind are given up; those that are violated later come back.
void LabelLp::drop_slack_rows() {
  std::vector<int> slack;
  for (int r = 0; r < lp_->numberRows(); ++r) {
    if (rows_[at(r)].kind != Kind::budget && lp_->getRowStatus(r) == ClpSimplex::basic) {
      slack.push_back(r);
    }
  }
  if (slack.empty()) return;
  for (const int r : slack) mark(rows_[at(r)]);
  lp_->deleteRows(static_cast<int>(slack.size()), slack.data());
  std::vector<Row> kept;
  std::size_t next = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (next < slack.size() && at(slack[next]) == r) {
      ++next;
    } else {
      kept.push_back(rows_[r]);
    }
  }
  rows_ = std::move(kept);
}

void LabelLp::probe(std::vector<Probe>& probes) {
  const auto count = probes.size();
  if (count == 0) return;
  std::vector<int> columns, status(2 * count), iterations(2 * count);
  for (const auto& one : probes) {
    const auto& layer = columns_[at(one.layer)];
    columns.push_back(layer.label[at(one.node)] +
                      static_cast<int>(one.label - layer.built.lo[at(one.node)]) - 1);
  }
  std::vector<double> up(count, 1), down(count, 0);
  // Clp writes a solution for each side; none of them is read.
  const auto size = at(lp_->numberColumns());
  probe_space_.resize(2 * count * size);
  std::vector<double*> spaces;
  for (std::size_t i = 0; i < 2 * count; ++i) spaces.push_back(probe_space_.data() + i * size);
  lp_->setMaximumIterations(kProbeIterations);
  lp_->strongBranching(static_cast<int>(count), columns.data(), up.data(), down.data(),
                       spaces.data(), status.data(), iterations.data(), false, false);
  lp_->setMaximumIterations(std::numeric_limits<int>::max());
  const auto rise = [](double change) {
    return change > 1e40 ? std::numeric_limits<double>::infinity() : std::max(0.0, change);
  };
  for (std::size_t i = 0; i < count; ++i) {
    probes[i].up = rise(up[i]);
    probes[i].down = rise(down[i]);
  }
}

Cost LabelLp::take_duals(std::vector<LayerState>& states,
                         const std::vector<signed char>& fixed) const {
  const double* dual = lp_->dualRowSolution();
  const auto whole = [](double value) {
    return static_cast<Cost>(std::floor(std::max(0.0, value) * static_cast<double>(kUnit)));
  };
  std::vector<Cost> budget_price(problem_.budgets.size(), 0);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    std::fill(states[l].messages.message.begin(), states[l].messages.message.end(), 0);
    if (yearly_) std::fill(states[l].price.begin(), states[l].price.end(), 0);
  }
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const auto& row = rows_[r];
    const Cost price = whole(dual[r]);
    if (price == 0) continue;
    if (row.kind == Kind::head) {
      const auto& layer = layers_[at(row.layer)];
      const auto& arc = layer.arcs[at(row.index)];
      states[at(row.layer)]
          .messages.message[arc.head_at + at(row.label - layer.root.lo[at(arc.head)])] += price;
    } else if (row.kind == Kind::nest) {
      states[at(row.layer)].price[at(row.index)] = price;
    } else if (row.kind == Kind::budget) {
      budget_price[at(row.index)] = price;
    }
  }
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto& layer = layers_[l];
    for (const auto& arc : layer.arcs) {
      Cost* head = states[l].messages.message.data() + arc.head_at - layer.root.lo[at(arc.head)];
      const Label hi = states[l].domains.hi[at(arc.head)];
      for (Label k = layer.root.lo[at(arc.head)] + 1; k <= hi; ++k) head[k] += head[k - 1];
    }
  }
  if (!yearly_) return 0;
  Cost constant = 0;
  for (std::size_t y = 0; y < budget_price.size(); ++y) {
    constant -= budget_price[y] * problem_.budgets[y];
  }
  // What a purchase saves in its year and after, less what it takes of the budget.
  std::vector<std::vector<Cost>> saved(problem_.budgets.size());
  for (std::size_t l = layers_.size(); l-- > 0;) {
    saved[l] = l + 1 < layers_.size() ? saved[l + 1] : std::vector<Cost>(problem_.arcs.size(), 0);
    for (std::size_t e = 0; e < layers_[l].arcs.size(); ++e) {
      saved[l][at(layers_[l].arcs[e].id)] += states[l].price[e];
    }
  }
  for (std::size_t a = 0; a < purchase_first_.size(); ++a) {
    if (purchase_first_[a] < 0) continue;
    Cost best = 0;
    for (int p = purchase_first_[a]; p < purchase_first_[a] + purchase_count_[a]; ++p) {
      if (!fixed.empty() && fixed[at(p)] == 0) continue;
      const auto year = at(purchases_[at(p)].year);
      const Cost cost = problem_.arcs[a].cost * budget_price[year] - saved[year][a];
      if (!fixed.empty() && fixed[at(p)] == 1) {
        best = cost;
        break;
      }
      best = std::min(best, cost);
    }
    constant += best;
  }
  return constant;
}

double LabelLp::label_share(int layer, int v, Label k) const {
  const auto& columns = columns_[at(layer)];
  const Label lo = columns.built.lo[at(v)];
  if (k <= lo) return 1;
  if (k > columns.built.hi[at(v)]) return 0;
  return lp_->primalColumnSolution()[columns.label[at(v)] + static_cast<int>(k - lo) - 1];
}

double LabelLp::bought(int layer, int arc) const {
  const auto& columns = columns_[at(layer)];
  double sum = 0;
  for (int i = 0; i < columns.buy_count[at(arc)]; ++i) {
    sum += lp_->primalColumnSolution()[columns.buy[at(arc)] + i];
  }
  return sum;
}

double LabelLp::purchase_share(int purchase) const {
  return lp_->primalColumnSolution()[first_purchase_ + purchase];
}

}  // namespace abatis::interdiction
