// FlatGeobuf for data folders, GeoJSON for pages.
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/text.hpp"
#include "abatis/geo/io.hpp"
#include "ogr_convert.hpp"

namespace abatis {
namespace {

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (; !text.empty(); text.remove_prefix(1)) {
    const std::size_t length = utf8_length(text);
    const char c = text.front();
    if (length == 0) {
      out += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.append(text.substr(0, length));
      text.remove_prefix(length - 1);
    }
  }
  out += '"';
}

void append_json(std::string& out, const FieldValue& value) {
  if (const auto* s = std::get_if<std::string>(&value)) {
    append_json(out, std::string_view(*s));
  } else if (const auto* i = std::get_if<std::int64_t>(&value)) {
    out += fmt::format("{}", *i);
  } else if (const auto* d = std::get_if<double>(&value); d != nullptr && std::isfinite(*d)) {
    out += fmt::format("{}", *d);
  } else {
    out += "null";
  }
}

class GeoJson {
 public:
  explicit GeoJson(int decimals) : decimals_(decimals) {}
  std::string text;

  void geometry(const Geometry& g) {
    switch (g.kind) {
      case GeometryKind::point:
        return points(g);
      case GeometryKind::line:
        text += R"({"type":"MultiLineString","coordinates":)";
        list(g.parts, [&](const std::vector<Point>& part) { positions(part); });
        break;
      case GeometryKind::polygon:
        text += R"({"type":"MultiPolygon","coordinates":)";
        list(simple_polygons(g), [&](const std::vector<std::vector<Point>>& rings) {
          list(rings, [&](const std::vector<Point>& ring) { positions(ring); });
        });
        break;
    }
    text += '}';
  }

  template <class List, class One>
  void list(const List& members, One&& one) {
    text += '[';
    bool first = true;
    for (const auto& member : members) {
      if (!first) text += ',';
      first = false;
      one(member);
    }
    text += ']';
  }

 private:
  void points(const Geometry& g) {
    std::vector<Point> all;
    for (const auto& part : g.parts) all.insert(all.end(), part.begin(), part.end());
    if (all.size() == 1) {
      text += R"({"type":"Point","coordinates":)";
      position(all.front());
    } else {
      text += R"({"type":"MultiPoint","coordinates":)";
      positions(all);
    }
    text += '}';
  }
  void positions(const std::vector<Point>& part) {
    list(part, [&](Point p) { position(p); });
  }
  void position(Point p) {
    text += '[';
    number(p.x);
    text += ',';
    number(p.y);
    text += ']';
  }
  // Trailing zeros cost a page more than they tell it.
  void number(double v) {
    std::string digits = fmt::format("{:.{}f}", v, decimals_);
    if (decimals_ > 0) {
      digits.erase(digits.find_last_not_of('0') + 1);
      if (digits.back() == '.') digits.pop_back();
    }
    text += digits == "-0" ? "0" : digits;
  }

  int decimals_;
};

}  // namespace

Status write_flatgeobuf(const std::filesystem::path& path, const Layer& layer, GeometryKind kind) {
  gdal::Session session;
  const gdal::MemoryFile file(".fgb");
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("FlatGeobuf");
  gdal::Dataset dataset(driver->Create(file.name().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!dataset) {
    return tl::unexpected(session.error(ErrorCode::io, "the file cannot be made", path));
  }
  ABATIS_CHECK(gdal::add_layer(*dataset, layer, kind, {"SPATIAL_INDEX=YES"}, path, session));
  dataset.reset();
  if (session.failed()) {
    return tl::unexpected(session.error(ErrorCode::io, "the file cannot be written", path));
  }
  return gdal::publish(file, path);
}

Result<std::string> to_geojson(const Layer& layer, GeometryKind kind, int decimals) {
  if (decimals < 0 || decimals > 15) {
    return input_error(fmt::format("{} decimals are asked for; 0 to 15 can be had", decimals));
  }
  gdal::Session session;
  ABATIS_TRY(const OGRSpatialReference from, gdal::crs_of_epsg(layer.epsg, session));
  ABATIS_TRY(const OGRSpatialReference to, gdal::crs_of_epsg(kWgs84, session));
  gdal::Transformation transformation;
  if (layer.epsg != kWgs84) {
    ABATIS_TRY(transformation, gdal::make_transformation(from, to, {}, session));
  }
  GeoJson json(decimals);
  json.text = R"({"type":"FeatureCollection","features":)";
  std::size_t wrong = 0;
  std::size_t number = 0;
  json.list(layer.features, [&](const Feature& feature) {
    ++number;
    Geometry g = feature.geometry;
    if (g.kind != kind || g.parts.empty() ||
        (transformation && !gdal::transform_shape(*transformation, g))) {
      if (wrong == 0) wrong = number;
      return;
    }
    json.text += R"({"type":"Feature","properties":{)";
    for (std::size_t i = 0; i < layer.field_names.size(); ++i) {
      if (i > 0) json.text += ',';
      append_json(json.text, std::string_view(layer.field_names[i]));
      json.text += ':';
      append_json(json.text,
                  i < feature.fields.size() ? feature.fields[i] : FieldValue{std::monostate{}});
    }
    json.text += R"(},"geometry":)";
    json.geometry(g);
    json.text += '}';
  });
  if (wrong != 0) {
    return input_error(
        "the feature has no geometry of the kind of its layer, or no place in degrees",
        {.item = fmt::format("{}, feature {}", layer.name, wrong)}, session.words(""));
  }
  json.text += "}";
  return std::move(json.text);
}

}  // namespace abatis
