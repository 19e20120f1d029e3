#pragma once
// Land cover, soil and water by class, from rasters and polygons.

#include <cstdint>
#include <vector>

#include "abatis/terrain/terrain.hpp"
#include "inputs.hpp"

namespace abatis::terrain_detail {

inline constexpr std::uint8_t kLake = 1, kRiver = 2, kSea = 3;  // of water_of

// Water polygons (lake 1, river 2, sea 3; any other class is a lake and noted). Where polygons
// overlap, a river goes before a lake and a lake before the sea.
Raster<std::uint8_t> water_of(const Grid& grid, const Layer& water, std::vector<CellNote>& notes);

// Land cover by the catalogue's codes; a code that no class has is unknown. Wetland and built-up
// polygons decide cells whose cover is unknown or open; their class names a cover of that id, else
// the first cover of that kind. Cover of kind water without a water polygon becomes water.
Raster<std::uint8_t> cover_of(const Catalogue& catalogue, const Inputs& inputs,
                              Raster<std::uint8_t>& water, std::vector<CellNote>& notes);

// Soil by the catalogue's codes; without a soil layer, the soil presumed for the cover.
Raster<std::uint8_t> soil_of(const Catalogue& catalogue, const Inputs& inputs,
                             const Raster<std::uint8_t>& cover, std::vector<CellNote>& notes);

}  // namespace abatis::terrain_detail
