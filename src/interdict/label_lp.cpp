#include "label_lp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <ClpSimplex.hpp>

#include "abatis/base/clp_stop.hpp"
#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kMuchMore = 1.3;
constexpr double kStalled = 1e-6;

}  // namespace

LabelLp::LabelLp(const InterdictProblem& problem, const Layer& layer, const Domains& domains)
    : layer_(layer), lp_(std::make_unique<ClpSimplex>()) {
  lp_->setLogLevel(0);
  lp_->scaling(0);           // all entries are whole and small
  lp_->setPerturbation(50);  // degenerate: many labels can move at once
  add_columns(problem, domains);
}

LabelLp::LabelLp(const LabelLp& from)
    : layer_(from.layer_),
      lp_(std::make_unique<ClpSimplex>(*from.lp_)),
      columns_(from.columns_),
      rows_(from.rows_) {}

LabelLp::~LabelLp() = default;

std::int64_t LabelLp::size() const {
  return lp_->numberColumns() + static_cast<std::int64_t>(lp_->getNumElements());
}

void LabelLp::add_columns(const InterdictProblem& problem, const Domains& domains) {
  columns_.built = domains;
  const auto& [lo, hi, delays] = domains;
  std::vector<double> objective;
  for (int v = 0; v < layer_.nodes(); ++v) {
    columns_.label.push_back(static_cast<int>(objective.size()));
    objective.resize(objective.size() + at(hi[at(v)] - lo[at(v)]), 0);
  }
  columns_.first_buy = static_cast<int>(objective.size());
  columns_.order_row.assign(objective.size(), 0);
  std::size_t heads = 0;
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    const auto& arc = layer_.arcs[e];
    const Label first = std::max(lo[at(arc.head)], lo[at(arc.tail)] + arc.length + 1);
    columns_.head_at.push_back(heads);
    columns_.head_first.push_back(first);
    columns_.head_count.push_back(
        static_cast<int>(std::max<Label>(0, hi[at(arc.head)] - first + 1)));
    heads += at(columns_.head_count.back());
    const Label last = std::min(hi[at(arc.tail)], hi[at(arc.head)] - arc.length - 1);
    const Label count = delays[e] > 0 ? std::max<Label>(0, last - lo[at(arc.tail)] + 1) : 0;
    columns_.buy.push_back(count > 0 ? static_cast<int>(objective.size()) : -1);
    columns_.buy_count.push_back(static_cast<int>(count));
    objective.resize(objective.size() + at(count),
                     static_cast<double>(problem.arcs[at(arc.id)].cost));
  }
  columns_.head_row.assign(heads, 0);
  columns_.buy_row.assign(objective.size() - at(columns_.first_buy), 0);
  const std::vector<double> lower(objective.size(), 0), upper(objective.size(), 1);
  const std::vector<CoinBigIndex> starts(objective.size() + 1, 0);
  lp_->addColumns(static_cast<int>(objective.size()), lower.data(), upper.data(), objective.data(),
                  starts.data(), nullptr, nullptr);
}

void LabelLp::add_label_term(double& rhs, int v, Label k, double value) {
  const auto& built = columns_.built;
  if (k <= built.lo[at(v)]) {
    rhs -= value;
  } else if (k <= built.hi[at(v)]) {
    indices_.push_back(columns_.label[at(v)] + static_cast<int>(k - built.lo[at(v)]) - 1);
    values_.push_back(value);
  }
}

double LabelLp::row_terms(const Row& row) {
  indices_.clear();
  values_.clear();
  double rhs = 0;
  if (row.kind == Kind::order) {
    add_label_term(rhs, row.index, row.label, 1);
    add_label_term(rhs, row.index, row.label + 1, -1);
    return rhs;
  }
  const auto& arc = layer_.arcs[at(row.index)];
  const int buy = columns_.buy[at(row.index)];
  const Label tail_lo = columns_.built.lo[at(arc.tail)];
  if (row.kind == Kind::tail) {
    add_label_term(rhs, arc.tail, row.label, 1);
    add_label_term(rhs, arc.tail, row.label + 1, -1);
    indices_.push_back(buy + static_cast<int>(row.label - tail_lo));
    values_.push_back(-1);
    return rhs;
  }
  add_label_term(rhs, arc.head, row.label, -1);
  add_label_term(rhs, arc.tail, row.label - arc.length, 1);
  const Label count = columns_.buy_count[at(row.index)];
  const Label end = row.label - arc.length - tail_lo;
  const Label begin = std::max<Label>(0, end - columns_.built.delay[at(row.index)]);
  for (Label i = begin; i < std::min(count, end); ++i) {
    indices_.push_back(buy + static_cast<int>(i));
    values_.push_back(1);
  }
  return rhs;
}

