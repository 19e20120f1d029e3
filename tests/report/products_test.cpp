#include "abatis/report/products.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/geo/io.hpp"
#include "fixture.hpp"
#include "report/facts.hpp"
#include "report/text.hpp"
#include "support/json_schema.hpp"

namespace abatis {
namespace {
using abatis::testing::schema_fault;

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "abatis-report-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    fs::permissions(path, fs::perms::owner_all, ignored);
    fs::remove_all(path, ignored);
  }
};

std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        field += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        field += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      row.push_back(std::move(field));
      field.clear();
      rows.push_back(std::move(row));
      row.clear();
    } else if (c != '\r') {
      field += c;
    }
  }
  return rows;
}

// One written run for all tests that only read it: writing syncs some thirty files.
struct Products : ::testing::Test {
  struct Written {
    std::unique_ptr<fixture::Made> made = fixture::make_fixture();
    Folder folder;
    Outcome outcome;
    std::vector<ProductFile> files;
  };
  static void SetUpTestSuite() {
    written = new Written;
    written->outcome = compute_outcome(written->made->view(), 2, silent_monitor()).value();
    written->files = write_products(written->made->view(), written->outcome, written->folder.path,
                                    2, silent_monitor())
                         .value();
  }
  static void TearDownTestSuite() {
    delete written;
    written = nullptr;
  }
  static Json plan() { return Json::parse(read_file(folder() / "plan.json").value()); }
  static std::vector<std::vector<std::string>> csv(const char* name) {
    return parse_csv(read_file(folder() / "tables" / name).value());
  }
  static const fs::path& folder() { return written->folder.path; }
  static const fixture::Made& made() { return *written->made; }
  static Written* written;
};
Products::Written* Products::written = nullptr;

TEST_F(Products, EveryListedFileIsThereAndNoOther) {
  std::set<std::string> listed;
  for (const ProductFile& file : written->files) {
    EXPECT_TRUE(listed.insert(file.name).second) << file.name << " is listed twice";
    EXPECT_FALSE(file.what.empty());
  }
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (entry.is_regular_file()) found.insert(fs::relative(entry.path(), folder()).string());
  }
  EXPECT_EQ(listed, found);
  for (const char* name : {"plan.json", "plan.gpkg", "report.html", "tables/money.csv",
                           "rasters/delay_west-in.tif", "rasters/speed_wheeled_8x8_frozen.tif"}) {
    EXPECT_TRUE(listed.contains(name)) << name;
  }
}

TEST_F(Products, MoneyAddsUp) {
  const Json p = plan();
  double all = 0;
  std::map<std::string, double> by_class;
  for (std::size_t y = 0; y < p["money"]["years"].size(); ++y) {
    const Json& year = p["money"]["years"][y];
    double sum = 0;
    for (const Json& c : year["by_class"]) {
      const double euros = c["purchase_eur"].get<double>() + c["maintenance_eur"].get<double>();
      sum += euros;
      by_class[c["class"].get<std::string>()] += euros;
    }
    EXPECT_NEAR(sum, year["spent_eur"].get<double>(), 0.01) << "year " << year["year"];
    EXPECT_NEAR(sum, made().plan.spent[y], 0.01);
    all += sum;
  }
  EXPECT_NEAR(
      all, p["money"]["purchases_eur"].get<double>() + p["money"]["maintenance_eur"].get<double>(),
      0.01);
  double purchases = 0;
  for (const Json& bought : p["purchases"]) purchases += bought["cost_eur"].get<double>();
  EXPECT_NEAR(purchases, p["money"]["purchases_eur"].get<double>(), 0.01);
  for (const Json& earmark : p["money"]["earmarks"]) {
    EXPECT_NEAR(earmark["spent_eur"].get<double>(), by_class[earmark["class"].get<std::string>()],
                0.01);
    const double amount = earmark["amount_eur"].get<double>();
    const bool met = earmark["rule"] == "at_least" ? earmark["spent_eur"].get<double>() >= amount
                                                   : earmark["spent_eur"].get<double>() <= amount;
    EXPECT_EQ(earmark["met"].get<bool>(), met);
  }
  double by_measure = 0;
  std::size_t bought = 0;
  for (const Json& m : p["measures"]) {
    by_measure += m["cost_eur"].get<double>();
    bought += m["bought"].get<std::size_t>();
  }
  EXPECT_NEAR(by_measure, purchases, 0.01);
  // Cover is bought with an obstacle: both measures count that purchase.
  const auto covered = std::count_if(p["purchases"].begin(), p["purchases"].end(),
                                     [](const Json& one) { return !one["cover"].is_null(); });
  EXPECT_GT(covered, 0);
  EXPECT_EQ(bought, p["purchases"].size() + static_cast<std::size_t>(covered));
}

