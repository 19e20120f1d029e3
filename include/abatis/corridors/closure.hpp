#pragma once
// How little ground closes a corridor: the least vertex cut of the near-optimal set.

#include <vector>

#include "abatis/corridors/near_optimal.hpp"

namespace abatis {

// The least number of cells that, closed, leave no way (by eight neighbours) within the set from
// progress <= ends to progress >= 1 - ends. Cells beyond those levels cannot be closed: there every
// corridor draws together.
//
// `ways` proves it (Menger's theorem): as many ways from one end to the other, of which no two
// share a cell between the ends, so fewer cells cannot close them all. Of several least cuts the
// one nearest the entry is given.
struct Closure {
  bool found = false;       // false: more than `most` cells, or the ends touch, or there is no set
  std::vector<Cell> cells;  // ascending
  std::vector<std::vector<Cell>> ways;  // each from a cell at one end to one at the other
};

// Maximum flow by shortest augmenting ways on the split graph (Ford and Fulkerson 1956, Edmonds and
// Karp 1972): O(min(cut, most) x window).
Closure least_closure(const NearOptimal& set, double ends, int most);

}  // namespace abatis
