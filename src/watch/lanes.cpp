#include "lanes.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::watching {
namespace {

// Where the region holds no ground so far behind the border: as far as this share of what it holds.
constexpr double kFarEnough = 0.9;

// How far behind the border a way or a lane begins, of the cells for which `usable` holds.
template <class Usable>
double depth_of(const WatchGround& ground, Usable usable) {
  double most = 0;
  for (Cell c = 0; c < static_cast<Cell>(ground.grid().size()); ++c) {
    if (usable(c)) most = std::max(most, static_cast<double>(ground.terrain.border_distance_m[c]));
  }
  return std::min(ground.rules().approach_m, kFarEnough * most);
}

// Least time over hostile ground alone from where the border is crossed; the way back from depth.
std::vector<Cell> approach(const WatchGround& ground, const SpeedRaster& speed, Cell crossing,
                           const Raster<std::int32_t>& barriers, const std::vector<double>& delays,
                           std::vector<double>& time_s) {
  Raster<float> hostile = speed.speed_mps;
  for (std::size_t c = 0; c < hostile.values.size(); ++c) {
    if (!ground.hostile(static_cast<Cell>(c))) hostile.values[c] = 0;
  }
  const std::vector<Cell> from{crossing};
  const TimeField field =
      travel_time_to({.speed_mps = &hostile, .barrier = &barriers, .delay_s = delays}, from,
                     {.neighbours = ground.scenario.terrain.neighbours, .predecessors = true});
  const auto reached = [&](Cell c) { return std::isfinite(field.time_s[at(c)]); };
  const double depth = depth_of(ground, reached);
  std::vector<Cell> starts;
  for (Cell c = 0; c < static_cast<Cell>(ground.grid().size()); ++c) {
    if (reached(c) && ground.terrain.border_distance_m[c] >= depth) starts.push_back(c);
  }
  const Cell start = nearest_target(field, starts);
  if (start == kNoCell) return {};
  std::vector<Cell> way = least_time_path(field, start);  // the crossing first
  std::reverse(way.begin(), way.end());
  for (const Cell c : way) time_s.push_back(-field.time_s[at(c)]);
  return way;
}

double length_of(const Grid& grid, const std::vector<Cell>& cells) {
  double sum = 0;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const Point a = grid.centre(cells[i - 1]), b = grid.centre(cells[i]);
    sum += std::hypot(a.x - b.x, a.y - b.y);
  }
  return sum;
}

}  // namespace

std::vector<Cell> lane_starts(const WatchGround& ground) {
  const auto hostile = [&](Cell c) { return ground.hostile(c); };
  const double depth = depth_of(ground, hostile);
  std::vector<Cell> starts;
  for (Cell c = 0; c < static_cast<Cell>(ground.grid().size()); ++c) {
    if (hostile(c) && ground.terrain.border_distance_m[c] >= depth) starts.push_back(c);
  }
  return starts;
}

Raster<std::uint8_t> unseen_lanes(const WatchGround& ground, const Raster<float>& lowest_m,
                                  double altitude_m) {
  const Grid& grid = ground.grid();
  Raster<std::uint8_t> reached(grid, 0);
  std::vector<Cell> open = lane_starts(ground);
  for (const Cell c : open) reached[c] = 1;
  while (!open.empty()) {
    const Cell c = open.back();
    open.pop_back();
    for (int dr = -1; dr <= 1; ++dr) {
      for (int dk = -1; dk <= 1; ++dk) {
        const std::int32_t r = grid.row_of(c) + dr, k = grid.col_of(c) + dk;
        if (!grid.inside(r, k)) continue;
        const Cell next = grid.at(r, k);
        if (reached[next] != 0 || !(ground.own(next) || ground.hostile(next))) continue;
        if (static_cast<double>(lowest_m[next]) <= altitude_m) continue;  // seen
        reached[next] = 1;
        open.push_back(next);
      }
    }
  }
  return reached;
}

std::vector<LaneWarning> places_to_warn(const WatchGround& ground) {
  std::vector<LaneWarning> places;
  const auto add = [&](const std::string& name, Point p, std::int64_t people, bool objective) {
    const auto cell = ground.grid().cell_at(p);
    if (!cell || !ground.own(*cell)) return;
    places.push_back({.name = name,
                      .at = p,
                      .population = people,
                      .objective = objective,
                      .border_m = static_cast<double>(ground.terrain.border_distance_m[*cell]),
                      .ahead_m = {}});
  };
  for (const Objective& objective : ground.scenario.objectives) {
    add(objective.name, objective.at, -1, true);
  }
  std::vector<const Settlement*> known;
  for (const Settlement& place : ground.terrain.settlements) {
    if (place.population > 0) known.push_back(&place);
  }
  std::stable_sort(known.begin(), known.end(), [](const Settlement* a, const Settlement* b) {
    return a->population > b->population;
  });
  for (const Settlement* place : known) {
    if (places.size() < kMostPlaces) add(place->name, place->at, place->population, false);
  }
  return places;
}

Result<std::vector<Way>> ways_of_movers(const WatchGround& ground, const Mobility& mobility,
                                        int threads) {
  const Scenario& scenario = ground.scenario;
  const Raster<std::int32_t> barriers = natural_barriers(ground.terrain);
  const std::size_t per_axis = scenario.movers.size() * scenario.seasons.size();
  std::vector<Way> ways;
  for (std::size_t i = 0; i < scenario.cases.size(); ++i) {
    const Case& one = scenario.cases[i];
    const SpeedRaster& speed = mobility.speeds[i % per_axis];
    const std::vector<double> delays = natural_delays(mobility, static_cast<int>(i % per_axis));
    ABATIS_TRY(const AxisCells ends,
               axis_cells(scenario, ground.terrain, speed, scenario.axes[at(one.axis)]));
    const TimeField field = travel_time(
        {.speed_mps = &speed.speed_mps, .barrier = &barriers, .delay_s = delays}, ends.sources,
        {.neighbours = scenario.terrain.neighbours,
         .targets = ends.targets,
         .predecessors = true,
         .threads = threads});
    const Cell target = nearest_target(field, ends.targets);
    if (target == kNoCell) return tl::unexpected(cut_off(scenario, one));
    const std::vector<Cell> inner = least_time_path(field, target);
    Way way{.case_index = static_cast<int>(i), .approach_m = 0, .cells = {}, .time_s = {}};
    way.cells = approach(ground, speed, inner.front(), barriers, delays, way.time_s);
    way.approach_m = length_of(ground.grid(), way.cells);
    for (const Cell c : inner) {
      way.cells.push_back(c);
      way.time_s.push_back(field.time_s[at(c)]);
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

std::array<double, kConditions> first_seen(const Way& way, const Raster<std::uint8_t>& on_ground) {
  std::array<double, kConditions> lead{};
  for (std::size_t when = 0; when < kConditions; ++when) {
    lead[when] = -way.time_s.back();
    for (std::size_t i = 0; i < way.cells.size(); ++i) {
      if ((unsigned{on_ground[way.cells[i]]} >> when & 1U) == 0) continue;
      lead[when] = -way.time_s[i];
      break;
    }
  }
  return lead;
}

}  // namespace abatis::watching
