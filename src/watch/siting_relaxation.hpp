#pragma once
// What no schedule of purchases can exceed, over all years together.
//
// Relaxed are that a point counts only where a purchase covers it, at a price p(d, t) in [0, weight
// of d in year t] for each, and that the money of each year suffices, at a price l(y) >= 0. What is
// left falls apart by candidate: it is bought in the year that pays most, or never. For any prices
//
//   sum over (d, t) of (weight - p) + sum over candidates of max(0, max over y of
//     (sum of p over what it covers from then on - its price in money)) + sum over y of l(y) M(y)
//
// bounds every schedule (Fisher 1981); the least such bound is that of the linear relaxation.

#include "siting_schedule.hpp"

namespace abatis::watching {

class SitingRelaxation {
 public:
  explicit SitingRelaxation(const SitingMap& map);

  // `passes` subgradient passes (Held, Wolfe & Crowder 1974) towards `target`, the value of a
  // schedule. O(candidates x reach x years) each. False = stopped.
  bool descend(int passes, double target, const Monitor& monitor);
  double bound() const { return least_; }  // the least so far, safe from rounding
  // Candidates bought in at least half of the passes since the last call.
  std::vector<char> favoured();

 private:
  double pass();
  void move(double bound, double target, double share);
  double money_price(int candidate, int year) const;

  const SitingMap& map_;
  std::size_t years_;
  std::vector<double> weight_, price_, turn_;                // by demand and year
  std::vector<double> money_, rate_, rate_turn_, rate_unit_;  // by year: M, l, how l moves
  std::vector<double> spent_price_;                           // by year: of a euro spent then
  std::vector<int> covered_;                                  // by demand and year
  std::vector<double> used_;  // by year: of M
  std::vector<int> bought_;   // by candidate: passes
  int passes_ = 0;
  std::vector<double> best_price_, best_rate_;
  double least_ = 0;
  double share_ = 1;
};

}  // namespace abatis::watching
