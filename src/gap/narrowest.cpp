#include "narrowest.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis::gap_detail {
namespace {

// Squared distance between centres in cells: exact.
std::int64_t squared(const Grid& grid, Cell a, Cell b) {
  const std::int64_t dr = grid.row_of(a) - grid.row_of(b);
  const std::int64_t dc = grid.col_of(a) - grid.col_of(b);
  return dr * dr + dc * dc;
}

struct Pair {
  std::int64_t squared = INT64_MAX;
  Cell a = kNoCell, b = kNoCell;
};

// The nearest cell of `to` that is nearer than `best` and seen from `a`.
void improve(const GapGround& ground, Cell a, const std::vector<Cell>& to, Pair& best) {
  const Grid& grid = ground.half.grid;
  std::vector<std::pair<std::int64_t, Cell>> nearer;
  for (const Cell b : to) {
    const std::int64_t d = squared(grid, a, b);
    if (d < best.squared) nearer.emplace_back(d, b);
  }
  std::sort(nearer.begin(), nearer.end());
  for (const auto& [d, b] : nearer) {
    if (!straight_passes(ground.half, a, b)) continue;
    best = {d, a, b};
    return;
  }
}

// The part of the segment between two centres that lies outside its end cells.
void clip_to_edges(const Grid& grid, const Pair& pair, GapLine& line) {
  const Point from = grid.centre(pair.a), to = grid.centre(pair.b);
  const double longer = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y)) / grid.cell;
  const double t = 0.5 / longer;
  const auto at = [&](double s) {
    return Point{from.x + s * (to.x - from.x), from.y + s * (to.y - from.y)};
  };
  line.line = {at(t), at(1 - t)};
  line.length_m = (1 - 2 * t) * std::sqrt(static_cast<double>(pair.squared)) * grid.cell;
}

// Why there can be no line at all, or "".
std::string no_line(const GapGround& ground) {
  if (ground.touching != kNoCell) return "the two hostile states touch: there is no land between";
  for (std::size_t side = 0; side < 2; ++side) {
    if (ground.hostile.at(side).empty()) {
      return side == 0 ? "the first hostile state does not border on the ground of the gap"
                       : "the second hostile state does not border on the ground of the gap";
    }
  }
  return {};
}

// Drops every vertex that a straight line over `open` cells can pass by, from the front.
std::vector<Cell> drawn_tight(const Raster<std::uint8_t>& open, const std::vector<Cell>& path) {
  std::vector<Cell> tight;
  for (std::size_t at = 0; at < path.size();) {
    tight.push_back(path[at]);
    std::size_t next = at + 1;
    for (std::size_t far = path.size() - 1; far > at + 1; --far) {
      if (straight_passes(open, path[at], path[far])) {
        next = far;
        break;
      }
    }
    at = next;
  }
  return tight;
}

std::vector<Cell> beside(const Raster<std::uint8_t>& open, const std::vector<Cell>& border) {
  const Grid& grid = open.grid;
  std::vector<Cell> cells;
  for (const Cell c : border) {
    const std::int32_t row = grid.row_of(c), col = grid.col_of(c);
    for (const auto& [dr, dc] : {std::pair{-1, 0}, {0, -1}, {0, 1}, {1, 0}}) {
      if (grid.inside(row + dr, col + dc) && open[grid.at(row + dr, col + dc)] != 0) {
        cells.push_back(grid.at(row + dr, col + dc));
      }
    }
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

}  // namespace

bool straight_passes(const Raster<std::uint8_t>& mask, Cell from, Cell to) {
  const Grid& grid = mask.grid;
  std::int32_t row = grid.row_of(from), col = grid.col_of(from);
  const std::int64_t rows = std::abs(grid.row_of(to) - row), cols = std::abs(grid.col_of(to) - col);
  const std::int32_t down = grid.row_of(to) > row ? 1 : -1;
  const std::int32_t right = grid.col_of(to) > col ? 1 : -1;
  const auto open = [&](std::int32_t r, std::int32_t c) { return mask[grid.at(r, c)] != 0; };
  // The line leaves a cell through the side it comes to first: compare (r + 1/2) / rows with
  // (c + 1/2) / cols in whole numbers.
  std::int64_t r = 0, c = 0;
  while (r < rows || c < cols) {
    const std::int64_t by_row = (2 * r + 1) * cols, by_col = (2 * c + 1) * rows;
    if (by_row == by_col) {
      if (!open(row + down, col) || !open(row, col + right)) return false;
    }
    if (by_row <= by_col) row += down, ++r;
    if (by_col <= by_row) col += right, ++c;
    if ((r < rows || c < cols) && !open(row, col)) return false;
  }
  return true;
}

GapLine narrowest_straight(const GapGround& ground) {
  GapLine line;
  line.why = no_line(ground);
  if (!line.why.empty()) return line;
  const Grid& grid = ground.half.grid;
  Raster<std::uint8_t> second(grid, 0);
  for (const Cell c : ground.hostile[1]) second[c] = 1;
  const Raster<float> away = distance_to(second);
  // Nearest first; none further than the best can be better. The lower bound is a float, so it is
  // given a cell of slack.
  std::vector<std::pair<float, Cell>> order;
  for (const Cell a : ground.hostile[0]) order.emplace_back(away[a], a);
  std::sort(order.begin(), order.end());
  Pair best;
  for (const auto& [least, a] : order) {
    if (best.a != kNoCell &&
        static_cast<double>(least) / grid.cell > std::sqrt(static_cast<double>(best.squared)) + 1) {
      break;
    }
    improve(ground, a, ground.hostile[1], best);
  }
  if (best.a == kNoCell) {
    line.why = "no straight line between the two passes through friendly ground alone";
    return line;
  }
  clip_to_edges(grid, best, line);
  return line;
}

GapLine narrowest_overland(const Terrain& terrain, const GapGround& ground) {
  GapLine line;
  line.why = no_line(ground);
  if (!line.why.empty()) return line;
  const Grid& grid = ground.half.grid;
  Raster<std::uint8_t> open(grid, 0);
  Raster<float> speed(grid, 0.0F);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (ground.half[c] == 0 || !is_dry(terrain, c)) continue;
    open[c] = 1;
    speed[c] = 1.0F;
  }
  const std::vector<Cell> sources = beside(open, ground.hostile[0]);
  const std::vector<Cell> targets = beside(open, ground.hostile[1]);
  const TimeField field = travel_time({.speed_mps = &speed}, sources,
                                      {.neighbours = 16, .targets = targets, .predecessors = true});
  const Cell target = nearest_target(field, targets);
  const std::vector<Cell> path =
      target == kNoCell ? std::vector<Cell>{} : least_time_path(field, target);
  if (path.empty()) {
    line.why = "no way over dry friendly ground leads from one hostile state to the other";
    return line;
  }
  // Half a cell at either end, from the centre to the hostile cell beside it.
  line.graph_length_m = field.time_s[static_cast<std::size_t>(target)] + grid.cell;
  for (const Cell c : drawn_tight(open, path)) line.line.push_back(grid.centre(c));
  line.length_m = grid.cell;
  for (std::size_t i = 1; i < line.line.size(); ++i) {
    line.length_m +=
        std::hypot(line.line[i].x - line.line[i - 1].x, line.line[i].y - line.line[i - 1].y);
  }
  return line;
}

}  // namespace abatis::gap_detail
