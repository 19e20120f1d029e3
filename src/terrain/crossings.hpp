#pragma once
// Roads and barrier lines (rivers, canals) onto one set of cells, so that a barrier holds wherever
// no road really crosses it, and a road along its bank stays open.
//
// At 50-100 m a river and the road beside it share cells. The rule:
//   1. A barrier line is a 4-connected chain of cells; so is a road.
//   2. A cell is a bridge where a road line crosses a barrier line, as lines, not as cells.
//   3. A road that shares a cell with a barrier without crossing it there keeps the cell, and the
//      barrier gives way: the free cells on the far bank that the cell touches become barrier in
//      its place. The better road goes first.
//   4. Where that cannot be (a road as good or better runs on the far bank, within a cell), the
//      cell stays barrier and road: the worse road pays the delay there.
// Each free cell stands for one point: its centre, or the road's point in a cell won by rule 3. No
// move between two free cells leads from one bank to the other, unless one of them is a bridge.

#include <cstdint>
#include <span>
#include <vector>

#include "abatis/geo/raster.hpp"

namespace abatis::terrain_detail {

struct RoadLine {
  const std::vector<Point>* points = nullptr;
  std::uint8_t road = 0;  // 1 + index of its class
  int rank = 0;           // 1 = most important
  bool ford = false;      // it goes through water, not over it
};

struct BarrierLine {
  const std::vector<Point>* points = nullptr;
  std::uint8_t natural = 0;  // 1 + index of its class; the lowest wins a shared cell
};

struct LineCells {
  Raster<std::uint8_t> road, natural;
  Raster<std::uint8_t> bridge;  // Crossing
  std::int64_t bridge_cells = 0;
  std::int64_t moved_cells = 0;   // barrier cells that gave way to a road on the bank
  std::int64_t closed_cells = 0;  // road cells left inside a barrier that they do not cross
};

// Rivers often end at the shore of a lake, and the cells of the lake begin a little further on: a
// gap that no river has. Lines from each loose end of a barrier line to the nearest water cell
// within two cells, to be laid as barriers of the same class. `from[i]` is the class of lines[i].
struct ShoreLines {
  std::vector<std::vector<Point>> lines;
  std::vector<std::uint8_t> from;
};
ShoreLines lines_to_shore(const Raster<std::uint8_t>& water, std::span<const BarrierLine> barriers);

// road_rank[r]: rank of road value r (index 0 unused). Deterministic. O(length of lines / cell).
LineCells lay_lines(const Grid& grid, std::span<const RoadLine> roads,
                    std::span<const BarrierLine> barriers, std::span<const int> road_rank);

// True where the open segments cross at one point. Half-open at vertices, so that a polyline that
// passes through another crosses it once, and one that only touches it at a vertex never or twice.
bool segments_cross(Point a, Point b, Point c, Point d, Point* at = nullptr);

// The part of a segment inside a cell: its middle.
Point middle_in_cell(const Grid& grid, Cell cell, Point a, Point b);

}  // namespace abatis::terrain_detail
