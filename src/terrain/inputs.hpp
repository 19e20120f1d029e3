#pragma once
// The layers of a scenario as they are read: rasters on the grid, vectors in its CRS.

#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis::terrain_detail {

// A vector layer whose class attribute is called `class`, whatever the file calls it. Empty (no
// fields) where the scenario has none of that role.
struct Inputs {
  Raster<float> elevation_m;
  Raster<std::uint8_t> landcover;  // codes of the file
  Raster<std::uint8_t> soil;       // codes of the file; empty without a soil layer
  Layer states, roads, water, waterways, ditches, wetlands, builtup, places, protected_areas,
      services, municipalities;
};

// The name that the class attribute of a layer has after reading.
inline constexpr std::string_view kClass = "class";

// Reads all layers, several at a time. The error is that of the first layer in file order, with
// its role and its place in the scenario. Elevation or land cover that leaves the whole region
// unknown is an error: the file is elsewhere.
Result<Inputs> read_inputs(const Scenario& scenario, int threads, Monitor& monitor);

// `error` with the role of the layer and where the scenario names it.
Error in_layer(Error error, const LayerSource& source);

}  // namespace abatis::terrain_detail
