#include "kept_plan.hpp"

#include <fmt/format.h>

#include "abatis/base/hash.hpp"
#include "plan_source.hpp"
#include "screened.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

// The folder of the plan and its plan.json.
struct Place {
  fs::path folder;
  PlanFile file;
};

Result<Place> place_of(const fs::path& plan) {
  std::error_code ec;
  if (fs::is_regular_file(plan, ec)) {
    ABATIS_TRY(std::string digest, sha256_file(plan));
    return Place{plan.has_parent_path() ? plan.parent_path() : ".", {plan, std::move(digest)}};
  }
  ABATIS_TRY(PlanFile file, find_plan(plan));
  return Place{plan, std::move(file)};
}

Result<StageCache> stages_of(const Place& place) {
  std::error_code ec;
  if (!fs::is_directory(place.folder / ".stages", ec)) {
    return input_error("the folder keeps no stages of a run", {.file = place.folder.string()},
                       fmt::format("make them: abatis plan SCENARIO -o {}", place.folder.string()));
  }
  return StageCache::open(place.folder);
}

tl::unexpected<Error> not_kept(const KeptPlan& plan, std::string_view what) {
  return input_error(fmt::format("the {} of this plan are not kept here as they are now", what),
                     {.file = plan.folder.string()},
                     fmt::format("the scenario, its data or abatis itself changed since: abatis "
                                 "plan {} -o {}",
                                 plan.scenario.file.string(), plan.folder.string()));
}

}  // namespace

tl::expected<KeptPlan, Errors> open_kept_plan(const fs::path& plan, const fs::path& scenario,
                                              const ScenarioOptions& data,
                                              const std::string& program) {
  auto place = place_of(plan);
  if (!place) return failed(std::move(place.error()));
  auto cache = stages_of(*place);
  if (!cache) return failed(std::move(cache.error()));
  auto source = read_source(*cache, place->folder);
  if (!source) return failed(std::move(source.error()));
  const bool told = !scenario.empty();
  ScenarioOptions with = told ? data : source->data;
  if (!data.data_root.empty()) with.data_root = data.data_root;
  auto read = load_scenario(told ? scenario : source->scenario, with);
  if (!read) return tl::unexpected<Errors>(std::move(read.error()));
  StageKeys keys = stage_keys(*read, program, static_cast<int>(source->combine));
  return KeptPlan{std::move(place->folder), std::move(place->file), std::move(*cache),
                  std::move(*read),         source->combine,        std::move(keys)};
}

Result<Terrain> read_kept_terrain(const KeptPlan& plan) {
  auto terrain = plan.kept<Terrain>("terrain", plan.keys.terrain);
  if (!terrain) return not_kept(plan, "layers");
  return std::move(*terrain);
}

Result<std::unique_ptr<KeptPurchases>> read_kept_purchases(const KeptPlan& plan) {
  auto sites = plan.kept<SiteSet>("sites", plan.keys.sites);
  auto planned = plan.kept<PlannedNetwork>("plan", plan.keys.plan);
  if (!sites || !planned) return not_kept(plan, "sites and network");
  ABATIS_CHECK(apply_decisions(plan.scenario, *sites));
  ABATIS_CHECK(check_districts(plan.scenario, *sites));
  if (plan.scenario.surveillance.given) {
    const auto watch = plan.kept<Watch>("watch", plan.keys.watch);
    const auto terrain = plan.kept<Terrain>("terrain", plan.keys.terrain);
    if (!watch || !terrain) return not_kept(plan, "sensors");
    add_sensors(plan.scenario, *terrain, *watch, *sites);
  }
  Scenario scenario = plan.scenario;
  if (scenario.screening.choice.asked) {
    const auto rows = plan.kept<ChosenRows>(kChosenStage, plan.keys.screen);
    if (!rows) return not_kept(plan, "rows of trees chosen");
    for (Decision& decision : decisions_of(plan.scenario, *sites, *rows)) {
      scenario.decisions.push_back(std::move(decision));
    }
  }
  auto kept = std::make_unique<KeptPurchases>();
  kept->sites = std::move(*sites);
  kept->planned = std::move(*planned);
  kept->problem = make_problem(scenario, kept->sites, kept->planned.network, &kept->origin);
  ABATIS_TRY(kept->purchases, read_purchases(plan.file, plan.scenario, kept->sites, kept->origin));
  return kept;
}

}  // namespace abatis
