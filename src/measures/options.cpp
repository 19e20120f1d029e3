// Options of a site: quantity, money, delay by age.

#include "options.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "forest_delay.hpp"

namespace abatis::measures {
namespace {

// Up to this share of a segment may be ground the measure does not suit: the rest carries it, and
// the engineer of the day closes it otherwise. Above it the measure is not offered.
constexpr double kUnsuitedShare = 0.25;

const MeasureDelay* delay_row(const Measure& measure, int mover, int season) {
  const auto found =
      std::find_if(measure.delays.begin(), measure.delays.end(),
                   [&](const MeasureDelay& d) { return d.mover == mover && d.season == season; });
  return found == measure.delays.end() ? nullptr : &*found;
}

bool lists(const std::vector<int>& list, std::uint8_t value) {
  return !is_nodata(value) &&
         std::find(list.begin(), list.end(), static_cast<int>(value)) != list.end();
}

// Empty when the measure suits the site; else why not, for the reader.
std::string unsuited(const SiteGround& ground, const Measure& measure, const Site& site) {
  std::size_t bad = 0;
  bool near_homes = false;
  for (const Cell c : site.cells) {
    if (lists(measure.not_on_soils, ground.terrain.soil[c]) ||
        lists(measure.not_on_covers, ground.terrain.cover[c])) {
      ++bad;
    }
    near_homes = near_homes || ground.built_distance_m[c] < measure.settlement_distance_m;
  }
  const double share = static_cast<double>(bad) / static_cast<double>(site.cells.size());
  if (share > kUnsuitedShare) {
    return fmt::format("no {}: {:.0f} % of it lies on ground that does not take it", measure.name,
                       100 * share);
  }
  if (near_homes) {
    return fmt::format("no {}: built-up ground within {:.0f} m", measure.name,
                       measure.settlement_distance_m);
  }
  return {};
}

double quantity_of(const Candidate& candidate, const Measure& measure) {
  if (measure.unit == "ha") return candidate.quantity_ha;
  if (measure.unit == "km") return candidate.quantity_km;
  return 1;
}

// Full delay by speed index, on top of what crossing the place costs without the measure.
std::vector<double> full_delays(const SiteGround& ground, const Measure& measure,
                                const Site& site) {
  std::vector<double> delays;
  for (std::size_t k = 0; k < ground.mobility.speeds.size(); ++k) {
    const SpeedRaster& speed = ground.mobility.speeds[k];
    const MeasureDelay* row = delay_row(measure, speed.mover, speed.season);
    double delay = row != nullptr ? row->delay_s.mean() : 0.0;
    if (site.rule == SiteRule::mapped_ditch) {
      const Mover& mover = ground.scenario.catalogue.movers[static_cast<std::size_t>(speed.mover)];
      if (!section_stops(section_after(measure), mover)) delay = 0;
    }
    if (site.natural > 0) {
      delay -= ground.mobility.natural_delay_s[k][static_cast<std::size_t>(site.natural - 1)];
    }
    delays.push_back(std::max(0.0, delay));
  }
  return delays;
}

void add_section_note(const Measure& measure, Site& site) {
  const DitchSection before = section_before(measure);
  const DitchSection after = section_after(measure);
  site.notes.push_back(
      fmt::format("from about {:.1f} m deep to {:.1f} m: {:.0f} m3 of earth", before.depth_m,
                  after.depth_m, deepening_volume_m3_per_km(before, after) * site.length_m / 1000));
}

}  // namespace

DitchSection section_before(const Measure& measure) {
  return measure.section_before.given() ? measure.section_before : kDrainageSection;
}

DitchSection section_after(const Measure& measure) {
  return measure.section_after.given() ? measure.section_after : kDeepenedSection;
}

double phase_in(const Measure& measure, int age) {
  const double since = age - std::ceil(measure.lead_years);
  if (since < 0) return 0;
  return measure.growth_years > 0 ? std::min(1.0, since / measure.growth_years) : 1.0;
}

Option make_option(const Scenario& scenario, int measure_index, double quantity, int crossings,
                   const std::vector<double>& full_delay_s) {
  const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(measure_index)];
  Option option;
  option.measure = measure_index;
  option.quantity = quantity;
  option.cost =
      Euro(quantity * measure.unit_cost_eur.mean() + crossings * measure.crossing_cost_eur.mean());
  option.maintenance = option.cost * measure.maintenance_share;
  option.liability = Euro(quantity * measure.liability_eur.mean());
  for (const double full : full_delay_s) {
    std::vector<double> by_age;
    for (int age = 0; age < scenario.years; ++age) by_age.push_back(full * phase_in(measure, age));
    option.delay_s.push_back(std::move(by_age));
  }
  return option;
}

void add_options(const SiteGround& ground, const Felling& felling, Candidate& candidate) {
  Site& site = candidate.site;
  for (const int index : ground.scenario.measures) {
    const Measure& measure = ground.scenario.catalogue.measures[static_cast<std::size_t>(index)];
    if (measure.rule != site.rule) continue;
    if (std::string why = unsuited(ground, measure, site); !why.empty()) {
      site.notes.push_back(std::move(why));
      continue;
    }
    const std::vector<double> delays =
        site.rule == SiteRule::standing_forest
            ? standing_delay_s(site, felling, ground.mobility,
                               mean_chord_m(ground.grid(), site.cells))
            : full_delays(ground, measure, site);
    if (std::none_of(delays.begin(), delays.end(), [](double d) { return d > 0; })) continue;
    const double quantity = quantity_of(candidate, measure);
    site.options.push_back(
        make_option(ground.scenario, index, quantity, candidate.crossings, delays));
    if (site.rule == SiteRule::mapped_ditch) add_section_note(measure, site);
  }
}

}  // namespace abatis::measures
