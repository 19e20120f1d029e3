#include "page.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "abatis/report/screen_products.hpp"
#include "base_map.hpp"
#include "json.hpp"
#include "maps.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

constexpr std::size_t kSiteVertices = 30'000;
constexpr std::size_t kBandVertices = 15'000;
constexpr std::size_t kPagePlaces = 600;
constexpr int kOverlayPixels = 900;

// Builds {"name":value,...} from values that are JSON already.
class Members {
 public:
  void add(std::string_view name, std::string_view json) {
    out_ += fmt::format("{}\"{}\":", out_.size() > 1 ? ",\n" : "", name);
    out_ += json;
  }
  std::string take() { return std::move(out_) + "}"; }

 private:
  std::string out_ = "{";
};

Status add_layer(Members& members, std::string_view name, const Layer& layer, GeometryKind kind,
                 int decimals = 5) {
  ABATIS_TRY(const std::string json, to_geojson(layer, kind, decimals));
  members.add(name, json);
  return {};
}

// One feature per site with its index and, when bought, the index of its purchase.
Layer page_sites(const RunView& view, const Facts& facts, GeometryKind kind) {
  std::vector<std::int64_t> purchase(view.sites.sites.size(), -1);
  for (std::size_t i = 0; i < facts.purchases.size(); ++i) {
    purchase[static_cast<std::size_t>(facts.purchases[i].site)] = static_cast<std::int64_t>(i);
  }
  Layer layer{"sites", view.scenario.grid.epsg, {"i", "p", "y", "m"}, {}};
  for (std::size_t i = 0; i < view.sites.sites.size(); ++i) {
    if (view.sites.sites[i].geometry.kind != kind) continue;
    const std::int64_t bought = purchase[i];
    const FieldValue measure =
        bought < 0 ? FieldValue{std::string()}
                   : FieldValue{view.scenario.catalogue
                                    .measures[static_cast<std::size_t>(facts.measure_of_site[i])]
                                    .id};
    layer.features.push_back(
        {view.sites.sites[i].geometry,
         {static_cast<std::int64_t>(i), bought, std::int64_t{facts.year_of_site[i]}, measure}});
  }
  return layer;
}

// Bounded like fit_layer, but no site may vanish: each keeps at least its ends.
void fit_sites(Layer& layer, double tolerance, std::size_t max_vertices) {
  for (; tolerance < 1e6; tolerance *= 2) {
    for (Feature& feature : layer.features) {
      Geometry thin = simplified(feature.geometry, tolerance);
      if (thin.parts.size() == feature.geometry.parts.size()) feature.geometry = std::move(thin);
    }
    if (vertex_count(layer) <= max_vertices) return;
  }
}

Status add_sites(Members& map, const RunView& view, const Facts& facts) {
  Members kinds;
  for (const auto& [kind, name] :
       {std::pair{GeometryKind::line, "lines"}, std::pair{GeometryKind::polygon, "blocks"},
        std::pair{GeometryKind::point, "points"}}) {
    Layer layer = page_sites(view, facts, kind);
    fit_sites(layer, 0.5 * view.terrain.grid.cell, kSiteVertices);
    ABATIS_CHECK(add_layer(kinds, name, layer, kind));
  }
  map.add("sites", kinds.take());
  return {};
}

std::string candidates_json(const RunView& view) {
  const Scenario& s = view.scenario;
  Json out = Json::array();
  for (const Site& site : view.sites.sites) {
    Json options = Json::array();
    for (const Option& option : site.options) {
      Json delays = Json::array();
      for (std::size_t speed = 0; speed < option.delay_s.size(); ++speed) {
        delays.push_back(std::round(delay_at(option, static_cast<int>(speed), s.years - 1)));
      }
      options.push_back(
          {{"measure", s.catalogue.measures[static_cast<std::size_t>(option.measure)].id},
           {"quantity", option.quantity},
           {"cover", valid_utf8(cover_id(view, option))},
           {"park", valid_utf8(park_id(view, option))},
           {"cost", std::round(option.whole_cost().value)},
           {"delay", std::move(delays)}});
    }
    out.push_back({{"id", valid_utf8(site.id)},
                   {"name", valid_utf8(site.name)},
                   {"near", valid_utf8(site.nearest_place)},
                   {"options", std::move(options)}});
  }
  return out.dump();
}

