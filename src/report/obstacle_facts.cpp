#include "obstacle_facts.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace abatis::report {
namespace {

const Option& option_of(const RunView& view, const PurchaseFact& bought) {
  return site_of(view, bought.site).options[static_cast<std::size_t>(bought.option)];
}

// Delay of a purchase in the last year, over the cases by weight.
double mean_delay(const RunView& view, const PurchaseFact& bought) {
  double sum = 0, weight = 0;
  for (std::size_t k = 0; k < view.scenario.cases.size(); ++k) {
    const double w = view.scenario.cases[k].weight;
    sum += w * bought.last_delay_s[static_cast<std::size_t>(speed_of(view, k))];
    weight += w;
  }
  return weight > 0 ? sum / weight : 0;
}

std::vector<BeltFact> belts_of(const RunView& view, const Facts& facts) {
  std::map<std::pair<int, int>, BeltFact> belts;
  for (const Site& site : view.sites.sites) {
    if (site.rule != SiteRule::belt_segment || site.upgraded >= 0) continue;
    BeltFact& belt = belts[{site.echelon, site.belt}];
    belt.echelon = site.echelon;
    belt.belt = site.belt;
    belt.candidate_km += site.length_m / 1000;
  }
  for (const PurchaseFact& bought : facts.purchases) {
    const Site& site = site_of(view, bought.site);
    if (site.rule != SiteRule::belt_segment || bought.acts_year < 0) continue;
    BeltFact& belt = belts[{site.echelon, site.belt}];
    const double km = site.length_m / 1000;
    if (site.upgraded < 0) belt.built_km += km;
    if (bought.cover >= 0) belt.covered_km += km;
    belt.mean_delay_s += km * mean_delay(view, bought);
  }
  std::vector<BeltFact> out;
  for (auto& [key, belt] : belts) {
    if (belt.built_km > 0) belt.mean_delay_s /= belt.built_km;
    belt.effect = effect_of(view.scenario.catalogue.effects, belt);
    out.push_back(belt);
  }
  return out;
}

std::vector<ParkFact> parks_of(const RunView& view, const Facts& facts,
                               const std::vector<Emplaced>& readiness) {
  std::vector<ParkFact> parks;
  for (std::size_t s = 0; s < view.sites.sites.size(); ++s) {
    const Site& site = view.sites.sites[s];
    if (site.rule != SiteRule::park) continue;
    ParkFact park;
    park.site = static_cast<int>(s);
    park.year = facts.year_of_site[s];
    park.crew_h_held = site.options.front().crew_h;
    park.loads_held = site.options.front().loads;
    for (const PurchaseFact& bought : facts.purchases) {
      const Option& option = option_of(view, bought);
      if (option.park != park.site) continue;
      ++park.stored;
      park.crew_h += option.crew_h;
      park.loads += option.loads;
    }
    for (const Emplaced& one : readiness) {
      park.late += one.park == park.site && !one.in_time() ? 1 : 0;
    }
    parks.push_back(park);
  }
  return parks;
}

std::vector<DecisionFact> decisions_of(const RunView& view, const Facts& facts) {
  std::vector<DecisionFact> out;
  for (const SiteConflict& conflict : view.sites.conflicts) {
    DecisionFact one{.site_a = conflict.site_a, .site_b = conflict.site_b, .why = conflict.why};
    const auto measure = [&](int site, int option) {
      return site_of(view, site).options[static_cast<std::size_t>(option)].measure;
    };
    one.measure_a = measure(conflict.site_a, conflict.option_a);
    one.measure_b = measure(conflict.site_b, conflict.option_b);
    const bool known = std::any_of(out.begin(), out.end(), [&](const DecisionFact& d) {
      return d.site_a == one.site_a && d.site_b == one.site_b && d.measure_a == one.measure_a &&
             d.measure_b == one.measure_b;
    });
    if (known) continue;  // the same decision with and without cover
    const auto taken = [&](int site, int m) {
      return facts.measure_of_site[static_cast<std::size_t>(site)] == m;
    };
    if (taken(one.site_a, one.measure_a)) one.taken = 1;
    if (taken(one.site_b, one.measure_b)) one.taken = 2;
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<QuotaFact> quotas_of(const RunView& view, const Facts& facts) {
  std::vector<QuotaFact> out;
  for (std::size_t q = 0; q < view.scenario.quotas.size(); ++q) {
    const Quota& quota = view.scenario.quotas[q];
    QuotaFact fact{.quota = static_cast<int>(q)};
    for (const MeasureFact& m : facts.measures) {
      if (m.measure == quota.measure) fact.bought = m.quantity;
    }
    fact.met = fact.bought >= quota.at_least * (1 - 1e-9);
    out.push_back(fact);
  }
  return out;
}

}  // namespace

std::string_view to_string(Effect effect) {
  constexpr std::string_view kNames[] = {"none", "disrupt", "turn", "fix", "block"};
  return kNames[static_cast<std::size_t>(effect)];
}

Effect effect_of(const ObstacleEffects& rules, const BeltFact& belt) {
  if (belt.built_km <= 0) return Effect::none;
  if (belt.covered_km < rules.covered_at_least * belt.built_km) return Effect::disrupt;
  if (belt.built_km < rules.whole_at_least * belt.candidate_km) return Effect::turn;
  return belt.mean_delay_s >= rules.block_at_least_s ? Effect::block : Effect::fix;
}

ObstacleFacts collect_obstacles(const RunView& view, const Facts& facts) {
  ObstacleFacts out;
  out.belts = belts_of(view, facts);
  std::vector<std::pair<int, int>> chosen;
  for (const PurchaseFact& bought : facts.purchases)
    chosen.emplace_back(bought.site, bought.option);
  const Triangular& warning = view.scenario.warning.time_s;
  out.readiness = emplace(view.scenario, view.sites, chosen, warning.mean());
  out.hurried = emplace(view.scenario, view.sites, chosen, warning.min);
  out.parks = parks_of(view, facts, out.readiness);
  out.decisions = decisions_of(view, facts);
  out.quotas = quotas_of(view, facts);
  return out;
}

}  // namespace abatis::report
