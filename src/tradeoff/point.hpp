#pragma once
// One neighbouring plan: how it is solved and what is kept of it.

#include <memory>

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

// A point with the problem that it answers.
struct Neighbour {
  TradeoffPoint point;
  PlanProblem problem;
  bool is_plan = false;  // the plan itself, which stays what it is
};

// Solves `problem` from the plan in `start`. A problem without a plan gives a point that says why;
// an interruption is an error.
Result<Neighbour> solve_point(const TradeoffInput& input, PlanProblem problem,
                              const std::vector<Purchase>& start, Monitor& monitor);

// The plan itself as a point.
Neighbour point_of_plan(const TradeoffInput& input);

// What a point says of `purchases`, beside what was proven of it.
void take_plan(const TradeoffInput& input, const PlanProblem& problem,
               const std::vector<Purchase>& purchases, TradeoffPoint& point);

// The frontiers and the split, each in its own file.
Result<std::vector<Neighbour>> money_frontier(const TradeoffInput& input, int threads,
                                              Monitor& monitor);
Result<std::vector<Neighbour>> harm_frontier(const TradeoffInput& input, int threads,
                                             Monitor& monitor);
Result<std::vector<Neighbour>> without_earmarks(const TradeoffInput& input, int threads,
                                                Monitor& monitor);

// Holds the plans of all points found to the grid, in their middle and last years: where one is off
// by more than the tolerance, all are evaluated anew on a network refined for them, and each point
// takes the best of all plans that keep its rules. Bounds stay: a refined network has more ways, so
// times on it are never longer. Returns that network, which the problems then point into, or null
// where none was needed.
Result<std::unique_ptr<const Network>> hold_to_grid(const TradeoffInput& input,
                                                    const std::vector<Neighbour*>& neighbours,
                                                    int threads, Monitor& monitor);
std::vector<MarginalPrice> marginal_prices(const TradeoffInput& input);
Result<std::vector<RobustPoint>> robustness(const TradeoffInput& input, int threads,
                                            Monitor& monitor);

// How many points each makes, for progress.
std::size_t robust_points(const Scenario& scenario);

}  // namespace abatis::tradeoff
