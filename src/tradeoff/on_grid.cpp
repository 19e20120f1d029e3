// The plans of all points held to the grid.

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "point.hpp"

namespace abatis::tradeoff {

namespace {

using States = std::vector<SiteDelays>;

// Delays of a plan in its middle and its last year.
States states_of(const TradeoffInput& input, const TradeoffPoint& point) {
  States states;
  for (const int year : {input.problem.years / 2, input.problem.years - 1}) {
    SiteDelays state;
    for (std::size_t speed = 0; speed < input.mobility.speeds.size(); ++speed) {
      state.push_back(site_delays(input.problem, point.purchases, year, static_cast<int>(speed)));
    }
    if (std::find(states.begin(), states.end(), state) == states.end()) {
      states.push_back(std::move(state));
    }
  }
  return states;
}

Result<double> error_of(const TradeoffInput& input, const Network& network, const States& states,
                        int threads, Monitor& monitor) {
  ABATIS_TRY(const NetworkError measured,
             check_network(input.scenario, input.terrain, input.mobility, input.sites, network,
                           states, threads, monitor));
  return measured.worst;
}

// The errors of all points against the grid; the worst of them.
Result<double> measure(const TradeoffInput& input, const Network& network,
                       const std::vector<Neighbour*>& found, int threads, Monitor& monitor) {
  double worst = 0;
  for (Neighbour* n : found) {
    ABATIS_TRY(n->point.grid_error,
               error_of(input, network, states_of(input, n->point), threads, monitor));
    worst = std::max(worst, n->point.grid_error);
  }
  return worst;
}

// The best of all plans that keep a point's rules, evaluated on the network of `moved`.
void evaluate(const TradeoffInput& input, const PlanProblem& moved,
              const std::vector<std::vector<Purchase>>& plans, Neighbour& n) {
  n.problem.graphs = moved.graphs;
  n.problem.cases = moved.cases;
  n.problem.routes = moved.routes;
  n.point.baseline = evaluate_plan(n.problem, {});
  n.point.objective = evaluate_plan(n.problem, n.point.purchases);
  take_best(input, plans, n);
  n.point.bound = std::max(n.point.bound, n.point.objective);
}

}  // namespace

Result<std::unique_ptr<const Network>> hold_to_grid(const TradeoffInput& input,
                                                    const std::vector<Neighbour*>& neighbours,
                                                    int threads, Monitor& monitor) {
  Quiet quiet(monitor);
  std::vector<Neighbour*> found;
  std::copy_if(neighbours.begin(), neighbours.end(), std::back_inserter(found),
               [](const Neighbour* n) { return n->point.found; });
  ABATIS_TRY(const double worst, measure(input, input.network, found, threads, quiet));
  if (worst <= input.scenario.network.tolerance) return nullptr;
  States states;
  std::vector<std::vector<Purchase>> plans;
  for (const Neighbour* n : found) {
    for (SiteDelays& state : states_of(input, n->point)) {
      if (std::find(states.begin(), states.end(), state) == states.end()) {
        states.push_back(std::move(state));
      }
    }
    plans.push_back(n->point.purchases);
  }
  ABATIS_TRY(Network network, refine_network(input.scenario, input.terrain, input.mobility,
                                             input.sites, input.network, states, threads, quiet));
  auto refined = std::make_unique<const Network>(std::move(network));
  const PlanProblem moved = make_problem(input.scenario, input.sites, *refined, nullptr);
  for (Neighbour* n : found) evaluate(input, moved, plans, *n);
  ABATIS_TRY(const double left, measure(input, *refined, found, threads, quiet));
  monitor.note(fmt::format(
      "trade-offs: plans up to {:.2f} % off the grid were evaluated anew on a network refined for "
      "them: {:.2f} %",
      100 * worst, 100 * left));
  return refined;
}

}  // namespace abatis::tradeoff
