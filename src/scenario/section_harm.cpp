// [[harm_limits]], [[standoffs]] and [gates]: what bounds the harm that a plan may do.

#include <algorithm>

#include <fmt/format.h>

#include "sections.hpp"

namespace abatis {
namespace {

constexpr Choice<HarmMetric> kHarmMetricNames[] = {
    {"mined_area", HarmMetric::mined_area}, {"people_1km", HarmMetric::people_1km},
    {"people_5km", HarmMetric::people_5km}, {"land", HarmMetric::land},
    {"farmland", HarmMetric::farmland},     {"margin", HarmMetric::margin},
    {"clearance", HarmMetric::clearance}};

constexpr Choice<StandoffFrom> kFrom[] = {{"dwellings", StandoffFrom::dwellings},
                                          {"services", StandoffFrom::services},
                                          {"protected_areas", StandoffFrom::protected_areas},
                                          {"routes", StandoffFrom::routes}};

bool read_at_most(TableReader& r, HarmLimit& limit) {
  const Range range = between(0, 1e15);
  switch (limit.metric) {
    case HarmMetric::mined_area:
      if (!r.quantity("at_most", limit.at_most, Dimension::area, range)) return false;
      limit.at_most /= 100;  // areas are read in hectares
      return true;
    case HarmMetric::land:
    case HarmMetric::farmland:
      return r.quantity("at_most", limit.at_most, Dimension::area, range);
    case HarmMetric::margin:
    case HarmMetric::clearance:
      return r.quantity("at_most", limit.at_most, Dimension::money, range);
    case HarmMetric::people_1km:
    case HarmMetric::people_5km:
      break;
  }
  return r.number("at_most", limit.at_most, range);
}

bool has_layer(const Scenario& s, LayerRole role) {
  return std::any_of(s.layers.begin(), s.layers.end(),
                     [&](const LayerSource& l) { return l.role == role; });
}

// What a standoff is kept from must be known.
void check_from(const Scenario& s, TableReader& r, StandoffFrom from) {
  if (from == StandoffFrom::routes && s.routes.empty()) {
    r.error("from", "the scenario has no [[routes]]");
  } else if (from == StandoffFrom::services && !has_layer(s, LayerRole::services)) {
    r.error("from", "there is no layer with role = \"services\"");
  } else if (from == StandoffFrom::protected_areas && !has_layer(s, LayerRole::protected_areas)) {
    r.error("from", "there is no layer with role = \"protected_areas\"");
  }
}

}  // namespace

std::string_view to_string(HarmMetric metric) {
  for (const auto& choice : kHarmMetricNames) {
    if (choice.value == metric) return choice.name;
  }
  return "";
}

std::string_view unit_of(HarmMetric metric) {
  constexpr std::string_view kUnits[kHarmMetrics] = {"km2", "people",   "people", "ha",
                                                     "ha",  "EUR/year", "EUR"};
  return kUnits[static_cast<std::size_t>(metric)];
}

std::string_view to_string(StandoffFrom from) {
  return kFrom[static_cast<std::size_t>(from)].name;
}

bool GateRules::keeps_open(int road) const {
  return std::find(roads.begin(), roads.end(), road) != roads.end();
}

bool read_harm_metric(TableReader& r, std::string_view key, HarmMetric& metric) {
  return r.choice<HarmMetric>(key, metric, kHarmMetricNames);
}

void read_harm_limits(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("harm_limits")) return;
  for (const TomlNode* node : file.tables("harm_limits", 1024)) {
    TableReader r(reading.diagnostics, *node, spec::kHarmLimits);
    HarmLimit limit;
    r.provenance("provenance", limit.provenance);
    if (!read_harm_metric(r, "metric", limit.metric) || !read_at_most(r, limit)) continue;
    if (r.has("in") && !r.text("in", limit.in)) continue;
    limit.where = reading.diagnostics.where(r.place("at_most"),
                                            fmt::format("limit on {}", to_string(limit.metric)));
    for (const HarmLimit& other : s.harm_limits) {
      if (other.metric == limit.metric && other.in == limit.in) {
        r.error("metric",
                fmt::format("a second limit on {}{}, first in line {}", to_string(limit.metric),
                            limit.in.empty() ? "" : " in " + limit.in, other.where.line));
      }
    }
    s.harm_limits.push_back(std::move(limit));
  }
}

void read_standoffs(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("standoffs")) return;
  for (const TomlNode* node : file.tables("standoffs", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kStandoffs);
    Standoff standoff;
    r.provenance("provenance", standoff.provenance);
    bool good = r.choice<StandoffFrom>("from", standoff.from, kFrom);
    if (good) check_from(s, r, standoff.from);
    good =
        r.quantity("at_least", standoff.at_least_m, Dimension::length, positive_up_to(1e5)) && good;
    if (reading.catalogue_known) {
      std::vector<int> at;
      good = r.references("measures", at, usable_measures(s), "measure of [sites]") && good;
      for (const int m : at) {
        standoff.measures.push_back(s.measures[static_cast<std::size_t>(m)]);
      }
    }
    if (!good) continue;
    standoff.where = reading.diagnostics.where(
        r.place("from"), fmt::format("distance from {}", to_string(standoff.from)));
    s.standoffs.push_back(std::move(standoff));
  }
}

void read_gates(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kGates);
  GateRules& gates = reading.scenario.gates;
  r.provenance("provenance", gates.provenance);
  if (!reading.catalogue_known) return;
  r.references("roads", gates.roads, ids_of(reading.scenario.catalogue.roads), "road class");
}

}  // namespace abatis
