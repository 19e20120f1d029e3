#include "abatis/report/watch_products.hpp"

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "maps.hpp"
#include "styles.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis {
namespace {

using namespace report;

StyledLayer sensor_layer(const WatchView& view) {
  Layer layer{"sensors",
              view.scenario.grid.epsg,
              {"site", "measure", "name", "modality", "bought", "acts_from", "height_m",
               "range_air_m", "range_ground_m", "near"},
              {}};
  for (std::size_t i = 0; i < view.watch.sensors.size(); ++i) {
    const SitedSensor& one = view.watch.sensors[i];
    const Measure& m = view.measure(one.measure);
    layer.features.push_back(
        {view.site(i).geometry,
         {view.site(i).id, valid_utf8(m.id), valid_utf8(m.name),
          std::string(to_string(m.sensor.modality)), std::int64_t{view.year(one.bought)},
          std::int64_t{view.year(one.acts)}, m.sensor.height_m, m.sensor.range_air_m,
          m.sensor.range_ground_m, valid_utf8(view.site(i).nearest_place)}});
  }
  std::vector<Category> categories;
  for (const int m : view.scenario.measures) {
    const Measure& measure = view.measure(m);
    if (measure.rule != SiteRule::sensor) continue;
    categories.push_back({measure.id, measure.name, measure_colour(measure), 3.0});
  }
  return {std::move(layer), GeometryKind::point, "Sensors and effectors bought, by year",
          qml(GeometryKind::point, "measure", categories), ""};
}

StyledLayer place_layer_of(const WatchView& view) {
  Layer layer{"places", view.scenario.grid.epsg, {"ground_m", "over_m", "near"}, {}};
  for (const WatchPlace& place : view.watch.places) {
    layer.features.push_back({{GeometryKind::point, {{view.terrain.grid.centre(place.cell)}}},
                              {place.ground_m, place.over_m, valid_utf8(place.near)}});
  }
  return {std::move(layer), GeometryKind::point, "Candidate places: high ground with a road",
          qml(GeometryKind::point, "", {{"", "candidate place", {150, 150, 150}, 1.4}}), ""};
}

StyledLayer border_points(const WatchView& view) {
  Layer layer{"border",
              view.scenario.grid.epsg,
              {"chainage_m", "stretch", "day", "night", "fog", "seen"},
              {}};
  for (std::size_t p = 0; p < view.watch.border.size(); ++p) {
    const BorderPoint& point = view.watch.border[p];
    const auto& seen = view.watch.seen.back()[p];
    const std::string how = seen[0] == 0 ? "none" : seen[0] == 1 ? "one" : "more";
    layer.features.push_back({{GeometryKind::point, {{view.terrain.grid.centre(point.cell)}}},
                              {point.chainage_m, std::int64_t{point.stretch}, std::int64_t{seen[0]},
                               std::int64_t{seen[1]}, std::int64_t{seen[2]}, how}});
  }
  return {std::move(layer), GeometryKind::point, "Sensors that see the border, last year",
          qml(GeometryKind::point, "seen",
              {{"none", "seen by none by day", {176, 36, 40}, 1.8},
               {"one", "seen by one sensor", {158, 201, 226}, 1.8},
               {"more", "seen by two or more", {8, 74, 145}, 1.8}}),
          ""};
}

StyledLayer warned_places(const WatchView& view) {
  Layer layer{"warning",
              view.scenario.grid.epsg,
              {"name", "objective", "population", "border_m", "clear_s", "hard_s"},
              {}};
  for (const LaneWarning& lane : view.watch.lanes) {
    layer.features.push_back(
        {{GeometryKind::point, {{lane.at}}},
         {valid_utf8(lane.name), std::string(lane.objective ? "yes" : "no"), lane.population,
          lane.border_m, warning_s(view.rules(), lane.ahead_m.back()[0]),
          warning_s(view.rules(), lane.ahead_m.back()[1])}});
  }
  return {std::move(layer), GeometryKind::point,
          "Warning on the least exposed lane of low flyers, last year",
          qml(GeometryKind::point, "", {{"", "place warned", {224, 159, 62}, 2.4}}, "name"), ""};
}

std::vector<ColourEntry> altitude_ramp() {
  return {{0, 8, 74, 145, 230, "0 m: everything that flies is seen"},
          {10, 55, 135, 192, 230, "10 m"},
          {30, 158, 201, 226, 230, "30 m"},
          {100, 247, 220, 180, 230, "100 m"},
          {300, 214, 96, 77, 230, "300 m and more"}};
}

}  // namespace

std::vector<WatchPurchase> watch_purchases(const std::vector<PlanOrigin>& origin,
                                           const std::vector<Purchase>& purchases) {
  std::vector<WatchPurchase> out;
  for (const Purchase& one : purchases) {
    const PlanOrigin& from = origin[static_cast<std::size_t>(one.option)];
    if (!from.counts_only()) out.push_back({from.site, from.option, one.year});
  }
  return out;
}

Result<WatchProducts> write_watch_products(
    const Scenario& scenario, const Terrain& terrain, const SiteSet& sites, const Watch& watch,
    const std::optional<std::vector<WatchPurchase>>& purchases, const std::filesystem::path& out) {
  WatchView view{scenario, terrain, sites, watch, {}};
  if (purchases) view.readiness = watch_readiness(scenario, sites, *purchases, watch);
  for (const auto& folder : {out, out / "tables", out / "rasters", out / "maps"}) {
    ABATIS_CHECK(ensure_writable_folder(folder));
  }
  const auto metadata = product_metadata({scenario, terrain});
  WatchProducts products;
  std::vector<StyledLayer> layers;
  for (StyledLayer& layer : std::vector{sensor_layer(view), place_layer_of(view),
                                        border_points(view), warned_places(view)}) {
    if (!layer.layer.features.empty()) layers.push_back(std::move(layer));
  }
  ABATIS_CHECK(write_geopackage(out / "watch.gpkg", layers, metadata));
  products.files.push_back(
      {"watch.gpkg", "early warning: sensors, candidate places, border, places warned"});
  const std::string lowest = "lowest altitude over the surface seen by day in the last year";
  ABATIS_CHECK(write_cog(out / "rasters/watch_lowest.tif", watch.lowest_m,
                         {lowest, "m", metadata, altitude_ramp()}));
  products.files.push_back({"rasters/watch_lowest.tif", lowest});
  if (std::filesystem::exists(out / "rasters/watch_lowest.qml")) {
    products.files.push_back({"rasters/watch_lowest.qml", "style of rasters/watch_lowest.tif"});
  }
  std::vector<Table> texts = watch_tables(view);
  texts.push_back({"maps/watch_border.svg", "early warning: the border as a strip by year",
                   watch_strip_svg(view)});
  texts.push_back({"maps/watch.svg", "early warning: who sees what in the last year, a map",
                   watch_map_svg(view)});
  texts.push_back({"watch.json", "early warning: who sees what, and what warning that gives",
                   watch_json(view).dump(1) + "\n"});
  for (const Table& text : texts) {
    ABATIS_CHECK(write_file(out / text.file, text.csv));
    products.files.push_back({text.file, text.what});
  }
  products.words = watch_words(view);
  return products;
}

}  // namespace abatis
