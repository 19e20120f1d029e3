#include "plan_check.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace abatis {
namespace {

// Delays of the plan in the years that are checked, without repeats.
std::vector<SiteDelays> states_of(const PlanProblem& problem, const PlanResult& plan,
                                  std::size_t speeds) {
  std::vector<SiteDelays> states;
  for (const int year : {problem.years / 2, problem.years - 1}) {
    SiteDelays state;
    for (std::size_t speed = 0; speed < speeds; ++speed) {
      state.push_back(site_delays(problem, plan.purchases, year, static_cast<int>(speed)));
    }
    if (std::find(states.begin(), states.end(), state) == states.end()) {
      states.push_back(std::move(state));
    }
  }
  return states;
}

}  // namespace

Result<bool> refine_for_plan(const Scenario& scenario, const Terrain& terrain,
                             const Mobility& mobility, const SiteSet& sites,
                             const PlanProblem& problem, const PlanResult& plan, Network& network,
                             int threads, Monitor& monitor) {
  const auto states = states_of(problem, plan, mobility.speeds.size());
  ABATIS_TRY(const NetworkError measured,
             check_network(scenario, terrain, mobility, sites, network, states, threads, monitor));
  if (measured.worst <= scenario.network.tolerance) {
    network.error.plans += measured.plans;
    if (measured.worst > network.error.worst) {
      network.error.worst = measured.worst;
      network.error.worst_case = measured.worst_case;
    }
    return false;
  }
  monitor.note(fmt::format("plan: off the grid by {:.2f} % in {}", 100 * measured.worst,
                           measured.worst_case));
  ABATIS_TRY(network,
             refine_network(scenario, terrain, mobility, sites, network, states, threads, monitor));
  return true;
}

}  // namespace abatis
