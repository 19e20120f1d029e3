#pragma once
// One neighbouring plan: how it is solved and what is kept of it.

#include "abatis/tradeoff/tradeoff.hpp"

namespace abatis::tradeoff {

// Passes on the wish to stop, and nothing of what a single solve says.
class Quiet : public Monitor {
 public:
  explicit Quiet(Monitor& outer) : outer_(outer) {}
  bool stop_requested() const override { return outer_.stop_requested(); }

 private:
  Monitor& outer_;
};

// The problem of a point with the limits of effort that the scenario sets for points.
PlanProblem bounded(const TradeoffInput& input, PlanProblem problem, int threads);

// Solves `problem` from the plan in `start`. A problem without a plan gives a point that says why;
// an interruption is an error.
Result<TradeoffPoint> solve_point(const TradeoffInput& input, PlanProblem problem,
                                  const std::vector<Purchase>& start,
                                  const std::vector<PlanOrigin>& origin, Monitor& monitor);

// The plan itself as a point.
Result<TradeoffPoint> point_of_plan(const TradeoffInput& input, Monitor& monitor);

// The frontiers and the split, each in its own file.
Result<std::vector<TradeoffPoint>> money_frontier(const TradeoffInput& input, int threads,
                                                  Monitor& monitor);
Result<std::vector<TradeoffPoint>> harm_frontier(const TradeoffInput& input, int threads,
                                                 Monitor& monitor);
Result<std::vector<TradeoffPoint>> without_earmarks(const TradeoffInput& input, int threads,
                                                    Monitor& monitor);
std::vector<MarginalPrice> marginal_prices(const TradeoffInput& input);
Result<std::vector<RobustPoint>> robustness(const TradeoffInput& input, int threads,
                                            Monitor& monitor);

// How many points each makes, for progress.
std::size_t robust_points(const Scenario& scenario);

}  // namespace abatis::tradeoff
