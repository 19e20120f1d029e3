#include "cluster_tree.hpp"

#include <algorithm>
#include <array>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kNodePatience = 25;
constexpr std::size_t kSplitsTried = 8;
constexpr int kNearPasses = 4;
constexpr std::size_t kMostAtOnce = 8;
constexpr std::size_t kMostBytes = 1'000'000'000;  // of tables, if the tree is this deep
constexpr std::size_t kDepth = 40;

}  // namespace

ClusterTree::ClusterTree(const TreeTask& task, Clusters root)
    : task_(task),
      at_once_(
          std::clamp<std::size_t>(kMostBytes / (kDepth * (root.bytes() + 1)), 1, kMostAtOnce)) {
  open_.push_back({std::make_shared<const Clusters>(std::move(root)), std::nullopt, false});
}

// The plan that the cheapest labels of all nodes stand for.
FoundPlan ClusterTree::decode(const Clusters& clusters) const {
  const auto labels = clusters.cheapest();
  FoundPlan plan;
  Cost cost = 0;
  for (const auto& arc : task_.layers[0].arcs) {
    if (labels[at(arc.head)] <= labels[at(arc.tail)] + arc.length) continue;
    const auto price = task_.problem->arcs[at(arc.id)].cost;
    cost += price;
    if (price > 0) plan.purchases.push_back({arc.id, 0});
  }
  if (static_cast<double>(cost) <= task_.limit) plan.objective = task_.objective(plan.purchases);
  return plan;
}

// Cuts the labels of one node in two: of those looked at, where both sides raise the bound most
// nearby. True when the labels of a node have shrunk instead, since one side has no plan.
bool ClusterTree::branch(Clusters& clusters, Outcome& outcome) const {
  double best = -1;
  Clusters::Split chosen;
  bool up_last = false;
  for (const auto& split : clusters.splits(kSplitsTried)) {
    std::array<double, 2> gain{};
    std::array<bool, 2> alive{};
    for (const bool up : {false, true}) {
      Clusters side = clusters;
      side.restrict_node(split.node, split.label, up);
      alive[up ? 1 : 0] = true;
      for (int i = 0; i < kNearPasses && alive[up ? 1 : 0]; ++i) {
        alive[up ? 1 : 0] = side.pass_near(split.node, i % 2 == 0);
      }
      gain[up ? 1 : 0] =
          static_cast<double>(side.bound() - clusters.bound()) / static_cast<double>(kUnit);
    }
    if (!alive[0] || !alive[1]) {
      clusters.restrict_node(split.node, split.label, alive[1]);
      return true;
    }
    const double score = std::max(gain[0], 1e-3) * std::max(gain[1], 1e-3);
    if (score <= best) continue;
    best = score;
    chosen = split;
    up_last = gain[1] < gain[0];
  }
  if (best < 0) return false;
  const auto from = std::make_shared<const Clusters>(std::move(clusters));
  outcome.children = {{from, chosen, !up_last}, {from, chosen, up_last}};
  return false;
}

ClusterTree::Outcome ClusterTree::visit(const State& state) const {
  Outcome outcome;
  Clusters clusters = *state.from;
  if (state.split) {
    clusters.restrict_node(state.split->node, state.split->label, state.up);
  }
  do {
    if (!clusters.shrink() || !clusters.settle(kNodePatience, task_.stop)) return outcome;
    if (task_.stop()) return outcome;
    outcome.plan = decode(clusters);
    if (task_.limit_after(outcome.plan.objective) < 0) return outcome;
  } while (branch(clusters, outcome));
  return outcome;
}

TreeEnd ClusterTree::run(const std::function<void(const FoundPlan&)>& found) {
  while (!open_.empty()) {
    if (task_.stop()) return TreeEnd::stopped;
    const auto count = std::min(at_once_, open_.size());
    std::vector<State> states(
        std::make_move_iterator(open_.end() - static_cast<std::ptrdiff_t>(count)),
        std::make_move_iterator(open_.end()));
    open_.resize(open_.size() - count);
    std::vector<Outcome> outcomes(count);
    parallel_for(count, task_.threads, [&](std::size_t i) { outcomes[i] = visit(states[i]); });
    nodes_ += static_cast<std::int64_t>(count);
    if (task_.stop()) return TreeEnd::stopped;
    for (std::size_t i = count; i-- > 0;) {
      if (outcomes[i].plan.objective >= 0 && task_.limit_after(outcomes[i].plan.objective) < 0) {
        found(outcomes[i].plan);
        return TreeEnd::found;
      }
    }
    for (auto& outcome : outcomes) {
      open_.insert(open_.end(), std::make_move_iterator(outcome.children.begin()),
                   std::make_move_iterator(outcome.children.end()));
    }
  }
  return TreeEnd::nothing_left;
}

}  // namespace abatis::interdiction
