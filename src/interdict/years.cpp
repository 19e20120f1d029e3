// Several years: what each reaches alone, then all of them.

#include <algorithm>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "purchase_tree.hpp"
#include "solver.hpp"

namespace abatis::interdiction {
namespace {

constexpr Work kClimb{50'000, 30'000'000};

// Visits of arcs that spreading one plan over the years may take.
constexpr double kMostSpread = 1e9;

}  // namespace

// Better plans of several years by covers.
void Solver::climb_years() {
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  const auto arcs = static_cast<std::int64_t>(problem_.arcs.size());
  const auto work = std::min(kClimb.most, kClimb.by_arc * arcs);
  while (!near_enough() && !stop()) {
    const auto spare = sum - result_.objective - 1;
    if (!covers_.reach(reach_, work, spare, [this] { return stop(); })) break;
    take_purchases(covers_.plan());
  }
}

// For a search of its own that may take that share of all the time, less what is gone.
InterdictOptions Solver::for_part(double share) const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  return {.time_s = std::max(0.01, options_.time_s * share - passed.count())};
}

// What each year could reach alone, with the money of all years up to it. Years do not depend on
// each other, so threads share them.
void Solver::look_at_years_alone() {
  const std::size_t years = problem_.budgets.size();
  std::vector<InterdictResult> answers(years);
  const PurchaseDates dates(problem_);
  parallel_for(years, options_.threads, [&](std::size_t year) {
    Quiet quiet(monitor_);
    answers[year] = Solver(dates.year_alone(static_cast<int>(year)), for_part(0.5), quiet).run();
  });
  for (const auto& answer : answers) {
    result_.nodes += answer.nodes;
    result_.cuts += answer.cuts;
    reach_.push_back(answer.bound);
    const auto bought = static_cast<double>(answer.purchases.size());
    if (bought * bought * static_cast<double>(problem_.arcs.size()) > kMostSpread) continue;
    std::vector<int> arcs;
    for (const auto& purchase : answer.purchases) arcs.push_back(purchase.arc);
    auto year_of = improver_.spread(arcs);
    improver_.improve(year_of, result_.bound, trials(500'000));
    take(year_of);
  }
  // More money reaches no less, which helps where a search was stopped.
  for (std::size_t y = years - 1; y > 0; --y) reach_[y - 1] = std::min(reach_[y - 1], reach_[y]);
}

void Solver::search_years() {
  look_at_years_alone();
  if (stop()) return;
  lower_bound_to(std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0}));
  if (near_enough() || stop()) return;
  climb_years();
  if (near_enough() || stop()) return;
  search_purchases();
}

void Solver::search_purchases() {
  PurchaseTask task;
  task.graph = &ways_;
  task.most = reach_;
  task.best = result_.objective;
  task.threads = options_.threads;
  task.reach = [this](const InterdictProblem& one, std::int64_t target) {
    Quiet quiet(monitor_);
    const auto options = for_part(1);
    return Solver(one, options, quiet).reach(target);
  };
  task.offer = [this](const auto& plan) {
    take_purchases(plan);
    return result_.objective;
  };
  task.bound = [this](std::int64_t bound) { lower_bound_to(bound); };
  task.stop = [this] { return near_enough() || stop(); };
  PurchaseTree tree(std::move(task));
  tree.run();
  result_.nodes += tree.nodes();
}

}  // namespace abatis::interdiction
