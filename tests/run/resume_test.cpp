// What `abatis plan` leaves, and where the next one begins.
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/hash.hpp"
#include "abatis/run/run.hpp"
#include "run_of.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::options_of;
using abatis::testing::run_or_throw;
using abatis::testing::TinyWorld;

RunOptions plan_options(const TinyWorld& world) {
  RunOptions options = options_of(world);
  options.last = Stage::plan;
  return options;
}

nlohmann::json result_of(const TinyWorld& world) {
  return nlohmann::json::parse(read_file(world.out() / "plan.json").value()).at("result");
}

const StageDone& plan_stage(const RunSummary& summary) {
  for (const StageDone& one : summary.stages) {
    if (one.stage == Stage::plan) return one;
  }
  throw std::runtime_error("no plan was made");
}

bool begun_from_kept(const RunSummary& summary) {
  return plan_stage(summary).said.find("begun from the kept plan") != std::string::npos;
}

// Asks to stop once the search has said so many plans.
class StopAfterPlans : public Monitor {
 public:
  explicit StopAfterPlans(int plans) : left_(plans) {}
  void searched(const SearchState& state) override {
    if (state.best && --left_ <= 0) stop_ = true;
  }
  bool stop_requested() const override { return stop_; }

 private:
  int left_;
  bool stop_ = false;
};

TEST(Resume, APlanLeavesItsJsonAndItsMapAndIsNotMadeTwice) {
  const TinyWorld world("resume_twice");
  const auto first = run_or_throw(plan_options(world));
  EXPECT_EQ(first.products, (std::vector<std::string>{"plan.gpkg", "plan.json"}));
  for (const auto& name : first.products) EXPECT_TRUE(fs::exists(world.out() / name)) << name;
  EXPECT_FALSE(plan_stage(first).cached);
  const auto json = sha256_file(world.out() / "plan.json").value();
  const auto second = run_or_throw(plan_options(world));
  EXPECT_TRUE(plan_stage(second).cached);
  EXPECT_EQ(second.words, first.words);
  EXPECT_EQ(second.products, first.products);
  EXPECT_EQ(sha256_file(world.out() / "plan.json").value(), json);
  EXPECT_EQ(result_of(world).at("searches"), 1);
}

TEST(Resume, AnInterruptedPlanGoesOnAndIsNeverWorse) {
  for (const int plans : {1, 2, 4, 8}) {
    SCOPED_TRACE(plans);
    const TinyWorld world("resume_interrupted");
    StopAfterPlans monitor(plans);
    const auto stopped = run_or_throw(plan_options(world), monitor);
    ASSERT_EQ(stopped.status, PlanStatus::interrupted);
    const auto before = result_of(world);
    EXPECT_EQ(before.at("status"), "interrupted");
    EXPECT_GE(before.at("bound_s").get<double>(), before.at("objective_s").get<double>());
    const auto again = run_or_throw(plan_options(world));
    EXPECT_TRUE(begun_from_kept(again)) << plan_stage(again).said;
    const auto after = result_of(world);
    EXPECT_LE(after.at("gap").get<double>(), 0.01 + 1e-9);
    EXPECT_EQ(after.at("searches"), 2);
    // The network may have been refined in between, which takes up to its tolerance away.
    EXPECT_GE(after.at("objective_s").get<double>(), 0.99 * before.at("objective_s").get<double>());
  }
}

TEST(Resume, OnlyASmallerGapPlansAgain) {
  const TinyWorld world("resume_gap");
  auto options = plan_options(world);
  options.gap = 0.2;
  run_or_throw(options);
  const double wide = result_of(world).at("gap").get<double>();
  const bool best = result_of(world).at("status") == "optimal";
  options.gap = 0.3;
  EXPECT_TRUE(plan_stage(run_or_throw(options)).cached) << "a wider gap is met already";
  EXPECT_EQ(result_of(world).at("asked_gap"), 0.3);
  options.gap = 0.0;
  const auto narrow = run_or_throw(options);
  EXPECT_EQ(plan_stage(narrow).cached, best);
  EXPECT_NE(begun_from_kept(narrow), best);
  EXPECT_LE(result_of(world).at("gap").get<double>(), wide);
  options.gap = 0.2;
  EXPECT_TRUE(plan_stage(run_or_throw(options)).cached);
}

TEST(Resume, ALimitOfNodesIsSearchedOnByPlanAndTakenByReport) {
  TinyWorld world("resume_nodes");
  world.edit("gap = \"1 %\"\nnode_limit = 400", "gap = \"0 %\"\nnode_limit = 1");
  const auto first = run_or_throw(plan_options(world));
  if (first.status != PlanStatus::node_limit) GTEST_SKIP() << "the tiny plan needs no tree";
  auto report = plan_options(world);
  report.last = Stage::report;
  EXPECT_TRUE(plan_stage(run_or_throw(report)).cached);
  const auto again = run_or_throw(plan_options(world));
  EXPECT_FALSE(plan_stage(again).cached);
  EXPECT_TRUE(begun_from_kept(again));
}

TEST(Resume, AnotherSeedOrFreshPlansAnew) {
  const TinyWorld world("resume_seed");
  run_or_throw(plan_options(world));
  EXPECT_EQ(result_of(world).at("search_seed"), 0);
  auto options = plan_options(world);
  options.seed = 5;
  const auto other = run_or_throw(options);
  EXPECT_FALSE(plan_stage(other).cached);
  EXPECT_FALSE(begun_from_kept(other));
  EXPECT_EQ(result_of(world).at("search_seed"), 5);
  EXPECT_TRUE(plan_stage(run_or_throw(options)).cached);
  options.seed.reset();
  EXPECT_TRUE(plan_stage(run_or_throw(options)).cached) << "no seed asked for: the kept one's";
  EXPECT_EQ(result_of(world).at("search_seed"), 5);
  options.fresh = true;
  const auto fresh = run_or_throw(options);
  EXPECT_FALSE(plan_stage(fresh).cached);
  EXPECT_FALSE(begun_from_kept(fresh));
  EXPECT_EQ(result_of(world).at("search_seed"), 0);
  EXPECT_EQ(result_of(world).at("searches"), 1);
}

TEST(Resume, APlanOfItsOwnTakesTheOldManifestAway) {
  TinyWorld world("resume_manifest");
  auto report = plan_options(world);
  report.last = Stage::report;
  run_or_throw(report);
  run_or_throw(plan_options(world));
  EXPECT_TRUE(fs::exists(world.out() / "manifest.json")) << "the same plan: all stands";
  world.edit("by_year = [\"2 MEUR\"", "by_year = [\"1 MEUR\"");
  run_or_throw(plan_options(world));
  EXPECT_FALSE(fs::exists(world.out() / "manifest.json"));
  run_or_throw(report);
  EXPECT_TRUE(fs::exists(world.out() / "manifest.json"));
}

}  // namespace
}  // namespace abatis
