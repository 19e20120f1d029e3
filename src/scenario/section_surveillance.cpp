// [surveillance]

#include <algorithm>

#include <fmt/format.h>

#include "sections.hpp"

namespace abatis {
namespace {

constexpr double kFar = 200e3;  // m

void read_places(TableReader& r, SurveillanceRules& s) {
  using enum Dimension;
  r.quantity("candidate_depth", s.candidate_depth_m, length, positive_up_to(kFar));
  r.quantity("candidate_road", s.candidate_road_m, length, between(0, kFar));
  r.quantity("candidate_apart", s.candidate_apart_m, length, positive_up_to(kFar));
  r.integer("max_candidates", s.max_candidates, 1, 10'000);
  r.quantity("border_spacing", s.border_spacing_m, length, positive_up_to(kFar));
  r.quantity("zone_spacing", s.zone_spacing_m, length, positive_up_to(kFar));
  r.quantity("zone_depth", s.zone_depth_m, length, positive_up_to(kFar));
  r.quantity("target_height", s.target_height_m, length, between(0, 100));
}

void read_altitudes(TableReader& r, SurveillanceRules& s) {
  std::vector<double> read;
  if (r.quantities("altitudes", read, Dimension::length, positive_up_to(20e3), 0, 16)) {
    if (read.empty() || !std::is_sorted(read.begin(), read.end()) ||
        std::adjacent_find(read.begin(), read.end()) != read.end()) {
      r.error("altitudes", "altitudes must rise, none twice, one at least");
      return;
    }
    s.altitudes_m = std::move(read);
    s.lane_altitude = std::min(s.lane_altitude, static_cast<int>(s.altitudes_m.size()) - 1);
  }
  double lane = 0;
  if (!r.quantity("lane_altitude", lane, Dimension::length, positive_up_to(20e3))) return;
  const auto at = std::find(s.altitudes_m.begin(), s.altitudes_m.end(), lane);
  if (at == s.altitudes_m.end()) {
    r.error("lane_altitude", "lanes are flown at one of `altitudes`");
    return;
  }
  s.lane_altitude = static_cast<int>(at - s.altitudes_m.begin());
}

// What warning weighs, on the scale of `weights`; none where it is not given.
std::vector<double> read_warning(TableReader& r, WarningWorth& warning) {
  std::vector<double> weights{0, 0}, full;
  if (r.quantities("warning_full", full, Dimension::time, positive_up_to(86400), 2)) {
    warning.full_air_s = full[0];
    warning.full_ground_s = full[1];
  }
  if (!r.has("warning_weights")) {
    if (r.has("warning_full") || r.has("warning_provenance")) {
      r.error(r.has("warning_full") ? "warning_full" : "warning_provenance",
              "what warning weighs is not given",
              "add warning_weights = [1, 1]  # of low flyers, of movers on the ground");
    }
    return weights;
  }
  if (!r.numbers("warning_weights", weights, between(0, 1e6), 2, "low flyers and movers")) {
    return {0, 0};
  }
  if (!r.has("warning_provenance")) {
    r.error("warning_weights", "nothing says where these weights come from",
            "add warning_provenance: a source, or \"unverified\"");
  }
  r.provenance("warning_provenance", warning.provenance);
  return weights;
}

void read_parts(TableReader& r, SurveillanceRules& s) {
  std::vector<double> parts{2, 2, 1};
  const bool given = r.has("weights");
  if (given && !r.numbers("weights", parts, between(0, 1e6), 3, "border, air and effectors")) {
    return;
  }
  const std::vector<double> warning = read_warning(r, s.warning);
  const double sum = parts[0] + parts[1] + parts[2] + warning[0] + warning[1];
  if (sum <= 0) {
    r.error("weights", "one part at least must weigh more than 0");
  } else {
    s.border_weight = parts[0] / sum;
    s.air_weight = parts[1] / sum;
    s.effect_weight = parts[2] / sum;
    s.warning.air_weight = warning[0] / sum;
    s.warning.ground_weight = warning[1] / sum;
  }
  r.quantity("second_modality", s.second_modality, Dimension::share, between(0, 1.0 / kSensing));
}

// The sensors of [sites] and the money for them.
void check_money(Reading& reading, TableReader& r) {
  const Scenario& s = reading.scenario;
  if (!reading.catalogue_known) return;
  std::string budget_class;
  for (const int m : s.measures) {
    const Measure& measure = s.catalogue.measures[static_cast<std::size_t>(m)];
    if (measure.rule != SiteRule::sensor) continue;
    if (budget_class.empty()) budget_class = measure.budget_class;
    if (measure.budget_class != budget_class) {
      r.error("provenance",
              fmt::format("{} is paid from {}, other sensors from {}", measure.id,
                          measure.budget_class, budget_class),
              "all sensors of a scenario must be of one class");
      return;
    }
  }
  if (budget_class.empty()) {
    r.error("provenance", "no measure of sites.measures is a sensor",
            "add some (abatis measures), or drop [surveillance]");
    return;
  }
  const bool paid = std::any_of(s.earmarks.begin(), s.earmarks.end(),
                                [&](const Earmark& e) { return e.budget_class == budget_class; });
  if (!paid) {
    r.error(
        "provenance", fmt::format("no earmark says how much {} may cost", budget_class),
        fmt::format("add [[earmarks]] with class = \"{}\" and rule = \"at_most\"", budget_class));
  }
}

}  // namespace

void read_surveillance(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kSurveillance);
  SurveillanceRules& s = reading.scenario.surveillance;
  s.given = true;
  s.where = reading.diagnostics.where(r.at(), "surveillance");
  const std::vector<std::string>& friends = reading.scenario.friendly;
  if (!r.has("states")) {
    for (std::size_t f = 0; f < friends.size(); ++f) s.states.push_back(static_cast<int>(f));
  } else {
    r.references("states", s.states, friends, "friendly state");
  }
  read_places(r, s);
  read_altitudes(r, s);
  read_parts(r, s);
  r.quantity("approach", s.approach_m, Dimension::length, positive_up_to(kFar));
  r.quantity("flyer_speed", s.flyer_mps, Dimension::speed, positive_up_to(1000));
  r.quantity("confirm", s.confirm_s, Dimension::time, between(0, 86400));
  r.quantity("disseminate", s.disseminate_s, Dimension::time, between(0, 86400));
  r.quantity("gap", s.gap, Dimension::share, between(0, 1));
  r.quantity("time_limit", s.time_limit_s, Dimension::time, positive_up_to(86400));
  r.provenance("provenance", s.provenance);
  check_money(reading, r);
}

}  // namespace abatis
