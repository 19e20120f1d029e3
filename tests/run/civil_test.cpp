// The ledger of a plan on the small world: of a run, of `abatis civil`, and of bad input.

#include "abatis/run/civil.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "people_of.hpp"
#include "run_of.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::add_people;
using abatis::testing::options_of;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;
using ::testing::HasSubstr;

TEST(Civil, ARunLeavesTheLedgerAndSoDoesTheCommand) {
  TinyWorld world("civil");
  add_people(world);
  const auto made = run(options_of(world), silent_monitor());
  ASSERT_TRUE(made) << to_string(made.error().front());
  const std::string by_run = read_file(world.out() / "civil.json").value();
  const Json civil = Json::parse(by_run);
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/civil.schema.json").value());
  EXPECT_EQ(testing::schema_fault(civil, schema), "");
  EXPECT_EQ(civil["by"], "municipality");
  ASSERT_EQ(civil["districts"].size(), 3U);
  double land = 0;
  for (const Json& district : civil["districts"]) land += district["land_ha"].get<double>();
  EXPECT_NEAR(land, civil["plan"]["land_ha"].get<double>(), 0.01);
  EXPECT_GT(land, 0);
  EXPECT_EQ(civil["services"]["clinic"], 1);

  fs::remove(world.out() / "civil.json");
  const auto again = run_civil(options_of(world), silent_monitor());
  ASSERT_TRUE(again) << to_string(again.error().front());
  EXPECT_EQ(read_file(world.out() / "civil.json").value(), by_run);
  for (const std::string& product : again->products) {
    EXPECT_TRUE(fs::exists(world.out() / product)) << product;
  }
}

TEST(Civil, WithoutAPlanItSaysWhatToRun) {
  TinyWorld world("civil_none");
  fs::create_directories(world.out());
  const auto none = run_civil(options_of(world), silent_monitor());
  ASSERT_FALSE(none);
  EXPECT_THAT(to_string(none.error().front()), HasSubstr("plan.json"));
}

TEST(Civil, MunicipalitiesThatOverlapAreRefused) {
  TinyWorld world("civil_overlap");
  add_people(world);
  world.write_layer("municipalities", GeometryKind::polygon, {"name"},
                    {{TinyWorld::box(1500, 0, 12000, 5000), {std::string("South")}},
                     {TinyWorld::box(1500, 4000, 12000, 8000), {std::string("North")}}});
  const auto refused = run(options_of(world), silent_monitor());
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error().front()), HasSubstr("overlap in"));
}

}  // namespace
}  // namespace abatis
