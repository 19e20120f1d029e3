// The relaxation of large problems by equilibrium, and dives that round it.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tree.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kEquilibriumRounds = 150;
constexpr int kSweeps = 4;
constexpr std::size_t kLarge = 50000;  // columns x cells
constexpr int kDiveSteps = 20;
constexpr double kLeastShare = 0.02;
constexpr int kFruitless = 10;
}  // namespace

// Whether the simplex would be slow enough for the equilibrium to pay.
bool Tree::large() const {
  return instance_.columns.size() * instance_.cells.size() > kLarge;
}

// Flows and prices near the optimum of the relaxation: a bound, a point to round, and the paths
// with which the simplex then starts.
void Tree::equilibrate() {
  monitor_.begin("plan: equilibrium", kEquilibriumRounds, "rounds");
  Equilibrium equilibrium(instance_, pool_);
  equilibrium.add(instance_.separate(std::vector<double>(instance_.columns.size(), 0.0)));
  int next_try = 10, stalled = 0;
  for (int round = 1; round <= kEquilibriumRounds && !stop(); ++round) {
    monitor_.advance(1);
    equilibrium.settle(kSweeps);
    x_ = equilibrium.purchases();
    const std::vector<Answer> answers = instance_.separate(x_);
    equilibrium.add(answers);
    const double reached = instance_.objective(answers);
    if (reached > centre_value_ || centre_.empty()) {
      centre_ = x_;
      centre_value_ = reached;
    }
    std::vector<double> gain;
    const double bound = equilibrium.bound(&gain);
    const bool better = gain_.empty() || gain_bound_ - bound > 1e-3 * (bound - instance_.baseline);
    stalled = better ? 0 : stalled + 1;
    if (gain_.empty() || bound < gain_bound_) {
      gain_bound_ = bound;
      gain_ = std::move(gain);
      prices_ = equilibrium.prices();
      current_ = std::min(current_, tightened(bound));
      root_bound_ = current_;
    }
    if (round == next_try) {
      try_rounding(x_, 3);
      next_try *= 2;
    }
    if (round % 10 == 0) report("equilibrium");
    const double open = gain_bound_ - centre_value_;
    if (gap_reached() || stalled > 6 || open < 1e-3 * (gain_bound_ - instance_.baseline)) break;
    equilibrium.cool(0.85);
  }
  master_.add(equilibrium.used_paths(1e-3));
  if (!gap_reached()) dive(equilibrium);
  if (!gap_reached()) thin_everything(x_);
  search_neighbours(x_, kFruitless);
  report("equilibrium");
}

// Buys the options with the largest shares for good, up to `batch` of them; how many it could.
int Tree::buy_batch(Books& books, Equilibrium& equilibrium, std::size_t batch) const {
  const std::vector<double>& x = equilibrium.purchases();
  std::vector<std::pair<double, int>> order;
  for (std::size_t o = 0; o < instance_.problem.options.size(); ++o) {
    if (books.bought(static_cast<int>(o)) >= 0) continue;
    double sum = 0;
    for (int c = instance_.first_column[o]; c < instance_.first_column[o + 1]; ++c) sum += x[at(c)];
    if (sum > kLeastShare) order.emplace_back(-sum, static_cast<int>(o));
  }
  std::sort(order.begin(), order.end());
  std::size_t taken = 0;
  for (const auto& [share, option] : order) {
    if (taken == batch) break;
    double sum = 0;
    int wanted = -1, fallback = -1;
    for (int c = instance_.first_column[at(option)]; c < instance_.first_column[at(option) + 1];
         ++c) {
      sum += x[at(c)];
      if (!books.can_add(c)) continue;
      if (fallback < 0) fallback = c;
      if (wanted < 0 && sum >= -0.5 * share) wanted = c;
    }
    const int column = wanted >= 0 ? wanted : fallback;
    if (column < 0) continue;
    books.add(column);
    equilibrium.fix(column);
    ++taken;
  }
  return static_cast<int>(taken);
}

// Rounds step by step: what is bought moves the flows, and they show which gap to close next.
void Tree::dive(Equilibrium equilibrium) {
  Books books(instance_);
  double expected = 0;
  for (const double share : equilibrium.purchases()) expected += share;
  const auto batch = static_cast<std::size_t>(std::ceil(expected / kDiveSteps));
  for (int step = 0; step < 3 * kDiveSteps && !stop(); ++step) {
    if (buy_batch(books, equilibrium, batch) == 0) break;
    for (std::size_t c = 0; c < instance_.columns.size(); ++c) {
      const int column = static_cast<int>(c);
      const bool bought = books.bought_at(instance_.site_of(column)) >= 0;
      if (!bought && !books.can_add(column)) equilibrium.bar(column);
    }
    for (int k = 0; k < 2; ++k) {
      equilibrium.settle(2);
      equilibrium.add(instance_.separate(equilibrium.purchases()));
    }
  }
  std::vector<double> point = books.as_point();
  for (std::size_t c = 0; c < point.size(); ++c) point[c] += 1e-3 * x_[c];
  if (!books.lower_limits_met()) {
    const std::optional<Books> filled = heuristic_.round(point, 0.5);
    if (!filled) return;
    books = *filled;
  }
  offer(heuristic_.improve(books, point, 6));
}

}  // namespace abatis::plan_detail
