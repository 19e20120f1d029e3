#pragma once
// The road layer as a graph, on ground that counts; some ground may be gathered into one node.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/catalogue.hpp"

namespace abatis {

// Nodes 0 and 1 stand for gathered ground, whether or not there is any.
inline constexpr int kGatheredNodes = 2;

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
  int nodes = kGatheredNodes;
  std::vector<RoadEdge> edges;  // in the order of the layer
};

// Both rasters on one grid.
struct RoadGround {
  const Raster<std::uint8_t>& counts;    // 0 = roads there are left out
  const Raster<std::uint8_t>& gathered;  // 1, 2 = all of it is node 0, 1; 0 = nodes of its own
};

// Roads are joined where they share a vertex (to a centimetre), and nowhere else: a road over
// another does not join it. Only lines on ground that counts do; a line that enters gathered ground
// ends there. A `oneway` of 1, yes or true is driven along the line only, of -1 against.
// O(n log n) of the vertices outside gathered ground.
RoadGraph make_road_graph(const Catalogue& catalogue, const Layer& roads, const RoadGround& ground);

// Joins places to the road nearest to each, at most `reach` (m) away in a straight line: the road
// is cut there and gets a node. By place its node, -1 where no road is near; of equals the first.
// Edges that are cut are replaced by their pieces, at the end. O(places x edges).
std::vector<int> join_places(const Grid& grid, const std::vector<Point>& places, double reach,
                             RoadGraph& graph);

}  // namespace abatis
