#pragma once
// What a plan does on the grid itself: the network's times are checked here, and the maps of the
// products are made.

#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Everything a product is made from. Not owned.
struct RunView {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const SiteSet& sites;
  const Network& network;
  const PlanProblem& problem;
  const std::vector<PlanOrigin>& origin;  // of problem.options
  const PlanResult& plan;
};

struct CaseOutcome {
  double before_s = 0, after_s = 0;      // on the grid, nothing built / last year of the plan
  double network_before_s = 0, network_after_s = 0;
  std::vector<Point> path_before, path_after;   // least-time paths, grid CRS, simplified
};

struct Outcome {
  std::vector<CaseOutcome> cases;        // in scenario order
  // For each axis its heaviest-weighted case: index into cases, and time fields in seconds
  // (NaN unreachable) with nothing built and in the plan's last year.
  std::vector<int> shown_case;           // by axis
  std::vector<Raster<float>> before, after;  // by axis
};

Result<Outcome> compute_outcome(const RunView& view, int threads, Monitor& monitor);

}  // namespace abatis
