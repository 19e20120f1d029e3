// Least time on small random graphs against Bellman-Ford, and A* against plain search.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "abatis/network/network.hpp"

namespace abatis {
namespace {

struct Case {
  Graph graph;
  std::vector<std::int32_t> sources, targets;
  std::vector<double> delay;
};

Case random_case(std::uint64_t seed) {
  Random random(seed, 0);
  Case c;
  const auto nodes = static_cast<std::int32_t>(2 + random.below(30));
  const auto sites = static_cast<std::int32_t>(1 + random.below(6));
  c.graph.first.push_back(0);
  for (std::int32_t n = 0; n < nodes; ++n) {
    for (std::uint64_t a = random.below(5); a > 0; --a) {
      c.graph.to.push_back(
          static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(nodes))));
      c.graph.time_s.push_back(static_cast<double>(random.below(8)));  // zeros and ties
      const auto site =
          static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(2 * sites)));
      c.graph.site.push_back(site < sites ? site : -1);
    }
    c.graph.first.push_back(static_cast<std::int32_t>(c.graph.to.size()));
  }
  for (std::int32_t s = 0; s < sites; ++s) c.delay.push_back(static_cast<double>(random.below(20)));
  const auto pick = [&] {
    return static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(nodes)));
  };
  for (std::uint64_t i = 1 + random.below(3); i > 0; --i) c.sources.push_back(pick());
  for (std::uint64_t i = 1 + random.below(3); i > 0; --i) c.targets.push_back(pick());
  return c;
}

double bellman_ford(const Case& c) {
  const auto nodes = static_cast<std::size_t>(c.graph.nodes());
  std::vector<double> time(nodes, kInfinity);
  for (const auto s : c.sources) time[static_cast<std::size_t>(s)] = 0;
  for (std::size_t round = 0; round < nodes; ++round) {
    for (std::size_t n = 0; n < nodes; ++n) {
      for (auto a = static_cast<std::size_t>(c.graph.first[n]);
           a < static_cast<std::size_t>(c.graph.first[n + 1]); ++a) {
        const auto site = c.graph.site[a];
        const double step =
            c.graph.time_s[a] + (site >= 0 ? c.delay[static_cast<std::size_t>(site)] : 0.0);
        auto& head = time[static_cast<std::size_t>(c.graph.to[a])];
        head = std::min(head, time[n] + step);
      }
    }
  }
  double best = kInfinity;
  for (const auto t : c.targets) best = std::min(best, time[static_cast<std::size_t>(t)]);
  return best;
}

// Length of `path`, checking that it is connected from a source to a target.
double walk(const Case& c, const std::vector<std::int32_t>& path) {
  const auto tail_of = [&](std::int32_t arc) {
    std::int32_t n = 0;
    while (c.graph.first[static_cast<std::size_t>(n) + 1] <= arc) ++n;
    return n;
  };
  double sum = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto a = static_cast<std::size_t>(path[i]);
    if (i > 0) {
      EXPECT_EQ(tail_of(path[i]), c.graph.to[static_cast<std::size_t>(path[i - 1])]);
    } else {
      EXPECT_NE(std::find(c.sources.begin(), c.sources.end(), tail_of(path[0])), c.sources.end());
    }
    const auto site = c.graph.site[a];
    sum += c.graph.time_s[a] + (site >= 0 ? c.delay[static_cast<std::size_t>(site)] : 0.0);
  }
  if (!path.empty()) {
    const auto head = c.graph.to[static_cast<std::size_t>(path.back())];
    EXPECT_NE(std::find(c.targets.begin(), c.targets.end(), head), c.targets.end());
  }
  return sum;
}

TEST(Graph, LeastTimeAgreesWithBellmanFord) {
  GraphSearch::Scratch scratch;  // shared by all, as a thread would
  int reachable = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const Case c = random_case(seed);
    const double expected = bellman_ford(c);
    std::vector<std::int32_t> path;
    EXPECT_EQ(least_time(c.graph, c.sources, c.targets, c.delay, &path), expected);
    const GraphSearch search(c.graph, c.sources, c.targets);
    std::vector<std::int32_t> steered;
    EXPECT_EQ(search.least_time(c.delay, scratch, &steered), expected);
    if (std::isinf(expected)) {
      EXPECT_TRUE(path.empty());
      EXPECT_TRUE(steered.empty());
      continue;
    }
    ++reachable;
    EXPECT_EQ(walk(c, path), expected);
    EXPECT_EQ(walk(c, steered), expected);
    const GraphSearch trimmed(c.graph, c.sources, c.targets, expected);
    EXPECT_EQ(trimmed.least_time(c.delay, scratch), expected);
    EXPECT_LE(trimmed.nodes(), c.graph.nodes());
    Case bare = c;
    bare.delay.assign(c.delay.size(), 0.0);
    EXPECT_EQ(search.base_s(), bellman_ford(bare));
  }
  EXPECT_GT(reachable, 200);
}

// A limit hides what is longer and nothing else, and what was seen ahead under smaller delays
// changes no result.
TEST(Graph, LimitsAndLooksAheadChangeNoLeastTime) {
  GraphSearch::Scratch scratch;
  int within = 0, hidden = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const Case c = random_case(seed);
    const double expected = bellman_ford(c);
    const GraphSearch search(c.graph, c.sources, c.targets);
    Random random(seed, 1);
    Case less = c;
    for (double& delay : less.delay) delay *= random.below(3) == 0 ? random.uniform() : 1.0;
    const double most = std::isinf(expected) ? 50 : expected * random.uniform(0.7, 1.5);
    const std::vector<double> ahead = search.look_ahead(less.delay, most, scratch);
    EXPECT_EQ(ahead.empty(), !(bellman_ford(less) <= most));
    std::vector<std::int32_t> path;
    const double found = search.least_time(c.delay, scratch, &path, most);
    if (!(expected <= most)) {
      ++hidden;
      EXPECT_TRUE(std::isinf(found));
      EXPECT_TRUE(path.empty());
    } else {
      ++within;
      EXPECT_EQ(found, expected);
      EXPECT_EQ(walk(c, path), expected);
      EXPECT_EQ(search.least_time(c.delay, scratch, &path, expected), expected);
    }
    if (ahead.empty()) continue;
    const double steered = search.least_time(c.delay, scratch, &path, most, &ahead);
    if (!(expected <= most)) {
      EXPECT_TRUE(std::isinf(steered));
    } else {
      EXPECT_NEAR(steered, expected, 1e-12 * expected);
      EXPECT_NEAR(walk(c, path), expected, 1e-12 * expected);
    }
  }
  EXPECT_GT(within, 150);
  EXPECT_GT(hidden, 150);
}

TEST(Graph, ThroughIsTheLeastTimeOverPathsThatEnterASite) {
  // s -> a -> t with the upper way 3 + 4 through site 0 and the lower 1 + 1 through site 1.
  Graph g;
  g.first = {0, 2, 3, 4, 4};
  g.to = {1, 2, 3, 3};
  g.time_s = {3, 1, 4, 1};
  g.site = {0, -1, -1, 1};
  const GraphSearch search(g, {0}, {3});
  EXPECT_EQ(search.base_s(), 2);
  const auto through = search.through_s(3);
  EXPECT_EQ(through[0], 7);
  EXPECT_EQ(through[1], 2);
  EXPECT_TRUE(std::isinf(through[2]));
}

}  // namespace
}  // namespace abatis
