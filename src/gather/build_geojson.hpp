#pragma once
// Polygons out of very large GeoJSON files (hundreds of megabytes in a few lines), in one pass and
// in the memory of the polygons kept. Coordinates are lon, lat.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"

namespace abatis::gather {

struct ScannedPolygon {
  std::string label;  // value of the label property of its feature, "" when it has none
  Geometry geometry;  // polygon, rings closed
};

// Every polygon (a MultiPolygon gives several) whose bounding box meets `within`, in file order.
// Positions may have a height, which is dropped. Errors (input, with file and byte): unreadable or
// truncated file, brackets that do not match, a ring of fewer than four positions.
Result<std::vector<ScannedPolygon>> scan_polygons(const std::filesystem::path& file,
                                                  const Bounds& within,
                                                  const std::string& label_property,
                                                  Monitor& monitor);

// The part of a polygon inside a rectangle (Sutherland & Hodgman 1974, ring by ring). Edges along
// the rectangle may coincide; by the even-odd rule they enclose nothing. Empty when disjoint.
Geometry clipped(const Geometry& polygon, const Bounds& window);

}  // namespace abatis::gather
