#include "enclosed.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

namespace abatis::travel_detail {
namespace {

constexpr std::size_t kMostCells = 1'000'000;  // a pocket larger than this is not measured

// Single cells of a raster in ringed tiles; the tile looked at last is kept.
class Cells {
 public:
  Cells(const FloatTiles& friction, Tiling tiling, int ring)
      : friction_(friction), tiling_(tiling), ring_(ring), buffer_(ringed_cells(ring)) {}

  bool passable(std::int32_t row, std::int32_t col) {
    const std::size_t tile = tiling_.tile_of(row, col);
    if (values_ == nullptr || tile != tile_) values_ = friction_.get(tile, buffer_.data());
    tile_ = tile;
    const int side = kTile + 2 * ring_;
    return !std::isnan(values_[(row % kTile + ring_) * side + col % kTile + ring_]);
  }

 private:
  const FloatTiles& friction_;
  Tiling tiling_;
  int ring_;
  std::vector<float> buffer_;
  const float* values_ = nullptr;
  std::size_t tile_ = 0;
};

}  // namespace

std::string why_unreached(const FloatTiles& friction, Tiling tiling, int ring,
                          const RasterPlace& place, Cell cell, bool bounded) {
  Cells cells(friction, tiling, ring);
  if (!cells.passable(cell / tiling.cols, cell % tiling.cols)) return "it lies on nodata";
  if (bounded) return "it is further than the bound, or cut off";
  std::unordered_set<Cell> seen{cell};
  std::vector<Cell> open{cell};
  std::int32_t north = tiling.rows, south = -1, west = tiling.cols, east = -1;
  while (!open.empty() && seen.size() <= kMostCells) {
    const std::int32_t row = open.back() / tiling.cols;
    const std::int32_t col = open.back() % tiling.cols;
    open.pop_back();
    north = std::min(north, row);
    south = std::max(south, row);
    west = std::min(west, col);
    east = std::max(east, col);
    for (std::int32_t r = std::max(row - 1, 0); r <= std::min(row + 1, tiling.rows - 1); ++r) {
      for (std::int32_t c = std::max(col - 1, 0); c <= std::min(col + 1, tiling.cols - 1); ++c) {
        if (cells.passable(r, c) && seen.insert(r * tiling.cols + c).second) {
          open.push_back(r * tiling.cols + c);
        }
      }
    }
  }
  if (!open.empty()) {
    return fmt::format(
        "nodata separates it from every source: more than {} cells around it hold none",
        kMostCells);
  }
  const Point first = place.centre(north, west);
  const Point last = place.centre(south, east);
  return fmt::format(
      "it lies in a pocket of {} {} enclosed by nodata (x {:.10g} to {:.10g}, y {:.10g} to "
      "{:.10g})",
      seen.size(), seen.size() == 1 ? "cell" : "cells", first.x, last.x, last.y, first.y);
}

}  // namespace abatis::travel_detail
