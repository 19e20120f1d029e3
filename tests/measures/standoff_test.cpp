// Distances that measures keep, gates, and the land of sites.

#include <algorithm>

#include <gtest/gtest.h>

#include "abatis/measures/site_land.hpp"
#include "drawn_world.hpp"

namespace abatis {
namespace {

using testing::DrawnWorld;

// Border on the left, a belt at 1 km, one road through it.
std::vector<std::string> country() {
  std::vector<std::string> rows(30, "RR............................");
  rows[15] = "RR===========================O";
  return rows;
}

bool offers(const Site& site, int measure) {
  return std::any_of(site.options.begin(), site.options.end(),
                     [&](const Option& o) { return o.measure == measure; });
}

double least_distance(const DrawnWorld& world, const Site& site, Point p) {
  double least = 1e9;
  for (const Cell c : site.cells) {
    const Point q = world.grid().centre(c);
    least = std::min(least, std::hypot(q.x - p.x, q.y - p.y));
  }
  return least;
}

// Which belt segments offer mines, with everything nearer than `metres` to `from` kept free.
std::vector<Site> belts(const DrawnWorld& world) {
  const auto set = world.sites();
  if (!set) throw std::runtime_error(to_string(set.error()));
  std::vector<Site> out;
  for (const Site& site : set->sites) {
    if (site.rule == SiteRule::belt_segment) out.push_back(site);
  }
  return out;
}

TEST(Standoffs, KeepAMeasureFromDwellingsAndServicesAndFromNothingElse) {
  for (const StandoffFrom from : {StandoffFrom::dwellings, StandoffFrom::services}) {
    DrawnWorld world(country());
    const Point at = world.at(6, 14);
    if (from == StandoffFrom::dwellings) {
      world.terrain.settlements = {{.name = "Farm", .kind = "hamlet", .at = at, .population = 5}};
    } else {
      world.terrain.services = {{ServiceKind::school, "School", at}};
    }
    const std::vector<Site> before = belts(world);
    world.scenario.standoffs = {{.from = from, .measures = {testing::kMines}, .at_least_m = 800}};
    const std::vector<Site> after = belts(world);
    ASSERT_EQ(before.size(), after.size()) << "the ditch may stand everywhere";
    int kept = 0, dropped = 0;
    for (std::size_t s = 0; s < after.size(); ++s) {
      ASSERT_TRUE(offers(before[s], testing::kMines));
      EXPECT_TRUE(offers(after[s], testing::kVehicleDitch));
      // Distances are to the centres of cells.
      const bool near = least_distance(world, after[s], at) < 800 - 1e-6;
      EXPECT_EQ(offers(after[s], testing::kMines), !near) << after[s].id;
      (near ? dropped : kept) += 1;
    }
    EXPECT_GT(kept, 0);
    EXPECT_GT(dropped, 0);
    const auto told = std::any_of(after.begin(), after.end(), [](const Site& site) {
      return std::any_of(site.notes.begin(), site.notes.end(), [](const std::string& note) {
        return note.starts_with("no mines: less than 800 m from");
      });
    });
    EXPECT_TRUE(told);
  }
}

TEST(Standoffs, KeepAMeasureFromARouteThatIsKeptOpen) {
  DrawnWorld world(country());
  OpenRoute route;
  route.id = route.name = "out";
  route.mover = 1;
  route.from = {.at = world.at(15, 4), .radius_m = 150};
  route.to = {.at = world.at(15, 28), .radius_m = 150};
  world.scenario.routes = {route};
  world.scenario.standoffs = {
      {.from = StandoffFrom::routes, .measures = {testing::kMines}, .at_least_m = 300}};
  int kept = 0, dropped = 0;
  for (const Site& site : belts(world)) {
    double least = 1e9;
    for (std::int32_t col = 4; col <= 28; ++col) {
      least = std::min(least, least_distance(world, site, world.at(15, col)));
    }
    EXPECT_EQ(offers(site, testing::kMines), least >= 300 - 1e-6) << site.id << " " << least;
    (least < 300 ? dropped : kept) += 1;
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(dropped, 0);
}

TEST(Gates, ARoadThatPeopleKeepIsGatedAndPaidFor) {
  DrawnWorld world(country());
  world.measure(testing::kVehicleDitch).gate_cost_eur = {40e3, 50e3, 60e3};
  const std::vector<Site> before = belts(world);
  world.scenario.gates.roads = {0};
  const std::vector<Site> after = belts(world);
  ASSERT_EQ(before.size(), after.size());
  int gated = 0;
  for (std::size_t s = 0; s < after.size(); ++s) {
    const bool on_road = std::any_of(after[s].cells.begin(), after[s].cells.end(),
                                     [&](Cell c) { return world.terrain.road[c] != 0; });
    EXPECT_EQ(before[s].gates, 0);
    EXPECT_EQ(after[s].gates, on_road ? 1 : 0);
    gated += after[s].gates;
    ASSERT_EQ(before[s].options.size(), after[s].options.size());
    for (std::size_t o = 0; o < after[s].options.size(); ++o) {
      const bool ditch = after[s].options[o].measure == testing::kVehicleDitch;
      const double more = ditch && on_road ? 50e3 : 0;
      EXPECT_NEAR(after[s].options[o].cost.value, before[s].options[o].cost.value + more, 1e-6);
      EXPECT_NEAR(after[s].options[o].maintenance.value,
                  before[s].options[o].maintenance.value + 0.02 * more, 1e-6);
    }
  }
  EXPECT_EQ(gated, 1);
}

TEST(SiteLand, SharesSumToOneAndFollowTheCells) {
  DrawnWorld world(country());
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    if (world.grid().row_of(c) < 10) world.terrain.cover[c] = testing::kForestCover;
  }
  world.terrain.municipalities = {{.name = "North", .area = {}}, {.name = "South", .area = {}}};
  world.terrain.municipality = Raster<std::uint16_t>(world.grid(), 0);
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    world.terrain.municipality[c] = world.grid().row_of(c) < 15 ? 1 : 2;
  }
  world.scenario.catalogue.covers[testing::kOpenCover].margin_eur_ha = 300;
  world.scenario.catalogue.covers[testing::kOpenCover].margin_provenance = {"the test"};
  world.fill_mobility();
  const auto set = world.sites();
  ASSERT_TRUE(set);
  ASSERT_EQ(set->districts.names,
            (std::vector<std::string>{"North", "South", "outside the municipalities"}));
  for (const Site& site : set->sites) {
    SCOPED_TRACE(site.id);
    const std::vector<Cell> cells = ground_of(world.grid(), *set, site);
    double north = 0, forest = 0;
    for (const Cell c : cells) {
      north += world.grid().row_of(c) < 15;
      forest += world.grid().row_of(c) < 10;
    }
    const auto count = static_cast<double>(cells.size());
    EXPECT_NEAR(share_in(site, -1), 1, 1e-12);
    EXPECT_NEAR(share_in(site, 0), north / count, 1e-12);
    EXPECT_NEAR(share_in(site, 1), 1 - north / count, 1e-12);
    EXPECT_EQ(site.district, 2 * north >= count ? 0 : 1);
    EXPECT_NEAR(margin_eur_year(world.scenario.catalogue, site, 1e4, -1),
                300 * (1 - forest / count), 1e-9);
    for (const int d : {0, 1}) {
      EXPECT_LE(margin_eur_year(world.scenario.catalogue, site, 1e4, d),
                300 * share_in(site, d) + 1e-9);
    }
  }
}

}  // namespace
}  // namespace abatis
