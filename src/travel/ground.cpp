#include "ground.hpp"

#include <algorithm>
#include <limits>

#include "abatis/base/numbers.hpp"
#include "move_planes.hpp"

namespace abatis::travel_detail {
namespace {

// Calls take(row of the tile, column of the tile, first cell, count) for each row of the tile and
// its ring that lies on the grid.
template <class Take>
void each_row(const Grid& grid, std::int32_t row, std::int32_t col, int ring, Take take) {
  const std::int32_t from = std::max(col - ring, 0);
  const std::int32_t to = std::min(col + kTile + ring, grid.cols);
  for (std::int32_t r = std::max(row - ring, 0); r < std::min(row + kTile + ring, grid.rows); ++r) {
    take(r - row, from - col, static_cast<std::size_t>(grid.at(r, from)), to - from);
  }
}

}  // namespace

GroundSource::GroundSource(const TravelInput& input, int neighbours, bool reverse)
    : input_(input),
      kernels_(kernels()),
      grid_(input.speed_mps->grid),
      neighbours_(neighbours),
      reverse_(reverse) {}

void GroundSource::fill(std::int32_t row, std::int32_t col, const double* known,
                        TileScratch& scratch) const {
  const int ring = reach(neighbours_);
  double* slow = scratch.rows.slow;
  const bool inside = row >= ring && col >= ring && row + kTile + ring <= grid_.rows &&
                      col + kTile + ring <= grid_.cols;
  if (!inside) std::fill_n(slow, kRows * kStride, kInfinity);
  each_row(grid_, row, col, ring, [&](int r, int c, std::size_t cell, int count) {
    kernels_.scale_speed(input_.speed_mps->values.data() + cell, grid_.cell / 2.0,
                         slow + place(r, c), count);
  });
  close_known(known, scratch);
  kernels_.transpose_slow(scratch);
  ring_to_columns(scratch, ring);
  scratch.rows.move_count = scratch.cols.move_count = 0;
  scratch.rows.reach = scratch.cols.reach = ring;
  bool barriers = false;
  if (input_.barrier != nullptr) {
    each_row(grid_, row, col, ring, [&](int, int, std::size_t cell, int count) {
      std::int32_t any = 0;
      for (int k = 0; k < count; ++k)
        any |= input_.barrier->values[cell + static_cast<std::size_t>(k)];
      barriers = barriers || any != 0;
    });
  }
  if (neighbours_ > 8 || barriers || input_.slope.elevation_m != nullptr) {
    fill_moves(row, col, barriers, scratch);
  }
}

void GroundSource::fill_moves(std::int32_t row, std::int32_t col, bool barriers,
                              TileScratch& scratch) const {
  MoveSpace& w = MoveSpace::of_this_thread();
  const int ring = reach(neighbours_);
  w.barrier.fill(0);
  if (barriers) {
    w.enter.fill(0.0);
    each_row(grid_, row, col, ring, [&](int r, int c, std::size_t cell, int count) {
      for (int k = 0; k < count; ++k) {
        const std::int32_t id = input_.barrier->values[cell + static_cast<std::size_t>(k)];
        const auto at = static_cast<std::size_t>(place(r, c + k));
        w.barrier[at] = id;
        w.enter[at] = id == 0 ? 0.0 : input_.delay_s[static_cast<std::size_t>(id)];
      }
    });
  }
  if (input_.slope.elevation_m != nullptr) {
    w.elevation.fill(std::numeric_limits<float>::quiet_NaN());
    each_row(grid_, row, col, ring, [&](int r, int c, std::size_t cell, int count) {
      std::copy_n(input_.slope.elevation_m->values.data() + cell, count,
                  w.elevation.data() + place(r, c));
    });
  }
  make_moves({.neighbours = neighbours_,
              .barriers = barriers,
              .slope = input_.slope.elevation_m == nullptr ? nullptr : &input_.slope,
              .cell_m = grid_.cell,
              .reverse = reverse_},
             w, kernels_, scratch);
}

void FieldSink::write(std::int32_t row, std::int32_t col, const double* time) {
  const std::int32_t cols = std::min(kTile, tiling_.cols - col);
  for (std::int32_t r = 0; r < std::min(kTile, tiling_.rows - row); ++r) {
    double* to =
        time_ + static_cast<std::size_t>(row + r) * static_cast<std::size_t>(tiling_.cols) + col;
    const double* from = time + r * kTile;
    for (std::int32_t c = 0; c < cols; ++c) to[c] = std::min(to[c], from[c]);
  }
}

void FieldSink::read(std::int32_t row, std::int32_t col, double* time) const {
  const std::int32_t cols = std::min(kTile, tiling_.cols - col);
  for (std::int32_t r = 0; r < std::min(kTile, tiling_.rows - row); ++r) {
    std::copy_n(
        time_ + static_cast<std::size_t>(row + r) * static_cast<std::size_t>(tiling_.cols) + col,
        cols, time + r * kTile);
  }
}

}  // namespace abatis::travel_detail
