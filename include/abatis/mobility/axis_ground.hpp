#pragma once
// The ground of one case: where its mover starts, where it must get to, and what natural barriers
// cost it. Every room that sends a mover over the grid takes it from here.

#include <cstdint>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Cells an axis starts from and leads to: passable for the mover and season of `speed`.
// Errors: an objective in water or an entry without passable cells, naming it and its place.
struct AxisCells {
  std::vector<Cell> sources, targets;
};
Result<AxisCells> axis_cells(const Scenario& scenario, const Terrain& terrain,
                             const SpeedRaster& speed, const Axis& axis);

// Where a route starts and ends, likewise.
Result<AxisCells> route_cells(const Scenario& scenario, const Terrain& terrain,
                              const SpeedRaster& speed, const OpenRoute& route);

// Natural barriers as barrier ids, before any site stands: 0 none, n = 1 + index into
// catalogue.naturals. Bridges carry over them: their cells are 0.
Raster<std::int32_t> natural_barriers(const Terrain& terrain);
// Delays (s) by those ids for one speed index; [0] is not used.
std::vector<double> natural_delays(const Mobility& mobility, int speed);

// The error of a case without any way, naming axis, entry, objective, mover and season.
Error cut_off(const Scenario& scenario, const Case& one);

}  // namespace abatis
