// A site explained from what a run has kept.
#include "abatis/run/explain.hpp"

#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/run/run.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;

// A world with a plan, made once.
class KeptPlan : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyWorld("explain");
    world_->edit(R"(by_year = ["2 MEUR", "2 MEUR", "2 MEUR", "2 MEUR"])",
                 R"(by_year = ["1 MEUR", "0.3 MEUR", "0.3 MEUR", "0.3 MEUR"])");
    RunOptions options;
    options.scenario = world_->scenario();
    options.out = world_->out();
    options.program = "test";
    options.last = Stage::plan;
    const auto summary = run(options, silent_monitor());
    ASSERT_TRUE(summary) << to_string(summary.error().front());
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static ExplainOptions options(const std::string& site) {
    return {.plan = world_->out(), .site = site, .program = "test"};
  }
  static Json plan() { return Json::parse(read_file(world_->out() / "plan.json").value()); }
  static std::string text_of(const Explained& explained) {
    std::string all;
    for (const auto& line : explained.words) all += line + "\n";
    return all;
  }
  static TinyWorld* world_;
};
TinyWorld* KeptPlan::world_ = nullptr;

TEST_F(KeptPlan, EveryPurchaseSaysWhatIsLostWithoutIt) {
  const Json all = plan();
  ASSERT_FALSE(all.at("purchases").empty());
  double lost = 0;
  int rivers = 0;
  for (const auto& bought : all.at("purchases")) {
    const auto explained = explain(options(bought.at("site")), silent_monitor());
    ASSERT_TRUE(explained) << to_string(explained.error().front());
    const Json json = Json::parse(explained->json);
    EXPECT_TRUE(json.at("in_plan").get<bool>());
    EXPECT_EQ(json.at("bought").at("year"), bought.at("year"));
    EXPECT_EQ(json.at("bought").at("option").at("measure"), bought.at("measure"));
    EXPECT_NEAR(json.at("objective_s").get<double>(),
                all.at("result").at("objective_s").get<double>(), 1e-6);
    double cost = 0, through = 0;
    for (const auto& c : json.at("bought").at("costs").at("by_class")) {
      cost += c.at("cost_eur").get<double>();
    }
    EXPECT_NEAR(cost, bought.at("cost_eur").get<double>(), 1e-6 * cost);
    const double without = json.at("bought").at("objective_without_s").get<double>();
    EXPECT_LE(without, json.at("objective_s").get<double>() + 1e-9);
    for (const auto& way : json.at("bought").at("ways")) {
      through += way.at("loss_s").get<double>();
      for (const auto& c : way.at("ground").is_null() ? Json::array() : way["ground"]["crosses"]) {
        rivers += c.contains("natural") ? 1 : 0;
      }
    }
    EXPECT_NEAR(through, json.at("objective_s").get<double>() - without, 1e-6);
    lost += through;
    EXPECT_NE(text_of(*explained).find("In the plan: "), std::string::npos);
    EXPECT_NE(text_of(*explained).find("it costs "), std::string::npos);
  }
  EXPECT_GT(lost, 0);
  EXPECT_GT(rivers, 0) << "a river runs through the middle of the tiny world";
}

TEST_F(KeptPlan, ASiteThatIsOutSaysWhatStandsAgainstIt) {
  const Json all = plan();
  std::set<std::string> in;
  for (const auto& bought : all.at("purchases")) in.insert(bought.at("site"));
  int out = 0, against = 0, priced = 0, decided = 0;
  for (const char* kind : {"E1-B1", "E2-B1", "forest", "ditch", "bridge", "park"}) {
    for (int n = 1; n <= 12 && out < 30; ++n) {
      const std::string id = fmt::format("{}-{:03}", kind, n);
      const auto explained = explain(options(id), silent_monitor());
      if (in.contains(id) || !explained) continue;
      const Json json = Json::parse(explained->json);
      EXPECT_FALSE(json.at("in_plan").get<bool>());
      EXPECT_TRUE(json.at("bought").is_null());
      for (const auto& option : json.at("options")) {
        ++out;
        against += option.at("against").empty() ? 0 : 1;
        priced += option.at("reduced_cost_s").is_null() ? 0 : 1;
        EXPECT_GE(option.at("objective_for_nothing_s").get<double>(),
                  json.at("objective_s").get<double>() - 1e-9);
      }
      decided += json.at("decision").at("possible").is_null() ? 0 : 1;
      EXPECT_NE(text_of(*explained).find("Not in the plan"), std::string::npos);
    }
  }
  EXPECT_GT(out, 0);
  EXPECT_GT(against, 0);
  EXPECT_GT(priced, 0);
  EXPECT_GT(decided, 0);
}

TEST_F(KeptPlan, PlanJsonNamesItsFolder) {
  const std::string site = plan().at("purchases").at(0).at("site");
  auto by_file = options(site);
  by_file.plan = world_->out() / "plan.json";
  const auto one = explain(options(site), silent_monitor());
  const auto other = explain(by_file, silent_monitor());
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->json, other->json);
}

TEST_F(KeptPlan, AnUnknownSiteNamesTheNearest) {
  const std::string site = plan().at("purchases").at(0).at("site");
  const auto explained = explain(options(site + "x"), silent_monitor());
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().front().code, ErrorCode::input);
  EXPECT_NE(explained.error().front().hint.find(site), std::string::npos)
      << explained.error().front().hint;
}

TEST_F(KeptPlan, WithoutKeptStagesItSaysWhatToRun) {
  const fs::path bare = world_->root() / "bare";
  fs::create_directories(bare);
  auto none = options("any");
  none.plan = bare;
  const auto no_plan = explain(none, silent_monitor());
  ASSERT_FALSE(no_plan);
  EXPECT_NE(no_plan.error().front().message.find("plan.json"), std::string::npos);
  fs::copy_file(world_->out() / "plan.json", bare / "plan.json");
  const auto no_stages = explain(none, silent_monitor());
  ASSERT_FALSE(no_stages);
  EXPECT_NE(no_stages.error().front().hint.find("abatis plan SCENARIO -o"), std::string::npos);
  auto rebuilt = options("any");
  rebuilt.program = "another build";
  const auto other_build = explain(rebuilt, silent_monitor());
  ASSERT_FALSE(other_build);
  EXPECT_NE(other_build.error().front().hint.find("abatis plan " + world_->scenario().string()),
            std::string::npos)
      << other_build.error().front().hint;
}

}  // namespace
}  // namespace abatis
