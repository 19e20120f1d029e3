// Whose way leads over which road.

#include <algorithm>
#include <cmath>

#include "abatis/civil/access.hpp"
#include "abatis/screen/exposure.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {
namespace {

// Cells of roads that people go to, by what for: each kind of service, and towns.
std::vector<std::vector<Cell>> aims_of(const Scenario& scenario, const Terrain& terrain,
                                       const Raster<float>& speed) {
  const double reach = scenario.catalogue.civil.to_road_m;
  std::vector<std::vector<Cell>> aims(kServiceKinds + 1);
  const auto add = [&](std::size_t kind, Point at) {
    const Cell c = nearest_road(speed, at, reach);
    if (c != kNoCell) aims[kind].push_back(c);
  };
  for (const Service& service : terrain.services) {
    add(static_cast<std::size_t>(service.kind), service.at);
  }
  for (const Settlement& place : terrain.settlements) {
    if (place.kind == "town" || place.kind == "city") add(kServiceKinds, place.at);
  }
  std::erase_if(aims, [](const std::vector<Cell>& cells) { return cells.empty(); });
  return aims;
}

}  // namespace

Raster<float> people_on_roads(const Scenario& scenario, const Terrain& terrain,
                              const SiteSet& sites, int threads) {
  const int mover = scenario.catalogue.civil.mover;
  const int season = heaviest_season(scenario);
  const Raster<float> speed = road_speeds(scenario, terrain, mover, season, threads);
  const std::vector<double> delays =
      people_delays(scenario, sites, mover, season, StandingOptions(sites.sites.size(), 0), false);
  std::vector<TravelRequest> requests;
  for (std::vector<Cell>& aim : aims_of(scenario, terrain, speed)) {
    requests.push_back(
        {.input = {.speed_mps = &speed, .barrier = &sites.barrier, .delay_s = delays},
         .from = std::move(aim),
         .to = true,
         .options = {.neighbours = 8, .predecessors = true}});
  }
  const std::vector<TimeField> fields = travel_times(requests, threads);
  Raster<float> people(terrain.grid, 0);
  std::vector<std::int32_t> counted(terrain.grid.size(), -1);  // by the last settlement
  for (std::size_t s = 0; s < terrain.settlements.size(); ++s) {
    const Settlement& place = terrain.settlements[s];
    const auto cell = terrain.grid.cell_at(place.at);
    const std::int64_t living = sites.presumed[s];
    if (living <= 0 || !cell || terrain.side_of(*cell) != Side::friendly) continue;
    const Cell start = nearest_road(speed, place.at, scenario.catalogue.civil.to_road_m);
    if (start == kNoCell) continue;
    for (const TimeField& field : fields) {
      for (const Cell c : least_time_path(field, start)) {
        std::int32_t& last = counted[static_cast<std::size_t>(c)];
        if (last == static_cast<std::int32_t>(s)) continue;
        last = static_cast<std::int32_t>(s);
        people[c] += static_cast<float>(living);
      }
    }
  }
  return people;
}

}  // namespace abatis
