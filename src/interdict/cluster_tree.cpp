#include "cluster_tree.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "part.hpp"

namespace abatis::interdiction {
namespace {

// Before a longer search for a plan, and then.
constexpr double kFirstPatience = 15, kTreePatience = 30;
// Passes between growth and checks of the gain, of the first state and of others.
constexpr int kFirstPasses = 100;
constexpr int kPasses = 20;
constexpr std::size_t kSplitsTried = 24;
constexpr std::size_t kHints = 8;
// Passes over each side of a cut, and over those of the best few in all.
constexpr int kFirstLook = 2;
constexpr int kSecondLook = 8;
constexpr std::size_t kLookedAtTwice = 3;
constexpr double kLeastGain = 1e-3;  // what gains count at least, of a unit
constexpr std::size_t kMostAtOnce = 8;
constexpr std::size_t kMostBytes = 1'000'000'000;  // of tables, if the tree is this deep
constexpr std::size_t kDepth = 40;

using Stop = std::function<bool()>;

// Passes `from` to `to` - 1, fewer when stopped. False when nothing within the limit is left.
bool pass_over(Clusters& clusters, int from, int to, const Stop& stop) {
  for (int i = from; i < to && !stop(); ++i) {
    if (!clusters.pass(i % 2 == 0)) return false;
  }
  return true;
}

// A node's labels cut in two.
struct Cut {
  Clusters::Split split;
  Clusters below, above;
  double score = 0;

  Cut(const Clusters& whole, Clusters::Split at) : split(at), below(whole), above(whole) {
    below.restrict_node(split.node, split.label, false);
    above.restrict_node(split.node, split.label, true);
  }
  // Passes over both sides, against the same over the whole. False when a side has no plan within
  // the limit; that side's labels are taken off `whole`.
  bool look(int from, int to, const Stop& stop, Clusters& whole, Cost uncut) {
    const bool some_below = pass_over(below, from, to, stop);
    const bool some_above = pass_over(above, from, to, stop);
    if (!some_below || !some_above) {
      whole.restrict_node(split.node, split.label, some_above);
      return false;
    }
    const auto gain = [&](const Clusters& side) {
      return std::max(kLeastGain, static_cast<double>(side.bound() - uncut) / kUnit);
    };
    score = gain(below) * gain(above);
    return true;
  }
};

}  // namespace

ClusterTree::ClusterTree(const TreeTask& task, Clusters root)
    : task_(task),
      at_once_(
          std::clamp<std::size_t>(kMostBytes / (kDepth * (root.bytes() + 1)), 1, kMostAtOnce)) {
  open_.push_back({std::make_unique<Clusters>(std::move(root)), {}});
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
// beyond what passes do without a cut; over all tables, since what a cut costs shows far away. The
// best of those looked at for the state before come first. True when labels have gone instead.
bool ClusterTree::branch(Clusters& clusters, std::vector<int>& hints, Outcome& outcome) const {
  Clusters uncut = clusters;
  if (!pass_over(uncut, 0, kFirstLook, task_.stop)) {
    clusters = std::move(uncut);
    return true;
  }
  const auto by_score = [](const auto& a, const auto& b) { return a.score > b.score; };
  std::vector<Cut> cuts;  // the best few
  std::vector<std::pair<double, int>> nodes;
  for (const auto& split : clusters.splits(kSplitsTried, hints)) {
    if (task_.stop()) return false;
    cuts.emplace_back(clusters, split);
    if (!cuts.back().look(0, kFirstLook, task_.stop, clusters, uncut.bound())) return true;
    nodes.emplace_back(-cuts.back().score, split.node);
    sort_stably(cuts, by_score);
    if (cuts.size() > kLookedAtTwice) cuts.pop_back();
  }
  if (cuts.empty()) return false;
  if (!pass_over(uncut, kFirstLook, kSecondLook, task_.stop)) {
    clusters = std::move(uncut);
    return true;
  }
  for (auto& cut : cuts) {
    if (!cut.look(kFirstLook, kSecondLook, task_.stop, clusters, uncut.bound())) return true;
  }
  sort_stably(cuts, by_score);
  sort_stably(nodes, [](const auto& a, const auto& b) { return a.first < b.first; });
  hints.clear();
  for (std::size_t i = 0; i < std::min(kHints, nodes.size()); ++i) hints.push_back(nodes[i].second);
  auto &below = cuts[0].below, &above = cuts[0].above;
  const bool above_last = above.bound() < below.bound();
  for (auto* side : {above_last ? &below : &above, above_last ? &above : &below}) {
    outcome.children.push_back({std::make_unique<Clusters>(std::move(*side)), hints});
  }
  return false;
}

ClusterTree::Outcome ClusterTree::visit(State state) const {
  Outcome outcome;
  auto& clusters = *state.tables;
  do {
    if (!raise(clusters, kTreePatience, kPasses)) return outcome;
    if (task_.stop()) return outcome;
    outcome.plan = decode(clusters);
    if (task_.limit_after(outcome.plan.objective) < 0) return outcome;
  } while (branch(clusters, state.hints, outcome));
  return outcome;
}

bool ClusterTree::begin() {
  return raise(*open_.back().tables, kFirstPatience, kFirstPasses);
}

TreeEnd ClusterTree::run(const std::function<void(const FoundPlan&)>& found) {
  if (!raise(*open_.back().tables, kTreePatience, kFirstPasses)) return TreeEnd::nothing_left;
  while (!open_.empty()) {
    if (task_.stop()) return TreeEnd::stopped;
    const auto count = std::min(at_once_, open_.size());
    std::vector<State> states(
        std::make_move_iterator(open_.end() - static_cast<std::ptrdiff_t>(count)),
        std::make_move_iterator(open_.end()));
    open_.resize(open_.size() - count);
    std::vector<Outcome> outcomes(count);
    parallel_for(count, task_.threads,
                 [&](std::size_t i) { outcomes[i] = visit(std::move(states[i])); });
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
