// The money for sensors, and what each of them costs.

#include <algorithm>

#include "abatis/plan/plan.hpp"
#include "siting.hpp"

namespace abatis::watching {
namespace {

// Money of the class of the sensors, spread over the years as all of the money is.
std::vector<double> shares_of(const Scenario& scenario, const std::string& budget_class) {
  double amount = -1;
  for (const Earmark& earmark : scenario.earmarks) {
    if (earmark.budget_class != budget_class) continue;
    amount = amount < 0 ? earmark.amount.value : std::min(amount, earmark.amount.value);
  }
  double all = 0;
  for (const Euro year : scenario.money.by_year) all += year.value;
  std::vector<double> shares;
  for (const Euro year : scenario.money.by_year) {
    shares.push_back(all > 0 && amount > 0 ? std::min(1.0, amount / all) * year.value : 0.0);
  }
  return shares;
}

}  // namespace

SitingProblem siting_problem(const WatchGround& ground, const std::vector<Candidate>& candidates,
                             std::vector<CoverSets::Demand> demand) {
  const Scenario& scenario = ground.scenario;
  SitingProblem problem{.demand = std::move(demand),
                        .prices = {},
                        .share = {},
                        .carry_over = scenario.money.carry_over,
                        .year_weights = scenario.plan.year_weights,
                        .gap = ground.rules().gap,
                        .time_limit_s = ground.rules().time_limit_s};
  std::string budget_class;
  for (const Candidate& one : candidates) {
    const Measure& measure = ground.measure(one.measure);
    const double cost = measure.unit_cost_eur.mean();
    problem.prices.push_back(
        {.cost = cost + charged_liability(scenario) * measure.liability_eur.mean(),
         .upkeep = cost * measure.maintenance_share,
         .lead = static_cast<int>(measure.lead_years)});
    budget_class = measure.budget_class;
  }
  problem.share = shares_of(scenario, budget_class);
  return problem;
}

}  // namespace abatis::watching
