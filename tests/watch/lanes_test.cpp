// Lanes of flyers and ways of movers.

#include "watch/lanes.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "abatis/geo/rasterize.hpp"
#include "watch_world.hpp"

namespace abatis {
namespace {

using namespace watching;
using testing::watch_world;

// A band along a straight border that reaches 600 m to both sides is seen at 30 m and above.
Raster<float> band(const testing::DrawnWorld& world, double reach_m) {
  Raster<float> lowest(world.grid(), nodata<float>());
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    if (world.terrain.border_distance_m[c] <= reach_m) lowest[c] = 30;
  }
  return lowest;
}

TEST(WatchLanes, WarningIsDetectionDistanceAndDistanceFromTheBorderOverSpeed) {
  const auto world = watch_world(2, 40, 60);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  const Raster<std::uint8_t> lanes = unseen_lanes(ground, band(world, 600), 50);
  const Raster<float> away = distance_to(lanes);
  const Cell town = world.grid().at(20, 45);
  // The border runs between columns 19 and 20; the last unseen hostile column is 12.
  const double detection_m = 600;
  const double from_border = static_cast<double>(world.terrain.border_distance_m[town]);
  EXPECT_NEAR(static_cast<double>(away[town]), detection_m + from_border, 2 * world.grid().cell);
  const SurveillanceRules& rules = ground.rules();
  EXPECT_NEAR(warning_s(rules, detection_m + from_border),
              (detection_m + from_border) / rules.flyer_mps - rules.confirm_s - rules.disseminate_s,
              1e-9);
}

TEST(WatchLanes, BelowWhatIsSeenTheyComeThrough) {
  const auto world = watch_world(2, 40, 60);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  const Raster<std::uint8_t> low = unseen_lanes(ground, band(world, 600), 20);
  EXPECT_NE(low[world.grid().at(20, 45)], 0);
  const Raster<std::uint8_t> high = unseen_lanes(ground, band(world, 600), 30);
  EXPECT_EQ(high[world.grid().at(20, 45)], 0);
}

TEST(WatchLanes, AHoleOfOneCellLetsThemThrough) {
  const auto world = watch_world(2, 40, 60);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  Raster<float> lowest = band(world, 100);
  for (std::int32_t k = 0; k < 60; ++k) lowest[world.grid().at(7, k)] = nodata<float>();
  EXPECT_NE(unseen_lanes(ground, lowest, 50)[world.grid().at(20, 45)], 0);
}

TEST(WatchLanes, GroundOfOtherFriendsIsNoWayRound) {
  auto world = watch_world(2, 40, 60);
  world.scenario.friendly = {"LTU", "POL"};
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    if (world.terrain.state[c] == 2) world.terrain.state[c] = 3;  // the adversary
    if (world.grid().row_of(c) < 10 && world.terrain.state[c] == 1) world.terrain.state[c] = 2;
  }
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  Raster<float> lowest = band(world, 600);
  for (std::int32_t r = 0; r < 10; ++r) {
    for (std::int32_t k = 0; k < 60; ++k) lowest[world.grid().at(r, k)] = nodata<float>();
  }
  const Raster<std::uint8_t> lanes = unseen_lanes(ground, lowest, 50);
  EXPECT_EQ(lanes[world.grid().at(20, 45)], 0);
  EXPECT_EQ(lanes[world.grid().at(5, 45)], 0);
}

TEST(WatchWays, RunFromBehindTheBorderToTheObjective) {
  const auto world = watch_world(4, 40, 60);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  const auto ways = ways_of_movers(ground, world.mobility, 1);
  ASSERT_TRUE(ways) << to_string(ways.error());
  ASSERT_EQ(ways->size(), 2U);
  for (const Way& way : *ways) {
    ASSERT_EQ(way.cells.size(), way.time_s.size());
    EXPECT_LT(way.time_s.front(), 0);
    EXPECT_GE(world.terrain.border_distance_m[way.cells.front()], 1000);
    EXPECT_GE(way.approach_m, 900);
    for (std::size_t i = 1; i < way.time_s.size(); ++i) {
      EXPECT_GE(way.time_s[i], way.time_s[i - 1]);
    }
    // Seen where its third cell is; in fog nowhere.
    Raster<std::uint8_t> seen(world.grid(), 0);
    EXPECT_EQ(first_seen(way, seen)[0], -way.time_s.back());
    seen[way.cells[2]] = 1;
    EXPECT_EQ(first_seen(way, seen)[0], -way.time_s[2]);
    EXPECT_EQ(first_seen(way, seen)[2], -way.time_s.back());
  }
}

}  // namespace
}  // namespace abatis
