#include "input.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"

namespace abatis::network_detail {
namespace {

constexpr std::uint64_t kPlanStream = 0x6e6574776f726bULL;  // "network"

// Delay (s) of an option once it is fully grown.
double grown(const Option& option, std::size_t speed) {
  if (speed >= option.delay_s.size() || option.delay_s[speed].empty()) return 0;
  return option.delay_s[speed].back();
}

SiteDelays nothing(const Mobility& mobility, const SiteSet& sites) {
  return SiteDelays(mobility.speeds.size(), std::vector<double>(sites.sites.size(), 0.0));
}

SiteDelays everything(const Mobility& mobility, const SiteSet& sites) {
  SiteDelays most = nothing(mobility, sites);
  for (std::size_t k = 0; k < most.size(); ++k) {
    for (std::size_t s = 0; s < sites.sites.size(); ++s) {
      for (const Option& option : sites.sites[s].options) {
        most[k][s] = std::max(most[k][s], grown(option, k));
      }
    }
  }
  return most;
}

// Each plan builds its own share of the sites, each with any of its options, fully grown.
SiteDelays any_plan(const Scenario& scenario, const Mobility& mobility, const SiteSet& sites,
                    int number) {
  Random random(scenario.seed, kPlanStream + static_cast<std::uint64_t>(number));
  SiteDelays plan = nothing(mobility, sites);
  const double share = random.uniform(0.1, 0.9);
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const auto& options = sites.sites[s].options;
    if (options.empty() || random.uniform() >= share) continue;
    const Option& option = options[random.below(options.size())];
    for (std::size_t k = 0; k < plan.size(); ++k) plan[k][s] = grown(option, k);
  }
  return plan;
}

Status check_fit(const Mobility& mobility, const SiteSet& sites) {
  const std::vector<double> none(sites.sites.size(), 0.0);
  const std::vector<double> one(sites.sites.size(), 1.0);
  for (std::size_t k = 0; k < mobility.speeds.size(); ++k) {
    if (!(mobility.speeds[k].speed_mps.grid == sites.barrier.grid)) {
      return fail(ErrorCode::internal, "network: speeds and barriers are on different grids");
    }
    const auto today = barrier_delays(sites, mobility, static_cast<int>(k), none);
    const auto then = barrier_delays(sites, mobility, static_cast<int>(k), one);
    for (std::size_t b = 0; b < today.size(); ++b) {
      const bool site = sites.site_of_barrier(static_cast<std::int32_t>(b)) >= 0;
      if (then[b] != today[b] + (site ? 1.0 : 0.0)) {
        return fail(
            ErrorCode::internal,
            fmt::format("network: the delay of barrier {} is not today's plus the site's", b));
      }
    }
  }
  return {};
}

Result<int> speed_index(const Mobility& mobility, int mover, int season) {
  const auto speed =
      std::find_if(mobility.speeds.begin(), mobility.speeds.end(),
                   [&](const SpeedRaster& s) { return s.mover == mover && s.season == season; });
  if (speed == mobility.speeds.end()) {
    return fail(ErrorCode::internal, "network: a case has no speed raster");
  }
  return static_cast<int>(speed - mobility.speeds.begin());
}

std::string in_words(const Scenario& scenario, const std::string& id, int mover, int season) {
  return fmt::format("'{}', {} in {}", id, scenario.catalogue.movers[at(mover)].name,
                     scenario.catalogue.seasons[at(season)].name);
}

}  // namespace

Result<NetworkInput> network_input(const Scenario& scenario, const Terrain& terrain,
                                   const Mobility& mobility, const SiteSet& sites) {
  ABATIS_CHECK(check_fit(mobility, sites));
  NetworkInput input;
  input.grid = terrain.grid;
  input.barrier = &sites.barrier;
  input.naturals = sites.naturals;
  input.sites = static_cast<int>(sites.sites.size());
  input.rules = scenario.network;
  input.seed = scenario.seed;
  input.neighbours = scenario.terrain.neighbours;
  input.most = everything(mobility, sites);
  input.plans = {nothing(mobility, sites), input.most};
  for (int i = 0; i < scenario.network.check_plans; ++i) {
    input.plans.push_back(any_plan(scenario, mobility, sites, i));
  }
  for (std::size_t k = 0; k < mobility.speeds.size(); ++k) {
    input.speeds.push_back(&mobility.speeds[k].speed_mps);
    input.base_delay_s.push_back(
        barrier_delays(sites, mobility, static_cast<int>(k), input.plans[0][k]));
  }
  for (const Case& c : scenario.cases) {
    ABATIS_TRY(int speed, speed_index(mobility, c.mover, c.season));
    const Axis& axis = scenario.axes[at(c.axis)];
    CaseInput one{.axis = c.axis,
                  .mover = c.mover,
                  .season = c.season,
                  .speed = speed,
                  .weight = c.weight,
                  .name = "axis " + in_words(scenario, axis.id, c.mover, c.season)};
    ABATIS_TRY(AxisCells cells, axis_cells(scenario, terrain, mobility.speeds[at(speed)], axis));
    one.sources = std::move(cells.sources);
    one.targets = std::move(cells.targets);
    input.cases.push_back(std::move(one));
  }
  for (std::size_t r = 0; r < scenario.routes.size(); ++r) {
    const OpenRoute& route = scenario.routes[r];
    for (const SeasonUse& season : scenario.seasons) {
      ABATIS_TRY(int speed, speed_index(mobility, route.mover, season.season));
      CaseInput one{.axis = axis_of_route(static_cast<int>(r)),
                    .mover = route.mover,
                    .season = season.season,
                    .speed = speed,
                    .name = "route " + in_words(scenario, route.id, route.mover, season.season)};
      ABATIS_TRY(AxisCells cells,
                 route_cells(scenario, terrain, mobility.speeds[at(speed)], route));
      one.sources = std::move(cells.sources);
      one.targets = std::move(cells.targets);
      input.cases.push_back(std::move(one));
    }
  }
  return input;
}

}  // namespace abatis::network_detail
