// civil.json keeps its schema, its tables and leaves say the same, and names are never markup.

#include "abatis/report/civil_products.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "civil/small_land.hpp"
#include "report/civil.hpp"
#include "report/leaves.hpp"
#include "support/json_schema.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using Json = nlohmann::json;
using report::CivilView;
using ::testing::HasSubstr;
using ::testing::Not;

class CivilProductsOf : public ::testing::Test {
 protected:
  CivilProductsOf() {
    land_.scenario.id = "small";
    land_.scenario.title = "Small <b>land\xff";
    land_.terrain.settlements[0].name = "We<script>st\xff";
    land_.terrain.services = {{ServiceKind::clinic, "Clinic", land_.at(5, 29)}};
    land_.add_site(10, 2, 8, testing::kMines, 0);
    land_.add_site(20, 2, 8, testing::kVehicleDitch);
    ledger_ = land_.ledger({{0, 0, 1}, {1, 0, 0}});
  }
  CivilView view() const { return {land_.scenario, land_.terrain, land_.set, ledger_}; }

  testing::SmallLand land_;
  Ledger ledger_;
};

TEST_F(CivilProductsOf, JsonKeepsItsSchema) {
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/civil.schema.json").value());
  Json made = Json::parse(report::civil_json(view(), true).dump());
  EXPECT_EQ(testing::schema_fault(made, schema), "");
  EXPECT_EQ(made["by"], "nearest town");
  EXPECT_EQ(made["sites"].size(), 2U);
  EXPECT_EQ(made["mined_zones_stored"], 1);
  EXPECT_EQ(made["plan"]["people_near_mined_zones"]["within_1km"], 150);
  EXPECT_EQ(made["plan"]["access"]["built"]["households_cut_off"], 75);  // the ditch: West, East
  EXPECT_EQ(made["plan"]["access"]["with_stored"]["clinic"]["households_cut_off"], 75);
  made["plan"].erase("mined_ha");
  EXPECT_EQ(testing::schema_fault(made, schema), "/plan lacks mined_ha");
}

TEST_F(CivilProductsOf, WithoutServicesAccessIsNullAndSaidSo) {
  land_.terrain.services.clear();
  ledger_ = land_.ledger({{0, 0, 1}});
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/civil.schema.json").value());
  const Json made = Json::parse(report::civil_json(view(), true).dump());
  EXPECT_EQ(testing::schema_fault(made, schema), "");
  EXPECT_TRUE(made["plan"]["access"].is_null());
  std::string words;
  for (const std::string& line : report::civil_words(view())) words += line;
  EXPECT_THAT(words, HasSubstr("not assessed"));
  EXPECT_THAT(words, HasSubstr("nearest town"));
}

TEST_F(CivilProductsOf, FilesAreWrittenAndListed) {
  const TempFolder out;
  const auto made =
      write_civil_products(land_.scenario, land_.terrain, land_.set, ledger_, out.path());
  ASSERT_TRUE(made) << to_string(made.error());
  for (const ProductFile& file : made->files) {
    EXPECT_TRUE(fs::exists(out.path() / file.name)) << file.name;
    EXPECT_FALSE(file.what.empty());
  }
  EXPECT_TRUE(fs::exists(out.path() / "civil.json"));
}

TEST_F(CivilProductsOf, LeavesCarryNoMarkupOfNames) {
  const auto leaves = report::make_leaves(view());
  ASSERT_EQ(leaves.size(), 2U);  // around West and around Cee
  for (const auto& leaf : leaves) {
    EXPECT_THAT(leaf.csv, Not(HasSubstr("<script")));
    EXPECT_THAT(leaf.csv, Not(HasSubstr("<b>land")));
    EXPECT_THAT(leaf.csv, HasSubstr("Small &lt;b&gt;land"));
    EXPECT_THAT(leaf.csv, HasSubstr("<svg"));
  }
}

}  // namespace
}  // namespace abatis
