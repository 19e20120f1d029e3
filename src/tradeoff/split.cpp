// What the earmarks cost: the plan without each of them, and with a free split; and what a million
// more would be worth, by year and class.

#include <algorithm>

#include "point.hpp"

namespace abatis::tradeoff {

Result<std::vector<Neighbour>> without_earmarks(const TradeoffInput& input, int threads,
                                                Monitor& monitor) {
  std::vector<Neighbour> points;
  const auto solve = [&](PlanProblem problem, const std::vector<Purchase>& start,
                         std::string label) -> Status {
    ABATIS_TRY(Neighbour next,
               solve_point(input, bounded(input, std::move(problem), threads), start, monitor));
    next.point.label = std::move(label);
    points.push_back(std::move(next));
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
  double best = input.plan.objective;
  std::vector<Purchase> start = input.plan.purchases;
  for (const Neighbour& n : points) {
    if (!n.point.found || n.point.objective <= best) continue;
    best = n.point.objective;
    start = n.point.purchases;
  }
  PlanProblem free = whole;
  free.earmarks.clear();
  ABATIS_CHECK(solve(std::move(free), start, "free split"));
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
