#pragma once
// Bytes of each stage's value, for the stage cache, and the keys they are kept under. The format
// belongs to one build: the key holds the program's own hash, so it is never read by another.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "abatis/tradeoff/tradeoff.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis {

// A plan and the network it was made on, which may have been refined on the way; and how far the
// search for it has come, so that a later one goes on from there.
struct PlannedNetwork {
  PlanResult plan;
  Network network;
  std::uint64_t seed = 0;  // of the search
  bool rough = false;      // only the rough plans were made that come first
  int searches = 0;        // calls that searched for it, each from the plan of the one before
};

// T: Terrain, Mobility, SiteSet, Watch, Network, PlannedNetwork, Tradeoffs.
template <class T>
std::string to_bytes(const T& value);
// Nothing when the bytes are not a whole value.
template <class T>
std::optional<T> from_bytes(std::string_view bytes);

// Hash of all that a stage's result depends on. `program` identifies the build. How far to search
// for a plan (gap, nodes, time) is no part of its key: a kept plan says how far it came.
struct StageKeys {
  std::string terrain, mobility, travel, sites, watch, network, plan, tradeoffs, report, gap;
};
StageKeys stage_keys(const Scenario& scenario, std::string_view program, int combine);

}  // namespace abatis
