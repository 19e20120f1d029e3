#pragma once
// Private to geo: pieces of QGIS style files.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/geo/io.hpp"

namespace abatis {

std::string xml_escape(std::string_view text);
// Style of a single-band raster: linear interpolation between the stops.
std::string raster_ramp_qml(const std::vector<ColourEntry>& stops, std::string_view unit);

}  // namespace abatis
