#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "facts.hpp"
#include "json.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

Json share_json(const SeenShare& s) {
  return {{"once", rounded_share(s.once)},
          {"twice", rounded_share(s.twice)},
          {"modalities", rounded_share(s.modalities)}};
}

Json conditions_json(const std::array<SeenShare, kConditions>& by) {
  Json out = Json::object();
  for (int c = 0; c < kConditions; ++c) {
    out[std::string(to_string(static_cast<Conditions>(c)))] =
        share_json(by[static_cast<std::size_t>(c)]);
  }
  return out;
}

Json warning_rules_json(const WarningWorth& worth) {
  if (worth.air_weight + worth.ground_weight <= 0) return nullptr;
  return {{"weights", {worth.air_weight, worth.ground_weight}},
          {"full_s", {worth.full_air_s, worth.full_ground_s}},
          {"provenance", text(worth.provenance.source)}};
}

// On the lanes and ways that siting goes by; null without a weight for warning.
Json sited_warning_json(const WatchView& view, const WatchYear& year) {
  const WarningWorth& worth = view.rules().warning;
  if (worth.air_weight + worth.ground_weight <= 0) return nullptr;
  Json ways = Json::object();
  for (int c = 0; c < kConditions; ++c) {
    ways[std::string(to_string(static_cast<Conditions>(c)))] =
        std::round(year.way_warning_s[static_cast<std::size_t>(c)]);
  }
  return {{"lanes_clear_s", std::round(year.lane_warning_s[0])},
          {"lanes_hard_s", std::round(year.lane_warning_s[1])},
          {"ways_s", std::move(ways)}};
}

Json rules_json(const WatchView& view) {
  const SurveillanceRules& r = view.rules();
  Json states = Json::array();
  for (const int f : r.states) {
    states.push_back(text(view.scenario.friendly[static_cast<std::size_t>(f)]));
  }
  return {{"states", std::move(states)},
          {"border_spacing_m", r.border_spacing_m},
          {"zone_spacing_m", r.zone_spacing_m},
          {"zone_depth_m", r.zone_depth_m},
          {"target_height_m", r.target_height_m},
          {"weights", {r.border_weight, r.air_weight, r.effect_weight}},
          {"warning", warning_rules_json(r.warning)},
          {"second_modality", r.second_modality},
          {"approach_m", r.approach_m},
          {"flyer_mps", rounded(r.flyer_mps, 100)},
          {"lane_altitude_m", r.altitudes_m[static_cast<std::size_t>(r.lane_altitude)]},
          {"confirm_s", r.confirm_s},
          {"disseminate_s", r.disseminate_s},
          {"provenance", text(r.provenance.source)}};
}

Json sensors_json(const WatchView& view) {
  Json out = Json::array();
  for (std::size_t i = 0; i < view.watch.sensors.size(); ++i) {
    const SitedSensor& one = view.watch.sensors[i];
    const Measure& measure = view.measure(one.measure);
    const bool acts = one.acts < view.scenario.years;
    out.push_back({{"site", view.site(i).id},
                   {"measure", text(measure.id)},
                   {"name", text(measure.name)},
                   {"modality", to_string(measure.sensor.modality)},
                   {"effector", is_effector(measure.sensor.modality)},
                   {"near", text(view.site(i).nearest_place)},
                   {"bought", view.year(one.bought)},
                   {"acts_from", acts ? Json(view.year(one.acts)) : Json(nullptr)},
                   {"cost_eur", std::round(measure.unit_cost_eur.mean())}});
  }
  return out;
}

Json years_json(const WatchView& view) {
  const std::vector<double>& altitudes = view.rules().altitudes_m;
  Json out = Json::array();
  for (std::size_t y = 0; y < view.watch.years.size(); ++y) {
    const WatchYear& year = view.watch.years[y];
    Json air = Json::array();
    for (std::size_t a = 0; a < altitudes.size(); ++a) {
      air.push_back({{"altitude_m", altitudes[a]},
                     {"radio", conditions_json(year.air[a])},
                     {"fibre", share_json(year.fibre[a])},
                     {"effectors", rounded_share(year.effect[a])},
                     {"effectors_fibre", rounded_share(year.effect_fibre[a])}});
    }
    Json gaps = Json::array();
    double longest = 0;
    for (const WatchGap& gap : year.gaps) {
      gaps.push_back({std::round(gap.from_m), std::round(gap.to_m)});
      longest = std::max(longest, gap.to_m - gap.from_m);
    }
    out.push_back({{"year", view.year(static_cast<int>(y))},
                   {"value", rounded_share(year.value)},
                   {"bound", rounded_share(year.bound)},
                   {"spent_eur", std::round(year.spent)},
                   {"allowed_eur", std::round(year.allowed)},
                   {"acting", year.acting},
                   {"border", conditions_json(year.border)},
                   {"air", std::move(air)},
                   {"gaps_by_day_m", std::move(gaps)},
                   {"longest_gap_m", std::round(longest)},
                   {"sited_warning", sited_warning_json(view, year)}});
  }
  return out;
}

