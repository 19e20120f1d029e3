#include "abatis/run/screen.hpp"

#include <optional>
#include <utility>

#include "abatis/base/hash.hpp"
#include "abatis/report/screen_products.hpp"
#include "ground.hpp"
#include "plan_file.hpp"
#include "screened.hpp"
#include "stage_words.hpp"
#include "standing_products.hpp"

namespace abatis {
namespace {

constexpr const char* kScreenStage = "screen";

class ScreenRunner {
 public:
  ScreenRunner(const ScreenOptions& options, Scenario scenario, StageCache cache, Monitor& monitor)
      : options_(options),
        scenario_(std::move(scenario)),
        cache_(std::move(cache)),
        keys_(stage_keys(scenario_, options.run.program, static_cast<int>(options.run.combine))),
        monitor_(monitor) {}

  Result<ScreenSummary> go() {
    if (!options_.plan.empty()) {
      ABATIS_TRY(plan_, find_plan(options_.plan));
    }
    const std::string key = key_of();
    if (const auto stored = options_.run.fresh ? std::nullopt : cache_.get(kScreenStage, key)) {
      if (auto standing = standing_products(*stored, options_.run.out)) {
        summary_.words = std::move(standing->words);
        summary_.products = std::move(standing->files);
        summary_.cached = true;
        return std::move(summary_);
      }
    }
    ABATIS_CHECK(build_stages());
    const auto from = Clock::now();
    ABATIS_CHECK(reckon(key));
    summary_.seconds = std::chrono::duration<double>(Clock::now() - from).count();
    return std::move(summary_);
  }

 private:
  std::string key_of() const {
    Hasher hasher;
    hasher.text(keys_.screen);
    hasher.text(keys_.watch);
    hasher.text(plan_ ? plan_->sha256 : "");
    return hasher.hex();
  }

  Status build_stages() {
    const Stages stages{cache_, monitor_, summary_.stages, options_.run.fresh};
    ABATIS_TRY(terrain_, terrain_stage(options_.run, scenario_, keys_, stages));
    ABATIS_TRY(const Mobility mobility,
               mobility_stage(options_.run, scenario_, terrain_, keys_, stages));
    ABATIS_TRY(sites_, sites_stage(options_.run, scenario_, terrain_, mobility, keys_, stages));
    ABATIS_TRY(const Watch watch,
               watch_stage(options_.run, scenario_, terrain_, mobility, keys_, stages, sites_));
    screen_own_sensors(scenario_, terrain_, watch);
    return {};
  }

  Result<std::vector<int>> planted(const RoadExposure& roads,
                                   const std::optional<ChosenRows>& chosen) const {
    if (plan_) {
      const Network none;  // only the options are asked for
      std::vector<PlanOrigin> origin;
      make_problem(scenario_, sites_, none, &origin);
      ABATIS_TRY(const std::vector<Purchase> purchases,
                 read_purchases(*plan_, scenario_, sites_, origin));
      return planted_by_plan(scenario_, roads, origin, purchases);
    }
    if (chosen) return planted_as_chosen(scenario_, sites_, roads, *chosen);
    return std::vector<int>(roads.candidates.size(), 0);
  }

  Status reckon(const std::string& key) {
    const ScreenGroundwork work{scenario_, terrain_, sites_, options_.run.threads, monitor_};
    Screened screened;
    ABATIS_TRY(const RoadExposure* roads, screened.roads(work));
    ABATIS_TRY(std::optional<ChosenRows> chosen,
               screened.chosen(work, cache_, keys_.screen, options_.run.fresh));
    ABATIS_TRY(const std::vector<int> years, planted(*roads, chosen));
    ABATIS_TRY(const Screening screening,
               compute_screening(scenario_, terrain_, sites_, *roads, std::move(chosen), years,
                                 options_.run.threads));
    const ScreenView view{scenario_, terrain_, sites_, *roads, screening, plan_.has_value()};
    ABATIS_TRY(const auto products, write_screen_products(view, options_.run.out));
    summary_.words = screen_in_words(view);
    for (const auto& product : products) summary_.products.push_back(product.name);
    ABATIS_TRY(const std::string stored,
               describe_products({summary_.words, summary_.products}, options_.run.out));
    return cache_.put(kScreenStage, key, stored);
  }

  const ScreenOptions& options_;
  Scenario scenario_;
  StageCache cache_;
  StageKeys keys_;
  Monitor& monitor_;
  std::optional<PlanFile> plan_;
  Terrain terrain_;
  SiteSet sites_;
  ScreenSummary summary_;
};

}  // namespace

tl::expected<ScreenSummary, Errors> run_screen(const ScreenOptions& options, Monitor& monitor) {
  auto scenario = load_scenario(options.run.scenario, options.run.data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  const auto prepared = [&]() -> Result<StageCache> {
    if (!scenario->screening.given) {
      return input_error("the scenario asks for no screening of roads",
                         {.file = options.run.scenario.string()},
                         "add a [screening] section with its provenance "
                         "(docs/reference/scenario.md)");
    }
    return open_cache(*scenario, options.run);
  };
  auto cache = prepared();
  if (!cache) return failed(std::move(cache.error()));
  ScreenRunner runner(options, std::move(*scenario), std::move(*cache), monitor);
  auto summary = runner.go();
  if (!summary) return failed(std::move(summary.error()));
  return std::move(*summary);
}

}  // namespace abatis
