// The ledger against figures worked by hand.

#include "abatis/civil/ledger.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "civil/small_land.hpp"

namespace abatis {
namespace {

using testing::kMines;
using testing::kOpenCover;
using testing::kVehicleDitch;
using testing::SmallLand;

TEST(Ledger, OfOneZone) {
  SmallLand land;
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{.site = 0, .option = 0, .year = 1}});
  ASSERT_EQ(ledger.sites.size(), 1U);
  const SiteLedger& site = ledger.sites[0];
  EXPECT_NEAR(site.land_m2, 700 * 260, 1e-6);
  EXPECT_NEAR(site.margin_eur_year, 18.2 * 500, 1e-6);
  EXPECT_EQ(site.unpriced_m2, 0);
  EXPECT_EQ(site.people.within_1km, 150);
  EXPECT_EQ(site.people.within_5km, 1150);
  EXPECT_EQ(site.people.unknown_1km, 1);
  EXPECT_NEAR(site.mined_m2, 140000, 1e-6);
  EXPECT_DOUBLE_EQ(site.stands_from, 2029);      // bought in 2027, two years of lead time
  EXPECT_NEAR(site.cleared_at, 2036 + 2, 1e-9);  // the plan ends with 2035; 140000 / 70000
  EXPECT_EQ(site.inspections, 8);                // 2030 to 2037
  EXPECT_NEAR(site.person_years, 150 * 9, 1e-6);
  EXPECT_NEAR(site.clearance_eur.p50, 140000, 1e-6);
  EXPECT_NEAR(site.clearance_eur.mean, 140000, 1e-6);
  EXPECT_DOUBLE_EQ(site.purchase_eur, 1000);
  EXPECT_DOUBLE_EQ(site.maintenance_eur, 80);  // 2028 to 2035
  EXPECT_DOUBLE_EQ(site.liability_eur, 300);
}

TEST(Ledger, ByDistrictWithoutMunicipalitiesIsByTheNearestTown) {
  SmallLand land;
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 1}});
  EXPECT_FALSE(ledger.districts.municipalities);
  EXPECT_EQ(ledger.districts.names,
            (std::vector<std::string>{"around Cee", "around West", "outside friendly land"}));
  EXPECT_EQ(ledger.districts.of_settlement, (std::vector<int>{1, 1, 0, 1}));
  EXPECT_EQ(ledger.by_district[0].near_mined.within_1km, 0);
  EXPECT_EQ(ledger.by_district[0].near_mined.within_5km, 1000);
  EXPECT_EQ(ledger.by_district[1].near_mined.within_1km, 150);
  EXPECT_EQ(ledger.by_district[1].near_mined.unknown_1km, 1);
}

TEST(Ledger, MunicipalitiesShareTheLandOfASiteByItsCells) {
  SmallLand land;
  land.terrain.municipality = Raster<std::uint16_t>(land.grid(), 0);
  land.terrain.municipalities = {{"North", {}}, {"South", {}}};
  for (Cell c = 0; c < static_cast<Cell>(land.grid().size()); ++c) {
    land.terrain.municipality[c] = land.grid().row_of(c) < 4 ? 1 : 2;
  }
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  EXPECT_TRUE(ledger.districts.municipalities);
  EXPECT_NEAR(ledger.by_district[0].mined_m2, 140000.0 * 2 / 7, 1e-6);
  EXPECT_NEAR(ledger.by_district[1].mined_m2, 140000.0 * 5 / 7, 1e-6);
  EXPECT_NEAR(ledger.by_district[0].land_m2[kOpenCover], 182000.0 * 2 / 7, 1e-6);
  EXPECT_EQ(ledger.by_district[0].inspections, 0);  // the zone is told to the south
  EXPECT_EQ(ledger.by_district[1].inspections, ledger.plan.inspections);
}

TEST(Ledger, ASettlementNearTwoZonesIsExposedOnce) {
  SmallLand land;
  land.add_site(10, 2, 8, kMines);
  land.add_site(12, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}, {1, 0, 2}});
  // From 2028 on; cleared one after the other, until 2040.
  EXPECT_NEAR(ledger.sites[0].cleared_at, 2038, 1e-9);
  EXPECT_NEAR(ledger.sites[1].cleared_at, 2040, 1e-9);
  EXPECT_EQ(ledger.plan.near_mined.within_1km, 150);
  EXPECT_NEAR(ledger.plan.person_years, 150 * 12, 1e-6);
}

TEST(Ledger, LandOfUnknownUseIsNotPriced) {
  SmallLand land;
  for (std::int32_t row = 2; row <= 8; ++row) {
    land.terrain.cover[land.grid().at(row, 10)] = nodata<std::uint8_t>();
  }
  land.add_site(10, 2, 8, kVehicleDitch);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  EXPECT_NEAR(ledger.plan.unpriced_m2, 700 * 30, 1e-6);
  EXPECT_NEAR(ledger.plan.land_m2.back(), 700 * 30, 1e-6);
  EXPECT_EQ(ledger.plan.margin_eur_year, 0);
  EXPECT_EQ(ledger.plan.mined_m2, 0);
}

TEST(Ledger, AnUpgradeTakesOnlyWhatItNeedsBeyondWhatStands) {
  SmallLand land;
  land.add_site(10, 2, 8, kVehicleDitch);
  Site later = land.set.sites[0];
  later.upgraded = 0;
  later.cells.clear();
  later.options[0].measure = kMines;
  later.options[0].upgrades = 0;
  land.set.sites.push_back(later);
  const Ledger ledger = land.ledger({{0, 0, 0}, {1, 0, 3}});
  EXPECT_NEAR(ledger.sites[1].land_m2, 700 * (260 - 30), 1e-6);
}

