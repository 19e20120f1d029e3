#pragma once
// Mapped ditches and streams come in pieces from node to node; deepening is done along whole runs.

#include <string>
#include <vector>

#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis::measures {

struct DitchChain {
  std::vector<Point> line;
  std::string name;  // of its longest named piece, or ""
  bool stream = false;
  int natural = 0;  // 1 + index of the barrier class it is drawn as, 0 = none
};

// Lines of the ditch layer, and of the waterways those that are streams or no barrier, joined at
// shared end points where they go on in about the same direction (at most 60 degrees of turn, the
// straightest pair first). Every piece is in exactly one chain. O(n log n), deterministic.
std::vector<DitchChain> ditch_chains(const Scenario& scenario, const Terrain& terrain);

}  // namespace abatis::measures
