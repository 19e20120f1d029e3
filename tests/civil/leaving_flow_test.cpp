// Quickest flows against a time-expanded network, traffic on a tree against small steps of time.

#include "civil/leaving_flow.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/roads/flow.hpp"

namespace abatis::civil_detail {
namespace {

constexpr std::int64_t kHour = 3'600'000;  // ms: one step of the time-expanded networks

struct Made {
  LeavingNet net;
  std::vector<LeavingSource> sources;
};

// Times in whole hours, capacities and vehicles small and whole.
Made random_case(std::uint64_t seed) {
  Random random(seed, 0);
  const auto draw = [&](std::uint64_t below) { return static_cast<int>(random.below(below)); };
  Made made;
  made.net.nodes = 3 + draw(5);
  const int links = 3 + draw(12);
  for (int l = 0; l < links; ++l) {
    const auto nodes = static_cast<std::uint64_t>(made.net.nodes);
    made.net.links.push_back({draw(nodes), draw(nodes), draw(4) * kHour, 1 + draw(4)});
  }
  const int sources = 1 + draw(4);
  for (int s = 0; s < sources; ++s) {
    made.sources.push_back(
        {1 + draw(static_cast<std::uint64_t>(made.net.nodes - 1)), static_cast<double>(draw(12))});
  }
  return made;
}

double vehicles_with_a_way(const Made& made) {
  const QuickestTree tree = quickest_tree(made.net, {});
  double all = 0;
  for (const LeavingSource& s : made.sources) {
    if (tree.time_ms[static_cast<std::size_t>(s.node)] < kNever) all += s.vehicles;
  }
  return all;
}

// The most vehicles that reach the sink by way of departures in steps 0..steps-1 of one hour each,
// by the time-expanded network of Ford & Fulkerson (1958). `apart`: each source has its own
// vehicles, else all share theirs out as they like.
std::int64_t expanded(const Made& made, int steps, bool apart) {
  const int nodes = made.net.nodes;
  const int copies = nodes * steps;
  // source, sink, then by source a node of its own
  FlowNetwork flow(copies + 2 + static_cast<int>(made.sources.size()));
  const int source = copies, sink = copies + 1;
  const QuickestTree tree = quickest_tree(made.net, {});
  for (int t = 0; t < steps; ++t) {
    for (const LeavingLink& link : made.net.links) {
      const int then = t + static_cast<int>(link.time_ms / kHour);
      if (then < steps)
        flow.add(t * nodes + link.from, then * nodes + link.to, link.capacity_per_h);
    }
    for (int n = 0; n < nodes && t + 1 < steps; ++n) {
      flow.add(t * nodes + n, (t + 1) * nodes + n, 1'000'000);
    }
    flow.add(t * nodes + made.net.sink, sink, 1'000'000);
  }
  for (std::size_t s = 0; s < made.sources.size(); ++s) {
    if (tree.time_ms[static_cast<std::size_t>(made.sources[s].node)] >= kNever) continue;
    if (!(made.sources[s].vehicles > 0)) continue;
    const int own = copies + 2 + static_cast<int>(s);
    flow.add(source, own, apart ? std::llround(made.sources[s].vehicles) : 1'000'000);
    flow.add(own, made.sources[s].node, 1'000'000);
  }
  return flow.largest(source, sink);
}

TEST(QuickestBound, IsWhenTheTimeExpandedNetworkCarriesAll) {
  int some = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const double vehicles = vehicles_with_a_way(made);
    const QuickestBound bound = quickest_bound(made.net, {}, made.sources);
    if (!(vehicles > 0)) {
      EXPECT_EQ(bound.time_s, 0);
      continue;
    }
    ++some;
    // In whole steps n the most that arrives is that of continuous time n.
    const double hours = bound.time_s / 3600;
    const int enough = static_cast<int>(std::ceil(hours - 1e-9));
    EXPECT_GE(expanded(made, enough, false), std::llround(vehicles));
    if (enough > 1) {
      EXPECT_LT(expanded(made, enough - 1, false), std::llround(vehicles));
    }
  }
  EXPECT_GT(some, 200);
}

TEST(QuickestBound, ItsCutOverTimeProvesIt) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const QuickestBound bound = quickest_bound(made.net, {}, made.sources);
    double carried = 0;
    for (std::size_t l = 0; l < made.net.links.size(); ++l) {
      EXPECT_GE(bound.price_s[l], 0);
      carried += static_cast<double>(made.net.links[l].capacity_per_h) * bound.price_s[l] / 3600;
    }
    EXPECT_NEAR(carried, vehicles_with_a_way(made), 1e-3);
  }
}

