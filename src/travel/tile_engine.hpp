#pragma once
// Least times over a grid of tiles: a queue of tiles whose surroundings have changed, each relaxed
// until it is settled, by any number of threads. Tiles that no later work can change are handed to
// the sink and their memory is used again, so only the front of the search is held in doubles.
//
// The times are the least fixed point of
//     t_j = min over moves i -> j of  (t_i + k h s_i) + (k h s_j + delay_ij)
// in floating point (k: length of the move in cells, h: half a cell in metres, s: slowness in s/m).
// Every operation is monotone under rounding, so that fixed point is one, whatever the order in
// which tiles and cells are settled: one thread or many, any instruction set, the same bits.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/grid.hpp"
#include "tile.hpp"

namespace abatis::travel_detail {

// Tiles of a grid: row-major, the last row and column of them may be cut by its edge.
struct Tiling {
  std::int32_t rows = 0, cols = 0;  // cells
  std::int32_t tile_rows() const { return (rows + kTile - 1) / kTile; }
  std::int32_t tile_cols() const { return (cols + kTile - 1) / kTile; }
  std::size_t size() const {
    return static_cast<std::size_t>(tile_rows()) * static_cast<std::size_t>(tile_cols());
  }
  std::size_t tile_of(std::int32_t row, std::int32_t col) const {
    return static_cast<std::size_t>(row / kTile) * static_cast<std::size_t>(tile_cols()) +
           static_cast<std::size_t>(col / kTile);
  }
  // Its first row and column.
  std::int32_t row_of(std::size_t tile) const {
    return static_cast<std::int32_t>(tile / static_cast<std::size_t>(tile_cols())) * kTile;
  }
  std::int32_t col_of(std::size_t tile) const {
    return static_cast<std::int32_t>(tile % static_cast<std::size_t>(tile_cols())) * kTile;
  }
};

// Where the ground comes from. Called from several threads, for different tiles.
class TileSource {
 public:
  virtual ~TileSource() = default;
  // Fills slow of both forms of the tile at (row, col) with its ring, and their moves where the
  // plain ones do not do; infinity off the grid. Cells whose `known` time is finite are closed, as
  // if impassable: they are final. `known` is null when there are none.
  virtual void fill(std::int32_t row, std::int32_t col, const double* known,
                    TileScratch& scratch) const = 0;
  // The tile is likely to be filled next.
  virtual void expect(std::int32_t /*row*/, std::int32_t /*col*/) const {}
};

// Where times go. Called from several threads, for different tiles.
class TileSink {
 public:
  virtual ~TileSink() = default;
  // Times of a tile, kTile x kTile. Infinite ones are not to be written: they are what the sink
  // starts with, or were written before.
  virtual void write(std::int32_t row, std::int32_t col, const double* time) = 0;
  // What was written of a tile; infinity where nothing was. Exactness is not asked for.
  virtual void read(std::int32_t row, std::int32_t col, double* time) const = 0;
};

struct EngineTask {
  Tiling tiling;
  const TileSource* source = nullptr;
  TileSink* sink = nullptr;
  std::span<const Cell> sources;  // ascending, without repeats
  std::span<const Cell> targets;  // ascending; stop once the nearest is settled
  double bound_s = 0;             // stop beyond this time
  int reach = 1;                  // rows or columns that the longest move spans
  int threads = 1;
  // Tiles of the front held in memory; the others wait in a scratch file of `spill_folder`.
  std::size_t max_live_tiles = SIZE_MAX;
  std::filesystem::path spill_folder;
};

struct EngineResult {
  double limit_s = 0;  // times up to it are final, later ones may not be
  bool interrupted = false;
  Status failure;             // of the scratch file
  std::size_t visits = 0;     // tiles relaxed, repeats counted
  std::size_t most_live = 0;  // tiles of the front at once, at most
  std::size_t spilled = 0;    // tiles put aside, repeats counted
};

// Bytes held for a tile of the front, beside the sink's.
std::size_t live_tile_bytes(int reach);

EngineResult run_engine(const EngineTask& task, Monitor& monitor);

}  // namespace abatis::travel_detail
