// Options of a site: quantity, money, delay by age.

#include "options.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/measures/ditch.hpp"
#include "abatis/measures/readiness.hpp"
#include "block_delay.hpp"
#include "suits.hpp"

namespace abatis::measures {
namespace {

using Delays = std::vector<std::vector<double>>;  // by speed index, age

const Measure& measure_at(const Scenario& scenario, int index) {
  return scenario.catalogue.measures[static_cast<std::size_t>(index)];
}

const MeasureDelay* delay_row(const Measure& measure, int mover, int season) {
  const auto found =
      std::find_if(measure.delays.begin(), measure.delays.end(),
                   [&](const MeasureDelay& d) { return d.mover == mover && d.season == season; });
  return found == measure.delays.end() ? nullptr : &*found;
}

double quantity_of(const Candidate& candidate, const Measure& measure) {
  if (measure.unit == "ha") return candidate.quantity_ha;
  if (measure.unit == "km") return candidate.quantity_km;
  return 1;
}

Delays phased(const Scenario& scenario, const Measure& measure, const std::vector<double>& full,
              int lead) {
  Delays delays;
  for (const double value : full) {
    std::vector<double> by_age;
    for (int age = 0; age < scenario.years; ++age) {
      by_age.push_back(age < lead ? 0.0 : value * phase_in(measure, age));
    }
    delays.push_back(std::move(by_age));
  }
  return delays;
}

bool delays_someone(const Delays& delays) {
  return std::any_of(delays.begin(), delays.end(),
                     [](const auto& by_age) { return !by_age.empty() && by_age.back() > 0; });
}

// What deepening is credited with: all, or, where the ditch as it is stops the mover already, the
// share of the section that it adds.
double newly_dug(const Measure& measure, const Mover& mover, const Season& season) {
  const DitchSection before = section_before(measure);
  if (answer_to(before, mover, season) != DitchAnswer::stops) return 1;
  const double after = section_after(measure).area_m2();
  return after > 0 ? std::max(0.0, after - before.area_m2()) / after : 1.0;
}

// Mean delay of one crossing by speed index, covered or not, on top of what crossing the place
// costs without the measure.
std::vector<double> obstacle_delays(const SiteGround& ground, const Measure& measure,
                                    const Measure* cover, const Site& site) {
  const Catalogue& catalogue = ground.scenario.catalogue;
  std::vector<double> delays;
  for (std::size_t k = 0; k < ground.mobility.speeds.size(); ++k) {
    const SpeedRaster& speed = ground.mobility.speeds[k];
    const MeasureDelay* row = delay_row(measure, speed.mover, speed.season);
    double delay = row != nullptr ? row->delay_s.mean() : 0.0;
    if (site.rule == SiteRule::mapped_ditch) {
      const Mover& mover = catalogue.movers[static_cast<std::size_t>(speed.mover)];
      const Season& season = catalogue.seasons[static_cast<std::size_t>(speed.season)];
      if (answer_to(section_after(measure), mover, season) != DitchAnswer::stops) delay = 0;
      delay *= newly_dug(measure, mover, season);
    }
    delay = cover != nullptr ? delay * cover->multiplier.mean()
                             : std::min(delay, catalogue.effects.disrupt_at_most_s);
    if (site.natural > 0) {
      delay -= ground.mobility.natural_delay_s[k][static_cast<std::size_t>(site.natural - 1)];
    }
    delays.push_back(std::max(0.0, delay));
  }
  return delays;
}

// Roads that people keep are gated where it is built.
void put_gates(const Measure& measure, int gates, Option& option) {
  const Euro cost(gates * measure.gate_cost_eur.mean());
  option.cost += cost;
  option.maintenance += cost * measure.maintenance_share;
}

void put_cover(const Scenario& scenario, int index, const Candidate& candidate, Option& option) {
  const Measure& cover = measure_at(scenario, index);
  option.cover = index;
  option.cover_km =
      candidate.site.kind == SiteKind::point ? cover.point_length_m / 1000 : candidate.quantity_km;
  option.cover_cost = Euro(option.cover_km * cover.unit_cost_eur.mean());
  option.cover_maintenance = option.cover_cost * cover.maintenance_share;
  option.cover_liability = Euro(option.cover_km * cover.liability_eur.mean());
}

// Stored in a park: what it takes of it, and no delay of a mover that is there before it is ready.
void put_park(const OptionGround& on, const Measure& measure, const Candidate& candidate, int park,
              Option& option) {
  const Scenario& scenario = on.ground.scenario;
  const Measure& works = measure_at(
      scenario, on.logistics.parks[static_cast<std::size_t>(park)].site.options.front().measure);
  option.park = park;
  option.travel_s = candidate.from_park_s[static_cast<std::size_t>(park)];
  option.emplace_s = 3600 * option.quantity / measure.emplacement.rate_per_h.mean();
  option.crew_h = (2 * option.travel_s + option.emplace_s) / 3600;
  option.loads = measure.emplacement.loads * option.quantity;
  const double ready = works.park.call_out_s.mean() + option.travel_s + option.emplace_s;
  for (std::size_t k = 0; k < option.delay_s.size(); ++k) {
    if (ready <= on.logistics.warning_s + candidate.site.arrival_s[k]) continue;
    std::fill(option.delay_s[k].begin(), option.delay_s[k].end(), 0.0);
  }
}

// The nearest parks, as many as may serve a site.
std::vector<int> parks_near(const OptionGround& on, const Candidate& candidate) {
  std::vector<int> order(candidate.from_park_s.size());
  std::iota(order.begin(), order.end(), 0);
  const auto time = [&](int p) { return candidate.from_park_s[static_cast<std::size_t>(p)]; };
  std::erase_if(order, [&](int p) { return !std::isfinite(time(p)); });
  sort_stably(order, [&](int a, int b) { return time(a) < time(b); });
  const auto most = static_cast<std::size_t>(on.ground.scenario.sites.parks_per_site);
  if (order.size() > most) order.resize(most);
  return order;
}

void add_obstacle(const OptionGround& on, int index, Candidate& candidate) {
  const Scenario& scenario = on.ground.scenario;
  const Measure& measure = measure_at(scenario, index);
  std::vector<int> covers{-1};
  for (const int m : scenario.measures) {
    if (measure_at(scenario, m).rule == SiteRule::cover) covers.push_back(m);
  }
  const bool stored = measure.emplacement.stored();
  const std::vector<int> parks = stored ? parks_near(on, candidate) : std::vector<int>{-1};
  bool too_late = stored;
  for (const int c : covers) {
    const Measure* cover = c >= 0 ? &measure_at(scenario, c) : nullptr;
    const std::vector<double> full = obstacle_delays(on.ground, measure, cover, candidate.site);
    const int lead = cover != nullptr ? static_cast<int>(std::ceil(cover->lead_years)) : 0;
    const Delays delays = phased(scenario, measure, full, lead);
    for (const int park : parks) {
      Option option = make_option(scenario, index, quantity_of(candidate, measure),
                                  candidate.crossings, delays);
      if (!stored) put_gates(measure, candidate.site.gates, option);
      if (cover != nullptr) put_cover(scenario, c, candidate, option);
      if (park >= 0) put_park(on, measure, candidate, park, option);
      if (!delays_someone(option.delay_s)) continue;
      too_late = false;
      candidate.site.options.push_back(std::move(option));
    }
  }
  if (too_late) {
    candidate.site.notes.push_back(
        fmt::format("no {}: no park has it ready before the first mover is there", measure.name));
  }
}

void add_section_notes(const Measure& measure, Site& site) {
  const DitchSection before = section_before(measure);
  const DitchSection after = section_after(measure);
  site.earthwork_m3 = deepening_volume_m3_per_km(before, after) * site.length_m / 1000;
  site.notes.push_back(fmt::format("from about {:.1f} m deep to {:.1f} m: {:.0f} m3 of earth",
                                   before.depth_m, after.depth_m, site.earthwork_m3));
  if (bank_unstable(after)) {
    site.notes.push_back("banks steeper than 1:1.5 do not stand by themselves");
  }
}

void add_block(const OptionGround& on, int index, Candidate& candidate) {
  const Scenario& scenario = on.ground.scenario;
  const Measure& measure = measure_at(scenario, index);
  const Site& site = candidate.site;
  const double chord = mean_chord_m(on.ground.grid(), site.cells);
  Delays delays;
  if (site.rule == SiteRule::open_land) {
    delays = planted_delay_s(on.ground, measure, site, chord);
  } else {
    delays = phased(scenario, measure,
                    site.rule == SiteRule::peatland
                        ? wet_delay_s(on.ground, site, chord, on.combine)
                        : standing_delay_s(site, on.felling, on.ground.mobility, chord),
                    0);
  }
  // Forest is kept and peat wetted for the delay; planting has other ends, too.
  if (site.rule != SiteRule::open_land && !delays_someone(delays)) return;
  candidate.site.options.push_back(make_option(scenario, index, quantity_of(candidate, measure),
                                               candidate.crossings, std::move(delays)));
}

}  // namespace

double phase_in(const Measure& measure, int age) {
  const double since = age - std::ceil(measure.lead_years);
  if (since < 0) return 0;
  return measure.growth_years > 0 ? std::min(1.0, since / measure.growth_years) : 1.0;
}

Option make_option(const Scenario& scenario, int measure_index, double quantity, int crossings,
                   Delays delay_s) {
  const Measure& measure = measure_at(scenario, measure_index);
  Option option;
  option.measure = measure_index;
  option.quantity = quantity;
  option.cost =
      Euro(quantity * measure.unit_cost_eur.mean() + crossings * measure.crossing_cost_eur.mean());
  option.maintenance = option.cost * measure.maintenance_share;
  option.liability = Euro(quantity * measure.liability_eur.mean());
  option.delay_s = std::move(delay_s);
  return option;
}

void add_options(const OptionGround& on, Candidate& candidate) {
  Site& site = candidate.site;
  const Scenario& scenario = on.ground.scenario;
  site.gates = count_gates(on.ground, site.cells);
  for (const int index : scenario.measures) {
    const Measure& measure = measure_at(scenario, index);
    if (measure.rule != site.rule) continue;
    if (std::string why = unsuited(on.ground, measure, site); !why.empty()) {
      site.notes.push_back(std::move(why));
      continue;
    }
    const std::size_t before = site.options.size();
    if (is_obstacle(measure.rule)) {
      add_obstacle(on, index, candidate);
    } else if (is_block(measure.rule)) {
      add_block(on, index, candidate);
    } else {  // roadside trees
      site.options.push_back(
          make_option(scenario, index, quantity_of(candidate, measure), 0,
                      Delays(on.ground.mobility.speeds.size(),
                             std::vector<double>(static_cast<std::size_t>(scenario.years), 0.0))));
    }
    const bool offered = site.options.size() > before;
    if (offered && site.gates > 0 && measure.gate_cost_eur.max > 0) {
      site.notes.push_back(
          fmt::format("{} has {} gate{}: {} until shut on order", measure.name, site.gates,
                      site.gates == 1 ? "" : "s",
                      site.gates == 1 ? "the road stays open" : "those roads stay open"));
    }
    if (offered && site.rule == SiteRule::mapped_ditch) add_section_notes(measure, site);
  }
}

void add_park_option(const Scenario& scenario, double warning_s, Candidate& park) {
  for (const int index : scenario.measures) {
    const Measure& measure = measure_at(scenario, index);
    if (measure.rule != SiteRule::park) continue;
    const std::size_t speeds = scenario.movers.size() * scenario.seasons.size();
    Option option = make_option(
        scenario, index, 1, 0,
        Delays(speeds, std::vector<double>(static_cast<std::size_t>(scenario.years), 0.0)));
    option.crew_h = crew_hours(measure, warning_s);
    option.loads = measure.park.loads;
    park.site.options.push_back(std::move(option));
    return;  // one kind of park: the first of the scenario
  }
}

}  // namespace abatis::measures
