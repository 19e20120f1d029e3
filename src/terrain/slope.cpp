#include "slope.hpp"

#include <cmath>

#include "abatis/base/parallel.hpp"

namespace abatis::terrain_detail {
namespace {

// Elevation one step away; beyond the edge the surface goes on as on the other side.
double step_from(const Raster<float>& z, std::int32_t row, std::int32_t col, std::int32_t dr,
                 std::int32_t dc) {
  const Grid& grid = z.grid;
  const auto at = [&](std::int32_t r, std::int32_t c) {
    return static_cast<double>(z[grid.at(r, c)]);
  };
  if (grid.rows == 1) dr = 0;  // nothing to go on from: level in that direction
  if (grid.cols == 1) dc = 0;
  const bool row_in = row + dr >= 0 && row + dr < grid.rows;
  const bool col_in = col + dc >= 0 && col + dc < grid.cols;
  if (row_in && col_in) return at(row + dr, col + dc);
  const std::int32_t back_row = row_in ? row + dr : row - dr;
  const std::int32_t back_col = col_in ? col + dc : col - dc;
  // Mirror only the direction that leaves the grid, about the last cell in that direction.
  const std::int32_t pivot_row = row_in ? row + dr : row;
  const std::int32_t pivot_col = col_in ? col + dc : col;
  return 2.0 * at(pivot_row, pivot_col) - at(back_row, back_col);
}

}  // namespace

Raster<float> slope_percent(const Raster<float>& elevation_m, double amplification, int threads) {
  const Grid& grid = elevation_m.grid;
  Raster<float> out(grid, nodata<float>());
  // Central differences span two cells, and the weights sum to 4.
  const double percent_per_metre = 100.0 * amplification / (8.0 * grid.cell);
  parallel_for(static_cast<std::size_t>(grid.rows), threads, [&](std::size_t r) {
    const auto row = static_cast<std::int32_t>(r);
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      const auto z = [&](std::int32_t dr, std::int32_t dc) {
        return step_from(elevation_m, row, col, dr, dc);
      };
      if (is_nodata(elevation_m[grid.at(row, col)])) continue;
      const double nw = z(-1, -1), n = z(-1, 0), ne = z(-1, 1);
      const double w = z(0, -1), e = z(0, 1);
      const double sw = z(1, -1), s = z(1, 0), se = z(1, 1);
      const double dx = (ne + 2 * e + se) - (nw + 2 * w + sw);
      const double dy = (sw + 2 * s + se) - (nw + 2 * n + ne);
      out[grid.at(row, col)] = static_cast<float>(percent_per_metre * std::sqrt(dx * dx + dy * dy));
    }
  });
  return out;
}

}  // namespace abatis::terrain_detail
