#pragma once
// A region is one grid: a CRS, an origin, square cells, rows x cols. Row 0 is the northern row.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace abatis {

struct Point {
  double x = 0.0;
  double y = 0.0;
  bool operator==(const Point&) const = default;
};

struct Bounds {
  double min_x = 0.0, min_y = 0.0, max_x = 0.0, max_y = 0.0;
  bool operator==(const Bounds&) const = default;
  bool contains(Point p) const {
    return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y;
  }
  bool intersects(const Bounds& o) const {
    return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
  }
  Bounds grown(double by) const { return {min_x - by, min_y - by, max_x + by, max_y + by}; }
};

// EPSG code of degrees of longitude and latitude.
inline constexpr int kWgs84 = 4326;

// Index of a cell in row-major order. 32 bits hold 2.1 thousand million cells.
using Cell = std::int32_t;
inline constexpr Cell kNoCell = -1;

struct Grid {
  int epsg = 0;           // CRS by EPSG code, projected, metres
  double origin_x = 0.0;  // west edge, m
  double origin_y = 0.0;  // north edge, m
  double cell = 0.0;      // cell edge, m
  std::int32_t rows = 0;
  std::int32_t cols = 0;

  bool operator==(const Grid&) const = default;
  std::size_t size() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  }
  Cell at(std::int32_t row, std::int32_t col) const { return row * cols + col; }
  std::int32_t row_of(Cell c) const { return c / cols; }
  std::int32_t col_of(Cell c) const { return c % cols; }
  bool inside(std::int32_t row, std::int32_t col) const {
    return row >= 0 && row < rows && col >= 0 && col < cols;
  }
  Point centre(Cell c) const {
    return {origin_x + (col_of(c) + 0.5) * cell, origin_y - (row_of(c) + 0.5) * cell};
  }
  // The cell that holds a point, or nothing outside the grid.
  std::optional<Cell> cell_at(Point p) const {
    const double col = std::floor((p.x - origin_x) / cell);
    const double row = std::floor((origin_y - p.y) / cell);
    if (!(col >= 0 && row >= 0 && col < cols && row < rows)) return std::nullopt;
    return at(static_cast<std::int32_t>(row), static_cast<std::int32_t>(col));
  }
  Bounds bounds() const {
    return {origin_x, origin_y - rows * cell, origin_x + cols * cell, origin_y};
  }
};

}  // namespace abatis
