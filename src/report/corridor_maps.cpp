// corridors.gpkg and the rasters.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "abatis/geo/rasterize.hpp"
#include "corridor_colours.hpp"
#include "corridor_files.hpp"
#include "maps.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

using Fields = std::vector<FieldValue>;

// Names of a case, in front of every row.
const std::vector<std::string> kCaseFields{"case", "axis", "mover", "season"};

Layer case_layer(const CorridorView& view, const char* name, std::vector<std::string> fields) {
  Layer layer{name, view.scenario.grid.epsg, kCaseFields, {}};
  layer.field_names.insert(layer.field_names.end(), fields.begin(), fields.end());
  return layer;
}

void add(Layer& layer, const CorridorFacts& facts, Geometry geometry, Fields fields) {
  if (geometry.parts.empty()) return;
  Fields all{facts.name, valid_utf8(facts.axis), valid_utf8(facts.mover), valid_utf8(facts.season)};
  all.insert(all.end(), fields.begin(), fields.end());
  layer.features.push_back({std::move(geometry), std::move(all)});
}

void add_bands(Layer& layer, const CorridorFacts& facts, const CaseCorridors& one, double slack) {
  for (const auto& [low, high, band] :
       {std::tuple{-1.0, slack / 2, "inner"}, std::tuple{slack / 2, slack, "outer"}}) {
    std::vector<Cell> cells = cells_within(one, low, high);
    const double area = static_cast<double>(cells.size()) * one.grid.cell * one.grid.cell;
    add(layer, facts, outline_of_cells(one.grid, cells),
        {std::string(band), std::max(0.0, low), high, area, one.best_s});
  }
}

StyledLayer near_optimal_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer =
      case_layer(view, "near_optimal", {"band", "slack_from", "slack_to", "area_m2", "best_s"});
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    add_bands(layer, facts[k], view.cases[k], view.rules.slack);
  }
  return {std::move(layer), GeometryKind::polygon,
          "Cells of ways at most (1 + slack) times the least time, in two bands",
          qml(GeometryKind::polygon, "band",
              {{"inner", "within half the slack", kInner, 0.1, false, 150},
               {"outer", "within the slack", kOuter, 0.1, false, 110}}),
          ""};
}

StyledLayer mobility_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer =
      case_layer(view, "mobility_corridors",
                 {"formation", "frontage_m", "area_m2", "from_share", "to_share", "through"});
  const auto& formations = view.scenario.catalogue.formations;
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    for (const MobilityCorridor& m : view.cases[k].mobility) {
      add(layer, facts[k], outline_of_cells(view.cases[k].grid, m.cells),
          {formation_id(view, m.formation),
           formations[static_cast<std::size_t>(m.formation)].frontage_m, m.area_m2, m.from, m.to,
           std::int64_t{m.through ? 1 : 0}});
    }
  }
  return {std::move(layer), GeometryKind::polygon,
          "Ground of the near-optimal set on which a formation fits abreast",
          qml(GeometryKind::polygon, "formation", formation_categories(view, 0.2, 60)), ""};
}

StyledLayer avenue_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer =
      case_layer(view, "avenues",
                 {"avenue", "formation", "routes", "time_s", "length_m", "narrowest_m", "fits"});
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    std::int64_t number = 0;
    for (const Avenue& a : view.cases[k].avenues) {
      add(layer, facts[k], outline_of_cells(view.cases[k].grid, a.cells),
          {++number, formation_id(view, a.formation), numbered(a.routes), a.time_s, a.length_m,
           a.narrowest.width_m, formation_words(view, a.fits)});
    }
  }
  return {std::move(layer), GeometryKind::polygon,
          "Avenues of approach: corridors that a formation covers together",
          qml(GeometryKind::polygon, "formation", formation_categories(view, 0.6, 0)), ""};
}

StyledLayer route_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer = case_layer(
      view, "routes", {"route", "time_s", "slack", "length_m", "overlap", "narrowest_m", "fits"});
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    const CaseCorridors& one = view.cases[k];
    std::int64_t number = 0;
    for (const RouteCorridor& r : one.routes) {
      ++number;
      std::vector<Point> line = route_line(one, r.route);
      if (line.size() < 2) continue;
      add(layer, facts[k], {GeometryKind::line, {std::move(line)}},
          {number, r.route.time_s, r.route.time_s / one.best_s - 1, r.route.length_m,
           r.route.overlap, r.narrowest.width_m, formation_words(view, r.fits)});
    }
  }
  return {std::move(layer), GeometryKind::line, "Dissimilar least-time routes, fastest first",
          qml(GeometryKind::line, "route",
              {{"1", "fastest", kRouteColours[0], 0.9, false},
               {"", "further routes", kRouteColours[1], 0.7, true}}),
          ""};
}

StyledLayer choke_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer =
      case_layer(view, "choke_points",
                 {"choke", "kind", "name", "width_m", "progress", "around", "fits", "routes"});
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    const CaseCorridors& one = view.cases[k];
    for (std::size_t i = 0; i < one.chokes.size(); ++i) {
      const ChokePoint& c = one.chokes[i];
      const ChokeFact& f = facts[k].chokes[i];
      add(layer, facts[k], {GeometryKind::point, {{f.at}}},
          {static_cast<std::int64_t>(i) + 1, f.kind, valid_utf8(f.name), c.section.width_m,
           c.section.progress, std::isfinite(c.around) ? FieldValue{c.around} : FieldValue{},
           formation_words(view, c.fits), numbered(c.routes)});
    }
  }
  return {std::move(layer), GeometryKind::point, "Narrow minima of the corridors' width",
          qml(GeometryKind::point, "kind",
              {{"bridge", "bridge", kBridge, 2.6},
               {"between water", "between water", kWaterNarrow, 2.6},
               {"", "narrow ground", kGroundNarrow, 2.6}},
              "name"),
          ""};
}

