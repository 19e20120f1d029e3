// Screening of roads on the small world: by the command, in a plan, and on bad input.

#include "abatis/run/screen.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "run_of.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::options_of;
using abatis::testing::TinyWorld;
using ::testing::HasSubstr;
using Json = nlohmann::json;

// Rows along the only road, of which about half may be chosen.
void ask(TinyWorld& world, const std::string& more) {
  world.edit("measures = [\"ditch_deepened\"",
             "measures = [\"roadside_trees\", \"ditch_deepened\"");
  world.edit("[money]",
             "[screening]\nzone = \"8 km\"\nprovenance = \"the test\"\n" + more + "\n[money]");
}
constexpr const char* kChoose =
    "choose = \"length\"\nviewer = \"ground\"\ntarget = \"bus\"\nlength = \"4 km\"\nplant = 2027\n";

Json read_json(const fs::path& file) {
  return Json::parse(read_file(file).value());
}

std::vector<std::string> chosen_of(const Json& screen) {
  return screen["choice"]["sites"].get<std::vector<std::string>>();
}

TEST(Screen, TheCommandTellsWhatIsSeenAndWhatRowsDo) {
  TinyWorld world("screen");
  ask(world, kChoose);
  const auto made = run_screen({.run = options_of(world)}, silent_monitor());
  ASSERT_TRUE(made) << to_string(made.error().front());
  EXPECT_FALSE(made->cached);
  for (const std::string& product : made->products) {
    EXPECT_TRUE(fs::exists(world.out() / product)) << product;
  }
  const Json screen = read_json(world.out() / "screen.json");
  const Json schema = read_json(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/screen.schema.json");
  EXPECT_EQ(testing::schema_fault(screen, schema), "");
  EXPECT_EQ(screen["rows_of"], "choice");
  ASSERT_EQ(screen["cases"].size(), 12U);
  const auto judged = screen["judged"].get<std::size_t>();
  EXPECT_EQ(screen["cases"][judged]["viewer"], "ground");
  EXPECT_EQ(screen["cases"][judged]["target"], "bus");
  // The road from the border on for 8 km, on open flat ground: all of it is seen from above.
  EXPECT_NEAR(screen["roads"]["km"].get<double>(), 8, 0.3);
  EXPECT_NEAR(screen["cases"][11]["seen"]["km"].get<double>(), screen["roads"]["km"].get<double>(),
              0.01);
  EXPECT_GT(screen["roads"]["vehicle_km_per_h"].get<double>(), 0);

  EXPECT_LE(screen["choice"]["cost"].get<double>(), 4);
  EXPECT_FALSE(chosen_of(screen).empty());
  EXPECT_GT(screen["choice"]["hidden"].get<double>(), 0);
  EXPECT_NEAR(screen["choice"]["hidden"].get<double>(), screen["choice"]["bound"].get<double>(),
              1e-3);
  EXPECT_LE(screen["choice"]["hidden"], screen["choice"]["all_candidates"]);

  // What is hidden of the road is what was chosen for; older rows hide no less, nor leaf than bare.
  const double open = screen["cases"][judged]["seen"]["km"].get<double>();
  double before = open;
  for (const Json& year : screen["years"]) {
    const double leaf = year["leaf"][judged]["km"].get<double>();
    EXPECT_LE(leaf, before);
    EXPECT_LE(leaf, year["bare"][judged]["km"].get<double>());
    EXPECT_LE(year["bare"][judged]["km"].get<double>(), open);
    before = leaf;
  }
  EXPECT_NEAR(open - before, screen["choice"]["hidden"].get<double>(), 0.01);

  const auto again = run_screen({.run = options_of(world)}, silent_monitor());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->cached);
  EXPECT_EQ(again->words, made->words);
}

TEST(Screen, AnyNumberOfThreadsTellsTheSame) {
  TinyWorld world("screen_threads");
  ask(world, kChoose);
  std::string first;
  for (const int threads : {1, 3}) {
    RunOptions options = options_of(world, threads);
    options.fresh = true;
    ASSERT_TRUE(run_screen({.run = options}, silent_monitor()));
    const std::string screen = read_file(world.out() / "screen.json").value();
    if (first.empty()) first = screen;
    EXPECT_EQ(screen, first);
  }
}

