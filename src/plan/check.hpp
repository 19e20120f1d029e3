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
// Elastic linear program: when fractional purchases cannot meet the rules either, a smallest set of
// rules that clash, and the amounts missing. ErrorCode::infeasible.
Status check_relaxation(const PlanProblem& problem);
// As solve_plan, without looking for reasons when the tree holds no plan: `exhausted` is set then.
Result<PlanResult> search_plan(const PlanProblem& problem, Monitor& monitor, bool& exhausted);
// For a problem whose tree held no plan: a smallest set of rules that clash.
tl::unexpected<Error> explain_infeasible(const PlanProblem& problem);

}  // namespace abatis::plan_detail
