#include "ogr_convert.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

namespace abatis::gdal {
namespace {

std::optional<std::vector<Point>> points_of(const OGRSimpleCurve& curve, std::size_t fewest) {
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(curve.getNumPoints()));
  for (int i = 0; i < curve.getNumPoints(); ++i) {
    const Point p{curve.getX(i), curve.getY(i)};
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
    points.push_back(p);
  }
  if (points.size() < fewest) return std::nullopt;
  return points;
}

class Shapes {
 public:
  bool complete = true;

  void add(const OGRGeometry& g) {
    switch (wkbFlatten(g.getGeometryType())) {
      case wkbPoint:
        return add_point(*g.toPoint());
      case wkbLineString:
      case wkbLinearRing:
        return add_part(GeometryKind::line, points_of(*g.toSimpleCurve(), 2));
      case wkbPolygon:
      case wkbTriangle:
        return add_polygon(*g.toPolygon());
      case wkbMultiPoint:
      case wkbMultiLineString:
      case wkbMultiPolygon:
      case wkbGeometryCollection:
        for (const OGRGeometry* member : *g.toGeometryCollection()) add(*member);
        return;
      case wkbPolyhedralSurface:
      case wkbTIN:
        for (const OGRPolygon* member : *g.toPolyhedralSurface()) add_polygon(*member);
        return;
      default:
        complete = false;
    }
  }

  void move_to(std::vector<Geometry>& shapes) {
    for (Geometry* shape : {&points_, &lines_, &polygons_}) {
      if (!shape->parts.empty()) shapes.push_back(std::move(*shape));
    }
  }

 private:
  void add_part(GeometryKind kind, std::optional<std::vector<Point>> part) {
    if (!part) {
      complete = false;
      return;
    }
    Geometry& shape = kind == GeometryKind::line ? lines_ : polygons_;
    shape.parts.push_back(std::move(*part));
  }
  void add_point(const OGRPoint& p) {
    if (p.IsEmpty() || !std::isfinite(p.getX()) || !std::isfinite(p.getY())) {
      complete = false;
      return;
    }
    points_.parts.push_back({{p.getX(), p.getY()}});
  }
  // Without its outer ring a polygon means nothing; without a hole it means something else.
  void add_polygon(const OGRPolygon& polygon) {
    std::vector<std::vector<Point>> rings;
    for (const OGRLinearRing* ring : polygon) {
      auto points = points_of(*ring, 3);
      if (points && points->front() != points->back()) points->push_back(points->front());
      if (!points || points->size() < 4) {
        complete = false;
        if (rings.empty()) return;
        continue;
      }
      rings.push_back(std::move(*points));
    }
    if (rings.empty()) complete = false;
    for (auto& ring : rings) polygons_.parts.push_back(std::move(ring));
  }

  Geometry points_{GeometryKind::point, {}};
  Geometry lines_{GeometryKind::line, {}};
  Geometry polygons_{GeometryKind::polygon, {}};
};

// Even-odd reading would punch holes where parts of a multi-polygon overlap; valid ones do not.
bool may_overlap(const OGRMultiPolygon& parts) {
  std::vector<OGREnvelope> boxes;
  for (const OGRPolygon* part : parts) {
    OGREnvelope box;
    part->getEnvelope(&box);
    boxes.push_back(box);
  }
  std::sort(boxes.begin(), boxes.end(),
            [](const OGREnvelope& a, const OGREnvelope& b) { return a.MinX < b.MinX; });
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = i + 1; j < boxes.size() && boxes[j].MinX < boxes[i].MaxX; ++j) {
      if (boxes[j].MinY < boxes[i].MaxY && boxes[i].MinY < boxes[j].MaxY) return true;
    }
  }
  return false;
}

OGRLinearRing ring_of(const std::vector<Point>& points) {
  OGRLinearRing ring;
  ring.setNumPoints(static_cast<int>(points.size()), FALSE);
  for (std::size_t i = 0; i < points.size(); ++i) {
    ring.setPoint(static_cast<int>(i), points[i].x, points[i].y);
  }
  return ring;
}

}  // namespace

bool append_shapes(const OGRGeometry& geometry, std::vector<Geometry>& shapes) {
  Shapes found;
  std::unique_ptr<OGRGeometry> made;
  const OGRGeometry* g = &geometry;
  if (g->hasCurveGeometry()) {
    made.reset(g->getLinearGeometry());
    g = made.get();
  }
  if (g != nullptr && wkbFlatten(g->getGeometryType()) == wkbMultiPolygon &&
      may_overlap(*g->toMultiPolygon()) && !g->IsValid()) {
    // "Structure" keeps the union of the parts; the default would keep what an odd number covers.
    CPLStringList method;
    method.SetNameValue("METHOD", "STRUCTURE");
    std::unique_ptr<OGRGeometry> valid(g->MakeValid(method.List()));
    if (valid) {
      made = std::move(valid);
      g = made.get();
    }
  }
  if (g == nullptr) return false;
  found.add(*g);
  found.move_to(shapes);
  return found.complete;
}

bool transform_shape(OGRCoordinateTransformation& transformation, Geometry& shape) {
  std::vector<double> x;
  std::vector<double> y;
  for (auto& part : shape.parts) {
    x.clear();
    y.clear();
    for (const Point& p : part) {
      x.push_back(p.x);
      y.push_back(p.y);
    }
    if (!transformation.Transform(static_cast<int>(part.size()), x.data(), y.data())) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (!std::isfinite(x[i]) || !std::isfinite(y[i])) return false;
      part[i] = {x[i], y[i]};
    }
  }
  return true;
}

