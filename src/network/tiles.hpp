#pragma once
// The grid cut into overlapping square tiles. Neighbours share a band of cells (one cell wide for
// 8 neighbours, two for 16) that no move can jump, so a grid path falls apart at its band cells
// into pieces that each lie in one tile: with every band cell a node, nothing would be lost.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis::network_detail {

struct Region {  // rows row..row+rows-1, cols col..col+cols-1
  std::int32_t row = 0, col = 0, rows = 0, cols = 0;
  bool holds(std::int32_t r, std::int32_t c) const {
    return r >= row && r < row + rows && c >= col && c < col + cols;
  }
};

class TileMap {
 public:
  TileMap() = default;
  // `edge`: distance in cells between bands; `band`: their width.
  TileMap(const Grid& grid, std::int32_t edge, std::int32_t band)
      : grid_(grid), edge_(edge), band_(band), down_(count(grid.rows)), across_(count(grid.cols)) {}

  std::int32_t size() const { return down_ * across_; }
  std::int32_t edge() const { return edge_; }
  Region region(std::int32_t tile) const {
    const std::int32_t row = tile / across_ * edge_;
    const std::int32_t col = tile % across_ * edge_;
    return {row, col, std::min(edge_ + band_, grid_.rows - row),
            std::min(edge_ + band_, grid_.cols - col)};
  }
  // The tiles that hold a cell: one inside, two on a band, four where bands cross. -1 fills up.
  std::array<std::int32_t, 4> tiles_of(Cell c) const {
    const Range r = span(grid_.row_of(c), down_);
    const Range q = span(grid_.col_of(c), across_);
    std::array<std::int32_t, 4> tiles{-1, -1, -1, -1};
    std::size_t n = 0;
    for (std::int32_t i = r.first; i <= r.last; ++i) {
      for (std::int32_t j = q.first; j <= q.last; ++j) tiles[n++] = i * across_ + j;
    }
    return tiles;
  }
  bool on_band(Cell c) const {
    const Range r = span(grid_.row_of(c), down_);
    const Range q = span(grid_.col_of(c), across_);
    return r.first != r.last || q.first != q.last;
  }
  // First rows (columns) of the bands, ascending.
  std::vector<std::int32_t> band_rows() const { return bands(down_); }
  std::vector<std::int32_t> band_cols() const { return bands(across_); }

 private:
  struct Range {
    std::int32_t first, last;
  };
  std::int32_t count(std::int32_t cells) const {
    return std::max(1, (cells - band_ + edge_ - 1) / edge_);
  }
  Range span(std::int32_t at, std::int32_t tiles) const {
    const std::int32_t own = std::min(at / edge_, tiles - 1);
    // Inside the first cells of its own tile a cell belongs to the tile before it, too.
    const bool shared = own > 0 && at - own * edge_ < band_;
    return {shared ? own - 1 : own, own};
  }
  std::vector<std::int32_t> bands(std::int32_t tiles) const {
    std::vector<std::int32_t> starts;
    for (std::int32_t k = 1; k < tiles; ++k) starts.push_back(k * edge_);
    return starts;
  }

  Grid grid_;
  std::int32_t edge_ = 1, band_ = 1, down_ = 0, across_ = 0;
};

}  // namespace abatis::network_detail
