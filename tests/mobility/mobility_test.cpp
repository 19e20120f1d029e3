#include "abatis/mobility/mobility.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "support/stopped_monitor.hpp"

namespace abatis {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

enum : int { kTank, kWheeled, kFoot };              // movers
enum : int { kDry, kWet, kFrozen };                 // seasons
enum : int { kOpen, kForest, kBog, kTown, kLake };  // covers
enum : int { kSand, kPeat };                        // soils
enum : int { kHighway, kTrack };                    // roads
enum : int { kRiver, kStream };                     // naturals

Catalogue catalogue() {
  Catalogue out;
  out.movers = {{.id = "tank",
                 .name = "Tank",
                 .running = Running::tracked,
                 .vmax_road_mps = 16,
                 .vmax_offroad_mps = 20,
                 .width_m = 3.7,
                 .clearance_m = 0.3,
                 .vci1_psi = 25,
                 .vci50_psi = 58,
                 .override_diameter_m = 0.25,
                 .weight_t = 65},
                {.id = "wheeled",
                 .name = "Wheeled",
                 .running = Running::wheeled,
                 .vmax_road_mps = 25,
                 .vmax_offroad_mps = 24,
                 .slope_off_percent = 40,
                 .width_m = 2.9,
                 .clearance_m = 0.3,
                 .vci1_psi = 33,
                 .vci50_psi = 72,
                 .override_diameter_m = 0.25,
                 .weight_t = 18,
                 .amphibious = true},
                {.id = "foot",
                 .name = "On foot",
                 .running = Running::foot,
                 .vmax_road_mps = 1.4,
                 .vmax_offroad_mps = 1.25,
                 .slope_on_percent = 100,
                 .slope_off_percent = 100,
                 .width_m = 0.6,
                 .clearance_m = 0.2,
                 .vci1_psi = 2,
                 .vci50_psi = 6,
                 .weight_t = 0.1}};
  out.seasons = {{.id = "dry", .name = "Dry", .moisture = Moisture::dry},
                 {.id = "wet",
                  .name = "Wet",
                  .moisture = Moisture::wet,
                  .soil_factor = 0.5,
                  .surface_factor = 0.8,
                  .road_factor = 0.9},
                 {.id = "frozen",
                  .name = "Frozen",
                  .moisture = Moisture::moist,
                  .frost_depth_m = 0.5,
                  .ice_thickness_m = 0.35,
                  .surface_factor = 0.8,
                  .road_factor = 0.75}};
  out.covers = {
      {.id = "open", .kind = CoverKind::open, .vegetation_factor = 0.9, .roughness_factor = 0.8},
      {.id = "forest",
       .kind = CoverKind::forest,
       .vegetation_factor = 0.5,
       .roughness_factor = 0.9,
       .stems_per_ha = 900,
       .stem_diameter_m = 0.22},
      {.id = "bog", .kind = CoverKind::wetland, .vegetation_factor = 0.4, .roughness_factor = 0.6},
      {.id = "town", .kind = CoverKind::builtup, .vegetation_factor = 0, .roughness_factor = 1},
      {.id = "lake", .kind = CoverKind::water, .vegetation_factor = 0, .roughness_factor = 1}};
  out.soils = {{.id = "SP", .rci_psi = {230, 170, 100}}, {.id = "Pt", .rci_psi = {50, 28, 8}}};
  out.roads = {{.id = "highway", .speed_tracked_mps = 17, .speed_wheeled_mps = 27, .rank = 1},
               {.id = "track", .speed_tracked_mps = 5, .speed_wheeled_mps = 4, .rank = 2}};
  out.crossing = {.swim_mps = 2, .swim_ice_limit_m = 0.1, .ice_mps = 25 / 3.6, .barrier_mps = 1};
  out.naturals = {{.id = "river", .barrier = true}, {.id = "stream", .barrier = false}};
  for (int m = 0; m < 3; ++m) {
    for (int s = 0; s < 3; ++s) {
      const double mode = 600.0 * (m + 1) + 60.0 * s;
      out.natural_delays.push_back(
          {.obstacle = kRiver, .mover = m, .season = s, .delay_s = {mode - 60, mode, mode + 120}});
    }
  }
  return out;
}

SpeedModel model(const Catalogue& c, int mover, int season, Combine combine = Combine::product,
                 Rounding rounding = Rounding::upper) {
  return {c, mover, season, combine, rounding};
}

// --- one cell ---

TEST(mobility_model, off_road_speed_is_the_product_of_the_factors) {
  const Catalogue c = catalogue();
  const OffRoadSpeed speed =
      model(c, kTank, kDry)
          .off_road({.slope_percent = 10, .intercepts_per_km = 28, .cover = kOpen, .soil = kPeat});
  // F1 = 35/60 * 20, F2 = 0.9, F3 = 0.9, F4 = (50 - 25)/33, F5 = 0.8
  EXPECT_NEAR(speed.mps, 20 * 35.0 / 60 * 0.9 * 0.9 * (25.0 / 33) * 0.8, 1e-12);
  EXPECT_FALSE(speed.bounded);
}

TEST(mobility_model, or_the_least_of_them) {
  const Catalogue c = catalogue();
  const SpeedModel least = model(c, kTank, kDry, Combine::minimum);
  const Ground ground{.slope_percent = 10, .intercepts_per_km = 28, .cover = kOpen, .soil = kPeat};
  EXPECT_NEAR(least.off_road(ground).mps, 20 * 35.0 / 60, 1e-12);  // the slope limits
  Ground flat = ground;
  flat.slope_percent = 0;
  flat.soil = kSand;
  flat.intercepts_per_km = 0;
  EXPECT_NEAR(least.off_road(flat).mps, 20 * 0.75, 1e-12);  // F1/vmax = 45/60 < F5 = 0.8
}

TEST(mobility_model, product_never_exceeds_minimum) {
  const Catalogue c = catalogue();
  Random random(7, 1);
  for (int i = 0; i < 2000; ++i) {
    const Ground ground{.slope_percent = random.uniform(0, 60),
                        .intercepts_per_km = random.uniform(0, 300),
                        .cover = static_cast<int>(random.below(5)),
                        .soil = static_cast<int>(random.below(2))};
    const int mover = static_cast<int>(random.below(3));
    const int season = static_cast<int>(random.below(3));
    ASSERT_LE(model(c, mover, season).off_road(ground).mps,
              model(c, mover, season, Combine::minimum).off_road(ground).mps + 1e-12);
  }
}

TEST(mobility_model, every_factor_changes_the_speed) {
  // A factor that drops out in silence is the commonest fault: worsen one at a time.
  const Catalogue c = catalogue();
  const SpeedModel dry = model(c, kTank, kDry);
  const Ground base{.slope_percent = 5, .intercepts_per_km = 10, .cover = kOpen, .soil = kSand};
  const double best = dry.off_road(base).mps;
  Ground worse = base;
  worse.slope_percent = 15;
  EXPECT_LT(dry.off_road(worse).mps, best);
  worse = base;
  worse.intercepts_per_km = 100;
  EXPECT_LT(dry.off_road(worse).mps, best);
  worse = base;
  worse.cover = kForest;
  EXPECT_LT(dry.off_road(worse).mps, best);
  worse = base;
  worse.soil = kPeat;
  EXPECT_LT(dry.off_road(worse).mps, best);
  EXPECT_NEAR(model(c, kTank, kWet).off_road(base).mps, best * (25.0 / 33) * 0.8, 1e-12);
}

TEST(mobility_model, weight_does_not_change_the_slope_factor) {
  Catalogue c = catalogue();
  const Ground ground{.slope_percent = 5, .cover = kOpen, .soil = kSand};
  const double heavy = model(c, kTank, kDry).off_road(ground).mps;
  c.movers[kTank].weight_t = 20;
  EXPECT_EQ(model(c, kTank, kDry).off_road(ground).mps, heavy);
}

TEST(mobility_model, a_tracked_mover_pushes_over_what_stops_a_wheeled_one) {
  const Catalogue c = catalogue();
  const Ground forest{.slope_percent = 0, .cover = kForest, .soil = kSand};
  EXPECT_GT(model(c, kTank, kDry).off_road(forest).mps, 0.0);
  // gap 3.33 - 0.22 = 3.11 < 2.9 + 0.3, and the override diameter does not count on wheels
  EXPECT_EQ(model(c, kWheeled, kDry).off_road(forest).mps, 0.0);
  EXPECT_GT(model(c, kFoot, kDry).off_road(forest).mps, 0.0);
}

TEST(mobility_model, built_up_ground_is_closed_off_road) {
  const Catalogue c = catalogue();
  for (const int mover : {kTank, kWheeled, kFoot}) {
    EXPECT_EQ(model(c, mover, kDry).off_road({.cover = kTown, .soil = kSand}).mps, 0.0);
  }
}

TEST(mobility_model, frozen_ground_carries_up_to_its_capacity) {
  const Catalogue c = catalogue();
  const Ground bog{.slope_percent = 0, .cover = kBog, .soil = kPeat};
  // Peat, moist: 28 psi. 0.5 m of frost carries 215 kN: the wheeled mover (177 kN), not the tank.
  const double open = 24 * 40.0 / 60 * 0.4 * 0.6 * 0.8;
  EXPECT_NEAR(model(c, kWheeled, kFrozen).off_road(bog).mps, open, 1e-12);
  EXPECT_EQ(model(c, kWheeled, kWet).off_road(bog).mps, 0.0);
  EXPECT_NEAR(model(c, kTank, kFrozen).off_road(bog).mps,
              20 * 45.0 / 60 * 0.4 * (3.0 / 33) * 0.6 * 0.8, 1e-12);
}

TEST(mobility_model, ice_carries_over_a_mire_that_frost_does_not) {
  Catalogue c = catalogue();
  c.seasons[kFrozen].frost_depth_m = 0;
  c.seasons[kFrozen].ice_thickness_m = 0.5;  // 21.98 t
  const Ground bog{.slope_percent = 0, .cover = kBog, .soil = kPeat};
  Ground field = bog;
  field.cover = kOpen;
  const SpeedModel wheeled = model(c, kWheeled, kFrozen);
  EXPECT_GT(wheeled.off_road(bog).mps, 0.0);
  EXPECT_EQ(wheeled.off_road(field).mps, 0.0);  // peat at 28 psi, and no ice on a field
}

TEST(mobility_model, water_needs_ice_that_holds_or_a_mover_that_swims) {
  Catalogue c = catalogue();
  EXPECT_EQ(model(c, kTank, kDry).on_water(), 0.0);
  EXPECT_EQ(model(c, kTank, kFrozen).on_water(), 0.0);  // 65 t on ice for 10.8 t
  EXPECT_DOUBLE_EQ(model(c, kWheeled, kDry).on_water(), 2.0);
  EXPECT_EQ(model(c, kWheeled, kFrozen).on_water(), 0.0);  // too thin to hold, too thick to swim
  EXPECT_EQ(model(c, kFoot, kDry).on_water(), 0.0);
  EXPECT_DOUBLE_EQ(model(c, kFoot, kFrozen).on_water(), 1.25);
  c.seasons[kFrozen].ice_thickness_m = 0.9;  // 71.2 t
  EXPECT_DOUBLE_EQ(model(c, kTank, kFrozen).on_water(), 25 / 3.6);
}

TEST(mobility_model, the_figures_of_crossing_are_those_of_the_catalogue) {
  Catalogue c = catalogue();
  c.crossing = {.swim_mps = 3, .swim_ice_limit_m = 0.5, .ice_mps = 4, .barrier_mps = 0.5};
  EXPECT_DOUBLE_EQ(model(c, kWheeled, kDry).on_water(), 3.0);
  EXPECT_DOUBLE_EQ(model(c, kWheeled, kFrozen).on_water(), 3.0);  // 0.35 m of ice is let through
  EXPECT_DOUBLE_EQ(model(c, kTank, kDry).in_barrier(), 0.5);
  c.seasons[kFrozen].ice_thickness_m = 0.9;
  EXPECT_DOUBLE_EQ(model(c, kTank, kFrozen).on_water(), 4.0);
}

TEST(mobility_model, road_speed_is_the_lesser_of_mover_and_road_times_the_season) {
  const Catalogue c = catalogue();
  EXPECT_DOUBLE_EQ(model(c, kTank, kDry).on_road(kHighway), 16.0);
  EXPECT_DOUBLE_EQ(model(c, kTank, kDry).on_road(kTrack), 5.0);
  EXPECT_DOUBLE_EQ(model(c, kWheeled, kDry).on_road(kTrack), 4.0);
  EXPECT_DOUBLE_EQ(model(c, kWheeled, kFrozen).on_road(kHighway), 25 * 0.75);
  EXPECT_DOUBLE_EQ(model(c, kFoot, kWet).on_road(kHighway), 1.4 * 0.9);
}

TEST(mobility_model, unknown_ground_is_rounded_to_the_asked_side_and_said) {
  const Catalogue c = catalogue();
  const Ground known{.slope_percent = 0, .cover = kOpen, .soil = kSand};
  const SpeedModel upper = model(c, kTank, kDry);
  const SpeedModel lower = model(c, kTank, kDry, Combine::product, Rounding::lower);
  const double best = upper.off_road(known).mps;
  const std::vector<Ground> holes = {{.slope_percent = kUnknown, .cover = kOpen, .soil = kSand},
                                     {.intercepts_per_km = kUnknown, .cover = kOpen, .soil = kSand},
                                     {.cover = kOpen, .soil = -1},
                                     {.cover = -1, .soil = kSand}};
  for (const Ground& hole : holes) {
    EXPECT_TRUE(upper.off_road(hole).bounded);
    EXPECT_TRUE(lower.off_road(hole).bounded);
    EXPECT_GE(upper.off_road(hole).mps, best - 1e-12);
    EXPECT_LT(lower.off_road(hole).mps, best);
  }
  // Unknown cover is the best of the ground a mover can stand on, not factor 1: F3 0.9 (open) and
  // F5 0.9 (forest).
  EXPECT_NEAR(upper.off_road({.cover = -1, .soil = kSand}).mps, 15 * 0.9 * 0.9, 1e-12);
}

TEST(mobility_model, an_unknown_that_cannot_matter_is_not_counted) {
  const Catalogue c = catalogue();
  const OffRoadSpeed town =
      model(c, kTank, kDry).off_road({.slope_percent = kUnknown, .cover = kTown, .soil = -1});
  EXPECT_EQ(town.mps, 0.0);
  EXPECT_FALSE(town.bounded);
  const OffRoadSpeed cliff = model(c, kTank, kDry).off_road({.slope_percent = 50, .cover = -1});
  EXPECT_EQ(cliff.mps, 0.0);
  EXPECT_FALSE(cliff.bounded);
}

// --- the grid ---

// One row; each character of `cells` is a cell:
//   . open   t town   l lake   r river area   s sea   b barrier   ? unknown cover
//   + highway on open   T highway in town   = bridge over a barrier   ^ bridge over the lake
//   k track on open   x road beside a river, in a barrier cell that it does not cross
//   B barrier on a river area   L barrier line through a lake
Terrain terrain_of(const std::string& cells) {
  const Grid grid{.epsg = 3346, .cell = 100, .rows = 1, .cols = static_cast<int>(cells.size())};
  Terrain t;
  t.grid = grid;
  t.slope_percent = Raster<float>(grid, 0.0F);
  t.elevation_m = Raster<float>(grid, 100.0F);
  t.intercepts_per_km = Raster<float>(grid, 0.0F);
  for (auto* raster : {&t.cover, &t.soil, &t.road, &t.water, &t.natural, &t.bridge}) {
    *raster = Raster<std::uint8_t>(grid, 0);
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto c = static_cast<Cell>(i);
    const char at = cells[i];
    const auto is = [&](const char* any) { return std::string(any).find(at) != std::string::npos; };
    if (is("tT")) t.cover[c] = kTown;
    if (is("l^L")) t.cover[c] = kLake;
    if (is("?")) t.cover[c] = nodata<std::uint8_t>();
    if (is("l^L")) t.water[c] = 1;
    if (is("rB")) t.water[c] = 2;
    if (is("s")) t.water[c] = 3;
    if (is("b=xBL")) t.natural[c] = 1 + kRiver;
    if (is("+T=^x")) t.road[c] = 1 + kHighway;
    if (is("k")) t.road[c] = 1 + kTrack;
    if (is("=^")) t.bridge[c] = 1;
  }
  return t;
}

Scenario scenario() {
  Scenario s;
  s.catalogue = catalogue();
  s.movers = {{.mover = kTank}, {.mover = kWheeled}};
  s.seasons = {{.season = kFrozen}, {.season = kDry}};
  return s;
}

std::vector<float> speeds_of(const std::string& cells, int mover_use, int season_use) {
  const auto mobility =
      build_mobility(scenario(), terrain_of(cells), Combine::product, 1, silent_monitor());
  return mobility.value()
      .speeds[static_cast<std::size_t>(mobility->index(mover_use, season_use))]
      .speed_mps.values;
}

TEST(mobility_grid, roads_and_bridges_carry_and_water_stops) {
  const float road = 16;
  const float open = static_cast<float>(20 * 45.0 / 60 * 0.9 * 0.8);  // 10.8
  EXPECT_EQ(speeds_of(".tlrs+T=^", 0, 1),
            (std::vector<float>{open, 0, 0, 0, 0, road, road, road, road}));
}

TEST(mobility_grid, a_track_is_never_slower_than_the_field_beside_it) {
  EXPECT_EQ(speeds_of(".k", 0, 1)[1], speeds_of(".k", 0, 1)[0]);
}

TEST(mobility_grid, a_barrier_is_passable_slowly_and_a_lake_on_its_line_is_not) {
  EXPECT_EQ(speeds_of("bBL", 0, 1), (std::vector<float>{1, 1, 0}));
  EXPECT_EQ(speeds_of("bBL", 1, 1), (std::vector<float>{1, 1, 2}));
}

TEST(mobility_grid, a_road_that_touches_a_barrier_keeps_its_speed) {
  EXPECT_EQ(speeds_of("x", 0, 1), std::vector<float>{16});
}

TEST(mobility_grid, unknown_cells_are_counted_unless_a_road_decides) {
  Terrain t = terrain_of("?.+?");
  t.road[3] = 1 + kHighway;
  t.soil[1] = nodata<std::uint8_t>();
  const auto m = build_mobility(scenario(), t, Combine::product, 1, silent_monitor());
  ASSERT_TRUE(m.has_value());
  // Tank, dry: cells 0 and 1. Cell 3 is a highway (16 m/s) over ground of at most 12.15 m/s.
  EXPECT_EQ(m->speeds[static_cast<std::size_t>(m->index(0, 1))].unknown_cells, 2);
}

TEST(mobility_grid, classes_count_every_cell_once) {
  const auto m =
      build_mobility(scenario(), terrain_of(".tlrs+T=^b"), Combine::product, 1, silent_monitor());
  ASSERT_TRUE(m.has_value());
  // 10.8 m/s and five times 16 m/s are GO; the barrier at 1 m/s is 3.6 km/h; town and water NO-GO.
  EXPECT_EQ(m->speeds[static_cast<std::size_t>(m->index(0, 1))].class_cells,
            (std::array<std::int64_t, 4>{5, 0, 1, 4}));
}

TEST(mobility_grid, natural_delays_are_the_catalogue_means_by_speed) {
  const auto m = build_mobility(scenario(), terrain_of("."), Combine::product, 1, silent_monitor());
  ASSERT_TRUE(m.has_value());
  ASSERT_EQ(m->natural_delay_s.size(), 4U);
  EXPECT_EQ(m->speeds[1].mover, kTank);
  EXPECT_EQ(m->speeds[1].season, kDry);
  EXPECT_EQ(m->natural_delay_s[0], (std::vector<double>{720 + 20, 0}));  // tank, frozen
  EXPECT_EQ(m->natural_delay_s[1], (std::vector<double>{600 + 20, 0}));  // tank, dry
  EXPECT_EQ(m->natural_delay_s[2], (std::vector<double>{1320 + 20, 0}));
}

TEST(mobility_grid, a_missing_natural_delay_is_an_error_that_names_it) {
  Scenario s = scenario();
  s.catalogue.natural_delays.clear();
  const auto m = build_mobility(s, terrain_of("."), Combine::product, 1, silent_monitor());
  ASSERT_FALSE(m.has_value());
  EXPECT_EQ(m.error().code, ErrorCode::input);
  EXPECT_NE(to_string(m.error()).find("'river' with mover 'tank' in season 'frozen'"),
            std::string::npos)
      << to_string(m.error());
}

TEST(mobility_grid, the_same_bits_on_any_number_of_threads) {
  const Grid grid{.epsg = 3346, .cell = 100, .rows = 400, .cols = 500};
  Terrain t = terrain_of(".");
  t.grid = grid;
  t.slope_percent = Raster<float>(grid, 0.0F);
  t.intercepts_per_km = Raster<float>(grid, 0.0F);
  for (auto* raster : {&t.cover, &t.soil, &t.road, &t.water, &t.natural, &t.bridge}) {
    *raster = Raster<std::uint8_t>(grid, 0);
  }
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    t.slope_percent.values[i] = static_cast<float>(40 * hashed_uniform(1, at, 0));
    t.cover.values[i] = static_cast<std::uint8_t>(6 * hashed_uniform(1, at, 1));
    if (t.cover.values[i] == 5) t.cover.values[i] = nodata<std::uint8_t>();
    t.soil.values[i] = static_cast<std::uint8_t>(2 * hashed_uniform(1, at, 2));
  }
  const auto one = build_mobility(scenario(), t, Combine::product, 1, silent_monitor());
  for (const int threads : {2, 8}) {
    const auto many = build_mobility(scenario(), t, Combine::product, threads, silent_monitor());
    for (std::size_t k = 0; k < one->speeds.size(); ++k) {
      ASSERT_EQ(one->speeds[k].speed_mps, many->speeds[k].speed_mps);
      ASSERT_EQ(one->speeds[k].unknown_cells, many->speeds[k].unknown_cells);
      ASSERT_EQ(one->speeds[k].class_cells, many->speeds[k].class_cells);
    }
  }
}

TEST(mobility_grid, stops_when_asked) {
  testing::StoppedMonitor stopped;
  const auto m = build_mobility(scenario(), terrain_of("."), Combine::product, 1, stopped);
  ASSERT_FALSE(m.has_value());
  EXPECT_EQ(m.error().code, ErrorCode::interrupted);
}

}  // namespace
}  // namespace abatis