void LabelLp::mark(const Row& row) {
  const auto index = at(row.index);
  const auto& built = columns_.built;
  switch (row.kind) {
    case Kind::head:
      columns_.head_row[columns_.head_at[index] + at(row.label - columns_.head_first[index])] ^= 1;
      break;
    case Kind::tail:
      columns_.buy_row[at(columns_.buy[index] - columns_.first_buy) +
                       at(row.label - built.lo[at(layer_.arcs[index].tail)])] ^= 1;
      break;
    case Kind::order:
      columns_.order_row[at(columns_.label[index]) + at(row.label - built.lo[index] - 1)] ^= 1;
      break;
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

void LabelLp::begin_with(const Messages& messages) {
  std::vector<Row> rows;
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    const auto& arc = layer_.arcs[e];
    const Cost* head = messages.message.data() + arc.head_at;
    const Label root = layer_.root.lo[at(arc.head)];
    const Label lo = columns_.built.lo[at(arc.head)];
    for (int i = 0; i < columns_.head_count[e]; ++i) {
      const Label k = columns_.head_first[e] + i;
      const Cost rise = head[k - root] - (k > lo ? head[k - 1 - root] : 0);
      if (rise > kUnit / 64) rows.push_back({Kind::head, static_cast<int>(e), k});
    }
  }
  if (!rows.empty()) add(rows);
}

void LabelLp::set_bounds(int column, double lower, double upper) {
  if (lp_->columnLower()[column] != lower || lp_->columnUpper()[column] != upper) {
    lp_->setColumnBounds(column, lower, upper);
  }
}

void LabelLp::restrict_to(const Domains& domains) {
  const auto& built = columns_.built;
  for (int v = 0; v < layer_.nodes(); ++v) {
    int column = columns_.label[at(v)];
    for (Label k = built.lo[at(v)] + 1; k <= built.hi[at(v)]; ++k, ++column) {
      set_bounds(column, k <= domains.lo[at(v)] ? 1 : 0, k <= domains.hi[at(v)] ? 1 : 0);
    }
  }
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    const auto tail = at(layer_.arcs[e].tail);
    for (int i = 0; i < columns_.buy_count[e]; ++i) {
      const Label k = built.lo[tail] + i;
      const bool may = domains.delay[e] > 0 && k >= domains.lo[tail] && k <= domains.hi[tail];
      set_bounds(columns_.buy[e] + i, 0, may ? 1 : 0);
    }
  }
}

LpSolution LabelLp::solve(double limit, const std::function<bool()>& stop) {
  lp_->setDualObjectiveLimit(limit + 1e-4);
  // Changes of rows must not be broken off.
  const ClpStop handler(stop);
  lp_->passInEventHandler(&handler);
  const auto solution = solve_rows(limit, stop);
  const ClpEventHandler none;
  lp_->passInEventHandler(&none);
  return solution;
}

LpSolution LabelLp::solve_rows(double limit, const std::function<bool()>& stop) {
  std::vector<Row> found;
  double value = 0, dropped_at = 0, rows = lp_->numberRows();
  for (;;) {
    if (stop()) return {value, true};
    lp_->dual();
    if (stop()) return {value, true};
    if (lp_->problemStatus() == 1) return {std::numeric_limits<double>::infinity(), false};
    const double before = value;
    value = lp_->objectiveValue();
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
    if (lp_->getRowStatus(r) == ClpSimplex::basic) slack.push_back(r);
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

void LabelLp::take_duals(LayerState& state) const {
  auto& message = state.messages.message;
  std::fill(message.begin(), message.end(), 0);
  const double* dual = lp_->dualRowSolution();
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const auto& row = rows_[r];
    if (row.kind != Kind::head) continue;
    const auto& arc = layer_.arcs[at(row.index)];
    message[arc.head_at + at(row.label - layer_.root.lo[at(arc.head)])] +=
        static_cast<Cost>(std::floor(std::max(0.0, dual[r]) * static_cast<double>(kUnit)));
  }
  for (const auto& arc : layer_.arcs) {
    const Label lo = layer_.root.lo[at(arc.head)];
    Cost* head = message.data() + arc.head_at - lo;
    for (Label k = lo + 1; k <= state.domains.hi[at(arc.head)]; ++k) head[k] += head[k - 1];
  }
}

double LabelLp::label_share(int v, Label k) const {
  const Label lo = columns_.built.lo[at(v)];
  if (k <= lo) return 1;
  if (k > columns_.built.hi[at(v)]) return 0;
  return lp_->primalColumnSolution()[columns_.label[at(v)] + static_cast<int>(k - lo) - 1];
}

double LabelLp::bought(int arc) const {
  double sum = 0;
  for (int i = 0; i < columns_.buy_count[at(arc)]; ++i) {
    sum += lp_->primalColumnSolution()[columns_.buy[at(arc)] + i];
  }
  return sum;
}

}  // namespace abatis::interdiction
