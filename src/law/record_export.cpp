// Zones for other programs: GeoPackage, GeoJSON, CSV, KML, NVG.

#include <cmath>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/text.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/law/records.hpp"
#include "record_overlays.hpp"
#include "zone_shape.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRestricted = "RESTRICTED: full resolution, stock and sites of mined zones";
constexpr const char* kOpen = "PUBLIC: outlines grown to squares of 500 m; no stock, no sites";
constexpr double kTickEvery = 250, kTickLength = 60;  // m, of the front on overlays
constexpr int kDecimals = 6;                          // of degrees: 0.1 m

std::string id_of(const ZoneState& zone, std::size_t index, bool open) {
  return open ? fmt::format("zone-{}", index + 1) : zone.record.zone;
}
std::vector<Point> outline_of(const ZoneState& zone, bool open) {
  return open ? coarse_box(zone.record.outline, kPublicGrid) : zone.record.outline;
}
Point coarse(Point p) {
  return {std::round(p.x / kPublicGrid) * kPublicGrid, std::round(p.y / kPublicGrid) * kPublicGrid};
}

using Row = std::vector<FieldValue>;

// Names as IMSMA Core's hazard forms have them (docs/reference/records.md).
std::vector<std::string> field_names(bool open) {
  std::vector<std::string> names{"hazard_id",   "hazard_type", "hazard_class", "status",
                                 "status_date", "country",     "perimeter_m",  "area_m2",
                                 "marking",     "life_time",   "ref1_lon",     "ref1_lat",
                                 "ref2_lon",    "ref2_lat",    "symbol",       "document_marking"};
  if (!open) {
    for (const char* more :
         {"place", "site", "park", "reported_by", "number_planned", "number_counted",
          "emplacing_method", "length_m", "depth_m", "facing_deg", "bought_in"}) {
      names.emplace_back(more);
    }
  }
  return names;
}

Row row_of(const ZoneState& zone, std::size_t index, bool open, Point ref1, Point ref2) {
  const ZoneRecord& r = zone.record;
  const std::vector<Point> outline = outline_of(zone, open);
  const Geometry shape{GeometryKind::polygon, {outline}};
  const double perimeter = open ? length_of(shape) : r.perimeter_m;
  const double area = open ? area_of(shape) : r.extent_ha * 1e4;
  std::string symbol = mined_area_symbol(zone.status == "emplaced");
  // Public: what is laid, stored or planned would tell readiness.
  const bool over = zone.status == "cleared" || zone.status == "released";
  Row row{id_of(zone, index, open),
          std::string("Minefield"),
          r.device,
          open ? std::string(over ? zone.status : "in the programme") : zone.status,
          open ? std::string() : to_string(zone.since),
          r.state,
          perimeter,
          area,
          valid_utf8(r.marking),
          valid_utf8(r.life_time),
          ref1.x,
          ref1.y,
          ref2.x,
          ref2.y,
          open ? mined_area_symbol(false) : symbol,
          std::string(open ? kOpen : kRestricted)};
  if (open) return row;
  row.insert(row.end(),
             {valid_utf8(r.place), valid_utf8(r.site), valid_utf8(r.park), valid_utf8(zone.by),
              r.number, zone.number ? FieldValue(*zone.number) : FieldValue(), r.delivery,
              r.length_m, r.depth_m, r.facing_deg, std::int64_t{r.year}});
  return row;
}

std::string csv_cell(const FieldValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return {};
  std::string out = *text;
  // A spreadsheet would take it for a formula.
  if (!out.empty() && std::string_view("=+-@\t\r").find(out[0]) != std::string_view::npos) {
    out.insert(out.begin(), '\'');
  }
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string to_csv(const Layer& layer) {
  std::string out;
  const auto line = [&](const auto& cells, auto&& text) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + text(cells[i]);
    out += "\r\n";
  };
  line(layer.field_names, [](const std::string& name) { return name; });
  for (const Feature& feature : layer.features) {
    line(feature.fields, [](const FieldValue& value) { return csv_cell(value); });
  }
  return out;
}

