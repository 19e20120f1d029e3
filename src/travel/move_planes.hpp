#pragma once
// The cost of each move of a tile, worked out cell by cell where the plain moves of flat ground
// without barriers do not do.

#include <array>
#include <cstdint>
#include <vector>

#include "abatis/travel/travel.hpp"
#include "tile.hpp"

namespace abatis::travel_detail {

// What lies on a tile and its ring, and the planes made of it. One a thread.
struct MoveSpace {
  static constexpr int kCells = kRows * kStride;
  std::array<std::int32_t, kCells> barrier;
  std::array<double, kCells> enter;  // delay of entering the cell's barrier, s
  std::array<float, kCells> elevation;
  std::vector<double> planes;  // two a move: by rows, by columns

  static MoveSpace& of_this_thread();
};

struct MoveRules {
  int neighbours = 8;
  bool barriers = false;             // MoveSpace::barrier and enter hold something
  const SlopePace* slope = nullptr;  // the ground is not flat; MoveSpace::elevation holds it
  double cell_m = 0;                 // for slopes
  bool reverse = false;              // times to the sources
};

// Gives both forms their moves. slow of `rows` is filled with its ring already; barrier is 0 where
// there is none.
void make_moves(const MoveRules& rules, MoveSpace& space, const Kernels& kernels,
                TileScratch& scratch);
// Pace at a slope: linear between the entries of the table, constant beyond them.
double pace_at(const SlopePace& table, double slope);
// Closes the cells of `rows` whose known time is finite; nothing when `known` is null. Before the
// moves are made: a long move never passes over such a cell into one that is still open, since it
// would have been reached from there.
void close_known(const double* known, TileScratch& scratch);
// Ground of the west and east rings of `rows`, where `cols` looks for it.
void ring_to_columns(TileScratch& scratch, int ring);

}  // namespace abatis::travel_detail
