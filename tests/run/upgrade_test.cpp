// What stands is made into more in a later year, on the small world.

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/run/run.hpp"
#include "plan_of.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::plan_of;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;

constexpr const char* kUpgrades = R"([[upgrades]]
from = "anti_vehicle_ditch"
to = "anti_tank_cover"
provenance = "made by the test"

[[upgrades]]
from = "anti_vehicle_ditch"
to = "mined_zone"
credit = "50 %"
provenance = "made by the test"

[plan])";

// A ditch at E1-B1-002 in its year, and something on top of it in another.
std::string decisions(int base, int later, const std::string& measure) {
  return fmt::format(
      "[[decisions]]\nsite = \"E1-B1-002\"\nmeasure = \"anti_vehicle_ditch\"\nbuild = {}\n"
      "provenance = \"test\"\n\n[[decisions]]\nsite = \"E1-B1-002-later\"\nmeasure = \"{}\"\n"
      "build = {}\nprovenance = \"test\"\n\n{}",
      base, measure, later, kUpgrades);
}

void offer_upgrades(TinyWorld& world, const std::string& in_place) {
  world.edit("\"anti_vehicle_ditch\"", "\"anti_vehicle_ditch\", \"anti_tank_cover\"");
  world.edit("[plan]", in_place);
}

std::map<std::string, Json> by_site(const Json& plan) {
  std::map<std::string, Json> rows;
  for (const Json& row : plan.at("purchases")) rows[row.at("site").get<std::string>()] = row;
  return rows;
}

TEST(Upgrades, CoverComesLaterAndCostsItselfAlone) {
  TinyWorld world("upgrade_cover");
  offer_upgrades(world, decisions(2026, 2028, "anti_vehicle_ditch"));
  const Json plan = plan_of(world);
  auto rows = by_site(plan);
  ASSERT_TRUE(rows.contains("E1-B1-002") && rows.contains("E1-B1-002-later"));
  const Json& base = rows["E1-B1-002"];
  const Json& later = rows["E1-B1-002-later"];
  EXPECT_TRUE(base.at("upgrade_of").is_null());
  EXPECT_TRUE(base.at("cover").is_null());
  EXPECT_EQ(later.at("upgrade_of"), "E1-B1-002");
  EXPECT_EQ(later.at("cover"), "anti_tank_cover");
  EXPECT_EQ(later.at("year"), 2028);
  EXPECT_EQ(later.at("quantity"), 0) << "the ditch itself is not dug again";
  EXPECT_GT(later.at("cost_eur").get<double>(), 0);
  // All of the money adds up, the upgrade's class with it.
  double cost = 0;
  for (const auto& [site, row] : rows) cost += row.at("cost_eur").get<double>();
  EXPECT_NEAR(plan.at("money").at("purchases_eur").get<double>(), cost, 1);
}

TEST(Upgrades, AnotherMeasureIsPaidLessItsCredit) {
  TinyWorld world("upgrade_measure");
  offer_upgrades(world, decisions(2026, 2028, "mined_zone"));
  auto rows = by_site(plan_of(world));
  ASSERT_TRUE(rows.contains("E1-B1-002") && rows.contains("E1-B1-002-later"));
  const double ditch = rows["E1-B1-002"].at("cost_eur"),
               more = rows["E1-B1-002-later"].at("cost_eur");
  EXPECT_EQ(rows["E1-B1-002-later"].at("measure"), "mined_zone");
  TinyWorld plain("upgrade_measure_plain");
  plain.edit("[plan]",
             "[[decisions]]\nsite = \"E1-B1-002\"\nmeasure = \"mined_zone\"\nbuild = 2028\n"
             "provenance = \"test\"\n\n[plan]");
  const double whole = by_site(plan_of(plain))["E1-B1-002"].at("cost_eur");
  EXPECT_NEAR(more, std::max(0.0, whole - 0.5 * ditch), 1);
}

TEST(Upgrades, NeedWhatTheyAreOf) {
  TinyWorld world("upgrade_early");
  offer_upgrades(world, decisions(2028, 2026, "mined_zone"));
  RunOptions options{.scenario = world.scenario(), .out = world.out(), .threads = 2};
  options.program = "test";
  const auto summary = run(options, silent_monitor());
  ASSERT_FALSE(summary.has_value()) << "the ditch comes two years after what is built on it";
  EXPECT_THAT(to_string(summary.error().front()), ::testing::HasSubstr("E1-B1-002"));
}

}  // namespace
}  // namespace abatis
