// The network against the grid: exact where every cell is a node, never below it, and within
// tolerance after refinement.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_input.hpp"
#include "support/stopped_monitor.hpp"

namespace abatis {
namespace {

using network_detail::build;
using network_detail::grid_time;
using network_detail::measure;
using testing::AsciiMap;
using testing::made_from;
using testing::made_random;
using testing::MadeInput;
using testing::network_time;
using testing::RandomShape;

NetworkRules rules(double tile_m, double spacing_m, double tolerance = 0.01) {
  return {.tile_m = tile_m, .portal_spacing_m = spacing_m, .tolerance = tolerance};
}

bool connected(const MadeInput& made) {
  const auto& c = made.input.cases[0];
  return !c.sources.empty() && !c.targets.empty() &&
         grid_time(made.input, c, made.input.plans[0]) < kUnreachable;
}

Network built(const MadeInput& made, int threads = 1) {
  auto network = build(made.input, {}, threads, silent_monitor());
  EXPECT_TRUE(network.has_value()) << (network ? "" : to_string(network.error()));
  return network ? std::move(*network) : Network{};
}

// Every site cell a portal and the whole grid one tile: nothing is approximated. A tolerance of
// zero also turns off the leaving out of arcs that others nearly replace.
class ExactNetwork : public ::testing::TestWithParam<int> {};

TEST_P(ExactNetwork, OneTileAndEveryPortalIsTheGrid) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomShape shape;
    shape.neighbours = GetParam();
    shape.rules = rules(1e6, 100, 0.0);
    const MadeInput made = made_random(seed, shape);
    if (!connected(made)) continue;
    auto in = made.input;
    in.rules.tolerance = 1e-9;  // rounding; a refinement would show as rounds > 0
    const auto network = build(in, {}, 1, silent_monitor());
    ASSERT_TRUE(network.has_value()) << to_string(network.error());
    EXPECT_EQ(network->error.rounds, 0);
    for (const SiteDelays& plan : in.plans) {
      const double grid = grid_time(in, in.cases[0], plan);
      EXPECT_NEAR(network_time(*network, in, 0, plan), grid, 1e-9 * grid);
    }
  }
}

TEST_P(ExactNetwork, SmallTilesWithEveryCrossingAreTheGrid) {
  int tried = 0;
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomShape shape;
    shape.neighbours = GetParam();
    shape.rules = rules(600, 100, 1e-9);
    MadeInput made = made_random(seed, shape);
    if (!connected(made)) continue;
    ++tried;
    const Network network = built(made);
    // With knight moves a band is two cells wide and only its first line is filled: those are
    // found by refinement. With 8 neighbours nothing is left to find.
    if (GetParam() == 8) {
      EXPECT_EQ(network.error.rounds, 0);
    }
    for (const SiteDelays& plan : made.input.plans) {
      const double grid = grid_time(made.input, made.input.cases[0], plan);
      EXPECT_NEAR(network_time(network, made.input, 0, plan), grid, 2e-9 * grid);
    }
  }
  EXPECT_GT(tried, 20);
}

TEST_P(ExactNetwork, CoarseNetworksAreRefinedIntoTolerance) {
  int tried = 0;
  int refined = 0;
  for (std::uint64_t seed = 200; seed < 260; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomShape shape;
    shape.neighbours = GetParam();
    shape.rules = rules(800, 600);
    const MadeInput made = made_random(seed, shape);
    if (!connected(made)) continue;
    ++tried;
    const Network network = built(made);
    refined += network.error.rounds > 0 ? 1 : 0;
    EXPECT_EQ(network.error.plans, 6);
    EXPECT_LE(network.error.worst, 0.01);
    EXPECT_LE(network.error.mean, network.error.worst + 1e-15);
    double worst = 0;
    for (const SiteDelays& plan : made.input.plans) {
      const double grid = grid_time(made.input, made.input.cases[0], plan);
      const double time = network_time(network, made.input, 0, plan);
      EXPECT_GE(time, grid * (1 - 1e-12));
      worst = std::max(worst, (time - grid) / grid);
    }
    EXPECT_NEAR(worst, network.error.worst, 1e-12);
    // Plans it was not refined on: never below the grid, and checked as such.
    Random random(seed, 5);
    for (int i = 0; i < 5; ++i) {
      SiteDelays other = made.input.most;
      for (double& d : other[0]) d *= random.uniform();
      const double grid = grid_time(made.input, made.input.cases[0], other);
      const double time = network_time(network, made.input, 0, other);
      EXPECT_GE(time, grid * (1 - 1e-12));
      const auto error =
          measure(made.input, network, std::vector<SiteDelays>{other}, 1, silent_monitor());
      ASSERT_TRUE(error.has_value());
      EXPECT_NEAR(error->worst, std::max(0.0, (time - grid) / grid), 1e-12);
    }
  }
  EXPECT_GT(tried, 30);
  EXPECT_GT(refined, 3);  // else the test would not exercise refinement
}

INSTANTIATE_TEST_SUITE_P(Neighbours, ExactNetwork, ::testing::Values(8, 16));

