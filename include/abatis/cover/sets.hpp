#pragma once
// Maximal covering under a budget where what each site covers is given outright, not by a radius:
// sight, for one. Solved to proof by the same search as cover().

#include <cstdint>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/cover/cover.hpp"

namespace abatis {

struct CoverSets {
  std::vector<std::int64_t> cost;  // by site, >= 0
  std::int64_t budget = 0;
  // What is to be covered: a weight (>= 0) and the sites that do, ascending, none twice. All
  // weights together are less than 2^53.
  struct Demand {
    std::int64_t weight = 0;
    std::vector<int> sites;
  };
  std::vector<Demand> demand;
};

struct CoverSetsResult {
  CoverStatus status = CoverStatus::optimal;
  std::int64_t value = 0;
  std::int64_t bound = 0;   // no choice within the budget covers more
  std::vector<int> chosen;  // sites, ascending; none that covers nothing
};

// Errors (code internal): figures or sites that are not as said above. Deterministic unless the
// time strikes. Memory and work as of cover().
Result<CoverSetsResult> cover_sets(const CoverSets& problem, const CoverOptions& options,
                                   Monitor& monitor);

// The weight that a choice covers, by a plain loop. O(size of the demand).
std::int64_t covered_weight(const CoverSets& problem, const std::vector<int>& chosen);

}  // namespace abatis