TEST(TreeTraffic, LiesAboveWhatAnyScheduleNeedsAndThatAboveTheBound) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const double vehicles = vehicles_with_a_way(made);
    if (!(vehicles > 0)) continue;
    const TreeTraffic traffic = tree_traffic(made.net, quickest_tree(made.net, {}), made.sources);
    int steps = 1;  // the least in which each source's own vehicles arrive
    while (expanded(made, steps, true) < std::llround(vehicles)) ++steps;
    EXPECT_LE(quickest_bound(made.net, {}, made.sources).time_s / 3600, steps + 1e-9);
    // A fluid that is cleared at T fits into ceil(T) + 1 steps of departures.
    EXPECT_GE(std::ceil(traffic.cleared_s / 3600 - 1e-9) + 1, steps);
  }
}

// Why parts of the people need not be tried: nobody alone needs longer than with the narrowest link
// of the quickest way to themselves, and no part of the people longer than its last when all go
// undirected.
TEST(QuickestBound, NoPartNeedsLongerThanItsOwnWayOrThanUndirected) {
  int shorter = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const QuickestTree tree = quickest_tree(made.net, {});
    const TreeTraffic traffic = tree_traffic(made.net, tree, made.sources);
    std::vector<LeavingSource> part;
    double last_s = 0;
    for (std::size_t s = 0; s < made.sources.size(); ++s) {
      const LeavingSource& one = made.sources[s];
      const std::int64_t ms = tree.time_ms[static_cast<std::size_t>(one.node)];
      if (ms >= kNever) continue;
      double per_h = std::numeric_limits<double>::infinity();
      for (const int l : traffic.way[s]) {
        const LeavingLink& link = made.net.links[static_cast<std::size_t>(l)];
        per_h = std::min(per_h, static_cast<double>(link.capacity_per_h));
      }
      const double own_s = static_cast<double>(ms) / 1000 + one.vehicles / per_h * 3600;
      const double alone_s = quickest_bound(made.net, {}, {one}).time_s;
      EXPECT_LE(alone_s, own_s + 1e-6);
      if (alone_s < own_s - 1) ++shorter;
      if (s % 2 == 0) continue;
      part.push_back(one);
      if (!traffic.passed_s[s].empty()) last_s = std::max(last_s, traffic.passed_s[s].back());
    }
    EXPECT_LE(quickest_bound(made.net, {}, part).time_s, last_s + 1e-6);
  }
  EXPECT_GT(shorter, 0);
}

// The same tree in small steps: vehicles wait before a link, then drive it.
double stepped(const LeavingNet& net, const QuickestTree& tree,
               const std::vector<LeavingSource>& sources, double step_s) {
  std::vector<double> waiting(static_cast<std::size_t>(net.nodes), 0);
  double left = 0;
  for (const LeavingSource& s : sources) {
    const auto node = static_cast<std::size_t>(s.node);
    if (s.node == net.sink || tree.next[node] < 0) continue;
    waiting[node] += s.vehicles;
    left += s.vehicles;
  }
  std::vector<std::vector<double>> driving(net.links.size());  // by steps until they arrive
  for (std::size_t l = 0; l < net.links.size(); ++l) {
    driving[l].assign(static_cast<std::size_t>(
                          std::llround(static_cast<double>(net.links[l].time_ms) / 1000 / step_s)) +
                          1,
                      0);
  }
  double time = 0;
  const double negligible = 1e-6;
  while (left > negligible && time < 1e7) {
    for (std::size_t n = 0; n < waiting.size(); ++n) {
      if (tree.next[n] < 0) continue;
      const auto l = static_cast<std::size_t>(tree.next[n]);
      const double most = static_cast<double>(net.links[l].capacity_per_h) / 3600 * step_s;
      const double go = std::min(most, waiting[n]);
      waiting[n] -= go;
      driving[l].back() += go;
    }
    for (std::size_t l = 0; l < driving.size(); ++l) {
      const double arrives = driving[l].front();
      std::rotate(driving[l].begin(), driving[l].begin() + 1, driving[l].end());
      driving[l].back() = 0;
      if (net.links[l].to == net.sink)
        left -= arrives;
      else
        waiting[static_cast<std::size_t>(net.links[l].to)] += arrives;
    }
    time += step_s;
  }
  return time;
}

TEST(TreeTraffic, AgreesWithSmallStepsOfTime) {
  for (std::uint64_t seed = 1000; seed < 1060; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const QuickestTree tree = quickest_tree(made.net, {});
    const TreeTraffic traffic = tree_traffic(made.net, tree, made.sources);
    double last = 0;
    double carried = 0;
    for (std::size_t s = 0; s < made.sources.size(); ++s) {
      if (traffic.passed_s[s].empty() || !(made.sources[s].vehicles > 0)) continue;
      last = std::max(last, traffic.passed_s[s].back());
      for (std::size_t i = 1; i < traffic.passed_s[s].size(); ++i) {
        EXPECT_GE(traffic.passed_s[s][i], traffic.passed_s[s][i - 1]);
      }
    }
    for (std::size_t l = 0; l < made.net.links.size(); ++l) {
      if (made.net.links[l].to == made.net.sink) carried += traffic.vehicles[l];
    }
    const double step = 30;
    EXPECT_NEAR(last, stepped(made.net, tree, made.sources, step), step * (made.net.nodes + 2));
    double sent = 0;
    for (const LeavingSource& s : made.sources) {
      if (tree.next[static_cast<std::size_t>(s.node)] >= 0) sent += s.vehicles;
    }
    EXPECT_NEAR(carried, sent, 1e-6 * (1 + sent));
  }
}

