#pragma once
// When movers of the two sides meet, and when they close the gap, in one state of the ground.

#include "abatis/gap/gap.hpp"
#include "abatis/roads/road_graph.hpp"
#include "closing.hpp"
#include "ground.hpp"

namespace abatis::gap_detail {

struct MeetingInput {
  const GapInput& input;
  const LandBridge& gap;
  const GapGround& ground;
  const RoadGraph& roads;
  const std::vector<std::vector<Cell>>& entry_cells;  // by place in LandBridge::entries
  Grid window;
};

// Everything of one GapCase but its state: `delay_s` by barrier id. Fields for the maps only when
// asked.
GapCase meet(const MeetingInput& input, int speed, std::span<const double> delay_s, bool maps);

}  // namespace abatis::gap_detail