// How many sensors see each point: one digit a point, 9 = so many or more.
Json profile_json(const WatchView& view) {
  Json out = {{"chainage_m", Json::array()},
              {"stretch", Json::array()},
              {"seeable", ""},
              {"years", Json::array()}};
  for (const BorderPoint& p : view.watch.border) {
    out["chainage_m"].push_back(std::round(p.chainage_m));
    out["stretch"].push_back(p.stretch);
  }
  std::string seeable;
  for (const std::uint8_t one : view.watch.seeable) seeable += static_cast<char>('0' + one);
  out["seeable"] = seeable;
  for (std::size_t y = 0; y < view.watch.seen.size(); ++y) {
    Json row = {{"year", view.year(static_cast<int>(y))}};
    for (int c = 0; c < kConditions; ++c) {
      std::string digits;
      for (const auto& point : view.watch.seen[y]) {
        digits += static_cast<char>(
            '0' + std::min(9, static_cast<int>(point[static_cast<std::size_t>(c)])));
      }
      row[std::string(to_string(static_cast<Conditions>(c)))] = std::move(digits);
    }
    out["years"].push_back(std::move(row));
  }
  return out;
}

// Seconds of warning, or null where no lane comes near unseen from anywhere.
Json warning_json(const WatchView& view, double ahead_m) {
  if (!std::isfinite(ahead_m)) return nullptr;
  return std::round(warning_s(view.rules(), ahead_m));
}

Json lanes_json(const WatchView& view) {
  Json out = Json::array();
  for (const LaneWarning& lane : view.watch.lanes) {
    Json clear = Json::array(), hard = Json::array();
    for (const auto& ahead : lane.ahead_m) {
      clear.push_back(warning_json(view, ahead[0]));
      hard.push_back(warning_json(view, ahead[1]));
    }
    out.push_back({{"name", text(lane.name)},
                   {"objective", lane.objective},
                   {"population", lane.population < 0 ? Json(nullptr) : Json(lane.population)},
                   {"border_m", std::round(lane.border_m)},
                   {"clear_s", std::move(clear)},
                   {"hard_s", std::move(hard)}});
  }
  return out;
}

Json corridors_json(const WatchView& view) {
  const Catalogue& catalogue = view.scenario.catalogue;
  Json out = Json::array();
  for (const CorridorWarning& one : view.watch.corridors) {
    const Case& c = view.scenario.cases[static_cast<std::size_t>(one.case_index)];
    Json years = Json::array();
    for (const auto& lead : one.lead_s) {
      Json row = Json::object();
      for (int when = 0; when < kConditions; ++when) {
        row[std::string(to_string(static_cast<Conditions>(when)))] =
            std::round(lead[static_cast<std::size_t>(when)]);
      }
      years.push_back(std::move(row));
    }
    out.push_back({{"axis", text(view.scenario.axes[static_cast<std::size_t>(c.axis)].name)},
                   {"mover", text(catalogue.movers[static_cast<std::size_t>(c.mover)].name)},
                   {"season", text(catalogue.seasons[static_cast<std::size_t>(c.season)].name)},
                   {"weight", rounded_share(c.weight)},
                   {"approach_m", std::round(one.approach_m)},
                   {"crossing_to_objective_s", std::round(one.crossing_s)},
                   {"seen_before_crossing_s", std::move(years)}});
  }
  return out;
}

Json readiness_json(const WatchView& view) {
  if (view.readiness.empty()) return nullptr;
  Json out = Json::array();
  for (std::size_t y = 0; y < view.readiness.size(); ++y) {
    Json counts = Json::array();
    for (const ReadyCount& c : view.readiness[y].counts) {
      counts.push_back({{"order_before_crossing_s", c.base_s},
                        {"ready_without", rounded(c.ready_without, 100)},
                        {"ready_with", rounded(c.ready_with, 100)},
                        {"hours_without", rounded(c.hours_without, 100)},
                        {"hours_with", rounded(c.hours_with, 100)}});
    }
    out.push_back({{"year", view.year(static_cast<int>(y))},
                   {"stored", view.readiness[y].stored},
                   {"orders", std::move(counts)}});
  }
  return out;
}

}  // namespace

const Site& WatchView::site(std::size_t sensor) const {
  // The sensors are the last of the sites, in their order.
  return sites.sites[sites.sites.size() - watch.sensors.size() + sensor];
}

Json watch_json(const WatchView& view) {
  const Watch& w = view.watch;
  return {{"format", "abatis-watch/1"},
          {"marking", kMarking},
          {"scenario", text(view.scenario.id)},
          {"rules", rules_json(view)},
          {"border_m", std::round(w.border_m)},
          {"border_points", w.border.size()},
          {"zone_points", w.zone.size()},
          {"places", w.places.size()},
          {"candidates", w.candidates},
          {"objective",
           {{"value", rounded_share(w.objective)},
            {"bound", rounded_share(w.objective_bound)},
            {"every_candidate", rounded_share(w.reachable)},
            {"timed_out", w.timed_out}}},
          {"sensors", sensors_json(view)},
          {"years", years_json(view)},
          {"profile", profile_json(view)},
          {"lanes", lanes_json(view)},
          {"corridors", corridors_json(view)},
          {"readiness", readiness_json(view)}};
}

}  // namespace abatis::report
