#pragma once
// A whole scenario in a temporary folder, small enough to run in a second: 12 x 8 km at 100 m.
//
//   RUS | LTU ...............  A river runs north to south through the middle; one road leads from
//   the border over its only bridge to the objective in the east. A lake lies in the north-east,
//   a forest in the south-west.
//
//   TinyWorld world("name");            // writes layers, catalogue and scenario.toml
//   run({.scenario = world.scenario(), .out = world.out()}, monitor)
//   world.edit("cell = \"100 m\"", "cell = \"0 m\"");   // then expect an error

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis::testing {

class TinyWorld {
 public:
  static constexpr double kWest = 450000;
  static constexpr double kSouth = 6030000;
  static constexpr double kWidth = 12000;
  static constexpr double kHeight = 8000;
  static constexpr int kEpsg = 3346;

  explicit TinyWorld(const std::string& name)
      : root_(std::filesystem::temp_directory_path() /
              fmt::format("abatis_{}_{}", name, ::getpid())) {
    namespace fs = std::filesystem;
    fs::remove_all(root_);
    fs::create_directories(root_ / "layers");
    fs::create_directories(root_ / "data");
    fs::copy(fs::path(ABATIS_SOURCE_DIR) / "data/catalogue", root_ / "data/catalogue");
    write_rasters();
    write_vectors();
    save(text());
  }
  ~TinyWorld() { std::filesystem::remove_all(root_); }
  TinyWorld(const TinyWorld&) = delete;
  TinyWorld& operator=(const TinyWorld&) = delete;

  std::filesystem::path root() const { return root_; }
  std::filesystem::path scenario() const { return root_ / "data/scenario.toml"; }
  std::filesystem::path layers() const { return root_ / "layers"; }
  std::filesystem::path out() const { return root_ / "out"; }

  // Replaces a piece of the scenario file; it must be there.
  void edit(const std::string& from, const std::string& to) {
    std::string now = must(read_file(scenario()));
    const auto at = now.find(from);
    if (at == std::string::npos) throw std::invalid_argument("not in the scenario: " + from);
    save(now.replace(at, from.size(), to));
  }

  // "lon, lat" of a place given in metres from the south-west corner.
  static std::string lonlat(double east, double north) {
    const auto points = must(transform({{kWest + east, kSouth + north}}, kEpsg, 4326));
    return fmt::format("{:.6f}, {:.6f}", points[0].x, points[0].y);
  }

  static Geometry box(double west, double south, double east, double north) {
    const double w = kWest + west;
    const double e = kWest + east;
    const double s = kSouth + south;
    const double n = kSouth + north;
    return {GeometryKind::polygon, {{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}};
  }
  static Geometry line(std::vector<Point> points) {
    for (auto& p : points) p = {kWest + p.x, kSouth + p.y};
    return {GeometryKind::line, {std::move(points)}};
  }

  template <class T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error(to_string(result.error()));
    return std::move(*result);
  }
  static void must(Status status) {
    if (!status) throw std::runtime_error(to_string(status.error()));
  }

  void write_states(double border_m) const {
    write_layer("states", GeometryKind::polygon, {"a3"},
                {{box(-1000, -1000, border_m, kHeight + 1000), {std::string("RUS")}},
                 {box(border_m, -1000, kWidth + 1000, kHeight + 1000), {std::string("LTU")}}});
  }
  void write_layer(const std::string& name, GeometryKind kind, std::vector<std::string> fields,
                   std::vector<Feature> features) const {
    Layer layer;
    layer.name = name;
    layer.epsg = kEpsg;
    layer.field_names = std::move(fields);
    layer.features = std::move(features);
    must(write_flatgeobuf(layers() / (name + ".fgb"), layer, kind));
  }
  static Grid grid() {
    return {.epsg = kEpsg,
            .origin_x = kWest,
            .origin_y = kSouth + kHeight,
            .cell = 100,
            .rows = 80,
            .cols = 120};
  }

 private:
  void save(const std::string& content) const { must(write_file(scenario(), content)); }

  void write_rasters() const {
    Raster<float> elevation(grid(), 100.0F);
    Raster<std::uint8_t> cover(grid(), 40);  // farmland
    for (Cell c = 0; c < static_cast<Cell>(grid().size()); ++c) {
      const Point p = grid().centre(c);
      elevation[c] += static_cast<float>((p.x - kWest) / 1000);  // a gentle rise eastward
      if (p.x - kWest < 4500 && p.y - kSouth < 2500 && p.x - kWest > 2500) cover[c] = 10;  // forest
    }
    must(write_cog(layers() / "elevation.tif", elevation, {.description = "elevation"}));
    must(write_cog(layers() / "landcover.tif", cover, {.description = "land cover"}));
  }

  void write_vectors() const {
    write_states(1500);
    write_layer("roads", GeometryKind::line, {"class"},
                {{line({{200, 4050}, {6000, 4050}, {11800, 4050}}), {std::string("primary")}}});
    write_layer("water", GeometryKind::polygon, {"class"},
                {{box(9000, 6000, 10500, 7500), {std::string("lake")}}});
    write_layer("waterways", GeometryKind::line, {"class", "name"},
                {{line({{6030, -500}, {6050, 3000}, {6030, 5000}, {6040, 8500}}),
                  {std::string("river"), std::string("Tiny")}}});
    write_layer("ditches", GeometryKind::line, {"class"},
                {{line({{4050, 2800}, {4060, 5500}}), {std::string("ditch")}}});
    write_layer("places", GeometryKind::point, {"class", "name", "population"},
                {{{GeometryKind::point, {{{kWest + 10500, kSouth + 4300}}}},
                  {std::string("town"), std::string("Eastham"), std::int64_t{5000}}}});
  }

  static std::string layer(const std::string& role, const std::string& file) {
    return fmt::format(
        "[[layers]]\nrole = \"{}\"\nfile = \"{}\"\nquality = \"synthetic\"\n"
        "source = \"made by the test\"\nlicence = \"CC0\"\ndate = \"2026\"\n\n",
        role, file);
  }

  std::string text() const {
    std::string toml(R"(# a scenario made by a test
[scenario]
id = "tiny"
title = "Tiny world"
description = "twelve by eight kilometres"
seed = 7
first_year = 2026
years = 4
data = "layers"
catalogue = "data/catalogue"
caveats = ["nothing here is real"]

[region]
epsg = 3346
x = ["450 km", "462 km"]
y = ["6030 km", "6038 km"]
cell = "100 m"

[sides]
friendly = ["LTU"]
adversary = ["RUS"]

[terrain]
slope_amplification = 1
slope_provenance = "flat"
neighbours = 8

)");
    toml += layer("elevation", "elevation.tif") + layer("landcover", "landcover.tif") +
            layer("states", "states.fgb") + layer("roads", "roads.fgb") +
            layer("water", "water.fgb") + layer("waterways", "waterways.fgb") +
            layer("ditches", "ditches.fgb") + layer("places", "places.fgb");
    const auto south_west = must(transform({{kWest + 1000, kSouth + 300}}, kEpsg, 4326));
    const auto north_east = must(transform({{kWest + 2000, kSouth + 7700}}, kEpsg, 4326));
    toml += fmt::format(R"([[entries]]
id = "west"
name = "western border"
state = "RUS"
into = ["LTU"]
lon = [{:.6f}, {:.6f}]
lat = [{:.6f}, {:.6f}]

[[objectives]]
id = "eastham"
name = "Eastham"
at = [{}]
radius = "400 m"

[[axes]]
id = "only"
name = "West to Eastham"
entry = "west"
objective = "eastham"
weight = 1

[[movers]]
id = "heavy_tracked"
weight = 2

[[movers]]
id = "wheeled_8x8"
weight = 1

[[seasons]]
id = "dry"
weight = 1

[[echelons]]
id = "E1"
name = "first echelon"
from = "0 km"
to = "4 km"
belts = ["1 km"]
provenance = "unverified"

[[echelons]]
id = "E2"
name = "second echelon"
from = "4 km"
to = "10 km"
belts = ["6 km"]
provenance = "unverified"

[sites]
measures = ["ditch_deepened", "anti_vehicle_ditch", "mined_zone", "bridge_prepared", "forest_retained", "park"]
segment = "1 km"
min_segment = "300 m"
ditch_min_length = "800 m"
block_side = "1 km"
corridor_slack = "150 %"
max_belt_segments = 60
max_ditches = 20
max_bridges = 10
max_forest_blocks = 10

[warning]
time = ["12 h", "24 h", "48 h"]
provenance = "unverified"

[network]
tile = "2 km"
portal_spacing = "300 m"
tolerance = "1 %"
check_plans = 4

[plan]
gap = "1 %"
node_limit = 400
time_limit = "60 s"

[money]
by_year = ["2 MEUR", "2 MEUR", "2 MEUR", "2 MEUR"]
carry_over = "100 %"
discount_rate = "3 %"
liability_share = "0 %"
price_year = 2026
provenance = "unverified"

[[earmarks]]
class = "anti_tank_mines"
rule = "at_most"
amount = "4 MEUR"
provenance = "unverified"
)",
                        south_west[0].x, north_east[0].x, south_west[0].y, north_east[0].y,
                        lonlat(10500, 4050));
    return toml;
  }

  std::filesystem::path root_;
};

}  // namespace abatis::testing
