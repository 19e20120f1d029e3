// Every measure of the programme on drawn ground: where it is found, what it asks, what it does.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "abatis/geo/rasterize.hpp"
#include "drawn_world.hpp"

namespace abatis {
namespace {

using testing::DrawnWorld;
using testing::of_rule;

// Border in the west, a road to the objective in the east over a river; a ford on a second road.
std::vector<std::string> two_roads() {
  std::vector<std::string> map(40, std::string(60, '.'));
  for (auto& row : map) {
    row[30] = 'w';
    for (std::size_t c = 0; c < 5; ++c) row[c] = 'R';
  }
  for (const std::size_t r : {10U, 25U}) {
    for (std::size_t c = 5; c < 60; ++c) map[r][c] = map[r][c] == 'w' ? (r == 10 ? '^' : 'v') : '=';
  }
  map[10][57] = 'O';
  return map;
}

Measure park() {
  Measure m;
  m.id = m.name = "park";
  m.rule = SiteRule::park;
  m.kind = SiteKind::point;
  m.unit = "piece";
  m.unit_cost_eur = {1e6, 1e6, 1e6};
  m.border_from_m = 1000;
  m.park = {.crews = 2, .call_out_s = {3600, 3600, 3600}, .loads = 100, .convoy = 0};
  return m;
}

Measure cover() {
  Measure m;
  m.id = m.name = "cover";
  m.budget_class = "armament";
  m.rule = SiteRule::cover;
  m.unit = "km";
  m.unit_cost_eur = {2e5, 2e5, 2e5};
  m.lead_years = 3;
  m.multiplier = {1, 2, 3};
  m.point_length_m = 500;
  return m;
}

TEST(EveryMeasure, AFordIsFoundApartFromBridges) {
  DrawnWorld world(two_roads());
  world.offer(DrawnWorld::obstacle("ford", SiteRule::ford, SiteKind::point, "piece"));
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto fords = of_rule(*set, SiteRule::ford);
  ASSERT_EQ(fords.size(), 1U);
  EXPECT_EQ(fords[0]->cells, std::vector<Cell>{world.grid().at(25, 30)});
  const auto bridges = of_rule(*set, SiteRule::bridge);
  ASSERT_EQ(bridges.size(), 1U);
  EXPECT_EQ(bridges[0]->cells, std::vector<Cell>{world.grid().at(10, 30)});
}

TEST(EveryMeasure, ARoadIsBlockedWhereItCannotBeLeft) {
  std::vector<std::string> map = two_roads();
  for (std::size_t r = 7; r < 14; ++r) {
    for (std::size_t c = 40; c < 50; ++c) map[r][c] = r == 10 ? '=' : 'X';
  }
  DrawnWorld world(map);
  world.offer(DrawnWorld::obstacle("block", SiteRule::road_point, SiteKind::point, "piece"));
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto points = of_rule(*set, SiteRule::road_point);
  ASSERT_FALSE(points.empty());
  for (const Site* point : points) {
    for (const Cell c : point->cells) {
      EXPECT_EQ(world.grid().row_of(c), 10);
      EXPECT_GE(world.grid().col_of(c), 38);
      EXPECT_LE(world.grid().col_of(c), 52);
    }
    EXPECT_GE(point->cells.size(), 2U) << "a diagonal step would slip past one cell";
  }
}

TEST(EveryMeasure, ACulvertIsWhereARoadCrossesADitch) {
  DrawnWorld world(two_roads());
  world.scenario.measures = {};
  world.offer(DrawnWorld::obstacle("culvert", SiteRule::culvert, SiteKind::point, "piece"));
  world.add_ditch({world.at(5, 20), world.at(15, 20)}, "ditch");
  world.add_ditch({world.at(25, 10), world.at(25, 22)}, "ditch");  // beside the road, all along
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto culverts = of_rule(*set, SiteRule::culvert);
  ASSERT_EQ(culverts.size(), 1U);
  const Cell at = world.grid().at(10, 20);
  EXPECT_NE(std::find(culverts[0]->cells.begin(), culverts[0]->cells.end(), at),
            culverts[0]->cells.end());
}

// Bought bare and covered later, an obstacle does and costs what one covered at once does.
TEST(EveryMeasure, UpgradesComeOnTopOfWhatStands) {
  DrawnWorld world(two_roads());
  world.scenario.catalogue.effects.disrupt_at_most_s = 1200;
  const int index = world.offer(cover());
  world.scenario.upgrades = {{.from = testing::kVehicleDitch, .to = index}};
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  int upgrades = 0;
  for (const Site& later : set->sites) {
    if (later.upgraded < 0) continue;
    const Site& base = set->sites[static_cast<std::size_t>(later.upgraded)];
    EXPECT_EQ(later.id, base.id + "-later");
    EXPECT_TRUE(later.cells.empty());
    for (const Option& more : later.options) {
      ++upgrades;
      const Option& bare = base.options[static_cast<std::size_t>(more.upgrades)];
      EXPECT_EQ(bare.measure, testing::kVehicleDitch);
      EXPECT_LT(bare.cover, 0);
      EXPECT_EQ(more.cover, index);
      const auto covered = std::find_if(
          base.options.begin(), base.options.end(),
          [&](const Option& o) { return o.measure == bare.measure && o.cover == index; });
      ASSERT_NE(covered, base.options.end());
      EXPECT_NEAR(bare.whole_cost().value + more.whole_cost().value, covered->whole_cost().value,
                  1e-6);
      EXPECT_NEAR(bare.whole_maintenance().value + more.whole_maintenance().value,
                  covered->whole_maintenance().value, 1e-6);
      for (std::size_t speed = 0; speed < bare.delay_s.size(); ++speed) {
        EXPECT_EQ(more.delay_s[speed].front(), 0) << "cover comes after 3 years";
        EXPECT_GT(more.delay_s[speed].back(), 0);
        EXPECT_NEAR(bare.delay_s[speed].back() + more.delay_s[speed].back(),
                    covered->delay_s[speed].back(), 1e-6);
      }
    }
  }
  EXPECT_GT(upgrades, 0);
}

TEST(EveryMeasure, UncoveredObstaclesNeverCountAboveDisrupt) {
  DrawnWorld world(two_roads());
  world.scenario.catalogue.effects.disrupt_at_most_s = 1200;
  const int index = world.offer(cover());
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  int covered = 0;
  for (const Site& site : set->sites) {
    if (!is_obstacle(site.rule)) continue;
    for (const Option& option : site.options) {
      const double last = option.delay_s[0].back();
      if (option.cover < 0) {
        EXPECT_LE(last, 1200) << site.id;
        EXPECT_EQ(option.cover_cost.value, 0);
        continue;
      }
      ++covered;
      EXPECT_EQ(option.cover, index);
      const Measure& m =
          world.scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
      EXPECT_NEAR(last, 2 * m.delays[0].delay_s.mean(), 1e-9) << "mean multiplier of 2";
      const double km = site.kind == SiteKind::point ? 0.5 : option.quantity;
      EXPECT_NEAR(option.cover_cost.value, km * 2e5, 1e-6);
      for (int age = 0; age < 3; ++age) {
        EXPECT_EQ(option.delay_s[0][static_cast<std::size_t>(age)], 0)
            << "cover comes after 3 years";
      }
    }
  }
  EXPECT_GT(covered, 0);
}

TEST(EveryMeasure, WhatIsStoredNamesAParkThatHasItReadyInTime) {
  DrawnWorld world(two_roads());
  Measure stored = DrawnWorld::obstacle("stored", SiteRule::belt_segment, SiteKind::segment, "km");
  stored.emplacement = {.rate_per_h = {0.5, 0.5, 0.5}, .loads = 3};
  const int index = world.offer(stored);
  world.offer(park());
  world.scenario.warning = {.time_s = {36000, 36000, 36000}, .given = true};
  world.terrain.settlements = {{.name = "Near", .at = world.at(10, 20)},
                               {.name = "Far", .at = world.at(25, 55)}};
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto parks = of_rule(*set, SiteRule::park);
  ASSERT_EQ(parks.size(), 2U);
  EXPECT_DOUBLE_EQ(parks[0]->options[0].crew_h, 2 * (36000 - 3600) / 3600.0);
  EXPECT_DOUBLE_EQ(parks[0]->options[0].loads, 100);
  int seen = 0;
  for (const Site& site : set->sites) {
    for (const Option& option : site.options) {
      if (option.measure != index) {
        EXPECT_EQ(option.park, -1);
        continue;
      }
      ++seen;
      ASSERT_GE(option.park, 0);
      EXPECT_EQ(set->sites[static_cast<std::size_t>(option.park)].rule, SiteRule::park);
      EXPECT_DOUBLE_EQ(option.emplace_s, option.quantity / 0.5 * 3600);
      EXPECT_NEAR(option.crew_h, (2 * option.travel_s + option.emplace_s) / 3600, 1e-12);
      EXPECT_NEAR(option.loads, 3 * option.quantity, 1e-12);
      ASSERT_EQ(site.arrival_s.size(), 2U);
    }
  }
  EXPECT_GT(seen, 0);

  // Too little warning for the first segment to be emplaced: not offered, and the site says so.
  world.scenario.warning.time_s = {0, 0, 0};
  const auto hurried = world.sites();
  ASSERT_TRUE(hurried) << to_string(hurried.error());
  bool said = false;
  for (const Site& site : hurried->sites) {
    for (const Option& option : site.options) EXPECT_NE(option.measure, index);
    for (const std::string& note : site.notes) {
      said = said || note.find("no park has it ready") != std::string::npos;
    }
  }
  EXPECT_TRUE(said);
}

TEST(EveryMeasure, ParksStandInTheirBandOnly) {
  DrawnWorld world(two_roads());
  Measure stored = DrawnWorld::obstacle("stored", SiteRule::belt_segment, SiteKind::segment, "km");
  stored.emplacement = {.rate_per_h = {0.5, 0.5, 0.5}, .loads = 3};
  world.offer(stored);
  Measure p = park();
  p.border_from_m = 2000;
  p.border_to_m = 3000;
  world.offer(p);
  world.scenario.warning = {.time_s = {86400, 86400, 86400}, .given = true};
  world.terrain.settlements = {{.name = "TooNear", .at = world.at(10, 8)},
                               {.name = "Right", .at = world.at(10, 30 - 1)},
                               {.name = "TooFar", .at = world.at(10, 50)}};
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto parks = of_rule(*set, SiteRule::park);
  ASSERT_EQ(parks.size(), 1U);
  EXPECT_EQ(parks[0]->nearest_place, "Right");
}

TEST(EveryMeasure, PeatIsOfferedWhereItIsDrainedAndConflictsWithItsDitch) {
  std::vector<std::string> map = two_roads();
  for (std::size_t r = 30; r < 40; ++r) {
    for (std::size_t c = 10; c < 20; ++c) map[r][c] = 'd';  // drained: no mire any more
    for (std::size_t c = 40; c < 50; ++c) map[r][c] = 'p';  // a mire without drains
  }
  DrawnWorld world(map);
  Measure wet;
  wet.id = wet.name = "rewetted";
  wet.rule = SiteRule::peatland;
  wet.kind = SiteKind::block;
  wet.unit = "ha";
  wet.unit_cost_eur = {1000, 1000, 1000};
  wet.growth_years = 5;
  wet.conflicts = {
      {.measure = testing::kDitchDeepened, .within_m = 300, .same_water = true, .why = "drains"}};
  const int index = world.offer(wet);
  // One ditch runs from the block far to the north, a second lies 200 m beside it, a third far off.
  world.add_ditch({world.at(32, 15), world.at(31, 22), world.at(12, 22)});
  world.add_ditch({world.at(30, 22), world.at(38, 22)});
  world.add_ditch({world.at(12, 50), world.at(22, 50)});
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto blocks = of_rule(*set, SiteRule::peatland);
  ASSERT_EQ(blocks.size(), 1U);
  const Option& option = blocks[0]->options.at(0);
  EXPECT_EQ(option.measure, index);
  // Dry peat carries the tank (RCI 50 between VCI 20 and 50: factor 1); wet it stops it: NO-GO
  // pace.
  const double chord = 3.14159265358979 * static_cast<double>(blocks[0]->cells.size()) * 1e4 /
                       length_of(outline_of_cells(world.grid(), blocks[0]->cells));
  EXPECT_NEAR(option.delay_s[0].back(), chord * (3.6 / 1.5 - 1 / testing::kOpenSpeed), 1.0);
  EXPECT_EQ(option.delay_s[0][0], 0);
  for (std::size_t age = 1; age < option.delay_s[0].size(); ++age) {
    EXPECT_GE(option.delay_s[0][age], option.delay_s[0][age - 1]) << "the water comes back slowly";
  }
  std::set<std::string> against;
  for (const SiteConflict& c : set->conflicts) {
    EXPECT_EQ(set->sites[static_cast<std::size_t>(c.site_a)].id, blocks[0]->id);
    against.insert(set->sites[static_cast<std::size_t>(c.site_b)].id);
  }
  for (const Site* ditch : of_rule(*set, SiteRule::mapped_ditch)) {
    const Cell first = ditch->cells.front();
    const bool far = world.grid().col_of(first) == 50;
    EXPECT_EQ(against.contains(ditch->id), !far) << ditch->id;
  }
  EXPECT_FALSE(against.empty());
}

TEST(EveryMeasure, AProtectedAreaDownstreamIsSaid) {
  DrawnWorld world(two_roads());
  const auto box = [&](std::int32_t r0, std::int32_t c0, std::int32_t r1, std::int32_t c1) {
    const Point a = world.at(r0, c0);
    const Point b = world.at(r1, c1);
    return Geometry{GeometryKind::polygon, {{a, {b.x, a.y}, b, {a.x, b.y}, a}}};
  };
  world.terrain.protected_areas.features = {{box(33, 18, 39, 24), {}}};
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {  // falls to the south
    world.terrain.elevation_m[c] = static_cast<float>(200 - world.grid().row_of(c));
  }
  world.add_ditch({world.at(12, 20), world.at(36, 20)});  // down into the area
  world.add_ditch({world.at(2, 50), world.at(22, 50)});   // far from it
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  int said = 0;
  for (const Site* ditch : of_rule(*set, SiteRule::mapped_ditch)) {
    const bool near = world.grid().col_of(ditch->cells.front()) == 20;
    bool told = false;
    for (const std::string& note : ditch->notes) {
      told = told || note.find("protected area") != std::string::npos;
    }
    EXPECT_EQ(told, near) << ditch->id;
    said += told ? 1 : 0;
  }
  EXPECT_GT(said, 0);
}

TEST(EveryMeasure, PlantingTakesFarmLandAndStopsNobodySoon) {
  DrawnWorld world(two_roads());
  world.scenario.catalogue.covers[testing::kOpenCover].farmed = true;
  world.scenario.catalogue.trees = {{.id = "pine",
                                     .asi = 25,
                                     .beta = 7395.6,
                                     .b2 = -1.7829,
                                     .site_index_m = 28,
                                     .index_age = 100,
                                     .diameter_factor = 1.15,
                                     .diameter_exponent = 1.03,
                                     .stems_at_25cm = 1000}};
  Measure plant;
  plant.id = plant.name = "planted";
  plant.rule = SiteRule::open_land;
  plant.kind = SiteKind::block;
  plant.unit = "ha";
  plant.unit_cost_eur = {2000, 2000, 2000};
  plant.species = 0;
  plant.stock_age = 4;
  plant.stems_per_ha = 2500;
  world.offer(plant);
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto blocks = of_rule(*set, SiteRule::open_land);
  ASSERT_FALSE(blocks.empty());
  for (const Site* block : blocks) {
    EXPECT_GT(block->farmed_m2, 0);
    const auto& tank = block->options.at(0).delay_s[0];
    EXPECT_EQ(tank.back(), 0) << "in ten years new planting stops no tank";
    const auto& car = block->options.at(0).delay_s[1];  // its override diameter is 0
    EXPECT_GT(car.back(), 0);
    for (std::size_t age = 1; age < car.size(); ++age) EXPECT_GE(car[age], car[age - 1]);
  }
}

Measure row_of_trees() {
  Measure m;
  m.id = m.name = "row";
  m.rule = SiteRule::roadside;
  m.kind = SiteKind::segment;
  m.unit = "km";
  m.unit_cost_eur = {20000, 20000, 20000};
  m.species = 0;
  return m;
}

TEST(EveryMeasure, RowsOfTreesDelayNobodyAndLieOnNoCell) {
  DrawnWorld world(two_roads());
  world.scenario.catalogue.roads[0].codes = {"main"};
  world.terrain.roads.field_names = {"class"};
  world.terrain.roads.features = {
      {{GeometryKind::line, {{world.at(10, 6), world.at(10, 28)}}}, {std::string("main")}}};
  world.offer(row_of_trees());
  const auto set = world.sites();
  ASSERT_TRUE(set) << to_string(set.error());
  const auto rows = of_rule(*set, SiteRule::roadside);
  ASSERT_FALSE(rows.empty());
  double km = 0;
  for (const Site* one : rows) {
    EXPECT_TRUE(one->cells.empty());
    for (const auto& by_age : one->options.at(0).delay_s) {
      for (const double d : by_age) EXPECT_EQ(d, 0);
    }
    km += one->options[0].quantity;
  }
  EXPECT_NEAR(km, 2.2, 0.2);
}

// Two like roads: one between walls of forest, one in the open. The rows kept are those of roads
// that the far side sees.
TEST(EveryMeasure, RowsOfTreesAreKeptWhereTheRoadIsSeen) {
  auto map = two_roads();
  for (const std::size_t r : {8U, 9U, 11U, 12U}) {
    for (std::size_t c = 6; c < 60; ++c) map[r][c] = map[r][c] == '.' ? 'f' : map[r][c];
  }
  map[10][6] = '/';
  DrawnWorld world(map);
  Catalogue& catalogue = world.scenario.catalogue;
  catalogue.roads[0].codes = {"main"};
  catalogue.covers[testing::kForestCover].canopy_m = 20;
  world.terrain.roads.field_names = {"class"};
  for (const std::int32_t r : {10, 25}) {
    world.terrain.roads.features.push_back(
        {{GeometryKind::line, {{world.at(r, 7), world.at(r, 28)}}}, {std::string("main")}});
  }
  world.offer(row_of_trees());
  world.scenario.sites.max_by_rule[static_cast<std::size_t>(SiteRule::roadside)] = 2;
  const auto along = [&](std::int32_t r) {
    const auto set = world.sites();
    EXPECT_TRUE(set);
    const auto rows = of_rule(*set, SiteRule::roadside);
    EXPECT_EQ(rows.size(), 2U);
    return std::count_if(rows.begin(), rows.end(), [&](const Site* one) {
      return std::abs(one->geometry.parts[0][0].y - world.at(r, 0).y) < 100;
    });
  };
  EXPECT_EQ(along(10), 1) << "nobody looks: the nearest of each road";
  catalogue.screening.viewers = {
      {.id = "mast", .name = "mast", .height_m = 15, .range_m = 8000, .depth_m = 300}};
  catalogue.screening.targets = {{.id = "car", .name = "car", .height_m = 2}};
  world.scenario.screening.given = true;
  world.scenario.screening.viewers = {0};
  world.scenario.screening.targets = {0};
  EXPECT_EQ(along(25), 2);
}

}  // namespace
}  // namespace abatis
