#pragma once
// The ground of a gap on the grid: whose cells, how far behind the border of the two friendly
// states, and where the hostile ones begin.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis::gap_detail {

// Nodes of the road graph: all ground behind the gap in the first friendly state, in the second.
inline constexpr int kFirstNode = 0;
inline constexpr int kSecondNode = 1;

struct GapGround {
  // 1, 2 = cell of the first, second friendly state inside the bounds; 0 = not of the gap.
  Raster<std::uint8_t> half;
  // 1, 2 = at least LandBridge::depth_m behind the border of the two, in the first, second state;
  // 0 = between, or not of the gap. Own routes lead from 1 to 2.
  Raster<std::uint8_t> hinterland;
  std::array<std::vector<Cell>, 2> hostile;  // border cells of either hostile state: of it, and
                                             // beside (4 neighbours) ground of the gap; ascending
  Cell touching = kNoCell;  // a cell of the first hostile state beside one of the second
  std::string no_routes;    // why there can be no own routes; "" = there can
};

GapGround make_ground(const Scenario& scenario, const Terrain& terrain, const LandBridge& gap);

// Smallest part of the grid that holds every cell of the gap (one cell when there is none).
Grid window_of(const GapGround& ground);

// Dry ground or a bridge.
inline bool is_dry(const Terrain& terrain, Cell c) {
  return terrain.water[c] == 0 || is_nodata(terrain.water[c]) || terrain.bridge[c] != 0;
}

}  // namespace abatis::gap_detail
