#include "abatis/mobility/axis_ground.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace abatis {
namespace {

bool passable(const SpeedRaster& speed, Cell c) {
  const float v = speed.speed_mps[c];
  return v > 0;  // false for NaN
}

// "cell row 12, column 40": how messages name a cell.
std::string cell_text(const Grid& grid, Cell c) {
  return fmt::format("cell row {}, column {}", grid.row_of(c), grid.col_of(c));
}

std::string mover_season(const Scenario& scenario, const SpeedRaster& speed) {
  const auto& catalogue = scenario.catalogue;
  return fmt::format("{} in {}", catalogue.movers[static_cast<std::size_t>(speed.mover)].name,
                     catalogue.seasons[static_cast<std::size_t>(speed.season)].name);
}

Where at(const Where& where, std::string item) {
  Where placed = where;
  placed.item = std::move(item);
  return placed;
}

Result<std::vector<Cell>> target_cells(const Scenario& scenario, const Terrain& terrain,
                                       const SpeedRaster& speed, const Objective& objective) {
  const Grid& grid = terrain.grid;
  const auto own = grid.cell_at(objective.at);
  if (!own) {
    return input_error(fmt::format("objective '{}' lies outside the region", objective.id),
                       at(objective.where, objective.id),
                       "move the objective or enlarge the region");
  }
  if (terrain.water[*own] != 0 && terrain.water[*own] != nodata<std::uint8_t>() &&
      terrain.bridge[*own] == 0) {
    return input_error(
        fmt::format("objective '{}' lies in water ({})", objective.id, cell_text(grid, *own)),
        at(objective.where, objective.id), "move `at`, its [longitude, latitude], onto land");
  }
  std::vector<Cell> cells;
  const auto reach = static_cast<std::int32_t>(std::ceil(objective.radius_m / grid.cell));
  const std::int32_t row = grid.row_of(*own);
  const std::int32_t col = grid.col_of(*own);
  for (std::int32_t r = row - reach; r <= row + reach; ++r) {
    for (std::int32_t c = col - reach; c <= col + reach; ++c) {
      if (!grid.inside(r, c)) continue;
      const Cell cell = grid.at(r, c);
      const Point p = grid.centre(cell);
      const double away = std::hypot(p.x - objective.at.x, p.y - objective.at.y);
      if (cell != *own && away > objective.radius_m) continue;
      if (passable(speed, cell)) cells.push_back(cell);
    }
  }
  if (cells.empty()) {
    return input_error(fmt::format("no cell within {:.0f} m of '{}' can be reached by {}",
                                   std::max(objective.radius_m, grid.cell), objective.id,
                                   mover_season(scenario, speed)),
                       at(objective.where, objective.id),
                       "enlarge radius, or move the place to a road");
  }
  return cells;
}

}  // namespace

Result<AxisCells> axis_cells(const Scenario& scenario, const Terrain& terrain,
                             const SpeedRaster& speed, const Axis& axis) {
  const Entry& entry = scenario.entries[static_cast<std::size_t>(axis.entry)];
  const Objective& objective = scenario.objectives[static_cast<std::size_t>(axis.objective)];
  AxisCells cells;
  ABATIS_TRY(cells.sources, entry_cells(scenario, terrain, entry));
  const std::size_t border = cells.sources.size();
  std::erase_if(cells.sources, [&](Cell c) { return !passable(speed, c); });
  std::sort(cells.sources.begin(), cells.sources.end());
  if (cells.sources.empty()) {
    return input_error(fmt::format("entry '{}' has {} border cells, and none is passable for {}",
                                   entry.id, border, mover_season(scenario, speed)),
                       at(entry.where, entry.id),
                       "enlarge `within` so that it holds a road or open ground");
  }
  ABATIS_TRY(cells.targets, target_cells(scenario, terrain, speed, objective));
  return cells;
}

Result<AxisCells> route_cells(const Scenario& scenario, const Terrain& terrain,
                              const SpeedRaster& speed, const OpenRoute& route) {
  AxisCells cells;
  ABATIS_TRY(cells.sources, target_cells(scenario, terrain, speed, route.from));
  std::sort(cells.sources.begin(), cells.sources.end());
  ABATIS_TRY(cells.targets, target_cells(scenario, terrain, speed, route.to));
  return cells;
}

Raster<std::int32_t> natural_barriers(const Terrain& terrain) {
  Raster<std::int32_t> ids(terrain.grid, 0);
  for (std::size_t i = 0; i < ids.values.size(); ++i) {
    const std::uint8_t n = terrain.natural.values[i];
    if (n != 0 && !is_nodata(n) && terrain.bridge.values[i] == kNoCrossing) ids.values[i] = n;
  }
  return ids;
}

std::vector<double> natural_delays(const Mobility& mobility, int speed) {
  std::vector<double> delays{0.0};
  const auto& by_natural = mobility.natural_delay_s[static_cast<std::size_t>(speed)];
  delays.insert(delays.end(), by_natural.begin(), by_natural.end());
  return delays;
}

Error cut_off(const Scenario& scenario, const Case& one) {
  const auto& axis = scenario.axes[static_cast<std::size_t>(one.axis)];
  const auto& catalogue = scenario.catalogue;
  return {
      ErrorCode::input,
      fmt::format("axis \"{}\" is cut off: no way from \"{}\" to \"{}\" for {} in season {}",
                  axis.id, scenario.entries[static_cast<std::size_t>(axis.entry)].id,
                  scenario.objectives[static_cast<std::size_t>(axis.objective)].id,
                  catalogue.movers[static_cast<std::size_t>(one.mover)].id,
                  catalogue.seasons[static_cast<std::size_t>(one.season)].id),
      axis.where,
      "look at the speed rasters (`abatis mobility`); move the entry or the objective, or leave "
      "the mover or season out"};
}

}  // namespace abatis
