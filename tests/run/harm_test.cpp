// Limits on harm, for the whole plan and by municipality, on the small world.

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "people_of.hpp"
#include "plan_of.hpp"

namespace abatis {
namespace {
using abatis::testing::add_people;
using abatis::testing::plan_of;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;
using ::testing::HasSubstr;

std::string limit(const std::string& metric, const std::string& at_most, const std::string& in) {
  return "[[harm_limits]]\nmetric = \"" + metric + "\"\nat_most = " + at_most + "\nin = \"" + in +
         "\"\nprovenance = \"the test\"\n\n[plan]";
}

// Land taken (ha) by municipality, from the ledger of the run.
std::map<std::string, double> land_of(const TinyWorld& world) {
  const Json civil = Json::parse(read_file(world.out() / "civil.json").value());
  std::map<std::string, double> land;
  for (const Json& district : civil.at("districts")) {
    land[district.at("name").get<std::string>()] = district.at("land_ha").get<double>();
  }
  return land;
}

TEST(HarmLimits, HoldInOneMunicipalityAndLeaveTheOtherAlone) {
  TinyWorld world("harm_in");
  add_people(world);
  const Json before = plan_of(world);
  const auto free = land_of(world);
  ASSERT_GT(free.at("South"), 2) << "the plan without the limit takes land there";
  const double at_most = free.at("South") / 2;
  world.edit("[plan]", limit("land", fmt::format("\"{:.6f} ha\"", at_most), "South"));
  const Json after = plan_of(world);
  const auto held = land_of(world);
  EXPECT_LE(held.at("South"), at_most + 1e-3);
  EXPECT_GT(held.at("North"), 0);
  EXPECT_LE(after.at("result").at("objective_s").get<double>(),
            before.at("result").at("bound_s").get<double>() * (1 + 1e-9));
  const Json& limits = after.at("limits");
  EXPECT_TRUE(std::any_of(limits.begin(), limits.end(), [](const Json& one) {
    return one.at("limit") == "limit on land in South";
  }));
}

TEST(HarmLimits, EachMunicipalityByItself) {
  TinyWorld world("harm_each");
  add_people(world);
  world.edit("[plan]", limit("mined_area", "\"10 ha\"", "each"));
  const Json plan = plan_of(world);
  const Json civil = Json::parse(read_file(world.out() / "civil.json").value());
  int counted = 0;
  for (const Json& district : civil.at("districts")) {
    if (district.at("name") == "outside the municipalities") continue;
    EXPECT_LE(district.at("mined_ha").get<double>(), 10 + 1e-3) << district.at("name");
    ++counted;
  }
  EXPECT_EQ(counted, 2);
}

TEST(HarmLimits, AMunicipalityThatIsNotThereIsRefused) {
  TinyWorld world("harm_unknown");
  add_people(world);
  world.edit("[plan]", limit("land", "\"1 ha\"", "Sout"));
  RunOptions options{.scenario = world.scenario(), .out = world.out(), .threads = 2};
  options.program = "test";
  const auto refused = run(options, silent_monitor());
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("there is no municipality Sout"));
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("South"));
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("scenario.toml:"));
}

}  // namespace
}  // namespace abatis
