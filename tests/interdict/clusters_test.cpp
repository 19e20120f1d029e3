// Bounds by triples: never above what the cheapest plan costs, and no plan within the limit is cut
// off. Seeds are fresh and printed; ABATIS_SEED repeats one.

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "interdict/clusters.hpp"
#include "interdict/grids.hpp"

namespace abatis {
namespace {
using abatis::interdiction::Ascent;
using abatis::interdiction::bare_lengths;
using abatis::interdiction::Clusters;
using abatis::interdiction::Cost;
using abatis::interdiction::kMostWork;
using abatis::interdiction::kUnit;
using abatis::interdiction::Label;
using abatis::interdiction::Layer;
using abatis::interdiction::LayerState;
using abatis::interdiction::make_layer;
using abatis::interdiction::Ways;
using abatis::testing::fresh_seed;
using abatis::testing::make_grid;

constexpr auto kNoStop = [] { return false; };

// One year, a target, and messages after some passes. `reach` false: already refuted.
struct Begun {
  Begun(const InterdictProblem& given, Label target, int passes)
      : problem(given),
        ways(problem),
        from(ways.lengths(bare_lengths(problem), problem.source, true)),
        to(ways.lengths(bare_lengths(problem), problem.sink, false)),
        layer(make_layer(problem, from, to, target, problem.budgets[0])),
        limit(problem.budgets[0] * kUnit) {
    Ascent ascent(layer, 4 * (limit + kUnit));
    state.domains = layer.root;
    for (const auto& arc : layer.arcs) state.price.push_back(kUnit * problem.arcs[at(arc.id)].cost);
    ascent.clear(state);
    reach = propagate(layer, state.domains);
    if (!reach) return;
    ascent.sum_up(state);
    reach = ascent.settle(state, passes, 0, limit);
  }

  // A node of the layer with several labels has arcs.
  int in_problem(int node) const {
    for (const auto& arc : layer.arcs) {
      if (arc.tail == node) return problem.arcs[at(arc.id)].tail;
      if (arc.head == node) return problem.arcs[at(arc.id)].head;
    }
    return problem.source;
  }