TEST(Network, IsTheSameOnAnyNumberOfThreads) {
  RandomShape shape;
  shape.rows = 60;
  shape.cols = 70;
  shape.sites = 12;
  shape.rules = rules(1000, 400);
  const MadeInput made = made_random(4, shape);
  ASSERT_TRUE(connected(made));
  MadeInput many = made_random(4, shape);
  for (int i = 0; i < 3; ++i) many.input.cases.push_back(many.input.cases[0]);
  many.input.cases[1].targets = {many.input.cases[0].targets.back()};
  many.input.cases[2].sources = {many.input.cases[0].sources.front()};
  const Network one = built(many, 1);
  for (const int threads : {2, 8}) {
    const Network other = built(many, threads);
    ASSERT_EQ(one.graphs.size(), other.graphs.size());
    for (std::size_t i = 0; i < one.graphs.size(); ++i) {
      EXPECT_EQ(one.graphs[i].first, other.graphs[i].first);
      EXPECT_EQ(one.graphs[i].to, other.graphs[i].to);
      EXPECT_EQ(one.graphs[i].time_s, other.graphs[i].time_s);  // bits
      EXPECT_EQ(one.graphs[i].site, other.graphs[i].site);
      EXPECT_EQ(one.node_cell[i], other.node_cell[i]);
    }
    EXPECT_EQ(one.error.worst, other.error.worst);
    EXPECT_EQ(one.error.worst_case, other.error.worst_case);
    EXPECT_EQ(one.extra_nodes, other.extra_nodes);
  }
}

TEST(Network, KeepsTheNodesOfAnEarlierRefinement) {
  RandomShape shape;
  shape.rules = rules(800, 600);
  for (std::uint64_t seed = 300; seed < 330; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const MadeInput made = made_random(seed, shape);
    if (!connected(made)) continue;
    const Network first = built(made);
    auto again = build(made.input, first.extra_nodes, 1, silent_monitor());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->error.rounds, 0);
    EXPECT_EQ(again->extra_nodes, first.extra_nodes);
    EXPECT_LE(again->error.worst, 0.01);
    // A new state joins: within tolerance on it, too.
    auto in = made.input;
    SiteDelays other = in.most;
    for (std::size_t s = 0; s < other[0].size(); s += 2) other[0][s] = 0;
    in.plans.push_back(other);
    const auto refined = build(in, first.extra_nodes, 1, silent_monitor());
    ASSERT_TRUE(refined.has_value());
    const double grid = grid_time(in, in.cases[0], other);
    EXPECT_LE(network_time(*refined, in, 0, other), grid * 1.01);
  }
}

// What a rehearsed planner asks for is known before anything is measured: the first network is
// nearer to the grid on plans that neither has seen.
TEST(Network, RehearsalsBringItNearerOnUnseenPlans) {
  double sum[2] = {0, 0};
  int tried = 0;
  for (std::uint64_t seed = 400; seed < 440; ++seed) {
    for (const int rehearsals : {0, 16}) {
      RandomShape shape;
      shape.plans = 0;
      shape.rehearsals = rehearsals;
      shape.rules = rules(800, 600, 0.5);  // so wide that nothing is refined
      const MadeInput made = made_random(seed, shape);
      if (!connected(made)) continue;
      ++tried;
      const Network network = built(made);
      Random random(seed, 5);
      for (int i = 0; i < 5; ++i) {
        SiteDelays other = made.input.most;
        for (double& d : other[0]) d *= static_cast<double>(random.below(2));
        const double grid = grid_time(made.input, made.input.cases[0], other);
        const double time = network_time(network, made.input, 0, other);
        EXPECT_GE(time, grid * (1 - 1e-12)) << "seed " << seed;
        sum[rehearsals > 0 ? 1 : 0] += time / grid - 1;
      }
    }
  }
  EXPECT_GT(tried, 50);
  EXPECT_LT(sum[1], 0.5 * sum[0]);
}

// --- maps ---

TEST(NetworkMaps, ABeltIsPaidForOnceOrGoneAround) {
  // The belt b closes the gap between two walls; the way around it is long.
  const AsciiMap map({"..........b.........",  //
                      "..........b.........",  //
                      "A.........b........B",  //
                      "..........b.........",  //
                      "####################",  //
                      "####################"});
  const MadeInput made = made_from(map, 0, {500}, rules(700, 300));
  const Network network = built(made);
  const double open = network_time(network, made.input, 0, {{0.0}});
  EXPECT_NEAR(open, 190.0, 0.01 * 190);  // 19 moves of 100 m at 10 m/s
  EXPECT_DOUBLE_EQ(network_time(network, made.input, 0, {{60.0}}), open + 60);
  EXPECT_DOUBLE_EQ(network_time(network, made.input, 0, {{500.0}}), open + 500);
}

