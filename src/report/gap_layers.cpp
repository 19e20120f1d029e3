#include "gap_layers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "gap_names.hpp"
#include "maps.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr Rgb kDark{50, 44, 56};
constexpr double kLeastFrontCells = 20;
constexpr int kHoleCells = 4;

Layer make_layer(const GapView& view, const char* name, std::vector<std::string> fields) {
  Layer layer;
  layer.name = name;
  layer.epsg = view.scenario.grid.epsg;
  layer.field_names = std::move(fields);
  return layer;
}

FieldValue minutes(double seconds) {
  if (!std::isfinite(seconds)) return {};
  return std::round(seconds / 6) / 10;
}

FieldValue metres(double length) {
  if (!std::isfinite(length)) return {};
  return std::round(length);
}

FieldValue year_field(const GapView& view, int state) {
  const int year = year_of(view, state);
  if (year < 0) return {};
  return std::int64_t{year};
}

StyledLayer narrowest_layer(const GapView& view) {
  Layer layer = make_layer(view, "narrowest", {"gap", "kind", "length_m", "label"});
  for (const Gap& gap : view.gaps) {
    for (const auto& [line, kind] :
         {std::pair{&gap.straight, "straight"}, std::pair{&gap.overland, "overland"}}) {
      if (line->line.size() < 2) continue;
      layer.features.push_back({{GeometryKind::line, {line->line}},
                                {bridge_of(view, gap).id, std::string(kind), metres(line->length_m),
                                 fmt::format("{} km", fixed(line->length_m / 1000, 1))}});
    }
  }
  return {std::move(layer), GeometryKind::line,
          "Narrowest line between the hostile states: straight over friendly ground, and the "
          "shortest way over dry ground",
          qml(GeometryKind::line, "kind",
              {{"straight", "narrowest line", kDark, 1.0, false},
               {"overland", "shortest way over dry ground", kDark, 0.6, true}},
              "label"),
          ""};
}

std::vector<FieldValue> road_fields(const GapView& view, const Gap& gap, const GapRoad& road) {
  return {bridge_of(view, gap).id,
          view.scenario.catalogue.roads[static_cast<std::size_t>(road.road)].id,
          valid_utf8(road.ref),
          valid_utf8(road.near),
          metres(road.length_m),
          road.capacity_per_h};
}

StyledLayer routes_layer(const GapView& view) {
  Layer layer = make_layer(view, "own_routes",
                           {"gap", "weakest_class", "ref", "near", "length_m", "capacity_per_h"});
  for (const Gap& gap : view.gaps) {
    for (const GapRoad& route : gap.own.routes) {
      layer.features.push_back({{GeometryKind::line, {route.line}}, road_fields(view, gap, route)});
    }
  }
  return {std::move(layer), GeometryKind::line,
          "Own routes by road, no two sharing a piece of road, of least total length",
          qml(GeometryKind::line, "", {{"", "own route", kBlue, 0.6, false}}), ""};
}

StyledLayer cuts_layer(const GapView& view) {
  Layer layer = make_layer(view, "minimum_cut",
                           {"gap", "class", "ref", "near", "length_m", "capacity_per_h", "cut"});
  for (const Gap& gap : view.gaps) {
    for (const auto& [cut, name] : {std::pair{&gap.own.fewest, "fewest pieces"},
                                    std::pair{&gap.own.least, "least capacity"}}) {
      for (const GapRoad& road : cut->roads) {
        Feature feature{{GeometryKind::line, {road.line}}, road_fields(view, gap, road)};
        feature.fields.emplace_back(std::string(name));
        layer.features.push_back(std::move(feature));
      }
    }
  }
  return {std::move(layer), GeometryKind::line, "Pieces of road that together cut every own route",
          qml(GeometryKind::line, "cut",
              {{"fewest pieces", "cut of fewest pieces", kRed, 1.6, false},
               {"least capacity", "cut of least capacity", kOrange, 1.6, false}},
              "ref"),
          ""};
}

// Calls visit(gap, case, times) for each pair of entries in each state.
template <class Visit>
void for_each_times(const GapView& view, const Visit& visit) {
  for (const Gap& gap : view.gaps) {
    for (const GapCase& one : gap.cases) {
      for (const GapTimes& times : one.times) visit(gap, one, times);
    }
  }
}

