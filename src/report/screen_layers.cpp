#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "screen.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr Rgb kUnseenGrey{150, 150, 146};
constexpr Rgb kRowGreen{63, 125, 79};
constexpr double kMostly = 0.5;  // of a stretch, for it to count as mostly seen

Layer make_layer(const ScreenView& view, const char* name, std::vector<std::string> fields) {
  Layer layer;
  layer.name = name;
  layer.epsg = view.scenario.grid.epsg;
  layer.field_names = std::move(fields);
  return layer;
}

std::string grade(double seen) {
  if (seen <= 0) return "not seen";
  return seen >= kMostly ? "mostly seen" : "partly seen";
}

std::vector<Category> grades() {
  return {{"mostly seen", "half of it or more is seen", kRed, 0.9},
          {"partly seen", "less than half is seen", kOrange, 0.7},
          {"not seen", "not seen", kUnseenGrey, 0.4}};
}

// The case judged; the others stand as shares.
StyledLayer stretches_layer(const ScreenView& view) {
  const Screening& s = view.screening;
  std::vector<std::string> fields{"id", "road", "length_m", "border_m", "now", "last_leaf"};
  for (const ScreenCase& one : s.cases) {
    const std::string name = viewer_of(view, one).id + "_" + target_of(view, one).id;
    for (const char* state : {"now", "leaf", "bare"}) {
      fields.push_back(fmt::format("{}_{}", name, state));
    }
  }
  Layer layer = make_layer(view, "stretches", std::move(fields));
  const auto judged = static_cast<std::size_t>(s.judged);
  for (std::size_t i = 0; i < view.roads.stretches.size(); ++i) {
    const RoadStretch& stretch = view.roads.stretches[i];
    Feature feature{
        {GeometryKind::line, {stretch.line}},
        {stretch.id, view.scenario.catalogue.roads[static_cast<std::size_t>(stretch.road)].id,
         std::round(stretch.length_m), std::round(stretch.border_m),
         grade(s.stretches[judged][i].now), grade(s.stretches[judged][i].leaf)}};
    for (const auto& by_case : s.stretches) {
      for (const double share : {by_case[i].now, by_case[i].leaf, by_case[i].bare}) {
        feature.fields.emplace_back(rounded(share));
      }
    }
    layer.features.push_back(std::move(feature));
  }
  return {std::move(layer), GeometryKind::line,
          fmt::format("Stretches of road: `now` and `last_leaf` are {}, seen from: {}; with "
                      "nothing planted and in {} in leaf",
                      target_of(view, judged_case(view)).name,
                      viewer_of(view, judged_case(view)).name, last_plan_year(view)),
          qml(GeometryKind::line, "now", grades()), ""};
}

StyledLayer rows_layer(const ScreenView& view) {
  Layer layer = make_layer(view, "rows",
                           {"site", "side", "km", "planted", "state", "hidden_km",
                            "hidden_vehicle_km_per_h", "hidden_person_km"});
  for (std::size_t c = 0; c < view.roads.candidates.size(); ++c) {
    const RowWorth& worth = view.screening.worth[c];
    const bool planted = view.screening.planted[c] != 0;
    for (const bool right : {false, true}) {
      const RoadSums& hidden = right ? worth.right : worth.left;
      layer.features.push_back(
          {{GeometryKind::line, {view.roads.rows[2 * c + (right ? 1 : 0)]}},
           {row_site(view, c).id, std::string(right ? "right" : "left"),
            rounded(view.roads.candidates[c].length_m / 1000),
            planted ? FieldValue{std::int64_t{view.screening.planted[c]}} : FieldValue{},
            std::string(planted ? "planted" : "candidate"), rounded(hidden[0]),
            std::round(hidden[1]), std::round(hidden[2])}});
    }
  }
  return {std::move(layer), GeometryKind::line,
          "Rows of trees by side of the road, with what each hides by itself when grown, in leaf",
          qml(GeometryKind::line, "state",
              {{"planted", "row planted", kRowGreen, 1.0},
               {"candidate", "candidate row", kRowGreen, 0.4, true}}),
          ""};
}

StyledLayer sensors_layer(const ScreenView& view) {
  Layer layer = make_layer(view, "own_sensors",
                           {"id", "name", "height_m", "range_m", "seen_km2", "hidden_km2"});
  for (std::size_t i = 0; i < view.screening.sensors.size(); ++i) {
    const OwnSensor& sensor = view.scenario.screening.sensors[i];
    layer.features.push_back({{GeometryKind::point, {{sensor.at}}},
                              {sensor.id, sensor.name, sensor.height_m, sensor.range_m,
                               rounded(view.screening.sensors[i].seen_km2),
                               rounded(view.screening.sensors[i].hidden_km2)}});
  }
  return {std::move(layer), GeometryKind::point, "Sensors of one's own",
          qml(GeometryKind::point, "", {{"", "own sensor", kBlue, 3.0}}, "name"), ""};
}

}  // namespace

std::vector<StyledLayer> screen_layers(const ScreenView& view) {
  std::vector<StyledLayer> layers;
  for (auto&& layer : {stretches_layer(view), rows_layer(view), sensors_layer(view)}) {
    if (!layer.layer.features.empty()) layers.push_back(layer);
  }
  return layers;
}

}  // namespace abatis::report
