#pragma once
// Boxes that a scenario gives in degrees, on its grid.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"
#include "table_reader.hpp"

namespace abatis {

// Bounds in the grid's CRS of the box lon[0]..lon[1], lat[0]..lat[1] (degrees).
Result<Bounds> box_on_grid(const Grid& grid, const std::vector<double>& lon,
                           const std::vector<double>& lat);

// False, and an error, unless range[0] < range[1].
bool in_order(TableReader& r, std::string_view key, const std::vector<double>& range);

// "the region is x 380..530 km, y 5945..6065 km in EPSG:3346": for hints.
std::string region_text(const Grid& grid);

}  // namespace abatis
