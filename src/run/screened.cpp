#include "screened.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace abatis {

std::vector<int> planted_by_plan(const Scenario& scenario, const RoadExposure& roads,
                                 const std::vector<PlanOrigin>& origin,
                                 const std::vector<Purchase>& purchases) {
  std::vector<int> planted(roads.candidates.size(), 0);
  for (const Purchase& purchase : purchases) {
    const PlanOrigin& from = origin[static_cast<std::size_t>(purchase.option)];
    for (std::size_t c = 0; c < planted.size(); ++c) {
      if (roads.candidates[c].site == from.site && roads.candidates[c].option == from.option) {
        planted[c] = scenario.first_year + purchase.year;
      }
    }
  }
  return planted;
}

std::vector<int> planted_as_chosen(const Scenario& scenario, const SiteSet& sites,
                                   const RoadExposure& roads, const ChosenRows& chosen) {
  std::vector<int> planted(roads.candidates.size(), 0);
  for (std::size_t c = 0; c < planted.size(); ++c) {
    const std::string& id = sites.sites[static_cast<std::size_t>(roads.candidates[c].site)].id;
    if (std::find(chosen.sites.begin(), chosen.sites.end(), id) == chosen.sites.end()) continue;
    const auto decision = std::find_if(scenario.decisions.begin(), scenario.decisions.end(),
                                       [&](const Decision& d) { return d.site == id; });
    planted[c] =
        decision == scenario.decisions.end() ? scenario.screening.choice.plant : decision->year;
  }
  return planted;
}

void screen_own_sensors(Scenario& scenario, const Terrain& terrain, const Watch& watch) {
  for (std::size_t s = 0; s < watch.sensors.size(); ++s) {
    const SitedSensor& sited = watch.sensors[s];
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(sited.measure)];
    const SensorWorks& works = measure.sensor;
    if (is_effector(works.modality) || !works.needs_sight) continue;
    const WatchPlace& place = watch.places[static_cast<std::size_t>(sited.place)];
    OwnSensor own;
    own.id = fmt::format("sensor-{:03}", s + 1);
    own.name = place.near.empty() ? measure.name : fmt::format("{}, {}", measure.name, place.near);
    own.at = terrain.grid.centre(place.cell);
    own.height_m = works.height_m;
    own.range_m = std::max(works.range_ground_m, works.range_air_m);
    own.where = scenario.surveillance.where;
    own.provenance = measure.acts;
    scenario.screening.sensors.push_back(std::move(own));
  }
}

Result<const RoadExposure*> Screened::roads(const ScreenGroundwork& work) {
  if (!roads_) {
    ABATIS_TRY(roads_,
               find_exposure(work.scenario, work.terrain, work.sites, work.threads, work.monitor));
  }
  return &*roads_;
}

Result<std::optional<ChosenRows>> Screened::chosen(const ScreenGroundwork& work,
                                                   const StageCache& cache, const std::string& key,
                                                   bool fresh) {
  if (!work.scenario.screening.choice.asked) return std::optional<ChosenRows>{};
  if (!fresh) {
    if (const auto bytes = cache.get(kChosenStage, key)) {
      if (auto kept = from_bytes<ChosenRows>(*bytes)) return kept;
    }
  }
  ABATIS_TRY(const RoadExposure* found, roads(work));
  const ChosenRows rows = choose_screening(work.scenario, work.sites, *found);
  ABATIS_CHECK(cache.put(kChosenStage, key, to_bytes(rows)));
  work.monitor.note(
      fmt::format("screening: {} of {} rows of trees chosen, {:.1f} of at most {:.1f}",
                  rows.sites.size(), found->candidates.size(), rows.cost, rows.limit));
  return std::optional<ChosenRows>(rows);
}

}  // namespace abatis
