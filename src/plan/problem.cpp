#include <algorithm>
#include <cmath>
#include <cstddef>

#include "abatis/plan/plan.hpp"

namespace abatis {
namespace {

int class_index(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) names.push_back(name);
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

PlanProblem make_problem(const Scenario& scenario, const SiteSet& sites, const Network& network,
                         std::vector<PlanOrigin>* origin) {
  PlanProblem problem;
  problem.years = scenario.years;
  problem.first_year = scenario.first_year;
  problem.sites = static_cast<int>(sites.sites.size());
  problem.year_weights = scenario.plan.year_weights;
  for (const Graph& graph : network.graphs) problem.graphs.push_back(&graph);
  problem.cases = network.cases;
  for (const Euro amount : scenario.money.by_year) problem.budget.push_back(amount.value);
  problem.carry_over = scenario.money.carry_over;
  problem.gap = scenario.plan.gap;
  problem.node_limit = scenario.plan.node_limit;
  problem.time_limit_s = scenario.plan.time_limit_s;

  const double charged =
      scenario.money.liability_share / std::pow(1 + scenario.money.discount_rate, scenario.years);
  if (origin != nullptr) origin->clear();
  std::vector<int> first_option;
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    first_option.push_back(static_cast<int>(problem.options.size()));
    for (std::size_t o = 0; o < sites.sites[s].options.size(); ++o) {
      const Option& option = sites.sites[s].options[o];
      const Measure& measure =
          scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
      PlanOption p;
      p.site = static_cast<int>(s);
      p.charges = {{class_index(problem.class_names, measure.budget_class),
                    option.cost.value + charged * option.liability.value,
                    option.maintenance.value}};
      p.delay_s = option.delay_s;
      problem.options.push_back(std::move(p));
      problem.option_names.push_back(measure.id + " at " + sites.sites[s].id);
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
                                e.amount.value, e.tolerance_eur});
  }
  return problem;
}

}  // namespace abatis
