// The whole of a gap: meetings, closing, turns of the map, threads, and what is marked.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "abatis/base/random.hpp"
#include "drawn_gap.hpp"
#include "travel/travel_oracle.hpp"

namespace abatis {
namespace {

using testing::DrawnGap;
using ::testing::HasSubstr;
using testing::Map;

struct Maps {
  Map states, ground;
};

Maps random_maps(std::uint64_t seed, int rows, int cols) {
  Random random(seed, 3);
  Maps maps;
  for (int r = 0; r < rows; ++r) {
    std::string states(static_cast<std::size_t>(cols), r < rows / 2 ? 'L' : 'P');
    states.front() = 'R';
    states.back() = 'B';
    std::string ground(static_cast<std::size_t>(cols), '.');
    for (char& c : ground) {
      const double u = random.uniform();
      c = u < 0.12 ? '~' : u < 0.2 ? 'X' : u < 0.4 ? ':' : u < 0.43 ? '^' : '.';
    }
    ground[static_cast<std::size_t>(cols / 2)] = 'a';
    maps.states.push_back(states);
    maps.ground.push_back(ground);
  }
  return maps;
}

TEST(Gap, MeetingEqualsTheSlowOne) {
  int met = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    const Maps maps = random_maps(seed, 8, 13);
    const DrawnGap drawn(maps.states, maps.ground);
    const std::vector<double> delay{0, drawn.barrier_delay_s};
    const TravelInput input{&drawn.mobility.speeds[0].speed_mps, &drawn.barrier, delay};
    std::vector<Cell> west, east;
    for (int r = 0; r < 8; ++r) {
      west.push_back(drawn.grid().at(r, 0));
      east.push_back(drawn.grid().at(r, 12));
    }
    const auto a = testing::plain_times(input, 8, west, false);
    const auto b = testing::plain_times(input, 8, east, false);
    double best = kUnreachable;
    for (Cell c = 0; c < static_cast<Cell>(drawn.grid().size()); ++c) {
      const auto i = static_cast<std::size_t>(c);
      if (drawn.terrain.side[c] == 1) best = std::min(best, std::max(a[i], b[i]));
    }
    const GapTimes times = drawn.times();
    EXPECT_EQ(times.meet_s, best);
    EXPECT_EQ(times.why.empty(), std::isfinite(best));
    if (!std::isfinite(best)) continue;
    ++met;
    ASSERT_FALSE(times.path_a.empty());
    ASSERT_FALSE(times.path_b.empty());
    EXPECT_EQ(times.path_a.back(), times.meet);
    EXPECT_EQ(times.path_b.back(), times.meet);
  }
  EXPECT_GT(met, 30);
}

// A corridor of ten cells between the sides, one lake with one bridge: everything by hand.
TEST(Gap, ByHand) {
  Map states, ground;
  for (int r = 0; r < 9; ++r) {
    states.push_back(r < 4 ? "RLLLLLLLLLB" : "RPPPPPPPPPB");
    ground.emplace_back("...........");
  }
  ground[4] = "~~~~~^~~~~~";  // the lake lies along the border, its bridge in the middle
  DrawnGap drawn(states, ground, 200);
  drawn.add_road({{8, 5}, {0, 5}});
  const GapTimes times = drawn.times();
  EXPECT_DOUBLE_EQ(times.meet_s, 50) << "five cells of 100 m at 10 m/s from either side";
  EXPECT_EQ(times.meet.x, drawn.at(0, 5).x);
  // The only way leads over the bridge in the middle column; every cell of that column above it is
  // reached after five straight steps, before the bridge itself.
  EXPECT_DOUBLE_EQ(times.land_cut_s, 50);
  EXPECT_EQ(times.land_cut.x, drawn.at(0, 5).x);
  EXPECT_DOUBLE_EQ(times.roads_cut_s, 50);
  EXPECT_EQ(drawn.gap().own.disjoint, 1);
}

TEST(Gap, ABarrierKeepsItOpenByItsDelay) {
  Map states, ground;
  for (int r = 0; r < 10; ++r) {
    states.push_back(r < 5 ? "RLLLLLLLLLB" : "RPPPPPPPPPB");
    ground.emplace_back(".a.......a.");
  }
  DrawnGap drawn(states, ground, 200);
  drawn.barrier_delay_s = 0;
  const GapTimes before = drawn.times();
  drawn.barrier_delay_s = 900;
  const GapTimes after = drawn.times();
  EXPECT_DOUBLE_EQ(after.meet_s, before.meet_s + 900);
  EXPECT_DOUBLE_EQ(after.land_cut_s, before.land_cut_s + 900);
}

TEST(Gap, TheSameWhicheverWayTheMapIsTurned) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const Maps maps = random_maps(seed, 10, 15);
    const std::vector<std::vector<std::pair<int, int>>> roads{
        {{9, 4}, {6, 4}, {5, 6}, {0, 6}}, {{9, 9}, {6, 9}, {5, 6}}, {{5, 6}, {4, 10}, {0, 10}}};
    Gap first;
    for (int which = 0; which < 8; ++which) {
      SCOPED_TRACE(fmt::format("seed {} turn {}", seed, which));
      DrawnGap drawn(testing::turned(maps.states, which), testing::turned(maps.ground, which));
      for (const auto& road : roads) {
        std::vector<std::pair<int, int>> cells;
        for (const auto& cell : road) cells.push_back(testing::turned(cell, 10, 15, which));
        drawn.add_road(cells);
      }
      Gap gap = drawn.gap();
      if (which == 0) {
        first = std::move(gap);
        continue;
      }
      EXPECT_DOUBLE_EQ(gap.straight.length_m, first.straight.length_m);
      // The path that is drawn tight may be another of the same length on the graph.
      EXPECT_DOUBLE_EQ(gap.overland.graph_length_m, first.overland.graph_length_m);
      EXPECT_EQ(gap.own.disjoint, first.own.disjoint);
      EXPECT_DOUBLE_EQ(gap.own.capacity_per_h, first.own.capacity_per_h);
      const GapTimes &t = gap.cases[0].times[0], &f = first.cases[0].times[0];
      EXPECT_DOUBLE_EQ(t.meet_s, f.meet_s);
      EXPECT_DOUBLE_EQ(t.land_cut_s, f.land_cut_s);
      EXPECT_DOUBLE_EQ(t.roads_cut_s, f.roads_cut_s);
    }
  }
}

