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
// m2, even-odd: a ring inside an odd number of others is a hole, whatever its orientation.
// Rings must not cross each other. O(points) for one ring, O(rings x points) at worst.
double area_of(const Geometry& geometry);
bool contains(const Geometry& polygon, Point p);  // even-odd

// The rings of a polygon sorted into simple polygons: the first ring of each is the outer one,
// anticlockwise (y north), the others are its holes, clockwise (RFC 7946). Rings of fewer than four
// points are left out. Rings must not cross each other; they may touch.
std::vector<std::vector<std::vector<Point>>> simple_polygons(const Geometry& polygon);

// True when some point of the geometry (the inside of a polygon included) lies in `bounds`.
bool touches(const Geometry& geometry, const Bounds& bounds);

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
  std::int64_t skipped = 0;  // features of the file left out: empty or broken geometry

  int field(std::string_view name) const;  // index, or -1
  // Text of a field ("" when absent), number of a field (fallback when absent).
  std::string text(const Feature& feature, std::string_view field_name) const;
  double number(const Feature& feature, std::string_view field_name, double fallback) const;
};

}  // namespace abatis
