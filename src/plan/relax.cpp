// The relaxation of large problems by equilibrium.
#include <algorithm>

#include "tree.hpp"
#include "year_bound.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kEquilibriumRounds = 150;
constexpr int kSweeps = 4;
constexpr std::size_t kLarge = 50000, kVeryLarge = 4000000;  // columns x cells
constexpr int kFirstPlan = 10;  // round after which there should be some plan to fall back on
constexpr int kFruitless = 6;   // sets of tries in a row before belts
constexpr double kFirstTriesEnd = 0.4;  // of the time, where belts take minutes
constexpr int kYearNodes = 200;         // programs of an axis, where single years are bounded
constexpr double kKnownLower = 0.998;  // of the bound here: one known before had single years in it
constexpr double kYearsTime = 0.2;     // share of the time that this may take
}  // namespace

// Whether the simplex would be slow enough for the equilibrium to pay.
bool Tree::large() const {
  return instance_.columns.size() * instance_.cells.size() > kLarge;
}

// Whether a plan of belts takes minutes.
bool Tree::very_large() const {
  return instance_.columns.size() * instance_.cells.size() > kVeryLarge;
}

// Flows and prices near the optimum of the relaxation: a bound, a point to round, and the paths
// with which the simplex then starts.
void Tree::equilibrate() {
  monitor_.begin("plan: equilibrium", kEquilibriumRounds, "rounds");
  Equilibrium equilibrium(instance_, pool_);
  equilibrium.add(instance_.separate(std::vector<double>(instance_.columns.size(), 0.0)));
  int stalled = 0;
  for (int round = 1; round <= kEquilibriumRounds && !stop(); ++round) {
    monitor_.advance(1);
    equilibrium.settle(kSweeps);
    x_ = equilibrium.purchases();
    const std::vector<Answer> answers = instance_.separate(x_);
    equilibrium.add(answers);
    const double reached = instance_.objective(answers);
    if (!instance_.is_mean()) {
      std::vector<double> times;
      for (const Answer& a : answers) times.push_back(a.time);
      equilibrium.weigh(times, 2.0 / (round + 2));
    }
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
    if (round == kFirstPlan && !best_) try_rounding(x_, 0);
    report("equilibrium");
    const double open = gain_bound_ - centre_value_;
    if (gap_reached() || stalled > 6 || open < 1e-3 * (gain_bound_ - instance_.baseline)) break;
    equilibrium.cool(0.85);
  }
  master_.add(equilibrium.used_paths(1e-3));
  if (!gap_reached()) thin_everything(x_);
  if (!best_) try_rounding(x_, 3);
  // Tries around a plan to start from, or where plans of belts take minutes, gain sooner than
  // those.
  if (!instance_.problem.start.empty() || very_large()) {
    search_neighbours(x_, kFruitless, very_large() ? kFirstTriesEnd : 1);
  }
  if (!gap_reached()) build_belts(x_);
  report("equilibrium");
}

// Of the first years, whose money does not pay for all that could be had, a bound by themselves.
// The sum over years bounds the objective beside the relaxation.
void Tree::bound_years() {
  if (relaxation_only_ || !instance_.is_mean() || stop() || gap_reached()) return;
  if (instance_.problem.known_bound < kKnownLower * current_) return;
  const double until = spent() + kYearsTime;
  std::vector<double> tops;
  for (const PlanCell& cell : instance_.cells) tops.push_back(cell.top);
  double sum = instance_.value(tops);
  bool was_short = false;
  for (const auto& [first, end] : instance_.year_cells()) {
    const YearBound year = bound_year(instance_, pool_, instance_.cells[first].year, kYearNodes,
                                      [&] { return stop() || spent() > until; });
    if (was_short && !year.is_short) break;
    was_short = year.is_short;
    sum -= year.top - year.seconds;
  }
  current_ = std::min(current_, tightened(sum));
  root_bound_ = current_;
  report("single years");
}

}  // namespace abatis::plan_detail
