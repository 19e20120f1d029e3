#pragma once
// A still of a problem: what could stand at the end of one year, with all the money that could be
// spent by then. A problem of one year that bounds z of that year in the whole one.

#include <vector>

#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

// For every plan of `problem` there is one of its still of `year` that costs no more than may be
// spent there and delays every case as much as the plan does at the end of `year`; so a bound on
// the times of the still is one on the times of that year. Only `cases` (indices) are kept, in that
// order, with their weights, and the year weighs 1. Options are those of `problem` by purchase
// year, without those that another year beats in cost and delays; sites keep their numbers, and
// every site with options in `problem` has one here, so paths of one are paths of the other.
// Years that are barred have no copy; routes and what can be built in each single year are left out.
// Earmarks become limits without their low ends (copies that cost less count less there); of limits
// the low ends are dropped before the last year, and the high ends that later purchases could still
// make good. O(options x years^2 + limits).
PlanProblem still_of(const PlanProblem& problem, int year, const std::vector<int>& cases);

}  // namespace abatis::plan_detail
