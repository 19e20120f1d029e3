#include "intercepts.hpp"

#include <algorithm>
#include <cmath>

namespace abatis::terrain_detail {
namespace {

constexpr double kWindowM = 1000.0;

// Adds the length of a line (km, times its weight) to the cells it passes, in pieces of a quarter
// of a cell: in a window of 1 km the misplacement is at most an eighth of a cell at its rim.
void add_line(const InterceptLine& line, Raster<float>& weighted_km) {
  const Grid& grid = weighted_km.grid;
  const Bounds bounds = grid.bounds();
  for (std::size_t i = 0; i + 1 < line.points->size(); ++i) {
    const Point a = (*line.points)[i];
    const Point b = (*line.points)[i + 1];
    const Bounds box{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x),
                     std::max(a.y, b.y)};
    if (!bounds.intersects(box)) continue;
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (!std::isfinite(length)) continue;
    const double pieces = std::max(1.0, std::ceil(4.0 * length / grid.cell));
    const auto weight = static_cast<float>(line.per_km * length / 1000.0 / pieces);
    for (double k = 0; k < pieces; ++k) {
      const double t = (k + 0.5) / pieces;
      const auto cell = grid.cell_at({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
      if (cell) weighted_km[*cell] += weight;
    }
  }
}

// Sums of a row or column over [i - reach, i + reach], in place. `stride` apart, `count` long.
void window_sums(float* values, std::size_t count, std::size_t stride, std::size_t reach,
                 std::vector<double>& before) {
  before.assign(count + 1, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    before[i + 1] = before[i] + static_cast<double>(values[i * stride]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t low = i > reach ? i - reach : 0;
    const std::size_t high = std::min(count, i + reach + 1);
    values[i * stride] = static_cast<float>(before[high] - before[low]);
  }
}

}  // namespace

Raster<float> intercepts_per_km(const Grid& grid, std::span<const InterceptLine> lines) {
  Raster<float> out(grid, 0.0F);
  for (const InterceptLine& line : lines) {
    if (line.per_km > 0) add_line(line, out);
  }
  const auto rows = static_cast<std::size_t>(grid.rows);
  const auto cols = static_cast<std::size_t>(grid.cols);
  const auto reach = static_cast<std::size_t>(std::lround((kWindowM / grid.cell - 1) / 2));
  std::vector<double> before;
  for (std::size_t r = 0; r < rows; ++r) {
    window_sums(out.values.data() + r * cols, cols, 1, reach, before);
  }
  for (std::size_t c = 0; c < cols; ++c) {
    window_sums(out.values.data() + c, rows, cols, reach, before);
  }
  const auto span = [&](std::size_t i, std::size_t count) {
    return static_cast<double>(std::min(count, i + reach + 1) - (i > reach ? i - reach : 0));
  };
  const double cell_km2 = grid.cell * grid.cell / 1e6;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      float& value = out.values[r * cols + c];
      value = static_cast<float>(static_cast<double>(value) /
                                 (span(r, rows) * span(c, cols) * cell_km2));
    }
  }
  return out;
}

}  // namespace abatis::terrain_detail
