#include "budget_check.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace abatis {

Status check_budget(const Scenario& scenario, const PlanProblem& problem) {
  const auto cheapest = std::min_element(
      problem.options.begin(), problem.options.end(),
      [](const PlanOption& a, const PlanOption& b) { return a.cost() < b.cost(); });
  if (cheapest == problem.options.end()) return {};
  double most = 0, saved = 0;
  for (const double budget : problem.budget) {
    saved = budget + problem.carry_over * saved;
    most = std::max(most, saved);
  }
  if (cheapest->cost() <= most) return {};
  const auto index = static_cast<std::size_t>(cheapest - problem.options.begin());
  return input_error(
      fmt::format("the money buys none of the {} options: at most {:.0f} EUR come together in any "
                  "year, and the cheapest, {}, costs {:.0f} EUR",
                  problem.options.size(), most, problem.option_names[index], cheapest->cost()),
      scenario.money.where,
      "raise by_year or carry_over, or offer shorter segments (sites.min_segment) or cheaper "
      "measures");
}

}  // namespace abatis
