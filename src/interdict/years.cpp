// Several years: what each reaches alone, what two of them reach together, then all of them.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/base/sort.hpp"
#include "solver.hpp"

namespace abatis::interdiction {
namespace {

constexpr Work kClimb{50'000, 30'000'000};
constexpr std::size_t kClimbers = 4;  // beside each other

// Visits of arcs that spreading one plan over the years may take.
constexpr double kMostSpread = 1e9;

}  // namespace

InterdictProblem only_years(const InterdictProblem& problem,
                            const std::vector<std::size_t>& years) {
  InterdictProblem part = problem;
  part.budgets.clear();
  std::size_t year = 0;
  std::int64_t most = 0;
  for (const std::size_t wanted : years) {
    std::int64_t money = 0;
    for (; year <= wanted; ++year) {
      money += problem.budgets[year];
      most = std::max(most, problem.budgets[year]);
    }
    part.budgets.push_back(money);
  }
  for (auto& arc : part.arcs) arc.cost = arc.cost <= most ? arc.cost : 0;
  return part;
}

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

// The same by several searches beside each other, until so many rounds have found nothing; the one
// that is furthest sets what all look for next.
void Solver::climb_long(int rounds) {
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  const auto arcs = static_cast<std::int64_t>(problem_.arcs.size());
  const auto most = std::min(kClimb.most, kClimb.by_arc * arcs);
  while (climbers_.size() < kClimbers) {
    climbers_.emplace_back(problem_, from_, to_, climbers_.size() + 1);
  }
  std::vector<std::vector<InterdictPurchase>> plans(climbers_.size());
  for (int failed = 0; failed < rounds && !near_enough() && !stop(); ++failed) {
    parallel_for(climbers_.size(), options_.threads, [&](std::size_t i) {
      auto work = most;
      plans[i].clear();
      for (auto spare = sum - result_.objective - 1; spare >= 0 && work > 0; --spare) {
        if (!climbers_[i].reach(reach_, work, spare, [this] { return stop(); })) break;
        work = climbers_[i].work_left();
        plans[i] = climbers_[i].plan();
      }
    });
    const auto before = result_.objective;
    for (const auto& plan : plans) {
      if (!plan.empty()) take_purchases(plan);
    }
    if (result_.objective > before) failed = -1;
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
  parallel_for(years, options_.threads, [&](std::size_t year) {
    Quiet quiet(monitor_);
    answers[year] = Solver(only_years(problem_, {year}), for_part(0.5), quiet).run();
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
  if (reach_.empty()) look_at_years_alone();
  if (stop()) return;
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  lower_bound_to(sum);
  if (near_enough() || stop()) return;
  climb_years();
  if (near_enough() || stop()) return;
  const auto outside = search_losses();
  if (near_enough() || stop()) return;
  search_years_together(outside);
}

// The years as one program: together they may lose `limit` of `reach_`, each no more than `most`.
TreeTask Solver::task_for_years(std::int64_t limit, const std::vector<std::int64_t>& most) {
  TreeTask task;
  task.problem = &problem_;
  task.yearly = true;
  task.limit = static_cast<double>(limit);
  std::int64_t budget = 0;
  for (std::size_t y = 0; y < reach_.size(); ++y) {
    budget = std::max(budget, problem_.budgets[y]);
    task.layers.push_back(make_layer(problem_, from_, to_, reach_[y] - most[y], reach_[y], budget));
  }
  task.stop = [this] { return stop(); };
  task.threads = options_.threads;
  task.objective = [this](const auto& plan) { return objective_of(plan); };
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  task.limit_after = [this, sum](std::int64_t objective) {
    return is_near(objective) ? -1 : static_cast<double>(sum - objective - 1);
  };
  task.guess = [this](const Shares& shares) {
    return guess(shares, result_.bound, trials(2'000'000));
  };
  return task;
}

// `outside`: by year, what all the others lose at least.
void Solver::search_years_together(const std::vector<std::int64_t>& outside) {
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  const auto limit = sum - result_.objective - 1;
  std::vector<std::int64_t> most;
  for (const auto lost : outside) most.push_back(std::max<std::int64_t>(0, limit - lost));
  Tree tree(task_for_years(limit, most));
  const double root = tree.root();
  TreeEnd end = stopped_ ? TreeEnd::stopped : TreeEnd::nothing_left;
  if (std::isfinite(root) && !stopped_) {
    lower_bound_to(sum - static_cast<std::int64_t>(std::ceil(root - 1e-6)));
    if (!near_enough()) {
      end = tree.run([&](const FoundPlan& plan) { take_purchases(plan.purchases); });
    }
  }
  result_.nodes += std::max<std::int64_t>(1, tree.nodes());
  result_.cuts += tree.cuts();
  if (end == TreeEnd::nothing_left) lower_bound_to(result_.objective);
}

}  // namespace abatis::interdiction