TEST(Screen, RowsChosenAreBoughtByThePlan) {
  TinyWorld world("screen_plan");
  ask(world, kChoose);
  const auto made = run(options_of(world), silent_monitor());
  ASSERT_TRUE(made) << to_string(made.error().front());
  const Json screen = read_json(world.out() / "screen.json");
  EXPECT_EQ(screen["rows_of"], "plan");
  const std::vector<std::string> chosen = chosen_of(screen);
  ASSERT_FALSE(chosen.empty());
  const Json plan = read_json(world.out() / "plan.json");
  std::size_t bought = 0;
  for (const Json& purchase : plan["purchases"]) {
    if (purchase["measure"] != "roadside_trees") continue;
    ++bought;
    EXPECT_EQ(purchase["year"], 2027);
    EXPECT_NE(std::find(chosen.begin(), chosen.end(), purchase["site"].get<std::string>()),
              chosen.end());
  }
  EXPECT_EQ(bought, chosen.size());
  EXPECT_THAT(read_file(world.out() / "report.html").value(), HasSubstr("\"screening\":"));

  // The command with this plan tells the same rows.
  const auto again = run_screen({.run = options_of(world), .plan = world.out()}, silent_monitor());
  ASSERT_TRUE(again) << to_string(again.error().front());
  EXPECT_EQ(read_json(world.out() / "screen.json")["years"], screen["years"]);
}

TEST(Screen, WithoutTheSectionNothingIsReckoned) {
  TinyWorld world("screen_none");
  const auto none = run_screen({.run = options_of(world)}, silent_monitor());
  ASSERT_FALSE(none);
  EXPECT_THAT(to_string(none.error().front()), HasSubstr("[screening]"));
  ASSERT_TRUE(run(options_of(world), silent_monitor()));
  EXPECT_FALSE(fs::exists(world.out() / "screen.json"));
  EXPECT_THAT(read_file(world.out() / "report.html").value(),
              ::testing::Not(HasSubstr("\"screening\":")));
}

TEST(Screen, ADecisionStandsBeforeTheChoice) {
  TinyWorld world("screen_decided");
  ask(world, kChoose);
  ASSERT_TRUE(run_screen({.run = options_of(world)}, silent_monitor()));
  const std::string first = chosen_of(read_json(world.out() / "screen.json")).front();
  world.edit("[money]", "[[decisions]]\nsite = \"" + first +
                            "\"\nnever = true\nprovenance = \"the test\"\n\n[money]");
  ASSERT_TRUE(run_screen({.run = options_of(world)}, silent_monitor()));
  for (const std::string& site : chosen_of(read_json(world.out() / "screen.json"))) {
    EXPECT_NE(site, first);
  }
}

std::string sensor(double east, double north, const std::string& height) {
  return "[[screening.sensors]]\nid = \"own\"\nname = \"Own mast\"\nat = [" +
         TinyWorld::lonlat(east, north) + "]\nheight = \"" + height +
         "\"\nrange = \"8 km\"\nprovenance = \"the test\"\n";
}

TEST(Screen, RowsInTheSightOfASensorAreTold) {
  TinyWorld world("screen_sensor");
  // South of the road and low: rows along the road stand before the far side to the north-west.
  ask(world, kChoose + sensor(5000, 3000, "3 m"));
  ASSERT_TRUE(run_screen({.run = options_of(world)}, silent_monitor()));
  const Json low = read_json(world.out() / "screen.json")["sensors"][0];
  EXPECT_GT(low["seen_km2"].get<double>(), 0);
  EXPECT_FALSE(low["rows"].empty());
  EXPECT_LE(low["hidden_km2"].get<double>(), low["seen_km2"].get<double>());

  TinyWorld above("screen_sensor_above");
  ask(above, kChoose + sensor(5000, 3000, "300 m"));
  ASSERT_TRUE(run_screen({.run = options_of(above)}, silent_monitor()));
  EXPECT_TRUE(read_json(above.out() / "screen.json")["sensors"][0]["rows"].empty());
}

TEST(Screen, ASensorUnderTreesIsRefusedWhereItStands) {
  TinyWorld world("screen_under");
  ask(world, kChoose + sensor(3500, 1500, "5 m"));
  const auto refused = run_screen({.run = options_of(world)}, silent_monitor());
  ASSERT_FALSE(refused);
  const std::string said = to_string(refused.error().front());
  EXPECT_THAT(said, HasSubstr("under trees or roofs of 20 m"));
  EXPECT_THAT(said, HasSubstr("scenario.toml:"));
  EXPECT_FALSE(fs::exists(world.out() / "screen.json"));
}

TEST(Screen, ATreeWithoutCrownFiguresIsAnError) {
  TinyWorld world("screen_crown");
  ask(world, kChoose);
  const fs::path figures = world.root() / "data/catalogue/screening.toml";
  std::string text = read_file(figures).value();
  const auto birch = text.find("[[crowns]]\nspecies = \"birch\"");
  ASSERT_NE(birch, std::string::npos);
  ASSERT_TRUE(write_file(figures, text.substr(0, birch)));
  const auto refused = run_screen({.run = options_of(world)}, silent_monitor());
  ASSERT_FALSE(refused);
  const std::string said = to_string(refused.error().front());
  EXPECT_THAT(said, HasSubstr("crowns of birch"));
  EXPECT_THAT(said, HasSubstr("[[crowns]]"));
}

}  // namespace
}  // namespace abatis
