#pragma once
// Why a cell of a user's raster was not reached, in words.

#include <string>

#include "raster_ground.hpp"

namespace abatis::travel_detail {

// The cell itself is nodata, or lies in a pocket enclosed by nodata (its size and where it lies),
// or the sources do, or the bound ends before it.
std::string why_unreached(const FloatTiles& friction, Tiling tiling, int ring,
                          const RasterPlace& place, Cell cell, bool bounded);

}  // namespace abatis::travel_detail