TEST(Access, WithoutServicesNothingIsAssessed) {
  SmallLand land;
  land.add_site(10, 2, 8, kMines);
  EXPECT_FALSE(land.ledger({{0, 0, 0}}).access.assessed);
}

TEST(Access, AZoneAcrossTheOnlyRoadCutsOffWhatLiesBehindIt) {
  SmallLand land;
  land.terrain.services = {{ServiceKind::clinic, "Clinic", land.at(5, 29)}};
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  const Access& access = ledger.access;
  ASSERT_TRUE(access.assessed);
  const auto& west = access.settlements[0].time_s[0];
  EXPECT_NEAR(west[0], 2400 / testing::kRoadSpeed, 1e-3);
  EXPECT_FALSE(std::isfinite(west[1]));
  const auto of = [&](int district, InPlace in_place) {
    return summarise(land.scenario, land.terrain, access, ledger.districts.of_settlement, district,
                     in_place);
  };
  EXPECT_DOUBLE_EQ(of(-1, InPlace::all).any.cut_off, 50);
  EXPECT_EQ(of(-1, InPlace::all).any.settlements_cut_off, 1);
  EXPECT_EQ(of(-1, InPlace::all).any.delayed, 0);
  EXPECT_DOUBLE_EQ(of(1, InPlace::all).by_service[0].cut_off, 50);
  EXPECT_EQ(of(0, InPlace::all).any.cut_off, 0);
  EXPECT_EQ(of(-1, InPlace::nothing).any.cut_off, 0);
}

TEST(Access, WhatIsStoredClosesNothingUntilItIsEmplaced) {
  SmallLand land;
  land.terrain.services = {{ServiceKind::shelter, "Shelter", land.at(5, 29)}};
  land.add_site(10, 2, 8, kMines, 0);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  const auto& west = ledger.access.settlements[0].time_s[static_cast<int>(ServiceKind::shelter)];
  EXPECT_EQ(west[0], west[1]);
  EXPECT_FALSE(std::isfinite(west[2]));
  EXPECT_EQ(ledger.stored_zones, 1);
}

TEST(Access, WhatIsClosedOnOrderLetsPeoplePassUntilThen) {
  SmallLand land;
  land.scenario.catalogue.measures[kMines].closed_on_order = true;
  land.terrain.services = {{ServiceKind::shelter, "Shelter", land.at(5, 29)}};
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  const auto& west = ledger.access.settlements[0].time_s[static_cast<int>(ServiceKind::shelter)];
  EXPECT_EQ(west[0], west[1]);
  EXPECT_FALSE(std::isfinite(west[2]));
}

TEST(Access, AGateKeepsItsOwnRoadOpenAndNoOther) {
  SmallLand land(testing::with_detour());
  land.scenario.catalogue.roads.push_back(land.scenario.catalogue.roads[0]);
  land.scenario.catalogue.measures[kMines].gate_cost_eur = {1, 2, 3};
  land.scenario.catalogue.civil.gate_delay_s = 60;
  land.scenario.gates.roads = {1};
  land.terrain.services = {{ServiceKind::clinic, "Clinic", land.at(5, 29)}};
  land.set.sites.clear();
  const int site = land.add_site(10, 0, 8, kMines);  // across the road and the way round
  land.set.sites[static_cast<std::size_t>(site)].gates = 1;
  const auto times = [&] { return land.ledger({{0, 0, 0}}).access.settlements[0].time_s[0]; };
  EXPECT_FALSE(std::isfinite(times()[1])) << "neither road is of the class that is kept";
  for (std::int32_t col = 0; col < 27; ++col) {
    auto& road = land.terrain.road[land.grid().at(0, col)];
    if (road != 0) road = 2;
  }
  ASSERT_TRUE(std::isfinite(times()[1])) << "by the gate in the way round";
  EXPECT_GT(times()[1], times()[0] + 60 + 10);
  EXPECT_FALSE(std::isfinite(times()[2])) << "the gate is shut on order";
  land.scenario.catalogue.measures[kMines].gate_cost_eur = {};
  EXPECT_FALSE(std::isfinite(times()[1])) << "a measure without gates closes every road";
}

TEST(Access, AWayRoundDelays) {
  SmallLand land(testing::with_detour());
  land.terrain.services = {{ServiceKind::clinic, "Clinic", land.at(5, 29)}};
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  const auto& west = ledger.access.settlements[0].time_s[0];
  ASSERT_TRUE(std::isfinite(west[2]));
  EXPECT_GT(west[2], west[0] + 10);
  const AccessSummary summary = summarise(land.scenario, land.terrain, ledger.access,
                                          ledger.districts.of_settlement, -1, InPlace::all);
  EXPECT_DOUBLE_EQ(summary.any.delayed, 50);
  EXPECT_EQ(summary.any.cut_off, 0);
  EXPECT_DOUBLE_EQ(summary.any.worst_s, west[2] - west[0]);
}

TEST(Access, ASettlementFarFromAnyRoadIsSaidToBeSo) {
  SmallLand land;
  land.scenario.catalogue.civil.to_road_m = 300;
  land.terrain.services = {{ServiceKind::clinic, "Clinic", land.at(5, 29)},
                           {ServiceKind::school, "Lost", land.at(0, 29)}};
  land.add_site(10, 2, 8, kMines);
  const Ledger ledger = land.ledger({{0, 0, 0}});
  EXPECT_FALSE(ledger.access.settlements[3].has_road);
  EXPECT_EQ(ledger.access.services_off_road, 1);
  const AccessSummary summary = summarise(land.scenario, land.terrain, ledger.access,
                                          ledger.districts.of_settlement, -1, InPlace::all);
  EXPECT_EQ(summary.without_road, 1);
}

}  // namespace
}  // namespace abatis
