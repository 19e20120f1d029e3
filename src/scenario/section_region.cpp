// [scenario], [region], [sides], [terrain] and [[layers]].

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "sections.hpp"

namespace abatis {
namespace {

constexpr Choice<LayerRole> kRoles[] = {{"elevation", LayerRole::elevation},
                                        {"landcover", LayerRole::landcover},
                                        {"soil", LayerRole::soil},
                                        {"states", LayerRole::states},
                                        {"roads", LayerRole::roads},
                                        {"water", LayerRole::water},
                                        {"waterways", LayerRole::waterways},
                                        {"ditches", LayerRole::ditches},
                                        {"wetlands", LayerRole::wetlands},
                                        {"builtup", LayerRole::builtup},
                                        {"places", LayerRole::places},
                                        {"protected_areas", LayerRole::protected_areas},
                                        {"rail", LayerRole::rail},
                                        {"services", LayerRole::services},
                                        {"municipalities", LayerRole::municipalities}};
constexpr Choice<LayerQuality> kQualities[] = {{"measured", LayerQuality::measured},
                                               {"coarse", LayerQuality::coarse},
                                               {"schematic", LayerQuality::schematic},
                                               {"synthetic", LayerQuality::synthetic}};

// Great-circle distance in metres on a sphere of the mean Earth radius (haversine).
double sphere_distance_m(Point a, Point b) {
  constexpr double kRadius = 6371008.8;
  const auto rad = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double s = std::sin(rad(b.y - a.y) / 2), t = std::sin(rad(b.x - a.x) / 2);
  const double h = s * s + std::cos(rad(a.y)) * std::cos(rad(b.y)) * t * t;
  return 2 * kRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

// A CRS whose metre is not a metre on the ground here would make every time and cost wrong.
bool check_projection(TableReader& r, const Grid& grid) {
  const Bounds b = grid.bounds();
  const Point centre{(b.min_x + b.max_x) / 2, (b.min_y + b.max_y) / 2};
  const char* const hint =
      "use a projected CRS in metres: 3346 for Lithuania, 3035 across states of Europe";
  const auto lonlat = transform({centre, {centre.x + 1000, centre.y}}, grid.epsg, kWgs84);
  if (!lonlat) {
    r.error("epsg",
            fmt::format("EPSG:{} does not take the region to degrees: {}", grid.epsg,
                        lonlat.error().message),
            hint);
    return false;
  }
  const double km = sphere_distance_m((*lonlat)[0], (*lonlat)[1]) / 1000;
  // 1 % of distortion is common in equal-area projections of Europe; a sphere is off by 0.5 %.
  constexpr double kTolerated = 0.03;
  if (!std::isfinite(km) || std::abs(km - 1) > kTolerated) {
    r.error("epsg", fmt::format("1 km in EPSG:{} is {:.3g} km on the ground here", grid.epsg, km),
            hint);
    return false;
  }
  return true;
}

// Cells along one axis of the region, 0 when it is not a whole number of them.
double cells_along(TableReader& r, std::string_view key, const std::vector<double>& range,
                   double cell) {
  const double exact = (range[1] - range[0]) / cell;
  const double whole = std::round(exact);
  if (range[1] <= range[0]) {
    r.error(key,
            fmt::format("expected [low, high], got {} to {}", shown(range[0], Dimension::length),
                        shown(range[1], Dimension::length)));
    return 0;
  }
  if (std::abs(exact - whole) > 1e-6 || whole < 1) {
    r.error(key,
            fmt::format("{} is {:g} cells of {}", shown(range[1] - range[0], Dimension::length),
                        exact, shown(cell, Dimension::length)),
            "make the region a whole number of cells");
    return 0;
  }
  return whole;
}

bool is_state(const std::string& code) {
  return code.size() >= 2 && code.size() <= 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string_view to_string(LayerRole role) {
  for (const auto& choice : kRoles) {
    if (choice.value == role) return choice.name;
  }
  return "layer";
}

std::string_view to_string(LayerQuality quality) {
  for (const auto& choice : kQualities) {
    if (choice.value == quality) return choice.name;
  }
  return "unknown";
}

std::string_view default_attribute(LayerRole role) {
  switch (role) {
    case LayerRole::elevation:
    case LayerRole::landcover:
    case LayerRole::soil:
      return "";
    case LayerRole::states:
      return "a3";
    case LayerRole::municipalities:
      return "name";
    default:
      return "class";
  }
}

void read_head(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kScenario);
  Scenario& s = reading.scenario;
  r.id("id", s.id);
  r.text("title", s.title);
  r.text("description", s.description);
  std::int64_t seed = 1;
  r.integer("seed", seed, 0, std::numeric_limits<std::int64_t>::max());
  s.seed = static_cast<std::uint64_t>(seed);
  r.integer("first_year", s.first_year, 2000, 2100);
  reading.years_known = r.integer("years", s.years, 1, 40);
  r.text("data", reading.data_key);
  r.text("catalogue", reading.catalogue_key);
  reading.data_place = r.place("data");
  reading.catalogue_place = r.place("catalogue");
  r.text_list("caveats", s.caveats, 64);
}

void read_region(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kRegion);
  Grid grid;
  constexpr double kFarthest = 1e8;
  constexpr double kMaxCells = std::numeric_limits<Cell>::max();
  std::vector<double> x, y;
  bool good = r.integer("epsg", grid.epsg, 1024, 32767);
  good = r.quantities("x", x, Dimension::length, between(-kFarthest, kFarthest), 2) && good;
  good = r.quantities("y", y, Dimension::length, between(-kFarthest, kFarthest), 2) && good;
  good = r.quantity("cell", grid.cell, Dimension::length, positive_up_to(10000)) && good;
  if (!good) return;
  const double cols = cells_along(r, "x", x, grid.cell);
  const double rows = cells_along(r, "y", y, grid.cell);
  if (cols == 0 || rows == 0) return;
  if (rows * cols > kMaxCells) {
    r.error("cell",
            fmt::format("{:.0f} x {:.0f} = {:.3g} cells, at most {:.0f} fit", cols, rows,
                        rows * cols, kMaxCells),
            fmt::format("a cell of at least {:.0f} m would fit",
                        std::ceil(grid.cell * std::sqrt(rows * cols / kMaxCells))));
    return;
  }
  grid.origin_x = x[0];
  grid.origin_y = y[1];
  grid.rows = static_cast<std::int32_t>(rows);
  grid.cols = static_cast<std::int32_t>(cols);
  if (!check_projection(r, grid)) return;
  reading.scenario.grid = grid;
  reading.grid_known = true;
}

void read_sides(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kSides);
  Scenario& s = reading.scenario;
  constexpr std::size_t kMaxStates = 32;
  std::vector<std::string> all;
  for (const auto& [key, side] :
       {std::pair("friendly", &s.friendly), std::pair("adversary", &s.adversary)}) {
    if (!r.text_list(key, *side, kMaxStates)) continue;
    if (side->empty()) r.error(key, "name at least one state");
    for (const std::string& code : *side) {
      if (!is_state(code)) {
        r.error(key, fmt::format("{} is no state code", in_quotes(code)),
                "a code is two or three capital letters, as in the states layer: \"LTU\"");
      }
      if (std::find(all.begin(), all.end(), code) != all.end()) {
        r.error(key, fmt::format("state {} stands twice", in_quotes(code)));
      }
      all.push_back(code);
    }
  }
}

void read_terrain(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kTerrain);
  TerrainRules& t = reading.scenario.terrain;
  const bool amplified = r.number("slope_amplification", t.slope_amplification, between(1, 20));
  r.provenance("slope_provenance", t.slope_provenance);
  if (amplified && t.slope_amplification != 1 && !r.has("slope_provenance")) {
    r.error("slope_amplification", "a factor other than 1 needs slope_provenance",
            "add a citation, or slope_provenance = \"unverified\"");
  }
  if (r.integer("neighbours", t.neighbours, 8, 16) && t.neighbours != 8 && t.neighbours != 16) {
    r.error("neighbours", fmt::format("{} neighbours: 8 or 16 are offered", t.neighbours));
  }
}

