#pragma once
// Least travel time on the grid graph, exact (MODEL section 3).
//
//   TimeField t = travel_time({.speed_mps = &speed, .barrier = &ids, .delay_s = delays}, sources);
//   std::vector<Cell> path = least_time_path(t, target);
//
// A move of length l from i to j takes l (1/v_i + 1/v_j) / 2; entering a cell of barrier b from a
// cell that is not of b adds delay_s[b]. Moves longer than a diagonal (16 and 32 neighbours) are
// allowed only where every cell that they touch is passable and of the same barrier, so none slips
// through. With `slope` the time of a move is multiplied by its pace at the slope from i to j.
//
// Exact: times are the least fixed point of  t_j = (t_i + k h s_i) + (k h s_j + delay)  in double
// precision (k: length in cells, h: half a cell in m, s = 1/v), one and the same whatever the
// order of work, the number of threads or the instruction set. Sources inside a barrier pay
// nothing; sources on impassable cells are ignored. An infinite delay is a wall.
// std::invalid_argument: rasters on different grids, a cell off the grid, an infinite speed, a
// barrier id without a delay, a delay that is negative or NaN, a pace that is not above 0.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis {

inline constexpr double kUnreachable = std::numeric_limits<double>::infinity();

// What a signed slope does to the time of a move: pace[k] at slope[k] (rise/run in the direction
// of travel, ascending), linear between, constant beyond the ends. Cells of unknown elevation are
// impassable.
struct SlopePace {
  const Raster<float>* elevation_m = nullptr;
  std::span<const double> slope = {};
  std::span<const double> pace = {};
};

struct TravelInput {
  const Raster<float>* speed_mps = nullptr;       // 0 or NaN = impassable
  const Raster<std::int32_t>* barrier = nullptr;  // optional; 0 = none
  std::span<const double> delay_s = {};           // by barrier id; [0] is not read
  SlopePace slope = {};                           // optional; without elevation the ground is flat
};

struct TravelOptions {
  int neighbours = 8;              // 8, 16 or 32
  std::vector<Cell> targets = {};  // stop once the nearest of them is settled
  double bound_s = kUnreachable;   // stop beyond this time
  bool predecessors = false;
  int threads = 1;  // 0 = all cores; the result is the same on any number
};

struct TimeField {
  Grid grid;
  std::vector<double> time_s;     // by cell; kUnreachable where not reached
  std::vector<Cell> predecessor;  // by cell when asked; kNoCell at sources. Of several, the one
                                  // of lowest index
};

// Memory: 8 bytes a cell for times, 4 for predecessors, and about 10 for each cell of the front.
// With targets or a bound, cells later than the stop are left at kUnreachable.
TimeField travel_time(const TravelInput& input, std::span<const Cell> sources,
                      const TravelOptions& options = {});

// Time from each cell to the nearest of `targets`, in the direction of travel: the delay of a
// barrier is charged where the mover enters it. For corridors, T_from + T_to.
TimeField travel_time_to(const TravelInput& input, std::span<const Cell> targets,
                         const TravelOptions& options = {});

// One of many fields asked for at once.
struct TravelRequest {
  TravelInput input;
  std::vector<Cell> from;  // sources, or targets when `to` is set
  bool to = false;
  TravelOptions options = {};  // threads are not read
};

// All of them, each as the call above would give it, on up to `threads` threads (0 = all cores).
// Fields run side by side, so memory is that of as many fields as threads, and of all results.
std::vector<TimeField> travel_times(std::span<const TravelRequest> requests, int threads);

// The cells from a source of the field to `target`, source first (for a field of travel_time_to
// that is against the direction of travel); empty when it is not reached. Needs predecessors.
std::vector<Cell> least_time_path(const TimeField& field, Cell target);
// The member of `targets` with least time (lowest index on ties), or kNoCell.
Cell nearest_target(const TimeField& field, std::span<const Cell> targets);

}  // namespace abatis
