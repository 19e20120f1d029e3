#pragma once
// A tile of the grid as the kernels see it: its cells and a ring of its surroundings, in two forms,
// row by row and column by column, so that every sweep runs along whole vectors.
//
// Plain arrays only: this header is compiled for several instruction sets.

#include <cstdint>

namespace abatis::travel_detail {

inline constexpr int kTile = 32;  // cells along an edge
inline constexpr int kLanes = 8;  // doubles worked on at once
inline constexpr int kGroups = kTile / kLanes;
inline constexpr int kPad = kLanes;  // cells beside a row; holds the ring, keeps rows aligned
inline constexpr int kRing = 3;      // width of the surroundings: the longest move
inline constexpr int kStride = kTile + 2 * kPad;
inline constexpr int kRows = kTile + 2 * kRing;
inline constexpr int kTileCells = kTile * kTile;
static_assert(kRows <= 64 && kGroups <= 4, "rows are bits of a word, lanes of a row another");

// Place of cell (row, col) of the tile; -kRing <= row, col < kTile + kRing.
constexpr int place(int row, int col) {
  return (row + kRing) * kStride + kPad + col;
}

// Moves that lead into a row from the rows before it (in the direction of a sweep).
struct SweepMove {
  int row = 0;                     // 1..kRing rows back
  int col = 0;                     // columns back
  double factor = 0;               // length in cells
  const double* arrive = nullptr;  // kTileCells: what the second half of the move costs, by the
                                   // cell it leads to; infinity where there is no such move
};
inline constexpr int kMaxSweepMoves = 15;

struct alignas(64) Form {
  double time[kRows * kStride];
  double slow[kRows * kStride];  // time of half a cell, s; infinity = impassable
  // Rows (bit row + kRing) whose times fell since the last sweep along, or against, the rows.
  std::uint64_t ahead;
  std::uint64_t back;
  SweepMove moves[2][kMaxSweepMoves];  // [0] with the rows, [1] against them
  int move_count = 0;                  // 0: the moves of 8 neighbours without barriers
  int reach = 1;
};

struct TileScratch {
  Form rows;
  Form cols;  // cell (row, col) of the tile stands at place(col, row)
};

// One instruction set's kernels. All give the same bits.
struct Kernels {
  const char* name;
  // Relaxes moves inside the tile and from its ring until nothing changes.
  void (*settle)(TileScratch&);
  // Times of the tile, dense, into both forms.
  void (*load_times)(const double* from, TileScratch&);
  // slow of `rows` into `cols`, without the ring.
  void (*transpose_slow)(TileScratch&);
  void (*transpose_plane)(const double* from, double* to);  // kTile x kTile, dense
  // to[i] = half_cell * from[i], or infinity where from[i] is not above 0.
  void (*scale_friction)(const float* from, double half_cell, double* to, int count);
  // to[i] = half_cell * (1 / from[i]), or infinity where from[i] is not above 0.
  void (*scale_speed)(const float* from, double half_cell, double* to, int count);
  void (*copy)(const double* from, double* to, int count);
  // into = min(into, from), kTile cells.
  void (*take_least)(double* into, const double* from);
  // Groups of kTile cells in which now < before; lowers `least` to the least such value.
  std::uint8_t (*fell)(const double* now, const double* before, double& least);
  // Groups of kTile cells with one that is passable and not reached.
  std::uint8_t (*unreached)(const double* time, const double* slow);
  // Times of the tile, dense; returns the latest finite one, or -1.
  double (*take_times)(const Form& rows, double* to);
};

// The fastest this processor has; `ABATIS_SIMD` = avx512 | avx2 | plain asks for less.
const Kernels& kernels();

}  // namespace abatis::travel_detail
