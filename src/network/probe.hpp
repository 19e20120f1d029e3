#pragma once
// Exact times of plans on the grid, and the part of the grid that any plan can use.

#include <span>
#include <vector>

#include "input.hpp"

namespace abatis::network_detail {

struct GridPath {
  double time_s = 0;       // least time on the grid, exact
  std::vector<Cell> path;  // one that takes it, source first
};

struct CaseProbe {
  // Cells on a path no longer (with nothing built) than the least time with everything built.
  // No least-time path of any plan leaves them: T_from + T_to bounds its time from below, and the
  // plan that builds everything bounds it from above.
  std::vector<bool> open;
  std::vector<GridPath> plans;
  // Paths of a rehearsed planner: it builds on the least-time path, looks for the next, builds on
  // that, and starts anew when a path is left to which it cannot add. These are the paths a real
  // planner will ask for, so their crossings become nodes before anything is measured.
  std::vector<std::vector<Cell>> rehearsed;
};

// One search each for the bound, from the sources and to the targets, then one for each plan on
// the open part only. Errors: sources and targets of the case not connected, naming it.
Result<CaseProbe> probe_case(const NetworkInput& input, const CaseInput& c,
                             std::span<const SiteDelays> plans);

// Delays by barrier id at `speed` when the sites delay by `state`.
std::vector<double> delays_under(const NetworkInput& input, int speed, const SiteDelays& state);

// Least time (s) of one case on the whole grid under a state of the plan.
double grid_time(const NetworkInput& input, const CaseInput& c, const SiteDelays& plan);

}  // namespace abatis::network_detail
