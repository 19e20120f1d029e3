#pragma once
// The rule of MODEL section 3 written down as plainly as possible, and relaxed until nothing
// changes (Bellman-Ford). Slow, and independent of the code it checks.

#include <cmath>
#include <cstdlib>
#include <vector>

#include "abatis/travel/travel.hpp"

namespace abatis::testing {

// Cost of the move i -> j, or kUnreachable when there is no such move.
inline double move_cost(const TravelInput& input, int neighbours, Cell i, Cell j) {
  const Grid& grid = input.speed_mps->grid;
  const int dr = grid.row_of(j) - grid.row_of(i);
  const int dc = grid.col_of(j) - grid.col_of(i);
  const int far = std::max(std::abs(dr), std::abs(dc));
  const int near = std::min(std::abs(dr), std::abs(dc));
  const bool one = far == 1;
  const bool knight = neighbours == 16 && far == 2 && near == 1;
  if (!one && !knight) return kUnreachable;
  const auto speed = [&](Cell c) { return static_cast<double>((*input.speed_mps)[c]); };
  const auto barrier = [&](Cell c) { return input.barrier == nullptr ? 0 : (*input.barrier)[c]; };
  if (!(speed(i) > 0) || !(speed(j) > 0)) return kUnreachable;
  if (knight) {
    for (int r = std::min(0, dr); r <= std::max(0, dr); ++r) {
      for (int c = std::min(0, dc); c <= std::max(0, dc); ++c) {
        // Of the 2 x 3 block, the two cells whose centre lies within half a cell of the move.
        const double off = std::abs(r * dc - c * dr) / std::sqrt(5.0);
        if (off > 0.5) continue;
        const Cell between = grid.at(grid.row_of(i) + r, grid.col_of(i) + c);
        if (!(speed(between) > 0) || barrier(between) != barrier(i)) return kUnreachable;
      }
    }
    if (barrier(i) != barrier(j)) return kUnreachable;
  }
  const double half = grid.cell * std::sqrt(static_cast<double>(dr * dr + dc * dc)) / 2.0;
  double cost = half * (1.0 / speed(i) + 1.0 / speed(j));
  if (barrier(j) != 0 && barrier(j) != barrier(i)) {
    cost += input.delay_s[static_cast<std::size_t>(barrier(j))];
  }
  return cost;
}

// `reverse`: times to the sources instead of from them.
inline std::vector<double> oracle_times(const TravelInput& input, int neighbours,
                                        const std::vector<Cell>& sources, bool reverse) {
  const Grid& grid = input.speed_mps->grid;
  std::vector<double> time(grid.size(), kUnreachable);
  for (const Cell c : sources) {
    if ((*input.speed_mps)[c] > 0) time[static_cast<std::size_t>(c)] = 0;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (Cell i = 0; i < static_cast<Cell>(grid.size()); ++i) {
      if (time[static_cast<std::size_t>(i)] == kUnreachable) continue;
      for (int dr = -2; dr <= 2; ++dr) {
        for (int dc = -2; dc <= 2; ++dc) {
          if (!grid.inside(grid.row_of(i) + dr, grid.col_of(i) + dc)) continue;
          const Cell j = grid.at(grid.row_of(i) + dr, grid.col_of(i) + dc);
          const double cost =
              reverse ? move_cost(input, neighbours, j, i) : move_cost(input, neighbours, i, j);
          const double t = time[static_cast<std::size_t>(i)] + cost;
          if (t < time[static_cast<std::size_t>(j)]) {
            time[static_cast<std::size_t>(j)] = t;
            changed = true;
          }
        }
      }
    }
  }
  return time;
}

}  // namespace abatis::testing
