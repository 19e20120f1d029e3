// Records of a run's mined zones: begun, added to, carried by the report, not believed once
// changed.
#include "abatis/run/records.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/run/run.hpp"
#include "run_of.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::TinyWorld;
using abatis::testing::words_of;
using Json = nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;

// A world whose first measure bought counts as a mine, so that its plan has zones to record.
class KeptRecords : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyWorld("records");
    const auto made = run(run_options(), silent_monitor());
    ASSERT_TRUE(made) << words_of(made.error());
    const std::string measure = plan().at("purchases").at(0).at("measure");
    ASSERT_TRUE(write_file(world_->scenario().parent_path() / "law.toml",
                           "[[devices]]\nmeasures = [\"" + measure +
                               "\"]\ndevice = \"anti_vehicle_mine\"\nnumber_per_load = 10\n"
                               "provenance = \"made up\"\n"));
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  void SetUp() override { fs::remove_all(world_->out() / "records"); }
  static RunOptions run_options() {
    RunOptions options;
    options.scenario = world_->scenario();
    options.out = world_->out();
    options.program = "test";
    return options;
  }
  static RecordsOptions options(bool add = false) {
    RecordsOptions o;
    o.plan = world_->out();
    o.program = "test";
    o.author = {"staff", {2026, 1, 15}};
    o.add = add;
    return o;
  }
  static Json plan() { return Json::parse(read_file(world_->out() / "plan.json").value()); }
  // What a run made now says of them, and whether it had to write its report for that.
  static Json told(bool* written = nullptr) {
    const auto made = run(run_options(), silent_monitor());
    EXPECT_TRUE(made);
    if (!made) return {};
    if (written != nullptr) *written = !made->stages.back().cached;
    EXPECT_THAT(made->products, Contains("records/mined_zones.gpkg"));
    return plan().at("records");
  }
  static TinyWorld* world_;
};
TinyWorld* KeptRecords::world_ = nullptr;

TEST_F(KeptRecords, TheReportCarriesThemAndKnowsWhatIsOnRecord) {
  const Json before = told();
  ASSERT_GE(before.at("zones").size(), 1U);
  EXPECT_FALSE(before.at("kept"));
  EXPECT_EQ(before["counts"]["proposed"], before["zones"].size());
  const Json geojson =
      Json::parse(read_file(world_->out() / "records/mined_zones.geojson").value());
  EXPECT_EQ(geojson.at("features").size(), before["zones"].size());
  EXPECT_THAT(geojson.at("marking").get<std::string>(), HasSubstr("RESTRICTED"));

  const auto begun = begin_kept_records(options());
  ASSERT_TRUE(begun) << words_of(begun.error());
  EXPECT_EQ(begun->zones, static_cast<int>(before["zones"].size()));
  const std::string file = read_file(begun->file).value();
  EXPECT_EQ(verify_records(file).lines, begun->zones);
  const std::string id = before["zones"][0]["zone"];
  const auto longer = append_record(
      file,
      {.zone = id, .event = "stored", .by = "depot", .note = "", .on = {2028, 3, 1}, .number = 17},
      "records.jsonl");
  ASSERT_TRUE(longer) << to_string(longer.error());
  ASSERT_TRUE(write_file(begun->file, *longer));
  bool written = false;
  const Json after = told(&written);
  EXPECT_TRUE(written);
  EXPECT_EQ(after["counts"]["recorded"], before["zones"].size());
  EXPECT_EQ(after["head"], verify_records(*longer).head);
  EXPECT_EQ(after["zones"][0]["status"], "stored");
  EXPECT_EQ(after["zones"][0]["number_counted"], 17);
  told(&written);
  EXPECT_FALSE(written) << "nothing changed since";

  std::string broken = *longer;
  broken[broken.find("staff")] = 'S';
  ASSERT_TRUE(write_file(begun->file, broken));
  const Json fault = told();
  EXPECT_EQ(fault["fault"]["line"], 1);
  EXPECT_TRUE(fault["head"].is_null());
  EXPECT_EQ(fault["counts"]["proposed"], before["zones"].size());
}

TEST_F(KeptRecords, BeginOnceAndAreAddedTo) {
  const auto none = begin_kept_records(options(true));
  ASSERT_FALSE(none);
  EXPECT_THAT(words_of(none.error()), HasSubstr("no records to add to"));
  const auto begun = begin_kept_records(options());
  ASSERT_TRUE(begun) << words_of(begun.error());
  const auto again = begin_kept_records(options());
  ASSERT_FALSE(again);
  EXPECT_THAT(words_of(again.error()), HasSubstr("exist already"));
  const std::string file = read_file(begun->file).value();
  const auto added = begin_kept_records(options(true));
  ASSERT_TRUE(added) << words_of(added.error());
  EXPECT_EQ(added->zones, 0) << "all are on record";
  EXPECT_EQ(added->lines, begun->zones);
  EXPECT_EQ(read_file(begun->file).value(), file);
}

}  // namespace
}  // namespace abatis
