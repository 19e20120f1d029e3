#include "dual_lp.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <ClpPrimalColumnSteepest.hpp>
#include <ClpSimplex.hpp>

#include "abatis/base/clp_stop.hpp"
#include "abatis/base/numbers.hpp"

namespace abatis::covering {

DualLp::DualLp(const Instance& instance, const Prices& start)
    : instance_(instance),
      lp_(std::make_unique<ClpSimplex>()),
      share_(instance.row.size(), 0.0),
      prices_(start) {
  lp_->setLogLevel(0);
  lp_->scaling(0);
  build(start);
}

DualLp::~DualLp() = default;

void DualLp::build(const Prices& start) {
  const int sites = instance_.sites();
  const int groups = instance_.groups();
  for (const auto w : instance_.weight) unit_ = std::max(unit_, static_cast<double>(w));
  for (const auto w : instance_.own) unit_ = std::max(unit_, static_cast<double>(w));
  for (const auto c : instance_.cost) money_ = std::max(money_, static_cast<double>(c));
  constant_ = static_cast<double>(instance_.base);
  for (int g = 0; g < groups; ++g) {
    constant_ +=
        static_cast<double>(instance_.cap[at(g)]) * static_cast<double>(instance_.weight[at(g)]);
  }
  std::vector<double> upper, cost, values;
  std::vector<CoinBigIndex> first{0};
  std::vector<int> rows;
  for (int g = 0; g < groups; ++g) {
    for (const int s : instance_.members[g]) {
      rows.push_back(s);
      values.push_back(1.0 / instance_.need[at(g)]);
    }
    first.push_back(static_cast<CoinBigIndex>(rows.size()));
    upper.push_back(static_cast<double>(instance_.weight[at(g)]) / unit_);
    cost.push_back(-instance_.cap[at(g)]);
  }
  rate_ = groups;
  for (int s = 0; s < sites; ++s) {
    rows.push_back(s);
    values.push_back(-static_cast<double>(instance_.cost[at(s)]) / money_);
  }
  first.push_back(static_cast<CoinBigIndex>(rows.size()));
  upper.push_back(COIN_DBL_MAX);
  cost.push_back(static_cast<double>(instance_.budget) / money_);
  first_over_ = rate_ + 1;
  for (int s = 0; s < sites; ++s) {
    rows.push_back(s);
    values.push_back(-1);
    first.push_back(static_cast<CoinBigIndex>(rows.size()));
    upper.push_back(COIN_DBL_MAX);
    cost.push_back(1);
  }
  std::vector<double> row_lower(at(sites), -COIN_DBL_MAX), row_upper;
  for (const auto own : instance_.own) row_upper.push_back(-static_cast<double>(own) / unit_);
  lp_->resize(sites, 0);
  for (int s = 0; s < sites; ++s) lp_->setRowBounds(s, -COIN_DBL_MAX, row_upper[at(s)]);
  const std::vector<double> lower(upper.size(), 0.0);
  lp_->addColumns(static_cast<int>(upper.size()), lower.data(), upper.data(), cost.data(),
                  first.data(), rows.data(), values.data());
  fate_.assign(at(sites), Fate::open);
  if (!instance_.single) {
    extras_of_.resize(at(groups));
    row_of_.assign(at(groups), -1);
  }
  begin_at(start);
}

// Prices at the nearer end of their range, the rate of the last site that can be bought at them,
// and each row held by what its site is worth above its cost, or by its slack: feasible as it is.
void DualLp::begin_at(const Prices& start) {
  const int sites = instance_.sites();
  lp_->createStatus();
  std::vector<double> worth(instance_.own.begin(), instance_.own.end());
  for (int g = 0; g < instance_.groups(); ++g) {
    const double whole = static_cast<double>(instance_.weight[at(g)]);
    const double need = instance_.need[at(g)];
    const bool top = start.group[at(g)] * need > whole / 2;
    lp_->setColumnStatus(g, top ? ClpSimplex::atUpperBound : ClpSimplex::atLowerBound);
    if (!top) continue;
    for (const int s : instance_.members[g]) worth[at(s)] += whole / need;
  }
  std::vector<int> order(at(sites));
  std::iota(order.begin(), order.end(), 0);
  const auto rate = [&](int s) {
    return worth[at(s)] / static_cast<double>(instance_.cost[at(s)]);
  };
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return rate(a) != rate(b) ? rate(a) > rate(b) : a < b; });
  double money = static_cast<double>(instance_.budget);
  int margin = -1;
  for (const int s : order) {
    money -= static_cast<double>(instance_.cost[at(s)]);
    if (money < 0) {
      margin = s;
      break;
    }
  }
  const double level = margin < 0 ? 0 : rate(margin);
  lp_->setColumnStatus(rate_,
                       margin < 0 || level <= 0 ? ClpSimplex::atLowerBound : ClpSimplex::basic);
  for (int s = 0; s < sites; ++s) {
    const bool above = rate(s) > level;
    const bool held = s == margin && level > 0;
    lp_->setRowStatus(s, held || above ? ClpSimplex::atUpperBound : ClpSimplex::basic);
    lp_->setColumnStatus(first_over_ + s,
                         above && !held ? ClpSimplex::basic : ClpSimplex::atLowerBound);
  }
}

