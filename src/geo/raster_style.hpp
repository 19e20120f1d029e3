#pragma once
// Private to geo: the QGIS style beside a raster.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/geo/io.hpp"

namespace abatis {

// Style of a single-band raster: linear interpolation between the stops.
std::string raster_ramp_qml(const std::vector<ColourEntry>& stops, std::string_view unit);

}  // namespace abatis
