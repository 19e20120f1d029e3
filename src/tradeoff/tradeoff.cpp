#include "abatis/tradeoff/tradeoff.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "point.hpp"

namespace abatis {

using namespace tradeoff;

namespace {

// No plan that keeps an earmark more is better than the bound without any.
void tighten_split(std::vector<Neighbour>& points) {
  if (points.empty() || !points.back().point.found) return;
  for (Neighbour& n : points) {
    TradeoffPoint& p = n.point;
    if (p.found) p.bound = std::max(p.objective, std::min(p.bound, points.back().point.bound));
  }
}

// A plan for less harm is a plan for more: bounds fall with the level.
void tighten_harm(std::vector<Neighbour>& points) {
  double least = std::numeric_limits<double>::infinity();
  for (auto n = points.rbegin(); n != points.rend(); ++n) {
    TradeoffPoint& p = n->point;
    if (!p.found) continue;
    p.bound = std::max(p.objective, std::min(p.bound, least));
    least = p.bound;
  }
}

std::vector<TradeoffPoint> points_of(std::vector<Neighbour> neighbours) {
  std::vector<TradeoffPoint> points;
  for (Neighbour& n : neighbours) points.push_back(std::move(n.point));
  return points;
}

}  // namespace

Result<Tradeoffs> compute_tradeoffs(const TradeoffInput& input, int threads, Monitor& monitor) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  const std::size_t earmarks = input.problem.earmarks.size();
  const std::size_t points = rules.money.size() + rules.harm.size() +
                             (earmarks > 1 ? earmarks + 1 : earmarks) +
                             robust_points(input.scenario);
  monitor.begin("trade-offs", static_cast<std::int64_t>(points), "plans");
  Tradeoffs out;
  out.metric = rules.metric;
  out.in = rules.in;
  ABATIS_TRY(auto split, without_earmarks(input, threads, monitor));
  ABATIS_TRY(auto money, money_frontier(input, threads, monitor));
  ABATIS_TRY(auto harm, harm_frontier(input, threads, monitor));
  std::vector<Neighbour*> all;
  for (auto* kind : {&split, &money, &harm}) {
    for (Neighbour& n : *kind) all.push_back(&n);
  }
  share_plans(input, all);
  ABATIS_TRY(const auto refined, hold_to_grid(input, all, threads, monitor));
  share_bounds(money);
  tighten_split(split);
  tighten_harm(harm);
  out.earmarks = points_of(std::move(split));
  out.money = points_of(std::move(money));
  out.harm = points_of(std::move(harm));
  out.marginal = marginal_prices(input);
  ABATIS_TRY(out.robust, robustness(input, threads, monitor));
  return out;
}

}  // namespace abatis
