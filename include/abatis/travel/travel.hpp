#pragma once
// Least travel time on the grid graph, exact (MODEL section 3).
//
//   TimeField t = travel_time({.speed_mps = &speed, .barrier = &ids, .delay_s = delays}, sources);
//   std::vector<Cell> path = least_time_path(t, target);
//
// A move of length l from i to j takes l (1/v_i + 1/v_j) / 2; entering a cell of barrier b from a
// cell that is not of b adds delay_s[b]. Moves longer than one cell (16 neighbours) are allowed
// only where every cell they touch is passable and of the same barrier, so none slips through.
// Ties are broken by cell index: the result does not depend on anything but the input.
// Sources inside a barrier pay nothing; sources on impassable cells are ignored. An infinite delay
// is a wall. Times are exact on this graph, bit for bit, whatever the speeds and delays.
// std::invalid_argument: rasters on different grids, a cell off the grid, an infinite speed, a
// barrier id without a delay, a delay that is negative or NaN.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis {

inline constexpr double kUnreachable = std::numeric_limits<double>::infinity();

struct TravelInput {
  const Raster<float>* speed_mps = nullptr;       // 0 or NaN = impassable
  const Raster<std::int32_t>* barrier = nullptr;  // optional; 0 = none
  std::span<const double> delay_s = {};           // by barrier id; [0] is not read
};

struct TravelOptions {
  int neighbours = 8;              // 8 or 16
  std::vector<Cell> targets = {};  // stop once the nearest of them is settled
  double bound_s = kUnreachable;   // stop beyond this time
  bool predecessors = false;
};

struct TimeField {
  Grid grid;
  std::vector<double> time_s;     // by cell; kUnreachable where not reached
  std::vector<Cell> predecessor;  // by cell when asked; kNoCell at sources
};

// Memory: 8 bytes a cell for times, 4 for predecessors, 1 bit, and the queue of the front.
// O(n) for speeds within a few orders of magnitude, O(n log n) at worst. With targets or a bound,
// cells later than the stop are left at kUnreachable.
TimeField travel_time(const TravelInput& input, std::span<const Cell> sources,
                      const TravelOptions& options = {});

// Time from each cell to the nearest of `targets`, in the direction of travel: the delay of a
// barrier is charged where the mover enters it. For corridors, T_from + T_to.
TimeField travel_time_to(const TravelInput& input, std::span<const Cell> targets,
                         const TravelOptions& options = {});

// The cells from a source of the field to `target`, source first (for a field of travel_time_to
// that is against the direction of travel); empty when it is not reached. Needs predecessors.
std::vector<Cell> least_time_path(const TimeField& field, Cell target);
// The member of `targets` with least time (lowest index on ties), or kNoCell.
Cell nearest_target(const TimeField& field, std::span<const Cell> targets);

}  // namespace abatis
