#include "stage_products.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

Result<fs::path> stage_folder(const fs::path& out, const char* stage) {
  const fs::path folder = out / stage;
  ABATIS_CHECK(ensure_writable_folder(folder));
  return folder;
}

std::map<std::string, std::string> licences(const Scenario& scenario) {
  std::map<std::string, std::string> metadata{
      {"scenario", scenario.id}, {"marking", "restricted working document: full resolution"}};
  for (const auto& layer : scenario.layers) {
    metadata.emplace("source " + layer.shown,
                     fmt::format("{}; {}; {}; {}", layer.source, layer.licence, layer.date,
                                 to_string(layer.quality)));
  }
  return metadata;
}

// One raster product in a stage's folder.
class RasterWriter {
 public:
  RasterWriter(const Scenario& scenario, fs::path out, const char* stage)
      : out_(std::move(out)), stage_(stage), metadata_(licences(scenario)) {}

  template <class T>
  Status write(const std::string& name, const Raster<T>& raster, std::string description,
               std::string unit, std::vector<ColourEntry> colours = {}) {
    ABATIS_TRY(const fs::path folder, stage_folder(out_, stage_));
    ABATIS_CHECK(write_cog(folder / (name + ".tif"), raster,
                           {.description = description,
                            .unit = std::move(unit),
                            .metadata = metadata_,
                            .colours = std::move(colours)}));
    products_.push_back({fmt::format("{}/{}.tif", stage_, name), std::move(description)});
    return {};
  }
  Products take() { return std::move(products_); }

 private:
  fs::path out_;
  const char* stage_;
  std::map<std::string, std::string> metadata_;
  Products products_;
};

std::string speed_name(const Scenario& scenario, int mover, int season) {
  return fmt::format("{}_{}", scenario.catalogue.movers[static_cast<std::size_t>(mover)].id,
                     scenario.catalogue.seasons[static_cast<std::size_t>(season)].id);
}

}  // namespace

Result<Products> write_terrain(const Scenario& scenario, const Terrain& terrain,
                               const fs::path& out) {
  RasterWriter writer(scenario, out, "terrain");
  ABATIS_CHECK(writer.write("elevation", terrain.elevation_m, "elevation", "m"));
  ABATIS_CHECK(writer.write("slope", terrain.slope_percent, "slope", "percent"));
  std::vector<ColourEntry> colours;
  for (std::size_t i = 0; i < scenario.catalogue.covers.size(); ++i) {
    const auto& cover = scenario.catalogue.covers[i];
    colours.push_back({static_cast<double>(i), cover.colour[0], cover.colour[1], cover.colour[2],
                       255, cover.name});
  }
  ABATIS_CHECK(writer.write("cover", terrain.cover, "land cover, index into the catalogue", "",
                            std::move(colours)));
  ABATIS_CHECK(writer.write("soil", terrain.soil, "soil, index into the catalogue", ""));
  ABATIS_CHECK(writer.write("road", terrain.road, "road class + 1, 0 = none", ""));
  ABATIS_CHECK(writer.write("natural", terrain.natural, "natural barrier class + 1", ""));
  ABATIS_CHECK(writer.write("bridge", terrain.bridge, "bridge over a barrier or water", ""));
  ABATIS_CHECK(writer.write("side", terrain.side, "1 friendly, 2 adversary", ""));
  ABATIS_CHECK(
      writer.write("border_distance", terrain.border_distance_m, "distance from the border", "m"));
  ABATIS_CHECK(
      writer.write("intercepts", terrain.intercepts_per_km, "slope intercept frequency", "1/km"));
  return writer.take();
}

Result<Products> write_mobility(const Scenario& scenario, const Mobility& mobility,
                                const fs::path& out) {
  RasterWriter writer(scenario, out, "mobility");
  for (const auto& speed : mobility.speeds) {
    const std::string name = speed_name(scenario, speed.mover, speed.season);
    ABATIS_CHECK(writer.write("speed_" + name, speed.speed_mps, "speed of " + name, "m/s"));
  }
  return writer.take();
}

