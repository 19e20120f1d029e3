#include "gap_names.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace abatis::report {

const std::string& mover_id(const GapView& view, int speed) {
  const SpeedRaster& raster = view.mobility.speeds[static_cast<std::size_t>(speed)];
  return view.scenario.catalogue.movers[static_cast<std::size_t>(raster.mover)].id;
}

const std::string& season_id(const GapView& view, int speed) {
  const SpeedRaster& raster = view.mobility.speeds[static_cast<std::size_t>(speed)];
  return view.scenario.catalogue.seasons[static_cast<std::size_t>(raster.season)].id;
}

std::string speed_label(const GapView& view, int speed) {
  const SpeedRaster& raster = view.mobility.speeds[static_cast<std::size_t>(speed)];
  const Catalogue& catalogue = view.scenario.catalogue;
  return fmt::format("{}, {}", catalogue.movers[static_cast<std::size_t>(raster.mover)].name,
                     catalogue.seasons[static_cast<std::size_t>(raster.season)].name);
}

int year_of(const GapView& view, int state) {
  const int year = view.states[static_cast<std::size_t>(state)].year;
  return year < 0 ? -1 : view.scenario.first_year + year;
}

std::string state_label(const GapView& view, int state) {
  const int year = year_of(view, state);
  return year < 0 ? "nothing built" : std::to_string(year);
}

std::string entry_label(const GapView& view, int entry) {
  return entry < 0 ? "all" : view.scenario.entries[static_cast<std::size_t>(entry)].id;
}

std::string road_label(const GapView& view, const GapRoad& road) {
  const std::string& name = view.scenario.catalogue.roads[static_cast<std::size_t>(road.road)].name;
  std::string label = road.ref.empty() ? name : fmt::format("{} ({})", road.ref, name);
  if (!road.near.empty()) label += " near " + road.near;
  return label;
}

std::string made_up_roads(const Scenario& scenario) {
  std::string out;
  for (const LayerQuality quality :
       {LayerQuality::coarse, LayerQuality::schematic, LayerQuality::synthetic}) {
    const bool any = std::any_of(
        scenario.layers.begin(), scenario.layers.end(),
        [&](const LayerSource& l) { return l.role == LayerRole::roads && l.quality == quality; });
    if (any) out += (out.empty() ? "" : " and ") + std::string(to_string(quality));
  }
  return out;
}

const LandBridge& bridge_of(const GapView& view, const Gap& gap) {
  return view.scenario.gaps[static_cast<std::size_t>(gap.gap)];
}

const std::string& state_code(const GapView& view, const Gap& gap, bool hostile, std::size_t side) {
  const LandBridge& bridge = bridge_of(view, gap);
  const auto at =
      static_cast<std::size_t>(hostile ? bridge.between.at(side) : bridge.joins.at(side));
  return hostile ? view.scenario.adversary[at] : view.scenario.friendly[at];
}

const GapCase& case_of(const GapView& view, const Gap& gap, int state, int speed) {
  const std::size_t speeds = view.mobility.speeds.size();
  return gap.cases[static_cast<std::size_t>(state) * speeds + static_cast<std::size_t>(speed)];
}

}  // namespace abatis::report
