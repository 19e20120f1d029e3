// Limits on harm as limits of the planning problem, and what a plan comes to in a metric.

#include <algorithm>
#include <cstdint>
#include <set>

#include <fmt/format.h>

#include "abatis/measures/site_land.hpp"
#include "problem_rules.hpp"

namespace abatis::plan_detail {
namespace {

bool counts_people(HarmMetric metric) {
  return metric == HarmMetric::people_1km || metric == HarmMetric::people_5km;
}

const std::vector<int>& settlements_near(const Site& site, HarmMetric metric) {
  return metric == HarmMetric::people_5km ? site.settlements_5km : site.settlements_1km;
}

}  // namespace

void ScenarioRules::add_harm() {
  const Districts& districts = options_.sites.districts;
  for (const HarmLimit& harm : options_.scenario.harm_limits) {
    if (harm.in.empty()) {
      limit_harm(harm, -1, "");
      continue;
    }
    for (int d = 0; d < districts.count(); ++d) {
      const std::string& name = districts.names[static_cast<std::size_t>(d)];
      const bool each = harm.in == kEachMunicipality && d != districts.elsewhere();
      if (each || harm.in == name) limit_harm(harm, d, " in " + name);
    }
  }
}

void ScenarioRules::limit_harm(const HarmLimit& harm, int district, const std::string& in) {
  PlanLimit limit{.name = fmt::format("limit on {}{}", to_string(harm.metric), in),
                  .uses = harm_uses(harm.metric, district),
                  .high = harm.at_most,
                  .unit = std::string(unit_of(harm.metric)),
                  .line = harm.where.line};
  // Of many municipalities most are touched by nothing.
  if (district < 0 || !limit.uses.empty()) problem_.limits.push_back(std::move(limit));
}

std::vector<PlanUse> ScenarioRules::harm_uses(HarmMetric metric, int district) {
  if (counts_people(metric)) return count_people(metric, district);
  std::vector<PlanUse> uses;
  for (std::size_t s = 0; s < options_.sites.sites.size(); ++s) {
    const Site& site = options_.sites.sites[s];
    for (std::size_t o = 0; o < site.options.size(); ++o) {
      const double amount = harm_of_option(options_.scenario, options_.sites, site, site.options[o],
                                           metric, district);
      if (amount > 0) uses.push_back({options_.first[s] + static_cast<int>(o), amount});
    }
  }
  return uses;
}

std::vector<PlanUse> ScenarioRules::count_people(HarmMetric metric, int district) {
  std::set<int> near;
  for (const Site& site : options_.sites.sites) {
    const bool mined = std::any_of(site.options.begin(), site.options.end(), [&](const Option& o) {
      return options_.measure(o.measure).mined_depth_m > 0;
    });
    if (!mined) continue;
    const std::vector<int>& settlements = settlements_near(site, metric);
    near.insert(settlements.begin(), settlements.end());
  }
  std::vector<PlanUse> uses;
  for (const int settlement : near) {
    const auto at = static_cast<std::size_t>(settlement);
    if (district >= 0 && options_.sites.districts.of_settlement[at] != district) continue;
    const std::int64_t people = options_.sites.presumed[at];
    if (people > 0) uses.push_back({count_of(metric, settlement), static_cast<double>(people)});
  }
  return uses;
}

// Each settlement counts once, however many mined zones are near it: it is an option that costs
// nothing, which each zone near it needs.
int ScenarioRules::count_of(HarmMetric metric, int settlement) {
  const auto [found, fresh] =
      counts_.try_emplace({metric, settlement}, static_cast<int>(problem_.options.size()));
  const int counted = found->second;
  if (!fresh) return counted;
  PlanOption count{.site = problem_.sites++, .charges = {{}}, .delay_s = {}, .counts_only = true};
  count.delay_s.assign(problem_.options.front().delay_s.size(), {0.0});
  problem_.options.push_back(std::move(count));
  problem_.option_names.push_back(fmt::format("people of settlement {}", settlement));
  if (problem_.years > 1) problem_.barred.push_back({counted, 1, problem_.years - 1});
  for (std::size_t s = 0; s < options_.sites.sites.size(); ++s) {
    const Site& site = options_.sites.sites[s];
    const std::vector<int>& near = settlements_near(site, metric);
    if (!std::binary_search(near.begin(), near.end(), settlement)) continue;
    PlanLimit needs{.name = fmt::format("people near {}", site.id), .uses = {}, .high = 0};
    for (std::size_t o = 0; o < site.options.size(); ++o) {
      if (options_.measure(site.options[o].measure).mined_depth_m <= 0) continue;
      needs.uses.push_back({options_.first[s] + static_cast<int>(o), 1});
    }
    if (needs.uses.empty()) continue;
    needs.uses.push_back({counted, -1});
    problem_.limits.push_back(std::move(needs));
  }
  return counted;
}

double harm_of_option(const Scenario& scenario, const SiteSet& sites, const Site& site,
                      const Option& option, HarmMetric metric, int district) {
  const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
  switch (metric) {
    case HarmMetric::mined_area:
      return option.quantity * measure.mined_depth_m / 1000 * share_in(site, district);
    case HarmMetric::land:
      return land_taken_m2(scenario, sites, site, option) / 1e4 * share_in(site, district);
    case HarmMetric::farmland:
      return site.farmed_m2 / 1e4 * farmed_share_in(scenario.catalogue, site, district);
    case HarmMetric::margin:
      return margin_eur_year(scenario.catalogue, site, land_taken_m2(scenario, sites, site, option),
                             district);
    case HarmMetric::clearance:
      return option.whole_liability().value * share_in(site, district);
    case HarmMetric::people_1km:
    case HarmMetric::people_5km:
      break;
  }
  return 0;
}

}  // namespace abatis::plan_detail

namespace abatis {

using namespace plan_detail;

double harm_of_plan(const Scenario& scenario, const SiteSet& sites,
                    const std::vector<PlanOrigin>& origin, const std::vector<Purchase>& purchases,
                    HarmMetric metric, int district) {
  double sum = 0;
  std::set<int> near;
  for (const Purchase& bought : purchases) {
    const PlanOrigin& from = origin[static_cast<std::size_t>(bought.option)];
    if (from.counts_only()) continue;
    const Site& site = sites.sites[static_cast<std::size_t>(from.site)];
    const Option& option = site.options[static_cast<std::size_t>(from.option)];
    sum += harm_of_option(scenario, sites, site, option, metric, district);
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
    if (measure.mined_depth_m <= 0) continue;
    const std::vector<int>& settlements = settlements_near(site, metric);
    near.insert(settlements.begin(), settlements.end());
  }
  if (!counts_people(metric)) return sum;
  for (const int settlement : near) {
    const auto at = static_cast<std::size_t>(settlement);
    if (district >= 0 && sites.districts.of_settlement[at] != district) continue;
    sum += static_cast<double>(sites.presumed[at]);
  }
  return sum;
}

}  // namespace abatis
