// Plans and bounds that points lend each other.

#include <algorithm>
#include <limits>

#include "point.hpp"

namespace abatis::tradeoff {

namespace {

constexpr double kMore = 1e-9;  // of the objective: rounding

struct Ends {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

Ends ends_of(const PlanEarmark& earmark) {
  switch (earmark.rule) {
    case EarmarkRule::at_least:
      return {.low = earmark.amount};
    case EarmarkRule::at_most:
      return {.high = earmark.amount};
    case EarmarkRule::exactly:
      break;
  }
  return {earmark.amount - earmark.tolerance, earmark.amount + earmark.tolerance};
}

bool same_uses(const PlanLimit& a, const PlanLimit& b) {
  return a.span == b.span && std::equal(a.uses.begin(), a.uses.end(), b.uses.begin(), b.uses.end(),
                                        [](const PlanUse& x, const PlanUse& y) {
                                          return x.option == y.option && x.amount == y.amount;
                                        });
}

}  // namespace

bool is_looser(const PlanProblem& a, const PlanProblem& b) {
  if (a.options.size() != b.options.size() || a.graphs != b.graphs || a.years != b.years ||
      a.carry_over != b.carry_over || a.fixed.size() != b.fixed.size() ||
      a.barred.size() != b.barred.size() || a.conflicts.size() != b.conflicts.size() ||
      a.routes.size() != b.routes.size()) {
    return false;
  }
  for (std::size_t t = 0; t < a.budget.size(); ++t) {
    if (a.budget[t] < b.budget[t]) return false;
  }
  // Each rule of a follows from one of b.
  const bool earmarks =
      std::all_of(a.earmarks.begin(), a.earmarks.end(), [&](const PlanEarmark& wide) {
        const Ends w = ends_of(wide);
        return std::any_of(b.earmarks.begin(), b.earmarks.end(), [&](const PlanEarmark& narrow) {
          const Ends n = ends_of(narrow);
          return narrow.budget_class == wide.budget_class && w.low <= n.low && w.high >= n.high;
        });
      });
  return earmarks && std::all_of(a.limits.begin(), a.limits.end(), [&](const PlanLimit& wide) {
           return std::any_of(b.limits.begin(), b.limits.end(), [&](const PlanLimit& narrow) {
             return wide.low <= narrow.low && wide.high >= narrow.high && same_uses(wide, narrow);
           });
         });
}

bool take_best(const TradeoffInput& input, const std::vector<std::vector<Purchase>>& plans,
               Neighbour& n) {
  if (n.is_plan || !n.point.found) return false;
  const std::vector<Purchase>* best = nullptr;
  for (const std::vector<Purchase>& plan : plans) {
    const double value = evaluate_plan(n.problem, plan);
    if (value <= n.point.objective * (1 + kMore) || !broken_rule(n.problem, plan).empty()) continue;
    n.point.objective = value;
    best = &plan;
  }
  if (best == nullptr) return false;
  take_plan(input, n.problem, *best, n.point);
  n.point.bound = std::max(n.point.bound, n.point.objective);
  return true;
}

void share_plans(const TradeoffInput& input, const std::vector<Neighbour*>& points) {
  std::vector<std::vector<Purchase>> plans;
  for (const Neighbour* n : points) {
    if (n->point.found) plans.push_back(n->point.purchases);
  }
  for (Neighbour* n : points) take_best(input, plans, *n);
}

void share_bounds(std::vector<Neighbour>& points) {
  for (Neighbour& tight : points) {
    for (const Neighbour& loose : points) {
      if (!tight.point.found || !loose.point.found || !is_looser(loose.problem, tight.problem)) {
        continue;
      }
      tight.point.bound =
          std::max(tight.point.objective, std::min(tight.point.bound, loose.point.bound));
    }
  }
}

}  // namespace abatis::tradeoff