// A schedule that exists: the time-expanded network carries it, and the bound lies below it.
TEST(SharedOut, LiesBetweenTheBoundAndEveryoneOnTheirQuickestWay) {
  int sooner = 0, at_bound = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const Made made = random_case(seed);
    const double vehicles = vehicles_with_a_way(made);
    if (!(vehicles > 0)) continue;
    const double own_s =
        tree_traffic(made.net, quickest_tree(made.net, {}), made.sources).cleared_s;
    const double bound_s = quickest_bound(made.net, {}, made.sources).time_s;
    const double shared_s = shared_out(made.net, {}, made.sources, bound_s, own_s);
    EXPECT_LE(shared_s, own_s);
    EXPECT_GE(shared_s, bound_s - 1e-6);
    // A fluid that is cleared at T fits into ceil(T) + 1 steps of departures.
    const int steps = static_cast<int>(std::ceil(shared_s / 3600 - 1e-9)) + 1;
    EXPECT_GE(expanded(made, steps, true), std::llround(vehicles));
    if (shared_s < own_s - 1) ++sooner;
    if (shared_s < bound_s * 1.01) ++at_bound;
  }
  EXPECT_GT(sooner, 50);
  EXPECT_GT(at_bound, 100);
}

// A town between two roads out of it sends its people by both.
TEST(SharedOut, OneTownTwoRoads) {
  const LeavingNet net{
      .nodes = 2, .sink = 0, .links = {{1, 0, 120'000, 600}, {1, 0, 240'000, 600}}};
  const std::vector<LeavingSource> town{{1, 1200}};
  const double own_s = tree_traffic(net, quickest_tree(net, {}), town).cleared_s;
  EXPECT_DOUBLE_EQ(own_s, 7200 + 120);
  const double bound_s = quickest_bound(net, {}, town).time_s;
  EXPECT_DOUBLE_EQ(bound_s, 3600 + 180);
  EXPECT_NEAR(shared_out(net, {}, town, bound_s, own_s), bound_s, 5);
}

// An hour of 600 vehicles through a lane of 600, then a minute's drive.
TEST(QuickestBound, OneRoad) {
  const LeavingNet net{.nodes = 2, .sink = 0, .links = {{1, 0, 60000, 600}}};
  const QuickestBound bound = quickest_bound(net, {}, {{1, 600}});
  EXPECT_DOUBLE_EQ(bound.time_s, 3660);
  EXPECT_DOUBLE_EQ(bound.price_s[0], 3600);
  const TreeTraffic traffic = tree_traffic(net, quickest_tree(net, {}), {{1, 600}});
  EXPECT_DOUBLE_EQ(traffic.cleared_s, 3660);
  EXPECT_DOUBLE_EQ(traffic.wait_s[0], 3600);
  EXPECT_EQ(quickest_bound(net, {true}, {{1, 600}}).time_s, 0) << "closed: nobody leaves";
}

// Two towns meet before a bridge: the nearer goes first, the other queues behind it.
TEST(TreeTraffic, WhoMeetsAtABridgeQueuesThere) {
  const LeavingNet net{.nodes = 4,
                       .sink = 0,
                       .links = {{2, 1, 0, 1200}, {3, 1, 600'000, 1200}, {1, 0, 60'000, 600}}};
  const std::vector<LeavingSource> towns{{2, 300}, {3, 200}, {3, 0}};
  const TreeTraffic traffic = tree_traffic(net, quickest_tree(net, {}), towns);
  // The first 300 arrive within 900 s at 1200 an hour and pass the bridge by 1800 s at the latest;
  // the other 200 arrive from 600 to 1200 s. All 500 take 3000 s of the bridge, from 0 on.
  EXPECT_NEAR(traffic.cleared_s, 3060, 1e-6);
  EXPECT_NEAR(traffic.passed_s[1].back(), 3060, 1e-6);
  // By 900 s the bridge has let 150 through; 300 and 100 have come: the last of the 300 waits for
  // the 250 before it.
  EXPECT_NEAR(traffic.passed_s[0].back(), 900 + 1500 + 60, 1e-6);
  ASSERT_EQ(traffic.way[2].size(), 2U) << "those without people on record have a way, too";
}

}  // namespace
}  // namespace abatis::civil_detail
