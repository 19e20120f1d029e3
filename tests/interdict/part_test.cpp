// A part of the network that grows: never above what the cheapest plan costs, and the tree says
// what trying all plans says. Seeds are fresh and printed; ABATIS_SEED repeats one.

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "interdict/cluster_tree.hpp"
#include "interdict/grids.hpp"
#include "interdict/part.hpp"
#include "interdict/part_tree.hpp"

namespace abatis::interdiction {

namespace {
using abatis::testing::fresh_seed;

struct Case {
  InterdictProblem problem;
  std::vector<std::int64_t> from, to;
  TreeTask task;
  Cost limit = 0;
};

// Squares and diagonals, so that there are triples; some arcs cannot be bought.
void make_case(Random& random, Case& made) {
  auto& problem = made.problem;
  problem.nodes = 6;
  problem.sink = 5;
  for (int i = 0; i < 11; ++i) {
    const auto tail = static_cast<int>(random.below(6)), head = static_cast<int>(random.below(6));
    problem.arcs.push_back({tail, head, static_cast<std::int64_t>(random.below(5)),
                            static_cast<std::int64_t>(random.below(6)),
                            static_cast<std::int64_t>(random.below(3))});
  }
  problem.arcs.push_back({0, 5, 9, 4, 1});
  problem.budgets = {static_cast<std::int64_t>(random.below(4))};
  const Ways ways(problem);
  made.from = ways.lengths(bare_lengths(problem), problem.source, true);
  made.to = ways.lengths(bare_lengths(problem), problem.sink, false);
  const Label target = made.from[5] + 1 + static_cast<Label>(random.below(8));
  made.limit = problem.budgets[0] * kUnit;
  auto& task = made.task;
  task.problem = &problem;
  task.layer = make_layer(problem, made.from, made.to, target, problem.budgets[0]);
  task.limit = static_cast<double>(problem.budgets[0]);
  task.stop = [] { return false; };
  task.objective = [&problem](const std::vector<InterdictPurchase>& plan) {
    const auto lengths = yearly_lengths(problem, plan);
    return lengths ? (*lengths)[0] : -1;
  };
  task.guess = [](const Shares&) { return std::vector<InterdictPurchase>{}; };
  task.limit_after = [target, limit = task.limit](std::int64_t objective) {
    return objective < target ? limit : -1;
  };
}

// What the cheapest purchases cost that make the sink `target` away, by trying all; -1: there are
// none. `best`: lengths of arcs with them.
std::int64_t cheapest(const InterdictProblem& problem, std::int64_t target,
                      std::vector<std::int64_t>& best) {
  const Ways ways(problem);
  std::int64_t least = -1;
  for (std::size_t set = 0; set < std::size_t{1} << problem.arcs.size(); ++set) {
    auto lengths = bare_lengths(problem);
    std::int64_t cost = 0;
    bool sold = true;
    for (std::size_t a = 0; a < lengths.size() && sold; ++a) {
      if ((set >> a & 1) == 0) continue;
      sold = problem.arcs[a].cost > 0;
      cost += problem.arcs[a].cost;
      lengths[a] += problem.arcs[a].delay;
    }
    if (!sold || (least >= 0 && cost >= least)) continue;
    if (ways.lengths(lengths, problem.source, true)[at(problem.sink)] < target) continue;
    least = cost;
    best = lengths;
  }
  return least;
}

std::vector<char> some_arcs(Random& random, const Layer& layer) {
  std::vector<char> arcs;
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    arcs.push_back(static_cast<char>(random.below(2)));
  }
  return arcs;
}

std::optional<Clusters> begin(const Case& made, const std::vector<char>& arcs) {
  const auto& layer = made.task.layer;
  std::vector<Cost> price;
  for (const auto& arc : layer.arcs) {
    price.push_back(kUnit * made.problem.arcs[at(arc.id)].cost);
  }
  auto state = begin_with_part(layer, price, arcs, 200, made.limit, 4 * (made.limit + kUnit));
  if (!propagate(layer, state.domains)) return std::nullopt;
  return Clusters::make(layer, state, made.limit, kMostWork, arcs);
}

TEST(InterdictPart, TreesSayWhatTryingAllPlansSays) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  int reached = 0, refuted = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto which = "seed " + std::to_string(seed) + ", case " + std::to_string(i);
    Case made;
    make_case(random, made);
    const auto& layer = made.task.layer;
    const auto arcs = some_arcs(random, layer);
    auto clusters = begin(made, arcs);
    if (!clusters) continue;
    std::vector<std::int64_t> lengths;
    const auto cost = cheapest(made.problem, layer.root.hi[at(layer.sink)], lengths);
    const bool possible = cost >= 0 && cost <= made.problem.budgets[0];
    ClusterTree tree(made.task, std::move(*clusters));
    FoundPlan plan;
    const bool open = tree.begin();
    const auto by_programs = search_part(made.task, arcs);
    ASSERT_EQ(by_programs.end, possible ? TreeEnd::found : TreeEnd::nothing_left) << which;
    const TreeEnd end =
        open ? tree.run([&](const FoundPlan& found) { plan = found; }) : TreeEnd::nothing_left;
    ASSERT_EQ(end, possible ? TreeEnd::found : TreeEnd::nothing_left) << which;
    (possible ? reached : refuted)++;
    if (!possible) continue;
    for (const auto& found : {plan, by_programs.plan}) {
      EXPECT_GE(made.task.objective(found.purchases), layer.root.hi[at(layer.sink)]) << which;
    }
  }
  EXPECT_GT(reached, 50);
  EXPECT_GT(refuted, 15);
}

