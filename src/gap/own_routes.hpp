#pragma once
// Own routes through a gap by road.

#include "abatis/gap/gap.hpp"
#include "abatis/roads/road_graph.hpp"
#include "ground.hpp"

namespace abatis::gap_detail {

OwnRoutes own_routes(const Scenario& scenario, const Terrain& terrain, const GapGround& ground,
                     const RoadGraph& graph);

}  // namespace abatis::gap_detail
