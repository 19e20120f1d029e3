#pragma once
#include "abatis/base/error.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

// Refuses money that buys no option in any year, saved up or not: the plan would be empty, and a
// report on it would look like a finding. An input error with both figures. O(options + years).
Status check_budget(const Scenario& scenario, const PlanProblem& problem);

}  // namespace abatis
