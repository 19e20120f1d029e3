// [[echelons]], [sites], [warning], [network] and [plan].

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sections.hpp"

namespace abatis {
namespace {

// Band and name of a published definition, by the id of the echelon.
bool take_band(Reading& reading, TableReader& r, Echelon& e) {
  if (!reading.catalogue_known) return false;
  const auto& known = reading.scenario.catalogue.echelons;
  int index = -1;
  if (!r.reference("definition", index, ids_of(known), "echelon definition")) return false;
  const EchelonDefinition& definition = known[static_cast<std::size_t>(index)];
  const auto band = std::find_if(definition.bands.begin(), definition.bands.end(),
                                 [&](const EchelonBand& b) { return b.id == e.id; });
  if (band == definition.bands.end()) {
    r.error("id", fmt::format("{} has no band {}", definition.id, e.id),
            fmt::format("bands: {}", fmt::join(ids_of(definition.bands), ", ")));
    return false;
  }
  for (const std::string_view key : {"name", "from", "to", "provenance"}) {
    if (r.has(key)) r.error(key, "the definition gives it", "remove this key, or `definition`");
  }
  e.definition = definition.id;
  e.name = band->name;
  e.from_m = band->from_m;
  e.to_m = band->to_m;
  e.provenance = definition.provenance;
  return true;
}

// From and to of the band as the entry itself states them.
bool own_band(TableReader& r, Echelon& e) {
  for (const std::string_view key : {"name", "from", "to", "provenance"}) {
    if (!r.has(key)) {
      r.error(key, fmt::format("an echelon without `definition` needs `{}`", key),
              "or name a definition of echelons.toml");
    }
  }
  const bool from = r.quantity("from", e.from_m, Dimension::length, between(0, kFarthestBand));
  const bool to = r.quantity("to", e.to_m, Dimension::length, positive_up_to(kFarthestBand));
  return from && to;
}

void read_band(Reading& reading, TableReader& r, Echelon& e) {
  const bool band = r.has("definition") ? take_band(reading, r, e) : own_band(r, e);
  const bool belts =
      r.quantities("belts", e.belts_m, Dimension::length, between(0, kFarthestBand), 0, 32);
  if (!band) return;
  if (e.from_m >= e.to_m) {
    r.error("to",
            fmt::format("the band ends at {} but begins at {}", shown(e.to_m, Dimension::length),
                        shown(e.from_m, Dimension::length)));
    return;
  }
  if (!belts) return;
  for (const double belt : e.belts_m) {
    if (belt < e.from_m || belt > e.to_m) {
      r.error("belts",
              fmt::format("the belt at {} lies outside the band of {} to {}",
                          shown(belt, Dimension::length), shown(e.from_m, Dimension::length),
                          shown(e.to_m, Dimension::length)));
    }
  }
  if (!std::is_sorted(e.belts_m.begin(), e.belts_m.end()) ||
      std::adjacent_find(e.belts_m.begin(), e.belts_m.end()) != e.belts_m.end()) {
    r.error("belts", "belts must rise with distance from the border, none twice");
  }
}

}  // namespace

void read_echelons(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  read_named(file, spec::kEchelons, 16, "echelon", s.echelons, [&](TableReader& r, Echelon& e) {
    read_band(reading, r, e);
    if (!s.echelons.empty() && e.to_m > 0 && e.from_m < s.echelons.back().to_m) {
      r.error(r.has("from") ? "from" : "id",
              fmt::format("the band begins at {}, inside the one before, which ends at {}",
                          shown(e.from_m, Dimension::length),
                          shown(s.echelons.back().to_m, Dimension::length)),
              "list the bands from the border outwards, without overlap");
    }
  });
}

void read_sites(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kSites);
  Scenario& s = reading.scenario;
  SiteRules& rules = s.sites;
  if (reading.catalogue_known) {
    r.references("measures", s.measures, ids_of(s.catalogue.measures), "measure");
  }
  using enum Dimension;
  const bool whole = r.quantity("segment", rules.segment_length_m, length, positive_up_to(100e3));
  const bool part = r.quantity("min_segment", rules.min_segment_m, length, positive_up_to(100e3));
  if ((whole || part) && rules.min_segment_m > rules.segment_length_m) {
    r.error(part ? "min_segment" : "segment",
            fmt::format("min_segment of {} is longer than segment of {}",
                        shown(rules.min_segment_m, length), shown(rules.segment_length_m, length)));
  }
  r.quantity("ditch_min_length", rules.ditch_min_length_m, length, positive_up_to(100e3));
  r.quantity("block_side", rules.block_side_m, length, positive_up_to(100e3));
  r.quantity("corridor_slack", rules.corridor_slack, share, between(0, 10));
  constexpr int kMaxSites = 100'000;
  constexpr std::pair<std::string_view, SiteRule> kMost[] = {
      {"max_belt_segments", SiteRule::belt_segment},
      {"max_ditches", SiteRule::mapped_ditch},
      {"max_bridges", SiteRule::bridge},
      {"max_road_points", SiteRule::road_point},
      {"max_culverts", SiteRule::culvert},
      {"max_fords", SiteRule::ford},
      {"max_forest_blocks", SiteRule::standing_forest},
      {"max_peat_blocks", SiteRule::peatland},
      {"max_plantings", SiteRule::open_land},
      {"max_road_rows", SiteRule::roadside},
      {"max_parks", SiteRule::park}};
  for (const auto& [key, rule] : kMost) {
    r.integer(key, rules.max_by_rule[static_cast<std::size_t>(rule)], 0, kMaxSites);
  }
  r.integer("parks_per_site", rules.parks_per_site, 1, 16);
}