std::vector<std::string> with_case_fields(std::vector<std::string> more) {
  std::vector<std::string> names{"gap", "year", "mover", "season", "entry_a", "entry_b"};
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

std::vector<FieldValue> case_fields(const GapView& view, const Gap& gap, const GapCase& one,
                                    const GapTimes& times) {
  return {bridge_of(view, gap).id,          year_field(view, one.state),
          mover_id(view, one.speed),        season_id(view, one.speed),
          entry_label(view, times.entry_a), entry_label(view, times.entry_b)};
}

StyledLayer places_layer(const GapView& view) {
  Layer layer = make_layer(view, "places", with_case_fields({"what", "minutes"}));
  for_each_times(view, [&](const Gap& gap, const GapCase& one, const GapTimes& times) {
    for (const auto& [what, at, seconds] :
         {std::tuple{"meeting", times.meet, times.meet_s},
          std::tuple{"last road", times.roads_cut, times.roads_cut_s},
          std::tuple{"last way over land", times.land_cut, times.land_cut_s}}) {
      if (!std::isfinite(seconds)) continue;
      Feature feature{{GeometryKind::point, {{at}}}, case_fields(view, gap, one, times)};
      feature.fields.emplace_back(std::string(what));
      feature.fields.push_back(minutes(seconds));
      layer.features.push_back(std::move(feature));
    }
  });
  return {std::move(layer), GeometryKind::point,
          "Where movers of the two sides meet first, and where the last own way is cut",
          qml(GeometryKind::point, "what",
              {{"meeting", "first meeting", kRed, 3.0},
               {"last road", "last own road is cut here", kBlue, 2.6},
               {"last way over land", "last way over land is cut here", kDark, 2.2}}),
          ""};
}

StyledLayer approaches_layer(const GapView& view) {
  Layer layer = make_layer(view, "approaches", with_case_fields({"side", "minutes"}));
  for_each_times(view, [&](const Gap& gap, const GapCase& one, const GapTimes& times) {
    for (std::size_t side = 0; side < 2; ++side) {
      const auto& path = side == 0 ? times.path_a : times.path_b;
      if (path.size() < 2) continue;
      Feature feature{{GeometryKind::line, {path}}, case_fields(view, gap, one, times)};
      feature.fields.emplace_back(state_code(view, gap, true, side));
      feature.fields.push_back(minutes(times.meet_s));
      layer.features.push_back(std::move(feature));
    }
  });
  return {std::move(layer), GeometryKind::line, "Least-time ways to the first meeting",
          qml(GeometryKind::line, "", {{"", "way to the meeting", kRed, 0.6, true}}), ""};
}

StyledLayer last_routes_layer(const GapView& view) {
  Layer layer = make_layer(view, "last_routes", with_case_fields({"minutes"}));
  for_each_times(view, [&](const Gap& gap, const GapCase& one, const GapTimes& times) {
    if (times.last_route.size() < 2 || !std::isfinite(times.roads_cut_s)) return;
    Feature feature{{GeometryKind::line, {times.last_route}}, case_fields(view, gap, one, times)};
    feature.fields.push_back(minutes(times.roads_cut_s));
    layer.features.push_back(std::move(feature));
  });
  return {std::move(layer), GeometryKind::line, "The own route by road that is cut last",
          qml(GeometryKind::line, "", {{"", "last own route", kBlue, 1.0, true}}), ""};
}

// From when to when lines are drawn: until the gap is shut, or most of it reached.
double front_top(const GapCase& one) {
  const GapTimes& times = one.times.front();
  if (std::isfinite(times.land_cut_s)) return times.land_cut_s;
  if (std::isfinite(times.roads_cut_s)) return times.roads_cut_s;
  return upper_value(one.first_s, 0.9);
}

// Cells that nobody can stand on (a pond, a house, a thicket) take the least time around them, a
// few cells deep: a front passes them by and is one line, not a hundred.
Raster<float> with_holes_filled(Raster<float> times) {
  const Grid& grid = times.grid;
  std::vector<std::pair<Cell, float>> next;
  for (int pass = 0; pass < kHoleCells; ++pass) {
    next.clear();
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (!is_nodata(times[c])) continue;
      float least = nodata<float>();
      for (std::int32_t dr = -1; dr <= 1; ++dr) {
        for (std::int32_t dc = -1; dc <= 1; ++dc) {
          const std::int32_t row = grid.row_of(c) + dr, col = grid.col_of(c) + dc;
          if (!grid.inside(row, col)) continue;
          const float t = times[grid.at(row, col)];
          if (!is_nodata(t) && !(least <= t)) least = t;
        }
      }
      if (!is_nodata(least)) next.emplace_back(c, least);
    }
    for (const auto& [c, t] : next) times[c] = t;
  }
  return times;
}

StyledLayer fronts_layer(const GapView& view) {
  Layer layer = make_layer(view, "fronts", {"gap", "year", "mover", "season", "minutes", "label"});
  for (const Gap& gap : view.gaps) {
    for (const GapCase& one : gap.cases) {
      const double top = front_top(one);
      if (one.first_s.values.empty() || !(top > 0)) continue;
      const double step = front_step_s(top);
      const Raster<float> times = with_holes_filled(one.first_s);
      for (int i = 1; step * (i - 1) < top; ++i) {
        // The last line is the moment of closing itself.
        const double level = std::min(step * i, top);
        Geometry line = simplified(contour(times, level), 0.6 * view.scenario.grid.cell);
        // Rings round single obstacles are no front.
        std::erase_if(line.parts, [&](const std::vector<Point>& part) {
          return length_of({GeometryKind::line, {part}}) < kLeastFrontCells * gap.window.cell;
        });
        if (line.parts.empty()) continue;
        layer.features.push_back(
            {std::move(line),
             {bridge_of(view, gap).id, year_field(view, one.state), mover_id(view, one.speed),
              season_id(view, one.speed), minutes(level), duration(level)}});
      }
    }
  }
  return {std::move(layer), GeometryKind::line,
          "How far movers of either side have come, unopposed, until the last way over land is cut",
          qml(GeometryKind::line, "", {{"", "front", kOrange, 0.4, false}}, "label"), ""};
}

}  // namespace

double front_step_s(double top_s) {
  constexpr double kSteps[] = {60, 300, 600, 900, 1200, 1800, 3600, 7200, 14400, 28800, 86400};
  for (const double step : kSteps) {
    if (top_s / step <= 10) return step;
  }
  return std::ceil(top_s / 10 / 86400) * 86400;
}

std::vector<StyledLayer> gap_layers(const GapView& view) {
  std::vector<StyledLayer> layers{
      narrowest_layer(view),   cuts_layer(view),       places_layer(view), routes_layer(view),
      last_routes_layer(view), approaches_layer(view), fronts_layer(view)};
  std::erase_if(layers, [](const StyledLayer& l) { return l.layer.features.empty(); });
  return layers;
}

}  // namespace abatis::report
