#pragma once
// Ground wide enough for a unit (mobility corridors), and corridors that stand close enough to
// make one avenue of approach.

#include <cstdint>
#include <span>
#include <vector>

#include "abatis/corridors/near_optimal.hpp"
#include "abatis/corridors/routes.hpp"
#include "abatis/scenario/catalogue.hpp"

namespace abatis {

// A connected piece of the ground on which a formation fits: the union of the discs of its frontage
// that lie in the near-optimal set (the opening of the set by a disc).
struct MobilityCorridor {
  int formation = 0;        // index into the formations given
  std::vector<Cell> cells;  // of the set's window, ascending
  double area_m2 = 0;
  double from = 0, to = 0;  // least and greatest progress
  bool through = false;     // the disc gets from progress <= ends to >= 1 - ends inside it
};

struct FormationGround {
  std::vector<MobilityCorridor> corridors;  // by formation, then by lowest cell
  // Of each cell of the set, 1 + the largest formation that fits there; 0 = narrower than all;
  // nodata outside the set.
  Raster<std::uint8_t> widest;
};

// A disc of diameter w stands on a cell when no cell centre outside the set is nearer than
// (w + one cell) / 2; so a strip parallel to the grid lets w through when it is at least w and, at
// worst, one cell more. Pieces shorter across than twice the frontage are left out of `corridors`.
// At most 254 formations, by rising frontage. O(formations x window).
FormationGround formation_ground(const NearOptimal& set, std::span<const Formation> formations,
                                 double ends);

// Routes whose corridors a formation covers together: no cell of one is farther than its frontage
// from the other, directly or through routes between. Members ascending, groups by first member.
std::vector<std::vector<int>> avenue_groups(const NearOptimal& set, std::span<const Route> routes,
                                            double frontage_m);

// Width of ground around each cell of the set: twice the distance to the nearest cell centre
// outside it, less one cell, so that the middle of a strip k cells wide has k cells (k odd; k - 1
// when it is even). Nodata outside the set.
Raster<float> ground_width(const NearOptimal& set);

// The widest way through a part of the set: of all ways from progress <= ends to >= 1 - ends (by
// eight neighbours) over cells with inside != 0, the one whose narrowest cell is widest, and that
// cell. Cells beyond those levels narrow nothing. No cell where there is no such way; width of
// infinity where the ends touch. O(n log n).
struct Narrowest {
  double width_m = 0;
  Cell at = kNoCell;
};
Narrowest widest_way(const NearOptimal& set, const Raster<float>& width,
                     const std::vector<std::uint8_t>& inside, double ends);

// Index of the largest formation of at most this width, or -1.
int largest_that_fits(std::span<const Formation> formations, double width_m);

}  // namespace abatis
