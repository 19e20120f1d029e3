#include "abatis/run/run.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/measures/decisions.hpp"
#include "abatis/network/network.hpp"
#include "abatis/report/products.hpp"
#include "budget_check.hpp"
#include "ground.hpp"
#include "manifest.hpp"
#include "plan_check.hpp"
#include "stage_products.hpp"
#include "stage_words.hpp"
#include "standing_products.hpp"
#include "travel_check.hpp"

namespace abatis {
namespace {

constexpr int kMaxRough = 3;  // rough plans that may refine the network
constexpr double kRoughGap = 0.3;
constexpr int kMaxReplans = 2;  // full plans that may

// Once a plan was interrupted, its products are still written: this monitor passes progress on and
// no longer stops. (A second signal ends the program at once.)
class FinishingMonitor : public Monitor {
 public:
  explicit FinishingMonitor(Monitor& inner) : inner_(inner) {}
  void begin(std::string_view phase, std::int64_t total, std::string_view unit) override {
    inner_.begin(phase, total, unit);
  }
  void advance(std::int64_t done) override { inner_.advance(done); }
  void note(std::string_view line) override { inner_.note(line); }

 private:
  Monitor& inner_;
};

// One run: what has been made so far, and where it is kept.
class Runner {
 public:
  Runner(const RunOptions& options, Scenario scenario, StageCache cache, Monitor& monitor)
      : options_(options),
        scenario_(std::move(scenario)),
        cache_(std::move(cache)),
        keys_(stage_keys(scenario_, options.program, static_cast<int>(options.combine))),
        monitor_(monitor) {}

  Result<RunSummary> go();

 private:
  Status travel();
  Status plan();
  Status plan_on_grid();
  Status tradeoffs();
  RunView view() const;
  Result<bool> plan_once(double gap);
  Status write_stage_products();
  Result<Products> write_plan();
  Status report();
  void done(Stage stage, bool cached, Clock::time_point from, std::string said) {
    stage_done(monitor_, summary_.stages, stage, cached, from, std::move(said));
  }
  bool wanted(Stage stage) const { return stage <= options_.last; }

