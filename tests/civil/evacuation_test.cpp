// Leaving the small land by its roads, against figures worked by hand.

#include "abatis/civil/evacuation.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "abatis/civil/ledger.hpp"
#include "civil/evacuation_files.hpp"
#include "civil/leaving_land.hpp"
#include "support/stopped_monitor.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

using ::testing::HasSubstr;
using testing::kMines;
using testing::kVehicleDitch;
using testing::LeavingLand;

constexpr auto kNothing = static_cast<std::size_t>(InPlace::nothing);
constexpr auto kBuilt = static_cast<std::size_t>(InPlace::built);
constexpr auto kAll = static_cast<std::size_t>(InPlace::all);

TEST(Evacuation, StopsWhenAsked) {
  const LeavingLand land;
  testing::StoppedMonitor monitor;
  const auto stopped = plan_evacuation(land.scenario, land.terrain, land.set, {},
                                       find_districts(land.terrain), land.rules, 1, monitor);
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().code, ErrorCode::interrupted);
}

TEST(Evacuation, OfOneRoadIsExact) {
  const LeavingLand land;
  const Evacuation e = land.evacuation({});
  EXPECT_FALSE(e.shelters);
  EXPECT_EQ(e.settlements, 3);
  EXPECT_EQ(e.without_population, 1);
  EXPECT_EQ(e.people, 150);
  EXPECT_EQ(e.without_road + e.without_way, 0);
  const LeavingTotals& t = e.totals[0][kNothing];
  EXPECT_EQ(t.people, 150);
  EXPECT_EQ(t.settlements, 3);
  EXPECT_EQ(t.unknown, 1);
  // Safe ground begins 2150 m east of West and 1250 m of East, at 20 m/s, within a cell.
  EXPECT_NEAR(t.free_s, 107.5, 5);
  // 150 vehicles pass in 900 s; the first sets out 62.5 s from safe ground.
  EXPECT_NEAR(t.at_least_s, 962.5, 5);
  EXPECT_NEAR(t.at_most_s, t.at_least_s, 0.01);
  for (const Bottleneck& one : e.bottlenecks) {
    EXPECT_GT(one.wait_s + one.relief_s, 0);
    EXPECT_EQ(one.capacity_per_h, 600);
  }
  ASSERT_FALSE(e.bottlenecks.empty());
  EXPECT_TRUE(e.orders.empty());
}

TEST(Evacuation, AnOrderWaitsForThoseWhoPassIt) {
  LeavingLand land;
  land.scenario.warning = {.time_s = {3000, 3000, 3000}, .given = true};
  land.add_site(10, 2, 8, kMines);
  land.add_site(20, 8, 9, kMines);  // beside the road
  const Evacuation e = land.evacuation({{0, 0, 1}, {1, 0, 1}});
  EXPECT_EQ(e.orders_free, 1);
  ASSERT_EQ(e.orders.size(), 1U);
  const LeavingOrder& order = e.orders[0];
  EXPECT_EQ(order.purchase, 0);
  EXPECT_FALSE(order.stored);
  EXPECT_EQ(order.settlements, (std::vector<int>{0}));
  EXPECT_EQ(order.people, 100);
  EXPECT_EQ(order.people_only_way, 100);
  EXPECT_EQ(order.settlements_only_way, 1);
  // 100 vehicles set out within 600 s; the last is 700 m on, where Dee joins, 35 s later.
  EXPECT_NEAR(order.not_before_s, 635, 0.1);
  EXPECT_DOUBLE_EQ(order.needed_s, 3000);
  EXPECT_FALSE(order.impossible);
  // Closed beforehand it cuts West off.
  EXPECT_EQ(e.totals[0][kBuilt].people_cut_off, 0);
  EXPECT_EQ(e.totals[0][kAll].people_cut_off, 100);
  EXPECT_EQ(e.totals[0][kAll].people, 50);
  EXPECT_TRUE(std::isinf(e.places[0].free_s[0][kAll]));
}

TEST(Evacuation, AnOrderThatIsNeededBeforeAllHavePassedIsImpossible) {
  LeavingLand land;
  land.scenario.warning = {.time_s = {600, 600, 600}, .given = true};
  land.add_site(10, 2, 8, kMines);
  const Evacuation e = land.evacuation({{0, 0, 1}});
  ASSERT_EQ(e.orders.size(), 1U);
  EXPECT_TRUE(e.orders[0].impossible);
}

TEST(Evacuation, WhatStandsForGoodCutsOffAndNoOrderWaitsForThose) {
  LeavingLand land;
  land.add_site(10, 2, 8, kVehicleDitch);
  land.add_site(8, 2, 8, kMines);
  const Evacuation e = land.evacuation({{0, 0, 0}, {1, 0, 1}});
  EXPECT_EQ(e.totals[0][kBuilt].people_cut_off, 100);
  EXPECT_EQ(e.totals[0][kBuilt].settlements_cut_off, 1);
  EXPECT_EQ(e.orders_free, 1);
  EXPECT_TRUE(e.orders.empty());
}

TEST(Evacuation, AWayRoundIsToldWithItsLength) {
  LeavingLand land;
  // Round the north: from column 4 up to row 0 and down again at column 20.
  land.terrain.roads.features.clear();
  land.add_road({land.at(5, 2), land.at(5, 4), land.at(5, 20), land.at(5, 29)});
  land.add_road({land.at(5, 4), land.at(0, 4), land.at(0, 20), land.at(5, 20)});
  land.add_site(10, 3, 7, kMines);
  const Evacuation e = land.evacuation({{0, 0, 1}});
  ASSERT_EQ(e.orders.size(), 1U);
  EXPECT_EQ(e.orders[0].settlements_only_way, 0);
  // West goes 100 m back, then 500 + 1600 + 500 instead of 1500 m.
  EXPECT_NEAR(e.orders[0].detour_s, (100 + 2600 - 1500) / 20.0, 0.1);
  EXPECT_EQ(e.totals[0][kAll].people_cut_off, 0);
  EXPECT_GT(e.totals[0][kAll].free_s, e.totals[0][kBuilt].free_s);
}

