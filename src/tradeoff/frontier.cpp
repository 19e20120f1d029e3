// Delay against money, and delay against a metric of harm.

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "point.hpp"

namespace abatis::tradeoff {

namespace {

PlanProblem with_money(const TradeoffInput& input, double level, int threads) {
  PlanProblem problem = bounded(input, input.problem, threads);
  for (double& budget : problem.budget) budget *= level;
  for (PlanEarmark& earmark : problem.earmarks) {
    earmark.amount *= level;
    earmark.tolerance *= level;
  }
  return problem;
}

// Levels from the plan's outwards, below and above, each from its neighbour's plan.
Result<std::vector<TradeoffPoint>> outwards(
    const TradeoffInput& input, const TradeoffPoint& middle, std::vector<double> levels,
    const std::function<Result<TradeoffPoint>(double, const std::vector<Purchase>&)>& solve) {
  std::vector<TradeoffPoint> points{middle};
  std::sort(levels.begin(), levels.end());
  const auto go = [&](auto begin, auto end) -> Status {
    std::vector<Purchase> neighbour = input.plan.purchases;
    for (auto level = begin; level != end; ++level) {
      ABATIS_TRY(TradeoffPoint point, solve(*level, neighbour));
      point.level = *level;
      if (point.found) neighbour = point.purchases;
      points.push_back(std::move(point));
    }
    return {};
  };
  const auto more = std::upper_bound(levels.begin(), levels.end(), 1.0);
  const auto less = std::lower_bound(levels.begin(), levels.end(), 1.0);
  ABATIS_CHECK(go(std::make_reverse_iterator(less), levels.rend()));
  ABATIS_CHECK(go(more, levels.end()));
  std::sort(points.begin(), points.end(),
            [](const TradeoffPoint& a, const TradeoffPoint& b) { return a.level < b.level; });
  return points;
}

}  // namespace

Result<std::vector<TradeoffPoint>> money_frontier(const TradeoffInput& input, int threads,
                                                  Monitor& monitor) {
  ABATIS_TRY(const TradeoffPoint plan, point_of_plan(input, monitor));
  return outwards(input, plan, input.scenario.tradeoffs.money,
                  [&](double level, const std::vector<Purchase>& start) -> Result<TradeoffPoint> {
                    ABATIS_TRY(TradeoffPoint point,
                               solve_point(input, with_money(input, level, threads), start,
                                           input.origin, monitor));
                    point.label = fmt::format("{:.4g} % of the money", 100 * level);
                    monitor.advance(1);
                    return point;
                  });
}

// A plan for less harm is a plan for more: bounds fall with the level, objectives rise.
Result<std::vector<TradeoffPoint>> harm_frontier(const TradeoffInput& input, int threads,
                                                 Monitor& monitor) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  ABATIS_TRY(const TradeoffPoint plan, point_of_plan(input, monitor));
  const double whole = plan.harm;
  std::vector<double> levels = rules.harm;
  std::erase_if(levels, [](double l) { return l >= 1; });
  if (whole <= 0) {
    monitor.advance(static_cast<std::int64_t>(rules.harm.size()));
    return std::vector{plan};
  }
  ABATIS_TRY(
      std::vector<TradeoffPoint> points,
      outwards(input, plan, levels,
               [&](double level, const std::vector<Purchase>& start) -> Result<TradeoffPoint> {
                 Scenario limited = input.scenario;
                 std::erase_if(limited.harm_limits,
                               [&](const HarmLimit& h) { return h.metric == rules.metric; });
                 HarmLimit limit{.metric = rules.metric, .at_most = level * whole};
                 limit.where.line = -1;  // a rule of its own, of no line of the scenario
                 limited.harm_limits.push_back(limit);
                 std::vector<PlanOrigin> origin;
                 PlanProblem problem = make_problem(limited, input.sites, input.network, &origin);
                 ABATIS_TRY(TradeoffPoint point,
                            solve_point(input, bounded(input, std::move(problem), threads), start,
                                        origin, monitor));
                 point.label = fmt::format("{:.4g} % of the harm", 100 * level);
                 point.harm_limit = level * whole;
                 monitor.advance(1);
                 return point;
               }));
  double least = std::numeric_limits<double>::infinity();
  for (auto p = points.rbegin(); p != points.rend(); ++p) {
    if (!p->found) continue;
    p->bound = std::max(p->objective, std::min(p->bound, least));
    least = p->bound;
  }
  return points;
}

}  // namespace abatis::tradeoff
