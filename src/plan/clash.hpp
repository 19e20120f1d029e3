#pragma once
// Which rules of a problem that has no plan clash: a smallest set of them, in the sense that there
// is a plan as soon as any one of the set goes (an irreducible infeasible set, found by deletion;
// Chinneck & Dravnieks 1991).

#include <functional>
#include <string>
#include <vector>

#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

enum class Feasible : std::uint8_t { yes, no, unknown };

// Names of the rules of the set, in the user's words with the lines of the scenario: budgets,
// earmarks, limits and decisions each; what the catalogue asks for (parks, needs, conflicts) as
// one. `feasible` is asked at most once a rule; where it does not know, the rule is taken to belong
// to the set. Empty when there is no clash once everything is left out.
std::vector<std::string> clashing_rules(
    const PlanProblem& problem, const std::function<Feasible(const PlanProblem&)>& feasible);

}  // namespace abatis::plan_detail