OGRwkbGeometryType ogr_type(GeometryKind kind) {
  switch (kind) {
    case GeometryKind::point:
      return wkbMultiPoint;
    case GeometryKind::line:
      return wkbMultiLineString;
    case GeometryKind::polygon:
      return wkbMultiPolygon;
  }
  return wkbUnknown;
}

std::unique_ptr<OGRGeometry> to_ogr(const Geometry& geometry, GeometryKind kind) {
  if (geometry.kind != kind) return nullptr;
  if (kind == GeometryKind::point) {
    auto points = std::make_unique<OGRMultiPoint>();
    for (const auto& part : geometry.parts) {
      for (const Point& p : part) points->addGeometryDirectly(new OGRPoint(p.x, p.y));
    }
    if (points->IsEmpty()) return nullptr;
    return points;
  }
  if (kind == GeometryKind::line) {
    auto lines = std::make_unique<OGRMultiLineString>();
    for (const auto& part : geometry.parts) {
      if (part.size() < 2) continue;
      auto line = std::make_unique<OGRLineString>();
      line->setNumPoints(static_cast<int>(part.size()), FALSE);
      for (std::size_t i = 0; i < part.size(); ++i) {
        line->setPoint(static_cast<int>(i), part[i].x, part[i].y);
      }
      lines->addGeometryDirectly(line.release());
    }
    if (lines->IsEmpty()) return nullptr;
    return lines;
  }
  auto polygons = std::make_unique<OGRMultiPolygon>();
  for (const auto& rings : simple_polygons(geometry)) {
    auto polygon = std::make_unique<OGRPolygon>();
    for (const auto& points : rings) {
      OGRLinearRing ring = ring_of(points);
      polygon->addRing(&ring);
    }
    polygons->addGeometryDirectly(polygon.release());
  }
  if (polygons->IsEmpty()) return nullptr;
  return polygons;
}

OGRFieldType common_type(const Layer& layer, std::size_t field) {
  bool integer = false;
  bool real = false;
  for (const Feature& feature : layer.features) {
    if (field >= feature.fields.size()) continue;
    const FieldValue& value = feature.fields[field];
    if (std::holds_alternative<std::string>(value)) return OFTString;
    integer = integer || std::holds_alternative<std::int64_t>(value);
    real = real || std::holds_alternative<double>(value);
  }
  return real ? OFTReal : integer ? OFTInteger64 : OFTString;
}

void set_field(OGRFeature& feature, int index, OGRFieldType type, const FieldValue& value) {
  if (const auto* s = std::get_if<std::string>(&value)) {
    feature.SetField(index, s->c_str());
  } else if (const auto* i = std::get_if<std::int64_t>(&value)) {
    if (type == OFTString) {
      feature.SetField(index, fmt::format("{}", *i).c_str());
    } else if (type == OFTReal) {
      feature.SetField(index, static_cast<double>(*i));
    } else {
      feature.SetField(index, static_cast<GIntBig>(*i));
    }
  } else if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
    if (type == OFTString) {
      feature.SetField(index, fmt::format("{}", *d).c_str());
    } else {
      feature.SetField(index, *d);
    }
  } else {
    feature.SetFieldNull(index);
  }
}

namespace {

// A field the driver would rename, or whose name repeats, would be lost to whoever reads it.
Status add_fields(OGRLayer& table, const Layer& layer, const std::vector<OGRFieldType>& types,
                  const std::filesystem::path& path, Session& session) {
  for (std::size_t i = 0; i < layer.field_names.size(); ++i) {
    OGRFieldDefn definition(layer.field_names[i].c_str(), types[i]);
    if (table.CreateField(&definition, FALSE) != OGRERR_NONE) {
      return tl::unexpected(session.error(
          ErrorCode::input, fmt::format("field \"{}\" cannot be written", layer.field_names[i]),
          path, layer.name));
    }
  }
  return {};
}

}  // namespace

Status add_layer(GDALDataset& dataset, const Layer& layer, GeometryKind kind,
                 const std::vector<std::string>& options, const std::filesystem::path& path,
                 Session& session) {
  ABATIS_TRY(OGRSpatialReference crs, crs_of_epsg(layer.epsg, session));
  CPLStringList list;
  for (const std::string& option : options) list.AddString(option.c_str());
  OGRLayer* table = dataset.CreateLayer(layer.name.c_str(), &crs, ogr_type(kind), list.List());
  if (table == nullptr) {
    return tl::unexpected(
        session.error(ErrorCode::input, "the layer cannot be written", path, layer.name));
  }
  std::vector<OGRFieldType> types;
  for (std::size_t i = 0; i < layer.field_names.size(); ++i) {
    types.push_back(common_type(layer, i));
  }
  ABATIS_CHECK(add_fields(*table, layer, types, path, session));
  for (std::size_t n = 0; n < layer.features.size(); ++n) {
    const Feature& feature = layer.features[n];
    const std::string item = fmt::format("{}, feature {}", layer.name, n + 1);
    OGRFeature row(table->GetLayerDefn());
    for (std::size_t i = 0; i < std::min(types.size(), feature.fields.size()); ++i) {
      set_field(row, static_cast<int>(i), types[i], feature.fields[i]);
    }
    auto geometry = to_ogr(feature.geometry, kind);
    if (!geometry) {
      return input_error("the feature has no geometry of the kind of its layer",
                         {.file = path.string(), .item = item});
    }
    row.SetGeometryDirectly(geometry.release());
    if (table->CreateFeature(&row) != OGRERR_NONE) {
      return tl::unexpected(
          session.error(ErrorCode::io, "the feature cannot be written", path, item));
    }
  }
  return {};
}

}  // namespace abatis::gdal