// y <= 0: being above its worth costs the site's row nothing. y >= 1: it may be below as well.
void DualLp::decide(const std::vector<Fate>& fate) {
  for (int s = 0; s < instance_.sites(); ++s) {
    if (fate[at(s)] == fate_[at(s)]) continue;
    fate_[at(s)] = fate[at(s)];
    lp_->setObjectiveCoefficient(first_over_ + s, fate[at(s)] == Fate::out ? 0.0 : 1.0);
    lp_->setColumnBounds(first_over_ + s, fate[at(s)] == Fate::in ? -COIN_DBL_MAX : 0.0,
                         COIN_DBL_MAX);
  }
}

bool DualLp::solve(const std::function<bool()>& stop, int most) {
  if (stop()) return false;
  const ClpStop handler(stop);
  lp_->passInEventHandler(&handler);
  lp_->setMaximumIterations(most < 0 ? 50'000'000 : lp_->numberIterations() + most);
  lp_->primal();
  const ClpEventHandler none;
  lp_->passInEventHandler(&none);
  read();
  return lp_->problemStatus() == 0;
}

double DualLp::value() const {
  return constant_ + lp_->objectiveValue() * unit_;
}

void DualLp::read() {
  const double* dual = lp_->dualRowSolution();
  share_.resize(instance_.row.size());
  for (int s = 0; s < instance_.sites(); ++s) {
    share_[at(s)] = fate_[at(s)] == Fate::open ? std::clamp(-dual[s], 0.0, 1.0)
                                               : (fate_[at(s)] == Fate::in ? 1.0 : 0.0);
  }
  const double* column = lp_->primalColumnSolution();
  prices_.group.resize(instance_.weight.size());
  for (int g = 0; g < instance_.groups(); ++g) {
    prices_.group[at(g)] = column[g] * unit_ / instance_.need[at(g)];
  }
  if (extras_.empty()) return;
  prices_.pair.resize(instance_.members.items.size());
  for (int g = 0; g < instance_.groups(); ++g) {
    const auto first = instance_.members.first[at(g)];
    const auto members = instance_.members[g];
    for (std::size_t m = 0; m < members.size(); ++m) {
      double price = prices_.group[at(g)];
      for (const int e : extras_of_[at(g)]) {
        const auto& extra = extras_[at(e)];
        if (std::binary_search(extra.left_out.begin(), extra.left_out.end(), members[m])) continue;
        const auto divisor = instance_.need[at(g)] - static_cast<int>(extra.left_out.size());
        price += column[extra.column] * unit_ / divisor;
      }
      prices_.pair[first + m] = price;
    }
  }
}

double DualLp::reached(int group, const std::vector<int>& left_out) const {
  double sum = 0;
  for (const int s : instance_.members[group]) {
    if (!std::binary_search(left_out.begin(), left_out.end(), s)) sum += share_[at(s)];
  }
  return sum / (instance_.need[at(group)] - static_cast<int>(left_out.size()));
}

