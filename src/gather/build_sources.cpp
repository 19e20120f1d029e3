#include "build_sources.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "abatis/base/words.hpp"
#include "abatis/geo/io.hpp"
#include "build_geojson.hpp"

namespace abatis::gather {

namespace {

constexpr double kNearTowns_m = 30'000;

std::vector<Point> outline_of(const Bounds& b) {
  std::vector<Point> out;
  constexpr int kSteps = 50;  // edges of a projected rectangle are curved in lon, lat
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    const double x = b.min_x + t * (b.max_x - b.min_x), y = b.min_y + t * (b.max_y - b.min_y);
    out.insert(out.end(), {{x, b.min_y}, {x, b.max_y}, {b.min_x, y}, {b.max_x, y}});
  }
  return out;
}

Result<Bounds> lonlat_window(const Bounds& region, int epsg) {
  ABATIS_TRY(const auto points, transform(outline_of(region), epsg, kWgs84));
  Bounds box{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const Point& p : points) {
    box.min_x = std::min(box.min_x, p.x);
    box.min_y = std::min(box.min_y, p.y);
    box.max_x = std::max(box.max_x, p.x);
    box.max_y = std::max(box.max_y, p.y);
  }
  return box;
}

Result<Geometry> to_grid(const Geometry& g, const Grid& grid) {
  Geometry out;
  out.kind = g.kind;
  for (const auto& part : g.parts) {
    ABATIS_TRY(auto moved, transform(part, kWgs84, grid.epsg));
    out.parts.push_back(std::move(moved));
  }
  return clipped(out, grid.bounds());
}

struct PolygonFile {
  const Source* source;
  std::filesystem::path path;
  std::string label;
};

Result<std::vector<ScannedPolygon>> read_polygons(const PolygonFile& from, const Grid& grid,
                                                  const Bounds& window, Monitor& monitor) {
  const Bounds wide{window.min_x - 0.05, window.min_y - 0.05, window.max_x + 0.05,
                    window.max_y + 0.05};
  ABATIS_TRY(auto found, scan_polygons(from.path, wide, from.label, monitor));
  std::vector<ScannedPolygon> kept;
  for (auto& polygon : found) {
    // First in degrees: only what is near is worth transforming.
    ABATIS_TRY(auto moved, to_grid(clipped(polygon.geometry, wide), grid));
    if (!moved.parts.empty()) kept.push_back({std::move(polygon.label), std::move(moved)});
  }
  return kept;
}

Layer water_layer(const char* name, std::vector<ScannedPolygon> polygons, int epsg) {
  Layer layer{.name = name, .epsg = epsg, .field_names = {}, .features = {}};
  for (auto& polygon : polygons) layer.features.push_back({std::move(polygon.geometry), {}});
  return layer;
}

Result<Layer> states_layer(const Recipe& recipe, std::vector<ScannedPolygon> polygons,
                           const Source& source, int epsg) {
  Layer layer{.name = "states", .epsg = epsg, .field_names = {"a3"}, .features = {}};
  for (const std::string& code : recipe.states) {
    Feature feature;
    feature.geometry.kind = GeometryKind::polygon;
    feature.fields = {code};
    for (auto& polygon : polygons) {
      if (polygon.label != code) continue;
      for (auto& part : polygon.geometry.parts) feature.geometry.parts.push_back(std::move(part));
    }
    if (feature.geometry.parts.empty())
      return input_error(fmt::format("{} has no land of {} in the region", source.package, code),
                         source.where, "correct `states` or the region of the recipe");
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

std::vector<std::string_view> split(std::string_view line, char by) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t end = line.find(by);
    out.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return out;
    line.remove_prefix(end + 1);
  }
}

template <class T>
bool parse_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

// GeoNames columns: id, name, ascii, alternates, lat, lon, ..., population 14, elevation 15,
// dem 16, timezone 17, date 18.
Result<std::vector<Town>> read_towns(const std::filesystem::path& path, const Bounds& window) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return input_error("cannot be opened", {.file = path.string()});
  std::vector<Town> towns;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const auto f = split(line, '\t');
    const Where where{path.string(), number, 0, {}};
    if (f.size() != 19)
      return input_error(fmt::format("{} columns instead of GeoNames' 19", f.size()), where,
                         "the file is damaged: install the package again");
    Town town;
    double lat = 0, lon = 0;
    if (!parse_number(f[4], lat) || !parse_number(f[5], lon))
      return input_error("latitude or longitude is not a number", where,
                         "the file is damaged: install the package again");
    if (!window.contains({lon, lat})) continue;
    town.name = f[1];
    town.ascii = f[2];
    for (const auto other : split(f[3], ',')) town.others.emplace_back(other);
    town.at = {lon, lat};
    std::int64_t population = 0;
    if (parse_number(f[14], population) && population > 0) town.population = population;
    town.has_height = parse_number(f[16], town.height_m) && town.height_m > -500;
    town.date = f[18];
    towns.push_back(std::move(town));
  }
  if (in.bad()) return fail(ErrorCode::io, "read failure", {.file = path.string()});
  return towns;
}

