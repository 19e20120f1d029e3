#pragma once
// Proven bounds on the times of single years, found before the search. With little money a cell
// comes nowhere near what everything built would do, and delays beyond what it can reach count for
// nothing (Lozano & Smith 2017), which tightens every cut.

#include <chrono>
#include <vector>

#include "instance.hpp"

namespace abatis::plan_detail {

struct Ceilings {
  // No plan's z exceeds it, s, by year, then case; kUnreachable where nothing is known. Never
  // falls from year to year. Whatever the weights of the cells.
  std::vector<double> cell;
  // Paths met on the way, by case: valid cuts of the whole problem.
  std::vector<std::vector<Path>> paths;
};

// By the relaxation of the still of each cell, with all the money on that cell, repeated with its
// own ceiling while that pays; later years of a case are left out from the first one on in which
// money is no obstacle. `instance`: the problem without ceilings. `began`: when the time limit of
// the problem started to run. Cases in parallel; same bits on any number of threads.
Ceilings find_ceilings(const Instance& instance, Monitor& monitor,
                       std::chrono::steady_clock::time_point began);

}  // namespace abatis::plan_detail
