// `abatis gap` on a small world between two hostile strips.

#include "abatis/run/gap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "run_of.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::digests;
using abatis::testing::TinyWorld;
using abatis::testing::words_of;
using ::testing::HasSubstr;
using Json = nlohmann::json;

// RUS | LTU over POL | BLR: one road along the border of the two, one across it.
class GapWorld : public TinyWorld {
 public:
  explicit GapWorld(const std::string& name) : TinyWorld(name) {
    write_layer("states", GeometryKind::polygon, {"a3"},
                {{box(-1000, -1000, 1500, 9000), {std::string("RUS")}},
                 {box(11000, -1000, 13000, 9000), {std::string("BLR")}},
                 {box(1500, 4000, 11000, 9000), {std::string("LTU")}},
                 {box(1500, -1000, 11000, 4000), {std::string("POL")}}});
    write_layer("roads", GeometryKind::line, {"class", "ref"},
                {{line({{200, 4050}, {3000, 4050}, {11800, 4050}}),
                  {std::string("primary"), std::string("1")}},
                 {line({{3000, 50}, {3000, 4050}, {3000, 7950}}),
                  {std::string("secondary"), std::string("2")}}});
    edit("friendly = [\"LTU\"]", "friendly = [\"LTU\", \"POL\"]");
    edit("adversary = [\"RUS\"]", "adversary = [\"RUS\", \"BLR\"]");
    const auto low = must(transform({{kWest + 10500, kSouth + 300}}, kEpsg, 4326));
    const auto high = must(transform({{kWest + 11500, kSouth + 7700}}, kEpsg, 4326));
    edit("[[objectives]]",
         fmt::format("[[entries]]\nid = \"east\"\nname = \"eastern border\"\nstate = \"BLR\"\n"
                     "into = [\"LTU\"]\nlon = [{:.6f}, {:.6f}]\nlat = [{:.6f}, {:.6f}]\n\n"
                     "[[objectives]]",
                     low[0].x, high[0].x, low[0].y, high[0].y));
    edit("[[echelons]]",
         "[[gaps]]\nid = \"gap\"\nname = \"The gap\"\nbetween = [\"RUS\", \"BLR\"]\n"
         "joins = [\"POL\", \"LTU\"]\ndepth = \"2 km\"\n\n[[echelons]]");
  }
  GapOptions options(int threads = 2) const {
    GapOptions options;
    options.run.scenario = scenario();
    options.run.out = out();
    options.run.threads = threads;
    options.run.program = "test";
    return options;
  }
  Json json() const { return Json::parse(read_file(out() / "gap/gap.json").value()); }
};

GapSummary gap_or_throw(const GapOptions& options) {
  auto summary = run_gap(options, silent_monitor());
  if (!summary) throw std::runtime_error(words_of(summary.error()));
  return std::move(*summary);
}

TEST(RunGap, WritesEveryProductOnceAndTheSameOnAnyNumberOfThreads) {
  const GapWorld world("gap_products");
  const GapSummary first = gap_or_throw(world.options());
  EXPECT_FALSE(first.cached);
  EXPECT_LE(first.words.size(), 10U);
  for (const char* name :
       {"gap/gap.json", "gap/gap.gpkg", "gap/gap.csv", "gap/gap_first_heavy_tracked_dry.tif"}) {
    EXPECT_TRUE(fs::exists(world.out() / name)) << name;
    EXPECT_THAT(first.products, ::testing::Contains(name));
  }
  const auto before = digests(world.out() / "gap");
  const GapSummary second = gap_or_throw(world.options());
  EXPECT_TRUE(second.cached);
  EXPECT_EQ(second.words, first.words);
  EXPECT_EQ(second.products, first.products);
  for (const int threads : {1, 8}) {
    GapOptions again = world.options(threads);
    again.run.fresh = true;
    gap_or_throw(again);
    EXPECT_EQ(digests(world.out() / "gap"), before) << threads;
  }
  ASSERT_TRUE(write_file(world.out() / "gap/gap.csv", "touched"));
  EXPECT_FALSE(gap_or_throw(world.options()).cached);
  EXPECT_EQ(digests(world.out() / "gap"), before);
}

