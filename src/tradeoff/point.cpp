#include "point.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace abatis::tradeoff {

namespace {

std::vector<double> spent_by_class(const PlanProblem& problem,
                                   const std::vector<Purchase>& purchases) {
  std::vector<double> spent(problem.class_names.size(), 0.0);
  for (const Purchase& bought : purchases) {
    const int later = problem.years - 1 - bought.year;
    for (const PlanCharge& c : problem.options[static_cast<std::size_t>(bought.option)].charges) {
      spent[static_cast<std::size_t>(c.budget_class)] += c.cost + later * c.maintenance;
    }
  }
  return spent;
}

void fill(const TradeoffInput& input, const PlanProblem& problem,
          const std::vector<PlanOrigin>& origin, const PlanResult& plan, TradeoffPoint& point) {
  point.found = true;
  point.status = plan.status;
  point.objective = plan.objective;
  point.bound = plan.bound;
  point.baseline = plan.baseline;
  point.budget = std::accumulate(problem.budget.begin(), problem.budget.end(), 0.0);
  point.spent = std::accumulate(plan.spent.begin(), plan.spent.end(), 0.0);
  point.class_spent = spent_by_class(problem, plan.purchases);
  point.harm = harm_of_plan(input.scenario, input.sites, origin, plan.purchases,
                            input.scenario.tradeoffs.metric);
  point.purchases = plan.purchases;
}

}  // namespace

PlanProblem bounded(const TradeoffInput& input, PlanProblem problem, int threads) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  problem.gap = rules.gap > 0 ? rules.gap : input.scenario.plan.gap;
  problem.time_limit_s = rules.time_limit_s;
  problem.threads = threads;
  return problem;
}

Result<TradeoffPoint> solve_point(const TradeoffInput& input, PlanProblem problem,
                                  const std::vector<Purchase>& start,
                                  const std::vector<PlanOrigin>& origin, Monitor& monitor) {
  TradeoffPoint point;
  problem.start = start;
  Quiet quiet(monitor);
  const Result<PlanResult> plan = solve_plan(problem, quiet);
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped while trade-offs were worked out");
  }
  if (plan) {
    fill(input, problem, origin, *plan, point);
    return point;
  }
  if (plan.error().code != ErrorCode::infeasible && plan.error().code != ErrorCode::limit) {
    return tl::unexpected<Error>(plan.error());
  }
  point.why = plan.error().message;
  if (!plan.error().where.item.empty()) point.why += ": " + plan.error().where.item;
  point.budget = std::accumulate(problem.budget.begin(), problem.budget.end(), 0.0);
  return point;
}

TradeoffPoint point_of_plan(const TradeoffInput& input) {
  TradeoffPoint point;
  point.label = "the plan";
  fill(input, input.problem, input.origin, input.plan, point);
  return point;
}

}  // namespace abatis::tradeoff
