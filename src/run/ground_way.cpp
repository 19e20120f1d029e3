#include "ground_way.hpp"

#include <algorithm>

#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {
namespace {

std::vector<Entered> crossings_of(const SiteSet& sites, const std::vector<Cell>& path) {
  std::vector<Entered> crossings;
  std::int32_t inside = 0;
  for (const Cell cell : path) {
    const std::int32_t id = sites.barrier[cell];
    if (id != inside && id > 0) {
      const int site = sites.site_of_barrier(id);
      crossings.push_back({site, site < 0 ? id - 1 : -1});
    }
    inside = id;
  }
  return crossings;
}

}  // namespace

Result<std::vector<GroundWay>> ground_ways(const Scenario& scenario, const Terrain& terrain,
                                           const Mobility& mobility, const SiteSet& sites,
                                           const PlanProblem& problem,
                                           const std::vector<Purchase>& purchases,
                                           const std::vector<WayThrough>& ways, std::size_t most,
                                           int threads) {
  std::vector<GroundWay> out;
  for (std::size_t i = 0; i < std::min(most, ways.size()); ++i) {
    const auto kase = static_cast<std::size_t>(ways[i].kase);
    const int speed = problem.cases[kase].speed;
    const SpeedRaster& raster = mobility.speeds[static_cast<std::size_t>(speed)];
    const Axis& axis = scenario.axes[static_cast<std::size_t>(scenario.cases[kase].axis)];
    ABATIS_TRY(const AxisCells cells, axis_cells(scenario, terrain, raster, axis));
    const std::vector<double> delays = barrier_delays(
        sites, mobility, speed, site_delays(problem, purchases, ways[i].year, speed));
    const TimeField field =
        travel_time({.speed_mps = &raster.speed_mps, .barrier = &sites.barrier, .delay_s = delays},
                    cells.sources,
                    {.neighbours = scenario.terrain.neighbours,
                     .targets = cells.targets,
                     .predecessors = true,
                     .threads = threads});
    const Cell target = nearest_target(field, cells.targets);
    if (target == kNoCell) return tl::unexpected(cut_off(scenario, scenario.cases[kase]));
    out.push_back({field.time_s[static_cast<std::size_t>(target)],
                   crossings_of(sites, least_time_path(field, target))});
  }
  return out;
}

}  // namespace abatis
