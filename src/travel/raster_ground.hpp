#pragma once
// Friction and heights of a user's raster as the engine wants them: tiles with their ring, each in
// one piece.

#include <functional>
#include <optional>
#include <vector>

#include "abatis/geo/raster_rows.hpp"
#include "abatis/travel/travel.hpp"
#include "float_tiles.hpp"
#include "moves.hpp"
#include "tile_engine.hpp"

namespace abatis::travel_detail {

// Floats of a tile with a ring of `ring` cells.
constexpr std::size_t ringed_cells(int ring) {
  return static_cast<std::size_t>(kTile + 2 * ring) * static_cast<std::size_t>(kTile + 2 * ring);
}

// Reads a raster into tiles with a ring; what is off the raster is NaN. `look` sees each row once,
// in order, and may refuse it.
Status read_ringed(RasterReader& raster, int ring, FloatTiles& tiles, Monitor& monitor,
                   const std::function<Status(std::int32_t row, const float* values)>& look);

// Friction on its way to times, in one and the same memory: a tile's own cells are no longer needed
// once they are settled, since its neighbours hold copies of its edge in their rings.
//
// A cell of a tile that was written holds its time (>= 0) when it was reached, and its friction
// with the sign turned when it was not. Off the raster and on nodata it is NaN throughout.
class RasterGround : public TileSource, public TileSink {
 public:
  struct Slopes {
    const FloatTiles* elevation = nullptr;
    SlopePace pace;  // its elevation is not read
    double cell_m = 0;
  };
  // `half_cell`: what turns friction into the cost of half a cell.
  RasterGround(FloatTiles& cells, Tiling tiling, int neighbours, double half_cell,
               std::optional<Slopes> slopes)
      : cells_(cells),
        kernels_(kernels()),
        tiling_(tiling),
        neighbours_(neighbours),
        half_cell_(half_cell),
        slopes_(slopes),
        written_(tiling.size(), 0) {}
  void fill(std::int32_t row, std::int32_t col, const double* known,
            TileScratch& scratch) const override;
  void expect(std::int32_t row, std::int32_t col) const override {
    cells_.expect(tiling_.tile_of(row, col));
  }
  void write(std::int32_t row, std::int32_t col, const double* time) override;
  void read(std::int32_t row, std::int32_t col, double* time) const override;

  // Times of a tile, kTile x kTile: NaN where it was not reached.
  void times(std::size_t tile, float* to) const;
  // Time of a cell, or nothing.
  std::optional<double> time(Cell cell) const;

 private:
  FloatTiles& cells_;
  const Kernels& kernels_;
  Tiling tiling_;
  int neighbours_;
  double half_cell_;
  std::optional<Slopes> slopes_;
  std::vector<std::uint8_t> written_;  // by tile; each is touched by one thread at a time
};

}  // namespace abatis::travel_detail
