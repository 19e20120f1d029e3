// [[decisions]], [[routes]], [[capacities]], [[upgrades]], [tradeoffs] and the
// objective of [plan].

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/scenario/scenario.hpp"
#include "added_text.hpp"
#include "marked.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using ::testing::ElementsAre;
using testing::errors_of;
using testing::expect_refused;
using ::testing::HasSubstr;
using testing::kProvenance;
using testing::parsed;
using testing::valid_scenario;
using testing::without_layers;

std::string decision(const std::string& what) {
  return "\n[[decisions]]\nsite = \"E1-B1-004\"\n" + what + "\n" + kProvenance;
}

TEST(DecisionKeys, EachSaysOneThing) {
  const int first = parsed("").first_year;
  const Scenario s = parsed(decision(fmt::format("build = {}", first + 1)));
  ASSERT_EQ(s.decisions.size(), 1U);
  EXPECT_EQ(s.decisions[0].site, "E1-B1-004");
  EXPECT_EQ(s.decisions[0].kind, Decision::Kind::build);
  EXPECT_EQ(s.decisions[0].year, first + 1);
  EXPECT_EQ(s.decisions[0].measure, -1);
  EXPECT_EQ(parsed(decision("built = 2019")).decisions[0].kind, Decision::Kind::built);
  expect_refused(decision("never = true\nbuilt = 2019"), "one of build = YEAR");
  expect_refused(decision(""), "one of build = YEAR");
  expect_refused(decision("never = false"), "says nothing");
  expect_refused(decision("build = 1990"), "1990");
  expect_refused(decision(fmt::format("built = {}", first)), fmt::format("{}", first));
  expect_refused(decision("never = true\nmeasure = \"moat\""), "moat");
  expect_refused(decision("never = true") + decision("built = 2019"), "a second decision on");
}

TEST(RouteKeys, JoinTwoPlacesForAMoverOfTheScenario) {
  const auto route = [](const std::string& from, const std::string& mover,
                        const std::string& more) {
    return "\n[[routes]]\nid = \"out\"\nname = \"Way out\"\nfrom = [" + from +
           "]\nto = [23.354, 54.559]\nmover = \"" + mover + "\"\nwithin = \"20 %\"\n" + more +
           kProvenance;
  };
  const Scenario s = parsed(route("23.2, 54.5", "foot", "radius = \"500 m\"\n"));
  ASSERT_EQ(s.routes.size(), 1U);
  EXPECT_DOUBLE_EQ(s.routes[0].within, 0.2);
  EXPECT_DOUBLE_EQ(s.routes[0].from.radius_m, 500);
  EXPECT_EQ(s.routes[0].mover, s.movers[1].mover);
  expect_refused(route("3.2, 54.5", "foot", ""), "the start of route out lies outside the region");
  expect_refused(route("23.2, 54.5", "heavy_wheeled", ""), "heavy_wheeled");
}

TEST(ObjectiveKeys, WorstPartNeedsItsSize) {
  const auto plan = [](const std::string& lines) { return "\n[plan]\n" + lines + "\n"; };
  EXPECT_EQ(parsed("").plan.tail, 1);
  EXPECT_EQ(parsed(plan("objective = \"mean\"")).plan.tail, 1);
  EXPECT_EQ(parsed(plan("objective = \"worst\"")).plan.tail, 0);
  EXPECT_DOUBLE_EQ(parsed(plan("objective = \"worst_part\"\nworst_part = \"25 %\"")).plan.tail,
                   0.25);
  expect_refused(plan("objective = \"worst_part\""), "how large the worst part is");
  expect_refused(plan("worst_part = \"25 %\""), "only objective = \"worst_part\" has one");
  expect_refused(plan("objective = \"best\""), "best");
}

TEST(CapacityKeys, PairMeasuresWithAmounts) {
  const auto capacity = [](const std::string& measures, const std::string& per_unit) {
    return "\n[[capacities]]\nid = \"crews\"\nname = \"Crews\"\nunit = \"weeks\"\neach_year = 40\n"
           "measures = [" +
           measures + "]\nper_unit = [" + per_unit + "]\n" + kProvenance;
  };
  const Scenario s = parsed(capacity("\"ditch_deepened\"", "2.5"));
  ASSERT_EQ(s.capacities.size(), 1U);
  ASSERT_EQ(s.capacities[0].uses.size(), 1U);
  EXPECT_DOUBLE_EQ(s.capacities[0].uses[0].amount, 2.5);
  EXPECT_DOUBLE_EQ(s.capacities[0].each_year, 40);
  expect_refused(capacity("\"ditch_deepened\"", "1, 2"), "one number for each of measures");
  expect_refused(capacity("\"ditch_deepened\"", "0"), "0");
  expect_refused(capacity("\"moat\"", "1"), "moat");
  expect_refused(capacity("\"ditch_deepened\"", "1") + capacity("\"ditch_deepened\"", "1"),
                 "crews");
}

TEST(UpgradeKeys, NameWhatStandsAndWhatItBecomes) {
  const auto upgrade = [](const std::string& from, const std::string& to) {
    return "\n[[upgrades]]\nfrom = \"" + from + "\"\nto = \"" + to + "\"\ncredit = \"40 %\"\n" +
           kProvenance;
  };
  const Scenario s = parsed(upgrade("ditch_deepened", "anti_tank_cover"));
  ASSERT_EQ(s.upgrades.size(), 1U);
  EXPECT_EQ(s.catalogue.measures[static_cast<std::size_t>(s.upgrades[0].from)].id,
            "ditch_deepened");
  EXPECT_EQ(s.catalogue.measures[static_cast<std::size_t>(s.upgrades[0].to)].id, "anti_tank_cover");
  EXPECT_DOUBLE_EQ(s.upgrades[0].credit, 0.4);
  expect_refused(upgrade("anti_tank_cover", "ditch_deepened"), "is no obstacle");
  expect_refused(upgrade("ditch_deepened", "ditch_deepened"), "no upgrade of itself");
  expect_refused(upgrade("ditch_deepened", "moat"), "moat");
  expect_refused(
      upgrade("ditch_deepened", "anti_tank_cover") + upgrade("ditch_deepened", "anti_tank_cover"),
      "a second time");
}

TEST(TradeoffKeys, HaveDefaultsAndAreSorted) {
  EXPECT_FALSE(parsed("").tradeoffs.given);
  const Scenario s = parsed(std::string("\n[tradeoffs]\nmoney = [\"120 %\", \"50 %\"]\n"
                                        "harm_metric = \"clearance\"\ngrowth_years = [\"80 %\", "
                                        "\"130 %\"]\n") +
                            kProvenance);
  EXPECT_TRUE(s.tradeoffs.given);
  EXPECT_THAT(s.tradeoffs.money, ElementsAre(0.5, 1.2));
  EXPECT_EQ(s.tradeoffs.metric, HarmMetric::clearance);
  EXPECT_DOUBLE_EQ(s.tradeoffs.growth_high, 1.3);
  const auto section = [](const std::string& line) {
    return "\n[tradeoffs]\n" + line + "\n" + kProvenance;
  };
  expect_refused(section("money = [\"50 %\", \"50 %\"]"), "twice");
  expect_refused(section("money = [\"0 %\"]"), "0 %");
  expect_refused(section("harm = [\"120 %\"]"), "120 %");
  expect_refused(section("growth_years = [\"110 %\", \"130 %\"]"), "fast growth");
}

}  // namespace
}  // namespace abatis