int DualLp::add_columns() {
  if (instance_.single) return 0;
  constexpr double kViolated = 1e-5;
  std::vector<std::pair<double, Extra>> found;
  std::vector<int> order;
  for (int g = 0; g < instance_.groups(); ++g) {
    const int need = instance_.need[at(g)];
    if (need < 2) continue;
    double reach = std::min(1.0, reached(g, {}));
    if (reach <= kViolated) continue;
    for (const int e : extras_of_[at(g)])
      reach = std::min(reach, reached(g, extras_[at(e)].left_out));
    const auto members = instance_.members[g];
    order.assign(members.begin(), members.end());
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      return share_[at(a)] != share_[at(b)] ? share_[at(a)] > share_[at(b)] : a < b;
    });
    double rest = 0;
    for (const int s : order) rest += share_[at(s)];
    double least = reach - kViolated;
    int count = 0;
    for (int t = 1; t < need; ++t) {
      rest -= share_[at(order[at(t - 1)])];
      if (rest / (need - t) < least) {
        least = rest / (need - t);
        count = t;
      }
    }
    if (count == 0) continue;
    std::vector<int> left_out(order.begin(), order.begin() + count);
    std::sort(left_out.begin(), left_out.end());
    found.push_back({(reach - least) * static_cast<double>(instance_.weight[at(g)]),
                     {g, 0, std::move(left_out)}});
  }
  constexpr std::size_t kAtOnce = 2000;
  if (found.size() > kAtOnce) {
    std::nth_element(
        found.begin(), found.begin() + kAtOnce, found.end(), [](const auto& a, const auto& b) {
          return a.first != b.first ? a.first > b.first : a.second.group < b.second.group;
        });
    found.resize(kAtOnce);
  }
  for (auto& [gain, extra] : found) {
    const int g = extra.group;
    if (row_of_[at(g)] < 0) {
      row_of_[at(g)] = lp_->numberRows();
      const double one = 1;
      lp_->addRow(1, &g, &one, -COIN_DBL_MAX, static_cast<double>(instance_.weight[at(g)]) / unit_);
    }
  }
  for (auto& [gain, extra] : found) {
    const int g = extra.group;
    std::vector<int> rows;
    std::vector<double> values;
    const int divisor = instance_.need[at(g)] - static_cast<int>(extra.left_out.size());
    for (const int s : instance_.members[g]) {
      if (std::binary_search(extra.left_out.begin(), extra.left_out.end(), s)) continue;
      rows.push_back(s);
      values.push_back(1.0 / divisor);
    }
    rows.push_back(row_of_[at(g)]);
    values.push_back(1);
    extra.column = lp_->numberColumns();
    lp_->addColumn(static_cast<int>(rows.size()), rows.data(), values.data(), 0.0, COIN_DBL_MAX,
                   -1);
    extras_of_[at(g)].push_back(static_cast<int>(extras_.size()));
    extras_.push_back(std::move(extra));
  }
  return static_cast<int>(found.size());
}

DualLp::Basis DualLp::basis() const {
  const unsigned char* status = lp_->statusArray();
  const unsigned char* rows = status + lp_->numberColumns();
  return {{status, rows}, {rows, rows + lp_->numberRows()}};
}

// Columns and rows that came later: at their lower end, and basic.
void DualLp::restore(const Basis& basis) {
  std::copy(basis.columns.begin(), basis.columns.end(), lp_->statusArray());
  for (int c = static_cast<int>(basis.columns.size()); c < lp_->numberColumns(); ++c) {
    lp_->setColumnStatus(c, ClpSimplex::atLowerBound);
  }
  std::copy(basis.rows.begin(), basis.rows.end(), lp_->statusArray() + lp_->numberColumns());
  for (int r = static_cast<int>(basis.rows.size()); r < lp_->numberRows(); ++r) {
    lp_->setRowStatus(r, ClpSimplex::basic);
  }
}

}  // namespace abatis::covering
