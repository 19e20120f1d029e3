#pragma once
// What the times of one year can come to at most, by branching on the times themselves.
//
// Money of the year has a price, so that cells that share no purchases are bounded by themselves
// (Lagrangian relaxation); among cells of an axis each time is in the upper or the lower half of
// its range, and so on.

#include <functional>

#include "paths.hpp"

namespace abatis::plan_detail {

struct YearBound {
  double seconds = 0;     // no plan has more of the objective in that year, s
  double top = 0;         // the same with everything built, s
  bool is_short = false;  // whether money does not pay even for shares of what the top takes
};

// `known`: paths to begin with. `nodes`: programs of an axis at most. Bounds are valid whenever
// `stop`, which is polled on threads, says so. The same bits on any number of threads.
YearBound bound_year(const Instance& instance, const PathPool& known, int year, int nodes,
                     const std::function<bool()>& stop);

}  // namespace abatis::plan_detail