// RFC 7946 lets a collection have members of its own: the marking goes with the file.
std::string marked(std::string geojson, const char* marking) {
  const std::size_t at = geojson.find('{');
  if (at == std::string::npos) return geojson;
  return geojson.insert(at + 1, fmt::format("\"marking\":\"{}\",", marking));
}

Result<OverlayZone> overlay_of(const ZoneState& zone, std::size_t index, bool open) {
  const ZoneRecord& r = zone.record;
  const auto lonlat = [&](const std::vector<Point>& points) {
    return transform(points, r.epsg, kWgs84);
  };
  OverlayZone out;
  out.id = id_of(zone, index, open);
  out.label = open ? "M" : fmt::format("M {}", r.zone);
  out.present = !open && zone.status == "emplaced";
  out.gone = zone.status == "cleared" || zone.status == "released";
  out.description =
      open ? std::string(kOpen)
           : fmt::format("{}; {}; {} since {}; {:.1f} ha; about {} planned; faces {:.0f} degrees",
                         kRestricted, r.device, zone.status, to_string(zone.since), r.extent_ha,
                         r.number, r.facing_deg);
  ABATIS_TRY(out.outline, lonlat(outline_of(zone, open)));
  if (open) return out;  // which way it faces is finer than the squares
  const std::vector<Point> front = moved_left(r.line, r.depth_m / 2);
  ABATIS_TRY(out.front, lonlat(front));
  for (const auto& tick : ticks_left(front, kTickEvery, kTickLength)) {
    ABATIS_TRY(std::vector<Point> both, lonlat(tick));
    out.ticks.push_back(std::move(both));
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> export_records(const std::vector<ZoneState>& zones,
                                                const fs::path& folder, bool open) {
  const char* marking = open ? kOpen : kRestricted;
  Layer layer;
  layer.name = "mined_zones";
  layer.epsg = zones.empty() ? kWgs84 : zones.front().record.epsg;
  layer.field_names = field_names(open);
  std::vector<OverlayZone> overlays;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const ZoneRecord& r = zones[i].record;
    const std::vector<Point> ends{open ? coarse(r.reference[0]) : r.reference[0],
                                  open ? coarse(r.reference[1]) : r.reference[1]};
    ABATIS_TRY(const std::vector<Point> refs, transform(ends, r.epsg, kWgs84));
    const auto digits = [](Point p) {
      return Point{std::round(p.x * 1e6) / 1e6, std::round(p.y * 1e6) / 1e6};
    };
    layer.features.push_back({{GeometryKind::polygon, {outline_of(zones[i], open)}},
                              row_of(zones[i], i, open, digits(refs[0]), digits(refs[1]))});
    ABATIS_TRY(OverlayZone overlay, overlay_of(zones[i], i, open));
    overlays.push_back(std::move(overlay));
  }
  ABATIS_CHECK(ensure_writable_folder(folder));
  ABATIS_TRY(std::string geojson, to_geojson(layer, GeometryKind::polygon, kDecimals));
  const std::string csv = to_csv(layer);
  ABATIS_CHECK(write_geopackage(
      folder / "mined_zones.gpkg",
      {{.layer = std::move(layer), .kind = GeometryKind::polygon, .description = marking}},
      {{"marking", marking}}));
  ABATIS_CHECK(write_file(folder / "mined_zones.geojson", marked(std::move(geojson), marking)));
  ABATIS_CHECK(write_file(folder / "mined_zones.csv", csv));
  ABATIS_CHECK(write_file(folder / "mined_zones.kml", to_kml(overlays, marking)));
  ABATIS_CHECK(write_file(folder / "mined_zones.nvg", to_nvg(overlays, marking)));
  return std::vector<std::string>{"mined_zones.gpkg", "mined_zones.geojson", "mined_zones.csv",
                                  "mined_zones.kml", "mined_zones.nvg"};
}

}  // namespace abatis
