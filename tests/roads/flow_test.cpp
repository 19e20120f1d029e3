// Flows against every cut there is.

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/roads/flow.hpp"

namespace abatis {
namespace {

struct Edge {
  int from, to;
  std::int64_t capacity, cost;
};

struct Made {
  int nodes = 0;
  std::vector<Edge> edges;
};

Made random_network(std::uint64_t seed) {
  Random random(seed, 0);
  const auto draw = [&](std::uint64_t below) { return static_cast<int>(random.below(below)); };
  Made made;
  made.nodes = 2 + draw(6);
  const int edges = draw(14);
  for (int e = 0; e < edges; ++e) {
    made.edges.push_back({draw(static_cast<std::uint64_t>(made.nodes)),
                          draw(static_cast<std::uint64_t>(made.nodes)), draw(5), draw(9)});
  }
  return made;
}

FlowNetwork network(const Made& made) {
  FlowNetwork net(made.nodes);
  for (const Edge& e : made.edges) net.add(e.from, e.to, e.capacity, e.cost);
  return net;
}

// Least capacity over all splits of the nodes with 0 on one side and 1 on the other.
std::int64_t least_cut(const Made& made) {
  std::int64_t least = INT64_MAX;
  for (unsigned side = 0; side < (1U << static_cast<unsigned>(made.nodes)); ++side) {
    if ((side & 1U) == 0 || (side & 2U) != 0) continue;
    std::int64_t cut = 0;
    for (const Edge& e : made.edges) {
      const bool from = (side >> static_cast<unsigned>(e.from) & 1U) != 0;
      const bool to = (side >> static_cast<unsigned>(e.to) & 1U) != 0;
      if (from && !to) cut += e.capacity;
    }
    least = std::min(least, cut);
  }
  return least;
}

std::int64_t cost_of(const Made& made, const FlowNetwork& net) {
  std::int64_t cost = 0;
  for (std::size_t e = 0; e < made.edges.size(); ++e) {
    cost += made.edges[e].cost * net.flow(static_cast<int>(e));
  }
  return cost;
}

void expect_a_flow(const Made& made, const FlowNetwork& net, std::int64_t value) {
  std::vector<std::int64_t> excess(static_cast<std::size_t>(made.nodes), 0);
  for (std::size_t e = 0; e < made.edges.size(); ++e) {
    const std::int64_t flow = net.flow(static_cast<int>(e));
    EXPECT_GE(flow, 0);
    EXPECT_LE(flow, made.edges[e].capacity);
    excess[static_cast<std::size_t>(made.edges[e].from)] -= flow;
    excess[static_cast<std::size_t>(made.edges[e].to)] += flow;
  }
  for (int n = 0; n < made.nodes; ++n) {
    EXPECT_EQ(excess[static_cast<std::size_t>(n)], n == 0 ? -value : n == 1 ? value : 0);
  }
}

TEST(Flow, EqualsTheLeastOfAllCutsAndIsCutThere) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_network(seed);
    const std::int64_t expected = least_cut(made);
    FlowNetwork largest = network(made);
    FlowNetwork cheapest = network(made);
    ASSERT_EQ(largest.largest(0, 1), expected);
    ASSERT_EQ(cheapest.cheapest(0, 1), expected);
    expect_a_flow(made, largest, expected);
    expect_a_flow(made, cheapest, expected);
    EXPECT_LE(cost_of(made, cheapest), cost_of(made, largest));
    // The cut nearest the source does not depend on how the flow was found.
    const std::vector<bool> near = largest.source_side(0);
    EXPECT_EQ(near, cheapest.source_side(0));
    EXPECT_TRUE(near[0]);
    EXPECT_FALSE(near[1]);
    std::int64_t cut = 0;
    for (const Edge& e : made.edges) {
      if (near[static_cast<std::size_t>(e.from)] && !near[static_cast<std::size_t>(e.to)]) {
        cut += e.capacity;
      }
    }
    EXPECT_EQ(cut, expected);
  }
}

TEST(Flow, TheCheapestTakesTheShorterOfTwoWays) {
  FlowNetwork net(4);
  const int long_way = net.add(0, 2, 1, 10), rest = net.add(2, 1, 1, 10);
  const int short_way = net.add(0, 1, 1, 3);
  EXPECT_EQ(net.cheapest(0, 1), 2);
  EXPECT_EQ(net.flow(short_way), 1);
  EXPECT_EQ(net.flow(long_way), 1);
  EXPECT_EQ(net.flow(rest), 1);
}

}  // namespace
}  // namespace abatis
