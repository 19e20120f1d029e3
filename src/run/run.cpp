#include "abatis/run/run.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/civil/evacuation.hpp"
#include "abatis/economy/economy.hpp"
#include "abatis/law/record_book.hpp"
#include "abatis/network/network.hpp"
#include "abatis/report/law.hpp"
#include "abatis/report/products.hpp"
#include "abatis/report/screen_products.hpp"
#include "abatis/report/watch_products.hpp"
#include "abatis/run/records.hpp"
#include "abatis/watch/watch.hpp"
#include "budget_check.hpp"
#include "ground.hpp"
#include "manifest.hpp"
#include "plan_source.hpp"
#include "planning.hpp"
#include "screened.hpp"
#include "stage_products.hpp"
#include "stage_words.hpp"
#include "standing_products.hpp"
#include "travel_check.hpp"

namespace abatis {
namespace {

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
  void searched(const SearchState& state) override { inner_.searched(state); }

 private:
  Monitor& inner_;
};

// What a plan is held against once it is made: data that change products, never the plan.
struct Surroundings {
  LawData law;
  std::optional<Economy> economy;
  LeavingRules leaving;
};

tl::expected<Surroundings, Errors> load_surroundings(const Scenario& scenario) {
  auto law = load_law(std::nullopt, own_law_file(scenario.file));
  if (!law) return tl::unexpected<Errors>(std::move(law.error()));
  auto economy = load_economy(scenario.friendly.front(), own_economy_file(scenario.file));
  if (!economy) return tl::unexpected<Errors>(std::move(economy.error()));
  auto leaving = load_leaving_rules(own_leaving_file(scenario.file));
  if (!leaving) return tl::unexpected<Errors>(std::move(leaving.error()));
  return Surroundings{std::move(*law), std::move(*economy), std::move(*leaving)};
}

// One run: what has been made so far, and where it is kept.
class Runner {
 public:
  Runner(const RunOptions& options, Scenario scenario, Surroundings around, StageCache cache,
         Monitor& monitor)
      : options_(options),
        scenario_(std::move(scenario)),
        around_(std::move(around)),
        cache_(std::move(cache)),
        keys_(stage_keys(scenario_, options.program, static_cast<int>(options.combine))),
        monitor_(monitor) {}

  Result<RunSummary> go();

 private:
  Status travel();
  Status choose_rows();
  Status plan();
  Status tradeoffs();
  void take(PlannedNetwork planned);
  Status write_stage_products();
  Result<Products> write_watch_stage();
  bool plan_stands(const char* stage, const std::string& key);
  Status judge();
  Status write_plan();
  Status screen(Monitor& monitor);
  Status report();
  void done(Stage stage, bool cached, Clock::time_point from, std::string said) {
    stage_done(monitor_, summary_.stages, stage, cached, from, std::move(said));
  }
  RunView seen() const {
    return {scenario_,
            terrain_,
            mobility_,
            sites_,
            network_,
            problem_,
            origin_,
            plan_,
            searches_,
            tradeoffs_ ? &*tradeoffs_ : nullptr,
            law_ ? &*law_ : nullptr,
            around_.economy ? &*around_.economy : nullptr,
            scenario_.surveillance.given ? &watch_ : nullptr,
            screen_view_ ? &*screen_view_ : nullptr,
            &records_};
  }
  // How people leave under the plan of `outcome`.
  Result<Evacuation> leaving(const Outcome& outcome, Monitor& monitor) const {
    return plan_evacuation(scenario_, terrain_, sites_, civil_purchases(origin_, plan_.purchases),
                           outcome.ledger.districts, around_.leaving, options_.threads, monitor);
  }
  // Of products made from this very plan, with its trade-offs or without.
  std::string shown_key() const {
    const std::string around = around_.law.digest + around_.leaving.digest +
                               (around_.economy ? around_.economy->digest : "") +
                               (record_text_ ? sha256_hex(*record_text_) : "");
    return products_key((tradeoffs_ ? keys_.report + " with trade-offs" : keys_.report) + around,
                        scenario_.plan.gap, plan_digest_);
  }
  bool wanted(Stage stage) const { return stage <= options_.last; }

