// Everything that is published of a run of the small world is opened and proven; and the proof is
// held to faults that it must find.

#include "abatis/finished/publish.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/run/run.hpp"
#include "finished/public_faults.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using testing::public_faults;
using testing::restricted_words;
using testing::TinyWorld;
using Json = nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// One run of the small world for all tests of this file.
class Publish : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyWorld("publish");
    RunOptions options{.scenario = world_->scenario(), .out = world_->out(), .threads = 2};
    options.program = "test";
    const auto made = run(options, silent_monitor());
    ASSERT_TRUE(made) << to_string(made.error().front());
    const auto published = publish_run(world_->out(), first());
    ASSERT_TRUE(published) << to_string(published.error());
    files_ = published->files;
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static fs::path first() { return world_->root() / "public"; }

  // A copy to spoil.
  static fs::path copy() {
    const fs::path to = world_->root() / "spoilt";
    fs::remove_all(to);
    fs::copy(first(), to, fs::copy_options::recursive);
    return to;
  }
  static std::vector<std::string> faults(const fs::path& folder) {
    return public_faults(folder, restricted_words(world_->out()), TinyWorld::kEpsg);
  }
  static void expect_found(const fs::path& folder, const std::string& what) {
    EXPECT_THAT(faults(folder), Contains(HasSubstr(what)));
  }

  static TinyWorld* world_;
  static std::vector<std::string> files_;
};
TinyWorld* Publish::world_ = nullptr;
std::vector<std::string> Publish::files_;

TEST_F(Publish, NothingFinerAndNothingHeldLeavesInAnyFile) {
  EXPECT_THAT(faults(first()), IsEmpty());
  EXPECT_FALSE(restricted_words(world_->out()).words.empty());
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(first())) {
    if (entry.is_regular_file()) ++found;
  }
  EXPECT_EQ(found, files_.size()) << "every file is told";
  for (const char* file :
       {"report.html", "public.json", "zones.gpkg", "manifest.json", "tables/money.csv",
        "tables/districts.csv", "tables/years.csv", "tables/law.csv"}) {
    EXPECT_THAT(files_, Contains(file));
  }
  EXPECT_THAT(files_, Contains(HasSubstr("rasters/delay_")));
  EXPECT_THAT(files_, Contains(HasSubstr("leaves/")));
}

TEST_F(Publish, TheRunItselfWouldNotPass) {
  const auto found = faults(world_->out());
  EXPECT_THAT(found, Contains(HasSubstr("plan.json: has a key that nobody expects")));
  EXPECT_THAT(found, Contains(HasSubstr("report.html: ")));
  EXPECT_THAT(found, Contains(HasSubstr("has cells of 100 m")));
  EXPECT_THAT(found, Contains(HasSubstr("plan.gpkg: ")));
}

TEST_F(Publish, JsonKeepsItsSchemaAndTheFiguresOfTheRun) {
  const Json facts = Json::parse(read_file(first() / "public.json").value());
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/public.schema.json").value());
  EXPECT_EQ(testing::schema_fault(facts, schema), "");
  const Json plan = Json::parse(read_file(world_->out() / "plan.json").value());
  EXPECT_EQ(facts["result"]["objective_s"], plan["result"]["objective_s"]);
  EXPECT_EQ(facts["money"]["purchases_eur"], plan["money"]["purchases_eur"]);
  EXPECT_EQ(facts["civil"]["plan"]["land_ha"], plan["civil"]["plan"]["land_ha"]);
  EXPECT_FALSE(facts["civil"]["plan"]["sites"].empty());
}

