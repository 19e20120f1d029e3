// The border as a chain, the zone on both sides of it, and the places for sensors.

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "watch/ground.hpp"
#include "watch_world.hpp"

namespace abatis {
namespace {

using namespace watching;
using testing::watch_world;

TEST(WatchBorder, AStraightBorderIsAsLongAsItsCellsAndWalkedOnce) {
  const auto world = watch_world(1, 40, 30);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  const auto line = find_border(ground);
  ASSERT_TRUE(line);
  EXPECT_DOUBLE_EQ(line->length_m, 4000);
  ASSERT_EQ(line->points.size(), 20U);  // every 200 m
  double sum = 0;
  std::set<Cell> cells;
  for (std::size_t p = 0; p < line->points.size(); ++p) {
    const BorderPoint& point = line->points[p];
    sum += point.length_m;
    cells.insert(point.cell);
    EXPECT_EQ(point.stretch, 0);
    EXPECT_NEAR(point.chainage_m, 100 + 200 * static_cast<double>(p), 1e-6);
    EXPECT_EQ(world.grid().col_of(point.cell), 10);  // the first column of one's own
  }
  EXPECT_EQ(cells.size(), line->points.size());
  EXPECT_NEAR(sum, line->length_m, 1e-6);
}

TEST(WatchBorder, WaterCutsItInTwo) {
  auto world = watch_world(1, 40, 30);
  for (std::int32_t r = 15; r < 25; ++r) world.terrain.water[world.grid().at(r, 10)] = 1;
  const auto line = find_border(make_watch_ground(world.scenario, world.terrain));
  ASSERT_TRUE(line);
  EXPECT_EQ(line->points.front().stretch, 0);
  EXPECT_EQ(line->points.back().stretch, 1);
  EXPECT_DOUBLE_EQ(line->length_m, 3000);
}

TEST(WatchBorder, StatesWithoutABorderAreRefused) {
  auto world = watch_world(1);
  world.scenario.friendly.push_back("POL");
  world.scenario.surveillance.states = {1};
  for (std::uint8_t& state : world.terrain.state.values) state = state == 2 ? 3 : state;
  const auto line = find_border(make_watch_ground(world.scenario, world.terrain));
  ASSERT_FALSE(line);
  EXPECT_NE(line.error().message.find("no land border"), std::string::npos);
}

TEST(WatchPlaces, StandNearRoadsInTheBandApartAndNoMoreThanAsked) {
  const auto world = watch_world(3, 60, 60);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  const auto places = find_places(ground);
  ASSERT_TRUE(places);
  ASSERT_EQ(places->size(), 12U);
  for (const WatchPlace& place : *places) {
    EXPECT_LE(world.terrain.border_distance_m[place.cell], 1500);
    EXPECT_TRUE(ground.own(place.cell));
    for (const WatchPlace& other : *places) {
      if (other.cell == place.cell) continue;
      const Point a = world.grid().centre(place.cell), b = world.grid().centre(other.cell);
      EXPECT_GE(std::hypot(a.x - b.x, a.y - b.y), 200);  // 400 m, or half where that is too few
    }
  }
}

TEST(WatchPlaces, NoRoadNoPlace) {
  auto world = watch_world(3);
  for (std::uint8_t& road : world.terrain.road.values) road = 0;
  const auto places = find_places(make_watch_ground(world.scenario, world.terrain));
  ASSERT_FALSE(places);
  EXPECT_NE(places.error().hint.find("candidate_road"), std::string::npos);
}

}  // namespace
}  // namespace abatis
