#pragma once
// QGIS 3 styles for the layers of a GeoPackage, as QML text.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/geo/layer.hpp"

namespace abatis {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

struct StyleCategory {
  std::string value;  // of the attribute; "" matches everything not named
  std::string label;
  Rgb colour;
};

// One symbol for all features. `width_mm` is the line width, the point diameter, or the outline
// width of a polygon (filled at 45 % opacity).
std::string simple_qml(GeometryKind kind, Rgb colour, double width_mm);

// One symbol per value of `attribute`.
std::string categorized_qml(GeometryKind kind, const std::string& attribute,
                            const std::vector<StyleCategory>& categories, double width_mm);

}  // namespace abatis
