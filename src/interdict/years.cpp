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

// On one choice of targets; choices in a row that fail.
constexpr Work kTry{10'000, 3'000'000};
constexpr std::int64_t kTries = 30;
constexpr std::int64_t kDraws = 20;  // of targets for one that may be reached, at most
constexpr std::uint64_t kTargetSeed = 20240612;
constexpr std::int64_t kBriefTries = 6;
constexpr std::int64_t kBriefNodes = 60;
constexpr std::size_t kNeighbours = 3;  // years that lie further apart are not looked at as a pair

// Visits of arcs that spreading one plan over the years may take.
constexpr double kMostSpread = 1e9;

// Only some years of a problem, rising; the money of those between is there at the next of them.
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

}  // namespace

// Targets for several years that together ask for one more than the best plan has, lengths never
// falling: by turns near that plan and near what each year could reach alone.
std::vector<std::int64_t> Solver::draw_targets(bool near, Random& random) const {
  auto targets = near ? result_.lengths : reach_;
  const auto shift = [&](std::int64_t by) {  // of one of several equal years the last, or first
    auto y = at(static_cast<std::int64_t>(random.below(targets.size())));
    if (by > 0) {
      while (y + 1 < targets.size() && targets[y + 1] == targets[y]) ++y;
    } else {
      while (y > 0 && targets[y - 1] == targets[y]) --y;
    }
    targets[y] += by;
  };
  if (near) {
    for (auto exchanged = random.below(4); exchanged > 0; --exchanged) {
      shift(1);
      shift(-1);
    }
    shift(1);
    return targets;
  }
  std::int64_t spare = -result_.objective - 1;
  for (const auto length : reach_) spare += length;
  for (; spare > 0; --spare) shift(-1);
  return targets;
}

// Better plans of several years by covers, until none is found for some choices of targets.
void Solver::climb_years() {
  const auto arcs = static_cast<std::int64_t>(problem_.arcs.size());
  const auto tries = std::min(brief_ ? kBriefTries : kTries, arcs);
  const auto work = std::min(kTry.most, kTry.by_arc * arcs);
  Random random(kTargetSeed, 0);
  std::int64_t failed = 0, drawn = 0;
  while (failed < tries && ++drawn < kDraws * tries && !near_enough() && !stop()) {
    const auto targets = draw_targets(drawn % 2 == 0, random);
    bool possible = true;
    for (std::size_t y = 0; y < reach_.size(); ++y) {
      possible = possible && targets[y] <= reach_[y];
    }
    if (!possible) continue;
    ++failed;
    if (!covers_.reach(targets, work)) continue;
    const auto before = result_.objective;
    take_purchases(covers_.plan());
    if (result_.objective > before) failed = drawn = 0;
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

// What must be lost of the sum of `reach_`: by all years, and by all but each one. Two years that
// lie near each other may not be able to reach both what each of them can alone; pairs without a
// common year lose their parts together.
std::vector<std::int64_t> Solver::losses_outside() {
  const std::size_t years = reach_.size();
  struct Pair {
    std::size_t first = 0, second = 0;
    std::int64_t loss = 0;
  };
  std::vector<Pair> pairs;
  for (std::size_t y = 0; y < years; ++y) {
    for (std::size_t z = y + 1; z < years && z <= y + kNeighbours; ++z) pairs.push_back({y, z});
  }
  std::vector<InterdictResult> answers(pairs.size());
  parallel_for(pairs.size(), options_.threads, [&](std::size_t i) {
    const auto problem = only_years(problem_, {pairs[i].first, pairs[i].second});
    Quiet quiet(monitor_);
    const auto options = for_part(0.6);
    answers[i] =
        Solver(problem, options, quiet, {reach_[pairs[i].first], reach_[pairs[i].second]}).run();
  });
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    result_.nodes += answers[i].nodes;
    result_.cuts += answers[i].cuts;
    pairs[i].loss = reach_[pairs[i].first] + reach_[pairs[i].second] - answers[i].bound;
  }
  sort_stably(pairs, [](const Pair& a, const Pair& b) { return a.loss > b.loss; });
  const auto loss_without = [&](std::size_t year) {
    std::vector<char> used(years + 1, 0);
    used[year] = 1;
    std::int64_t sum = 0;
    for (const auto& pair : pairs) {
      if (used[pair.first] != 0 || used[pair.second] != 0) continue;
      used[pair.first] = used[pair.second] = 1;
      sum += pair.loss;
    }
    return sum;
  };
  std::vector<std::int64_t> outside;
  for (std::size_t y = 0; y <= years; ++y) outside.push_back(loss_without(y));
  return outside;
}

void Solver::search_years() {
  if (reach_.empty()) look_at_years_alone();
  if (stop()) return;
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  lower_bound_to(sum);
  if (near_enough() || stop()) return;
  climb_years();
  if (near_enough() || stop()) return;
  std::vector<std::int64_t> outside(reach_.size() + 1, 0);
  if (!brief_ && reach_.size() > 2) outside = losses_outside();
  lower_bound_to(
      std::max(result_.objective, sum - *std::max_element(outside.begin(), outside.end())));
  if (near_enough() || stop()) return;
  search_years_together(outside);
}

// `outside`: by year, what all the others lose at least.
void Solver::search_years_together(const std::vector<std::int64_t>& outside) {
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  const auto limit = sum - result_.objective - 1;
  TreeTask task;
  task.problem = &problem_;
  task.yearly = true;
  task.limit = static_cast<double>(limit);
  std::int64_t most = 0;
  for (std::size_t y = 0; y < reach_.size(); ++y) {
    most = std::max(most, problem_.budgets[y]);
    const auto least = reach_[y] - std::max<std::int64_t>(0, limit - outside[y]);
    task.layers.push_back(make_layer(problem_, from_, to_, least, reach_[y], most));
  }
  if (brief_) task.most_nodes = kBriefNodes;
  task.stop = [this] { return stop(); };
  task.threads = options_.threads;
  task.objective = [this](const auto& plan) { return objective_of(plan); };
  task.limit_after = [this, sum](std::int64_t objective) {
    return is_near(objective) ? -1 : static_cast<double>(sum - objective - 1);
  };
  task.guess = [this](const Shares& shares) {
    return guess(shares, result_.bound, trials(2'000'000));
  };
  Tree tree(std::move(task));
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
