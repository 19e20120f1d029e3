#pragma once
// The rule of MODEL section 3 written down as plainly as possible, and searched with
// a heap. Slow, and independent of the code it checks.

#include <cmath>
#include <cstdlib>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "abatis/travel/travel.hpp"

namespace abatis::testing {

// Is there a move i -> j?
inline bool is_move(const TravelInput& input, int neighbours, Cell i, Cell j) {
  const Grid& grid = input.speed_mps->grid;
  const int dr = grid.row_of(j) - grid.row_of(i);
  const int dc = grid.col_of(j) - grid.col_of(i);
  const int far = std::max(std::abs(dr), std::abs(dc));
  const int near = std::min(std::abs(dr), std::abs(dc));
  const auto speed = [&](Cell c) { return static_cast<double>((*input.speed_mps)[c]); };
  const auto barrier = [&](Cell c) { return input.barrier == nullptr ? 0 : (*input.barrier)[c]; };
  if (!(speed(i) > 0) || !(speed(j) > 0)) return false;
  if (far == 1) return true;
  const bool knight = neighbours >= 16 && far == 2 && near == 1;
  const bool longer = neighbours == 32 && far == 3 && (near == 1 || near == 2);
  if (!knight && !longer) return false;
  // Walk along the move in small steps: every cell whose inside it comes into must be open.
  constexpr int kSteps = 97;
  for (int k = 1; k < kSteps; ++k) {
    const double row = grid.row_of(i) + 0.5 + dr * static_cast<double>(k) / kSteps;
    const double col = grid.col_of(i) + 0.5 + dc * static_cast<double>(k) / kSteps;
    const Cell c = grid.at(static_cast<int>(row), static_cast<int>(col));
    if (!(speed(c) > 0) || barrier(c) != barrier(i)) return false;
  }
  return true;
}

// When a mover that leaves i at `leave` stands on j (or, `reverse`, how long one on j needs that
// needs `leave` from i); kUnreachable when there is no such move.
inline double arrival(const TravelInput& input, int neighbours, double leave, Cell i, Cell j,
                      bool reverse = false) {
  if (!is_move(input, neighbours, i, j)) return kUnreachable;
  const Grid& grid = input.speed_mps->grid;
  const int dr = grid.row_of(j) - grid.row_of(i);
  const int dc = grid.col_of(j) - grid.col_of(i);
  const double cells = std::sqrt(static_cast<double>(dr * dr + dc * dc));
  const auto half = [&](Cell c) {
    return grid.cell / 2.0 * (1.0 / static_cast<double>((*input.speed_mps)[c]));
  };
  const auto barrier = [&](Cell c) { return input.barrier == nullptr ? 0 : (*input.barrier)[c]; };
  const Cell from = reverse ? j : i;
  const Cell to = reverse ? i : j;
  double delay = 0.0;
  if (barrier(to) != 0 && barrier(to) != barrier(from)) {
    delay = input.delay_s[static_cast<std::size_t>(barrier(to))];
  }
  if (input.slope.elevation_m == nullptr) {
    return (leave + cells * half(i)) + (cells * half(j) + delay);
  }
  const double rise = static_cast<double>((*input.slope.elevation_m)[to]) -
                      static_cast<double>((*input.slope.elevation_m)[from]);
  const double slope = rise / (cells * grid.cell);
  if (std::isnan(slope)) return kUnreachable;
  const auto& at = input.slope.slope;
  const auto& pace = input.slope.pace;
  double factor = slope < at.front() ? pace.front() : pace.back();
  for (std::size_t k = 0; k + 1 < at.size(); ++k) {
    if (slope >= at[k] && slope < at[k + 1]) {
      factor = pace[k] + (slope - at[k]) / (at[k + 1] - at[k]) * (pace[k + 1] - pace[k]);
    }
  }
  return leave + (cells * (half(i) + half(j)) * factor + delay);
}

// Dijkstra's algorithm with a heap over that rule. `reverse`: times to the sources.
inline std::vector<double> plain_times(const TravelInput& input, int neighbours,
                                       const std::vector<Cell>& sources, bool reverse) {
  const Grid& grid = input.speed_mps->grid;
  std::vector<double> time(grid.size(), kUnreachable);
  using Waiting = std::pair<double, Cell>;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
  for (const Cell c : sources) {
    if (!((*input.speed_mps)[c] > 0)) continue;
    time[static_cast<std::size_t>(c)] = 0;
    waiting.push({0.0, c});
  }
  const int reach = neighbours == 8 ? 1 : neighbours == 16 ? 2 : 3;
  while (!waiting.empty()) {
    const auto [leave, i] = waiting.top();
    waiting.pop();
    if (leave > time[static_cast<std::size_t>(i)]) continue;
    for (int dr = -reach; dr <= reach; ++dr) {
      for (int dc = -reach; dc <= reach; ++dc) {
        if (!grid.inside(grid.row_of(i) + dr, grid.col_of(i) + dc)) continue;
        const Cell j = grid.at(grid.row_of(i) + dr, grid.col_of(i) + dc);
        if (time[static_cast<std::size_t>(j)] <= leave) continue;
        const double t = arrival(input, neighbours, leave, i, j, reverse);
        if (!(t < time[static_cast<std::size_t>(j)])) continue;
        time[static_cast<std::size_t>(j)] = t;
        waiting.push({t, j});
      }
    }
  }
  return time;
}

}  // namespace abatis::testing
