// What the measures of a scenario ask of it: a warning time, a park, quotas, bands of echelons.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/scenario/scenario.hpp"
#include "added_text.hpp"
#include "marked.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::edited;
using ::testing::ElementsAre;
using testing::errors_of;
using testing::expect_error;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::place_of;
using ::testing::StartsWith;
using testing::valid_scenario;
using testing::without_layers;

std::string with_measures(const std::string& list) {
  return edited(valid_scenario(), "\"anti_tank_cover\", \"ditch_deepened\"", list);
}
constexpr const char* kWarning =
    "\n[warning]\ntime = [\"6 h\", \"24 h\", \"72 h\"]\nprovenance = \"unverified\"\n";

TEST(MeasuresOfAScenario, WhatIsStoredNeedsAWarningAndAPark) {
  const std::string all = with_measures("\"mined_zone\", \"park\"");
  EXPECT_THAT(errors_of(all), ElementsAre(HasSubstr("s.toml:1:1: error: mined_zone is stored and "
                                                    "emplaced on warning, but the scenario states "
                                                    "no warning time")));
  EXPECT_THAT(errors_of(all + kWarning), IsEmpty());
  expect_error(with_measures("\"mined_zone\"") + kWarning, "|[sites]",
               "mined_zone is stored, but no measure of [sites] is a park");
}

TEST(MeasuresOfAScenario, TheWarningIsRead) {
  const auto s = parse_scenario(valid_scenario() + kWarning, "s.toml", without_layers());
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->warning.given);
  EXPECT_EQ(s->warning.time_s, (Triangular{6 * 3600, 24 * 3600, 72 * 3600}));
  const std::string text = edited(valid_scenario() + kWarning, "\"24 h\"", "\"90 h\"");
  expect_error(text, "time = |[", "[min, mode, max] must not fall, got 6 h, 90 h, 72 h");
  expect_error(edited(valid_scenario() + kWarning, "\"6 h\"", "\"6\""), "time = [|\"6\"",
               "expected a time such as");
}

TEST(MeasuresOfAScenario, CoverNeedsAnObstacle) {
  expect_error(with_measures("\"anti_tank_cover\", \"forest_retained\""), "|[sites]",
               "cover watches obstacles, but no measure of [sites] is one");
}

std::string quota(const std::string& measure, const std::string& amount) {
  return "\n[[quotas]]\nmeasure = \"" + measure + "\"\nat_least = \"" + amount +
         "\"\nprovenance = \"unverified\"\n";
}

