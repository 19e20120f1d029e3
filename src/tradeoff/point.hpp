#pragma once
// One neighbouring plan: how it is solved and what is kept of it.

#include <memory>

#include "abatis/base/quiet.hpp"
#include "abatis/tradeoff/tradeoff.hpp"

namespace abatis::tradeoff {

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

// Whether every plan of b is one of a, on the same network: no less money in any year, and each
// rule of a follows from one of b. False where that cannot be read off.
bool is_looser(const PlanProblem& a, const PlanProblem& b);
// Gives a point the best of these plans that keeps its rules, where it is better than its own; the
// plan itself stays what it is. Whether there was one.
bool take_best(const TradeoffInput& input, const std::vector<std::vector<Purchase>>& plans,
               Neighbour& point);
// Every point takes the plan of another where it is better and keeps its rules, so a point with
// more means never has less than its neighbours let it.
void share_plans(const TradeoffInput& input, const std::vector<Neighbour*>& points);
// No plan is better than the bound of a point with looser rules.
void share_bounds(std::vector<Neighbour>& points);

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
