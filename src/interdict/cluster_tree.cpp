#include "cluster_tree.hpp"

#include <algorithm>
#include <array>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "part.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kNodePatience = 15;
constexpr double kFirstPatience = 15;
// Passes between growth and checks of the gain, of the first state and of others.
constexpr int kFirstPasses = 100;
constexpr int kPasses = 10;
constexpr std::size_t kSplitsTried = 16;
constexpr std::size_t kHints = 8;
constexpr int kNearPasses = 8;
constexpr std::size_t kMostAtOnce = 8;
constexpr std::size_t kMostBytes = 1'000'000'000;  // of tables, if the tree is this deep
constexpr std::size_t kDepth = 40;

}  // namespace

ClusterTree::ClusterTree(const TreeTask& task, Clusters root)
    : task_(task),
      at_once_(
          std::clamp<std::size_t>(kMostBytes / (kDepth * (root.bytes() + 1)), 1, kMostAtOnce)) {
  open_.push_back({std::make_shared<const Clusters>(std::move(root)), std::nullopt, false, {}});
}

// The plan that the cheapest labels of all nodes stand for.
FoundPlan ClusterTree::decode(const Clusters& clusters) const {
  const auto labels = clusters.cheapest();
  FoundPlan plan;
  Cost cost = 0;
  for (std::size_t e = 0; e < task_.layer.arcs.size(); ++e) {
    const auto& arc = task_.layer.arcs[e];
    if (clusters.arcs()[e] == 0) continue;
    if (labels[at(arc.head)] <= labels[at(arc.tail)] + arc.length) continue;
    const auto price = task_.problem->arcs[at(arc.id)].cost;
    cost += price;
    if (price > 0) plan.purchases.push_back({arc.id, 0});
  }
  if (static_cast<double>(cost) <= task_.limit) plan.objective = task_.objective(plan.purchases);
  return plan;
}

// Arcs that the cheapest labels are at odds with join a part of the network. False when nothing
// within the limit is left.
bool ClusterTree::grow(Clusters& clusters, bool& grown) const {
  const auto missing = arcs_at_odds(task_.layer, clusters.arcs(), clusters.cheapest());
  grown = !missing.empty();
  return !grown || clusters.grow(missing, kMostWork);
}

// Passes and growth by turns, while the bound rises so fast that `patience` times the last gain
// would reach the limit. False when nothing within the limit is left.
bool ClusterTree::raise(Clusters& clusters, double patience, int passes) const {
  if (!clusters.shrink()) return false;
  while (!task_.stop()) {
    const Cost before = clusters.bound();
    for (int i = 0; i < passes && !task_.stop(); ++i) {
      if (!clusters.pass(i % 2 == 0)) return false;
    }
    bool grown = false;
    if (!clusters.shrink() || !grow(clusters, grown)) return false;
    const auto gain = static_cast<double>(clusters.bound() - before);
    if (!grown && gain * patience <= static_cast<double>(clusters.left())) break;
  }
  return true;
}

// Cuts the labels of one node in two: of those looked at, where both sides raise the bound most
// nearby; the best of those looked at for the state before come first. True when the labels of a
// node have shrunk instead, since one side has no plan.
bool ClusterTree::branch(Clusters& clusters, std::vector<int>& hints, Outcome& outcome) const {
  struct Scored {
    double score = 0;
    Clusters::Split split;
    bool up_last = false;
  };
  std::vector<Scored> scored;
  for (const auto& split : clusters.splits(kSplitsTried, hints)) {
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
    scored.push_back({std::max(gain[0], 1e-3) * std::max(gain[1], 1e-3), split, gain[1] < gain[0]});
  }
  if (scored.empty()) return false;
  sort_stably(scored, [](const auto& a, const auto& b) { return a.score > b.score; });
  hints.clear();
  for (const auto& one : scored) {
    if (hints.size() < kHints) hints.push_back(one.split.node);
  }
  const auto from = std::make_shared<const Clusters>(std::move(clusters));
  const auto& [score, split, up_last] = scored[0];
  outcome.children = {{from, split, !up_last, hints}, {from, split, up_last, hints}};
  return false;
}

ClusterTree::Outcome ClusterTree::visit(const State& state) const {
  Outcome outcome;
  Clusters clusters = *state.from;
  auto hints = state.hints;
  if (state.split) clusters.restrict_node(state.split->node, state.split->label, state.up);
  do {
    if (!raise(clusters, kNodePatience, kPasses)) return outcome;
    if (task_.stop()) return outcome;
    outcome.plan = decode(clusters);
    if (task_.limit_after(outcome.plan.objective) < 0) return outcome;
  } while (branch(clusters, hints, outcome));
  return outcome;
}

bool ClusterTree::begin() {
  Clusters root = *open_.back().from;
  if (!raise(root, kFirstPatience, kFirstPasses)) return false;
  open_.back().from = std::make_shared<const Clusters>(std::move(root));
  return true;
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
