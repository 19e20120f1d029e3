#include "point.hpp"

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

// The network never beats the grid; by how much it is above under these purchases is measured.
Result<double> grid_error(const TradeoffInput& input, const PlanProblem& problem,
                          const std::vector<Purchase>& purchases, Monitor& monitor) {
  SiteDelays state;
  for (std::size_t speed = 0; speed < input.mobility.speeds.size(); ++speed) {
    state.push_back(site_delays(problem, purchases, problem.years - 1, static_cast<int>(speed)));
  }
  ABATIS_TRY(
      const NetworkError measured,
      check_network(input.scenario, input.terrain, input.mobility, input.sites, input.network,
                    std::vector<SiteDelays>{state}, problem.threads, monitor));
  return measured.worst;
}

Status fill(const TradeoffInput& input, const PlanProblem& problem,
            const std::vector<PlanOrigin>& origin, const PlanResult& plan, Monitor& monitor,
            TradeoffPoint& point) {
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
  ABATIS_TRY(point.grid_error, grid_error(input, problem, plan.purchases, monitor));
  return {};
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
    ABATIS_CHECK(fill(input, problem, origin, *plan, quiet, point));
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

Result<TradeoffPoint> point_of_plan(const TradeoffInput& input, Monitor& monitor) {
  TradeoffPoint point;
  point.label = "the plan";
  Quiet quiet(monitor);
  ABATIS_CHECK(fill(input, input.problem, input.origin, input.plan, quiet, point));
  return point;
}

}  // namespace abatis::tradeoff
