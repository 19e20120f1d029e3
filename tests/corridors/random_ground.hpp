#pragma once
// Random ground with walls and delayed barriers, an entry in the west and an objective in the east,
// and its eight turns and reflections. Speeds are drawn from a continuum, so ties do not occur.

#include <array>
#include <cstdint>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/corridors/near_optimal.hpp"

namespace abatis::testing {

struct RandomGround {
  Raster<float> speed;
  Raster<std::int32_t> barrier;
  std::vector<double> delay_s;
  std::vector<Cell> sources, targets;

  explicit RandomGround(std::uint64_t seed, std::int32_t rows = 14, std::int32_t cols = 22) {
    Random random(seed, 1);
    const Grid grid{.epsg = 3346,
                    .origin_x = 0,
                    .origin_y = 100.0 * rows,
                    .cell = 100,
                    .rows = rows,
                    .cols = cols};
    speed = Raster<float>(grid, 0.0F);
    barrier = Raster<std::int32_t>(grid, 0);
    delay_s = {0, random.uniform(5, 60), random.uniform(5, 60)};
    const auto wall = static_cast<std::int32_t>(cols / 2 - 1 + static_cast<int>(random.below(3)));
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (random.uniform() < 0.88) speed[c] = static_cast<float>(random.uniform(5, 20));
      // A wall with a few gaps, and a barrier that must be crossed.
      if (grid.col_of(c) == wall && random.uniform() < 0.7) speed[c] = 0;
      if (grid.col_of(c) == wall + 4) barrier[c] = grid.row_of(c) < rows / 2 ? 1 : 2;
      if (grid.col_of(c) == 0) sources.push_back(c);
      if (grid.col_of(c) == cols - 1 && grid.row_of(c) % 5 == 2) targets.push_back(c);
    }
  }

  TravelInput input() const {
    return {.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s};
  }
  NearOptimal set(double slack, int neighbours = 8) const {
    return near_optimal(input(), sources, targets, slack, neighbours);
  }

  // Where a cell lies after turn `k` of 0..7: bit 2 transposes, bits 0 and 1 mirror.
  static Grid turned(const Grid& grid, int k) {
    Grid out = grid;
    if ((k & 4) != 0) {
      out.rows = grid.cols;
      out.cols = grid.rows;
      out.origin_y = out.cell * out.rows;
    }
    return out;
  }
  static Cell turned(const Grid& grid, int k, Cell c) {
    std::int32_t row = grid.row_of(c);
    std::int32_t col = grid.col_of(c);
    if ((k & 1) != 0) row = grid.rows - 1 - row;
    if ((k & 2) != 0) col = grid.cols - 1 - col;
    return (k & 4) != 0 ? turned(grid, k).at(col, row) : grid.at(row, col);
  }
  RandomGround turned(int k) const {
    RandomGround out = *this;
    const Grid& grid = speed.grid;
    out.speed = Raster<float>(turned(grid, k), 0.0F);
    out.barrier = Raster<std::int32_t>(turned(grid, k), 0);
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      out.speed[turned(grid, k, c)] = speed[c];
      out.barrier[turned(grid, k, c)] = barrier[c];
    }
    for (Cell& c : out.sources) c = turned(grid, k, c);
    for (Cell& c : out.targets) c = turned(grid, k, c);
    return out;
  }
};

// The cell of the region that a cell of the window is.
inline Cell in_region(const NearOptimal& set, const Grid& region, Cell c) {
  return region.at(set.grid.row_of(c) + set.first_row, set.grid.col_of(c) + set.first_col);
}

}  // namespace abatis::testing
