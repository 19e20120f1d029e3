#include "point.hpp"

#include <numeric>
#include <utility>

#include "abatis/measures/decisions.hpp"

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

}  // namespace

PlanProblem bounded(const TradeoffInput& input, PlanProblem problem, int threads) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  problem.gap = rules.gap > 0 ? rules.gap : input.scenario.plan.gap;
  problem.time_limit_s = rules.time_limit_s;
  problem.threads = threads;
  return problem;
}

void take_plan(const TradeoffInput& input, const PlanProblem& problem,
               const std::vector<Purchase>& purchases, TradeoffPoint& point) {
  point.class_spent = spent_by_class(problem, purchases);
  point.spent = std::accumulate(point.class_spent.begin(), point.class_spent.end(), 0.0);
  point.harm = harm_of_plan(input.scenario, input.sites, input.origin, purchases,
                            input.scenario.tradeoffs.metric,
                            district_named(input.sites, input.scenario.tradeoffs.in));
  point.purchases = purchases;
}

namespace {

Neighbour neighbour_of(const TradeoffInput& input, PlanProblem problem, const PlanResult& plan) {
  Neighbour out{.point = {}, .problem = std::move(problem)};
  TradeoffPoint& point = out.point;
  point.found = true;
  point.status = plan.status;
  point.objective = plan.objective;
  point.bound = plan.bound;
  point.baseline = plan.baseline;
  point.budget = std::accumulate(out.problem.budget.begin(), out.problem.budget.end(), 0.0);
  take_plan(input, out.problem, plan.purchases, point);
  return out;
}

}  // namespace

Result<Neighbour> solve_point(const TradeoffInput& input, PlanProblem problem,
                              const std::vector<Purchase>& start, Monitor& monitor) {
  problem.start = start;
  Quiet quiet(monitor);
  const Result<PlanResult> plan = solve_plan(problem, quiet);
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped while trade-offs were worked out");
  }
  if (plan) return neighbour_of(input, std::move(problem), *plan);
  if (plan.error().code != ErrorCode::infeasible && plan.error().code != ErrorCode::limit) {
    return tl::unexpected<Error>(plan.error());
  }
  Neighbour out{.point = {}, .problem = std::move(problem)};
  out.point.why = plan.error().message;
  if (!plan.error().where.item.empty()) out.point.why += ": " + plan.error().where.item;
  out.point.budget = std::accumulate(out.problem.budget.begin(), out.problem.budget.end(), 0.0);
  return out;
}

Neighbour point_of_plan(const TradeoffInput& input) {
  Neighbour out = neighbour_of(input, input.problem, input.plan);
  out.point.label = "the plan";
  out.is_plan = true;
  return out;
}

}  // namespace abatis::tradeoff
