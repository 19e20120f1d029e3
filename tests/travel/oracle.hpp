#pragma once
// Least times on the grid graph by the rule of MODEL section 3, written down as plainly as possible
// and relaxed until nothing changes (Bellman-Ford). Slow, and independent of every kernel: it takes
// bare arrays, and finds the cells under a move by walking along the segment.
//
//   oracle_times({.rows = 3, .cols = 3, .friction = f}, 16, {0})
//
// A move of length l from i to j takes l (f_i + f_j) / 2 [times the directional factor of its
// signed slope]; entering a barrier from a cell that is not of it adds its delay. A move longer
// than a diagonal is allowed only where every cell whose interior the segment between the two
// centres touches is passable and of the same barrier.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace abatis::testing {

inline constexpr double kNever = std::numeric_limits<double>::infinity();

struct OracleInput {
  std::int32_t rows = 0, cols = 0;
  double cell = 1.0;                  // edge, m
  std::vector<double> friction = {};  // s/m by cell, row-major; NaN, infinite, < 0 = impassable
  std::vector<std::int32_t> barrier = {};  // by cell, 0 = none; empty = no barriers
  std::vector<double> delay_s = {};        // by barrier; infinite = a wall; [0] is not read
  std::vector<double> elevation = {};      // m by cell; empty = isotropic
  // Multiplies a move by its signed slope (rise over length, both in m); infinite = no such move.
  // A move between cells of which one has no elevation (NaN) does not exist.
  std::function<double(double)> slope_factor = {};

  std::int32_t at(std::int32_t row, std::int32_t col) const { return row * cols + col; }
  bool inside(std::int32_t row, std::int32_t col) const {
    return row >= 0 && row < rows && col >= 0 && col < cols;
  }
  bool passable(std::int32_t c) const {
    const double f = friction[static_cast<std::size_t>(c)];
    return f >= 0 && f < kNever;
  }
  std::int32_t barrier_of(std::int32_t c) const {
    return barrier.empty() ? 0 : barrier[static_cast<std::size_t>(c)];
  }
};

using Step = std::pair<int, int>;  // rows, cols

// The 8, 16 or 32 moves: one cell; and (1,2); and (1,3), (2,3), each in all signs and both orders.
inline std::vector<Step> oracle_steps(int neighbours) {
  std::vector<Step> steps;
  for (int dr = -3; dr <= 3; ++dr) {
    for (int dc = -3; dc <= 3; ++dc) {
      const int far = std::max(std::abs(dr), std::abs(dc));
      const int near = std::min(std::abs(dr), std::abs(dc));
      const bool one = far == 1;
      const bool knight = far == 2 && near == 1;
      const bool long_move = far == 3 && (near == 1 || near == 2);
      if (one || (knight && neighbours >= 16) || (long_move && neighbours >= 32)) {
        steps.emplace_back(dr, dc);
      }
    }
  }
  return steps;
}

// The cells, as steps from the first, whose interior the segment from (0, 0) to `step` passes
// through, both ends included: the segment is cut where it crosses an edge of cells, and the middle
// of each piece lies in one cell.
inline std::vector<Step> oracle_cells_under(Step step) {
  std::vector<double> cuts = {0.0, 1.0};
  for (const int d : {std::abs(step.first), std::abs(step.second)}) {
    for (int k = 0; k < d; ++k) cuts.push_back((2.0 * k + 1.0) / (2.0 * d));
  }
  std::sort(cuts.begin(), cuts.end());
  std::vector<Step> cells;
  for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
    if (cuts[k + 1] - cuts[k] < 1e-9) continue;  // through a corner: no piece
    const double t = (cuts[k] + cuts[k + 1]) / 2;
    cells.emplace_back(static_cast<int>(std::lround(t * step.first)),
                       static_cast<int>(std::lround(t * step.second)));
  }
  return cells;
}

// Time of the move of `step` from a cell, or kNever where there is no such move.
inline double oracle_move(const OracleInput& in, std::int32_t row, std::int32_t col, Step step) {
  const auto [dr, dc] = step;
  if (!in.inside(row + dr, col + dc)) return kNever;
  const std::int32_t i = in.at(row, col);
  const std::int32_t j = in.at(row + dr, col + dc);
  if (!in.passable(i) || !in.passable(j)) return kNever;
  if (std::max(std::abs(dr), std::abs(dc)) > 1) {
    for (const auto& [r, c] : oracle_cells_under(step)) {
      const std::int32_t under = in.at(row + r, col + c);
      if (!in.passable(under) || in.barrier_of(under) != in.barrier_of(i)) return kNever;
    }
  }
  const double length = in.cell * std::sqrt(static_cast<double>(dr * dr + dc * dc));
  double cost =
      length / 2.0 *
      (in.friction[static_cast<std::size_t>(i)] + in.friction[static_cast<std::size_t>(j)]);
  if (!in.elevation.empty()) {
    const double rise =
        in.elevation[static_cast<std::size_t>(j)] - in.elevation[static_cast<std::size_t>(i)];
    if (std::isnan(rise)) return kNever;
    const double factor = in.slope_factor(rise / length);
    if (factor == kNever) return kNever;
    cost *= factor;
  }
  const std::int32_t into = in.barrier_of(j);
  if (into != 0 && into != in.barrier_of(i)) cost += in.delay_s[static_cast<std::size_t>(into)];
  return cost;
}

// Least time by cell from the nearest source, kNever where none reaches it; with `reverse`, the
// time to the nearest source in the direction of travel. Sources on impassable cells are ignored.
inline std::vector<double> oracle_times(const OracleInput& in, int neighbours,
                                        const std::vector<std::int32_t>& sources,
                                        bool reverse = false) {
  const std::vector<Step> steps = oracle_steps(neighbours);
  std::vector<double> time(in.friction.size(), kNever);
  for (const std::int32_t c : sources) {
    if (in.passable(c)) time[static_cast<std::size_t>(c)] = 0.0;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::int32_t row = 0; row < in.rows; ++row) {
      for (std::int32_t col = 0; col < in.cols; ++col) {
        const double from = time[static_cast<std::size_t>(in.at(row, col))];
        if (from == kNever) continue;
        for (const Step& step : steps) {
          const std::int32_t to_row = row + step.first;
          const std::int32_t to_col = col + step.second;
          if (!in.inside(to_row, to_col)) continue;
          const double move = reverse ? oracle_move(in, to_row, to_col, {-step.first, -step.second})
                                      : oracle_move(in, row, col, step);
          double& there = time[static_cast<std::size_t>(in.at(to_row, to_col))];
          if (from + move < there) {
            there = from + move;
            changed = true;
          }
        }
      }
    }
  }
  return time;
}

}  // namespace abatis::testing