TEST_F(Products, PlanSaysWhatTheOptimiserFound) {
  const Json p = plan();
  EXPECT_EQ(p["result"]["objective_s"].get<double>(), made().plan.objective);
  EXPECT_EQ(p["result"]["bound_s"].get<double>(), made().plan.bound);
  EXPECT_EQ(p["result"]["gap"].get<double>(), made().plan.gap());
  EXPECT_EQ(p["marking"], report::kMarking);
  EXPECT_EQ(p["purchases"].size(), made().plan.purchases.size());
  ASSERT_EQ(p["cases"].size(), 8U);
  for (std::size_t k = 0; k < 8; ++k) {
    for (std::size_t y = 0; y < 10; ++y) {
      EXPECT_EQ(p["cases"][k]["time_s"][y].get<double>(), made().plan.time_s[y][k]);
    }
  }
  for (const Json& bought : p["purchases"]) {
    EXPECT_GE(bought["year"].get<int>(), 2026);
    EXPECT_LE(bought["year"].get<int>(), 2035);
    if (!bought["acts_from"].is_null()) {
      EXPECT_GE(bought["acts_from"], bought["year"]);
    }
    const double lon = bought["lonlat"][0].get<double>();
    const double lat = bought["lonlat"][1].get<double>();
    EXPECT_TRUE(lon > 22 && lon < 25 && lat > 54 && lat < 55) << lon << " " << lat;
  }
  EXPECT_LE(p["words"].size(), 12U);
  EXPECT_EQ(p["inputs"][1]["quality"], "synthetic");
  EXPECT_EQ(p["inputs"][1]["licence"], "CC0");
}

TEST_F(Products, PlanKeepsItsSchema) {
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/plan.schema.json").value());
  Json p = plan();
  EXPECT_EQ(schema_fault(p, schema), "");
  p["result"].erase("bound_s");
  EXPECT_EQ(schema_fault(p, schema), "/result lacks bound_s");
  p = plan();
  p["purchases"][0]["year"] = "2026";
  EXPECT_EQ(schema_fault(p, schema), "/purchases/[]/year has the wrong type");
}

TEST_F(Products, NamesNoPathOfThisMachine) {
  InputFile input;
  input.shown = "/home/someone/data/catalogue/movers.toml";
  EXPECT_EQ(report::shown_name(input), "catalogue/movers.toml");
  input.shown = "admin/states.fgb";
  EXPECT_EQ(report::shown_name(input), "admin/states.fgb");
}

