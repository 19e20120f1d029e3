#include "map_ground.hpp"

#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "base_map.hpp"
#include "shapes.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr std::size_t kMapPlaces = 60;

// All shapes of one style as one path, thinned to half a pixel.
void draw_shapes(Picture& picture, const std::vector<MapGround::Shape>& shapes, GeometryKind kind,
                 const std::string& style) {
  Geometry all{kind, {}};
  const double tolerance = 0.5 / picture.pixels(1);
  for (const MapGround::Shape& shape : shapes) {
    if (!shape.bounds.intersects(picture.shown())) continue;
    for (auto& part : simplified(shape.geometry, tolerance, 4).parts) {
      all.parts.push_back(std::move(part));
    }
  }
  picture.shape(all, style);
}

}  // namespace

void draw_ground(Picture& picture, const MapGround& ground) {
  for (const Feature& f : ground.land.features) {
    const auto side = static_cast<int>(ground.land.number(f, "side", 0));
    const char* fill = side == 1 ? "#f6f4ee" : side == 2 ? "#e9e2de" : "#efefef";
    picture.shape(f.geometry, fmt::format("fill=\"{}\" fill-rule=\"evenodd\"", fill));
  }
  draw_shapes(picture, ground.water, GeometryKind::polygon,
              "fill=\"#b9d6ea\" fill-rule=\"evenodd\"");
  draw_shapes(picture, ground.streams, GeometryKind::line,
              "fill=\"none\" stroke=\"#c3dbec\" stroke-width=\"0.6\"");
  draw_shapes(picture, ground.rivers, GeometryKind::line,
              "fill=\"none\" stroke=\"#7fb0d6\" stroke-width=\"1.3\"");
}

void draw_roads(Picture& picture, const MapGround& ground) {
  constexpr std::array<double, 4> kWidths{1.9, 1.5, 1.0, 0.7};
  for (std::size_t rank = ground.roads.size(); rank-- > 0;) {
    draw_shapes(picture, ground.roads[rank], GeometryKind::line,
                fmt::format("fill=\"none\" stroke=\"#8c8780\" stroke-width=\"{}\"",
                            kWidths[std::min<std::size_t>(rank, 3)]));
  }
  for (const Feature& f : ground.border.features) {
    picture.shape(
        f.geometry,
        "fill=\"none\" stroke=\"#3c323c\" stroke-width=\"2\" stroke-dasharray=\"9 3 2 3\"");
  }
}

void draw_places(Picture& picture, const MapGround& ground) {
  std::vector<std::pair<double, double>> taken;
  for (const Feature& f : ground.places.features) {
    const Point p = f.geometry.parts[0][0];
    if (!picture.shows(p)) continue;
    const double x = picture.x(p);
    const double y = picture.y(p);
    const bool crowded = std::any_of(taken.begin(), taken.end(), [&](const auto& t) {
      return std::abs(t.first - x) < 90 && std::abs(t.second - y) < 16;
    });
    if (crowded || x > picture.width() - 60) continue;
    taken.emplace_back(x, y);
    picture.raw(
        fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\" fill=\"#333\"/>"
                    "<text class=\"p\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                    x, y, x + 5, y + 4, xml_text(ground.places.text(f, "name"))));
  }
}

MapGround::MapGround(const GroundView& view) {
  land = land_layer(view);
  // Lakes come from their own layer: the holes that states leave for them are thinned to nothing
  // that looks like one.
  for (Feature& f : land.features) {
    std::vector<std::vector<Point>> outer;
    for (auto& rings : simple_polygons(f.geometry)) outer.push_back(std::move(rings.front()));
    f.geometry.parts = std::move(outer);
  }
  border = border_layer(view);
  places = place_layer(view, kMapPlaces);
  const auto add = [](std::vector<Shape>& into, const Geometry& geometry) {
    into.push_back({geometry, bounds_of(geometry)});
  };
  for (const Feature& f : view.terrain.water_areas.features) add(water, f.geometry);
  for (const Feature& f : view.terrain.waterways.features) {
    const std::string code = view.terrain.waterways.text(f, "class");
    add(code == "river" || code == "canal" ? rivers : streams, f.geometry);
  }
  const auto& classes = view.scenario.catalogue.roads;
  std::set<int> ranks;
  for (const RoadClass& road : classes) ranks.insert(road.rank);
  roads.resize(std::min<std::size_t>(4, ranks.size()));
  for (const Feature& f : view.terrain.roads.features) {
    const std::string code = view.terrain.roads.text(f, "class");
    const auto cls = std::find_if(classes.begin(), classes.end(), [&](const RoadClass& road) {
      return std::find(road.codes.begin(), road.codes.end(), code) != road.codes.end();
    });
    if (cls == classes.end()) continue;
    const auto order =
        static_cast<std::size_t>(std::distance(ranks.begin(), ranks.find(cls->rank)));
    if (order < roads.size()) add(roads[order], f.geometry);
  }
}

}  // namespace abatis::report
