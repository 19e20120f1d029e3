#include "abatis/scenario/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::Edit;
using testing::edited;
using ::testing::ElementsAre;
using testing::errors_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::valid_scenario;
using testing::without_layers;

TEST(Scenario, AValidOneIsResolved) {
  const auto s = parse_scenario(valid_scenario(), "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  EXPECT_EQ(s->grid, (Grid{.epsg = 3346,
                           .origin_x = 410e3,
                           .origin_y = 6065e3,
                           .cell = 500,
                           .rows = 210,
                           .cols = 140}));
  EXPECT_EQ(s->years, 3);
  EXPECT_EQ(s->first_year, 2026);
  ASSERT_EQ(s->cases.size(), 2U);
  EXPECT_DOUBLE_EQ(s->cases[0].weight, 0.75);
  EXPECT_DOUBLE_EQ(s->cases[1].weight, 0.25);
  EXPECT_EQ(s->catalogue.movers[static_cast<std::size_t>(s->cases[1].mover)].id, "foot");
  ASSERT_EQ(s->measures.size(), 2U);
  EXPECT_EQ(s->catalogue.measures[static_cast<std::size_t>(s->measures[0])].id, "anti_tank_cover");
  EXPECT_EQ(s->money.by_year[2], Euro(30e6));
  EXPECT_EQ(s->earmarks[0].amount, Euro(40e6));
  EXPECT_EQ(s->layers[2].attribute, "a3");
  EXPECT_EQ(s->plan.year_weights, std::vector<double>(3, 1.0 / 3));
  // Marijampolė by gdaltransform: 458222.9 6047142.9 for 23.3541, 54.5592.
  EXPECT_NEAR(s->objectives[0].at.x, 458216, 30);
  EXPECT_NEAR(s->objectives[0].at.y, 6047121, 30);
  EXPECT_TRUE(s->grid.bounds().contains({s->entries[0].within.min_x, s->entries[0].within.max_y}));
  EXPECT_EQ(s->inputs.size(), 13U) << "the scenario and twelve catalogues";
}

TEST(Scenario, EveryErrorAtOnceInFileOrder) {
  std::string text = valid_scenario();
  text = edited(text, "title = \"Small\"", "tilte = \"Small\"");
  text = edited(text, "cell = \"500 m\"", "cell = 500");
  text = edited(text, "role = \"elevation\"", "role = \"elevatoin\"");
  text = edited(text, "state = \"RUS\"", "state = \"RUX\"");
  text = edited(text, "radius = \"1 km\"", "radius = \"1 h\"");
  text = edited(text, "id = \"heavy_tracked\"", "id = \"heavy_traked\"");
  text = edited(text, "rule = \"at_least\"", "rule = \"atleast\"");
  EXPECT_THAT(
      errors_of(text),
      ElementsAre(
          "s.toml:1:1: error: scenario lacks the key \"title\"",
          "s.toml:3:1: error: unknown key \"tilte\" in scenario\n  hint: did you mean \"title\"?",
          "s.toml:10:8: error: expected a length such as \"100 m\", got the bare number 500 "
          "[region.cell]\n  hint: units that fit: mm, cm, m, km",
          "s.toml:17:8: error: unknown role \"elevatoin\" [layers.role]\n  hint: did you mean "
          "\"elevation\"?",
          "s.toml:43:9: error: there is no adversary state \"RUX\" [entries.state]\n  hint: did "
          "you mean \"RUS\"?",
          "s.toml:52:10: error: expected a length such as \"100 m\", got \"1 h\": h is no unit of "
          "it [objectives.radius]\n  hint: units that fit: mm, cm, m, km",
          "s.toml:61:6: error: there is no mover \"heavy_traked\" [movers.id]\n  hint: did you "
          "mean \"heavy_tracked\"?",
          "s.toml:87:8: error: unknown rule \"atleast\" [earmarks.rule]\n  hint: did you mean "
          "\"at_least\"?"));
}

class ScenarioEdit : public ::testing::TestWithParam<Edit> {};

TEST_P(ScenarioEdit, HasOneErrorThatSaysIt) {
  const Edit& edit = GetParam();
  const auto errors = errors_of(edited(valid_scenario(), edit.from, edit.to));
  ASSERT_EQ(errors.size(), 1U) << edit.to << (errors.empty() ? "" : "\n" + errors[0]);
  EXPECT_THAT(errors[0], HasSubstr(edit.expected));
}

