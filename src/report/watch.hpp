#pragma once
// Early warning as JSON, words and a picture (docs/model/watch.md).

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "abatis/report/watch_products.hpp"
#include "tables.hpp"

namespace abatis::report {

struct WatchView {
  const Scenario& scenario;
  const Terrain& terrain;
  const SiteSet& sites;
  const Watch& watch;
  std::vector<YearReadiness> readiness;  // empty without a plan

  int year(int index) const { return scenario.first_year + index; }
  const SurveillanceRules& rules() const { return scenario.surveillance; }
  const Measure& measure(int m) const {
    return scenario.catalogue.measures[static_cast<std::size_t>(m)];
  }
  // The site of a sensor, by its index in Watch::sensors.
  const Site& site(std::size_t sensor) const;
};

double rounded_share(double share);  // to 1e-5, as tables and JSON give it

// docs/reference/watch.schema.json; also part of plan.json.
nlohmann::ordered_json watch_json(const WatchView& view);
// One line for the words of a plan; several for `abatis cover`.
std::string watch_line(const WatchView& view);
std::vector<std::string> watch_words(const WatchView& view);
// By year, along the border, and places warned.
std::vector<Table> watch_tables(const WatchView& view);
// The border as a strip by year: chainage to the right, day, night and fog below each other.
std::string watch_strip_svg(const WatchView& view);
// A map of the last year: lowest altitudes seen, the border, what was bought.
std::string watch_map_svg(const WatchView& view);

}  // namespace abatis::report
