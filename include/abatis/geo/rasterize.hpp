#pragma once
// Vector shapes onto cells, and cells back to shapes. Pure functions, deterministic.

#include <cstdint>
#include <functional>
#include <vector>

#include "abatis/geo/grid.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis {

// The cells a polyline passes through, as a 4-connected chain in order along it (Amanatides &
// Woo traversal; where it passes exactly through a corner, the cell to the side of the column is
// taken first). Parts outside the grid are skipped; so a chain may have gaps only there.
// Consecutive duplicates are removed.
std::vector<Cell> cells_of_line(const Grid& grid, const std::vector<Point>& line);

// Calls visit(cell) for each cell whose centre is inside the polygon (even-odd), row by row.
void for_each_cell_inside(const Grid& grid, const Geometry& polygon,
                          const std::function<void(Cell)>& visit);

// Straight-line distance (m) from every cell centre to the nearest cell with mask != 0, exact
// (Felzenszwalb & Huttenlocher 2012); infinity when the mask is empty. O(cells).
Raster<float> distance_to(const Raster<std::uint8_t>& mask);

// Labels of 4-connected components of mask != 0, from 1 in row-major order of first cell; 0 = off.
Raster<std::int32_t> connected_components(const Raster<std::uint8_t>& mask, int* count = nullptr);

// Outline of a set of cells as polygon rings along cell edges (even-odd).
Geometry outline_of_cells(const Grid& grid, const std::vector<Cell>& cells);

// Isolines of a field at `level` by marching squares; polylines, joined. Cells that are nodata
// are not crossed.
Geometry contour(const Raster<float>& field, double level);

// Douglas-Peucker with tolerance in metres; endpoints kept.
std::vector<Point> simplify(const std::vector<Point>& line, double tolerance_m);

// Part of a polyline between two distances along it (m).
std::vector<Point> substring(const std::vector<Point>& line, double from_m, double to_m);

}  // namespace abatis
