// Two runs of the small world side by side, and runs that cannot be.

#include "abatis/finished/compare.hpp"

#include <cmath>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/run/run.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using testing::TinyWorld;
using Json = nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;

class Compare : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyWorld("compare");
    run_into("a");
    world_->edit("by_year = [\"2 MEUR\", \"2 MEUR\", \"2 MEUR\", \"2 MEUR\"]",
                 "by_year = [\"1 MEUR\", \"1 MEUR\", \"1 MEUR\", \"1 MEUR\"]");
    run_into("b");
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static void run_into(const std::string& name) {
    RunOptions options{.scenario = world_->scenario(), .out = folder(name), .threads = 2};
    options.program = "test";
    const auto made = run(options, silent_monitor());
    ASSERT_TRUE(made) << to_string(made.error().front());
  }
  static fs::path folder(const std::string& name) { return world_->root() / name; }

  // A copy of run a whose plan.json says something else, with a manifest that fits.
  static fs::path other(const std::string& key, const Json& value) {
    const fs::path to = folder("other");
    fs::remove_all(to);
    fs::create_directories(to);
    fs::copy(folder("a") / "civil.json", to / "civil.json");
    Json plan = Json::parse(read_file(folder("a") / "plan.json").value());
    plan["scenario"][key] = value;
    std::ofstream(to / "plan.json") << plan.dump();
    Json manifest = Json::parse(read_file(folder("a") / "manifest.json").value());
    for (Json& one : manifest["products"]) {
      if (one["file"] == "plan.json") one["sha256"] = sha256_file(to / "plan.json").value();
    }
    std::ofstream(to / "manifest.json") << manifest.dump();
    return to;
  }

  static TinyWorld* world_;
};
TinyWorld* Compare::world_ = nullptr;

TEST_F(Compare, HoldsTheFiguresOfBothAndTheirDifference) {
  const auto compared = compare_runs(folder("a"), folder("b"));
  ASSERT_TRUE(compared) << to_string(compared.error());
  const Json a = Json::parse(read_file(folder("a") / "civil.json").value());
  const Json b = Json::parse(read_file(folder("b") / "civil.json").value());
  ASSERT_EQ(compared->places.size(), a["districts"].size() + 1);
  EXPECT_EQ(compared->places[0].name, "the plan");
  EXPECT_EQ(compared->places[0].figures[0].a, a["plan"]["land_ha"].get<double>());
  EXPECT_EQ(compared->places[0].figures[0].b, b["plan"]["land_ha"].get<double>());
  for (std::size_t f = 0; f < 24; ++f) {
    const ComparedFigure& whole = compared->places[0].figures[f];
    if (whole.unit != "ha" || !whole.difference()) continue;
    double parts = 0;
    for (std::size_t p = 1; p < compared->places.size(); ++p) {
      parts += *compared->places[p].figures[f].difference();
    }
    EXPECT_NEAR(parts, *whole.difference(), 0.01) << whole.metric;
  }
  double eur_a = 0;
  for (const ComparedMoney& m : compared->money) eur_a += m.a_eur;
  const Json plan = Json::parse(read_file(folder("a") / "plan.json").value());
  EXPECT_NEAR(
      eur_a,
      plan["money"]["purchases_eur"].get<double>() + plan["money"]["maintenance_eur"].get<double>(),
      1);
}

TEST_F(Compare, SaysWhatOneBuysAndTheOtherDoesNot) {
  const auto compared = compare_runs(folder("a"), folder("b"));
  ASSERT_TRUE(compared) << to_string(compared.error());
  const Json a = Json::parse(read_file(folder("a") / "plan.json").value());
  std::size_t sites = 0;
  int only = 0;
  for (const ComparedMeasure& m : compared->measures) {
    sites += static_cast<std::size_t>(m.both + m.only_a);
    only += m.only_a + m.only_b;
    EXPECT_EQ(m.sites_only_a.size(), static_cast<std::size_t>(m.only_a));
  }
  EXPECT_EQ(sites, a["purchases"].size());
  EXPECT_GT(only, 0) << "half the money buys something else";
}

TEST_F(Compare, JsonKeepsItsSchemaAndTheTableSaysTheSame) {
  const auto compared = compare_runs(folder("a"), folder("b"));
  ASSERT_TRUE(compared) << to_string(compared.error());
  const Json made = Json::parse(comparison_json(*compared));
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/compare.schema.json").value());
  EXPECT_EQ(testing::schema_fault(made, schema), "");
  EXPECT_THAT(comparison_csv(*compared), HasSubstr("place,metric,unit,a,b,difference\r\n"));
  EXPECT_THAT(comparison_words(*compared), Contains(HasSubstr("budget")));
  const auto files = write_comparison(*compared, folder("compared"));
  ASSERT_TRUE(files) << to_string(files.error());
  EXPECT_TRUE(fs::exists(folder("compared") / "compare.csv"));
}

TEST_F(Compare, ARunAgainstItselfDiffersInNothing) {
  const auto compared = compare_runs(folder("a"), folder("a"));
  ASSERT_TRUE(compared) << to_string(compared.error());
  for (const ComparedPlace& place : compared->places) {
    for (const ComparedFigure& f : place.figures) EXPECT_EQ(f.difference().value_or(0), 0);
  }
  EXPECT_THAT(comparison_words(*compared), Contains(HasSubstr("nothing")));
  EXPECT_THAT(comparison_words(*compared), Contains(HasSubstr("the same")));
}

TEST_F(Compare, OtherRegionsAndPricesAreRefused) {
  const auto grid = compare_runs(folder("a"), other("cell_m", 50.0));
  ASSERT_FALSE(grid);
  EXPECT_THAT(to_string(grid.error()), HasSubstr("the cell (m) is 50.0 here and 100.0 in"));
  const auto crs = compare_runs(folder("a"), other("crs", "EPSG:3035"));
  ASSERT_FALSE(crs);
  EXPECT_THAT(to_string(crs.error()), HasSubstr("compare runs of one region on one grid"));
  const auto prices = compare_runs(folder("a"), other("price_year", 2030));
  ASSERT_FALSE(prices);
  EXPECT_THAT(to_string(prices.error()), HasSubstr("prices of one year"));
  const auto none = compare_runs(folder("a"), world_->root() / "nowhere");
  ASSERT_FALSE(none);
  EXPECT_THAT(to_string(none.error()), HasSubstr("holds no finished run"));
}

}  // namespace
}  // namespace abatis
