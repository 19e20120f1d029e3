// One year: can a target be reached? By ways, passes, triples, a linear program, and then a tree.

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "cluster_tree.hpp"
#include "part.hpp"
#include "part_tree.hpp"
#include "solver.hpp"

namespace abatis::interdiction {
namespace {

// With more arcs, passes over several targets would take seconds.
constexpr std::size_t kMostForPasses = 10'000;

// With more arcs, ways that a part lacks are found one after the other for too long; linear
// programs find them at once.
constexpr std::size_t kMostForTriples = 50'000;

// Passes over triples go on while so many times the last gain would do.
constexpr double kPatience = 12;

// Of the arcs that are not refuted at once, this share at least: then all of them.
constexpr std::size_t kMostOfPart = 2;
// So far from the limit, of it, a tree of triples would be large.
constexpr double kFarFrom = 0.14;
// Larger programs are solved on a part of the network.
constexpr std::int64_t kMostForProgram = 10'000;
constexpr int kWholePasses = 20;

// Where a target is one of thousands.
constexpr Work kBrief{60, 1'000'000};
constexpr Solver::Patience kBriefly{.climb = {2'000, 20'000'000}, .passes = 10};

}  // namespace

TreeTask Solver::task_for(std::int64_t target) {
  TreeTask task;
  task.problem = &problem_;
  task.layer = make_layer(problem_, from_, to_, target, problem_.budgets[0]);
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
  return problem_.arcs.size() < kMostForTriples ? decide_by_triples(task, target)
                                                : decide_by_program(task, target);
}

bool Solver::ended(TreeEnd end, std::int64_t target, std::int64_t nodes) {
  result_.nodes += std::max<std::int64_t>(1, nodes);
  if (end == TreeEnd::nothing_left) lower_bound_to(target - 1);
  return end != TreeEnd::stopped;
}

// By triples on a part of the network: first bounds, then longer search for a plan, then a tree.
bool Solver::decide_by_triples(const TreeTask& task, std::int64_t target) {
  bool refuted = false;
  auto clusters = begin_part(task, target, refuted);
  if (refuted) return ended(TreeEnd::nothing_left, target, 1);
  if (!clusters) return decide_by_program(task, target);
  ClusterTree search(task, std::move(*clusters));
  if (!search.begin()) return ended(TreeEnd::nothing_left, target, 1);
  climb(patience_.climb.by_arc, patience_.climb.most);
  if (result_.objective >= target) return true;
  // The tree may take long: what is known meanwhile.
  if (!bounded_ && search.root().left() > kUnit && problem_.arcs.size() < kMostForPasses) {
    bounded_ = true;
    bound_without_program(target, false);
  }
  if (static_cast<double>(search.root().left()) > kFarFrom * task.limit * kUnit) {
    if (label_count(task.layer.root) <= kMostForProgram) {
      return decide_by_program(task, target);
    }
    const auto found = search_part(task, search.root().arcs());
    result_.cuts += found.cuts;
    take_purchases(found.plan.purchases);
    return ended(found.end, target, found.nodes);
  }
  const TreeEnd end = search.run([&](const FoundPlan& plan) { take_purchases(plan.purchases); });
  return ended(end, target, search.nodes());
}

// Tables of the ways that plans were too short on so far, with messages along them; of all arcs
// where the part is most of them. Nothing where they would be too large.
std::optional<Clusters> Solver::begin_part(const TreeTask& task, std::int64_t target,
                                           bool& refuted) const {
  const auto& layer = task.layer;
  const Cost limit = static_cast<Cost>(task.limit) * kUnit, blocked = 4 * (limit + kUnit);
  const auto on_ways = covers_.on_ways(target);
  std::vector<char> arcs;
  std::vector<Cost> price;
  for (const auto& arc : layer.arcs) {
    arcs.push_back(on_ways[at(arc.id)]);
    price.push_back(kUnit * problem_.arcs[at(arc.id)].cost);
  }
  auto state = begin_with_part(layer, price, arcs, patience_.passes, limit, blocked);
  Ascent ascent(layer, blocked);
  refuted = !propagate(layer, state.domains) || !ascent.settle(state, kWholePasses, 0, limit);
  if (refuted) return std::nullopt;
  auto part = with_arcs_between(layer, std::move(arcs));
  const auto size = static_cast<std::size_t>(std::count(part.begin(), part.end(), 1));
  if (kMostOfPart * size > part.size()) part.assign(part.size(), 1);
  return Clusters::make(layer, state, limit, kMostWork, std::move(part));
}

// By linear programs on all arcs.
bool Solver::decide_by_program(const TreeTask& task, std::int64_t target) {
  Tree tree(task);
  if (tree.refuted_by_passes()) return ended(TreeEnd::nothing_left, target, 1);
  const auto refuted_by_triples = [&] {
    const auto limit = static_cast<Cost>(task.limit) * kUnit;
    auto clusters = Clusters::make(task.layer, tree.first_state(), limit, kMostWork);
    return clusters && !clusters->settle(kPatience, task.stop);
  };
  if (refuted_by_triples()) return ended(TreeEnd::nothing_left, target, 1);
  const double root = tree.root();
  const auto cuts_too = [&](TreeEnd end, std::int64_t nodes) {
    result_.cuts += tree.cuts();
    return ended(end, target, nodes);
  };
  if (stop()) return cuts_too(TreeEnd::stopped, 1);
  if (!std::isfinite(root)) return cuts_too(TreeEnd::nothing_left, 1);
  take_purchases(guess(tree.shares(), result_.bound, trials(5'000'000)));
  const std::int64_t part = task.limit - root > 0.5 ? 1 : 5;  // a small tree is soon searched
  climb(patience_.climb.by_arc / part, patience_.climb.most / part);
  if (result_.objective >= target) return true;
  if (refuted_by_triples()) return cuts_too(TreeEnd::nothing_left, 1);
  if (stop()) return cuts_too(TreeEnd::stopped, 1);
  const TreeEnd end = tree.run([&](const FoundPlan& plan) { take_purchases(plan.purchases); });
  return cuts_too(end, tree.nodes());
}

// Better plans of one year by covers, until none is found within that work.
void Solver::climb(std::int64_t by_arc, std::int64_t most) {
  const auto work = std::min(most, by_arc * static_cast<std::int64_t>(problem_.arcs.size()));
  while (!near_enough() && !stop() && covers_.reach({result_.objective + 1}, work)) {
    take_purchases(covers_.plan());
  }
}

std::optional<std::vector<int>> Solver::reach(std::int64_t target) {
  take(improver_.nothing());
  result_.bound = std::max(result_.objective, target);
  result_.objective = std::max(result_.objective, target - 1);  // less is of no use
  patience_ = kBriefly;
  climb(kBrief.by_arc, kBrief.most);
  if (!near_enough() && !stop()) decide(target);
  if (result_.objective < target) return std::nullopt;
  std::vector<int> arcs;
  for (const auto& purchase : result_.purchases) arcs.push_back(purchase.arc);
  return arcs;
}

void Solver::search_one_year() {
  if (!near_enough() && !stop()) bound_without_program(result_.objective, true);
  while (!near_enough() && !stop()) {
    if (!decide(result_.objective + 1)) return;
  }
}

}  // namespace abatis::interdiction
