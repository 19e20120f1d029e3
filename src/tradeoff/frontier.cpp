// Delay against money, and delay against a metric of harm.

#include <algorithm>
#include <functional>
#include <iterator>

#include <fmt/format.h>

#include "point.hpp"

namespace abatis::tradeoff {

namespace {

PlanProblem with_money(const TradeoffInput& input, double level, int threads) {
  PlanProblem problem = bounded(input, input.problem, threads);
  // What was decided before the plan (sensors) is paid at every level.
  std::vector<double> by_year(problem.budget.size(), 0.0);
  std::vector<double> by_class(problem.class_names.size(), 0.0);
  for (const PlanFixed& fixed : problem.fixed) {
    if (fixed.line != 0) continue;  // a decision of the scenario's own
    for (const PlanCharge& charge :
         problem.options[static_cast<std::size_t>(fixed.option)].charges) {
      for (std::size_t t = static_cast<std::size_t>(fixed.year); t < by_year.size(); ++t) {
        const double due =
            t == static_cast<std::size_t>(fixed.year) ? charge.cost : charge.maintenance;
        by_year[t] += due;
        by_class[static_cast<std::size_t>(charge.budget_class)] += due;
      }
    }
  }
  for (std::size_t t = 0; t < by_year.size(); ++t) {
    problem.budget[t] = by_year[t] + level * (problem.budget[t] - by_year[t]);
  }
  for (PlanEarmark& earmark : problem.earmarks) {
    const double decided = by_class[static_cast<std::size_t>(earmark.budget_class)];
    earmark.amount = decided + level * (earmark.amount - decided);
    earmark.tolerance *= level;
  }
  return problem;
}

// Levels from the plan's outwards, below and above, each from its neighbour's plan.
Result<std::vector<Neighbour>> outwards(
    const TradeoffInput& input, const Neighbour& middle, std::vector<double> levels,
    const std::function<Result<Neighbour>(double, const std::vector<Purchase>&)>& solve) {
  std::vector<Neighbour> points{middle};
  std::sort(levels.begin(), levels.end());
  const auto go = [&](auto begin, auto end) -> Status {
    std::vector<Purchase> neighbour = input.plan.purchases;
    for (auto level = begin; level != end; ++level) {
      ABATIS_TRY(Neighbour next, solve(*level, neighbour));
      next.point.level = *level;
      if (next.point.found) neighbour = next.point.purchases;
      points.push_back(std::move(next));
    }
    return {};
  };
  const auto more = std::upper_bound(levels.begin(), levels.end(), 1.0);
  const auto less = std::lower_bound(levels.begin(), levels.end(), 1.0);
  ABATIS_CHECK(go(std::make_reverse_iterator(less), levels.rend()));
  ABATIS_CHECK(go(more, levels.end()));
  std::sort(points.begin(), points.end(),
            [](const Neighbour& a, const Neighbour& b) { return a.point.level < b.point.level; });
  return points;
}

}  // namespace

Result<std::vector<Neighbour>> money_frontier(const TradeoffInput& input, int threads,
                                              Monitor& monitor) {
  return outwards(input, point_of_plan(input), input.scenario.tradeoffs.money,
                  [&](double level, const std::vector<Purchase>& start) -> Result<Neighbour> {
                    ABATIS_TRY(Neighbour next, solve_point(input, with_money(input, level, threads),
                                                           start, monitor));
                    next.point.label = fmt::format("{:.4g} % of the money", 100 * level);
                    monitor.advance(1);
                    return next;
                  });
}

Result<std::vector<Neighbour>> harm_frontier(const TradeoffInput& input, int threads,
                                             Monitor& monitor) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  const Neighbour plan = point_of_plan(input);
  const double whole = plan.point.harm;
  std::vector<double> levels = rules.harm;
  std::erase_if(levels, [](double l) { return l >= 1; });
  if (whole <= 0) {
    monitor.advance(static_cast<std::int64_t>(rules.harm.size()));
    return std::vector{plan};
  }
  return outwards(
      input, plan, levels,
      [&](double level, const std::vector<Purchase>& start) -> Result<Neighbour> {
        Scenario limited = input.scenario;
        std::erase_if(limited.harm_limits, [&](const HarmLimit& h) {
          return h.metric == rules.metric && h.in == rules.in;
        });
        HarmLimit limit{.metric = rules.metric, .at_most = level * whole, .in = rules.in};
        limit.where.line = -1;  // a rule of its own, of no line of the scenario
        limited.harm_limits.push_back(limit);
        PlanProblem problem = make_problem(limited, input.sites, input.network, nullptr);
        ABATIS_TRY(Neighbour next,
                   solve_point(input, bounded(input, std::move(problem), threads), start, monitor));
        next.point.label = fmt::format("{:.4g} % of the harm", 100 * level);
        next.point.harm_limit = level * whole;
        monitor.advance(1);
        return next;
      });
}

}  // namespace abatis::tradeoff
