#pragma once
// Vector data in memory: plain values, no GDAL types.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis {

enum class GeometryKind : std::uint8_t { point, line, polygon };

// point: each part is one point. line: each part is a polyline of >= 2 points.
// polygon: each part is a closed ring (first point repeated); inside is by the even-odd rule,
// so holes and multi-polygons need no further structure.
struct Geometry {
  GeometryKind kind = GeometryKind::point;
  std::vector<std::vector<Point>> parts;
  bool operator==(const Geometry&) const = default;
};

Bounds bounds_of(const Geometry& geometry);
double length_of(const Geometry& geometry);  // m, sum over parts (perimeter for polygons)
double area_of(const Geometry& geometry);    // m2, even-odd (absolute sum by ring orientation)
bool contains(const Geometry& polygon, Point p);  // even-odd

using FieldValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Feature {
  Geometry geometry;
  std::vector<FieldValue> fields;  // in the order of Layer::field_names
};

struct Layer {
  std::string name;
  int epsg = 0;
  std::vector<std::string> field_names;
  std::vector<Feature> features;

  int field(std::string_view name) const;  // index, or -1
  // Text of a field ("" when absent), number of a field (fallback when absent).
  std::string text(const Feature& feature, std::string_view field_name) const;
  double number(const Feature& feature, std::string_view field_name, double fallback) const;
};

}  // namespace abatis