INSTANTIATE_TEST_SUITE_P(
    Region, ScenarioEdit,
    ::testing::Values(
        Edit{"epsg = 3346", "epsg = 4326", "s.toml:7:8: error:"},
        Edit{"epsg = 3346", "epsg = 3857", "1 km in EPSG:3857 is"},
        Edit{"epsg = 3346", "epsg = 32767", "EPSG:32767"},
        Edit{"epsg = 3346", "epsg = 1", "between 1024 and 32767"},
        Edit{"epsg = 3346", "epsg = \"3346\"", "expected an integer, got text"},
        Edit{"cell = \"500 m\"", "cell = \"0 m\"", "must be more than 0 m"},
        Edit{"cell = \"500 m\"", "cell = \"-1 m\"", "must be more than 0 m"},
        Edit{"cell = \"500 m\"", "cell = \"300 m\"", "233.333 cells of 300 m"},
        Edit{"cell = \"500 m\"", "cell = \"1 mm\"", "cells, at most 2147483647 fit"},
        Edit{"x = [\"410 km\", \"480 km\"]", "x = [\"480 km\", \"410 km\"]",
             "expected [low, high]"},
        Edit{"x = [\"410 km\", \"480 km\"]", "x = [\"410 km\"]", "expected 2 values, got 1"},
        Edit{"cell = \"500 m\"", "cell = \"500 m\"\nrows = 3", "unknown key \"rows\" in region"}));

INSTANTIATE_TEST_SUITE_P(
    Values, ScenarioEdit,
    ::testing::Values(
        Edit{"years = 3", "years = 3\nfirst_year = 1900", "first_year must be between"},
        Edit{"id = \"small\"", "id = \"small one\"", "is no id"},
        Edit{"title = \"Small\"", "title = \"\"", "text is empty"},
        Edit{"title = \"Small\"", "title = \"a\\u0007b\"", "control character"},
        Edit{"[\"LTU\", \"POL\"]", "[\"LTU\", \"Poland\"]", "\"Poland\" is no state code"},
        Edit{"[\"LTU\", \"POL\"]", "[\"LTU\", \"BLR\"]", "state \"BLR\" stands twice"},
        Edit{"quality = \"coarse\"", "quality = \"corse\"", "did you mean \"coarse\"?"},
        Edit{"lon = [22.7, 22.95]", "lon = [22.95, 22.7]", "expected [low, high]"},
        Edit{"lon = [22.7, 22.95]", "lon = [21.7, 22.95]", "leaves the region"},
        Edit{"lat = [54.4, 54.7]", "lat = [54.4, 154.7]", "must be between -90 and 90"},
        Edit{"at = [23.354, 54.559]", "at = [54.559, 23.354]", "lies outside the region"},
        Edit{"at = [23.354, 54.559]", "at = [23.354]", "[longitude, latitude] as 2 numbers"},
        Edit{"at = [23.354, 54.559]", "at = [23.354, 154.559]", "is not between -90 and 90"},
        Edit{"into = [\"LTU\"]", "into = []", "the list is empty"},
        Edit{"into = [\"LTU\"]", "into = [\"LTU\", \"LTU\"]", "\"LTU\" stands twice"},
        Edit{"entry = \"west\"", "entry = \"wset\"", "did you mean \"west\"?"},
        Edit{"objective = \"town\"", "objective = \"toun\"", "did you mean \"town\"?"},
        Edit{"weight = 3", "weight = 0", "weight must be more than 0"},
        Edit{"weight = 3", "weight = nan", "out of range"},
        Edit{"id = \"foot\"", "id = \"heavy_tracked\"", "first in line 61"},
        Edit{"id = \"dry\"", "id = \"dri\"", "there is no season \"dri\""},
        Edit{"[\"1 km\", \"4 km\"]", "[\"1 km\", \"6 km\"]", "outside the band of 0 m to 5000 m"},
        Edit{"[\"1 km\", \"4 km\"]", "[\"4 km\", \"1 km\"]", "belts must rise"},
        Edit{"to = \"5 km\"", "to = \"0 m\"", "more than 0 m"},
        Edit{"\"ditch_deepened\"]", "\"ditch_depened\"]", "did you mean \"ditch_deepened\"?"},
        Edit{"\"ditch_deepened\"]", "\"ditch_deepened\"]\nmin_segment = \"9 km\"",
             "longer than segment of 2000 m"},
        Edit{"\"ditch_deepened\"]", "\"ditch_deepened\"]\ncorridor_slack = 0.5",
             "got the bare number 0.5"}));

INSTANTIATE_TEST_SUITE_P(
    Money, ScenarioEdit,
    ::testing::Values(
        Edit{"\"30 MEUR\"]", "\"30 MEUR\", \"1 MEUR\"]", "4 amounts for 3 years (2026 to 2028)"},
        Edit{"\"30 MEUR\"]", "\"-30 MEUR\"]", "must be between 0 EUR and"},
        Edit{"\"30 MEUR\"]", "30]", "expected money such as"},
        Edit{"provenance = \"unverified\"\n\n[[earmarks]]",
             "carry_over = \"101 %\"\nprovenance = \"unverified\"\n\n[[earmarks]]",
             "between 0 % and 100 %"},
        Edit{"amount = \"40 MEUR\"", "amount = \"61 MEUR\"",
             "anti_tank_mines asks for 61 MEUR, more than the whole budget of 60 MEUR"},
        Edit{"amount = \"40 MEUR\"", "amount = \"40 MEUR\"\ntolerance = \"1 MEUR\"",
             "only rule = \"exactly\" has a tolerance"},
        Edit{"class = \"anti_tank_mines\"", "class = \"anti_tank\"",
             "did you mean \"anti_tank_mines\"?"},
        Edit{"class = \"anti_tank_mines\"", "class = \"counter_mobility\"",
             "no measure of [sites] is of this class"}));

