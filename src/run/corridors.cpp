#include "abatis/run/corridors.hpp"

#include "abatis/report/corridor_products.hpp"
#include "ground.hpp"

namespace abatis {
namespace {

Result<RunSummary> on_ground(const CorridorOptions& options, const Scenario& scenario,
                             Monitor& monitor) {
  RunSummary summary;
  ABATIS_TRY(const auto cases, chosen_cases(scenario, options.filter));
  ABATIS_TRY(StageCache cache, open_cache(scenario, options.run));
  const StageKeys keys =
      stage_keys(scenario, options.run.program, static_cast<int>(options.run.combine));
  const Stages stages{cache, monitor, summary.stages, options.run.fresh};
  ABATIS_TRY(const Terrain terrain, terrain_stage(options.run, scenario, keys, stages));
  ABATIS_TRY(const Mobility mobility, mobility_stage(options.run, scenario, terrain, keys, stages));
  ABATIS_TRY(const auto corridors, find_corridors(scenario, terrain, mobility, cases, options.rules,
                                                  options.run.threads, monitor));
  const CorridorView view{scenario, terrain, options.rules, corridors};
  ABATIS_TRY(const auto files, write_corridors(view, options.run.out / "corridors", monitor));
  for (const ProductFile& file : files) summary.products.push_back("corridors/" + file.name);
  summary.words = corridors_in_words(view);
  return summary;
}

}  // namespace

tl::expected<RunSummary, Errors> find_and_write_corridors(const CorridorOptions& options,
                                                          Monitor& monitor) {
  auto scenario = load_scenario(options.run.scenario, options.run.data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  auto summary = on_ground(options, *scenario, monitor);
  if (!summary) return failed(std::move(summary.error()));
  return std::move(*summary);
}

}  // namespace abatis
