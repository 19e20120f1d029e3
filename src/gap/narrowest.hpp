#pragma once
// The narrowest lines of a gap.

#include "abatis/gap/gap.hpp"
#include "ground.hpp"

namespace abatis::gap_detail {

// True when a straight line between the centres of two cells passes only through cells with
// mask != 0, its end cells aside. Where it passes exactly through a corner, both cells beside the
// corner count, so the answer is the same whichever way the map is turned. O(length).
bool straight_passes(const Raster<std::uint8_t>& mask, Cell from, Cell to);

GapLine narrowest_straight(const GapGround& ground);
GapLine narrowest_overland(const Terrain& terrain, const GapGround& ground);

}  // namespace abatis::gap_detail