Status add_overlays(Members& map, const RunView& view, const Outcome& outcome) {
  Json overlays = Json::array();
  for (std::size_t a = 0; a < view.scenario.axes.size(); ++a) {
    if (outcome.shown_case[a] < 0) continue;
    const Raster<float> delay = delay_bought(outcome.before[a], outcome.after[a]);
    const double most = std::max(60.0, upper_value(delay, 0.98));
    const std::vector<ColourEntry> ramp = delay_ramp(most);
    Bounds at;
    ABATIS_TRY(const std::string png, to_png_mercator(delay, ramp, kOverlayPixels, &at));
    Json stops = Json::array();
    for (const ColourEntry& stop : ramp) {
      stops.push_back({{"value_s", stop.value},
                       {"rgba", {stop.r, stop.g, stop.b, stop.a}},
                       {"label", stop.label}});
    }
    overlays.push_back({{"axis", a},
                        {"case", outcome.shown_case[a]},
                        {"image", "data:image/png;base64," + base64(png)},
                        {"bounds", {at.min_x, at.min_y, at.max_x, at.max_y}},
                        {"stops", std::move(stops)}});
  }
  map.add("overlays", overlays.dump());
  return {};
}

Status add_bounds(Members& map, const RunView& view) {
  const Bounds b = view.terrain.grid.bounds();
  ABATIS_TRY(
      const std::vector<Point> corners,
      transform({{b.min_x, b.min_y}, {b.min_x, b.max_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}},
                view.scenario.grid.epsg, kWgs84));
  Bounds out{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const Point& p : corners) {
    out = {std::min(out.min_x, p.x), std::min(out.min_y, p.y), std::max(out.max_x, p.x),
           std::max(out.max_y, p.y)};
  }
  map.add("bounds",
          fmt::format("[{:.5f},{:.5f},{:.5f},{:.5f}]", out.min_x, out.min_y, out.max_x, out.max_y));
  return {};
}

Result<std::string> map_json(const RunView& view, const Outcome& outcome, const Facts& facts) {
  const double cell = view.terrain.grid.cell;
  Members map;
  ABATIS_CHECK(add_bounds(map, view));
  ABATIS_CHECK(add_layer(map, "land", land_layer(view), GeometryKind::polygon));
  ABATIS_CHECK(add_layer(map, "water", water_layer(view), GeometryKind::polygon));
  ABATIS_CHECK(add_layer(map, "rivers", river_layer(view), GeometryKind::line));
  ABATIS_CHECK(add_layer(map, "roads", road_layer(view), GeometryKind::line));
  ABATIS_CHECK(add_layer(map, "places", place_layer(view, kPagePlaces), GeometryKind::point));
  Layer border = border_layer(view);
  fit_layer(border, cell, kBandVertices);
  ABATIS_CHECK(add_layer(map, "border", border, GeometryKind::line));
  Layer bands = echelon_layer(view);
  for (Feature& band : bands.features) band.fields.pop_back();  // its source stands in the plan
  bands.field_names.pop_back();
  fit_layer(bands, 2 * cell, kBandVertices);
  ABATIS_CHECK(add_layer(map, "echelons", bands, GeometryKind::polygon));
  ABATIS_CHECK(add_layer(map, "paths", corridor_layer(view, outcome), GeometryKind::line));
  ABATIS_CHECK(add_layer(map, "objectives", objective_layer(view), GeometryKind::point));
  ABATIS_CHECK(add_sites(map, view, facts));
  map.add("candidates", candidates_json(view));
  ABATIS_CHECK(add_overlays(map, view, outcome));
  return map.take();
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t j) {
      return i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U;
    };
    const unsigned group = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
    out += kDigits[(group >> 18U) & 63U];
    out += kDigits[(group >> 12U) & 63U];
    out += i + 1 < bytes.size() ? kDigits[(group >> 6U) & 63U] : '=';
    out += i + 2 < bytes.size() ? kDigits[group & 63U] : '=';
  }
  return out;
}

Result<std::string> make_page(const RunView& view, const Outcome& outcome, const Facts& facts,
                              const std::string& plan) {
  ABATIS_TRY(const std::string map, map_json(view, outcome, facts));
  Members data;
  data.add("plan", plan);
  data.add("map", map);
  if (view.watch != nullptr) {
    const std::string picture =
        watch_map_svg({view.scenario, view.terrain, view.sites, *view.watch, {}});
    data.add("watch_map", Json(valid_utf8(picture)).dump());
  }
  if (view.screening != nullptr) data.add("screening", screen_page_json(*view.screening));
  const std::string_view page = page_template();
  const std::size_t at = page.find(kDataMark);
  if (at == std::string_view::npos) {
    return fail(ErrorCode::internal, "the embedded page has no place for its data", {},
                "build web/ again: npm --prefix web run build");
  }
  std::string out(page.substr(0, at));
  out += json_for_script(data.take());
  out += page.substr(at + kDataMark.size());
  return out;
}

}  // namespace abatis::report