TEST(Scenario, EarmarksMustFitTogether) {
  const std::string two = valid_scenario() +
                          "\n[[earmarks]]\nclass = \"engineering\"\nrule = \"exactly\"\n"
                          "amount = \"21 MEUR\"\nprovenance = \"unverified\"\n";
  const auto errors = errors_of(two);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("s.toml:94:10: error: earmarks ask together for 61 MEUR, more "
                                   "than the whole budget of 60 MEUR"));
  EXPECT_THAT(errors_of(edited(two, "\"21 MEUR\"", "\"21 MEUR\"\ntolerance = \"1 MEUR\"")),
              IsEmpty());
}

TEST(Scenario, ExactlyTheWholeBudgetIsAllowed) {
  EXPECT_THAT(errors_of(edited(valid_scenario(), "\"40 MEUR\"", "\"60 MEUR\"")), IsEmpty());
}

TEST(Scenario, EchelonsDoNotOverlap) {
  const auto errors = errors_of(valid_scenario() +
                                "\n[[echelons]]\nid = \"E2\"\nname = \"Second\"\nfrom = \"4 km\"\n"
                                "to = \"20 km\"\nprovenance = \"unverified\"\n");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0],
              HasSubstr("begins at 4000 m, inside the one before, which ends at 5000 m"));
}

TEST(Scenario, SecondLayerOfARoleOnlyForRoads) {
  const std::string layer = R"(
[[layers]]
role = "ROLE"
file = "x/ROLE.fgb"
quality = "measured"
source = "s"
licence = "l"
date = "d"
)";
  const auto with = [&](const std::string& role) {
    const std::string one = edited(edited(layer, "ROLE", role), "ROLE", role);
    return errors_of(valid_scenario() + one + one);
  };
  EXPECT_THAT(with("roads"), IsEmpty());
  const auto errors = with("water");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("a second layer of role water, first in line 92"));
}

TEST(Scenario, ALayerThatIsNeededAndMissing) {
  const auto errors = errors_of(edited(valid_scenario(), "\"states\"", "\"places\""));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("s.toml:16:1: error: no layer of role states [layers]"));
}

TEST(Scenario, YearWeightsAreOnePerYearAndSumToOne) {
  const std::string plan = valid_scenario() + "\n[plan]\nyear_weights = [1, 1, 2]\n";
  const auto s = parse_scenario(plan, "s.toml", without_layers());
  ASSERT_TRUE(s);
  EXPECT_THAT(s->plan.year_weights, ElementsAre(0.25, 0.25, 0.5));
  EXPECT_EQ(errors_of(edited(plan, "[1, 1, 2]", "[1, 1]")).size(), 1U);
  EXPECT_EQ(errors_of(edited(plan, "[1, 1, 2]", "[0, 0, 0]")).size(), 1U);
}

TEST(Scenario, MissingSectionsAreToldOnce) {
  const auto errors = errors_of("");
  EXPECT_EQ(errors.size(), 12U);
  EXPECT_EQ(errors[0], "s.toml:1:1: error: table \"scenario\" is missing");
}

TEST(Scenario, ASectionOfTheWrongShapeSaysHowToWriteIt) {
  auto errors = errors_of(edited(valid_scenario(), "[money]", "[[money]]"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("expected a table, got an array"));
  errors = errors_of(edited(valid_scenario(), "[[seasons]]", "[seasons]"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("write [[seasons]], once for each"));
}

TEST(Scenario, SyntaxErrorIsTheOnlyOne) {
  const auto errors = errors_of(valid_scenario() + "\n[broken\n");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("TOML syntax"));
}

TEST(Scenario, TheStarterPassesCheck) {
  EXPECT_THAT(errors_of(starter_scenario()), IsEmpty());
  EXPECT_THAT(starter_scenario(), HasSubstr("docs/reference/scenario.md"));
}

TEST(Scenario, EstimateGrowsWithCellsAndCases) {
  const auto s = parse_scenario(valid_scenario(), "s.toml", without_layers());
  ASSERT_TRUE(s);
  const Estimate small = estimate_run(*s, 2);
  auto finer = parse_scenario(edited(valid_scenario(), "\"500 m\"", "\"100 m\""), "s.toml",
                              without_layers());
  ASSERT_TRUE(finer);
  const Estimate large = estimate_run(*finer, 2);
  EXPECT_GT(large.memory_bytes, small.memory_bytes);
  EXPECT_GT(large.seconds, small.seconds);
  EXPECT_GE(estimate_run(*finer, 1).seconds, large.seconds);
  EXPECT_THAT(large.basis, HasSubstr("0.7 million cells"));
}

}  // namespace
}  // namespace abatis
