#pragma once
// When the last way through is cut: of all ways from one hinterland to the other, the one whose
// earliest reached cell is reached last. A bottleneck (widest) path, exact.

#include <span>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/roads/road_graph.hpp"
#include "ground.hpp"

namespace abatis::gap_detail {

struct Cut {
  bool any_way = false;            // there is a way at all, while nobody has moved
  double time_s = 0;               // the last way is reached then; infinite = one never is
  Cell at = kNoCell;               // the cell where it is reached
  std::vector<std::size_t> route;  // by road: edges of the shortest of the ways cut last
};

// Ways over land between the hinterlands.
class LandWays {
 public:
  // Ways go over cells of the gap that a mover of this speed can pass, in steps to 8 neighbours,
  // from a cell of one hinterland to one of the other; what lies deeper in either is left out.
  // O(cells).
  LandWays(const GapGround& ground, const Raster<float>& speed_mps);

  // `time_s` by cell of the grid. Joins cells in order of falling time until the hinterlands are
  // joined (Kruskal's algorithm on cells): O(n log n) of the cells between the hinterlands.
  Cut cut(std::span<const double> time_s) const;

 private:
  Grid grid_;
  std::vector<Cell> cells_;           // ascending
  std::vector<std::uint8_t> behind_;  // by cell of cells_: 1, 2 = of that hinterland
};

// Ways by road, in the directions they may be driven. Bisection on the time at which an edge is
// first reached anywhere: O(E log E).
Cut cut_of_roads(const RoadGraph& graph, std::span<const double> time_s);

}  // namespace abatis::gap_detail
