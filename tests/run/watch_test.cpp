// Early warning on the small world: in a plan, by command, and with bad input.

#include "abatis/run/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan_of.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using Json = nlohmann::json;
using ::testing::HasSubstr;
using testing::options_of;
using testing::TinyWorld;

// Sensors beside the obstacles, a million for them.
void add_sensors_to(TinyWorld& world) {
  world.edit("\"forest_retained\", \"park\"]",
             "\"forest_retained\", \"park\", \"radar_mast\", \"electro_optical\", "
             "\"acoustic_array\", \"passive_radio\", \"ew_site\"]");
  world.edit("[network]", R"([surveillance]
candidate_depth = "4 km"
candidate_road = "1 km"
candidate_apart = "1 km"
max_candidates = 20
border_spacing = "250 m"
zone_spacing = "500 m"
zone_depth = "2 km"
approach = "1 km"
warning_weights = [1, 1]
warning_provenance = "made by the test"
confirm = "10 s"
disseminate = "10 s"
provenance = "made by the test"

[network])");
  world.edit("[[earmarks]]", R"([[earmarks]]
class = "surveillance"
rule = "at_most"
amount = "2 MEUR"
provenance = "unverified"

[[earmarks]])");
}

Json schema() {
  return Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/watch.schema.json").value());
}

TEST(RunWatch, APlanBuysSensorsBesideObstacles) {
  TinyWorld world("watch");
  add_sensors_to(world);
  const Json plan = testing::plan_of(world);
  const Json watch = Json::parse(read_file(world.out() / "watch.json").value());
  EXPECT_EQ(testing::schema_fault(watch, schema()), "");
  EXPECT_EQ(plan["watch"], watch);
  ASSERT_GT(watch["sensors"].size(), 0U);
  double spent = 0;
  int obstacles = 0;
  std::map<std::string, int> year_of;
  for (const Json& one : plan["purchases"]) {
    const std::string site = one["site"];
    if (!site.starts_with("sensor-")) {
      ++obstacles;
      continue;
    }
    year_of[site] = one["year"];
    spent += one["cost_eur"].get<double>();
  }
  EXPECT_GT(obstacles, 0);
  ASSERT_EQ(year_of.size(), watch["sensors"].size());
  for (const Json& sensor : watch["sensors"]) {
    EXPECT_EQ(year_of.at(sensor["site"]), sensor["bought"].get<int>());
  }
  EXPECT_LE(spent, 2e6);
  EXPECT_LE(spent, watch["years"].back()["spent_eur"].get<double>() + 1);
  for (const Json& earmark : plan["money"]["earmarks"]) {
    EXPECT_TRUE(earmark["met"].get<bool>()) << earmark;
    if (earmark["class"] == "surveillance") {
      EXPECT_NEAR(earmark["spent_eur"].get<double>(),
                  watch["years"].back()["spent_eur"].get<double>(), 2);
    }
  }
  ASSERT_TRUE(watch["readiness"].is_array());
  EXPECT_EQ(watch["readiness"].size(), 4U);
  EXPECT_GT(watch["years"].back()["border"]["day"]["once"].get<double>(), 0.2);

  // By command from what was kept: the same bytes.
  const std::string by_run = read_file(world.out() / "watch.json").value();
  fs::remove(world.out() / "watch.json");
  RunOptions kept = options_of(world);
  kept.scenario.clear();
  const auto again = run_watch(kept, silent_monitor());
  ASSERT_TRUE(again) << to_string(again.error().front());
  EXPECT_EQ(read_file(world.out() / "watch.json").value(), by_run);
  for (const std::string& product : again->products) {
    EXPECT_TRUE(fs::exists(world.out() / product)) << product;
  }
  EXPECT_GE(again->words.size(), 6U);
}

TEST(RunWatch, AsAStageItNeedsNoPlan) {
  TinyWorld world("watch_stage");
  add_sensors_to(world);
  RunOptions options = options_of(world);
  options.last = Stage::watch;
  const auto summary = run(options, silent_monitor());
  ASSERT_TRUE(summary) << to_string(summary.error().front());
  const Json watch = Json::parse(read_file(world.out() / "watch.json").value());
  EXPECT_EQ(testing::schema_fault(watch, schema()), "");
  EXPECT_TRUE(watch["readiness"].is_null());
  EXPECT_FALSE(fs::exists(world.out() / "plan.json"));
  EXPECT_THAT(read_file(world.out() / "maps/watch_border.svg").value(), HasSubstr("restricted"));
}

TEST(RunWatch, WithoutTheSectionItSaysWhatToAdd) {
  const TinyWorld world("watch_none");
  RunOptions options = options_of(world);
  options.last = Stage::watch;
  const auto refused = run(options, silent_monitor());
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("add [surveillance]"));
}

TEST(RunWatch, APlaceThatIsNowhereIsToldWithItsLine) {
  TinyWorld world("watch_nowhere");
  add_sensors_to(world);
  // The only road begins 6 km from the border.
  world.write_layer("roads", GeometryKind::line, {"class"},
                    {{TinyWorld::line({{8000, 4050}, {11800, 4050}}), {std::string("primary")}}});
  RunOptions options = options_of(world);
  options.last = Stage::watch;
  const auto refused = run(options, silent_monitor());
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("scenario.toml:"));
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("no place for a sensor"));
}

}  // namespace
}  // namespace abatis
