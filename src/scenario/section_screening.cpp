// [screening]: which roads are screened from whom, rows of trees to choose, sensors of one's own.

#include <algorithm>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "lonlat_box.hpp"
#include "sections.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMostSensors = 1000;

constexpr Choice<ScreenMetric> kScreenMetricNames[] = {{"length", ScreenMetric::length},
                                                       {"vehicles", ScreenMetric::vehicles},
                                                       {"people", ScreenMetric::people}};
constexpr Choice<bool> kLeaves[] = {{"leaf", false}, {"bare", true}};

// Those named, without doubles and in the order of the catalogue; all where none are.
template <class T>
void read_some(Reading& reading, TableReader& r, std::string_view key, const std::vector<T>& known,
               std::string_view what, std::vector<int>& into) {
  if (!reading.catalogue_known) return;
  into.clear();
  if (r.has(key)) {
    if (!r.references(key, into, ids_of(known), what)) return;
    std::sort(into.begin(), into.end());
    if (std::adjacent_find(into.begin(), into.end()) != into.end()) {
      r.error(key, fmt::format("a {} stands there twice", what));
    }
    if (into.empty()) r.error(key, fmt::format("no {} at all", what), "leave the key out for all");
    return;
  }
  for (int i = 0; i < static_cast<int>(known.size()); ++i) into.push_back(i);
}

// One of those that the section looks at; by default the last.
template <class T>
void read_one(Reading& reading, TableReader& r, std::string_view key, const std::vector<T>& known,
              std::string_view what, const std::vector<int>& used, int& into) {
  if (!reading.catalogue_known || used.empty()) return;
  into = used.back();
  if (!r.has(key)) return;
  std::vector<std::string> ids;
  for (const int i : used) ids.push_back(known[static_cast<std::size_t>(i)].id);
  int at = -1;
  if (r.reference(key, at, ids, what)) into = used[static_cast<std::size_t>(at)];
}

void read_limit(TableReader& r, RowChoice& c) {
  if (r.has("length") == r.has("budget")) {
    r.error("choose", "rows are chosen within one of `length` and `budget`",
            "write length = \"30 km\" or budget = \"1 MEUR\"");
    return;
  }
  double eur = 0;
  if (r.quantity("budget", eur, Dimension::money, positive_up_to(1e12))) c.budget = Euro(eur);
  r.quantity("length", c.length_m, Dimension::length, positive_up_to(1e8));
}

void read_choice(Reading& reading, TableReader& r) {
  Scenario& s = reading.scenario;
  RowChoice& c = s.screening.choice;
  const ScreeningFigures& figures = s.catalogue.screening;
  if (!r.has("choose")) {
    if (!s.screening.viewers.empty()) c.viewer = s.screening.viewers.front();
    if (!s.screening.targets.empty()) c.target = s.screening.targets.front();
    c.by_year = s.first_year + s.years - 1;
    c.plant = s.first_year;
    for (const std::string_view key :
         {"viewer", "target", "leaves", "by_year", "plant", "length", "budget"}) {
      if (r.has(key)) r.error(key, "this is about rows to choose", "add choose = \"people\"");
    }
    return;
  }
  c.asked = r.choice<ScreenMetric>("choose", c.metric, kScreenMetricNames);
  c.where = reading.diagnostics.where(r.place("choose"), "rows of trees to choose");
  read_one(reading, r, "viewer", figures.viewers, "viewer of [screening]", s.screening.viewers,
           c.viewer);
  read_one(reading, r, "target", figures.targets, "target of [screening]", s.screening.targets,
           c.target);
  r.choice<bool>("leaves", c.bare, kLeaves);
  read_limit(r, c);
  if (!reading.years_known) return;
  const int last = s.first_year + s.years - 1;
  c.plant = s.first_year;
  c.by_year = last;
  r.integer("plant", c.plant, s.first_year, last);
  if (r.integer("by_year", c.by_year, s.first_year, last) && c.by_year < c.plant) {
    r.error("by_year", fmt::format("before the rows are planted, in {}", c.plant));
  }
  const bool rows = std::any_of(s.measures.begin(), s.measures.end(), [&](int m) {
    return s.catalogue.measures[static_cast<std::size_t>(m)].rule == SiteRule::roadside;
  });
  if (reading.catalogue_known && !s.measures.empty() && !rows) {
    r.error("choose", "no measure of [sites] plants trees along roads",
            "add roadside_trees to sites.measures");
  }
}

void read_sensor(Reading& reading, TableReader& r, OwnSensor& sensor) {
  const Grid& grid = reading.scenario.grid;
  sensor.where =
      reading.diagnostics.where(r.place("at"), fmt::format("sensor {}", in_quotes(sensor.id)));
  r.quantity("height", sensor.height_m, Dimension::length, between(0, 1000));
  r.quantity("range", sensor.range_m, Dimension::length, positive_up_to(kFarthestScreened));
  std::vector<double> at;
  if (!r.numbers("at", at, between(-180, 180), 2, "degrees [longitude, latitude]")) return;
  if (at[1] < -90 || at[1] > 90) {
    r.error("at", fmt::format("latitude {:g} is not between -90 and 90", at[1]),
            "write [longitude, latitude]");
  } else if (reading.grid_known) {
    const auto point = transform({{at[0], at[1]}}, kWgs84, grid.epsg);
    if (!point || !grid.cell_at((*point)[0])) {
      r.error("at", fmt::format("sensor {} lies outside the region", in_quotes(sensor.id)),
              region_text(grid) + "; write [longitude, latitude]");
    } else {
      sensor.at = (*point)[0];
    }
  }
}

}  // namespace

std::string_view to_string(ScreenMetric metric) {
  return kScreenMetricNames[static_cast<std::size_t>(metric)].name;
}

std::string_view unit_of(ScreenMetric metric) {
  constexpr std::string_view kUnits[kScreenMetrics] = {"km", "vehicle-km/h", "person-km"};
  return kUnits[static_cast<std::size_t>(metric)];
}

void read_screening(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kScreening);
  ScreeningRules& s = reading.scenario.screening;
  const ScreeningFigures& figures = reading.scenario.catalogue.screening;
  s.given = true;
  r.quantity("zone", s.zone_m, Dimension::length, positive_up_to(kFarthestScreened));
  r.quantity("stretch", s.stretch_m, Dimension::length, between(100, kFarthestScreened));
  r.quantity("viewer_spacing", s.spacing_m, Dimension::length, between(10, kFarthestScreened));
  read_some(reading, r, "viewers", figures.viewers, "viewer", s.viewers);
  read_some(reading, r, "targets", figures.targets, "target", s.targets);
  read_choice(reading, r);
  if (r.has("sensors")) {
    IdList ids;
    for (const TomlNode* one : r.tables("sensors", kMostSensors)) {
      TableReader row(reading.diagnostics, *one, spec::kScreeningSensors);
      OwnSensor sensor;
      row.id("id", sensor.id);
      row.text("name", sensor.name);
      read_sensor(reading, row, sensor);
      row.provenance("provenance", sensor.provenance);
      ids.add(sensor.id, row.place("id"));
      s.sensors.push_back(std::move(sensor));
    }
    ids.refuse_twice(reading.diagnostics, "sensor");
  }
  r.provenance("provenance", s.provenance);
}

}  // namespace abatis