StyledLayer closure_layer(const CorridorView& view, const std::vector<CorridorFacts>& facts) {
  Layer layer = case_layer(view, "least_closure", {"cells", "width_m"});
  for (std::size_t k = 0; k < view.cases.size(); ++k) {
    const CaseCorridors& one = view.cases[k];
    if (one.closure.cells.empty()) continue;
    const auto cells = static_cast<std::int64_t>(one.closure.cells.size());
    add(layer, facts[k], outline_of_cells(one.grid, one.closure.cells),
        {cells, static_cast<double>(cells) * one.grid.cell});
  }
  return {std::move(layer), GeometryKind::polygon,
          "Fewest cells that leave no way within the slack when they are closed",
          qml(GeometryKind::polygon, "", {{"", "least closure", kGroundNarrow, 0.6, false, 160}}),
          ""};
}

std::vector<ColourEntry> slack_ramp(double slack) {
  std::vector<ColourEntry> out;
  constexpr std::array<std::array<std::uint8_t, 3>, 4> kStops{
      {{122, 26, 40}, {206, 78, 48}, {240, 160, 72}, {252, 228, 164}}};
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    const double value = slack * static_cast<double>(i) / 3;
    out.push_back({value, kStops[i][0], kStops[i][1], kStops[i][2], 255, percent(value)});
  }
  return out;
}

std::vector<ColourEntry> width_classes(const CorridorView& view) {
  std::vector<ColourEntry> out{{0, 150, 150, 150, 255, "column: narrower than any formation"}};
  const auto categories = formation_categories(view, 0, 255);
  for (std::size_t f = 0; f < categories.size(); ++f) {
    const Rgb c = categories[f].colour;
    out.push_back({static_cast<double>(f + 1), c.r, c.g, c.b, 255, categories[f].label});
  }
  return out;
}

}  // namespace

std::vector<Cell> cells_within(const CaseCorridors& one, double low, double high) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < one.slack.values.size(); ++i) {
    const auto slack = static_cast<double>(one.slack.values[i]);
    if (slack > low && slack <= high + 1e-6) cells.push_back(static_cast<Cell>(i));
  }
  return cells;
}

std::vector<Point> route_line(const CaseCorridors& one, const Route& route) {
  std::vector<Point> line;
  for (const Cell c : route.cells) line.push_back(one.grid.centre(c));
  return line.size() > 2 ? simplify(line, 0.6 * one.grid.cell) : line;
}

std::vector<Category> formation_categories(const CorridorView& view, double width_mm, int alpha) {
  std::vector<Category> out;
  const auto& formations = view.scenario.catalogue.formations;
  for (std::size_t f = 0; f < formations.size(); ++f) {
    out.push_back({formations[f].id,
                   fmt::format("{} ({:g} km)", formations[f].name, formations[f].frontage_m / 1000),
                   kFormationColours[f % kFormationColours.size()], width_mm, false, alpha});
  }
  return out;
}

Status write_corridor_geopackage(const CorridorView& view, const std::filesystem::path& out,
                                 std::vector<ProductFile>& files) {
  std::vector<CorridorFacts> facts;
  for (const CaseCorridors& one : view.cases) facts.push_back(corridor_facts(view, one));
  const GroundView ground(view.scenario, view.terrain);
  std::vector<StyledLayer> layers;
  layers.push_back(near_optimal_layer(view, facts));
  layers.push_back(mobility_layer(view, facts));
  layers.push_back(avenue_layer(view, facts));
  layers.push_back(route_layer(view, facts));
  layers.push_back(choke_layer(view, facts));
  layers.push_back(closure_layer(view, facts));
  layers.push_back({border_layer(ground), GeometryKind::line, "Border between the sides",
                    qml(GeometryKind::line, "", {{"", "border", {60, 50, 60}, 0.8, false}}), ""});
  layers.push_back({entry_layer(ground), GeometryKind::polygon, "Entry stretches (bounding boxes)",
                    qml(GeometryKind::polygon, "",
                        {{"", "entry stretch", {176, 36, 40}, 0.4, true, 20}}, "name"),
                    ""});
  layers.push_back({objective_layer(ground), GeometryKind::point, "Objectives",
                    qml(GeometryKind::point, "", {{"", "objective", {30, 60, 120}, 3.2}}, "name"),
                    ""});
  std::erase_if(layers, [](const StyledLayer& l) { return l.layer.features.empty(); });
  ABATIS_CHECK(write_geopackage(out / "corridors.gpkg", layers, product_metadata(ground)));
  files.push_back({"corridors.gpkg", "near-optimal areas, corridors, avenues, routes, chokes"});
  return {};
}

Status write_corridor_rasters(const CorridorView& view, const std::filesystem::path& out,
                              std::vector<ProductFile>& files) {
  const auto metadata = product_metadata(GroundView(view.scenario, view.terrain));
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    const std::string slack = "share above the least time, " + facts.title;
    ABATIS_CHECK(write_cog(out / slack_file(facts), one.slack,
                           {slack, "", metadata, slack_ramp(view.rules.slack)}));
    files.push_back({slack_file(facts), slack});
    const std::string width = "largest formation that fits, " + facts.title;
    ABATIS_CHECK(
        write_cog(out / width_file(facts), one.widest, {width, "", metadata, width_classes(view)}));
    files.push_back({width_file(facts), width});
  }
  return {};
}

}  // namespace abatis::report
