#pragma once
// Dijkstra's algorithm with a binary heap, as plainly as it can be written without giving speed
// away: the peer that every cost-distance tool is a variation of, and an oracle for large rasters.

#include <vector>

#include "abatis/geo/raster.hpp"

namespace abatis::bench {

// Least cost to every cell from `source` with 8 neighbours; a move of length l, in cell edges,
// costs l (f_i + f_j) / 2. NaN friction is impassable; cells that are not reached are infinite.
// Double precision. Memory: 12 bytes a cell and the front. O(n log n).
std::vector<double> heap_dijkstra(const Raster<float>& friction, Cell source);

}  // namespace abatis::bench
