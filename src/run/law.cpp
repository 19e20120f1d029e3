#include "abatis/run/law.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/report/law.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

// The plan meant: a folder or plan.json as it stands, of a scenario the folder of its run.
Result<std::pair<fs::path, fs::path>> plan_meant(const LawOptions& options) {
  if (options.plan.extension() != ".toml") return std::pair{options.plan, fs::path()};
  if (!options.out.empty()) return std::pair{options.out, options.plan};
  ScenarioOptions look = options.data;
  look.require_layers = false;
  const auto scenario = load_scenario(options.plan, look);
  if (!scenario) return tl::unexpected(scenario.error().front());
  return std::pair{fs::path("out") / scenario->id, options.plan};
}

Result<std::vector<std::string>> write_law(const KeptPlan& plan, const SiteSet& sites,
                                           const LawReport& law, bool open) {
  ABATIS_CHECK(ensure_writable_folder(plan.folder / "tables"));
  const std::string edition = open ? "-public" : "";
  const std::string json = "law" + edition + ".json";
  const std::string csv = "tables/law" + edition + ".csv";
  ABATIS_CHECK(write_file(plan.folder / json, law_json(plan.scenario, sites, law, open)));
  ABATIS_CHECK(write_file(plan.folder / csv, law_csv(sites, law, open)));
  return std::vector<std::string>{json, csv};
}

}  // namespace

tl::expected<LawChecked, Errors> check_kept_law(const LawOptions& options) {
  const auto meant = plan_meant(options);
  if (!meant) return failed(meant.error());
  const auto plan = open_kept_plan(meant->first, meant->second, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  const auto law =
      load_law(options.folder, options.own ? options.own : own_law_file(plan->scenario.file));
  if (!law) return tl::unexpected<Errors>(law.error());
  auto kept = read_kept_purchases(*plan);
  if (!kept) return failed(std::move(kept.error()));
  auto terrain = read_kept_terrain(*plan);
  if (!terrain) return failed(std::move(terrain.error()));
  const KeptPurchases& k = **kept;
  const auto findings =
      check_law({plan->scenario, *terrain, k.sites, k.origin, k.purchases, *law, options.on});
  if (!findings) return tl::unexpected<Errors>(findings.error());
  const LawReport report{*law, *findings, options.on};
  auto products = write_law(*plan, k.sites, report, options.open);
  if (!products) return failed(std::move(products.error()));
  const auto json =
      nlohmann::ordered_json::parse(law_json(plan->scenario, k.sites, report, options.open));
  return LawChecked{law_in_words(report), json.dump(), std::move(*products), plan->folder};
}

}  // namespace abatis
