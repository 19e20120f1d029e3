// One year: can a target be reached? By ways, passes, triples, a linear program, and then a tree.

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "cluster_tree.hpp"
#include "solver.hpp"

namespace abatis::interdiction {
namespace {

// With more arcs, passes over several targets would take seconds.
constexpr std::size_t kMostForPasses = 10'000;

// Passes over triples go on while so many times the last gain would do.
constexpr double kPatience = 12;

// A few tenths of a second.
constexpr Work kLong{50'000, 100'000'000};

}  // namespace

TreeTask Solver::task_for(std::int64_t target) {
  TreeTask task;
  task.problem = &problem_;
  task.layers.push_back(make_layer(problem_, from_, to_, target, target, problem_.budgets[0]));
  task.limit = static_cast<double>(problem_.budgets[0]);
  task.threads = options_.threads;
  task.stop = [this] { return stop(); };
  task.objective = [this](const auto& plan) { return objective_of(plan); };
  task.limit_after = [target, limit = task.limit](std::int64_t objective) {
    return objective < target ? limit : -1;
  };
  task.guess = [this, target](const Shares& shares) {
    return guess(shares, target, trials(1'000'000));
  };
  return task;
}

// Lowers the bound to just below the first target above `reached` that is refuted: by ways, or by
// many passes from nothing.
void Solver::bound_without_program(std::int64_t reached, bool by_ways) {
  std::int64_t step = 1;
  while (reached < result_.bound && step > 0 && !stop()) {
    const std::int64_t target = std::min(reached + step, result_.bound);
    Tree tree(task_for(target));
    if (!(by_ways ? tree.refuted_by_ways() : tree.refuted_by_passes())) {
      reached = target;
      step *= 2;
    } else {
      lower_bound_to(target - 1);
      step = (target - reached) / 2;
    }
  }
}

// Can `target` be reached? True when that is settled: a plan was found, or the bound lowered.
bool Solver::decide(std::int64_t target) {
  const TreeTask task = task_for(target);
  Tree tree(task);
  const auto limit = static_cast<Cost>(task.limit) * kUnit;
  const auto ended = [&](TreeEnd end, std::int64_t nodes) {
    result_.nodes += std::max<std::int64_t>(1, nodes);
    result_.cuts += tree.cuts();
    if (end == TreeEnd::nothing_left) lower_bound_to(target - 1);
    return end != TreeEnd::stopped;
  };
  if (tree.refuted_by_passes()) return ended(TreeEnd::nothing_left, 1);
  const auto clusters_now = [&] {
    auto made = Clusters::make(task.layers[0], tree.first_layer(), limit, kMostWork);
    if (made) made->settle(kPatience, task.stop);
    return made;
  };
  auto clusters = clusters_now();
  if (clusters && clusters->refuted()) return ended(TreeEnd::nothing_left, 1);
  const double root = tree.root();
  if (stop()) return ended(TreeEnd::stopped, 1);
  if (!std::isfinite(root)) return ended(TreeEnd::nothing_left, 1);
  take_purchases(guess(tree.shares(), result_.bound, trials(5'000'000)));
  const std::int64_t part = task.limit - root > 0.5 ? 1 : 5;  // a small tree is soon searched
  climb(kLong.by_arc / part, kLong.most / part);
  if (result_.objective >= target) return true;
  // Where passes over triples are ahead of the linear program they go on alone.
  const bool alone =
      clusters && static_cast<double>(clusters->bound()) >= root * static_cast<double>(kUnit);
  if (alone) {
    clusters->settle(kPatience, task.stop);
  } else {
    clusters = clusters_now();
  }
  if (clusters && clusters->refuted()) return ended(TreeEnd::nothing_left, 1);
  // The tree may take long: what is known meanwhile.
  if (!bounded_ && task.limit - root > 1 && problem_.arcs.size() < kMostForPasses) {
    bounded_ = true;
    bound_without_program(target, false);
  }
  const auto take_plan = [&](const FoundPlan& plan) { take_purchases(plan.purchases); };
  if (stop()) return ended(TreeEnd::stopped, 1);
  if (!alone) {
    const TreeEnd end = tree.run(take_plan);
    return ended(end, tree.nodes());
  }
  ClusterTree search(task, std::move(*clusters));
  const TreeEnd end = search.run(take_plan);
  return ended(end, search.nodes());
}

// Better plans of one year by covers, until none is found within that work.
void Solver::climb(std::int64_t by_arc, std::int64_t most) {
  const auto work = std::min(most, by_arc * static_cast<std::int64_t>(problem_.arcs.size()));
  while (!near_enough() && !stop() && covers_.reach({result_.objective + 1}, work)) {
    take_purchases(covers_.plan());
  }
}

void Solver::search_one_year() {
  if (!near_enough() && !stop()) bound_without_program(result_.objective, true);
  while (!near_enough() && !stop()) {
    if (!decide(result_.objective + 1)) return;
  }
}

}  // namespace abatis::interdiction
