// The corridors of a world that can be drawn on a napkin, from its files to the products.

#include "abatis/run/corridors.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "run_of.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::digests;
using abatis::testing::schema_fault;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;

CorridorOptions corridor_options(const TinyWorld& world, int threads = 2) {
  CorridorOptions options;
  options.run.scenario = world.scenario();
  options.run.out = world.out();
  options.run.threads = threads;
  options.run.program = "test";
  return options;
}

RunSummary must(const CorridorOptions& options) {
  auto summary = find_and_write_corridors(options, silent_monitor());
  if (!summary) throw std::runtime_error(to_string(summary.error().front()));
  return std::move(*summary);
}

Json json_of(const TinyWorld& world) {
  return Json::parse(read_file(world.out() / "corridors/corridors.json").value());
}

TEST(RunCorridors, WritesEveryProductByItsSchema) {
  const TinyWorld world("corridors_products");
  const auto summary = must(corridor_options(world));
  EXPECT_EQ(summary.stages.size(), 2U);
  EXPECT_EQ(summary.words.size(), 2U) << "two movers, one season";
  for (const auto& product : summary.products) {
    EXPECT_TRUE(fs::is_regular_file(world.out() / product)) << product;
  }
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/corridors.schema.json").value());
  Json json = json_of(world);
  EXPECT_EQ(schema_fault(json, schema), "");
  ASSERT_EQ(json["cases"].size(), 2U);
  for (const Json& one : json["cases"]) {
    for (const char* file : {"slack", "width", "map"}) {
      EXPECT_TRUE(fs::is_regular_file(world.out() / "corridors" / one["files"][file])) << file;
    }
    EXPECT_GE(one["routes"].size(), 1U);
    EXPECT_EQ(one["routes"][0]["time_s"], one["best_s"]);
    EXPECT_EQ(one["routes"][0]["along_m"].size(), one["routes"][0]["width_m"].size());
  }
  json["cases"][0]["routes"][0].erase("fits");
  EXPECT_EQ(schema_fault(json, schema), "/cases/[]/routes/[] lacks fits");
}

TEST(RunCorridors, TheOnlyBridgeIsAChokePoint) {
  const TinyWorld world("corridors_bridge");
  auto options = corridor_options(world);
  options.rules.slack = 0.3;
  options.filter.mover = "heavy_tracked";
  must(options);
  const Json json = json_of(world);
  ASSERT_EQ(json["cases"].size(), 1U);
  bool bridge = false;
  for (const Json& choke : json["cases"][0]["choke_points"]) {
    bridge = bridge || choke["kind"] == "bridge";
  }
  EXPECT_TRUE(bridge) << json["cases"][0]["choke_points"];
}

TEST(RunCorridors, LayersAndRastersAreReadBack) {
  const TinyWorld world("corridors_layers");
  must(corridor_options(world));
  const fs::path out = world.out() / "corridors";
  for (const char* name : {"near_optimal", "avenues", "routes", "objectives"}) {
    const auto layer = read_layer(out / "corridors.gpkg", 3346, {.layer = name});
    ASSERT_TRUE(layer) << to_string(layer.error());
    EXPECT_FALSE(layer->features.empty()) << name;
  }
  const Json json = json_of(world);
  const auto& one = json["cases"][0];
  const auto slack =
      read_raster<float>(out / one["files"]["slack"], TinyWorld::grid(), Resampling::nearest);
  ASSERT_TRUE(slack) << to_string(slack.error());
  double area = 0;
  for (const float v : slack->values) area += is_nodata(v) ? 0 : 1e4;
  EXPECT_EQ(area, one["area_m2"]);
}

TEST(RunCorridors, TerrainAndMobilityAreKeptAndTheBytesDoNotDependOnThreads) {
  const TinyWorld world("corridors_kept");
  for (const auto& stage : must(corridor_options(world, 1)).stages) EXPECT_FALSE(stage.cached);
  const auto first = digests(world.out() / "corridors");
  for (const int threads : {2, 8}) {
    for (const auto& stage : must(corridor_options(world, threads)).stages)
      EXPECT_TRUE(stage.cached);
    EXPECT_EQ(digests(world.out() / "corridors"), first);
  }
  RunOptions run_options = corridor_options(world).run;
  run_options.last = Stage::mobility;
  const auto others = run(run_options, silent_monitor());
  ASSERT_TRUE(others);
  for (const auto& stage : others->stages) {
    EXPECT_TRUE(stage.cached) << "the other commands find them too";
  }
}

TEST(RunCorridors, ErrorsNameWhatIsWrongAndLeaveNothing) {
  TinyWorld world("corridors_errors");
  auto options = corridor_options(world);
  options.filter.mover = "heavy_tracket";
  const auto unknown = find_and_write_corridors(options, silent_monitor());
  ASSERT_FALSE(unknown);
  EXPECT_NE(to_string(unknown.error().front()).find("heavy_tracked"), std::string::npos);
  EXPECT_FALSE(fs::exists(world.out()));

  world.write_layer("water", GeometryKind::polygon, {"class"},
                    {{TinyWorld::box(7000, -1000, 7500, 9000), {std::string("lake")}}});
  world.write_layer("roads", GeometryKind::line, {"class"},
                    {{TinyWorld::line({{200, 4050}, {6800, 4050}}), {std::string("primary")}}});
  const auto cut = find_and_write_corridors(corridor_options(world), silent_monitor());
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().front().code, ErrorCode::input);
  EXPECT_NE(cut.error().front().message.find("cut off"), std::string::npos);
  EXPECT_FALSE(fs::exists(world.out() / "corridors"));
}

TEST(RunCorridors, AFolderThatCannotBeWritten) {
  const TinyWorld world("corridors_folder");
  std::ofstream(world.root() / "plain") << "x";
  auto options = corridor_options(world);
  options.run.out = world.root() / "plain" / "out";
  const auto summary = find_and_write_corridors(options, silent_monitor());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().front().code, ErrorCode::io);
}

}  // namespace
}  // namespace abatis
