#pragma once

#include <span>
#include <vector>

#include "abatis/geo/raster.hpp"

namespace abatis::terrain_detail {

struct InterceptLine {
  const std::vector<Point>* points = nullptr;
  double per_km = 0;  // slope intercepts added per km of it in a km2
};

// Slope intercept frequency of every cell: the lines' lengths in the square window of about 1 km
// around it (a whole, odd number of cells), each times its intercepts, over the area of the window
// that lies on the grid. O(length of lines / cell + cells).
Raster<float> intercepts_per_km(const Grid& grid, std::span<const InterceptLine> lines);

}  // namespace abatis::terrain_detail