Result<std::vector<DrainageLine>> read_drainage(const std::filesystem::path& path,
                                                const Grid& grid) {
  ReadLayerOptions options;
  options.fields = {"upArea"};
  options.within = grid.bounds().grown(10'000);
  ABATIS_TRY(const Layer layer, read_layer(path, grid.epsg, options));
  std::vector<DrainageLine> lines;
  for (const Feature& feature : layer.features)
    for (const auto& part : feature.geometry.parts)
      if (part.size() >= 2)
        lines.push_back({part.front(), part.back(), layer.number(feature, "upArea", 0)});
  return lines;
}

// Rows of towns moved to the grid's CRS and parted into the region and its surroundings.
Status place_towns(std::vector<Town> towns, Inputs& inputs) {
  std::vector<Point> points;
  for (const Town& town : towns) points.push_back(town.at);
  ABATIS_TRY(const auto moved, transform(points, kWgs84, inputs.grid.epsg));
  const Bounds inside = inputs.grid.bounds();
  for (std::size_t i = 0; i < towns.size(); ++i) {
    towns[i].at = moved[i];
    if (inside.grown(-1).contains(moved[i]))
      inputs.towns.push_back(std::move(towns[i]));
    else if (inside.grown(kNearTowns_m).contains(moved[i]))
      inputs.near_towns.push_back(std::move(towns[i]));
  }
  sort_stably(inputs.towns,
              [](const Town& a, const Town& b) { return a.population > b.population; });
  return {};
}

}  // namespace

Result<std::vector<std::filesystem::path>> source_files(const Recipe& recipe,
                                                        const BuildOptions& options) {
  std::vector<std::filesystem::path> files;
  for (const Source& source : recipe.sources) {
    std::filesystem::path found, looked;
    std::error_code ignored;
    if (source.kind == "npm") {
      for (const auto& folder : options.node_modules) {
        looked = folder / source.package / source.file;
        if (std::filesystem::is_regular_file(looked, ignored)) found = looked;
        if (!found.empty()) break;
      }
    } else {
      looked = options.debian_root / source.file;
      if (std::filesystem::is_regular_file(looked, ignored)) found = looked;
    }
    if (found.empty()) {
      const bool npm = source.kind == "npm";
      return input_error(
          fmt::format("{} package {} is not installed: it holds {}", npm ? "npm" : "Debian",
                      source.package, source.title),
          {.file = looked.empty() ? source.file : looked.string(), .item = source.id},
          npm ? "npm ci --prefix data/gather" : fmt::format("apt-get install {}", source.package));
    }
    files.push_back(std::move(found));
  }
  return files;
}