  const RunOptions& options_;
  Scenario scenario_;
  StageCache cache_;
  StageKeys keys_;
  Monitor& monitor_;
  Terrain terrain_;
  Mobility mobility_;
  SiteSet sites_;
  Network network_;
  PlanProblem problem_;
  std::vector<PlanOrigin> origin_;
  PlanResult plan_;
  std::optional<Tradeoffs> tradeoffs_;
  RunSummary summary_;
};

Result<RunSummary> Runner::go() {
  const Stages stages{cache_, monitor_, summary_.stages, options_.fresh};
  ABATIS_TRY(terrain_, terrain_stage(options_, scenario_, keys_, stages));
  if (wanted(Stage::mobility)) {
    ABATIS_TRY(mobility_, mobility_stage(options_, scenario_, terrain_, keys_, stages));
  }
  if (wanted(Stage::travel)) ABATIS_CHECK(travel());
  if (wanted(Stage::sites)) {
    ABATIS_TRY(
        sites_,
        stages.staged<SiteSet>(
            Stage::sites, keys_.sites,
            [&] { return find_sites(scenario_, terrain_, mobility_, options_.threads, monitor_); },
            [&](const SiteSet& s) { return say_sites(s, scenario_); }));
    ABATIS_CHECK(apply_decisions(scenario_, sites_));
  }
  if (wanted(Stage::network)) {
    ABATIS_TRY(network_, stages.staged<Network>(
                             Stage::network, keys_.network,
                             [&] {
                               return build_network(scenario_, terrain_, mobility_, sites_,
                                                    options_.threads, monitor_);
                             },
                             [](const Network& n) { return say_network(n); }));
  }
  if (wanted(Stage::plan)) ABATIS_CHECK(plan());
  if (wanted(Stage::tradeoffs)) ABATIS_CHECK(tradeoffs());
  if (wanted(Stage::report)) {
    ABATIS_CHECK(report());
  } else {
    ABATIS_CHECK(write_stage_products());
  }
  return std::move(summary_);
}

// Every case must have a way before anything is planned on it.
Status Runner::travel() {
  const auto from = Clock::now();
  if (!options_.fresh) {
    if (auto said = cache_.get(to_string(Stage::travel), keys_.travel)) {
      done(Stage::travel, true, from, *said);
      return {};
    }
  }
  ABATIS_TRY(const std::string said,
             check_travel(scenario_, terrain_, mobility_, options_.threads, monitor_));
  ABATIS_CHECK(cache_.put(to_string(Stage::travel), keys_.travel, said));
  done(Stage::travel, false, from, said);
  return {};
}

// One plan on the network as it is, then the look at the grid. True: the network was refined where
// it flattered this plan. `gap` may be wider than the scenario's for a rough plan.
Result<bool> Runner::plan_once(double gap) {
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
  problem_.threads = options_.threads;
  problem_.start = plan_.purchases;  // of the network before it was refined, if there was one
  problem_.gap = gap;
  ABATIS_TRY(plan_, solve_plan(problem_, monitor_));
  if (plan_.status == PlanStatus::interrupted) return false;
  auto refined = refine_for_plan(scenario_, terrain_, mobility_, sites_, problem_, plan_, network_,
                                 options_.threads, monitor_);
  if (!refined && refined.error().code == ErrorCode::interrupted) {
    plan_.status = PlanStatus::interrupted;  // a plan is there: it is kept, and marked
    return false;
  }
  return refined;
}

// The plan is held to the grid: where the network flatters it, the network is refined by the very
// paths that show it, and the plan is made again. Rough plans come first, since they find most of
// what an optimiser can exploit at a fraction of the time. What error is left, the outcome
// measures.
Status Runner::plan_on_grid() {
  const double rough = std::max(kRoughGap, scenario_.plan.gap);
  for (int round = 0; round < kMaxRough; ++round) {
    ABATIS_TRY(const bool refined, plan_once(rough));
    if (plan_.status == PlanStatus::interrupted) return {};
    if (!refined) break;
    monitor_.note("plan: the grid found a faster way than the network; refined, planning again");
  }
  for (int round = 0; round < kMaxReplans; ++round) {
    ABATIS_TRY(const bool refined, plan_once(scenario_.plan.gap));
    if (!refined) return {};
    monitor_.note("plan: the grid found a faster way than the network; refined, planning again");
  }
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
  problem_.threads = options_.threads;
  problem_.start = plan_.purchases;
  ABATIS_TRY(plan_, solve_plan(problem_, monitor_));
  return {};
}

Status Runner::plan() {
  const auto from = Clock::now();
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
  ABATIS_CHECK(check_budget(scenario_, problem_));
  bool cached = false;
  if (auto bytes = options_.fresh ? std::nullopt : cache_.get(to_string(Stage::plan), keys_.plan)) {
    if (auto stored = from_bytes<PlannedNetwork>(*bytes)) {
      plan_ = std::move(stored->plan);
      network_ = std::move(stored->network);
      problem_ = make_problem(scenario_, sites_, network_, &origin_);
      cached = true;
    }
  }
  if (!cached) {
    ABATIS_CHECK(plan_on_grid());
    if (plan_.status != PlanStatus::interrupted) {
      ABATIS_CHECK(cache_.put(to_string(Stage::plan), keys_.plan,
                              to_bytes(PlannedNetwork{plan_, network_})));
    }
  }
  summary_.status = plan_.status;
  done(Stage::plan, cached, from, say_plan(plan_));
  return {};
}

// For scenarios that ask for them, and for whoever asks for this stage.
Status Runner::tradeoffs() {
  const bool asked = options_.last == Stage::tradeoffs || scenario_.tradeoffs.given;
  if (!asked || plan_.status == PlanStatus::interrupted) return {};
  const Stages stages{cache_, monitor_, summary_.stages, options_.fresh};
  const TradeoffInput input{scenario_, terrain_, mobility_, sites_,
                            network_,  problem_, origin_,   plan_};
  ABATIS_TRY(tradeoffs_, stages.staged<Tradeoffs>(
                             Stage::tradeoffs, keys_.tradeoffs,
                             [&] { return compute_tradeoffs(input, options_.threads, monitor_); },
                             [](const Tradeoffs& t) { return say_tradeoffs(t); }));
  return {};
}

RunView Runner::view() const {
  return {scenario_, terrain_, mobility_,
          sites_,    network_, problem_,
          origin_,   plan_,    tradeoffs_ ? &*tradeoffs_ : nullptr};
}

Status Runner::report() {
  const auto from = Clock::now();
  const auto said = [&] { return fmt::format("{} products", summary_.products.size()); };
  const bool finished = plan_.status != PlanStatus::interrupted;
  if (!options_.fresh && finished) {
    const auto stored = cache_.get(to_string(Stage::report), keys_.report);
    if (auto standing = stored ? standing_products(*stored, options_.out) : std::nullopt) {
      summary_.words = std::move(standing->words);
      summary_.products = std::move(standing->files);
      done(Stage::report, true, from, said());
      return {};
    }
  }
  const RunView view = this->view();
  FinishingMonitor finishing(monitor_);
  Monitor& monitor = finished ? monitor_ : finishing;
  ABATIS_TRY(const Outcome outcome, compute_outcome(view, options_.threads, monitor));
  ABATIS_TRY(auto products, write_products(view, outcome, options_.out, options_.threads, monitor));
  ABATIS_CHECK(write_manifest(options_, scenario_, products));
  products.push_back({"manifest.json", "inputs and products with their hashes"});
  summary_.words = plan_in_words(view, outcome);
  for (const auto& product : products) summary_.products.push_back(product.name);
  ABATIS_TRY(const std::string stored,
             describe_products({summary_.words, summary_.products}, options_.out));
  if (finished) {
    ABATIS_CHECK(cache_.put(to_string(Stage::report), keys_.report, stored));
  }
  done(Stage::report, false, from, said());
  return {};
}

// What a single-stage command leaves to look at.
Status Runner::write_stage_products() {
  const auto write = [&]() -> Result<Products> {
    switch (options_.last) {
      case Stage::terrain:
        return write_terrain(scenario_, terrain_, options_.out);
      case Stage::mobility:
        return write_mobility(scenario_, mobility_, options_.out);
      case Stage::travel:
        return write_travel(scenario_, terrain_, mobility_, options_.out, monitor_);
      case Stage::sites:
        return write_sites(scenario_, sites_, options_.out);
      case Stage::network:
        return write_network(scenario_, network_, options_.out);
      case Stage::plan:
      case Stage::tradeoffs:
        return write_plan();
      case Stage::report:
        break;
    }
    return Products{};
  };
  ABATIS_TRY(const Products products, write());
  for (const auto& product : products) summary_.products.push_back(product.name);
  return {};
}

Result<Products> Runner::write_plan() {
  const RunView view = this->view();
  ABATIS_TRY(const Outcome outcome, compute_outcome(view, options_.threads, monitor_));
  const auto folder = options_.out / "plan";
  ABATIS_CHECK(ensure_writable_folder(folder));
  ABATIS_CHECK(write_file(folder / "plan.json", plan_json(view, outcome)));
  summary_.words = plan_in_words(view, outcome);
  return Products{{"plan/plan.json", "the plan"}};
}

}  // namespace

std::string_view to_string(Stage stage) {
  constexpr std::array<std::string_view, kStageCount> kNames{
      "terrain", "mobility", "travel", "sites", "network", "plan", "tradeoffs", "report"};
  return kNames.at(static_cast<std::size_t>(stage));
}

tl::expected<RunSummary, Errors> run(const RunOptions& options, Monitor& monitor) {
  auto scenario = load_scenario(options.scenario, options.data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  if (options.gap) scenario->plan.gap = *options.gap;
  if (options.time_limit_s) scenario->plan.time_limit_s = *options.time_limit_s;
  auto cache = open_cache(*scenario, options);
  if (!cache) return tl::unexpected<Errors>(Errors{std::move(cache.error())});
  Runner runner(options, std::move(*scenario), std::move(*cache), monitor);
  auto summary = runner.go();
  if (!summary) {
    Error error = std::move(summary.error());
    if (error.code == ErrorCode::interrupted && error.hint.empty()) {
      error.hint = "every finished stage is kept: the same command goes on from there";
    }
    return tl::unexpected<Errors>(Errors{std::move(error)});
  }
  return std::move(*summary);
}

}  // namespace abatis
