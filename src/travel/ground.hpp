#pragma once
// Tiles of ground for the engine, out of rasters.

#include <memory>
#include <vector>

#include "abatis/travel/travel.hpp"
#include "moves.hpp"
#include "tile_engine.hpp"

namespace abatis::travel_detail {

// Speeds, barriers and slopes of a TravelInput.
class GroundSource : public TileSource {
 public:
  GroundSource(const TravelInput& input, int neighbours, bool reverse);
  void fill(std::int32_t row, std::int32_t col, const double* known,
            TileScratch& scratch) const override;

 private:
  void fill_moves(std::int32_t row, std::int32_t col, bool barriers, TileScratch& scratch) const;

  const TravelInput& input_;
  const Kernels& kernels_;
  Grid grid_;
  int neighbours_;
  bool reverse_;
};

// Times into a whole raster of doubles.
class FieldSink : public TileSink {
 public:
  FieldSink(Tiling tiling, double* time) : tiling_(tiling), time_(time) {}
  void write(std::int32_t row, std::int32_t col, const double* time) override;
  void read(std::int32_t row, std::int32_t col, double* time) const override;

 private:
  Tiling tiling_;
  double* time_;
};

}  // namespace abatis::travel_detail
