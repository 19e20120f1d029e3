#include "abatis/tradeoff/tradeoff.hpp"

#include "point.hpp"

namespace abatis {

using namespace tradeoff;

Result<Tradeoffs> compute_tradeoffs(const TradeoffInput& input, int threads, Monitor& monitor) {
  const TradeoffRules& rules = input.scenario.tradeoffs;
  const std::size_t earmarks = input.problem.earmarks.size();
  const std::size_t points = rules.money.size() + rules.harm.size() +
                             (earmarks > 1 ? earmarks + 1 : earmarks) +
                             robust_points(input.scenario);
  monitor.begin("trade-offs", static_cast<std::int64_t>(points), "plans");
  Tradeoffs out;
  out.metric = rules.metric;
  ABATIS_TRY(out.earmarks, without_earmarks(input, threads, monitor));
  ABATIS_TRY(out.money, money_frontier(input, threads, monitor));
  ABATIS_TRY(out.harm, harm_frontier(input, threads, monitor));
  out.marginal = marginal_prices(input);
  ABATIS_TRY(out.robust, robustness(input, threads, monitor));
  return out;
}

}  // namespace abatis
