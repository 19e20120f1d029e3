#pragma once
// Refusals: problems that are malformed, and problems that no plan can meet, with the limit that
// makes it so.

#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

// Sizes, ranges and references. ErrorCode::input.
Status check_shape(const PlanProblem& problem);
// Contradictions that can be read off: fixed decisions, earmarks and limits beyond what could be
// bought or paid. ErrorCode::infeasible.
Status check_feasible(const PlanProblem& problem);
// Elastic linear program: the limits that fractional purchases cannot meet together either, each
// with the amount missing. ErrorCode::infeasible.
Status check_relaxation(const PlanProblem& problem);
// As solve_plan, without looking for reasons when the tree holds no plan: `exhausted` is set then.
Result<PlanResult> search_plan(const PlanProblem& problem, Monitor& monitor, bool& exhausted);
// For a problem whose tree held no plan: the earmarks and limits without which there is one.
tl::unexpected<Error> explain_infeasible(const PlanProblem& problem);

}  // namespace abatis::plan_detail
