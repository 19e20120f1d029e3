#include "shapes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

FieldValue echelon_field(const Scenario& s, int echelon) {
  if (echelon < 0) return {};
  return s.echelons[static_cast<std::size_t>(echelon)].id;
}

FieldValue rounded_field(double value) {
  return std::round(value);
}

// Measures a site could take, by id: "mines, ditch".
// Each measure once, however many covers and parks it can be had with.
std::string offered(const Scenario& s, const Site& site) {
  std::string out;
  int last = -1;  // options of one measure stand together
  for (const Option& option : site.options) {
    if (option.measure == last) continue;
    last = option.measure;
    out += (out.empty() ? "" : ", ") +
           s.catalogue.measures[static_cast<std::size_t>(option.measure)].id;
  }
  return out;
}

std::vector<Point> simplified_ring(const std::vector<Point>& ring, double tolerance) {
  if (ring.size() < 5) return ring;
  // A ring has no ends to keep: split it at the vertex farthest from the first.
  std::size_t far = 0;
  double best = -1;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const double d = std::hypot(ring[i].x - ring[0].x, ring[i].y - ring[0].y);
    if (d > best) {
      best = d;
      far = i;
    }
  }
  const auto at = ring.begin() + static_cast<std::ptrdiff_t>(far);
  std::vector<Point> out = simplify(std::vector<Point>(ring.begin(), at + 1), tolerance);
  const std::vector<Point> back = simplify(std::vector<Point>(at, ring.end()), tolerance);
  out.insert(out.end(), back.begin() + 1, back.end());
  return out;
}

}  // namespace

Geometry simplified(const Geometry& geometry, double tolerance_m, double least_area) {
  Geometry out;
  out.kind = geometry.kind;
  for (const std::vector<Point>& part : geometry.parts) {
    if (geometry.kind == GeometryKind::point) {
      out.parts.push_back(part);
      continue;
    }
    if (geometry.kind == GeometryKind::line) {
      std::vector<Point> line = part.size() > 2 ? simplify(part, tolerance_m) : part;
      if (line.size() >= 2) out.parts.push_back(std::move(line));
      continue;
    }
    std::vector<Point> ring = simplified_ring(part, tolerance_m);
    if (ring.size() >= 4 &&
        area_of({GeometryKind::polygon, {ring}}) > least_area * tolerance_m * tolerance_m) {
      out.parts.push_back(std::move(ring));
    }
  }
  return out;
}

std::size_t vertex_count(const Layer& layer) {
  std::size_t count = 0;
  for (const Feature& feature : layer.features) {
    for (const auto& part : feature.geometry.parts) count += part.size();
  }
  return count;
}

double fit_layer(Layer& layer, double tolerance_m, std::size_t max_vertices, double least_area) {
  for (;; tolerance_m *= 2) {
    std::vector<Feature> kept;
    for (Feature& feature : layer.features) {
      const bool line = feature.geometry.kind == GeometryKind::line;
      feature.geometry = simplified(feature.geometry, tolerance_m, least_area);
      if (line && length_of(feature.geometry) < tolerance_m) continue;
      if (!feature.geometry.parts.empty()) kept.push_back(std::move(feature));
    }
    layer.features = std::move(kept);
    const std::size_t count = vertex_count(layer);
    if (count <= max_vertices || tolerance_m > 1e6) return tolerance_m;
  }
}

