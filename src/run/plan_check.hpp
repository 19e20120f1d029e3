#pragma once
#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Holds a plan to the grid in its middle and its last year. Where the network flatters it by more
// than the tolerance, replaces `network` by one refined along the grid's own paths and returns
// true: the plan must be made again. Otherwise notes the error measured and returns false.
Result<bool> refine_for_plan(const Scenario& scenario, const Terrain& terrain,
                             const Mobility& mobility, const SiteSet& sites,
                             const PlanProblem& problem, const PlanResult& plan, Network& network,
                             int threads, Monitor& monitor);

}  // namespace abatis