TEST_F(Products, TablesAgreeWithThePlan) {
  const Json p = plan();
  const auto plan_rows = csv("plan.csv");
  ASSERT_EQ(plan_rows.size(), p["purchases"].size() + 1);
  const auto cost = static_cast<std::size_t>(
      std::find(plan_rows[0].begin(), plan_rows[0].end(), "cost_eur") - plan_rows[0].begin());
  for (std::size_t i = 0; i < p["purchases"].size(); ++i) {
    ASSERT_EQ(plan_rows[i + 1].size(), plan_rows[0].size());
    EXPECT_EQ(plan_rows[i + 1][0], std::to_string(p["purchases"][i]["year"].get<int>()));
    EXPECT_EQ(plan_rows[i + 1][1], p["purchases"][i]["site"].get<std::string>());
    EXPECT_EQ(std::stod(plan_rows[i + 1].at(cost)), p["purchases"][i]["cost_eur"].get<double>());
  }
  std::size_t options = 0;
  for (const Site& site : made().sites.sites) options += site.options.size();
  EXPECT_EQ(csv("sites.csv").size(), options + 1);
  EXPECT_EQ(csv("delays.csv").size(), 8U * 10 + 1);
  EXPECT_EQ(csv("money.csv").size(), 10U * 3 + 1);
  EXPECT_EQ(csv("inputs.csv").size(), 3U);
  EXPECT_EQ(csv("measures.csv").size(), made().scenario.measures.size() + 1);
  EXPECT_EQ(csv("belts.csv").size(), p["belts"].size() + 1);
  EXPECT_EQ(csv("decisions.csv").size(), p["decisions"].size() + 1);
  EXPECT_EQ(csv("readiness.csv").size(), p["readiness"]["at_mean_warning"].size() +
                                             p["readiness"]["at_least_warning"].size() + 1);
}

TEST_F(Products, BeltsParksDecisionsAndQuotasFollowFromThePurchases) {
  const Json p = plan();
  double built = 0, covered = 0;
  std::map<std::string, int> stored;
  for (const Json& one : p["purchases"]) {
    const bool belt = one["measure"] == "at_mines" || one["measure"] == "av_ditch";
    if (belt && !one["acts_from"].is_null()) {
      built += one["quantity"].get<double>();
      if (!one["cover"].is_null()) covered += one["quantity"].get<double>();
    }
    if (!one["park"].is_null()) ++stored[one["park"].get<std::string>()];
  }
  ASSERT_EQ(p["belts"].size(), 1U);
  const Json& belt = p["belts"][0];
  EXPECT_NEAR(belt["built_km"].get<double>(), built, 0.01);
  EXPECT_NEAR(belt["covered_km"].get<double>(), covered, 0.01);
  const bool held = covered >= 0.5 * built;
  const bool whole = built >= 0.9 * belt["candidate_km"].get<double>();
  const bool long_delay = belt["mean_delay_s"].get<double>() >= 3 * 3600;
  EXPECT_EQ(belt["effect"], built == 0 ? "none"
                            : !held    ? "disrupt"
                            : !whole   ? "turn"
                                       : (long_delay ? "block" : "fix"));
  ASSERT_EQ(p["parks"].size(), 1U);
  EXPECT_EQ(p["parks"][0]["stored"].get<int>(), stored["park-001"]);
  EXPECT_EQ(p["readiness"]["at_mean_warning"].size(), static_cast<std::size_t>(stored["park-001"]));
  EXPECT_GT(stored["park-001"], 0);
  ASSERT_EQ(p["decisions"].size(), 1U);
  ASSERT_EQ(p["quotas"].size(), 1U);
  double kept = 0;
  for (const Json& one : p["purchases"]) {
    if (one["measure"] == "forest_kept") kept += one["quantity"].get<double>();
  }
  EXPECT_NEAR(p["quotas"][0]["bought"].get<double>(), kept, 1e-6);
  EXPECT_EQ(p["quotas"][0]["met"].get<bool>(), kept >= 20);
}

