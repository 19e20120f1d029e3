// civil.json keeps its schema, its tables and leaves say the same, and names are never markup.

#include "abatis/report/civil_products.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "civil/leaving_land.hpp"
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

// Leaving: JSON, tables, the layer, words and leaf say the same.
TEST(EvacuationProducts, SayWhoWaitsForWhom) {
  testing::LeavingLand land;
  land.scenario.id = "small";
  land.terrain.settlements[0].name = "We,st";
  land.terrain.services = {{ServiceKind::shelter, "Cellar", land.at(5, 7)}};
  land.scenario.warning = {.time_s = {60, 60, 60}, .given = true};
  land.add_site(10, 2, 8, testing::kMines);
  land.add_site(20, 8, 9, testing::kMines);
  const Ledger ledger = land.ledger({{0, 0, 1}, {1, 0, 1}});
  const Evacuation evacuation = land.evacuation({{0, 0, 1}, {1, 0, 1}});
  const CivilView view{land.scenario, land.terrain, land.set, ledger, &evacuation};
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/civil.schema.json").value());
  const Json made = Json::parse(report::civil_json(view, true).dump());
  EXPECT_EQ(testing::schema_fault(made, schema), "");
  const Json& e = made["evacuation"];
  EXPECT_EQ(e["people"], 150);
  EXPECT_EQ(e["settlements_without_population"], 1);
  EXPECT_EQ(e["away"]["orders_first"]["people_cut_off"], 100);
  EXPECT_EQ(e["away"]["orders_wait"]["people_cut_off"], 0);
  EXPECT_FALSE(e["shelter"].is_null());
  EXPECT_EQ(e["orders_that_wait_for_nobody"], 1);
  ASSERT_EQ(e["orders"].size(), 1U);
  EXPECT_EQ(e["orders"][0]["site"], "S0");
  EXPECT_EQ(e["orders"][0]["kind"], "in_place");
  EXPECT_EQ(e["orders"][0]["settlements"], Json({"We,st"}));
  EXPECT_EQ(e["orders"][0]["impossible"], true);
  std::string orders;
  for (const auto& table : report::civil_tables(view)) {
    if (table.file == "tables/evacuation_orders.csv") orders = table.csv;
  }
  EXPECT_THAT(orders,
              HasSubstr("S0,mines,in_place,635,\"We,st\",100,0,0,1,100,0,0,635,60,yes\r\n"));
  std::string words;
  for (const std::string& line : report::civil_words(view)) words += line + "\n";
  EXPECT_THAT(words, HasSubstr("150 people and about 0 presumed in 1 settlement without"));
  EXPECT_THAT(words, HasSubstr("1 of 2 orders must wait for somebody"));
  EXPECT_THAT(words, HasSubstr("1 of them would then stand too late"));
  const TempFolder out;
  const auto written =
      write_civil_products(land.scenario, land.terrain, land.set, ledger, out.path(), &evacuation);
  ASSERT_TRUE(written) << to_string(written.error());
  const auto layer = read_layer(out.path() / "evacuation.gpkg", land.scenario.grid.epsg,
                                {.layer = "evacuation_bottlenecks"});
  ASSERT_TRUE(layer) << to_string(layer.error());
  EXPECT_EQ(layer->features.size(), e["bottlenecks"].size());
  EXPECT_FALSE(layer->features.empty());
  const std::string leaf = read_file(out.path() / "leaves/around_we_st.html").value_or("");
  EXPECT_THAT(leaf, HasSubstr("Leaving by road"));
  EXPECT_THAT(leaf, HasSubstr("1 order to close a road must wait"));
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
