#pragma once
// The stages every command shares: terrain and mobility, built once and kept; and how any stage is
// kept under its key.

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/run/run.hpp"
#include "abatis/store/stage_cache.hpp"
#include "abatis/store/stages.hpp"
#include "abatis/terrain/terrain.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis {

using Clock = std::chrono::steady_clock;

// Notes a stage as done, with the time since `from`.
void stage_done(Monitor& monitor, std::vector<StageDone>& into, Stage stage, bool cached,
                Clock::time_point from, std::string said);

// Where stages are kept and what has been done. Not owned.
struct Stages {
  StageCache& cache;
  Monitor& monitor;
  std::vector<StageDone>& done;
  bool fresh = false;  // ignore what is kept

  // The value kept under `key`, or the one that build() makes; say(value) is its line.
  template <class T, class Build, class Say>
  Result<T> staged(Stage stage, const std::string& key, Build build, Say say) const {
    const auto from = Clock::now();
    if (!fresh) {
      if (auto bytes = cache.get(to_string(stage), key)) {
        if (auto value = from_bytes<T>(*bytes)) {
          stage_done(monitor, done, stage, true, from, say(*value));
          return std::move(*value);
        }
      }
    }
    ABATIS_TRY(T value, build());
    ABATIS_CHECK(cache.put(to_string(stage), key, to_bytes(value)));
    stage_done(monitor, done, stage, false, from, say(value));
    return value;
  }
};

// Refuses a run that would not fit into memory, then opens the cache of its output folder.
Result<StageCache> open_cache(const Scenario& scenario, const RunOptions& options);

Result<Terrain> terrain_stage(const RunOptions& options, const Scenario& scenario,
                              const StageKeys& keys, const Stages& stages);
Result<Mobility> mobility_stage(const RunOptions& options, const Scenario& scenario,
                                const Terrain& terrain, const StageKeys& keys,
                                const Stages& stages);
// With the decisions of the scenario, and without the sensors of its early warning.
Result<SiteSet> sites_stage(const RunOptions& options, const Scenario& scenario,
                            const Terrain& terrain, const Mobility& mobility, const StageKeys& keys,
                            const Stages& stages);
// Of a scenario with [surveillance]; its sensors become sites. Empty without.
Result<Watch> watch_stage(const RunOptions& options, const Scenario& scenario,
                          const Terrain& terrain, const Mobility& mobility, const StageKeys& keys,
                          const Stages& stages, SiteSet& sites);

}  // namespace abatis