  const RunOptions& options_;
  Scenario scenario_;
  Surroundings around_;
  StageCache cache_;
  StageKeys keys_;
  Monitor& monitor_;
  Terrain terrain_;
  Mobility mobility_;
  SiteSet sites_;
  Watch watch_;
  Network network_;
  PlanProblem problem_;
  std::vector<PlanOrigin> origin_;
  PlanResult plan_;
  std::optional<Tradeoffs> tradeoffs_;
  std::optional<LawFindings> findings_;
  std::optional<LawReport> law_;
  std::optional<std::string> record_text_;  // of records kept beside the products
  RecordBook records_;
  Screened screened_;
  std::optional<ChosenRows> rows_;  // that [screening] chooses
  std::optional<Screening> screening_;
  std::optional<ScreenView> screen_view_;  // of what stands above
  std::string plan_digest_;                // of the plan as it is kept
  int searches_ = 0;                       // that made it
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
    ABATIS_TRY(sites_, sites_stage(options_, scenario_, terrain_, mobility_, keys_, stages));
  }
  if (wanted(Stage::watch)) {
    ABATIS_TRY(watch_,
               watch_stage(options_, scenario_, terrain_, mobility_, keys_, stages, sites_));
    screen_own_sensors(scenario_, terrain_, watch_);
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
  if (wanted(Stage::plan)) {
    ABATIS_CHECK(choose_rows());
    ABATIS_CHECK(plan());
    ABATIS_CHECK(judge());
  }
  if (wanted(Stage::tradeoffs)) ABATIS_CHECK(tradeoffs());
  if (wanted(Stage::report)) {
    ABATIS_CHECK(report());
  } else if (wanted(Stage::plan)) {
    ABATIS_CHECK(write_plan());
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

// Rows of trees that [screening] chooses are decided on before the plan is made.
Status Runner::choose_rows() {
  ABATIS_TRY(rows_, screened_.chosen({scenario_, terrain_, sites_, options_.threads, monitor_},
                                     cache_, keys_.screen, options_.fresh));
  if (!rows_) return {};
  for (Decision& decision : decisions_of(scenario_, sites_, *rows_)) {
    scenario_.decisions.push_back(std::move(decision));
  }
  return {};
}

// What the rows that the plan buys do, where the scenario asks.
Status Runner::screen(Monitor& monitor) {
  if (!scenario_.screening.given) return {};
  ABATIS_TRY(const RoadExposure* roads,
             screened_.roads({scenario_, terrain_, sites_, options_.threads, monitor}));
  ABATIS_TRY(screening_,
             compute_screening(scenario_, terrain_, sites_, *roads, rows_,
                               planted_by_plan(scenario_, *roads, origin_, plan_.purchases),
                               options_.threads));
  screen_view_.emplace(ScreenView{scenario_, terrain_, sites_, *roads, *screening_, true});
  return {};
}

void Runner::take(PlannedNetwork planned) {
  plan_ = std::move(planned.plan);
  network_ = std::move(planned.network);
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
  problem_.threads = options_.threads;
  problem_.seed = planned.seed;
}

Status Runner::plan() {
  const auto from = Clock::now();
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
  ABATIS_CHECK(check_budget(scenario_, problem_));
  ABATIS_CHECK(keep_source(options_, cache_));
  std::string bytes = cache_.get(to_string(Stage::plan), keys_.plan).value_or("");
  std::optional<PlannedNetwork> kept = from_bytes<PlannedNetwork>(bytes);
  kept = to_begin_from(std::move(kept), options_, monitor_);
  const bool cached = kept && answers(*kept, options_, scenario_.plan.gap);
  std::string begun;
  if (!cached) {
    PlannedNetwork now;
    now.network = std::move(network_);
    now.seed = options_.seed.value_or(0);
    if (kept) {
      begun = fmt::format("; begun from the kept plan ({})", say_kept(*kept));
      monitor_.note(fmt::format("plan: begins from the kept plan: {}", say_kept(*kept)));
      now = std::move(*kept);
    }
    ABATIS_TRY(kept, plan_on_grid({scenario_, terrain_, mobility_, sites_}, std::move(now),
                                  options_.threads, monitor_));
    bytes = to_bytes(*kept);
    ABATIS_CHECK(cache_.put(to_string(Stage::plan), keys_.plan, bytes));
  }
  // A limit that struck before counts for nothing where what was proven is enough now.
  if (cached && kept->plan.status != PlanStatus::optimal &&
      kept->plan.gap() <= scenario_.plan.gap) {
    kept->plan.status = PlanStatus::within_gap;
  }
  plan_digest_ = sha256_hex(bytes);
  searches_ = kept->searches;
  take(std::move(*kept));
  summary_.status = plan_.status;
  done(Stage::plan, cached, from, say_plan(plan_) + begun);
  if (plan_.status == PlanStatus::interrupted) {
    monitor_.note("plan: stopped; the best plan is being written (Ctrl-C again ends at once)");
  }
  return {};
}

// The plan is kept by now; what the law forbids gets no products.
Status Runner::judge() {
  auto found = check_law({scenario_, terrain_, sites_, origin_, plan_.purchases, around_.law, {}});
  if (!found) {
    Errors& errors = found.error();
    if (errors.size() > 1) errors[0].message += fmt::format("; and {} more", errors.size() - 1);
    return tl::unexpected(std::move(errors[0]));
  }
  findings_ = std::move(*found);
  law_.emplace(LawReport{around_.law, *findings_, {}});
  ABATIS_TRY(record_text_, kept_records(options_.out));
  const LawView view{scenario_, terrain_, sites_, origin_, plan_.purchases, around_.law, {}};
  records_ = book_records(zone_records(view, findings_->actions), record_text_);
  return {};
}

// For scenarios that ask for them, and for whoever asks for this stage.
Status Runner::tradeoffs() {
  const bool asked = options_.last == Stage::tradeoffs || scenario_.tradeoffs.given;
  if (!asked || plan_.status == PlanStatus::interrupted) return {};
  const Stages stages{cache_, monitor_, summary_.stages, options_.fresh};
  const TradeoffInput input{scenario_, terrain_, mobility_, sites_,
                            network_,  problem_, origin_,   plan_};
  ABATIS_TRY(tradeoffs_,
             stages.staged<Tradeoffs>(
                 Stage::tradeoffs, products_key(keys_.tradeoffs, scenario_.plan.gap, plan_digest_),
                 [&] { return compute_tradeoffs(input, options_.threads, monitor_); },
                 [](const Tradeoffs& t) { return say_tradeoffs(t); }));
  return {};
}

// Products of this very plan that an earlier call wrote and that stand unchanged.
bool Runner::plan_stands(const char* stage, const std::string& key) {
  if (options_.fresh || plan_.status == PlanStatus::interrupted) return false;
  const auto stored = cache_.get(stage, key);
  auto standing = stored ? standing_products(*stored, options_.out) : std::nullopt;
  if (!standing) return false;
  summary_.words = std::move(standing->words);
  summary_.products = std::move(standing->files);
  return true;
}

Status Runner::report() {
  const auto from = Clock::now();
  const auto said = [&] { return fmt::format("{} products", summary_.products.size()); };
  const std::string key = shown_key();
  if (plan_stands("report", key)) {
    done(Stage::report, true, from, said());
    return {};
  }
  const bool finished = plan_.status != PlanStatus::interrupted;
  FinishingMonitor finishing(monitor_);
  Monitor& monitor = finished ? monitor_ : finishing;
  ABATIS_CHECK(screen(monitor));
  const RunView view = seen();
  ABATIS_TRY(const Outcome outcome, compute_outcome(view, options_.threads, monitor));
  ABATIS_TRY(const Evacuation evacuation, leaving(outcome, monitor));
  ABATIS_TRY(auto products,
             write_products(view, outcome, options_.out, options_.threads, monitor, &evacuation));
  ABATIS_CHECK(write_manifest(options_, scenario_, products));
  products.push_back({"manifest.json", "inputs and products with their hashes"});
  summary_.words = plan_in_words(view, outcome);
  for (const auto& product : products) summary_.products.push_back(product.name);
  ABATIS_TRY(const std::string stored,
             describe_products({summary_.words, summary_.products}, options_.out));
  if (finished) ABATIS_CHECK(cache_.put("report", key, stored));
  done(Stage::report, false, from, said());
  return {};
}

// Sensors without a plan around them.
Result<Products> Runner::write_watch_stage() {
  if (!scenario_.surveillance.given) {
    return input_error("the scenario asks for no early warning",
                       {.file = scenario_.file.string(), .item = "surveillance"},
                       "add [surveillance], sensors to sites.measures and money for their class");
  }
  ABATIS_TRY(WatchProducts made,
             write_watch_products(scenario_, terrain_, sites_, watch_, std::nullopt, options_.out));
  ABATIS_CHECK(drop_stale_manifest(options_.out, monitor_));
  summary_.words = std::move(made.words);
  return std::move(made.files);
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
      case Stage::watch:
        return write_watch_stage();
      case Stage::network:
        return write_network(scenario_, network_, options_.out);
      case Stage::plan:
      case Stage::tradeoffs:
      case Stage::report:
        break;
    }
    return Products{};
  };
  ABATIS_TRY(const Products products, write());
  for (const auto& product : products) summary_.products.push_back(product.name);
  return {};
}

// plan.json and plan.gpkg, where a report would leave them.
Status Runner::write_plan() {
  const std::string key = shown_key();
  if (plan_stands("products", key)) return {};
  const bool finished = plan_.status != PlanStatus::interrupted;
  const RunView view = seen();
  FinishingMonitor finishing(monitor_);
  Monitor& monitor = finished ? monitor_ : finishing;
  ABATIS_TRY(const Outcome outcome, compute_outcome(view, options_.threads, monitor));
  ABATIS_TRY(const Evacuation evacuation, leaving(outcome, monitor));
  ABATIS_TRY(const auto products, write_plan_products(view, outcome, options_.out, &evacuation));
  ABATIS_CHECK(drop_stale_manifest(options_.out, monitor_));
  summary_.words = plan_in_words(view, outcome);
  for (const auto& product : products) summary_.products.push_back(product.name);
  ABATIS_TRY(const std::string stored,
             describe_products({summary_.words, summary_.products}, options_.out));
  return finished ? cache_.put("products", key, stored) : Status{};
}

}  // namespace

std::string_view to_string(Stage stage) {
  constexpr std::array<std::string_view, kStageCount> kNames{
      "terrain", "mobility", "travel", "sites", "watch", "network", "plan", "tradeoffs", "report"};
  return kNames.at(static_cast<std::size_t>(stage));
}

tl::expected<RunSummary, Errors> run(const RunOptions& options, Monitor& monitor) {
  auto scenario = load_scenario(options.scenario, options.data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  if (options.gap) scenario->plan.gap = *options.gap;
  if (options.time_limit_s) scenario->plan.time_limit_s = *options.time_limit_s;
  auto around = load_surroundings(*scenario);
  if (!around) return tl::unexpected<Errors>(std::move(around.error()));
  auto cache = open_cache(*scenario, options);
  if (!cache) return failed(std::move(cache.error()));
  Runner runner(options, std::move(*scenario), std::move(*around), std::move(*cache), monitor);
  auto summary = runner.go();
  if (!summary) {
    Error error = std::move(summary.error());
    if (error.code == ErrorCode::interrupted && error.hint.empty()) {
      error.hint = "every finished stage is kept: the same command goes on from there";
    }
    return failed(std::move(error));
  }
  return std::move(*summary);
}

}  // namespace abatis
