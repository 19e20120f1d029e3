// Where an axis starts and ends, and what barriers cost: what later rooms ask of this one.

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "abatis/measures/sites.hpp"

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
    return input_error(fmt::format("no cell within {:.0f} m of objective '{}' can be reached by {}",
                                   std::max(objective.radius_m, grid.cell), objective.id,
                                   mover_season(scenario, speed)),
                       at(objective.where, objective.id),
                       "enlarge radius_m, or move the objective to a road");
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

std::vector<double> barrier_delays(const SiteSet& sites, const Mobility& mobility, int speed_index,
                                   const std::vector<double>& site_delay_s) {
  const auto& natural = mobility.natural_delay_s[static_cast<std::size_t>(speed_index)];
  std::vector<double> delays(static_cast<std::size_t>(sites.barrier_count()), 0.0);
  const auto naturals = static_cast<std::size_t>(sites.naturals);
  for (std::size_t n = 0; n < naturals && n < natural.size(); ++n) delays[n + 1] = natural[n];
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const int on = sites.sites[s].natural;
    const double today = on > 0 ? natural[static_cast<std::size_t>(on - 1)] : 0.0;
    delays[naturals + 1 + s] = today + (s < site_delay_s.size() ? site_delay_s[s] : 0.0);
  }
  return delays;
}

void apply_felling(const SiteSet& sites, Mobility& mobility) {
  const Felling& felling = sites.felling;
  for (std::size_t k = 0; k < felling.speed_mps.size() && k < mobility.speeds.size(); ++k) {
    Raster<float>& speed = mobility.speeds[k].speed_mps;
    for (std::size_t i = 0; i < felling.cells.size(); ++i) {
      speed[felling.cells[i]] = felling.speed_mps[k][i];
    }
  }
}

double deepening_volume_m3_per_km(const DitchSection& before, const DitchSection& after) {
  return std::max(0.0, after.area_m2() - before.area_m2()) * 1000.0;
}

bool section_stops(const DitchSection& section, const Mover& mover) {
  if (!section.given()) return false;
  if (mover.trench_width_m >= section.top_m) return false;
  if (mover.step_height_m >= section.depth_m) return false;
  const double half = (section.top_m - section.bottom_m) / 2;
  // A bank of the mover's own climbing ability is driven, down and up again.
  return half <= 0 || 100 * section.depth_m / half > mover.slope_on_percent;
}

}  // namespace abatis
