#include "abatis/run/civil.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "abatis/civil/ledger.hpp"
#include "abatis/measures/decisions.hpp"
#include "abatis/report/civil_products.hpp"
#include "ground.hpp"
#include "plan_file.hpp"

namespace abatis {
namespace {

template <class T>
Result<T> kept(const StageCache& cache, const char* stage, const std::string& key,
               const RunOptions& options) {
  const auto bytes = cache.get(stage, key);
  std::optional<T> value = bytes ? from_bytes<T>(*bytes) : std::nullopt;
  if (value) return std::move(*value);
  return input_error(fmt::format("the {} of this plan is not kept here as it is now", stage),
                     {.file = options.out.string()},
                     fmt::format("the scenario, its data or abatis itself changed since: abatis "
                                 "plan {} -o {}",
                                 options.scenario.string(), options.out.string()));
}

Result<CivilSummary> ledger_of(const RunOptions& options, const Scenario& scenario,
                               Monitor& monitor) {
  ABATIS_TRY(const PlanFile plan, find_plan(options.out));
  ABATIS_TRY(const StageCache cache, open_cache(scenario, options));
  const StageKeys keys = stage_keys(scenario, options.program, static_cast<int>(options.combine));
  ABATIS_TRY(const Terrain terrain, kept<Terrain>(cache, "terrain", keys.terrain, options));
  ABATIS_TRY(SiteSet sites, kept<SiteSet>(cache, "sites", keys.sites, options));
  ABATIS_CHECK(apply_decisions(scenario, sites));
  const Network none;  // only the options are asked for
  std::vector<PlanOrigin> origin;
  const PlanProblem problem = make_problem(scenario, sites, none, &origin);
  ABATIS_TRY(const std::vector<Purchase> purchases, read_purchases(plan, scenario, sites, origin));
  monitor.begin("ledger of harm to civilians", 1, "plan");
  const Ledger ledger =
      compute_ledger(scenario, terrain, sites, civil_purchases(origin, purchases), options.threads);
  ABATIS_TRY(CivilProducts products,
             write_civil_products(scenario, terrain, sites, ledger, options.out));
  monitor.advance(1);
  CivilSummary summary{std::move(products.words), {}};
  for (ProductFile& file : products.files) summary.products.push_back(std::move(file.name));
  return summary;
}

}  // namespace

tl::expected<CivilSummary, Errors> run_civil(const RunOptions& options, Monitor& monitor) {
  const auto scenario = load_scenario(options.scenario, options.data);
  if (!scenario) return tl::unexpected<Errors>(scenario.error());
  auto summary = ledger_of(options, *scenario, monitor);
  if (!summary) return tl::unexpected<Errors>(Errors{std::move(summary.error())});
  return std::move(*summary);
}

}  // namespace abatis