TEST_F(Products, GeoPackageHoldsLayersAndStyles) {
  const fs::path gpkg = folder() / "plan.gpkg";
  std::size_t bought = 0;
  std::size_t candidates = 0;
  for (const char* kind : {"lines", "blocks", "points"}) {
    const auto plan_layer = read_layer(gpkg, 3346, {.layer = std::string("plan_") + kind});
    const auto site_layer = read_layer(gpkg, 3346, {.layer = std::string("sites_") + kind});
    ASSERT_TRUE(plan_layer) << to_string(plan_layer.error());
    ASSERT_TRUE(site_layer) << to_string(site_layer.error());
    bought += plan_layer->features.size();
    candidates += site_layer->features.size();
    EXPECT_GE(plan_layer->field("measure"), 0);
    EXPECT_GE(plan_layer->field("year"), 0);
  }
  EXPECT_EQ(bought, made().plan.purchases.size());
  EXPECT_EQ(candidates, made().sites.sites.size());
  const auto corridors = read_layer(gpkg, 3346, {.layer = "corridors"});
  ASSERT_TRUE(corridors);
  EXPECT_EQ(corridors->features.size(), 16U);
  const auto bands = read_layer(gpkg, 3346, {.layer = "echelons"});
  ASSERT_TRUE(bands);
  EXPECT_EQ(bands->features.size(), 2U);
  const std::string bytes = read_file(gpkg).value();
  EXPECT_NE(bytes.find("layer_styles"), std::string::npos);
  EXPECT_NE(bytes.find("categorizedSymbol"), std::string::npos);
  EXPECT_NE(bytes.find(report::kMarking), std::string::npos);
}

TEST_F(Products, RastersReadBack) {
  const auto delay = read_raster<float>(folder() / "rasters/delay_west-in.tif", made().terrain.grid,
                                        Resampling::nearest);
  ASSERT_TRUE(delay) << to_string(delay.error());
  for (std::size_t i = 0; i < delay->values.size(); ++i) {
    const float want = written->outcome.after[0].values[i] - written->outcome.before[0].values[i];
    if (std::isnan(want)) {
      ASSERT_TRUE(std::isnan(delay->values[i]));
    } else {
      ASSERT_NEAR(delay->values[i], std::max(0.0F, want), 1e-3);
    }
  }
}

std::map<std::string, std::string> hashes(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    out[fs::relative(entry.path(), folder).string()] = sha256_file(entry.path()).value();
  }
  return out;
}

TEST_F(Products, SameRunSameBytes) {
  const auto first = hashes(folder());
  const Folder again;
  ASSERT_TRUE(write_products(made().view(), written->outcome, again.path, 8, silent_monitor()));
  auto second = hashes(again.path);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, hash] : first) EXPECT_EQ(hash, second[name]) << name;
}

TEST_F(Products, UnwritableFolderLeavesNothing) {
  const Folder own;
  // A file where the folder should be: refused for every user, root too.
  const fs::path blocked = own.path / "taken";
  ASSERT_TRUE(write_file(blocked, "not a folder"));
  const auto first =
      write_products(made().view(), written->outcome, blocked / "out", 2, silent_monitor());
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, ErrorCode::io);
  EXPECT_EQ(read_file(blocked).value(), "not a folder");

  const fs::path half = own.path / "half";
  fs::create_directories(half);
  ASSERT_TRUE(write_file(half / "tables", "a file in the way"));
  const auto second = write_products(made().view(), written->outcome, half, 2, silent_monitor());
  ASSERT_FALSE(second);
  EXPECT_FALSE(fs::exists(half / "plan.json"));
  EXPECT_FALSE(fs::exists(half / "report.html"));
  EXPECT_FALSE(fs::exists(half / "plan.gpkg"));
}

TEST(ProductsOfNothing, NothingBoughtIsSaidPlainly) {
  const auto made = fixture::make_fixture({"", true});
  const auto outcome = compute_outcome(made->view(), 2, silent_monitor());
  ASSERT_TRUE(outcome);
  const Json p = Json::parse(plan_json(made->view(), *outcome));
  EXPECT_TRUE(p["purchases"].empty());
  EXPECT_NE(p["words"][0].get<std::string>().find("builds nothing"), std::string::npos);
  EXPECT_EQ(p["money"]["purchases_eur"].get<double>(), 0);
}

}  // namespace
}  // namespace abatis
