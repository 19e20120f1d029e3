// Obstacle belts: a built belt cannot be slipped through.

#include <gtest/gtest.h>

#include <limits>

#include "abatis/base/random.hpp"
#include "abatis/travel/travel.hpp"
#include "drawn_world.hpp"

namespace abatis {
namespace {

using testing::DrawnWorld;

constexpr double kNever = 1e12;

// Time to the objective for the tank with every belt segment built, at a price nobody pays. Bridges
// and rivers are closed too when asked: they are other obstacles, which belts tie into.
double time_behind(const DrawnWorld& world, const SiteSet& set, bool close_rivers) {
  std::vector<double> delay(set.sites.size(), 0.0);
  for (std::size_t s = 0; s < delay.size(); ++s) {
    const bool belt = set.sites[s].rule == SiteRule::belt_segment;
    if (belt || (close_rivers && set.sites[s].rule == SiteRule::bridge)) delay[s] = kNever;
  }
  Mobility mobility = world.mobility;
  if (close_rivers) mobility.natural_delay_s[0] = {kNever, 0};
  const auto delays = barrier_delays(set, mobility, 0, delay);
  TravelInput input;
  input.speed_mps = &world.mobility.speeds[0].speed_mps;
  input.barrier = &set.barrier;
  input.delay_s = delays;
  std::vector<Cell> sources;
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    if (world.terrain.side_of(c) == Side::adversary) sources.push_back(c);
  }
  const TimeField field = travel_time(input, sources);
  return field
      .time_s[static_cast<std::size_t>(*world.grid().cell_at(world.scenario.objectives[0].at))];
}

// 36 x 60 cells: random lakes, woods, towns, a river or two with bridges, roads.
std::vector<std::string> random_map(Random& random) {
  constexpr std::size_t kRows = 36, kCols = 60;
  std::vector<std::string> map(kRows, std::string(kCols, '.'));
  const auto blob = [&](char what, std::uint64_t size) {
    const std::size_t h = 1 + random.below(size), w = 1 + random.below(size);
    const std::size_t r0 = random.below(kRows - h), c0 = 6 + random.below(kCols - w - 16);
    for (std::size_t r = r0; r < r0 + h; ++r) {
      for (std::size_t c = c0; c < c0 + w; ++c) map[r][c] = what;
    }
  };
  for (int i = 0; i < 6; ++i) blob('~', 7);
  for (int i = 0; i < 6; ++i) blob('f', 9);
  for (int i = 0; i < 4; ++i) blob('b', 6);
  for (int i = 0; i < 2; ++i) blob('X', 4);
  for (int roads = 0; roads < 3; ++roads) {
    const std::size_t r = random.below(kRows);
    for (char& cell : map[r]) cell = '=';
  }
  const std::size_t across = random.below(kRows);  // a river across the belt
  for (std::size_t c = 6; c < kCols; ++c) map[across][c] = map[across][c] == '=' ? '=' : 'w';
  const std::size_t along = 10 + random.below(20);  // and one along it
  for (std::size_t r = 0; r < kRows; ++r) map[r][along] = map[r][along] == '=' ? '^' : 'w';
  for (auto& row : map) {
    for (std::size_t c = 0; c < 5; ++c) row[c] = 'R';
  }
  map[kRows / 2][kCols - 3] = 'O';
  return map;
}

TEST(Belts, AStraightBeltIsCutIntoEqualSegmentsThatTouch) {
  std::vector<std::string> map(30, "RRRR....................................");
  map[15] = "RRRR=================================O==";
  DrawnWorld world(map);
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  std::vector<const Site*> belts;
  for (const Site& site : set->sites) {
    if (site.rule == SiteRule::belt_segment) belts.push_back(&site);
  }
  ASSERT_EQ(belts.size(), 3U);
  double length = 0;
  for (const Site* site : belts) {
    EXPECT_NEAR(site->length_m, 967, 101) << "cut at whole cells";
    EXPECT_EQ(site->echelon, 0);
    EXPECT_NEAR(site->options[0].cost.value, site->length_m / 1000 * 150000, 1e-6);
    length += site->length_m;
    for (const Cell c : site->cells) {
      EXPECT_NEAR(world.terrain.border_distance_m[c], 1000, 100);
    }
  }
  EXPECT_EQ(belts[0]->id, "E1-B1-001");
  EXPECT_EQ(belts[2]->id, "E1-B1-003");
  EXPECT_NE(belts[0]->name.find("belt 1 km from the border"), std::string::npos);
  EXPECT_NE(belts[0]->name.find("Kalvarija"), std::string::npos);
  EXPECT_NEAR(length, 2900, 100);
  EXPECT_LT(time_behind(world, SiteSet{.barrier = Raster<std::int32_t>(world.grid(), 0)}, false),
            kNever);
  EXPECT_GE(time_behind(world, *set, false), kNever);
}

TEST(Belts, SealWhateverTheGround) {
  int with_sites = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Random random(2026, seed);
    DrawnWorld world(random_map(random));
    if (seed % 2 == 0) world.scenario.echelons[0].belts_m = {800, 1700};
    const auto set = world.sites();
    if (!set) {  // the random walls may cut the objective off
      ASSERT_NE(set.error().message.find("no mover reaches"), std::string::npos)
          << to_string(set.error());
      continue;
    }
    ++with_sites;
    EXPECT_GE(time_behind(world, *set, true), kNever);
  }
  EXPECT_GT(with_sites, 40);
}

