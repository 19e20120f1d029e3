// Tables of measures, belts, readiness and decisions.

#include <cmath>

#include "csv.hpp"
#include "obstacle_facts.hpp"
#include "tables.hpp"

namespace abatis::report {
namespace {

const Measure& measure_of(const RunView& view, int measure) {
  return view.scenario.catalogue.measures[static_cast<std::size_t>(measure)];
}

// Every measure of the scenario, bought or not, each figure beside its source.
std::string measures_csv(const RunView& view, const Outcome& outcome, const Facts& facts) {
  const Scenario& s = view.scenario;
  Csv csv({"measure",
           "name",
           "class",
           "candidates",
           "bought",
           "quantity",
           "unit",
           "cost_eur",
           "maintenance_eur",
           "liability_eur",
           "first_year",
           "last_year",
           "delay_bought_s",
           "delay_s_least",
           "delay_s_most",
           "farm_land_ha",
           "earthwork_m3",
           "unit_cost_min_eur",
           "unit_cost_mode_eur",
           "unit_cost_max_eur",
           "cost_source",
           "acts_source"});
  for (std::size_t i = 0; i < facts.measures.size(); ++i) {
    const MeasureFact& fact = facts.measures[i];
    const Measure& m = measure_of(view, fact.measure);
    csv.text(m.id).text(m.name).text(m.budget_class).whole(fact.candidates).whole(fact.bought);
    csv.number(fact.quantity).text(m.unit).number(fact.cost_eur).number(fact.maintenance_eur);
    csv.number(fact.liability_eur);
    for (const int year : {fact.first_year, fact.last_year}) {
      if (year < 0) {
        csv.empty();
      } else {
        csv.whole(s.first_year + year);
      }
    }
    csv.number(view.plan.objective - outcome.without_measure[i]);
    csv.number(fact.least_delay_s).number(fact.most_delay_s);
    csv.number(fact.farmed_ha).number(fact.earthwork_m3);
    csv.number(m.unit_cost_eur.min).number(m.unit_cost_eur.mode).number(m.unit_cost_eur.max);
    csv.text(m.provenance.source).text(m.acts.source).end();
  }
  return csv.take();
}

std::string belts_csv(const RunView& view, const ObstacleFacts& facts) {
  Csv csv({"echelon", "distance_m", "candidate_km", "built_km", "covered_km", "mean_delay_s",
           "effect"});
  for (const BeltFact& belt : facts.belts) {
    const Echelon& echelon = view.scenario.echelons[static_cast<std::size_t>(belt.echelon)];
    csv.text(echelon.id).number(echelon.belts_m[static_cast<std::size_t>(belt.belt)]);
    csv.number(belt.candidate_km).number(belt.built_km).number(belt.covered_km);
    csv.number(belt.mean_delay_s).text(to_string(belt.effect)).end();
  }
  return csv.take();
}

std::string readiness_csv(const RunView& view, const ObstacleFacts& facts) {
  Csv csv({"warning", "site", "name", "measure", "park", "crew", "place", "alone_s", "ready_s",
           "needed_s", "in_time"});
  const auto add = [&](const char* warning, const std::vector<Emplaced>& all) {
    for (const Emplaced& one : all) {
      const Site& site = site_of(view, one.site);
      const Option& option = site.options[static_cast<std::size_t>(one.option)];
      csv.text(warning).text(site.id).text(site.name).text(measure_of(view, option.measure).id);
      csv.text(site_of(view, one.park).id).whole(one.crew + 1).whole(one.place + 1);
      csv.number(one.alone_s).number(one.ready_s).number(one.needed_s);
      csv.text(one.in_time() ? "yes" : "no").end();
    }
  };
  add("mean", facts.readiness);
  add("least", facts.hurried);
  return csv.take();
}

std::string decisions_csv(const RunView& view, const ObstacleFacts& facts) {
  Csv csv({"site", "name", "measure", "other_site", "other_name", "other_measure", "why", "taken"});
  constexpr const char* kTaken[] = {"neither", "first", "second"};
  for (const DecisionFact& one : facts.decisions) {
    csv.text(site_of(view, one.site_a).id).text(site_of(view, one.site_a).name);
    csv.text(measure_of(view, one.measure_a).id);
    csv.text(site_of(view, one.site_b).id).text(site_of(view, one.site_b).name);
    csv.text(measure_of(view, one.measure_b).id).text(one.why).text(kTaken[one.taken]).end();
  }
  return csv.take();
}

}  // namespace

std::vector<Table> obstacle_tables(const RunView& view, const Outcome& outcome,
                                   const Facts& facts) {
  const ObstacleFacts obstacles = collect_obstacles(view, facts);
  return {
      {"tables/measures.csv", "every measure: amount, money, years, delay bought, sources",
       measures_csv(view, outcome, facts)},
      {"tables/belts.csv", "the effect of each belt in the last year", belts_csv(view, obstacles)},
      {"tables/readiness.csv", "when what is stored stands after the order",
       readiness_csv(view, obstacles)},
      {"tables/decisions.csv", "sites that exclude each other, and which was taken",
       decisions_csv(view, obstacles)}};
}

}  // namespace abatis::report