Result<Inputs> read_inputs(const Recipe& recipe, const std::vector<std::filesystem::path>& files,
                           int threads, Monitor& monitor) {
  Inputs inputs;
  inputs.grid = recipe.grid();
  const Grid& grid = inputs.grid;
  ABATIS_TRY(const Bounds window, lonlat_window(grid.bounds(), grid.epsg));
  const auto path_of = [&](const char* id) {
    const auto index = static_cast<std::size_t>(recipe.source(id) - recipe.sources.data());
    return files[index];
  };
  const std::array<PolygonFile, 3> polygon_files{
      PolygonFile{recipe.source("states"), path_of("states"), "A3"},
      PolygonFile{recipe.source("lakes"), path_of("lakes"), ""},
      PolygonFile{recipe.source("rivers"), path_of("rivers"), ""}};
  std::error_code ignored;
  std::int64_t bytes = 0;
  for (const auto& f : polygon_files)
    bytes += static_cast<std::int64_t>(std::filesystem::file_size(f.path, ignored));
  monitor.begin("reading packages", bytes, "byte");
  std::array<Result<std::vector<ScannedPolygon>>, 3> polygons;
  parallel_for(polygon_files.size(), threads, [&](std::size_t i) {
    polygons[i] = read_polygons(polygon_files[i], grid, window, monitor);
  });
  for (auto& found : polygons)
    if (!found) return tl::unexpected<Error>(found.error());
  ABATIS_TRY(inputs.states,
             states_layer(recipe, std::move(*polygons[0]), *recipe.source("states"), grid.epsg));
  inputs.lakes = water_layer("lakes", std::move(*polygons[1]), grid.epsg);
  inputs.rivers = water_layer("rivers", std::move(*polygons[2]), grid.epsg);
  const Bounds wide{window.min_x - 0.6, window.min_y - 0.4, window.max_x + 0.6, window.max_y + 0.4};
  ABATIS_TRY(auto towns, read_towns(path_of("settlements"), wide));
  ABATIS_CHECK(place_towns(std::move(towns), inputs));
  ABATIS_TRY(inputs.drainage, read_drainage(path_of("drainage"), grid));
  ABATIS_TRY(inputs.coarse_m,
             read_raster<float>(path_of("relief"), grid, Resampling::bilinear, 1, kWgs84));
  for (const float v : inputs.coarse_m.values)
    if (is_nodata(v))
      return input_error("the coarse relief has gaps in the region",
                         {.file = path_of("relief").string()});
  return inputs;
}

Result<Gazetteer> Gazetteer::make(const Recipe& recipe, const Inputs& inputs) {
  Gazetteer out;
  std::vector<Point> points;
  for (const KnownPlace& place : recipe.places) points.push_back({place.lon, place.lat});
  if (!points.empty()) {
    ABATIS_TRY(points, transform(points, kWgs84, recipe.epsg));
  }
  // Written-down places first: they are meant where a settlement has the same name.
  for (std::size_t i = 0; i < points.size(); ++i)
    out.places_.emplace(recipe.places[i].name, points[i]);
  for (const auto* towns : {&inputs.towns, &inputs.near_towns}) {
    for (const Town& town : *towns) out.places_.emplace(town.name, town.at);
    for (const Town& town : *towns) out.places_.emplace(town.ascii, town.at);
    for (const Town& town : *towns)
      for (const std::string& other : town.others) out.places_.emplace(other, town.at);
  }
  ABATIS_CHECK(out.check(recipe));
  return out;
}

// Every name of the facts is found now, before the long work.
Status Gazetteer::check(const Recipe& recipe) const {
  std::vector<Stop> stops;
  for (const RoadFact& road : recipe.roads)
    stops.insert(stops.end(), road.past.begin(), road.past.end());
  for (const RiverFact& river : recipe.rivers)
    stops.insert(stops.end(), river.past.begin(), river.past.end());
  for (const BridgeFact& bridge : recipe.bridges) stops.push_back(bridge.at);
  for (const Stop& stop : stops) ABATIS_CHECK(find(stop));
  return {};
}

Result<Point> Gazetteer::find(const Stop& stop) const {
  if (const auto it = places_.find(stop.name); it != places_.end()) return it->second;
  std::string nearest;
  int best = static_cast<int>(stop.name.size());
  for (const auto& [name, at] : places_) {
    const int d = edit_distance(stop.name, name);
    if (d < best) {
      best = d;
      nearest = name;
    }
  }
  return input_error(
      fmt::format("no settlement of the region and no [[place]] is named `{}`", stop.name),
      stop.where,
      nearest.empty() ? "write it down as a [[place]] with lon and lat"
                      : fmt::format("did you mean `{}`?", nearest));
}

}  // namespace abatis::gather
