// The whole run on a world that can be drawn on a napkin.

#include "abatis/run/run.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/hash.hpp"
#include "run_of.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::digests;
using abatis::testing::options_of;
using abatis::testing::run_or_throw;
using abatis::testing::TinyWorld;

nlohmann::json json_of(const fs::path& path) {
  return nlohmann::json::parse(read_file(path).value());
}

StageDone stage_of(const RunSummary& summary, Stage stage) {
  for (const StageDone& one : summary.stages) {
    if (one.stage == stage) return one;
  }
  throw std::runtime_error("no such stage was run");
}

TEST(Run, MakesEveryProductAndKeepsEveryStage) {
  const TinyWorld world("run_products");
  const auto first = run_or_throw(options_of(world));
  // All but sensors and trade-offs, which this scenario does not ask for.
  ASSERT_EQ(first.stages.size(), static_cast<std::size_t>(kStageCount - 2));
  for (const auto& stage : first.stages) EXPECT_FALSE(stage.cached) << to_string(stage.stage);
  for (const char* name : {"report.html", "plan.json", "plan.gpkg", "manifest.json"}) {
    EXPECT_TRUE(fs::exists(world.out() / name)) << name;
  }
  EXPECT_LE(first.words.size(), 12U);
  EXPECT_FALSE(first.words.empty());
  const auto before = digests(world.out());

  const auto second = run_or_throw(options_of(world));
  for (const auto& stage : second.stages) EXPECT_TRUE(stage.cached) << to_string(stage.stage);
  EXPECT_EQ(second.words, first.words);
  EXPECT_EQ(digests(world.out()), before);

  // What was kept and what is built anew give the same bytes.
  auto fresh = options_of(world);
  fresh.fresh = true;
  run_or_throw(fresh);
  EXPECT_EQ(digests(world.out()), before);

  // A product that was touched is written again.
  ASSERT_TRUE(write_file(world.out() / "plan.json", "{}"));
  run_or_throw(options_of(world));
  EXPECT_EQ(digests(world.out()), before);
}

TEST(Run, TheSameBitsOnOneTwoAndEightThreads) {
  const TinyWorld world("run_threads");
  std::map<std::string, std::string> expected;
  for (const int threads : {1, 2, 8}) {
    auto options = options_of(world, threads);
    options.out = world.root() / fmt::format("out{}", threads);
    run_or_throw(options);
    if (expected.empty()) {
      expected = digests(options.out);
    } else {
      EXPECT_EQ(digests(options.out), expected) << threads << " threads";
    }
  }
  EXPECT_GE(expected.size(), 8U);
}

TEST(Run, ThePlanKeepsItsRulesAndItsProof) {
  const TinyWorld world("run_rules");
  const auto summary = run_or_throw(options_of(world));
  const auto plan = json_of(world.out() / "plan.json").at("result");
  EXPECT_GT(plan.at("objective_s").get<double>(), plan.at("baseline_s").get<double>());
  EXPECT_GE(plan.at("bound_s").get<double>(), plan.at("objective_s").get<double>());
  EXPECT_LE(plan.at("gap").get<double>(), 0.01 + 1e-9);
  EXPECT_TRUE(summary.status == PlanStatus::optimal || summary.status == PlanStatus::within_gap);
}

TEST(Run, AManifestNamesEveryInputAndProductByItsHash) {
  const TinyWorld world("run_manifest");
  run_or_throw(options_of(world));
  const auto manifest = json_of(world.out() / "manifest.json");
  EXPECT_EQ(manifest.at("seed"), 7);
  std::set<std::string> inputs;
  for (const auto& input : manifest.at("inputs")) {
    EXPECT_EQ(input.at("sha256").get<std::string>().size(), 64U);
    inputs.insert(input.at("file").get<std::string>());
  }
  EXPECT_TRUE(inputs.contains("landcover.tif"));
  for (const auto& product : manifest.at("products")) {
    const auto path = world.out() / product.at("file").get<std::string>();
    EXPECT_EQ(sha256_file(path).value(), product.at("sha256").get<std::string>()) << path;
  }
}

TEST(Run, AChangedBudgetPlansAgainAndKeepsTheRest) {
  TinyWorld world("run_budget");
  run_or_throw(options_of(world));
  world.edit("by_year = [\"2 MEUR\"", "by_year = [\"1 MEUR\"");
  const auto again = run_or_throw(options_of(world));
  for (const auto& stage : again.stages) {
    EXPECT_EQ(stage.cached, stage.stage < Stage::plan) << to_string(stage.stage);
  }
}

