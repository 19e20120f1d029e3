#include <algorithm>
#include <cmath>
#include <cstddef>

#include "abatis/plan/plan.hpp"
#include "problem_rules.hpp"

namespace abatis {

using namespace plan_detail;

namespace {

int class_index(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) names.push_back(name);
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

// Adds to the charge of a class, which may be there already.
void charge(PlanOption& option, int budget_class, double cost, double maintenance) {
  auto at = std::find_if(option.charges.begin(), option.charges.end(),
                         [&](const PlanCharge& c) { return c.budget_class >= budget_class; });
  if (at == option.charges.end() || at->budget_class != budget_class) {
    at = option.charges.insert(at, PlanCharge{budget_class, 0, 0});
  }
  at->cost += cost;
  at->maintenance += maintenance;
}

const Measure& measure_of(const Scenario& scenario, int index) {
  return scenario.catalogue.measures[static_cast<std::size_t>(index)];
}

}  // namespace

double charged_liability(const Scenario& scenario) {
  return scenario.money.liability_share /
         std::pow(1 + scenario.money.discount_rate, scenario.years);
}

PlanProblem make_problem(const Scenario& scenario, const SiteSet& sites, const Network& network,
                         std::vector<PlanOrigin>* origin) {
  PlanProblem problem;
  problem.years = scenario.years;
  problem.first_year = scenario.first_year;
  problem.budget_line = scenario.money.where.line;
  problem.sites = static_cast<int>(sites.sites.size());
  problem.year_weights = scenario.plan.year_weights;
  for (const Graph& graph : network.graphs) problem.graphs.push_back(&graph);
  for (const NetworkCase& c : network.cases) {
    if (!c.is_route()) problem.cases.push_back(c);
  }
  for (const Euro amount : scenario.money.by_year) problem.budget.push_back(amount.value);
  problem.carry_over = scenario.money.carry_over;
  problem.tail = scenario.plan.tail;
  problem.gap = scenario.plan.gap;
  problem.node_limit = scenario.plan.node_limit;
  problem.time_limit_s = scenario.plan.time_limit_s;

  const double charged = charged_liability(scenario);
  if (origin != nullptr) origin->clear();
  std::vector<int> first_option;
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const int upgraded = sites.sites[s].upgraded;
    problem.place.push_back(upgraded >= 0 ? upgraded : static_cast<int>(s));
    first_option.push_back(static_cast<int>(problem.options.size()));
    for (std::size_t o = 0; o < sites.sites[s].options.size(); ++o) {
      const Option& option = sites.sites[s].options[o];
      const Measure& measure = measure_of(scenario, option.measure);
      PlanOption p;
      p.site = static_cast<int>(s);
      charge(p, class_index(problem.class_names, measure.budget_class),
             option.cost.value + charged * option.liability.value, option.maintenance.value);
      std::string name = measure.id;
      if (option.cover >= 0) {
        const Measure& cover = measure_of(scenario, option.cover);
        charge(p, class_index(problem.class_names, cover.budget_class),
               option.cover_cost.value + charged * option.cover_liability.value,
               option.cover_maintenance.value);
        name += " with " + cover.id;
      }
      name += " at " + sites.sites[s].id;
      if (option.park >= 0)
        name += " from " + sites.sites[static_cast<std::size_t>(option.park)].id;
      p.delay_s = option.delay_s;
      problem.options.push_back(std::move(p));
      problem.option_names.push_back(std::move(name));
      if (origin != nullptr) {
        origin->push_back({static_cast<int>(s), static_cast<int>(o)});
      }
    }
  }
  for (const SiteConflict& c : sites.conflicts) {
    problem.conflicts.push_back({first_option[static_cast<std::size_t>(c.site_a)] + c.option_a,
                                 first_option[static_cast<std::size_t>(c.site_b)] + c.option_b});
  }
  for (const Earmark& e : scenario.earmarks) {
    problem.earmarks.push_back({class_index(problem.class_names, e.budget_class), e.rule,
                                e.amount.value, e.tolerance_eur, e.where.line});
  }
  for (const FixedPurchase& fixed : sites.fixed) {
    problem.fixed.push_back(
        {first_option[static_cast<std::size_t>(fixed.site)] + fixed.option, fixed.year, 0});
  }
  ScenarioRules({scenario, sites, first_option}, network, problem).add();
  if (origin != nullptr) origin->resize(problem.options.size(), {-1, -1});
  return problem;
}

}  // namespace abatis
