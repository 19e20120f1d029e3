#pragma once
// The rules of a scenario beside money and conflicts, as limits of the planning problem: parks,
// quotas, needs, upgrades, what a user decided, what can be built in a year, and limits on harm.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

// What the options of a problem are.
struct ScenarioOptions {
  const Scenario& scenario;
  const SiteSet& sites;
  const std::vector<int>& first;  // by site: its first option in the problem
  const Measure& measure(int index) const {
    return scenario.catalogue.measures[static_cast<std::size_t>(index)];
  }
  // visit(index in the problem, Option), by site, then option.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t s = 0; s < sites.sites.size(); ++s) {
      for (std::size_t o = 0; o < sites.sites[s].options.size(); ++o) {
        visit(first[s] + static_cast<int>(o), sites.sites[s].options[o]);
      }
    }
  }
};

// What an option adds in a district, or in all below 0, to a metric that is a sum over purchases:
// all but those of people.
double harm_of_option(const Scenario& scenario, const SiteSet& sites, const Site& site,
                      const Option& option, HarmMetric metric, int district);

class ScenarioRules {
 public:
  ScenarioRules(const ScenarioOptions& options, const Network& network, PlanProblem& problem)
      : options_(options), network_(network), problem_(problem) {}
  void add() {
    add_parks();
    add_quotas();
    add_needs();
    add_upgrades();
    add_decisions();
    add_capacities();
    add_harm();
    add_routes();
  }

 private:
  void add_parks();
  void add_quotas();
  void add_needs();
  void add_upgrades();
  void add_decisions();
  void decide(const Decision& decision, const std::vector<int>& fitting);
  void add_capacities();
  void add_harm();
  void limit_harm(const HarmLimit& harm, int district, const std::string& in);
  void add_routes();
  // What each option adds to a metric in a district, or in all below 0.
  std::vector<PlanUse> harm_uses(HarmMetric metric, int district);
  std::vector<PlanUse> count_people(HarmMetric metric, int district);
  // The option that counts a settlement's people, with the limits that make zones near it need it.
  int count_of(HarmMetric metric, int settlement);

  ScenarioOptions options_;
  const Network& network_;
  PlanProblem& problem_;
  std::map<std::pair<HarmMetric, int>, int> counts_;  // options, by metric and settlement
};

}  // namespace abatis::plan_detail
