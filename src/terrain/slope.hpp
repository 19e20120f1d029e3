#pragma once

#include "abatis/geo/raster.hpp"

namespace abatis::terrain_detail {

// Slope in percent by Horn (1981): the weighted mean of central differences over 3 x 3 cells,
// times `amplification`. Unknown where the cell or a neighbour on the grid is unknown; beyond the
// edge of the grid the surface goes on straight. The same bits on any number of threads.
Raster<float> slope_percent(const Raster<float>& elevation_m, double amplification, int threads);

}  // namespace abatis::terrain_detail