// Arcs join while labels are cut to the side of the cheapest plan: it is never cut off.
TEST(InterdictPart, GrowthKeepsTheCheapestPlan) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  int reached = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto which = "seed " + std::to_string(seed) + ", case " + std::to_string(i);
    Case made;
    make_case(random, made);
    const auto& layer = made.task.layer;
    auto clusters = begin(made, some_arcs(random, layer));
    if (!clusters) continue;
    std::vector<std::int64_t> lengths;
    const auto cost = cheapest(made.problem, layer.root.hi[at(layer.sink)], lengths);
    if (cost < 0 || cost > made.problem.budgets[0]) continue;
    ++reached;
    const auto far = Ways(made.problem).lengths(lengths, made.problem.source, true);
    std::vector<int> node_of(at(layer.nodes()), made.problem.source);
    for (const auto& arc : layer.arcs) {
      node_of[at(arc.tail)] = made.problem.arcs[at(arc.id)].tail;
      node_of[at(arc.head)] = made.problem.arcs[at(arc.id)].head;
    }
    for (int step = 0; step < 12; ++step) {
      const Cost before = clusters->bound();
      std::vector<std::size_t> missing;
      for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
        if (clusters->arcs()[e] == 0 && random.below(4) == 0) missing.push_back(e);
      }
      ASSERT_TRUE(clusters->grow(missing, kMostWork)) << which;
      EXPECT_GE(clusters->bound(), before) << which;
      const auto splits = clusters->splits(100);
      if (!splits.empty()) {
        const auto split = splits[random.below(splits.size())];
        const auto label =
            std::min(far[at(node_of[at(split.node)])], layer.root.hi[at(split.node)]);
        clusters->restrict_node(split.node, split.label, label >= split.label);
      }
      ASSERT_TRUE(clusters->shrink() && clusters->pass(true) && clusters->pass(false)) << which;
    }
    EXPECT_LE(clusters->bound(), cost * kUnit) << which;
  }
  EXPECT_GT(reached, 50);
}

// The cheapest labels of a part that suits no way outside miss no arc; a way outside is found.
TEST(InterdictPart, ShortWaysOutsideAreFound) {
  InterdictProblem problem{.nodes = 3, .source = 0, .sink = 2, .budgets = {1}};
  problem.arcs = {{0, 1, 1, 5, 1}, {1, 2, 1, 5, 1}, {0, 2, 3, 5, 1}};
  const Ways ways(problem);
  const auto from = ways.lengths(bare_lengths(problem), 0, true);
  const auto to = ways.lengths(bare_lengths(problem), 2, false);
  const auto layer = make_layer(problem, from, to, 4, 1);
  std::vector<Label> length;
  for (const auto& arc : layer.arcs) length.push_back(arc.length + (arc.id == 0 ? 5 : 0));
  EXPECT_EQ(missing_arcs(layer, {1, 1, 0}, length), std::vector<std::size_t>{2});
  length[2] += 5;
  EXPECT_TRUE(missing_arcs(layer, {1, 1, 0}, length).empty());
  EXPECT_EQ(with_arcs_between(layer, {1, 1, 0}), (std::vector<char>{1, 1, 1}));
}

}  // namespace
}  // namespace abatis::interdiction
