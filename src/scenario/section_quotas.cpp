// [[quotas]], and what the measures of a scenario ask of it.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sections.hpp"

namespace abatis {
namespace {

// A quantity in the measure's own unit: "40 km", "300 ha", "12 pieces".
bool read_amount(TableReader& r, const Measure& measure, double& into) {
  if (measure.unit == "km") {
    if (!r.quantity("at_least", into, Dimension::length, positive_up_to(1e8))) return false;
    into /= 1000;
    return true;
  }
  const Dimension dimension = measure.unit == "ha" ? Dimension::area : Dimension::pieces;
  return r.quantity("at_least", into, dimension, positive_up_to(1e8));
}

const Measure& measure_of(const Scenario& s, int index) {
  return s.catalogue.measures[static_cast<std::size_t>(index)];
}

bool uses_rule(const Scenario& s, SiteRule rule) {
  return std::any_of(s.measures.begin(), s.measures.end(),
                     [&](int m) { return measure_of(s, m).rule == rule; });
}

}  // namespace

void read_quotas(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("quotas")) return;
  std::vector<std::string> usable;
  for (const int m : s.measures) usable.push_back(measure_of(s, m).id);
  for (const TomlNode* node : file.tables("quotas", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kQuotas);
    Quota quota;
    int at = -1;
    r.provenance("provenance", quota.provenance);
    if (!reading.catalogue_known || !r.reference("measure", at, usable, "measure of [sites]")) {
      continue;
    }
    quota.measure = s.measures[static_cast<std::size_t>(at)];
    const Measure& measure = measure_of(s, quota.measure);
    if (measure.rule == SiteRule::cover) {
      r.error("measure", "cover is bought with obstacles: no quota of its own");
      continue;
    }
    if (measure.rule == SiteRule::sensor) {
      r.error("measure", "sensors are chosen by what they cover: no quota of their own",
              "earmark money for their class instead");
      continue;
    }
    if (!read_amount(r, measure, quota.at_least)) continue;
    quota.where =
        reading.diagnostics.where(r.place("at_least"), fmt::format("quota {}", measure.id));
    for (const Quota& other : s.quotas) {
      if (other.measure == quota.measure) {
        r.error("measure", fmt::format("a second quota of {}, first in line {}", measure.id,
                                       other.where.line));
      }
    }
    s.quotas.push_back(std::move(quota));
  }
}

void check_measures(Reading& reading, TableReader& file) {
  const Scenario& s = reading.scenario;
  for (const int m : s.measures) {
    const std::vector<int>& needs = measure_of(s, m).needs;
    const auto used = [&](int n) {
      return std::find(s.measures.begin(), s.measures.end(), n) != s.measures.end();
    };
    if (needs.empty() || std::any_of(needs.begin(), needs.end(), used)) continue;
    std::vector<std::string> names;
    for (const int n : needs) names.push_back(measure_of(s, n).id);
    file.error("sites",
               fmt::format("{} needs {} first, and none is in sites.measures", measure_of(s, m).id,
                           fmt::join(names, " or ")),
               "add it to sites.measures");
  }
  const auto stored = std::find_if(s.measures.begin(), s.measures.end(),
                                   [&](int m) { return measure_of(s, m).emplacement.stored(); });
  if (stored != s.measures.end()) {
    const std::string& id = measure_of(s, *stored).id;
    if (!file.has("warning")) {
      file.error("warning",
                 fmt::format("{} is stored and emplaced on warning, but the scenario "
                             "states no warning time",
                             id),
                 "add [warning] with time = [\"6 h\", \"24 h\", \"72 h\"] and its provenance");
    }
    if (!uses_rule(s, SiteRule::park)) {
      file.error("sites", fmt::format("{} is stored, but no measure of [sites] is a park", id),
                 "add the park to sites.measures");
    }
  }
  if (uses_rule(s, SiteRule::sensor) && !file.has("surveillance")) {
    file.error("surveillance", "sensors are in sites.measures, but nothing says what they watch",
               "add [surveillance] with its provenance, or drop the sensors");
  }
  const auto obstacle = [&](int m) { return is_obstacle(measure_of(s, m).rule); };
  if (uses_rule(s, SiteRule::cover) &&
      std::none_of(s.measures.begin(), s.measures.end(), obstacle)) {
    file.error("sites", "cover watches obstacles, but no measure of [sites] is one",
               "add an obstacle to sites.measures, or drop the cover");
  }
}

}  // namespace abatis
