#include "predecessors.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/parallel.hpp"
#include "move_planes.hpp"
#include "moves.hpp"

namespace abatis::travel_detail {
namespace {

// The rule of travel.hpp for a single move.
class Arrival {
 public:
  Arrival(const TravelInput& input, bool reverse)
      : input_(input), grid_(input.speed_mps->grid), reverse_(reverse), half_(grid_.cell / 2.0) {}

  bool passable(Cell c) const { return (*input_.speed_mps)[c] > 0.0F; }

  // Time at j of a mover that leaves its neighbour i at `leave`; kUnreachable without such a move.
  double operator()(double leave, Cell i, Cell j, const Move& move) const {
    if (!passable(i) || !passable(j)) return kUnreachable;
    if (move.is_long() && !open(i, j, move)) return kUnreachable;
    const double factor = kFactor[static_cast<std::size_t>(move.kind)];
    const double delay = entering(i, j);
    if (input_.slope.elevation_m == nullptr) {
      return (leave + factor * slow(i)) + (factor * slow(j) + delay);
    }
    const double rise = static_cast<double>((*input_.slope.elevation_m)[j]) -
                        static_cast<double>((*input_.slope.elevation_m)[i]);
    const double slope = (reverse_ ? -rise : rise) / (factor * grid_.cell);
    if (std::isnan(slope)) return kUnreachable;
    return leave + (factor * (slow(i) + slow(j)) * pace_at(input_.slope, slope) + delay);
  }

 private:
  double slow(Cell c) const { return half_ * (1.0 / static_cast<double>((*input_.speed_mps)[c])); }
  std::int32_t barrier(Cell c) const {
    return input_.barrier == nullptr ? 0 : (*input_.barrier)[c];
  }
  double entering(Cell i, Cell j) const {
    const std::int32_t left = barrier(reverse_ ? j : i);
    const std::int32_t entered = barrier(reverse_ ? i : j);
    return entered == 0 || entered == left ? 0.0
                                           : input_.delay_s[static_cast<std::size_t>(entered)];
  }
  bool open(Cell i, Cell j, const Move& move) const {
    if (barrier(i) != barrier(j)) return false;
    return std::all_of(move.between.begin(), move.between.end(), [&](const Offset& o) {
      const Cell c = i + o.row * grid_.cols + o.col;
      return passable(c) && barrier(c) == barrier(i);
    });
  }

  const TravelInput& input_;
  Grid grid_;
  bool reverse_;
  double half_;
};

}  // namespace

std::vector<Cell> find_predecessors(const TravelInput& input, int neighbours, bool reverse,
                                    const std::vector<double>& time, int threads) {
  const Grid& grid = input.speed_mps->grid;
  const Arrival arrival(input, reverse);
  // Moves into a cell, by the index of the cell they come from.
  std::vector<Move> into(moves(neighbours).begin(), moves(neighbours).end());
  std::sort(into.begin(), into.end(), [](const Move& a, const Move& b) {
    return a.row != b.row ? a.row > b.row : a.col > b.col;
  });
  std::vector<Cell> found(grid.size(), kNoCell);
  // The first neighbour that gives cell j its time and that `wanted` accepts.
  const auto look = [&](Cell j, auto wanted) {
    const std::int32_t row = grid.row_of(j);
    const std::int32_t col = grid.col_of(j);
    const double at = time[static_cast<std::size_t>(j)];
    for (const Move& move : into) {
      if (!grid.inside(row - move.row, col - move.col)) continue;
      const Cell i = grid.at(row - move.row, col - move.col);
      const double leave = time[static_cast<std::size_t>(i)];
      if (leave <= at && wanted(i) && arrival(leave, i, j, move) == at) return i;
    }
    return kNoCell;
  };
  const auto reached = [&](Cell j) {
    const double at = time[static_cast<std::size_t>(j)];
    return at > 0.0 && at < kUnreachable;
  };
  parallel_for(static_cast<std::size_t>(grid.rows), threads, [&](std::size_t row) {
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      const Cell j = grid.at(static_cast<std::int32_t>(row), col);
      if (!reached(j)) continue;
      found[static_cast<std::size_t>(j)] = look(j, [&](Cell i) {
        return time[static_cast<std::size_t>(i)] < time[static_cast<std::size_t>(j)];
      });
    }
  });
  // A move so short that it does not change the time: its cells follow those already explained.
  for (bool changed = true; changed;) {
    changed = false;
    for (Cell j = 0; j < static_cast<Cell>(grid.size()); ++j) {
      if (!reached(j) || found[static_cast<std::size_t>(j)] != kNoCell) continue;
      const Cell i = look(j, [&](Cell c) { return found[static_cast<std::size_t>(c)] != kNoCell; });
      found[static_cast<std::size_t>(j)] = i;
      changed = changed || i != kNoCell;
    }
  }
  return found;
}

}  // namespace abatis::travel_detail
