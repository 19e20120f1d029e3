#pragma once
// What a plan's rules cost and how far it can be trusted: plans for more and for less money, for
// less harm, without each earmark, and under other figures. Each is solved with its own proven
// bound and begins from its neighbour's plan.

#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// The plan of a neighbouring problem.
struct TradeoffPoint {
  std::string label;   // for a reader: "80 % of the money", "without earmark engineering at_most"
  double level = 1;    // share of the money, or of the harm that the plan comes to
  bool found = false;  // else `why` says what stood against it, and the figures are 0
  std::string why;
  PlanStatus status = PlanStatus::optimal;
  double objective = 0, bound = 0, baseline = 0;  // s, as of PlanResult
  double budget = 0, spent = 0;                   // EUR over all years
  double harm_limit = -1;                         // in the metric's unit; -1 = none
  double harm = 0;                                // what this plan comes to
  double grid_error = 0;            // of the network's times against the grid, middle and last year
  std::vector<double> class_spent;  // EUR by class of the problem
  std::vector<Purchase> purchases;
  double gap() const { return objective > 0 ? (bound - objective) / objective : 0; }
};

// What a million euros more, in one year and for one class alone, would add to the objective (s):
// by the duals of the relaxation, so an estimate. Where a rule asks for at least so much of the
// class, that rises with it.
struct MarginalPrice {
  int year = 0;
  int budget_class = 0;
  double per_meur = 0;
};

// The plan under other figures than those it was made with.
struct RobustPoint {
  std::string label;   // "delays at their low"
  bool found = false;  // whether there is a plan for them; else `why`, and no best, bound or regret
  std::string why;
  double planned = 0;   // s: objective of the plan as bought
  double baseline = 0;  // s: with nothing built
  double best = 0;      // s: of the best plan found for these figures
  double bound = 0;     // s: no plan for them is better
  PlanStatus status = PlanStatus::optimal;
  // What could at most be gained by having planned for these figures, and what at least.
  double regret_at_most() const { return bound - planned; }
  double regret_at_least() const { return best > planned ? best - planned : 0; }
};

struct Tradeoffs {
  std::vector<TradeoffPoint> money;  // by level, the plan itself among them
  HarmMetric metric = HarmMetric::mined_area;
  std::string in;                       // the municipality that harm is counted in; "" = in all
  std::vector<TradeoffPoint> harm;      // by level, the plan itself last
  std::vector<TradeoffPoint> earmarks;  // without each alone, then without all: the free split
  std::vector<MarginalPrice> marginal;  // by year, then class
  std::vector<RobustPoint> robust;      // the figures as planned first

  // s: the plan itself as the points have it, on the network that they were held to the grid on.
  double plan_objective(double otherwise) const {
    for (const TradeoffPoint& p : money) {
      if (p.level == 1) return p.objective;
    }
    return otherwise;
  }
};

// Not owned; what the run has made so far.
struct TradeoffInput {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const SiteSet& sites;
  const Network& network;
  const PlanProblem& problem;  // of make_problem
  const std::vector<PlanOrigin>& origin;
  const PlanResult& plan;
};

// All of it, by the [tradeoffs] of the scenario or their defaults. Points with fewer means take
// over the bounds of those with more where their plans are plans of these, too. Errors:
// interrupted; a point that has no plan is no error and says why. Deterministic unless a point
// meets its time limit.
Result<Tradeoffs> compute_tradeoffs(const TradeoffInput& input, int threads, Monitor& monitor);

}  // namespace abatis