TEST(Belts, PassRoundATownOnOneSide) {
  std::vector<std::string> map(40, "RRRR....................................");
  for (std::size_t r = 15; r < 24; ++r) {
    for (std::size_t c = 11; c < 18; ++c) map[r][c] = 'b';
  }
  map[19] = "RRRR=================================O==";
  DrawnWorld world(map);
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  for (const Site& site : set->sites) {
    for (const Cell c : site.cells) EXPECT_NE(world.terrain.cover[c], testing::kBuiltCover);
  }
  EXPECT_GE(time_behind(world, *set, false), kNever);
}

TEST(Belts, SmallGroundBetweenTwoLakesIsClosedButNotAtTheEdgeOfTheCorridor) {
  std::vector<std::string> map(30, "RRRR........~~~~........................");
  for (const std::size_t r : {14U, 15U}) map[r] = "RRRR....................................";
  map[15] = "RRRR=================================O==";
  DrawnWorld world(map);
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  int belts = 0;
  for (const Site& site : set->sites) {
    if (site.rule != SiteRule::belt_segment) continue;
    ++belts;
    EXPECT_EQ(site.cells.size(), 2U);
    EXPECT_EQ(site.notes[0], "closes 1 road");
  }
  EXPECT_EQ(belts, 1);
  EXPECT_GE(time_behind(world, *set, false), kNever);
}

TEST(Belts, OptionsGoOnlyWhereTheGroundTakesThem) {
  std::vector<std::string> map(30, "RRRR....................................");
  for (std::size_t r = 0; r < 10; ++r) {
    for (std::size_t c = 10; c < 18; ++c) map[r][c] = 'p';
  }
  map[24][17] = map[24][18] = 'b';
  map[15] = "RRRR=================================O==";
  DrawnWorld world(map);
  world.measure(testing::kVehicleDitch).not_on_soils = {testing::kPeat};
  world.measure(testing::kMines).settlement_distance_m = 500;
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  bool peat_seen = false, town_seen = false;
  for (const Site& site : set->sites) {
    if (site.rule != SiteRule::belt_segment) continue;
    std::size_t peat = 0;
    bool near = false;
    for (const Cell c : site.cells) {
      peat += world.terrain.soil[c] == testing::kPeat ? 1U : 0U;
      const std::int32_t dr = world.grid().row_of(c) - 24;
      const std::int32_t dc =
          std::min(std::abs(world.grid().col_of(c) - 17), std::abs(world.grid().col_of(c) - 18));
      near = near || std::hypot(dr * 100.0, dc * 100.0) < 500;
    }
    const auto has = [&](int measure) {
      return std::any_of(site.options.begin(), site.options.end(),
                         [&](const Option& o) { return o.measure == measure; });
    };
    EXPECT_EQ(has(testing::kVehicleDitch), 4 * peat <= site.cells.size()) << site.id;
    EXPECT_EQ(has(testing::kMines), !near) << site.id;
    peat_seen = peat_seen || !has(testing::kVehicleDitch);
    town_seen = town_seen || near;
    if (near) {
      EXPECT_NE(
          std::find(site.notes.begin(), site.notes.end(), "no mines: built-up ground within 500 m"),
          site.notes.end());
    }
  }
  EXPECT_TRUE(peat_seen);
  EXPECT_TRUE(town_seen);
}

}  // namespace
}  // namespace abatis
