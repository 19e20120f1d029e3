#include "abatis/run/gap.hpp"

#include <optional>
#include <utility>

#include "abatis/base/hash.hpp"
#include "abatis/gap/gap.hpp"
#include "abatis/report/gap_products.hpp"
#include "ground.hpp"
#include "plan_file.hpp"
#include "stage_words.hpp"
#include "standing_products.hpp"
#include "travel_check.hpp"

namespace abatis {
namespace {

constexpr const char* kGapStage = "gap";

// The ground with nothing built and, with a plan, at the end of each of its years.
struct PlannedGround {
  Raster<std::int32_t> barrier;
  std::vector<GapState> states;
};

class GapRunner {
 public:
  GapRunner(const GapOptions& options, Scenario scenario, StageCache cache, Monitor& monitor)
      : options_(options),
        scenario_(std::move(scenario)),
        cache_(std::move(cache)),
        keys_(stage_keys(scenario_, options.run.program, static_cast<int>(options.run.combine))),
        monitor_(monitor) {}

  Result<GapSummary> go() {
    if (!options_.plan.empty()) {
      ABATIS_TRY(plan_, find_plan(options_.plan));
    }
    const std::string key = key_of();
    if (const auto stored = options_.run.fresh ? std::nullopt : cache_.get(kGapStage, key)) {
      if (auto standing = standing_products(*stored, options_.run.out)) {
        summary_.words = std::move(standing->words);
        summary_.products = std::move(standing->files);
        summary_.cached = true;
        return std::move(summary_);
      }
    }
    ABATIS_CHECK(build_stages());
    const auto from = Clock::now();
    ABATIS_CHECK(measure(key));
    summary_.seconds = std::chrono::duration<double>(Clock::now() - from).count();
    return std::move(summary_);
  }

 private:
  std::string key_of() const {
    Hasher hasher;
    hasher.text(keys_.gap);
    if (plan_) {
      hasher.text(keys_.watch);
      hasher.text(plan_->sha256);
    }
    return hasher.hex();
  }

  Status build_stages() {
    const Stages stages{cache_, monitor_, summary_.stages, options_.run.fresh};
    ABATIS_TRY(terrain_, terrain_stage(options_.run, scenario_, keys_, stages));
    ABATIS_TRY(mobility_, mobility_stage(options_.run, scenario_, terrain_, keys_, stages));
    if (!plan_) return {};
    ABATIS_TRY(sites_, sites_stage(options_.run, scenario_, terrain_, mobility_, keys_, stages));
    ABATIS_CHECK(watch_stage(options_.run, scenario_, terrain_, mobility_, keys_, stages, sites_));
    return {};
  }

  // With a plan the same barriers stand before it, with sites that cost nothing yet, as in the
  // outcome of a run.
  Result<PlannedGround> ground() const {
    const int speeds = static_cast<int>(mobility_.speeds.size());
    PlannedGround out;
    GapState today;
    if (!plan_) {
      out.barrier = natural_barriers(terrain_);
      for (int k = 0; k < speeds; ++k) today.delay_s.push_back(natural_delays(mobility_, k));
      out.states.push_back(std::move(today));
      return out;
    }
    out.barrier = sites_.barrier;
    const Network none;  // only the options and their delays are asked for
    std::vector<PlanOrigin> origin;
    const PlanProblem problem = make_problem(scenario_, sites_, none, &origin);
    ABATIS_TRY(const std::vector<Purchase> purchases,
               read_purchases(*plan_, scenario_, sites_, origin));
    const std::vector<double> nothing(sites_.sites.size(), 0.0);
    for (int k = 0; k < speeds; ++k) {
      today.delay_s.push_back(barrier_delays(sites_, mobility_, k, nothing));
    }
    out.states.push_back(std::move(today));
    for (int year = 0; year < scenario_.years; ++year) {
      GapState state{.year = year};
      for (int k = 0; k < speeds; ++k) {
        state.delay_s.push_back(
            barrier_delays(sites_, mobility_, k, site_delays(problem, purchases, year, k)));
      }
      out.states.push_back(std::move(state));
    }
    return out;
  }

  Status measure(const std::string& key) {
    ABATIS_TRY(PlannedGround now, ground());
    GapInput input{scenario_, terrain_, mobility_, now.barrier, std::move(now.states)};
    std::vector<Gap> gaps;
    for (int g = 0; g < static_cast<int>(scenario_.gaps.size()); ++g) {
      ABATIS_TRY(Gap gap, compute_gap(input, g, options_.run.threads, monitor_));
      gaps.push_back(std::move(gap));
    }
    const GapView view{scenario_,    terrain_, mobility_,
                       input.states, gaps,     plan_ ? plan_->path.filename().string() : ""};
    ABATIS_TRY(const auto products, write_gap_products(view, options_.run.out));
    for (const Gap& gap : gaps) {
      for (std::string& line : gap_in_words(view, gap)) summary_.words.push_back(std::move(line));
    }
    for (const auto& product : products) summary_.products.push_back(product.name);
    ABATIS_TRY(const std::string stored,
               describe_products({summary_.words, summary_.products}, options_.run.out));
    return cache_.put(kGapStage, key, stored);
  }

  const GapOptions& options_;
  Scenario scenario_;
  StageCache cache_;
  StageKeys keys_;
  Monitor& monitor_;
  std::optional<PlanFile> plan_;
  Terrain terrain_;
  Mobility mobility_;
  SiteSet sites_;
  GapSummary summary_;
};

}  // namespace

tl::expected<GapSummary, Errors> run_gap(const GapOptions& options, Monitor& monitor) {
  auto scenario = load_scenario(options.run.scenario, options.run.data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  const auto prepared = [&]() -> Result<StageCache> {
    if (scenario->gaps.empty()) {
      return input_error("the scenario names no gap", {.file = options.run.scenario.string()},
                         "add a [[gaps]] table: id, name, between, joins "
                         "(docs/reference/scenario.md)");
    }
    return open_cache(*scenario, options.run);
  };
  auto cache = prepared();
  if (!cache) return failed(std::move(cache.error()));
  GapRunner runner(options, std::move(*scenario), std::move(*cache), monitor);
  auto summary = runner.go();
  if (!summary) return failed(std::move(summary.error()));
  return std::move(*summary);
}

}  // namespace abatis
