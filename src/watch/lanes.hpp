#pragma once
// Warning: the least exposed lanes of low flyers, and the least-time ways of movers.

#include "coverage.hpp"

namespace abatis::watching {

// Cells that a flyer at `altitude_m` reaches without having been seen: from hostile ground at least
// SurveillanceRules::approach_m behind the border (or as far as the region goes), over hostile and
// watched ground, by steps to any of eight neighbours, never over a cell from which it is seen.
// Where it begins counts as reached. O(cells).
Raster<std::uint8_t> unseen_lanes(const WatchGround& ground, const Raster<float>& lowest_m,
                                  double altitude_m);

// Where a lane may begin.
std::vector<Cell> lane_starts(const WatchGround& ground);

// Places to be warned: objectives on watched ground, then its settlements with people on record,
// the largest kMostPlaces of them.
inline constexpr std::size_t kMostPlaces = 200;
std::vector<LaneWarning> places_to_warn(const WatchGround& ground);

// The least-time way of each case, from behind the border to its objective, with the time at which
// it is passed: 0 at the crossing, before it below 0.
struct Way {
  int case_index = 0;
  double approach_m = 0;
  std::vector<Cell> cells;
  std::vector<double> time_s;
};
Result<std::vector<Way>> ways_of_movers(const WatchGround& ground, const Mobility& mobility,
                                        int threads);

// Time before the crossing at which a mover on the way is first seen in each of the conditions;
// when never, minus the time from the crossing to the objective.
std::array<double, kConditions> first_seen(const Way& way, const Raster<std::uint8_t>& on_ground);

}  // namespace abatis::watching
