#pragma once
// The road layer between the two hinterlands of a gap as a graph.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "ground.hpp"

namespace abatis::gap_detail {

// Node 0 is all ground behind the gap in the first friendly state, node 1 in the second.
inline constexpr int kFirstNode = 0;
inline constexpr int kSecondNode = 1;

struct RoadEdge {
  int from = 0, to = 0;
  bool forward = true, backward = true;  // may be driven from -> to, to -> from
  std::uint8_t road = 0;                 // index into catalogue.roads
  std::vector<Point> line;               // from first to last
  std::vector<Cell> cells;               // that the line passes through
  std::string ref;
  double length_m = 0;
};

struct RoadGraph {
  int nodes = 2;
  std::vector<RoadEdge> edges;  // in the order of the layer
};

// Roads are joined where they share a vertex (to a centimetre), and nowhere else: a road over
// another does not join it. Only lines on the ground of the gap count; a line that enters a
// hinterland ends there. A `oneway` of 1, yes or true is driven along the line only, of -1 against.
// O(n log n) of the vertices outside the hinterlands.
RoadGraph make_road_graph(const Scenario& scenario, const Terrain& terrain,
                          const GapGround& ground);

}  // namespace abatis::gap_detail