void read_layers(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  std::vector<std::pair<LayerRole, int>> lines;
  bool all_roles_known = true;
  for (const TomlNode* node : file.tables("layers", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kLayers);
    LayerSource layer;
    if (r.choice<LayerRole>("role", layer.role, kRoles)) {
      const auto before = std::find_if(lines.begin(), lines.end(),
                                       [&](const auto& line) { return line.first == layer.role; });
      if (before != lines.end() && layer.role != LayerRole::roads) {
        r.error("role",
                fmt::format("a second layer of role {}, first in line {}", to_string(layer.role),
                            before->second),
                "only roads may come from several files");
      }
      lines.emplace_back(layer.role, r.place("role").line);
    } else {
      all_roles_known = false;  // a misspelt role is no missing layer
    }
    r.text("file", layer.shown);
    r.text("table", layer.table);
    layer.attribute = default_attribute(layer.role);
    r.text("attribute", layer.attribute);
    r.choice<LayerQuality>("quality", layer.quality, kQualities);
    r.text("source", layer.source);
    r.text("licence", layer.licence);
    r.text("date", layer.date);
    layer.where = reading.diagnostics.where(r.place("file"), "layers.file");
    reading.layer_places.push_back(r.place("file"));
    s.layers.push_back(std::move(layer));
  }
  if (!file.has("layers") || !all_roles_known) return;
  for (const LayerRole role : {LayerRole::elevation, LayerRole::landcover, LayerRole::states}) {
    if (s.layer(role) == nullptr) {
      file.error("layers", fmt::format("no layer of role {}", to_string(role)),
                 "elevation, landcover and states are needed; the others may be left out");
    }
  }
}

}  // namespace abatis