Layer site_layer(const RunView& view, const Facts& facts, GeometryKind kind) {
  const Scenario& s = view.scenario;
  Layer layer{"sites",
              s.grid.epsg,
              {"site", "name", "echelon", "near", "offers", "length_m", "area_m2", "measure",
               "year", "notes"},
              {}};
  for (std::size_t i = 0; i < view.sites.sites.size(); ++i) {
    const Site& site = view.sites.sites[i];
    if (site.geometry.kind != kind) continue;
    Feature feature{site.geometry,
                    {valid_utf8(site.id), valid_utf8(site.name), echelon_field(s, site.echelon),
                     valid_utf8(site.nearest_place), offered(s, site), rounded_field(site.length_m),
                     rounded_field(site.area_m2)}};
    if (facts.year_of_site[i] >= 0) {
      feature.fields.emplace_back(
          s.catalogue.measures[static_cast<std::size_t>(facts.measure_of_site[i])].id);
      feature.fields.emplace_back(std::int64_t{s.first_year} + facts.year_of_site[i]);
    } else {
      feature.fields.emplace_back();
      feature.fields.emplace_back();
    }
    feature.fields.emplace_back(valid_utf8(fmt::format("{}", fmt::join(site.notes, "; "))));
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

Layer plan_layer(const RunView& view, const Facts& facts, GeometryKind kind) {
  const Scenario& s = view.scenario;
  Layer layer{"plan",
              s.grid.epsg,
              {"site", "name", "measure", "measure_name", "class", "year", "acts_from", "echelon",
               "near", "quantity", "unit", "cover", "park", "cost_eur", "maintenance_eur_per_year",
               "liability_eur", "delay_min_s", "delay_max_s"},
              {}};
  for (const PurchaseFact& bought : facts.purchases) {
    const Site& site = view.sites.sites[static_cast<std::size_t>(bought.site)];
    if (site.geometry.kind != kind) continue;
    const Option& option = site.options[static_cast<std::size_t>(bought.option)];
    const PlanOption& planned =
        view.problem.options[static_cast<std::size_t>(bought.problem_option)];
    const Measure& m = s.catalogue.measures[static_cast<std::size_t>(bought.measure)];
    const auto [least, most] =
        std::minmax_element(bought.last_delay_s.begin(), bought.last_delay_s.end());
    const bool any = !bought.last_delay_s.empty();
    layer.features.push_back(
        {site.geometry,
         {valid_utf8(site.id), valid_utf8(site.name), valid_utf8(m.id), valid_utf8(m.name),
          valid_utf8(m.budget_class), std::int64_t{s.first_year} + bought.year,
          bought.acts_year < 0 ? FieldValue{}
                               : FieldValue{std::int64_t{s.first_year} + bought.acts_year},
          echelon_field(s, site.echelon), valid_utf8(site.nearest_place), option.quantity,
          valid_utf8(m.unit), valid_utf8(cover_id(view, option)), valid_utf8(park_id(view, option)),
          planned.cost(), planned.maintenance(), option.whole_liability().value,
          any ? FieldValue{*least} : FieldValue{}, any ? FieldValue{*most} : FieldValue{}}});
  }
  return layer;
}

Layer echelon_layer(const RunView& view) {
  const Scenario& s = view.scenario;
  const Terrain& t = view.terrain;
  Layer layer{"echelons", s.grid.epsg, {"echelon", "name", "from_m", "to_m", "source"}, {}};
  for (const Echelon& echelon : s.echelons) {
    std::vector<Cell> cells;
    for (Cell c = 0; c < static_cast<Cell>(t.grid.size()); ++c) {
      const float d = t.border_distance_m[c];
      if (t.side_of(c) == Side::friendly && d >= static_cast<float>(echelon.from_m) &&
          d < static_cast<float>(echelon.to_m)) {
        cells.push_back(c);
      }
    }
    if (cells.empty()) continue;
    Geometry band = simplified(outline_of_cells(t.grid, cells), 1.1 * t.grid.cell);
    if (band.parts.empty()) continue;
    layer.features.push_back({std::move(band),
                              {valid_utf8(echelon.id), valid_utf8(echelon.name), echelon.from_m,
                               echelon.to_m, valid_utf8(echelon.provenance.source)}});
  }
  return layer;
}

Layer corridor_layer(const RunView& view, const Outcome& outcome) {
  const Scenario& s = view.scenario;
  Layer layer{"corridors",
              s.grid.epsg,
              {"case", "axis", "mover", "season", "state", "year", "time_s", "weight"},
              {}};
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    const Case& c = s.cases[k];
    const CaseOutcome& o = outcome.cases[k];
    const auto add = [&](const std::vector<Point>& path, const char* state, FieldValue year,
                         double time) {
      if (path.size() < 2) return;
      layer.features.push_back(
          {{GeometryKind::line, {path}},
           {static_cast<std::int64_t>(k), valid_utf8(s.axes[static_cast<std::size_t>(c.axis)].name),
            valid_utf8(s.catalogue.movers[static_cast<std::size_t>(c.mover)].name),
            valid_utf8(s.catalogue.seasons[static_cast<std::size_t>(c.season)].name), state,
            std::move(year), time, c.weight}});
    };
    add(o.path_before, "before", {}, o.before_s);
    add(o.path_after, "after", std::int64_t{s.first_year} + s.years - 1, o.after_s);
  }
  return layer;
}

Layer entry_layer(const GroundView& view) {
  const Scenario& s = view.scenario;
  Layer layer{"entries", s.grid.epsg, {"entry", "name", "from_state"}, {}};
  for (const Entry& entry : s.entries) {
    const Bounds& b = entry.within;
    layer.features.push_back(
        {{GeometryKind::polygon,
          {{{b.min_x, b.min_y},
            {b.max_x, b.min_y},
            {b.max_x, b.max_y},
            {b.min_x, b.max_y},
            {b.min_x, b.min_y}}}},
         {valid_utf8(entry.id), valid_utf8(entry.name), valid_utf8(entry.state)}});
  }
  return layer;
}

Layer objective_layer(const GroundView& view) {
  const Scenario& s = view.scenario;
  Layer layer{"objectives", s.grid.epsg, {"objective", "name", "radius_m"}, {}};
  for (const Objective& objective : s.objectives) {
    layer.features.push_back(
        {{GeometryKind::point, {{objective.at}}},
         {valid_utf8(objective.id), valid_utf8(objective.name), objective.radius_m}});
  }
  return layer;
}

Layer border_layer(const GroundView& view) {
  const Terrain& t = view.terrain;
  Raster<float> signed_distance(t.grid, nodata<float>());
  for (Cell c = 0; c < static_cast<Cell>(t.grid.size()); ++c) {
    const Side side = t.side_of(c);
    const float d = t.border_distance_m[c];
    if (side == Side::none || !std::isfinite(d)) continue;
    // Half a cell keeps the level off the cells that lie on the border itself.
    const float away = d + static_cast<float>(0.5 * t.grid.cell);
    signed_distance[c] = side == Side::friendly ? away : -away;
  }
  Layer layer{"border", t.grid.epsg, {"name"}, {}};
  Geometry line = simplified(contour(signed_distance, 0), 0.7 * t.grid.cell);
  if (!line.parts.empty()) {
    layer.features.push_back({std::move(line), {std::string("border between the sides")}});
  }
  return layer;
}

}  // namespace abatis::report