TEST_F(Publish, ZonesCoverWhatTheyStandFor) {
  const auto zones = read_layer(first() / "zones.gpkg", TinyWorld::kEpsg);
  ASSERT_TRUE(zones) << to_string(zones.error());
  ASSERT_FALSE(zones->features.empty());
  const auto lines = read_layer(world_->out() / "plan.gpkg", TinyWorld::kEpsg,
                                {.layer = "plan_lines", .fields = {"site"}});
  ASSERT_TRUE(lines) << to_string(lines.error());
  for (const Feature& line : lines->features) {
    for (const auto& part : line.geometry.parts) {
      for (const Point p : part) {
        bool inside = false;
        for (const Feature& zone : zones->features) {
          // A vertex on an edge belongs to the cell beside it.
          inside = inside || touches(zone.geometry, Bounds{p.x, p.y, p.x, p.y}.grown(0.01));
        }
        EXPECT_TRUE(inside) << p.x << " " << p.y;
      }
    }
  }
}

// Each fault that a change might bring must be found.
TEST_F(Publish, TheProofFindsAKey) {
  const fs::path folder = copy();
  Json facts = Json::parse(read_file(folder / "public.json").value());
  facts["park"] = 3;
  std::ofstream(folder / "public.json") << facts.dump();
  expect_found(folder, "/park");
}
TEST_F(Publish, TheProofFindsAWord) {
  const fs::path folder = copy();
  std::ofstream(folder / "tables/law.csv", std::ios::app) << "mines are stored here\r\n";
  expect_found(folder, "tables/law.csv: speaks of a stored");
}
TEST_F(Publish, TheProofFindsAPlace) {
  const fs::path folder = copy();
  Json facts = Json::parse(read_file(folder / "public.json").value());
  facts["civil"]["plan"]["land"].push_back(54.123456);
  std::ofstream(folder / "public.json") << facts.dump();
  expect_found(folder, "has a list of numbers");
}
TEST_F(Publish, TheProofFindsASite) {
  const fs::path folder = copy();
  const std::string id = restricted_words(world_->out()).words.front();
  std::ofstream(folder / "tables/years.csv", std::ios::app) << id << "\r\n";
  expect_found(folder, "tables/years.csv: holds " + id);
}
TEST_F(Publish, TheProofFindsAFinerDrawing) {
  const fs::path folder = copy();
  std::string page = read_file(folder / "report.html").value();
  const auto at = page.find(" d=\"M");
  ASSERT_NE(at, std::string::npos);
  page.insert(at + 5, "1 ");
  std::ofstream(folder / "report.html") << page;
  expect_found(folder, "report.html: draws at 1");
}
TEST_F(Publish, TheProofFindsAFinerRaster) {
  const fs::path folder = copy();
  ASSERT_TRUE(write_cog(folder / "rasters/fine.tif", Raster<float>(TinyWorld::grid(), 1.0F),
                        {.description = kPublicEdition}));
  expect_found(folder, "rasters/fine.tif: has cells of 100 m");
}
TEST_F(Publish, TheProofFindsAFinerVertexAndAnotherField) {
  const fs::path folder = copy();
  StyledLayer layer{{"zones", TinyWorld::kEpsg, {"kind", "owner"}, {}},
                    GeometryKind::polygon,
                    kPublicEdition,
                    "",
                    ""};
  layer.layer.features.push_back({TinyWorld::box(500, 0, 1000, 600), {std::string("x"), {}}});
  ASSERT_TRUE(write_geopackage(folder / "zones.gpkg", {layer}));
  expect_found(folder, "zones.gpkg: has a vertex at");
  expect_found(folder, "zones.gpkg: has a field that nobody expects: owner");
}
TEST_F(Publish, TheProofFindsAFileOfAnotherKindAndAMissingMarking) {
  const fs::path folder = copy();
  std::ofstream(folder / "notes.txt") << "anything";
  expect_found(folder, "notes.txt: is of a kind that nobody expects");
  expect_found(folder, "notes.txt: does not say that it is public");
}

TEST_F(Publish, AFolderThatHoldsFilesIsLeftAlone) {
  const auto again = publish_run(world_->out(), first());
  ASSERT_FALSE(again);
  EXPECT_THAT(to_string(again.error()), HasSubstr("holds files already"));
}

