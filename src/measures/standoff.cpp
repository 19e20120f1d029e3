#include "standoff.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::measures {
namespace {

void mark(Raster<std::uint8_t>& marked, Point at) {
  if (const auto cell = marked.grid.cell_at(at)) marked[*cell] = 1;
}

Status mark_routes(const SiteGround& ground, const Raster<std::int32_t>& naturals, int threads,
                   Raster<std::uint8_t>& marked) {
  const Scenario& scenario = ground.scenario;
  for (const OpenRoute& route : scenario.routes) {
    for (std::size_t k = 0; k < ground.mobility.speeds.size(); ++k) {
      const SpeedRaster& speed = ground.mobility.speeds[k];
      if (speed.mover != route.mover) continue;
      ABATIS_TRY(const AxisCells ends, route_cells(scenario, ground.terrain, speed, route));
      const std::vector<double> delays = natural_delays(ground.mobility, static_cast<int>(k));
      const TimeField field = travel_time(
          {.speed_mps = &speed.speed_mps, .barrier = &naturals, .delay_s = delays}, ends.sources,
          {.neighbours = scenario.terrain.neighbours,
           .targets = ends.targets,
           .predecessors = true,
           .threads = threads});
      const Cell end = nearest_target(field, ends.targets);
      if (end == kNoCell) continue;  // the network says that there is no way
      for (const Cell c : least_time_path(field, end)) marked[c] = 1;
    }
  }
  return {};
}

Result<Raster<std::uint8_t>> marked_of(const SiteGround& ground, StandoffFrom from,
                                       const Raster<std::int32_t>& naturals, int threads) {
  Raster<std::uint8_t> marked(ground.grid(), 0);
  const auto take = [&](std::uint8_t flag) {
    for (std::size_t i = 0; i < marked.values.size(); ++i) {
      if ((ground.flags.values[i] & flag) != 0) marked.values[i] = 1;
    }
  };
  switch (from) {
    case StandoffFrom::dwellings:
      take(kBuilt);
      for (const Settlement& place : ground.terrain.settlements) mark(marked, place.at);
      break;
    case StandoffFrom::services:
      for (const Service& service : ground.terrain.services) mark(marked, service.at);
      break;
    case StandoffFrom::protected_areas:
      take(kProtected);
      break;
    case StandoffFrom::routes:
      ABATIS_CHECK(mark_routes(ground, naturals, threads, marked));
      break;
  }
  return marked;
}

std::string_view words(StandoffFrom from) {
  constexpr std::string_view kWords[] = {"a dwelling", "a clinic, school, shelter or crossing",
                                         "a protected area", "a route that is kept open"};
  return kWords[static_cast<std::size_t>(from)];
}

}  // namespace

Result<StandoffDistances> standoff_distances(const SiteGround& ground,
                                             const Raster<std::int32_t>& naturals, int threads) {
  StandoffDistances out;
  for (const Standoff& standoff : ground.scenario.standoffs) {
    Raster<float>& distance = out[static_cast<std::size_t>(standoff.from)];
    if (!distance.values.empty()) continue;
    ABATIS_TRY(const Raster<std::uint8_t> marked,
               marked_of(ground, standoff.from, naturals, threads));
    distance = distance_to(marked);
  }
  return out;
}

std::string too_near(const SiteGround& ground, int measure, const Site& site) {
  for (const Standoff& standoff : ground.scenario.standoffs) {
    if (std::find(standoff.measures.begin(), standoff.measures.end(), measure) ==
        standoff.measures.end()) {
      continue;
    }
    const Raster<float>& distance = ground.standoff_m[static_cast<std::size_t>(standoff.from)];
    const bool near = std::any_of(site.cells.begin(), site.cells.end(),
                                  [&](Cell c) { return distance[c] < standoff.at_least_m; });
    if (near) {
      return fmt::format("less than {} from {}", distance_words(standoff.at_least_m),
                         words(standoff.from));
    }
  }
  return {};
}

}  // namespace abatis::measures
