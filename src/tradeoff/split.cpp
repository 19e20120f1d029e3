// What the earmarks cost: the plan without each of them, and with a free split; and what a million
// more would be worth, by year and class.

#include <algorithm>

#include "point.hpp"

namespace abatis::tradeoff {

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
                       "without " + name_of_earmark(whole, whole.earmarks[e])));
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
  const PlanProblem& problem = input.problem;
  const auto years = static_cast<std::size_t>(problem.years);
  // By year, then earmark; none where the search ended before the relaxation.
  const std::vector<LimitPrice>& prices = input.plan.prices;
  if (prices.size() < years + problem.earmarks.size()) return {};
  std::vector<MarginalPrice> out;
  for (std::size_t t = 0; t < years; ++t) {
    for (std::size_t c = 0; c < problem.class_names.size(); ++c) {
      double price = prices[t].per_meur;
      for (std::size_t e = 0; e < problem.earmarks.size(); ++e) {
        const PlanEarmark& earmark = problem.earmarks[e];
        if (static_cast<std::size_t>(earmark.budget_class) != c) continue;
        const double worth = prices[years + e].per_meur;
        // Under `exactly` the dual says which way it binds no more: only the money is counted.
        if (earmark.rule == EarmarkRule::at_most) price += worth;
        if (earmark.rule == EarmarkRule::at_least) price -= worth;
      }
      out.push_back({static_cast<int>(t), static_cast<int>(c), price});
    }
  }
  return out;
}

}  // namespace abatis::tradeoff