TEST_F(Publish, AnUnfinishedOrChangedRunIsRefusedAndNothingIsWritten) {
  const fs::path half = world_->root() / "half";
  fs::create_directories(half);
  const auto none = publish_run(half, world_->root() / "none");
  ASSERT_FALSE(none);
  EXPECT_THAT(to_string(none.error()), HasSubstr("manifest.json is missing"));
  for (const char* file : {"manifest.json", "plan.json", "civil.json", "plan.gpkg"}) {
    fs::copy(world_->out() / file, half / file);
  }
  std::ofstream(half / "civil.json", std::ios::app) << "\n";
  const auto changed = publish_run(half, world_->root() / "none");
  ASSERT_FALSE(changed);
  EXPECT_THAT(to_string(changed.error()), HasSubstr("is not what manifest.json says"));
  EXPECT_FALSE(fs::exists(world_->root() / "none"));
  EXPECT_FALSE(fs::exists(world_->root() / "none.part"));
}

// A key that a later version adds to plan.json or civil.json stays inside.
TEST_F(Publish, WhatIsNotOnTheListStaysInside) {
  const fs::path later = world_->root() / "later";
  fs::remove_all(later);
  fs::copy(world_->out(), later, fs::copy_options::recursive);
  Json plan = Json::parse(read_file(later / "plan.json").value());
  plan["where_it_is"] = "HUSHHUSH";
  plan["money"]["where_it_is"] = "HUSHHUSH";
  plan["scenario"]["title"] = "HUSHHUSH is stored in the depot";
  const auto zone = [](const char* status, double extent) {
    return Json{{"zone", "HUSHHUSH"},
                {"site", "HUSHHUSH"},
                {"park", "HUSHHUSH"},
                {"state", "LTU"},
                {"status", status},
                {"type_class", "anti_vehicle_mine"},
                {"marking", "fenced"},
                {"life_time", "until lifted"},
                {"number_planned", 73},
                {"extent_ha", extent},
                {"perimeter", {{430123.4, 6.0e6}}}};
  };
  plan["records"] = {{"kept", true},
                     {"head", std::string(64, 'a')},
                     {"lines", 9},
                     {"zones", {zone("stored", 1.5), zone("emplaced", 2), zone("cleared", 4)}}};
  std::ofstream(later / "plan.json") << plan.dump();
  Json civil = Json::parse(read_file(later / "civil.json").value());
  civil["plan"]["where_it_is"] = "HUSHHUSH";
  civil["districts"][0]["where_it_is"] = "HUSHHUSH";
  std::ofstream(later / "civil.json") << civil.dump();
  Json manifest = Json::parse(read_file(later / "manifest.json").value());
  for (Json& one : manifest["products"]) {
    const std::string file = one["file"];
    if (file == "plan.json" || file == "civil.json") {
      one["sha256"] = sha256_file(later / file).value();
    }
  }
  std::ofstream(later / "manifest.json") << manifest.dump();
  const fs::path to = world_->root() / "later-public";
  const auto published = publish_run(later, to);
  ASSERT_TRUE(published) << to_string(published.error());
  EXPECT_THAT(faults(to), IsEmpty());
  for (const std::string& file : published->files) {
    EXPECT_THAT(read_file(to / file).value(), Not(HasSubstr("HUSHHUSH"))) << file;
  }
  const Json records = Json::parse(read_file(to / "public.json").value()).at("records");
  EXPECT_EQ(records["head"], std::string(64, 'a'));
  ASSERT_EQ(records["zones"].size(), 2U) << "what is stored or emplaced is not told apart";
  for (const Json& row : records["zones"]) {
    const bool cleared = row["status"] == "cleared";
    EXPECT_EQ(row["status"], cleared ? "cleared" : "in the programme");
    EXPECT_EQ(row["zones"], cleared ? 1 : 2);
    EXPECT_EQ(row["extent_ha"], cleared ? 4.0 : 3.5);
  }
  EXPECT_THAT(read_file(to / "report.html").value(), HasSubstr(std::string(64, 'a')));
}

}  // namespace
}  // namespace abatis