  InterdictProblem problem;
  Ways ways;
  std::vector<std::int64_t> from, to;
  Layer layer;
  Cost limit;
  LayerState state;
  bool reach = true;
};

// The cheapest purchases that make the sink at least `target` away, whatever the budget; by trying
// all. Cost -1: there are none.
struct Cheapest {
  std::int64_t cost = -1;
  std::vector<std::int64_t> lengths;  // of arcs
};

Cheapest cheapest_for(const InterdictProblem& problem, std::int64_t target) {
  const Ways ways(problem);
  Cheapest best;
  auto lengths = bare_lengths(problem);
  const std::function<void(std::size_t, std::int64_t)> go = [&](std::size_t arc,
                                                                std::int64_t cost) {
    if (best.cost >= 0 && cost >= best.cost) return;
    if (arc == lengths.size()) {
      if (ways.lengths(lengths, problem.source, true)[at(problem.sink)] < target) return;
      best = {cost, lengths};
      return;
    }
    go(arc + 1, cost);
    const auto& one = problem.arcs[arc];
    if (one.cost == 0) return;
    lengths[arc] += one.delay;
    go(arc + 1, cost + one.cost);
    lengths[arc] -= one.delay;
  };
  go(0, 0);
  return best;
}

// Dense networks, so that there are many triples; costs up to a billion in one of four.
InterdictProblem random_problem(Random& random) {
  InterdictProblem problem;
  problem.nodes = 4 + static_cast<int>(random.below(3));
  problem.sink = problem.nodes - 1;
  const std::uint64_t dear = random.below(4) == 0 ? 300'000'000 : 1;
  const auto arcs = static_cast<int>(8 + random.below(5));
  for (int i = 0; i < arcs; ++i) {
    const auto tail = static_cast<int>(random.below(static_cast<std::uint64_t>(problem.nodes)));
    const auto head = static_cast<int>(random.below(static_cast<std::uint64_t>(problem.nodes)));
    problem.arcs.push_back({tail, head, static_cast<std::int64_t>(random.below(6)),
                            static_cast<std::int64_t>(random.below(6)),
                            static_cast<std::int64_t>(random.below(4) * dear)});
  }
  problem.arcs.push_back({0, problem.sink, static_cast<std::int64_t>(6 + random.below(6)), 5, 1});
  problem.budgets = {static_cast<std::int64_t>(random.below(8) * dear)};
  return problem;
}

// The shortest lengths under the cheapest plan, capped, are labels that must stay.
TEST(InterdictClusters, TheCheapestPlanIsNeverCutOff) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  int reached = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto problem = random_problem(random);
    const auto which = "seed " + std::to_string(seed) + ", case " + std::to_string(i);
    const Ways ways(problem);
    const auto bare = ways.lengths(bare_lengths(problem), problem.source, true);
    const Label target = bare[at(problem.sink)] + 1 + static_cast<Label>(random.below(6));
    Begun begun(problem, target, static_cast<int>(random.below(3)));
    const auto plan = cheapest_for(problem, target);
    const bool possible = plan.cost >= 0 && plan.cost <= problem.budgets[0];
    EXPECT_TRUE(begun.reach || !possible) << which;
    if (!begun.reach) continue;
    auto clusters = Clusters::make(begun.layer, begun.state, begun.limit, kMostWork);
    if (!clusters) continue;
    // To one side of a node's labels after the other: that of the plan.
    const auto far = possible ? ways.lengths(plan.lengths, problem.source, true) : bare;
    bool alive = clusters->settle(10, kNoStop);
    for (int cut = 0; alive && cut < 40; ++cut) {
      const auto splits = clusters->splits(100);
      if (splits.empty()) break;
      const auto split = splits[random.below(splits.size())];
      const int node = begun.in_problem(split.node);
      const bool up = std::min(far[at(node)], begun.layer.root.hi[at(split.node)]) >= split.label;
      clusters->restrict_node(split.node, split.label, up);
      alive = clusters->shrink() && clusters->settle(10, kNoStop);
    }
    if (!possible) continue;
    ++reached;
    EXPECT_TRUE(alive) << which;
    EXPECT_LE(clusters->bound(), plan.cost * kUnit) << which;
  }
  EXPECT_GT(reached, 100);
}

// Messages along arcs stop at 16.8 and the linear program at 17.7 of 20; triples refute.
TEST(InterdictClusters, RefutesWhatArcsAloneDoNot) {
  Begun begun(make_grid({.rows = 10, .cols = 10, .seed = 1}, {20}), 36, 200);
  ASSERT_TRUE(begun.reach);
  EXPECT_LT(begun.state.messages.value, 17 * kUnit);
  auto clusters = Clusters::make(begun.layer, begun.state, begun.limit, kMostWork);
  ASSERT_TRUE(clusters);
  EXPECT_EQ(clusters->bound(), begun.state.messages.value);
  Cost before = clusters->bound();
  for (int i = 0; i < 100 && clusters->pass(i % 2 == 0); ++i) {
    EXPECT_GE(clusters->bound(), before);
    before = clusters->bound();
  }
  EXPECT_TRUE(clusters->refuted());
}

// The tables of a triple drift apart by amounts that cancel; where numbers had no room for that,
// triples were left out, and the bound stood at 8.35 for good.
TEST(InterdictClusters, RiseForThousandsOfPasses) {
  Begun begun(make_grid({.rows = 20, .cols = 20, .seed = 1}, {10}), 47, 50);
  ASSERT_TRUE(begun.reach);
  auto clusters = Clusters::make(begun.layer, begun.state, begun.limit, kMostWork);
  ASSERT_TRUE(clusters);
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(clusters->pass(i % 2 == 0));
  EXPECT_GT(static_cast<double>(clusters->bound()), 8.4 * kUnit);
}

// With more work than allowed there are no tables.
TEST(InterdictClusters, KeepsToTheWorkAllowed) {
  Begun begun(make_grid({.rows = 10, .cols = 10, .seed = 1}, {20}), 36, 5);
  EXPECT_TRUE(Clusters::make(begun.layer, begun.state, begun.limit, kMostWork));
  EXPECT_FALSE(Clusters::make(begun.layer, begun.state, begun.limit, 1e4));
}

}  // namespace
}  // namespace abatis