TEST(Quotas, AreInTheUnitOfTheirMeasure) {
  const std::string text = with_measures(
      "\"anti_tank_cover\", \"ditch_deepened\", \"forest_retained\", \"bridge_prepared\"");
  const auto s =
      parse_scenario(text + quota("ditch_deepened", "40 km") + quota("forest_retained", "3 km2") +
                         quota("bridge_prepared", "12 pieces"),
                     "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  ASSERT_EQ(s->quotas.size(), 3U);
  EXPECT_DOUBLE_EQ(s->quotas[0].at_least, 40);
  EXPECT_DOUBLE_EQ(s->quotas[1].at_least, 300);
  EXPECT_DOUBLE_EQ(s->quotas[2].at_least, 12);
  EXPECT_EQ(s->catalogue.measures[static_cast<std::size_t>(s->quotas[2].measure)].id,
            "bridge_prepared");
}

TEST(Quotas, OfAWrongUnitMeasureOrTwiceAreRefused) {
  const std::string plain = valid_scenario();
  expect_error(plain + quota("ditch_deepened", "40 ha"), "at_least = |\"40 ha\"",
               "expected a length such as");
  expect_error(plain + quota("ditch_deepened", "0 km"), "at_least = |\"0 km\"",
               "\"0 km\" is out of range: at_least must be more than 0 m");
  expect_error(plain + quota("ditch_depened", "40 km"), "measure = |\"ditch_depened\"",
               "there is no measure of [sites] \"ditch_depened\"");
  expect_error(plain + quota("mined_zone", "40 km"), "measure = |\"mined_zone\"",
               "there is no measure of [sites] \"mined_zone\"");
  expect_error(plain + quota("anti_tank_cover", "40 km"), "measure = |\"anti_tank_cover\"",
               "cover is bought with obstacles: no quota of its own");
  const std::string two =
      plain + quota("ditch_deepened", "40 km") + quota("ditch_deepened", "1 km");
  expect_error(two, "measure = |\"ditch_deepened\"\nat_least = \"1 km\"",
               "a second quota of ditch_deepened, first in line 93");
}

std::string echelon(const std::string& keys) {
  return edited(valid_scenario(),
                "id = \"E1\"\nname = \"First\"\nfrom = \"0 km\"\nto = \"5 km\"\nbelts = [\"1 km\", "
                "\"4 km\"]\nprovenance = \"unverified\"\n",
                keys);
}

TEST(Echelons, TakeTheirBandFromADefinition) {
  const auto s = parse_scenario(
      echelon("id = \"E2\"\ndefinition = \"vice_minister_2025\"\nbelts = [\"4 km\"]\n"), "s.toml",
      without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  ASSERT_EQ(s->echelons.size(), 1U);
  EXPECT_EQ(s->echelons[0].name, "second echelon");
  EXPECT_EQ(s->echelons[0].from_m, 3000);
  EXPECT_EQ(s->echelons[0].to_m, 20000);
  EXPECT_EQ(s->echelons[0].definition, "vice_minister_2025");
  EXPECT_THAT(s->echelons[0].provenance.source, HasSubstr("vice-minister"));
  EXPECT_EQ(s->echelons[0].belts_m, std::vector<double>{4000});
}

TEST(Echelons, ADefinitionAndABandOfOnesOwnExcludeEachOther) {
  const std::string named = "id = \"E1\"\ndefinition = \"mod_2025\"\n";
  for (const char* key : {"from = |\"0 km\"", "to = |\"5 km\"", "name = |\"Mine\""}) {
    const std::string marked = key;
    std::string plain = marked;
    plain.erase(plain.find('|'), 1);
    expect_error(echelon(named + plain + "\n"), marked, "the definition gives it");
  }
  expect_error(echelon("id = \"E1\"\ndefinition = \"mod_2052\"\n"), "definition = |\"mod_2052\"",
               "there is no echelon definition \"mod_2052\"");
  expect_error(echelon("id = \"E4\"\ndefinition = \"mod_2025\"\n"), "id = |\"E4\"",
               "mod_2025 has no band E4");
  expect_error(echelon(named + "belts = [\"6 km\"]\n"), "belts = |[\"6 km\"]",
               "the belt at 6000 m lies outside the band of 0 m to 5000 m");
}

TEST(Echelons, WithoutADefinitionNeedAllOfTheirOwn) {
  const std::string text = echelon("id = \"E1\"\n");
  const std::string at = "s.toml:" + place_of(text, "|[[echelons]]") + ": error: ";
  EXPECT_THAT(errors_of(text),
              ElementsAre(StartsWith(at + "an echelon without `definition` needs `name`"),
                          StartsWith(at + "an echelon without `definition` needs `from`"),
                          StartsWith(at + "an echelon without `definition` needs `to`"),
                          StartsWith(at + "an echelon without `definition` needs `provenance`")));
}

TEST(Echelons, OfTwoDefinitionsThatOverlapAreRefused) {
  const std::string text = echelon(
      "id = \"E1\"\ndefinition = \"mod_2025\"\n\n[[echelons]]\nid = "
      "\"E2\"\ndefinition = \"vice_minister_2025\"\n");
  expect_error(text, "id = |\"E2\"",
               "the band begins at 3000 m, inside the one before, which ends at 5000 m");
}

}  // namespace
}  // namespace abatis