TEST(RunGap, SaysWhatTheMapShows) {
  const GapWorld world("gap_figures");
  gap_or_throw(world.options());
  const Json gap = world.json()["gaps"][0];
  EXPECT_NEAR(gap["straight"]["length_m"].get<double>(), 9500, 100);
  EXPECT_GE(gap["overland"]["length_m"].get<double>(), 9400);
  EXPECT_EQ(gap["own_routes"]["disjoint"], 1);
  EXPECT_EQ(gap["own_routes"]["fewest_cut"]["roads"][0]["ref"], "2");
  EXPECT_EQ(gap["own_routes"]["capacity_per_h"], 1000);
  for (const Json& one : gap["cases"]) {
    EXPECT_TRUE(one["year"].is_null());
    const Json& all = one["times"][0];
    EXPECT_GT(all["meet_s"].get<double>(), 0);
    EXPECT_GT(all["roads_cut_s"].get<double>(), 0);
    EXPECT_GE(all["land_cut_s"].get<double>(), all["roads_cut_s"].get<double>());
    EXPECT_EQ(all["meet_s"], one["times"][1]["meet_s"]) << "there is one entry a side";
  }
}

TEST(RunGap, APlanKeepsItOpenLongerYearByYear) {
  const GapWorld world("gap_plan");
  GapOptions options = world.options();
  const auto planned = run(options.run, silent_monitor());
  ASSERT_TRUE(planned) << words_of(planned.error());
  options.plan = world.out();
  const GapSummary summary = gap_or_throw(options);
  EXPECT_LE(summary.words.size(), 10U);
  for (const auto& stage : summary.stages) EXPECT_TRUE(stage.cached) << to_string(stage.stage);
  const Json gap = world.json()["gaps"][0];
  std::map<std::string, double> last;
  int years = 0;
  bool grew = false;
  for (const Json& one : gap["cases"]) {
    const std::string key = one["mover"].get<std::string>() + one["season"].get<std::string>();
    const double cut = one["times"][0]["roads_cut_s"].get<double>();
    if (one["year"].is_null()) {
      last[key] = cut;
      continue;
    }
    ++years;
    EXPECT_GE(cut, last[key]) << one["year"];
    grew = grew || cut > last[key];
    last[key] = cut;
  }
  EXPECT_EQ(years, 4 * 2) << "years by movers";
  EXPECT_TRUE(grew);
  EXPECT_TRUE(fs::exists(world.out() / "gap/gap_first_heavy_tracked_dry_2029.tif"));
}

TEST(RunGap, ToldWhatIsWrong) {
  GapWorld world("gap_wrong");
  const auto error_of = [&](const GapOptions& options) {
    const auto summary = run_gap(options, silent_monitor());
    return summary ? std::string("no error") : words_of(summary.error());
  };
  GapOptions options = world.options();
  options.plan = world.root();
  EXPECT_THAT(error_of(options), HasSubstr("holds no plan.json"));
  const fs::path folder = world.root() / "plans";
  fs::create_directories(folder);
  options.plan = folder;
  ASSERT_TRUE(write_file(folder / "plan.json", "{]"));
  EXPECT_THAT(error_of(options), HasSubstr("no plan.json of abatis"));
  ASSERT_TRUE(write_file(folder / "plan.json",
                         R"({"format":"abatis-plan/1","scenario":{"id":"other"},"purchases":[]})"));
  EXPECT_THAT(error_of(options), HasSubstr("the plan is of scenario \"other\""));
  ASSERT_TRUE(write_file(folder / "plan.json",
                         R"({"format":"abatis-plan/1","scenario":{"id":"tiny"},"purchases":[]})"));
  EXPECT_THAT(error_of(options), HasSubstr("the plan was not made from"));
  ASSERT_TRUE(run(world.options().run, silent_monitor()));
  Json plan = Json::parse(read_file(world.out() / "plan.json").value());
  ASSERT_FALSE(plan["purchases"].empty());
  for (const auto& [key, value] : {std::pair<const char*, Json>{"site", "E9-none"},
                                   {"measure", "moat"},
                                   {"year", 2040},
                                   {"year", "soon"},
                                   {"length_m", 123456}}) {
    Json changed = plan;
    changed["purchases"][0][key] = value;
    ASSERT_TRUE(write_file(folder / "plan.json", changed.dump()));
    EXPECT_THAT(error_of(options), HasSubstr("purchase 1 (")) << key;
    EXPECT_THAT(error_of(options), HasSubstr("fits no site and year")) << key;
  }
  EXPECT_FALSE(fs::exists(world.out() / "gap")) << "nothing half written";
  const std::string text = read_file(world.scenario()).value();
  const auto from = text.find("[[gaps]]"), to = text.find("[[echelons]]");
  ASSERT_TRUE(write_file(world.scenario(), text.substr(0, from) + text.substr(to)));
  EXPECT_THAT(error_of(world.options()), HasSubstr("the scenario names no gap"));
}

}  // namespace
}  // namespace abatis
