#pragma once
// What each stage found, in one line.

#include <string>

#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "abatis/tradeoff/tradeoff.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis {

std::string say_terrain(const Terrain& terrain);
std::string say_mobility(const Mobility& mobility, const Scenario& scenario);
std::string say_sites(const SiteSet& sites, const Scenario& scenario);
std::string say_watch(const Watch& watch);
std::string say_network(const Network& network);
std::string say_plan(const PlanResult& plan);
std::string say_tradeoffs(const Tradeoffs& tradeoffs);

}  // namespace abatis
