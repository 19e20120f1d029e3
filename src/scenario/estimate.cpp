// What a run will need, told before it starts.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {
namespace {

// Bytes a cell takes in each stage, from the types of the rasters involved.
constexpr double kTerrainBytes = 4 * 4 + 8 * 1 + 4 * 2;  // float, byte rasters, working copies
constexpr double kSpeedBytes = 4;                        // one float per mover and season
constexpr double kTravelBytes = 4 + 4 + 4 + 12;          // time, parent, state, queue of one search
constexpr double kSiteBytes = 4 + 4;                     // barrier ids and labels
constexpr double kFixedBytes = 250e6;                    // program, libraries, vectors, LP

// Seconds per million cells on one core: reading and rasterising, and one search over the grid.
constexpr double kTerrainSeconds = 3.0;
constexpr double kSearchSeconds = 0.9;

}  // namespace

Estimate estimate_run(const Scenario& scenario, int threads) {
  const double cells = static_cast<double>(scenario.grid.size());
  const double millions = cells / 1e6;
  const auto speeds = static_cast<double>(scenario.movers.size() * scenario.seasons.size());
  const auto cases = static_cast<double>(scenario.cases.size());
  const double workers = std::min(static_cast<double>(thread_count(threads)), std::max(1.0, cases));

  // Searches over the grid: forward and backward per case for corridors, forward and backward for
  // the result, and one per case and plan that the network is checked on.
  const double searches = cases * (4 + scenario.network.check_plans + 2);
  Estimate e;
  e.memory_bytes = kFixedBytes + cells * (kTerrainBytes + kSpeedBytes * speeds + kSiteBytes +
                                          kTravelBytes * workers + 8 * cases);
  e.seconds = millions * (kTerrainSeconds + kSearchSeconds * searches / workers) +
              scenario.plan.time_limit_s;
  e.basis = fmt::format(
      "{:.1f} million cells, {:.0f} speed rasters, {:.0f} cases, {:.0f} searches on {:.0f} "
      "threads; "
      "the time holds the planner's limit of {:.0f} s, which it seldom needs",
      millions, speeds, cases, searches, workers, scenario.plan.time_limit_s);
  return e;
}

}  // namespace abatis
