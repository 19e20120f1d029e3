#include "abatis/geo/rasterize.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

namespace abatis {
namespace {

// A segment in cells: u east, v south, from the north-west corner of the grid.
struct Segment {
  double u0, v0, u1, v1;
};

struct Stretch {
  double from, to;  // share of the segment that lies on the grid
};

// Liang & Barsky (1984) against [0, cols] x [0, rows].
std::optional<Stretch> on_grid(const Segment& s, double cols, double rows) {
  Stretch part{0.0, 1.0};
  const double du = s.u1 - s.u0;
  const double dv = s.v1 - s.v0;
  const std::array<double, 4> p{-du, du, -dv, dv};
  const std::array<double, 4> q{s.u0, cols - s.u0, s.v0, rows - s.v0};
  for (std::size_t i = 0; i < 4; ++i) {
    if (p[i] == 0.0) {
      if (q[i] < 0.0) return std::nullopt;
    } else if (p[i] < 0.0) {
      part.from = std::max(part.from, q[i] / p[i]);
    } else {
      part.to = std::min(part.to, q[i] / p[i]);
    }
  }
  if (part.from > part.to) return std::nullopt;
  return part;
}

std::int32_t cell_index(double position, std::int32_t count) {
  return static_cast<std::int32_t>(
      std::clamp(std::floor(position), 0.0, static_cast<double>(count - 1)));
}

// Amanatides & Woo (1987) with crossings computed from the segment itself, not accumulated, and a
// known number of steps each way: rounding can neither lose the end cell nor run away.
void traverse(const Grid& grid, const Segment& s, std::vector<Cell>& chain) {
  const auto part = on_grid(s, grid.cols, grid.rows);
  if (!part) return;
  const double du = s.u1 - s.u0;
  const double dv = s.v1 - s.v0;
  // Touching the far edge only: the cells beyond are not ours.
  const auto at = [&](double t) { return Point{s.u0 + t * du, s.v0 + t * dv}; };
  const Point first = part->from == 0.0 ? Point{s.u0, s.v0} : at(part->from);
  const Point end = part->to == 1.0 ? Point{s.u1, s.v1} : at(part->to);
  if (std::min(first.x, end.x) >= grid.cols || std::min(first.y, end.y) >= grid.rows) return;
  std::int32_t col = cell_index(first.x, grid.cols);
  std::int32_t row = cell_index(first.y, grid.rows);
  const std::int32_t last_col = cell_index(end.x, grid.cols);
  const std::int32_t last_row = cell_index(end.y, grid.rows);
  const std::int32_t step_col = last_col > col ? 1 : -1;
  const std::int32_t step_row = last_row > row ? 1 : -1;
  const auto add = [&] {
    const Cell c = grid.at(row, col);
    if (chain.empty() || chain.back() != c) chain.push_back(c);
  };
  add();
  while (col != last_col || row != last_row) {
    bool sideways = row == last_row;
    if (!sideways && col != last_col) {
      const double next_u = step_col > 0 ? col + 1 : col;
      const double next_v = step_row > 0 ? row + 1 : row;
      // (next_u - u0) / du <= (next_v - v0) / dv, without dividing
      sideways =
          (next_u - s.u0) * step_col * std::abs(dv) <= (next_v - s.v0) * step_row * std::abs(du);
    }
    if (sideways) {
      col += step_col;
    } else {
      row += step_row;
    }
    add();
  }
}

bool finite(Point p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

struct Crossing {
  std::int32_t row;
  double x;
  bool operator<(const Crossing& o) const { return row != o.row ? row < o.row : x < o.x; }
};

// Where an edge crosses the centre lines of rows, with the very expression that contains() uses.
void add_crossings(const Grid& grid, Point a, Point b, std::vector<Crossing>& crossings) {
  const double top = (grid.origin_y - std::max(a.y, b.y)) / grid.cell - 0.5;
  const double bottom = (grid.origin_y - std::min(a.y, b.y)) / grid.cell - 0.5;
  if (!(bottom >= -1.0) || !(top <= grid.rows)) return;
  const std::int32_t first = cell_index(top - 1.0, grid.rows);
  const std::int32_t last = cell_index(bottom + 1.0, grid.rows);
  for (std::int32_t row = first; row <= last; ++row) {
    const double y = grid.centre(grid.at(row, 0)).y;
    if ((a.y > y) == (b.y > y)) continue;
    crossings.push_back({row, a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)});
  }
}

// First column whose centre is at or to the right of x.
std::int32_t first_col_from(const Grid& grid, std::int32_t row, double x) {
  const double guess = std::ceil((x - grid.origin_x) / grid.cell - 0.5);
  auto col = static_cast<std::int32_t>(std::clamp(guess, 0.0, static_cast<double>(grid.cols)));
  while (col > 0 && grid.centre(grid.at(row, col - 1)).x >= x) --col;
  while (col < grid.cols && grid.centre(grid.at(row, col)).x < x) ++col;
  return col;
}

}  // namespace

std::vector<Cell> cells_of_line(const Grid& grid, const std::vector<Point>& line) {
  std::vector<Cell> chain;
  if (grid.size() == 0) return chain;
  const auto u = [&](Point p) { return (p.x - grid.origin_x) / grid.cell; };
  const auto v = [&](Point p) { return (grid.origin_y - p.y) / grid.cell; };
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (!finite(line[i]) || !finite(line[i + 1])) continue;
    traverse(grid, {u(line[i]), v(line[i]), u(line[i + 1]), v(line[i + 1])}, chain);
  }
  return chain;
}

void for_each_cell_inside(const Grid& grid, const Geometry& polygon,
                          const std::function<void(Cell)>& visit) {
  if (polygon.kind != GeometryKind::polygon || grid.size() == 0) return;
  std::vector<Crossing> crossings;
  for (const auto& ring : polygon.parts) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      if (finite(ring[i]) && finite(ring[i + 1])) {
        add_crossings(grid, ring[i], ring[i + 1], crossings);
      }
    }
  }
  std::sort(crossings.begin(), crossings.end());
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    const std::int32_t row = crossings[i].row;
    if (crossings[i + 1].row != row) {
      --i;  // an unclosed ring: take the next pair from the next row
      continue;
    }
    const std::int32_t end = first_col_from(grid, row, crossings[i + 1].x);
    for (std::int32_t col = first_col_from(grid, row, crossings[i].x); col < end; ++col) {
      visit(grid.at(row, col));
    }
  }
}

}  // namespace abatis
