#pragma once
// States, sides, and the distance from the border between them.

#include <vector>

#include "abatis/terrain/terrain.hpp"

namespace abatis::terrain_detail {

// 1 + index into (friendly ++ adversary) by the state polygons; 0 elsewhere. Lakes and rivers that
// no state's polygon covers (land polygons leave border waters out) go to the nearest state by
// steps, up to 5 km from land; the sea and other states stay 0.
Raster<std::uint8_t> states_of(const Scenario& scenario, const Layer& states,
                               const Raster<std::uint8_t>& water, std::vector<CellNote>& notes);

Raster<std::uint8_t> sides_of(const Scenario& scenario, const Raster<std::uint8_t>& state);

// 1 on cells of either side that are 4-adjacent to a cell of the other.
Raster<std::uint8_t> border_of(const Raster<std::uint8_t>& side);

// Errors: no border on the grid; more than 5 % of the border cells of unknown elevation or cover.
Status check_border(const Scenario& scenario, const Terrain& terrain,
                    const Raster<std::uint8_t>& border);

}  // namespace abatis::terrain_detail
