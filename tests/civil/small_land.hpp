#pragma once
// Three kilometres of country with one road, and a mined zone across it, to be reckoned by hand.
//
//   column   0 1 |  5        10        14            25    29
//   row 0    R R |                D
//   row 5    R R =  West  ==  #  ==  East  ========  Cee == clinic
//
// The zone (#) is 7 cells of 100 m, rows 2 to 8 of column 10.

#include "abatis/civil/ledger.hpp"
#include "abatis/measures/site_land.hpp"
#include "measures/drawn_world.hpp"

namespace abatis::testing {

inline const std::vector<std::string>& one_road() {
  static const std::vector<std::string> kRows = [] {
    std::vector<std::string> rows(11, "RR............................");
    rows[5] = "RR============================";
    return rows;
  }();
  return kRows;
}

// The same with a way round the northern end of the zone, along row 0.
inline std::vector<std::string> with_detour() {
  std::vector<std::string> rows = one_road();
  rows[0] = "RR=========================...";
  for (std::size_t r = 1; r < 5; ++r) rows[r][3] = rows[r][20] = '=';
  return rows;
}

struct SmallLand : DrawnWorld {
  SiteSet set;

  explicit SmallLand(const std::vector<std::string>& rows = one_road()) : DrawnWorld(rows) {
    scenario.first_year = 2026;
    scenario.years = 10;
    Catalogue& k = scenario.catalogue;
    k.covers[kOpenCover].margin_eur_ha = 500;
    k.covers[kOpenCover].margin_provenance = {"unverified"};
    k.measures[kMines].mined_depth_m = 200;
    k.measures[kMines].land_width_m = 260;
    k.measures[kVehicleDitch].land_width_m = 30;
    k.civil.clearance_eur_m2 = {0, 1, 2};
    k.civil.clearance_m2_year = 70000;
    k.civil.inspection_years = 1;
    k.civil.mover = 1;
    k.civil.delayed_s = 10;
    k.civil.to_road_m = 1000;
    k.civil.household = 2;
    terrain.settlements = {
        {.name = "West", .kind = "town", .at = at(5, 5), .population = 100},
        {.name = "East", .kind = "village", .at = at(5, 14), .population = 50},
        {.name = "Cee", .kind = "town", .at = at(5, 25), .population = 1000},
        {.name = "Dee", .kind = "hamlet", .at = at(0, 12), .population = -1},
    };
    set.naturals = static_cast<int>(k.naturals.size());
    set.barrier = Raster<std::int32_t>(grid(), 0);
    for (const Settlement& place : terrain.settlements) set.people.push_back(place.population);
  }

  // A site down a column, crossed from one side to the other; its index.
  int add_site(std::int32_t col, std::int32_t from_row, std::int32_t to_row, int measure_index,
               int park = -1) {
    Site site;
    site.id = "S" + std::to_string(set.sites.size());
    site.geometry = {GeometryKind::line, {{at(from_row, col), at(to_row, col)}}};
    const auto id =
        static_cast<std::int32_t>(set.naturals + 1 + static_cast<int>(set.sites.size()));
    for (std::int32_t row = from_row; row <= to_row; ++row) {
      site.cells.push_back(grid().at(row, col));
      set.barrier[site.cells.back()] = id;
    }
    Option option;
    option.measure = measure_index;
    option.quantity = 0.1 * (to_row - from_row + 1);
    option.cost = Euro(1000);
    option.maintenance = Euro(10);
    option.liability = Euro(300);
    option.park = park;
    site.options.push_back(std::move(option));
    set.sites.push_back(std::move(site));
    return static_cast<int>(set.sites.size()) - 1;
  }

  Ledger ledger(const std::vector<CivilPurchase>& bought, int threads = 1) const {
    SiteSet with_land = set;
    find_land(terrain, with_land);
    return compute_ledger(scenario, terrain, with_land, bought, threads);
  }
};

}  // namespace abatis::testing
