// [[harm_limits]], [[standoffs]] and [gates], and the keys of the catalogue that serve them.

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

std::string limit(const std::string& metric, const std::string& amount,
                  const std::string& more = "") {
  return "\n[[harm_limits]]\nmetric = \"" + metric + "\"\nat_most = " + amount + "\n" + more +
         kProvenance;
}

TEST(HarmLimitKeys, AreReadInTheUnitOfTheMetric) {
  EXPECT_DOUBLE_EQ(parsed(limit("mined_area", "\"250 ha\"")).harm_limits[0].at_most, 2.5);
  EXPECT_DOUBLE_EQ(parsed(limit("people_1km", "1200")).harm_limits[0].at_most, 1200);
  EXPECT_DOUBLE_EQ(parsed(limit("people_5km", "1200")).harm_limits[0].at_most, 1200);
  EXPECT_DOUBLE_EQ(parsed(limit("land", "\"2 km2\"")).harm_limits[0].at_most, 200);
  EXPECT_DOUBLE_EQ(parsed(limit("farmland", "\"2 km2\"")).harm_limits[0].at_most, 200);
  EXPECT_DOUBLE_EQ(parsed(limit("margin", "\"30 kEUR\"")).harm_limits[0].at_most, 3e4);
  EXPECT_DOUBLE_EQ(parsed(limit("clearance", "\"3 MEUR\"")).harm_limits[0].at_most, 3e6);
  for (int m = 0; m < kHarmMetrics; ++m) {
    EXPECT_FALSE(to_string(static_cast<HarmMetric>(m)).empty());
    EXPECT_FALSE(unit_of(static_cast<HarmMetric>(m)).empty());
  }
  expect_refused(limit("mined_area", "\"3 km\""), "expected an area");
  expect_refused(limit("people_1km", "-4"), "-4");
  expect_refused(limit("sorrow", "4"), "sorrow");
}

TEST(HarmLimitKeys, HoldInOneMunicipalityOrInEach) {
  const Scenario s =
      parsed(limit("people_1km", "9") + limit("people_1km", "1", "in = \"Lazdijai\"\n") +
             limit("people_1km", "2", "in = \"each\"\n"));
  ASSERT_EQ(s.harm_limits.size(), 3U);
  EXPECT_EQ(s.harm_limits[0].in, "");
  EXPECT_EQ(s.harm_limits[1].in, "Lazdijai");
  EXPECT_EQ(s.harm_limits[2].in, kEachMunicipality);
  expect_refused(limit("people_1km", "1") + limit("people_1km", "2"),
                 "a second limit on people_1km, first in line");
  expect_refused(
      limit("land", "\"1 ha\"", "in = \"each\"\n") + limit("land", "\"2 ha\"", "in = \"each\"\n"),
      "a second limit on land in each");
}

std::string standoff(const std::string& from, const std::string& at_least,
                     const std::string& measures) {
  return "\n[[standoffs]]\nfrom = \"" + from + "\"\nat_least = " + at_least + "\nmeasures = [" +
         measures + "]\n" + kProvenance;
}

TEST(StandoffKeys, NameWhatIsKeptFromWhat) {
  const Scenario s = parsed(standoff("dwellings", "\"400 m\"", "\"ditch_deepened\""));
  ASSERT_EQ(s.standoffs.size(), 1U);
  EXPECT_EQ(s.standoffs[0].from, StandoffFrom::dwellings);
  EXPECT_DOUBLE_EQ(s.standoffs[0].at_least_m, 400);
  ASSERT_EQ(s.standoffs[0].measures.size(), 1U);
  EXPECT_EQ(s.catalogue.measures[static_cast<std::size_t>(s.standoffs[0].measures[0])].id,
            "ditch_deepened");
  expect_refused(standoff("churches", "\"400 m\"", "\"ditch_deepened\""), "churches");
  expect_refused(standoff("dwellings", "\"0 m\"", "\"ditch_deepened\""), "at_least");
  expect_refused(standoff("dwellings", "\"1 km\"", "\"ditch_depened\""), "ditch_depened");
  expect_refused(standoff("routes", "\"1 km\"", "\"ditch_deepened\""),
                 "the scenario has no [[routes]]");
  expect_refused(standoff("services", "\"1 km\"", "\"ditch_deepened\""),
                 "there is no layer with role = \"services\"");
  expect_refused(standoff("protected_areas", "\"1 km\"", "\"ditch_deepened\""),
                 "there is no layer with role = \"protected_areas\"");
}

TEST(GateKeys, NameClassesOfRoads) {
  const auto gates = [](const std::string& roads) {
    return "\n[gates]\nroads = [" + roads + "]\n" + kProvenance;
  };
  const Scenario s = parsed(gates("\"primary\", \"motorway\""));
  const auto index = [&](const char* id) {
    const auto& roads = s.catalogue.roads;
    return static_cast<int>(
        std::find_if(roads.begin(), roads.end(), [&](const auto& r) { return r.id == id; }) -
        roads.begin());
  };
  EXPECT_TRUE(s.gates.keeps_open(index("primary")));
  EXPECT_FALSE(s.gates.keeps_open(index("track")));
  EXPECT_FALSE(parsed("").gates.keeps_open(index("primary")));
  expect_refused(gates("\"primry\""), "primry");
}

}  // namespace
}  // namespace abatis
