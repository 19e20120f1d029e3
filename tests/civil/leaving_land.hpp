#pragma once
// The small land with its roads as lines, and a zone that is left.

#include <utility>
#include <vector>

#include "abatis/civil/evacuation.hpp"
#include "civil/small_land.hpp"

namespace abatis::testing {

// West (100 people), Dee (unknown) and East (50) leave for the east; 600 vehicles an hour.
struct LeavingLand : SmallLand {
  LeavingRules rules;

  LeavingLand() {
    RoadClass& road = scenario.catalogue.roads[0];
    road.codes = {"main"};
    road.capacity_per_h = 600;
    terrain.roads.field_names = {"class"};
    add_road({at(5, 2), at(5, 29)});
    rules.within_m = 1500;
    rules.safe_m = 2500;  // from column 27 on
    measure(kMines).closed_on_order = true;
  }
  void add_road(std::vector<Point> line) {
    terrain.roads.features.push_back(
        {{GeometryKind::line, {std::move(line)}}, {std::string("main")}});
  }
  Evacuation evacuation(const std::vector<CivilPurchase>& bought, int threads = 1) const {
    return plan_evacuation(scenario, terrain, set, bought, find_districts(terrain), rules, threads,
                           silent_monitor())
        .value();
  }
};

}  // namespace abatis::testing
