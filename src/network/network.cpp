#include "abatis/network/network.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "builder.hpp"
#include "input.hpp"
#include "speed_net.hpp"

namespace abatis {
namespace {

// What a caller hands in must be one delay >= 0 for every speed and site.
Status check_states(const network_detail::NetworkInput& input,
                    const std::vector<SiteDelays>& states) {
  const auto sites = static_cast<std::size_t>(input.sites);
  for (const SiteDelays& state : states) {
    bool fits = state.size() == input.speeds.size();
    for (const auto& of_speed : state) {
      fits = fits && of_speed.size() == sites &&
             std::all_of(of_speed.begin(), of_speed.end(), [](double d) { return d >= 0; });
    }
    if (!fits) {
      return fail(ErrorCode::internal,
                  fmt::format("network: a plan state must be {} x {} delays >= 0",
                              input.speeds.size(), input.sites));
    }
  }
  return {};
}

}  // namespace

Result<Network> build_network(const Scenario& scenario, const Terrain& terrain,
                              const Mobility& mobility, const SiteSet& sites, int threads,
                              Monitor& monitor) {
  ABATIS_TRY(const auto input, network_detail::network_input(scenario, terrain, mobility, sites));
  return network_detail::build(input, {}, threads, monitor);
}

Result<NetworkError> check_network(const Scenario& scenario, const Terrain& terrain,
                                   const Mobility& mobility, const SiteSet& sites,
                                   const Network& network, const std::vector<SiteDelays>& states,
                                   int threads, Monitor& monitor) {
  ABATIS_TRY(const auto input, network_detail::network_input(scenario, terrain, mobility, sites));
  ABATIS_CHECK(check_states(input, states));
  return network_detail::measure(input, network, states, threads, monitor);
}

Result<Network> refine_network(const Scenario& scenario, const Terrain& terrain,
                               const Mobility& mobility, const SiteSet& sites,
                               const Network& network, const std::vector<SiteDelays>& states,
                               int threads, Monitor& monitor) {
  ABATIS_TRY(auto input, network_detail::network_input(scenario, terrain, mobility, sites));
  ABATIS_CHECK(check_states(input, states));
  input.plans.insert(input.plans.end(), states.begin(), states.end());
  ABATIS_TRY(Network refined, network_detail::build(input, network.extra_nodes, threads, monitor));
  refined.error.rounds += network.error.rounds;
  return refined;
}

double refined_stretch(const NetworkRules& rules) {
  return 1 + network_detail::arc_stretch(rules) + 1e-9;  // sums in another order
}

}  // namespace abatis