TEST(Evacuation, AShelterIsReachedSooner) {
  LeavingLand land;
  land.terrain.services = {{ServiceKind::shelter, "Cellar", land.at(5, 7)}};
  const Evacuation e = land.evacuation({});
  EXPECT_TRUE(e.shelters);
  EXPECT_NEAR(e.places[0].free_s[1][kNothing], 10, 0.1);
  EXPECT_LT(e.totals[1][kNothing].at_most_s, e.totals[0][kNothing].at_most_s);
  EXPECT_LE(e.totals[1][kNothing].at_least_s, e.totals[1][kNothing].at_most_s + 1e-6);
}

TEST(Evacuation, ThoseWithoutARoadAreToldApart) {
  LeavingLand land;
  land.scenario.catalogue.civil.to_road_m = 300;  // Dee is 500 m off
  const Evacuation e = land.evacuation({});
  EXPECT_EQ(e.without_road, 1);
  EXPECT_EQ(e.people_without_way, 0) << "nobody knows how many";
  EXPECT_FALSE(e.places[2].has_road);
}

TEST(Evacuation, PeoplePresumedAreInTheTrafficAndToldApart) {
  LeavingLand land;
  land.scenario.catalogue.civil.presumed_settlement = 60;  // Dee
  land.add_site(20, 2, 8, kMines);
  const Evacuation e = land.evacuation({{0, 0, 1}});
  EXPECT_EQ(e.people, 150);
  EXPECT_EQ(e.presumed, 60);
  EXPECT_EQ(e.totals[0][kNothing].presumed, 60);
  EXPECT_NEAR(e.totals[0][kNothing].at_least_s, 210 * 6 + 62.5, 5);
  ASSERT_EQ(e.orders.size(), 1U);
  EXPECT_EQ(e.orders[0].people, 150);
  EXPECT_EQ(e.orders[0].presumed, 60);
  EXPECT_EQ(e.orders[0].people_only_way, 210);
}

TEST(Evacuation, AGateLetsThoseOnKeptRoadsPassUntilItIsShut) {
  LeavingLand land;
  const int site = land.add_site(10, 2, 8, kVehicleDitch);
  EXPECT_EQ(land.evacuation({{0, 0, 0}}).totals[0][kBuilt].people_cut_off, 100);
  land.measure(kVehicleDitch).gate_cost_eur = {1, 1, 1};
  land.set.sites[static_cast<std::size_t>(site)].gates = 1;
  EXPECT_EQ(land.evacuation({{0, 0, 0}}).totals[0][kBuilt].people_cut_off, 100)
      << "no road is kept";
  land.scenario.gates.roads = {0};
  land.scenario.catalogue.civil.gate_delay_s = 60;
  const Evacuation e = land.evacuation({{0, 0, 0}});
  EXPECT_EQ(e.totals[0][kBuilt].people_cut_off, 0);
  EXPECT_EQ(e.totals[0][kAll].people_cut_off, 100);
  ASSERT_EQ(e.orders.size(), 1U);
  EXPECT_FALSE(e.orders[0].stored);
}

TEST(Evacuation, IsTheSameOnAnyNumberOfThreads) {
  LeavingLand land;
  land.add_site(10, 2, 8, kMines);
  land.add_site(20, 2, 8, kVehicleDitch);
  const Evacuation one = land.evacuation({{0, 0, 1}, {1, 0, 1}}, 1);
  const Evacuation many = land.evacuation({{0, 0, 1}, {1, 0, 1}}, 8);
  for (std::size_t k = 0; k < kInPlace; ++k) {
    EXPECT_EQ(one.totals[0][k].at_least_s, many.totals[0][k].at_least_s);
    EXPECT_EQ(one.totals[0][k].at_most_s, many.totals[0][k].at_most_s);
  }
  ASSERT_EQ(one.orders.size(), many.orders.size());
}

TEST(LeavingRules, TheBuiltInOnesAreReadAndFaultsAreNamed) {
  const auto built = load_leaving_rules(std::nullopt);
  ASSERT_TRUE(built) << to_string(built.error().front());
  EXPECT_LT(built->within_m, built->safe_m);
  const TempFolder folder;
  const auto file = folder.write("evacuation.toml",
                                 "[zone]\nwithin = \"9 km\"\nsafe = \"5 km\"\nprovenance = \"x\"\n"
                                 "[traffic]\npeople_per_vehicle = 0\nprovenace = \"x\"\n");
  const auto bad = load_leaving_rules(file);
  ASSERT_FALSE(bad);
  std::string all;
  for (const Error& error : bad.error()) all += to_string(error) + "\n";
  EXPECT_THAT(all, HasSubstr("evacuation.toml:3"));
  EXPECT_THAT(all, HasSubstr("people_per_vehicle"));
  EXPECT_THAT(all, HasSubstr("provenace"));
}

TEST(LeavingRules, EveryKeyIsDocumented) {
  const std::string page =
      read_file(std::filesystem::path(ABATIS_SOURCE_DIR) / "docs/reference/evacuation.md").value();
  for (const TableSpec* table : leaving_tables()) {
    for (const KeySpec& key : table->keys) {
      EXPECT_THAT(page, HasSubstr("`" + std::string(table->path.empty() ? "[" : "") +
                                  std::string(key.name) +
                                  std::string(table->path.empty() ? "]" : "") + "`"));
    }
  }
}

}  // namespace
}  // namespace abatis
