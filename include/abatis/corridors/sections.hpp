#pragma once
// How wide a corridor is along a way, and where it narrows.
//
// A section cuts the near-optimal set across at one level q of NearOptimal::progress: its cells are
// those with progress <= q that have a cell of the set with progress > q beside them. Every way in
// the set from progress <= q to beyond q leaves through such a cell, so the sections of a level are
// a cut. The section of a way is the 8-connected piece of them that the way leaves through: the
// ground a line of units abreast would hold as it passes there. Its width is its extent: the
// greatest distance between two of its cell centres, and one cell. A gap of one cell is one cell
// wide; a strip k cells wide and parallel to the grid is k cells wide.

#include <span>
#include <vector>

#include "abatis/corridors/near_optimal.hpp"
#include "abatis/corridors/routes.hpp"

namespace abatis {

struct Section {
  double progress = 0;  // the level
  double along_m = 0;   // from the start of the way
  double width_m = 0;
  Cell at = kNoCell;                    // of the way
  Cell one = kNoCell, other = kNoCell;  // the two cells that are farthest apart
  Cell key = kNoCell;  // lowest cell: sections of one level are one when it is equal
};

// The piece of the section at `level` that `seed` belongs to, ascending; only `seed` where it is no
// cell of that section (moves of 16 neighbours may step over it). O(cells of the piece).
std::vector<Cell> section_cells(const NearOptimal& set, Cell seed, double level);

// The section of `way` at `level`; width 0 and no cell where the way does not cross the level.
Section section_of(const NearOptimal& set, const std::vector<Cell>& way, double level);

// The sections of a way at the level of each of its cells, from progress `ends` to 1 - `ends`. The
// ends are left out: there every corridor draws together onto the road over the border and onto
// the objective. Cells that the next one is not beyond have none.
std::vector<Section> sections_along(const NearOptimal& set, const std::vector<Cell>& way,
                                    double ends);

// Least time of a way over another cell of the level's section than those of `piece` (ascending),
// within `reach_m` of the section's own place: what it takes to go round it there. kUnreachable
// when the set has no such way. O(cells within reach).
double time_around(const NearOptimal& set, const Section& section, const std::vector<Cell>& piece,
                   double reach_m);

struct Narrow {
  std::size_t first = 0, last = 0;  // indices, inclusive
  std::size_t middle() const { return first + (last - first) / 2; }
};

// Narrow minima of a width profile, as stretches of equal width: those from which, to both sides,
// it grows to `rise` times their width before it falls below it. A widening counts where it lasts
// for `lasting_m` along the way (side roads are narrow spikes). Of equal minima without such a
// widening between them the first counts. `along_m` ascends. O(n^2) at worst.
std::vector<Narrow> narrow_minima(std::span<const double> width_m, std::span<const double> along_m,
                                  double rise, double lasting_m);

}  // namespace abatis
