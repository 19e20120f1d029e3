#include "obstacle_json.hpp"

#include <cmath>

#include "json.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

std::string measure_id(const RunView& view, int measure) {
  return valid_utf8(view.scenario.catalogue.measures[static_cast<std::size_t>(measure)].id);
}
double hundredths(double v) {
  return std::round(v * 100) / 100;
}

}  // namespace

Json belts_json(const RunView& view, const ObstacleFacts& facts) {
  Json out = Json::array();
  for (const BeltFact& belt : facts.belts) {
    const Echelon& echelon = view.scenario.echelons[static_cast<std::size_t>(belt.echelon)];
    out.push_back({{"echelon", valid_utf8(echelon.id)},
                   {"distance_m", echelon.belts_m[static_cast<std::size_t>(belt.belt)]},
                   {"candidate_km", hundredths(belt.candidate_km)},
                   {"built_km", hundredths(belt.built_km)},
                   {"covered_km", hundredths(belt.covered_km)},
                   {"mean_delay_s", seconds(belt.mean_delay_s)},
                   {"effect", to_string(belt.effect)}});
  }
  return out;
}

Json parks_json(const RunView& view, const ObstacleFacts& facts) {
  Json out = Json::array();
  for (const ParkFact& park : facts.parks) {
    const Site& site = site_of(view, park.site);
    out.push_back(
        {{"site", valid_utf8(site.id)},
         {"name", valid_utf8(site.name)},
         {"opens", park.year < 0 ? Json(nullptr) : Json(view.scenario.first_year + park.year)},
         {"stored", park.stored},
         {"late", park.late},
         {"crew_h", hundredths(park.crew_h)},
         {"crew_h_held", hundredths(park.crew_h_held)},
         {"loads", hundredths(park.loads)},
         {"loads_held", hundredths(park.loads_held)}});
  }
  return out;
}

Json readiness_json(const RunView& view, const ObstacleFacts& facts) {
  const auto rows = [&](const std::vector<Emplaced>& all) {
    Json out = Json::array();
    for (const Emplaced& one : all) {
      const Site& site = site_of(view, one.site);
      const Option& option = site.options[static_cast<std::size_t>(one.option)];
      out.push_back({{"site", valid_utf8(site.id)},
                     {"measure", measure_id(view, option.measure)},
                     {"park", valid_utf8(site_of(view, one.park).id)},
                     {"crew", one.crew + 1},
                     {"place", one.place + 1},
                     {"alone_s", seconds(one.alone_s)},
                     {"ready_s", seconds(one.ready_s)},
                     {"needed_s", seconds(one.needed_s)},
                     {"in_time", one.in_time()}});
    }
    return out;
  };
  const Warning& warning = view.scenario.warning;
  return {{"warning_s",
           {{"min", warning.time_s.min},
            {"mode", warning.time_s.mode},
            {"max", warning.time_s.max},
            {"mean", warning.time_s.mean()}}},
          {"provenance", valid_utf8(warning.provenance.source)},
          {"at_mean_warning", rows(facts.readiness)},
          {"at_least_warning", rows(facts.hurried)}};
}

Json decisions_json(const RunView& view, const ObstacleFacts& facts) {
  constexpr const char* kTaken[] = {"neither", "first", "second"};
  Json out = Json::array();
  for (const DecisionFact& one : facts.decisions) {
    const auto side = [&](int site, int measure) {
      return Json{{"site", valid_utf8(site_of(view, site).id)},
                  {"name", valid_utf8(site_of(view, site).name)},
                  {"measure", measure_id(view, measure)}};
    };
    out.push_back({{"first", side(one.site_a, one.measure_a)},
                   {"second", side(one.site_b, one.measure_b)},
                   {"why", valid_utf8(one.why)},
                   {"taken", kTaken[one.taken]}});
  }
  return out;
}

Json quotas_json(const RunView& view, const ObstacleFacts& facts) {
  Json out = Json::array();
  for (const QuotaFact& fact : facts.quotas) {
    const Quota& quota = view.scenario.quotas[static_cast<std::size_t>(fact.quota)];
    const Measure& measure =
        view.scenario.catalogue.measures[static_cast<std::size_t>(quota.measure)];
    out.push_back({{"measure", valid_utf8(measure.id)},
                   {"at_least", quota.at_least},
                   {"unit", valid_utf8(measure.unit)},
                   {"bought", fact.bought},
                   {"met", fact.met},
                   {"provenance", valid_utf8(quota.provenance.source)}});
  }
  return out;
}

}  // namespace abatis::report