void read_warning(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kWarning);
  Warning& w = reading.scenario.warning;
  w.given = r.triangular("time", w.time_s, Dimension::time, between(0, 90.0 * 86400));
  r.provenance("provenance", w.provenance);
}

void read_network(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kNetwork);
  NetworkRules& n = reading.scenario.network;
  const bool tile = r.quantity("tile", n.tile_m, Dimension::length, positive_up_to(1e6));
  const bool spacing =
      r.quantity("portal_spacing", n.portal_spacing_m, Dimension::length, positive_up_to(1e6));
  if ((tile || spacing) && n.portal_spacing_m > n.tile_m) {
    r.error(spacing ? "portal_spacing" : "tile",
            fmt::format("portal_spacing of {} is longer than tile of {}",
                        shown(n.portal_spacing_m, Dimension::length),
                        shown(n.tile_m, Dimension::length)));
  }
  if (tile && reading.grid_known && n.tile_m < 2 * reading.scenario.grid.cell) {
    r.error("tile", fmt::format("a tile of {} is less than two cells of {}",
                                shown(n.tile_m, Dimension::length),
                                shown(reading.scenario.grid.cell, Dimension::length)));
  }
  r.quantity("tolerance", n.tolerance, Dimension::share, positive_up_to(1));
  r.integer("check_plans", n.check_plans, 0, 1000);
}

// The objective and the part of the cases that it counts.
static void read_objective(TableReader& r, PlanRules& p) {
  enum class Goal : std::uint8_t { mean, worst, worst_part };
  constexpr Choice<Goal> kGoals[] = {
      {"mean", Goal::mean}, {"worst", Goal::worst}, {"worst_part", Goal::worst_part}};
  Goal goal = Goal::mean;
  r.choice<Goal>("objective", goal, kGoals);
  if (goal == Goal::worst) p.tail = 0;
  if (goal == Goal::worst_part) {
    if (!r.has("worst_part")) {
      r.error("objective", "how large the worst part is, is not said",
              "add worst_part = \"25 %\", of the weight of the cases");
    }
    r.quantity("worst_part", p.tail, Dimension::share, positive_up_to(1));
  } else if (r.has("worst_part")) {
    r.error("worst_part", "only objective = \"worst_part\" has one");
  }
}

void read_plan(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kPlan);
  PlanRules& p = reading.scenario.plan;
  r.quantity("gap", p.gap, Dimension::share, between(0, 1));
  r.integer("node_limit", p.node_limit, std::int64_t{1}, std::int64_t{1'000'000'000});
  r.quantity("time_limit", p.time_limit_s, Dimension::time, positive_up_to(30.0 * 86400));
  read_objective(r, p);
  if (!r.has("year_weights") || !reading.years_known) return;
  const auto years = static_cast<std::size_t>(reading.scenario.years);
  std::vector<double> weights;
  if (!r.numbers("year_weights", weights, between(0, 1e6), years, "one weight for each year")) {
    return;
  }
  double total = 0;
  for (const double w : weights) total += w;
  if (total <= 0) {
    r.error("year_weights", "at least one year must weigh more than 0");
    return;
  }
  for (double& w : weights) w /= total;
  p.year_weights = std::move(weights);
}

}  // namespace abatis
