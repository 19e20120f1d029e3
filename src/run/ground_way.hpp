#pragma once
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/explain.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/report/explain.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// What the first of `ways` (at most `most`) enter on the grid, each in its worst year under
// `purchases`. One search of the grid each. Errors: those of axis_cells.
Result<std::vector<GroundWay>> ground_ways(const Scenario& scenario, const Terrain& terrain,
                                           const Mobility& mobility, const SiteSet& sites,
                                           const PlanProblem& problem,
                                           const std::vector<Purchase>& purchases,
                                           const std::vector<WayThrough>& ways, std::size_t most,
                                           int threads);

}  // namespace abatis