Result<Products> write_travel(const Scenario& scenario, const Terrain& terrain,
                              const Mobility& mobility, const fs::path& out, Monitor& monitor) {
  RasterWriter writer(scenario, out, "travel");
  const auto barriers = natural_barriers(terrain);
  const auto per_axis = scenario.movers.size() * scenario.seasons.size();
  monitor.begin("travel times, whole fields", static_cast<std::int64_t>(scenario.cases.size()),
                "cases");
  for (std::size_t i = 0; i < scenario.cases.size(); ++i) {
    const auto& one = scenario.cases[i];
    const auto speed = i % per_axis;
    const auto& axis = scenario.axes[static_cast<std::size_t>(one.axis)];
    const auto delays = natural_delays(mobility, static_cast<int>(speed));
    ABATIS_TRY(const AxisCells cells, axis_cells(scenario, terrain, mobility.speeds[speed], axis));
    const auto field = travel_time(
        {.speed_mps = &mobility.speeds[speed].speed_mps, .barrier = &barriers, .delay_s = delays},
        cells.sources, {.neighbours = scenario.terrain.neighbours});
    Raster<float> seconds(terrain.grid, nodata<float>());
    for (std::size_t c = 0; c < seconds.values.size(); ++c) {
      if (std::isfinite(field.time_s[c])) seconds.values[c] = static_cast<float>(field.time_s[c]);
    }
    const std::string name = axis.id + "_" + speed_name(scenario, one.mover, one.season);
    ABATIS_CHECK(writer.write("time_" + name, seconds, "least time from " + name, "s"));
    monitor.advance(1);
    if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped by the user");
  }
  return writer.take();
}

Result<Products> write_sites(const Scenario& scenario, const SiteSet& sites, const fs::path& out) {
  ABATIS_TRY(const fs::path folder, stage_folder(out, "sites"));
  std::vector<StyledLayer> layers;
  for (const auto& [kind, geometry, name] :
       {std::tuple{SiteKind::segment, GeometryKind::line, "segments"},
        std::tuple{SiteKind::point, GeometryKind::point, "points"},
        std::tuple{SiteKind::block, GeometryKind::polygon, "blocks"}}) {
    Layer layer;
    layer.name = name;
    layer.epsg = scenario.grid.epsg;
    layer.field_names = {
        "id",       "name",  "length_m", "area_m2",  "nearest_place",   "measure",
        "quantity", "cover", "park",     "cost_eur", "maintenance_eur", "liability_eur"};
    for (const auto& site : sites.sites) {
      if (site.kind != kind) continue;
      for (const auto& option : site.options) {
        layer.features.push_back(
            {site.geometry,
             {site.id, site.name, site.length_m, site.area_m2, site.nearest_place,
              scenario.catalogue.measures[static_cast<std::size_t>(option.measure)].id,
              option.quantity,
              option.cover < 0
                  ? std::string()
                  : scenario.catalogue.measures[static_cast<std::size_t>(option.cover)].id,
              option.park < 0 ? std::string()
                              : sites.sites[static_cast<std::size_t>(option.park)].id,
              option.whole_cost().value, option.whole_maintenance().value,
              option.whole_liability().value}});
      }
    }
    if (layer.features.empty()) continue;
    layers.push_back({.layer = std::move(layer),
                      .kind = geometry,
                      .description = fmt::format("candidate {}, a row per option", name)});
  }
  ABATIS_CHECK(write_geopackage(folder / "sites.gpkg", layers, licences(scenario)));
  return Products{{"sites/sites.gpkg", "candidate sites, a row per option"}};
}

Result<Products> write_network(const Scenario& scenario, const Network& network,
                               const fs::path& out) {
  ABATIS_TRY(const fs::path folder, stage_folder(out, "network"));
  nlohmann::ordered_json json;
  json["tile_m"] = scenario.network.tile_m;
  json["portal_spacing_m"] = scenario.network.portal_spacing_m;
  json["tolerance"] = scenario.network.tolerance;
  json["error"] = {{"worst", network.error.worst},
                   {"mean", network.error.mean},
                   {"worst_case", network.error.worst_case},
                   {"plans_tried", network.error.plans},
                   {"refinements", network.error.rounds}};
  for (const auto& one : network.cases) {
    const auto& graph = network.graphs[static_cast<std::size_t>(one.graph)];
    json["cases"].push_back({{"case", scenario.axes[static_cast<std::size_t>(one.axis)].id + "_" +
                                          speed_name(scenario, one.mover, one.season)},
                             {"nodes", graph.nodes()},
                             {"arcs", graph.to.size()}});
  }
  ABATIS_CHECK(write_file(folder / "network.json", json.dump(2) + "\n"));
  return Products{{"network/network.json", "size and measured error of the network"}};
}

}  // namespace abatis
