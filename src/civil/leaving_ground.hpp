#pragma once
// The roads that people of the border zone leave on, as a network.

#include <array>
#include <vector>

#include "abatis/civil/evacuation.hpp"
#include "abatis/roads/road_graph.hpp"
#include "leaving_flow.hpp"

namespace abatis::civil_detail {

struct LeavingGround {
  RoadGraph graph;          // node 0 = all safe ground
  std::vector<int> places;  // indices into Terrain::settlements: the zone
  // By goal and place: its node in the network of the goal; -1 = no road is near.
  std::array<std::vector<int>, kLeavingGoals> node_of_place;
  std::vector<std::size_t> edge_of;            // by link of the networks
  std::vector<std::vector<int>> ids_of_edge;   // barriers that an edge runs through
  std::array<LeavingNet, kLeavingGoals> nets;  // the same links; shelters lie at the second's sink
  bool shelters = false;
  int unknown_capacity = 0;
};

// Roads of land that is not the adversary's, cut where places and shelters lie beside them.
LeavingGround make_leaving_ground(const Scenario& scenario, const Terrain& terrain,
                                  const SiteSet& sites, const LeavingRules& rules, int season);

// Links that run through a barrier that `delays` (people_delays) closes, and, where `gated` (by
// barrier) has gates open, those of roads that have none.
Closed closed_links(const Scenario& scenario, const LeavingGround& ground,
                    const std::vector<double>& delays, const std::vector<bool>& gated);

}  // namespace abatis::civil_detail
