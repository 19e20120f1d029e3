#pragma once
// A made-up country to measure travel on: lakes, rivers, forest, wet ground, towns joined by roads.
// It only has to look like one to a search: long thin fast roads in slow ground of continuous
// values, obstacles of every size, ways round them. Deterministic by seed on any number of threads.

#include <cstdint>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis::bench {

struct Landscape {
  Raster<float> friction;   // s per cell edge; NaN = impassable
  Raster<float> elevation;  // m; empty when not asked for
  Cell source = kNoCell;    // on a road, next to the middle
};

// size x size cells of 30 m. O(cells).
Landscape made_landscape(std::int32_t size, std::uint64_t seed, bool elevation);

// The middle size x size cells of a data folder's land cover (25 m) with its roads on top. The
// elevation is always empty. Errors: no such files, or a land cover smaller than `size`.
Result<Landscape> real_landscape(std::int32_t size, const std::string& data_folder);

// The cell nearest to the middle of at most this friction; the nearest passable one where there is
// none; kNoCell where nothing is passable.
Cell middle_source(const Raster<float>& friction, float road_friction);

}  // namespace abatis::bench