TEST(Gap, TheSameBitsOnAnyNumberOfThreads) {
  const Maps maps = random_maps(5, 16, 24);
  const DrawnGap drawn(maps.states, maps.ground);
  const Gap one = drawn.gap(1);
  for (const int threads : {2, 8}) {
    const Gap many = drawn.gap(threads);
    ASSERT_EQ(many.cases.size(), one.cases.size());
    for (std::size_t i = 0; i < one.cases.size(); ++i) {
      const GapTimes &a = one.cases[i].times[0], &b = many.cases[i].times[0];
      EXPECT_EQ(a.meet_s, b.meet_s);
      EXPECT_EQ(a.meet, b.meet);
      EXPECT_EQ(a.path_a, b.path_a);
      EXPECT_EQ(a.land_cut_s, b.land_cut_s);
      EXPECT_EQ(a.land_cut, b.land_cut);
      ASSERT_EQ(one.cases[i].first_s.values.size(), many.cases[i].first_s.values.size());
      EXPECT_EQ(std::memcmp(one.cases[i].first_s.values.data(), many.cases[i].first_s.values.data(),
                            one.cases[i].first_s.values.size() * sizeof(float)),
                0);
    }
  }
}

TEST(Gap, ASideThatCannotMoveIsMarked) {
  Map states, ground;
  for (int r = 0; r < 8; ++r) {
    states.push_back(r < 4 ? "RLLLLLLB" : "RPPPPPPB");
    ground.emplace_back("X.......");
  }
  const GapTimes none = DrawnGap(states, ground).times();
  EXPECT_FALSE(std::isfinite(none.meet_s));
  EXPECT_THAT(none.why, HasSubstr("no cell of entry west can be passed"));
  EXPECT_TRUE(std::isfinite(none.land_cut_s)) << "the other side closes the gap alone";
  for (auto& row : ground) row = "..X.....";
  const GapTimes apart = DrawnGap(states, ground).times();
  EXPECT_THAT(apart.why, HasSubstr("do not overlap"));
}

TEST(Gap, WhatNobodyReachesStaysOpen) {
  Map states, ground;
  for (int r = 0; r < 8; ++r) {
    states.push_back(r < 4 ? "RLLLLLLB" : "RPPPPPPB");
    ground.emplace_back("..X..X..");  // walls on either side: own ground in the middle
  }
  const GapTimes times = DrawnGap(states, ground).times();
  EXPECT_EQ(times.land_cut_s, kUnreachable);
}

TEST(Gap, YearsWithTheSameDelaysShareTheirWork) {
  Map states(8, "RLLLLLLB"), ground(8, "...a....");
  for (int r = 4; r < 8; ++r) states[static_cast<std::size_t>(r)] = "RPPPPPPB";
  const DrawnGap drawn(states, ground);
  GapInput input = drawn.input();
  input.states = {{.year = -1, .delay_s = {{0, 0}}},
                  {.year = 0, .delay_s = {{0, 0}}},
                  {.year = 1, .delay_s = {{0, 500}}}};
  const auto gap = compute_gap(input, 0, 1, silent_monitor());
  ASSERT_TRUE(gap);
  ASSERT_EQ(gap->cases.size(), 3U);
  EXPECT_EQ(gap->cases[1].state, 1);
  EXPECT_EQ(gap->cases[1].times[0].meet_s, gap->cases[0].times[0].meet_s);
  EXPECT_GT(gap->cases[2].times[0].meet_s, gap->cases[0].times[0].meet_s);
  EXPECT_TRUE(gap->cases[1].first_s.values.empty()) << "maps of the first and the last state";
  EXPECT_FALSE(gap->cases[2].first_s.values.empty());
}

TEST(Gap, BoundsLimitItsGround) {
  Map states, ground;
  for (int r = 0; r < 8; ++r) {
    states.push_back(r < 4 ? "RLLLLLLB" : "RPPPPPPB");
    ground.emplace_back("........");
  }
  DrawnGap drawn(states, ground);
  const double all = drawn.gap().ground_m2;
  Bounds half = drawn.grid().bounds();
  half.max_y = half.min_y + 500;
  drawn.scenario.gaps[0].within = half;
  const Gap gap = drawn.gap();
  EXPECT_DOUBLE_EQ(gap.ground_m2, all * 5 / 8);
  EXPECT_EQ(gap.window.rows, 5);
  EXPECT_EQ(gap.window.cols, 6);
}

}  // namespace
}  // namespace abatis
