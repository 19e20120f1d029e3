#include "ground.hpp"

#include "abatis/base/files.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/measures/decisions.hpp"
#include "stage_words.hpp"

namespace abatis {
namespace {

// Refused up front, with the figure and the keys that lower it.
Status check_memory(const Scenario& scenario, const RunOptions& options) {
  const auto estimate = estimate_run(scenario, options.threads);
  const auto limit = options.memory_bytes > 0 ? options.memory_bytes : available_memory();
  if (estimate.memory_bytes <= static_cast<double>(limit)) return {};
  return fail(
      ErrorCode::limit,
      fmt::format("this run is estimated to need {:.1f} GiB of memory; {:.1f} GiB may be "
                  "used",
                  estimate.memory_bytes / 1073741824.0, static_cast<double>(limit) / 1073741824.0),
      {.file = options.scenario.string()},
      "use a larger region.cell, fewer axes, movers or seasons, or raise --memory");
}

}  // namespace

void stage_done(Monitor& monitor, std::vector<StageDone>& into, Stage stage, bool cached,
                Clock::time_point from, std::string said) {
  const double seconds = std::chrono::duration<double>(Clock::now() - from).count();
  monitor.note(fmt::format("{}: {}{}", to_string(stage), said, cached ? " (kept)" : ""));
  into.push_back({stage, cached, seconds, std::move(said)});
}

Result<StageCache> open_cache(const Scenario& scenario, const RunOptions& options) {
  ABATIS_CHECK(check_memory(scenario, options));
  ABATIS_CHECK(ensure_writable_folder(options.out));
  return StageCache::open(options.out);
}

Result<Terrain> terrain_stage(const RunOptions& options, const Scenario& scenario,
                              const StageKeys& keys, const Stages& stages) {
  return stages.staged<Terrain>(
      Stage::terrain, keys.terrain,
      [&] { return build_terrain(scenario, options.threads, stages.monitor); },
      [](const Terrain& terrain) { return say_terrain(terrain); });
}

Result<Mobility> mobility_stage(const RunOptions& options, const Scenario& scenario,
                                const Terrain& terrain, const StageKeys& keys,
                                const Stages& stages) {
  return stages.staged<Mobility>(
      Stage::mobility, keys.mobility,
      [&] {
        return build_mobility(scenario, terrain, options.combine, options.threads, stages.monitor);
      },
      [&](const Mobility& mobility) { return say_mobility(mobility, scenario); });
}

Result<SiteSet> sites_stage(const RunOptions& options, const Scenario& scenario,
                            const Terrain& terrain, const Mobility& mobility, const StageKeys& keys,
                            const Stages& stages) {
  ABATIS_TRY(
      SiteSet sites,
      stages.staged<SiteSet>(
          Stage::sites, keys.sites,
          [&] { return find_sites(scenario, terrain, mobility, options.threads, stages.monitor); },
          [&](const SiteSet& s) { return say_sites(s, scenario); }));
  ABATIS_CHECK(apply_decisions(scenario, sites));
  ABATIS_CHECK(check_districts(scenario, sites));
  return sites;
}

Result<Watch> watch_stage(const RunOptions& options, const Scenario& scenario,
                          const Terrain& terrain, const Mobility& mobility, const StageKeys& keys,
                          const Stages& stages, SiteSet& sites) {
  if (!scenario.surveillance.given) return Watch{};
  ABATIS_TRY(
      Watch watch,
      stages.staged<Watch>(
          Stage::watch, keys.watch,
          [&] { return find_watch(scenario, terrain, mobility, options.threads, stages.monitor); },
          [](const Watch& w) { return say_watch(w); }));
  add_sensors(scenario, terrain, watch, sites);
  return watch;
}

}  // namespace abatis
