// The sensors chosen, as sites that a plan buys.

#include <fmt/format.h>

#include "abatis/measures/site_land.hpp"
#include "abatis/watch/watch.hpp"
#include "ground.hpp"

namespace abatis {
namespace {

Option option_of(const Scenario& scenario, int index) {
  const Measure& measure = scenario.catalogue.measures[at(index)];
  const std::size_t speeds = scenario.movers.size() * scenario.seasons.size();
  Option option;
  option.measure = index;
  option.quantity = 1;
  option.cost = Euro(measure.unit_cost_eur.mean());
  option.maintenance = option.cost * measure.maintenance_share;
  option.liability = Euro(measure.liability_eur.mean());
  option.delay_s.assign(speeds, std::vector<double>(at(scenario.years), 0.0));
  return option;
}

int echelon_at(const Scenario& scenario, double border_m) {
  for (std::size_t e = 0; e < scenario.echelons.size(); ++e) {
    const Echelon& echelon = scenario.echelons[e];
    if (border_m >= echelon.from_m && border_m < echelon.to_m) return static_cast<int>(e);
  }
  return -1;
}

}  // namespace

void add_sensors(const Scenario& scenario, const Terrain& terrain, const Watch& watch,
                 SiteSet& sites) {
  int number = 0;
  for (const SitedSensor& sensor : watch.sensors) {
    const WatchPlace& place = watch.places[at(sensor.place)];
    const Measure& measure = scenario.catalogue.measures[at(sensor.measure)];
    Site site;
    site.id = fmt::format("sensor-{:03}", ++number);
    site.name = fmt::format("{}, {}", measure.name, place.near);
    site.kind = SiteKind::point;
    site.rule = SiteRule::sensor;
    site.echelon = echelon_at(scenario, static_cast<double>(terrain.border_distance_m[place.cell]));
    site.geometry = {GeometryKind::point, {{terrain.grid.centre(place.cell)}}};
    site.nearest_place = place.near;
    site.notes.push_back("chosen by what it covers, before the plan (docs/model/watch.md)");
    site.options.push_back(option_of(scenario, sensor.measure));
    sites.fixed.push_back(
        {.site = static_cast<int>(sites.sites.size()), .option = 0, .year = sensor.bought});
    sites.sites.push_back(std::move(site));
  }
  find_land(terrain, sites);  // of those added; of the others it is what it was
}

}  // namespace abatis
