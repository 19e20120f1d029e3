#pragma once
// The near-optimal set: the cells of ways at most (1 + slack) times the least time (MODEL
// section 3), with the least ways through each of them.
//
//   NearOptimal set = near_optimal(input, sources, targets, 0.10);
//   if (!set.reached()) ...          // no way at all
//   set.holds(c), set.slack(c)       // 0 on a least way, at most 0.10
//   set.way_through(c)               // the least way over c, source first
//
// It lives on the window of the region's grid that holds it, with one cell to spare on each side,
// so later steps cost what the corridor is large, not what the region is.

#include <span>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {

struct NearOptimal {
  double best_s = kUnreachable;               // least time from a source to a target
  double limit_s = kUnreachable;              // (1 + slack) best
  Grid grid;                                  // the window
  std::int32_t first_row = 0, first_col = 0;  // of the window in the region's grid; may be -1
  std::vector<double> from_s, to_s;           // by cell of the window; kUnreachable outside the set
  std::vector<Cell> back, onward;  // the cell before and after on a least way; kNoCell at its ends
  std::vector<Cell> sources, targets;  // those in the set

  bool reached() const { return best_s < kUnreachable; }
  bool holds(Cell c) const { return from_s[static_cast<std::size_t>(c)] < kUnreachable; }
  double time_s(Cell c) const {  // of the least way over c
    return from_s[static_cast<std::size_t>(c)] + to_s[static_cast<std::size_t>(c)];
  }
  double slack(Cell c) const { return time_s(c) / best_s - 1; }
  // How far along the way a cell lies: (1 + (T_from - T_to) / best) / 2. At most 0 at a source, at
  // least 1 at a target, and never falling along a least way over any cell. It runs straight across
  // a corridor: a cell beside a road is as far along as the road cell it is reached from.
  double progress(Cell c) const {
    const auto i = static_cast<std::size_t>(c);
    return (1 + (from_s[i] - to_s[i]) / best_s) / 2;
  }
  std::vector<Cell> way_through(Cell c) const;
};

// Cells with T_from + T_to <= (1 + slack) best, up to the rounding of the sums. Every such cell
// lies on a way within the limit, and that way lies in the set. Sources and targets are cells of
// the input's grid; impassable ones are left out. Nothing is held when no target is reached, or
// when a target is a source (best = 0). Time: three searches of the region (travel_time), stopped
// at the limit. Memory: those of the searches, then 24 bytes a cell of the window. The same bits
// whenever it is called. std::invalid_argument: as travel_time; a slack that is negative or not
// finite.
NearOptimal near_optimal(const TravelInput& input, std::span<const Cell> sources,
                         std::span<const Cell> targets, double slack, int neighbours = 8);

// The eight cells around one, those off the grid left out.
template <class Visit>
void for_each_beside(const Grid& grid, Cell c, Visit visit) {
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  for (std::int32_t r = row - 1; r <= row + 1; ++r) {
    for (std::int32_t k = col - 1; k <= col + 1; ++k) {
      if ((r != row || k != col) && grid.inside(r, k)) visit(grid.at(r, k));
    }
  }
}

}  // namespace abatis
