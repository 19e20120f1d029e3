#include "public_map.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/version.hpp"
#include "abatis/finished/publish.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/rasterize.hpp"

namespace abatis::finished {
namespace fs = std::filesystem;
namespace {

struct Product {
  const char* prefix;  // of the name in rasters/
  const char* what;
  const char* unit;
};
// Effects of the whole plan and of the ground; nothing that shows single sites or movers' ways.
constexpr Product kRasters[] = {{"delay_", "delay bought by the plan's last year", "s"},
                                {"speed_", "speed over the ground", "m/s"},
                                {"time_before_", "least time with nothing built", "s"}};

std::map<std::string, std::string> metadata() {
  return {{"marking", kPublicEdition}, {"program", fmt::format("abatis {}", version())}};
}

int epsg_of(const RunFolder& run) {
  const auto scenario = run.plan.find("scenario");
  if (scenario == run.plan.end() || !scenario->is_object()) return 0;
  const auto crs = scenario->find("crs");
  if (crs == scenario->end() || !crs->is_string()) return 0;
  const std::string text = crs->get<std::string>();
  int epsg = 0;
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), epsg);
  }
  return epsg;
}

std::vector<std::string> rasters_of(const RunFolder& run) {
  std::vector<std::string> names;
  for (const std::string& product : run.products) {
    if (product.starts_with("rasters/") && product.ends_with(".tif")) names.push_back(product);
  }
  return names;
}

// Cells that a site touches.
std::vector<Cell> cells_of(const Grid& grid, const Geometry& geometry) {
  std::vector<Cell> cells;
  for (const auto& part : geometry.parts) {
    if (geometry.kind == GeometryKind::point) continue;
    const auto along = cells_of_line(grid, part);
    cells.insert(cells.end(), along.begin(), along.end());
  }
  if (geometry.kind == GeometryKind::polygon) {
    for_each_cell_inside(grid, geometry, [&](Cell c) { cells.push_back(c); });
  }
  return cells;
}

void sort_once(std::vector<Cell>& cells) {
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
}

// Vertices moved to the nearest corner of the grid, none twice in a row.
std::vector<Point> on_corners(const Grid& grid, const std::vector<Point>& line) {
  std::vector<Point> out;
  for (const Point p : line) {
    const Point corner{grid.origin_x + std::round((p.x - grid.origin_x) / grid.cell) * grid.cell,
                       grid.origin_y - std::round((grid.origin_y - p.y) / grid.cell) * grid.cell};
    if (out.empty() || !(out.back() == corner)) out.push_back(corner);
  }
  return out;
}

}  // namespace

Result<Grid> public_grid(const RunFolder& run) {
  const std::vector<std::string> rasters = rasters_of(run);
  if (rasters.empty()) {
    return input_error("the run left no raster, so its region is not known",
                       {.file = run.folder.string()}, "run it again with this version");
  }
  ABATIS_TRY(const RasterInfo info, raster_info(run.folder / rasters.front()));
  const double step =
      kPublicStep * std::max(1.0, std::ceil(std::max(info.cell_x, info.cell_y) / kPublicStep));
  const double west = std::floor(info.bounds.min_x / step) * step;
  const double north = std::ceil(info.bounds.max_y / step) * step;
  return Grid{.epsg = epsg_of(run),
              .origin_x = west,
              .origin_y = north,
              .cell = step,
              .rows = static_cast<std::int32_t>(std::ceil((north - info.bounds.min_y) / step)),
              .cols = static_cast<std::int32_t>(std::ceil((info.bounds.max_x - west) / step))};
}

std::vector<Cell> PublicMap::of_kind(int kind) const {
  std::vector<Cell> all;
  for (const auto& [key, cells_here] : cells) {
    if (key.first == kind) all.insert(all.end(), cells_here.begin(), cells_here.end());
  }
  sort_once(all);
  return all;
}

Result<PublicMap> public_map(const RunFolder& run, const std::vector<PublicSite>& sites) {
  PublicMap map;
  ABATIS_TRY(map.grid, public_grid(run));
  std::map<std::string, std::vector<const PublicSite*>> by_id;
  for (const PublicSite& site : sites) {
    if (public_kinds()[static_cast<std::size_t>(site.kind)].mapped) {
      by_id[site.site].push_back(&site);
    }
  }
  // A layer stands in the file only where the plan buys something of its kind.
  std::set<std::string> layers;
  for (const PublicSite& site : sites) {
    const std::string kind = public_kinds()[static_cast<std::size_t>(site.kind)].id;
    if (!public_kinds()[static_cast<std::size_t>(site.kind)].mapped) continue;
    layers.insert(kind == "forest" || kind == "peat" ? "plan_blocks" : "plan_lines");
  }
  const fs::path file = run.folder / "plan.gpkg";
  for (const std::string& name : layers) {
    ABATIS_TRY(const Layer layer,
               read_layer(file, map.grid.epsg, {.layer = name, .fields = {"site"}}));
    for (const Feature& feature : layer.features) {
      const auto found = by_id.find(layer.text(feature, "site"));
      if (found == by_id.end()) continue;
      const std::vector<Cell> cells = cells_of(map.grid, feature.geometry);
      for (const PublicSite* site : found->second) {
        auto& into = map.cells[{site->kind, site->district}];
        into.insert(into.end(), cells.begin(), cells.end());
      }
    }
  }
  for (auto& [key, cells] : map.cells) sort_once(cells);
  ABATIS_TRY(const Layer border,
             read_layer(file, map.grid.epsg, {.layer = "border", .fields = {"name"}}));
  for (const Feature& feature : border.features) {
    for (const auto& part : feature.geometry.parts) {
      std::vector<Point> line = on_corners(map.grid, part);
      if (line.size() >= 2) map.border.push_back(std::move(line));
    }
  }
  return map;
}

