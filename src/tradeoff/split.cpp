// What the earmarks cost: the plan without each of them, and with a free split; and what a million
// more would be worth, by year and class.

#include <algorithm>

#include <fmt/format.h>

#include "point.hpp"

namespace abatis::tradeoff {

namespace {

std::string name_of(const PlanProblem& problem, const PlanEarmark& earmark) {
  const char* rule = earmark.rule == EarmarkRule::at_least  ? "at_least"
                     : earmark.rule == EarmarkRule::at_most ? "at_most"
                                                            : "exactly";
  return fmt::format("earmark {} {}",
                     problem.class_names[static_cast<std::size_t>(earmark.budget_class)], rule);
}

double price_of(const PlanResult& plan, const std::string& rule) {
  const auto found = std::find_if(plan.prices.begin(), plan.prices.end(),
                                  [&](const LimitPrice& p) { return p.limit == rule; });
  return found == plan.prices.end() ? 0.0 : found->per_meur;
}

}  // namespace

Result<std::vector<TradeoffPoint>> without_earmarks(const TradeoffInput& input, int threads,
                                                    Monitor& monitor) {
  std::vector<TradeoffPoint> points;
  const auto solve = [&](PlanProblem problem, const std::vector<Purchase>& start,
                         std::string label) -> Status {
    ABATIS_TRY(TradeoffPoint point, solve_point(input, bounded(input, std::move(problem), threads),
                                                start, input.origin, monitor));
    point.label = std::move(label);
    points.push_back(std::move(point));
    monitor.advance(1);
    return {};
  };
  const PlanProblem& whole = input.problem;
  for (std::size_t e = 0; whole.earmarks.size() > 1 && e < whole.earmarks.size(); ++e) {
    PlanProblem problem = whole;
    problem.earmarks.erase(problem.earmarks.begin() + static_cast<std::ptrdiff_t>(e));
    ABATIS_CHECK(solve(std::move(problem), input.plan.purchases,
                       "without " + name_of(whole, whole.earmarks[e])));
  }
  if (whole.earmarks.empty()) return points;
  // From the best of these: a plan that keeps more rules is a plan here.
  const TradeoffPoint* best = nullptr;
  for (const TradeoffPoint& p : points) {
    if (p.found && (best == nullptr || p.objective > best->objective)) best = &p;
  }
  const std::vector<Purchase> start = best != nullptr && best->objective > input.plan.objective
                                          ? best->purchases
                                          : input.plan.purchases;
  PlanProblem free = whole;
  free.earmarks.clear();
  ABATIS_CHECK(solve(std::move(free), start, "free split"));
  // No plan that keeps an earmark more is better than the bound without any.
  for (TradeoffPoint& p : points) {
    if (p.found && points.back().found) {
      p.bound = std::max(p.objective, std::min(p.bound, points.back().bound));
    }
  }
  return points;
}

std::vector<MarginalPrice> marginal_prices(const TradeoffInput& input) {
  std::vector<MarginalPrice> out;
  const PlanProblem& problem = input.problem;
  for (int t = 0; t < problem.years; ++t) {
    const double year = price_of(input.plan, fmt::format("budget {}", problem.first_year + t));
    for (std::size_t c = 0; c < problem.class_names.size(); ++c) {
      double price = year;
      for (const PlanEarmark& e : problem.earmarks) {
        if (static_cast<std::size_t>(e.budget_class) != c) continue;
        // Under `exactly` the dual says which way it binds no more: only the money is counted.
        if (e.rule == EarmarkRule::at_most) price += price_of(input.plan, name_of(problem, e));
        if (e.rule == EarmarkRule::at_least) price -= price_of(input.plan, name_of(problem, e));
      }
      out.push_back({t, static_cast<int>(c), price});
    }
  }
  return out;
}

}  // namespace abatis::tradeoff
