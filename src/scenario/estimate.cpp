// What a run will need, told before it starts.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {
namespace {

// Bytes a cell takes in each stage, from the types of the rasters involved.
constexpr double kTerrainBytes = 4 * 4 + 8 * 1 + 4;  // float, byte rasters, working copies
constexpr double kSpeedBytes = 4;                    // one float per mover and season
constexpr double kTravelBytes = 4 + 4 + 4 + 12;      // time, parent, state, queue of one search
constexpr double kSiteBytes = 4 + 4;                 // barrier ids and labels
constexpr double kAxisBytes = 4 + 4;                 // times before and after, for the report
constexpr double kFixedBytes = 100e6;                // program, libraries, vectors, LP
constexpr double kCaseBytes = 5e6;                   // its graph and its paths

// Seconds of one core per million cells, measured on the three scenarios of this project
// (bench/README.md): terrain to network, and the searches and rasters of the report.
constexpr double kNetworkSeconds = 10.5;
constexpr double kReportSeconds = 5.0;

}  // namespace

Estimate estimate_run(const Scenario& scenario, int threads) {
  const double cells = static_cast<double>(scenario.grid.size());
  const double millions = cells / 1e6;
  const auto speeds = static_cast<double>(scenario.movers.size() * scenario.seasons.size());
  const auto cases = static_cast<double>(scenario.cases.size());
  const auto axes = static_cast<double>(scenario.axes.size());
  const double workers = std::min(static_cast<double>(thread_count(threads)), std::max(1.0, cases));

  Estimate e;
  e.memory_bytes = kFixedBytes + kCaseBytes * cases +
                   cells * (kTerrainBytes + kSpeedBytes * speeds + kSiteBytes +
                            kTravelBytes * workers + kAxisBytes * axes);
  e.seconds = millions * (kNetworkSeconds + kReportSeconds) / workers + scenario.plan.time_limit_s;
  e.basis = fmt::format(
      "{:.1f} million cells, {:.0f} speed rasters, {:.0f} cases on {:.0f} threads; the time holds "
      "the planner's limit of {:.0f} s once: a plan within the asked gap takes less, a network "
      "that is refined takes it again",
      millions, speeds, cases, workers, scenario.plan.time_limit_s);
  return e;
}

}  // namespace abatis
