#include "abatis/run/run.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/network/network.hpp"
#include "abatis/report/products.hpp"
#include "abatis/store/stage_cache.hpp"
#include "abatis/store/stages.hpp"
#include "manifest.hpp"
#include "stage_products.hpp"
#include "travel_check.hpp"

namespace abatis {
namespace {

constexpr int kMaxReplans = 3;

using Clock = std::chrono::steady_clock;

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
  template <class T, class Build, class Say>
  Result<T> staged(Stage stage, const std::string& key, Build build, Say say);
  Status travel();
  Status plan();
  Result<double> grid_error(const PlanResult& plan, std::vector<PlanState>* states);
  Status write_stage_products();
  Status report();
  void done(Stage stage, bool cached, Clock::time_point from, std::string said);
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
  RunSummary summary_;
};

void Runner::done(Stage stage, bool cached, Clock::time_point from, std::string said) {
  const double seconds = std::chrono::duration<double>(Clock::now() - from).count();
  monitor_.note(fmt::format("{}: {}{}", to_string(stage), said, cached ? " (kept)" : ""));
  summary_.stages.push_back({stage, cached, seconds, std::move(said)});
}

template <class T, class Build, class Say>
Result<T> Runner::staged(Stage stage, const std::string& key, Build build, Say say) {
  const auto from = Clock::now();
  if (!options_.fresh) {
    if (auto bytes = cache_.get(to_string(stage), key)) {
      if (auto value = from_bytes<T>(*bytes)) {
        done(stage, true, from, say(*value));
        return std::move(*value);
      }
    }
  }
  ABATIS_TRY(T value, build());
  ABATIS_CHECK(cache_.put(to_string(stage), key, to_bytes(value)));
  done(stage, false, from, say(value));
  return value;
}

Result<RunSummary> Runner::go() {
  ABATIS_TRY(terrain_, staged<Terrain>(
                           Stage::terrain, keys_.terrain,
                           [&] { return build_terrain(scenario_, options_.threads, monitor_); },
                           [](const Terrain& t) { return say_terrain(t); }));
  if (wanted(Stage::mobility)) {
    ABATIS_TRY(mobility_, staged<Mobility>(
                              Stage::mobility, keys_.mobility,
                              [&] {
                                return build_mobility(scenario_, terrain_, options_.combine,
                                                      options_.threads, monitor_);
                              },
                              [&](const Mobility& m) { return say_mobility(m, scenario_); }));
  }
  if (wanted(Stage::travel)) ABATIS_CHECK(travel());
  if (wanted(Stage::sites)) {
    ABATIS_TRY(
        sites_,
        staged<SiteSet>(
            Stage::sites, keys_.sites,
            [&] { return find_sites(scenario_, terrain_, mobility_, options_.threads, monitor_); },
            [&](const SiteSet& s) { return say_sites(s, scenario_); }));
  }
  if (wanted(Stage::network)) {
    ABATIS_TRY(network_, staged<Network>(
                             Stage::network, keys_.network,
                             [&] {
                               return build_network(scenario_, terrain_, mobility_, sites_,
                                                    options_.threads, monitor_);
                             },
                             [](const Network& n) { return say_network(n); }));
  }
  if (wanted(Stage::plan)) ABATIS_CHECK(plan());
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

Status Runner::plan() {
  const auto from = Clock::now();
  const auto solve = [&]() -> Result<PlanResult> {
    problem_ = make_problem(scenario_, sites_, network_, &origin_);
    problem_.threads = options_.threads;
    return solve_plan(problem_, monitor_);
  };
  problem_ = make_problem(scenario_, sites_, network_, &origin_);
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
    ABATIS_TRY(plan_, solve());
    // The plan is held to the grid: where the network flatters it, the network is refined by the
    // very paths that show it, and the plan is made again.
    for (int round = 0; round < kMaxReplans; ++round) {
      if (plan_.status == PlanStatus::interrupted) break;
      ABATIS_TRY(const bool refined,
                 refine_for_plan(scenario_, terrain_, mobility_, sites_, problem_, plan_, network_,
                                 options_.threads, monitor_));
      if (!refined) break;
      monitor_.note("plan: the grid found a faster way than the network; refined and made again");
      ABATIS_TRY(plan_, solve());
    }
    if (plan_.status != PlanStatus::interrupted) {
      ABATIS_CHECK(cache_.put(to_string(Stage::plan), keys_.plan,
                              to_bytes(PlannedNetwork{plan_, network_})));
    }
  }
  summary_.status = plan_.status;
  done(Stage::plan, cached, from, say_plan(plan_));
  return {};
}

}  // namespace
}  // namespace abatis
