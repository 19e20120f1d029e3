// gap.json keeps its schema and says nothing it does not know; words, table and map layers.

#include "abatis/report/gap_products.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "fixture.hpp"
#include "report/gap_layers.hpp"
#include "support/json_schema.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using Json = nlohmann::json;
using report::front_step_s;
using report::gap_layers;
using ::testing::HasSubstr;

class GapProducts : public ::testing::Test {
 protected:
  GapProducts() : made_(fixture::make_fixture({.hostile = "=<b>&\"'\xff,"})) {
    Scenario& s = made_->scenario;
    s.friendly = {"POL", "LTU"};
    s.adversary = {"RUS", "BLR"};
    s.gaps = {{.id = "gap",
               .name = "Gap <b>\xff",
               .between = {0, 1},
               .joins = {0, 1},
               .entries = {0, 0}}};
    const int speeds = static_cast<int>(made_->mobility.speeds.size());
    for (const int year : {-1, 0, 1}) {
      GapState state{.year = year};
      state.delay_s.resize(static_cast<std::size_t>(speeds));
      states_.push_back(std::move(state));
      for (int k = 0; k < speeds; ++k) gap_.cases.push_back(one_case(year + 1, k));
    }
    const Grid& grid = s.grid;
    const Point a = grid.centre(0), b = grid.centre(grid.at(3, 4));
    gap_.window = grid;
    gap_.ground_m2 = 5e9;
    gap_.straight = {.line = {a, b}, .length_m = 65400};
    gap_.overland.why = "no way over dry friendly ground leads from one to the other";
    const GapRoad road{.line = {a, b},
                       .road = 0,
                       .ref = "A5 =1+1\xff",
                       .capacity_per_h = 1700,
                       .length_m = 400,
                       .near = "<i>Town\xff"};
    gap_.own.disjoint = 1;
    gap_.own.capacity_per_h = 1700;
    gap_.own.by_class.assign(s.catalogue.roads.size(), 1);
    gap_.own.routes = {road};
    gap_.own.fewest = gap_.own.least = {1, 1700, {road}};
    gaps_ = {gap_};
  }
  GapCase one_case(int state, int speed) const {
    const Grid& grid = made_->scenario.grid;
    GapCase one{.state = state, .speed = speed};
    GapTimes times{.meet_s = 3600.0 + 60 * state, .meet = grid.centre(7), .roads_cut_s = 5000};
    times.roads_cut_s += 600 * state;
    times.path_a = {grid.centre(0), grid.centre(7)};
    GapTimes pair = times;
    pair.entry_a = pair.entry_b = 0;
    pair.meet_s = kUnreachable;
    pair.why = "no cell of entry =x can be passed by this mover in this season";
    one.times = {times, pair};
    if (state != 1) {
      one.first_s = one.both_s = Raster<float>(grid, nodata<float>());
      for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
        one.first_s[c] = static_cast<float>(grid.col_of(c)) * 100;
        one.both_s[c] = 2 * one.first_s[c];
      }
    }
    return one;
  }
  GapView view() const {
    return {made_->scenario, made_->terrain, made_->mobility, states_, gaps_, "plan.json"};
  }

  std::unique_ptr<fixture::Made> made_;
  std::vector<GapState> states_;
  Gap gap_;
  std::vector<Gap> gaps_;
};

TEST_F(GapProducts, JsonKeepsItsSchema) {
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/gap.schema.json").value());
  Json json = Json::parse(gap_json(view()));
  EXPECT_EQ(testing::schema_fault(json, schema), "");
  const Json& times = json["gaps"][0]["cases"][0]["times"];
  EXPECT_EQ(times[0]["land_cut_s"], nullptr) << "never";
  EXPECT_EQ(times[0]["land_cut"], nullptr);
  EXPECT_EQ(times[0]["entry_a"], "all");
  EXPECT_EQ(times[1]["meet_s"], nullptr);
  const Json& last = json["gaps"][0]["cases"].back();
  EXPECT_EQ(last["year"], made_->scenario.first_year + 1);
  EXPECT_EQ(last["times"][0]["roads_longer_s"], 1200);
  json["gaps"][0]["words"][0] = 7;
  EXPECT_EQ(testing::schema_fault(json, schema), "/gaps/[]/words/[] has the wrong type");
}

TEST_F(GapProducts, WordsAreAtMostTenAndNameWhatIsMissing) {
  const auto words = gap_in_words(view(), gap_);
  EXPECT_LE(words.size(), 10U);
  EXPECT_THAT(words[0], HasSubstr("65.4 km in a straight line"));
  EXPECT_THAT(words[0], HasSubstr("no way over dry"));
  bool plan = false;
  for (const auto& line : words) plan = plan || line.find("20 min more") != std::string::npos;
  EXPECT_TRUE(plan) << "1,200 s";
  Gap none = gap_;
  none.own = {};
  none.own.why = "no road of the layer leads across";
  EXPECT_THAT(gap_in_words(view(), none)[1], HasSubstr("no road of the layer"));
}

TEST_F(GapProducts, WritesEverythingAndTheTableIsSafe) {
  const TempFolder folder;
  const auto files = write_gap_products(view(), folder.path());
  ASSERT_TRUE(files) << to_string(files.error());
  for (const auto& file : *files) EXPECT_TRUE(fs::exists(folder.path() / file.name)) << file.name;
  const std::string csv = read_file(folder.path() / "gap/gap.csv").value();
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'),
            1 + 2 * static_cast<std::ptrdiff_t>(gap_.cases.size()));
  EXPECT_EQ(csv.find(",=x"), std::string::npos);
  EXPECT_EQ(csv.find("inf"), std::string::npos);
  EXPECT_EQ(csv.find("nan"), std::string::npos);
}

TEST_F(GapProducts, FrontsStandInRoundSteps) {
  EXPECT_EQ(front_step_s(500), 60);
  EXPECT_EQ(front_step_s(3 * 3600), 1200);
  EXPECT_EQ(front_step_s(5 * 86400), 86400);
  EXPECT_EQ(front_step_s(30 * 86400), 3 * 86400);
  for (const StyledLayer& layer : gap_layers(view())) {
    EXPECT_FALSE(layer.layer.features.empty()) << layer.layer.name;
    EXPECT_FALSE(layer.style_qml.empty()) << layer.layer.name;
    for (const Feature& feature : layer.layer.features) {
      EXPECT_EQ(feature.fields.size(), layer.layer.field_names.size()) << layer.layer.name;
    }
  }
}

}  // namespace
}  // namespace abatis