Status write_public_zones(const PublicMap& map, const fs::path& to) {
  StyledLayer zones;
  zones.kind = GeometryKind::polygon;
  zones.description = kPublicEdition;
  zones.layer = {"zones", map.grid.epsg, {"kind", "name", "cells", "marking"}, {}};
  for (std::size_t k = 0; k < public_kinds().size(); ++k) {
    const std::vector<Cell> cells = map.of_kind(static_cast<int>(k));
    if (cells.empty()) continue;
    zones.layer.features.push_back(
        {outline_of_cells(map.grid, cells),
         {std::string(public_kinds()[k].id), std::string(public_kinds()[k].name),
          static_cast<std::int64_t>(cells.size()), std::string(kPublicEdition)}});
  }
  return write_geopackage(to / "zones.gpkg", {zones}, metadata());
}

Result<std::vector<std::string>> write_public_rasters(const RunFolder& run, const Grid& grid,
                                                      const fs::path& to) {
  std::vector<std::string> written;
  for (const std::string& name : rasters_of(run)) {
    const std::string base = name.substr(std::string("rasters/").size());
    const auto product = std::find_if(std::begin(kRasters), std::end(kRasters),
                                      [&](const Product& p) { return base.starts_with(p.prefix); });
    if (product == std::end(kRasters)) continue;
    std::string words = base.substr(0, base.size() - 4);
    std::replace(words.begin(), words.end(), '_', ' ');
    if (speaks_of_what_is_held(words)) continue;
    ABATIS_TRY(const Raster<float> raster,
               read_raster<float>(run.folder / name, grid, Resampling::average));
    ABATIS_CHECK(ensure_writable_folder(to / "rasters"));
    ABATIS_CHECK(write_cog(to / name, raster,
                           {.description = fmt::format("{} ({})", product->what, kPublicEdition),
                            .unit = product->unit,
                            .metadata = metadata()}));
    written.push_back(name);
  }
  return written;
}

namespace {

constexpr double kUnit = 100;  // m of one unit of a drawing

class Drawing {
 public:
  Drawing(const PublicMap& map, const std::string& district) : map_(map) {
    for (const auto& [key, cells] : map.cells) {
      if (!district.empty() && key.second != district) continue;
      for (const Cell c : cells) cover(c);
    }
    if (!any_) {
      rows_ = {0, map.grid.rows};
      cols_ = {0, map.grid.cols};
    }
    constexpr std::int32_t kAround = 6;  // cells
    rows_ = {std::max(0, rows_.first - kAround), std::min(map.grid.rows, rows_.second + kAround)};
    cols_ = {std::max(0, cols_.first - kAround), std::min(map.grid.cols, cols_.second + kAround)};
  }

  std::string svg() const {
    const std::int64_t side = units(map_.grid.cell);
    std::string out = fmt::format(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Map of zones, cells of {} m\">",
        side * (cols_.second - cols_.first), side * (rows_.second - rows_.first),
        static_cast<std::int64_t>(map_.grid.cell));
    for (std::size_t k = public_kinds().size(); k-- > 0;) out += zones(k, side);
    for (const auto& line : map_.border) out += path_of(line);
    return out + "</svg>";
  }

 private:
  static std::int64_t units(double metres) { return std::llround(metres / kUnit); }
  void cover(Cell c) {
    const std::int32_t row = map_.grid.row_of(c);
    const std::int32_t col = map_.grid.col_of(c);
    if (!any_) {
      rows_ = {row, row + 1};
      cols_ = {col, col + 1};
    }
    any_ = true;
    rows_ = {std::min(rows_.first, row), std::max(rows_.second, row + 1)};
    cols_ = {std::min(cols_.first, col), std::max(cols_.second, col + 1)};
  }
  std::string zones(std::size_t kind, std::int64_t side) const {
    std::string d;
    for (const Cell c : map_.of_kind(static_cast<int>(kind))) {
      const std::int32_t row = map_.grid.row_of(c);
      const std::int32_t col = map_.grid.col_of(c);
      if (row < rows_.first || row >= rows_.second || col < cols_.first || col >= cols_.second) {
        continue;
      }
      d += fmt::format("M{} {}h{}v{}h-{}z", side * (col - cols_.first), side * (row - rows_.first),
                       side, side, side);
    }
    return d.empty() ? d
                     : fmt::format("<path d=\"{}\" fill=\"{}\"/>", d, public_kinds()[kind].colour);
  }
  std::string path_of(const std::vector<Point>& line) const {
    const std::int64_t side = units(map_.grid.cell);
    std::string d;
    for (const Point p : line) {
      d += fmt::format("{}{} {}", d.empty() ? "M" : "L",
                       units(p.x - map_.grid.origin_x) - side * cols_.first,
                       units(map_.grid.origin_y - p.y) - side * rows_.first);
    }
    return fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\" "
        "vector-effect=\"non-scaling-stroke\"/>",
        d);
  }

  const PublicMap& map_;
  std::pair<std::int32_t, std::int32_t> rows_, cols_;  // shown, half open
  bool any_ = false;
};

}  // namespace

std::string public_svg(const PublicMap& map, const std::string& district) {
  return Drawing(map, district).svg();
}

}  // namespace abatis::finished
