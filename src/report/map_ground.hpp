#pragma once
// A map as SVG, and the ground that all maps of a run share.

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "abatis/geo/layer.hpp"
#include "ground_view.hpp"

namespace abatis::report {

// North up, one unit a pixel. Shapes are clipped by the picture's frame, not cut.
class Picture {
 public:
  static constexpr double kLongerSide = 1100;  // pixels of the map itself
  static constexpr double kHead = 66;          // above it

  explicit Picture(const Bounds& shown) : shown_(shown) {
    const double longer = std::max(shown.max_x - shown.min_x, shown.max_y - shown.min_y);
    scale_ = kLongerSide / longer;
    width_ = (shown.max_x - shown.min_x) * scale_;
    height_ = (shown.max_y - shown.min_y) * scale_;
  }
  double width() const { return width_; }
  double height() const { return height_; }
  double pixels(double metres) const { return metres * scale_; }
  double x(Point p) const { return (p.x - shown_.min_x) * scale_; }
  double y(Point p) const { return (shown_.max_y - p.y) * scale_ + kHead; }

  // The parts that touch the map, as path data, to a tenth of a pixel.
  std::string path(const Geometry& geometry) const {
    std::string d;
    for (const auto& part : geometry.parts) {
      if (part.size() < 2) continue;
      if (!bounds_of({geometry.kind, {part}}).intersects(shown_)) continue;
      for (std::size_t i = 0; i < part.size(); ++i) {
        d += fmt::format("{}{:.1f} {:.1f}", i == 0 ? 'M' : 'L', x(part[i]), y(part[i]));
      }
      if (geometry.kind == GeometryKind::polygon) d += 'Z';
    }
    return d;
  }
  void shape(const Geometry& geometry, const std::string& style) {
    const std::string d = path(geometry);
    if (!d.empty()) out_ += fmt::format("<path d=\"{}\" {}/>\n", d, style);
  }
  void raw(const std::string& text) { out_ += text + '\n'; }
  const Bounds& shown() const { return shown_; }
  bool shows(Point p) const { return shown_.contains(p); }
  const std::string& text() const { return out_; }

 private:
  Bounds shown_;
  double scale_ = 1, width_ = 0, height_ = 0;
  std::string out_;
};

// The ground that all maps of a run share: lines and areas with their bounds.
class MapGround {
 public:
  explicit MapGround(const GroundView& view);
  struct Shape {
    Geometry geometry;  // one part of a line, a whole area
    Bounds bounds;
  };
  Layer land, border, places;
  std::vector<Shape> water, rivers, streams;
  std::vector<std::vector<Shape>> roads;  // by importance: the four first ranks of the catalogue
};
void draw_ground(Picture& picture, const MapGround& ground);
void draw_roads(Picture& picture, const MapGround& ground);  // and the border
// Names where there is room for them, the more important first.
void draw_places(Picture& picture, const MapGround& ground);

}  // namespace abatis::report