TEST(Run, ADamagedStageIsBuiltAgain) {
  const TinyWorld world("run_damaged");
  run_or_throw(options_of(world));
  const auto before = digests(world.out());
  for (const auto& entry : fs::directory_iterator(world.out() / ".stages")) {
    if (entry.path().extension() != ".bin") continue;
    std::string bytes = read_file(entry.path()).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    ASSERT_TRUE(write_file(entry.path(), bytes));
  }
  const auto again = run_or_throw(options_of(world));
  for (const auto& stage : again.stages) EXPECT_FALSE(stage.cached) << to_string(stage.stage);
  EXPECT_EQ(digests(world.out()), before);
}

// Asks to stop once `said` stands in a note.
class StopWhenSaid : public Monitor {
 public:
  explicit StopWhenSaid(std::string said) : said_(std::move(said)) {}
  void note(std::string_view line) override {
    if (line.find(said_) != std::string_view::npos) stop_ = true;
  }
  bool stop_requested() const override { return stop_; }

 private:
  std::string said_;
  bool stop_ = false;
};

TEST(Run, StoppedBeforeAnyPlanItWritesNoneAndSaysSo) {
  const TinyWorld world("run_stopped");
  StopWhenSaid monitor("sites: ");
  const auto summary = run(options_of(world), monitor);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().front().code, ErrorCode::interrupted);
  EXPECT_NE(summary.error().front().hint.find("goes on from there"), std::string::npos);
  EXPECT_FALSE(fs::exists(world.out() / "plan.json"));
  EXPECT_TRUE(stage_of(run_or_throw(options_of(world)), Stage::sites).cached);
}

// Asks to stop when planning has its first plan.
class StopAtFirstPlan : public Monitor {
 public:
  void searched(const SearchState& state) override { stop_ = stop_ || state.best; }
  bool stop_requested() const override { return stop_; }

 private:
  bool stop_ = false;
};

TEST(Run, AnInterruptedPlanIsWrittenMarkedAndMadeAgain) {
  const TinyWorld world("run_interrupted");
  StopAtFirstPlan monitor;
  const auto summary = run(options_of(world), monitor);
  ASSERT_TRUE(summary) << words_of(summary.error());
  EXPECT_EQ(summary->status, PlanStatus::interrupted);
  EXPECT_EQ(json_of(world.out() / "plan.json").at("result").at("status"), "interrupted");
  const auto again = run_or_throw(options_of(world));
  EXPECT_NE(again.status, PlanStatus::interrupted);
  EXPECT_TRUE(stage_of(again, Stage::network).cached);
  EXPECT_FALSE(stage_of(again, Stage::plan).cached);
  EXPECT_NE(stage_of(again, Stage::plan).said.find("begun from the kept plan"), std::string::npos);
  EXPECT_EQ(json_of(world.out() / "plan.json").at("result").at("searches"), 2);
}

TEST(Run, TwoRunsInOneFolderAreToldApart) {
  const TinyWorld world("run_twice");
  RunOptions options = options_of(world);
  options.last = Stage::terrain;
  class Nested : public Monitor {
   public:
    explicit Nested(const RunOptions& o) : options_(o) {}
    void begin(std::string_view, std::int64_t, std::string_view) override {
      if (!error_.empty()) return;
      const auto inner = run(options_, silent_monitor());
      error_ = inner ? "no error" : inner.error().front().message;
    }
    std::string error_;

   private:
    const RunOptions& options_;
  } monitor(options);
  ASSERT_TRUE(run(options, monitor));
  EXPECT_NE(monitor.error_.find("another run"), std::string::npos) << monitor.error_;
}

TEST(Run, EachStageLeavesSomethingToLookAt) {
  const TinyWorld world("run_stages");
  for (const auto stage : {Stage::terrain, Stage::mobility, Stage::travel, Stage::sites,
                           Stage::network, Stage::plan}) {
    auto options = options_of(world);
    options.last = stage;
    const auto summary = run_or_throw(options);
    ASSERT_FALSE(summary.products.empty()) << to_string(stage);
    for (const auto& product : summary.products) {
      EXPECT_TRUE(fs::exists(world.out() / product)) << product;
    }
  }
}

}  // namespace
}  // namespace abatis
