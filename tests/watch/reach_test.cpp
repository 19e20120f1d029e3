// What sensors cover, against one line of sight after the other.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "watch/ground.hpp"
#include "watch_world.hpp"

namespace abatis {
namespace {

using namespace watching;
using testing::watch_world;

// The slow way: range, then the whole line followed on the whole grid.
struct Oracle {
  const WatchGround& ground;

  bool covers(Cell from, const SensorWorks& works, double range_m, Cell to,
              double over_bare_m) const {
    const Point a = ground.grid().centre(from), b = ground.grid().centre(to);
    if (range_m <= 0 || std::hypot(a.x - b.x, a.y - b.y) > range_m) return false;
    if (!works.needs_sight) return true;
    const SightGround whole{.rows = ground.grid().rows,
                            .cols = ground.grid().cols,
                            .cell_m = ground.grid().cell,
                            .surface = ground.surface_m.values.data(),
                            .ground = ground.terrain.elevation_m.values.data()};
    return sees(whole, {.cell = from, .height_m = works.height_m},
                {.target_height_m = over_bare_m,
                 .radius_m = range_m,
                 .refraction = works.refraction,
                 .threads = 1},
                to);
  }
};

TEST(WatchReach, EqualsLinesOfSightOnRandomGround) {
  std::int64_t pairs = 0, covered = 0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE(seed);
    const auto world = watch_world(seed);
    const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
    const BorderLine border = find_border(ground).value();
    const std::vector<Cell> zone = find_zone(ground);
    const std::vector<WatchPlace> places = find_places(ground).value();
    const Oracle oracle{ground};
    for (const Candidate& one : find_reach(ground, places, border, zone, 2)) {
      const SensorWorks& works = ground.measure(one.measure).sensor;
      const Cell from = places[at(one.place)].cell;
      for (std::size_t p = 0; p < border.points.size(); ++p) {
        const bool found =
            std::binary_search(one.border.begin(), one.border.end(), static_cast<int>(p));
        EXPECT_EQ(found, oracle.covers(from, works, works.range_ground_m, border.points[p].cell,
                                       ground.rules().target_height_m));
        ++pairs;
        covered += found ? 1 : 0;
      }
      for (std::size_t z = 0; z < zone.size(); ++z) {
        const auto here = std::find_if(one.zone.begin(), one.zone.end(), [&](const auto& pair) {
          return pair.first == static_cast<int>(z);
        });
        const bool sought = !is_effector(works.modality) || ground.own(zone[z]);
        for (std::size_t a = 0; a < ground.rules().altitudes_m.size(); ++a) {
          const double over =
              ground.rules().altitudes_m[a] + static_cast<double>(ground.canopy_m[zone[z]]);
          const bool found = here != one.zone.end() && here->second <= static_cast<int>(a);
          EXPECT_EQ(found, sought && oracle.covers(from, works, works.range_air_m, zone[z], over))
              << "zone point " << z << " at " << ground.rules().altitudes_m[a];
          ++pairs;
          covered += found ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(pairs, 20'000);
  EXPECT_GT(covered, pairs / 20);
  EXPECT_LT(covered, pairs);
}

// Who sees is seen: with the heights of both ends and the refraction the same.
TEST(WatchReach, SightIsReciprocal) {
  const auto world = watch_world(9);
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  SensorWorks works = ground.measure(world.scenario.measures.back()).sensor;
  works.refraction = 0.25;
  const Oracle oracle{ground};
  Random random(9, 9);
  int seen = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto cells = static_cast<std::uint64_t>(ground.grid().size());
    const auto a = static_cast<Cell>(random.below(cells)),
               b = static_cast<Cell>(random.below(cells));
    SensorWorks there = works, back = works;
    there.height_m = random.uniform(16, 40);
    back.height_m = random.uniform(16, 40);
    const bool forth = oracle.covers(a, there, 5000, b, back.height_m);
    EXPECT_EQ(forth, oracle.covers(b, back, 5000, a, there.height_m)) << a << " " << b;
    seen += forth ? 1 : 0;
  }
  EXPECT_GT(seen, 200);
  EXPECT_LT(seen, 2000);
}

// MODEL section 9: a mast of 30 m sees 10, 30, 50 and 100 m as far as 35.6, 45.2, 51.7 and 63.8 km.
TEST(WatchReach, HorizonOfAMastOverFlatGround) {
  auto world = testing::DrawnWorld({"R" + std::string(699, '=')});
  world.scenario.surveillance.states = {0};
  const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
  SensorWorks radar;
  radar.height_m = 30;
  radar.refraction = kRadioRefraction;
  const SightWindow window = look_around(ground, 0, radar, 69'900);
  ASSERT_EQ(window.cols, 700);
  const double expected_km[][2] = {{10, 35.6}, {30, 45.2}, {50, 51.7}, {100, 63.8}};
  for (const auto& [height, km] : expected_km) {
    const auto near = static_cast<std::size_t>((km - 0.2) * 10);
    const auto far = static_cast<std::size_t>((km + 0.3) * 10);
    EXPECT_LE(window.height_m[near], height) << km;
    EXPECT_GT(window.height_m[far], height) << km;
  }
}

}  // namespace
}  // namespace abatis