TEST(NetworkMaps, ABeltWithAnOpenEndIsGoneAroundWhenThatIsShorter) {
  const AsciiMap map({"..........b.........",  //
                      "..........b.........",  //
                      "A.........b........B",  //
                      "..........b.........",  //
                      "..........b.........",  //
                      "...................."});
  const MadeInput made = made_from(map, 0, {5000}, rules(700, 100));
  const Network network = built(made);
  const double around = grid_time(made.input, made.input.cases[0], {{5000.0}});
  EXPECT_LT(around, 190.0 + 100);
  EXPECT_NEAR(network_time(network, made.input, 0, {{5000.0}}), around, 0.01 * around);
  EXPECT_NEAR(network_time(network, made.input, 0, {{1.0}}), 191.0, 0.01 * 191);
}

TEST(NetworkMaps, ABridgeCarriesOverARiverUntilItIsDenied) {
  // a = river (natural, 300 s), z = the bridge as a site.
  const AsciiMap map({"..........a.........",  //
                      "..........a.........",  //
                      "A=========z========B",  //
                      "..........a.........",  //
                      "..........a........."},
                     {.delay_s = {{'a', 300}}});
  const MadeInput made = made_from(map, 1, {900}, rules(600, 100));
  const Network network = built(made);
  for (const double denied : {0.0, 100.0, 290.0, 310.0, 900.0}) {
    const double grid = grid_time(made.input, made.input.cases[0], {{denied}});
    EXPECT_NEAR(network_time(network, made.input, 0, {{denied}}), grid, 0.01 * grid) << denied;
  }
  const double free = network_time(network, made.input, 0, {{0.0}});
  const double forded = network_time(network, made.input, 0, {{900.0}});
  EXPECT_GT(forded, free + 290);
  EXPECT_LT(forded, free + 330);
}

TEST(NetworkMaps, TodaysCrossingOfASiteIsPaidWithNothingBuilt) {
  // The site stands on a stream that takes 120 s today; the measure comes on top.
  const AsciiMap map({"......b......",  //
                      "A.....b.....B",  //
                      "......b......"},
                     {.delay_s = {{'b', 120}}});
  const MadeInput made = made_from(map, 0, {400}, rules(500, 100));
  const Network network = built(made);
  EXPECT_NEAR(network_time(network, made.input, 0, {{0.0}}), 240, 2.4);
  EXPECT_NEAR(network_time(network, made.input, 0, {{400.0}}), 640, 6.4);
}

TEST(NetworkMaps, TwoPiecesOfOneSiteArePaidForTwice) {
  const AsciiMap map({"...b......b..",  //
                      "A..b......b.B",  //
                      "...b......b.."});
  const MadeInput made = made_from(map, 0, {50}, rules(500, 100));
  const Network network = built(made);
  EXPECT_NEAR(network_time(network, made.input, 0, {{50.0}}), 120 + 100, 2.2);
}

TEST(NetworkMaps, AStartInsideASiteDoesNotPayForIt) {
  const AsciiMap map({"bbb.......", "bbb......B", "bbb......."});
  MadeInput made = made_from(map, 0, {70}, rules(500, 200));
  made.only_case().sources = {made.input.grid.at(1, 1)};
  const Network out = built(made);
  EXPECT_NEAR(network_time(out, made.input, 0, {{70.0}}), 80, 0.8);
  std::swap(made.only_case().sources, made.only_case().targets);
  const Network into = built(made);
  EXPECT_NEAR(network_time(into, made.input, 0, {{70.0}}), 150, 1.5);
}

TEST(NetworkMaps, NodesStandWhereTheyAreSaidTo) {
  const AsciiMap map({"..........b.........",  //
                      "A.........b........B",  //
                      "..........b........."});
  const MadeInput made = made_from(map, 0, {60}, rules(500, 100));
  const Network network = built(made);
  const Graph& g = network.graphs[0];
  ASSERT_EQ(network.node_cell[0].size(), static_cast<std::size_t>(g.nodes()));
  EXPECT_EQ(network.node_cell[0][0], map.cell('A'));
  EXPECT_EQ(network.node_cell[0][1], map.cell('B'));
  // An arc that pays for a site ends on one of its cells.
  int paying = 0;
  for (std::size_t a = 0; a < g.to.size(); ++a) {
    EXPECT_GE(g.time_s[a], 0);
    if (g.site[a] < 0) continue;
    ++paying;
    EXPECT_EQ(map.barrier()[network.node_cell[0][static_cast<std::size_t>(g.to[a])]], 1);
  }
  EXPECT_GT(paying, 0);
}

// --- errors ---

TEST(NetworkErrors, AnAxisCutOffIsNamed) {
  const AsciiMap map({"A..#...", "...#...", "...#..B"});
  const MadeInput made = made_from(map, 0, {}, rules(500, 100));
  const auto network = build(made.input, {}, 1, silent_monitor());
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().code, ErrorCode::input);
  EXPECT_THAT(network.error().message, ::testing::HasSubstr("cut off from every objective"));
  EXPECT_THAT(network.error().message, ::testing::HasSubstr("axis 'a', mover in season"));
}

TEST(NetworkErrors, StoppingIsSaid) {
  testing::StoppedMonitor monitor;
  const AsciiMap map({"A.....B"});
  const MadeInput made = made_from(map, 0, {}, rules(500, 100));
  const auto network = build(made.input, {}, 1, monitor);
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().code, ErrorCode::interrupted);
}

}  // namespace
}  // namespace abatis
