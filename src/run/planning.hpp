#pragma once
// The plan, held to the grid; begun from a plan that was kept, where there is one.

#include <cstdint>
#include <optional>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/store/stages.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// What a plan is made from. Not owned.
struct PlanGround {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const SiteSet& sites;
};

// Whether the kept plan is what is asked for, so that nothing is searched: proven within the gap,
// with the seed asked for, if any. `abatis run` and `abatis report` also take a plan that ended at
// its limit of nodes or time; with a gap, time or seed of its own, or asked for the plan itself, a
// command searches on.
bool answers(const PlannedNetwork& kept, const RunOptions& options, double gap);

// What is left of a kept plan to begin from: nothing when there is none, when `fresh` is asked for
// or when another seed is.
std::optional<PlannedNetwork> to_begin_from(std::optional<PlannedNetwork> kept,
                                            const RunOptions& options, Monitor& monitor);

// A plan of the scenario, from `begun` (its `searches` above 0) or, with searches = 0, from its
// network alone. The plan is held to the grid: where the network flatters it, the network is
// refined by the very paths that show it, and the plan is made again. Rough plans come first, since
// they find most of what an optimiser can exploit at a fraction of the time.
//
// The scenario's time limit holds for all searches together; after a refinement past it, a search
// takes a tenth of it more at most. When the user stops it, the last plan found comes back with
// the network it belongs to, marked interrupted; an error only when there is none yet.
Result<PlannedNetwork> plan_on_grid(const PlanGround& ground, PlannedNetwork begun, int threads,
                                    Monitor& monitor);

// "gap 4.21 %, stopped by its time limit": how far a kept plan came.
std::string say_kept(const PlannedNetwork& kept);

}  // namespace abatis
