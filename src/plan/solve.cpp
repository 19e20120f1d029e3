#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <optional>

#include "check.hpp"
#include "instance.hpp"
#include "tree.hpp"

namespace abatis {

using namespace plan_detail;

namespace {

void finish(const PlanProblem& problem, const Instance& instance, PlanResult& result) {
  const double found = result.objective;
  std::erase_if(result.purchases,
                [&](const Purchase& p) { return problem.options[at(p.option)].counts_only; });
  result.baseline = instance.baseline;
  result.baseline_s = instance.base;
  result.objective = evaluate_plan(problem, result.purchases, &result.time_s);
  // The same paths summed in another order: rounding only.
  result.bound = std::max(result.bound + std::max(0.0, result.objective - found), result.objective);
  const Ledger ledger = keep_ledger(problem, result.purchases);
  result.spent = ledger.spent;
  result.carried = ledger.carried;
}

// With a single cell, no plan exceeds the bound of the relaxation: delays beyond it count for
// nothing, which tightens every cut and with them the relaxation. Repeated while it pays.
double lowest_ceiling(const PlanProblem& problem, const Instance& first, Monitor& monitor,
                      double& seconds) {
  const auto began = std::chrono::steady_clock::now();
  double ceiling = kUnreachable;
  if (first.cells.size() != 1 || first.problem.gap > 0.5) return ceiling;
  for (int round = 0; round < 12; ++round) {
    const Instance instance(problem, monitor, ceiling);
    if (instance.cells.size() != 1) break;
    Tree tree(instance, monitor, seconds);
    const std::optional<double> bound = tree.relaxation_bound();
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!bound) break;
    const PlanCell& cell = instance.cells.front();
    const double reach = (*bound - instance.constant) / cell.weight * (1 + 1e-9);
    const double before = cell.top - cell.base;
    if (reach - cell.base <= 1e-6 * cell.base) break;  // rounding would be all that is left
    ceiling = std::min(ceiling, reach);
    if (before - (ceiling - cell.base) < 0.01 * before) break;
  }
  return ceiling;
}

bool nothing_affordable(const PlanProblem& problem) {
  const double most = spendable(problem).empty() ? 0 : [&] {
    double best = 0;
    for (const double s : spendable(problem)) best = std::max(best, s);
    return best;
  }();
  for (const PlanOption& o : problem.options) {
    if (o.cost() <= most + money_slack(most)) return false;
  }
  return !problem.options.empty();
}

}  // namespace

Result<PlanResult> solve_plan(const PlanProblem& problem, Monitor& monitor) {
  bool exhausted = false;
  Result<PlanResult> result = search_plan(problem, monitor, exhausted);
  if (exhausted) return explain_infeasible(problem);
  return result;
}

namespace plan_detail {

Result<PlanResult> search_plan(const PlanProblem& problem, Monitor& monitor, bool& exhausted) {
  ABATIS_CHECK(check_shape(problem));
  ABATIS_CHECK(check_feasible(problem));
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped before a plan was found");
  }
  const Instance instance(problem, monitor);
  if (instance.unreachable_case >= 0) {
    return input_error(fmt::format("case {} has no path from its sources to its targets",
                                   instance.unreachable_case),
                       {},
                       "leave the case out, or check the places its axis starts from and leads to");
  }
  if (nothing_affordable(problem)) {
    monitor.note("plan: no budget reaches the cost of any option, so nothing is bought");
  }
  ABATIS_CHECK(check_relaxation(problem));
  double seconds = 0;
  const double ceiling = lowest_ceiling(problem, instance, monitor, seconds);
  std::optional<Instance> lowered;
  if (ceiling < kUnreachable) lowered.emplace(problem, monitor, ceiling);
  Tree tree(lowered ? *lowered : instance, monitor, seconds);
  PlanResult result;
  if (!tree.solve(result)) {
    exhausted = tree.exhausted();
    if (exhausted) return fail(ErrorCode::infeasible, "no set of whole purchases keeps all rules");
    if (tree.stopped_by() == PlanStatus::interrupted) {
      return fail(ErrorCode::interrupted, "stopped before a plan was found");
    }
    return fail(ErrorCode::limit,
                fmt::format("no plan that keeps every rule was found within {} nodes and {:.3g} s",
                            problem.node_limit, problem.time_limit_s),
                {}, "raise node_limit or time_limit_s, or widen an earmark or a limit");
  }
  if (result.status != PlanStatus::interrupted && result.status != PlanStatus::time_limit &&
      result.status != PlanStatus::node_limit) {
    result.status = result.bound - result.objective <= 1e-6 * std::abs(result.objective)
                        ? PlanStatus::optimal
                        : PlanStatus::within_gap;
  }
  finish(problem, instance, result);
  return result;
}

}  // namespace plan_detail

}  // namespace abatis
