#include <algorithm>
#include <cmath>
#include <limits>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "shapes.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

using abatis::testing::box;
using abatis::testing::kLks;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

Layer sample_layer(GeometryKind kind) {
  Layer layer{"things", kLks, {"id", "width_m", "name"}, {}};
  for (int i = 0; i < 50; ++i) {
    const double x = 500000 + 1000.0 * i;
    const double y = 6050000 - 700.0 * i;
    Geometry g{kind, {}};
    switch (kind) {
      case GeometryKind::point:
        g.parts = {{{x, y}}};
        break;
      case GeometryKind::line:
        g.parts = {{{x, y}, {x + 300, y + 100}}, {{x, y}, {x, y - 5}}};
        break;
      case GeometryKind::polygon:
        g.parts = {box(x, y, x + 500, y + 500), box(x + 100, y + 100, x + 200, y + 200)};
        break;
    }
    FieldValue width;
    if (i % 7 != 0) width = 0.5 * i;
    layer.features.push_back(
        {g, {static_cast<std::int64_t>(i), width, fmt::format("ežeras {}", i)}});
  }
  return layer;
}

// Features by their id, since an index may reorder them.
std::vector<Feature> by_id(const Layer& layer) {
  std::vector<Feature> all = layer.features;
  std::sort(all.begin(), all.end(), [](const Feature& a, const Feature& b) {
    return std::get<std::int64_t>(a.fields[0]) < std::get<std::int64_t>(b.fields[0]);
  });
  return all;
}

class Kinds : public ::testing::TestWithParam<GeometryKind> {};
INSTANTIATE_TEST_SUITE_P(All, Kinds,
                         ::testing::Values(GeometryKind::point, GeometryKind::line,
                                           GeometryKind::polygon));

TEST_P(Kinds, ComeBackFromFlatGeobufAndGeoPackage) {
  const TempFolder folder;
  const Layer layer = sample_layer(GetParam());
  ASSERT_TRUE(write_flatgeobuf(folder / "a.fgb", layer, GetParam()));
  ASSERT_TRUE(write_geopackage(folder / "a.gpkg", {{layer, GetParam(), "", "", ""}}));
  for (const char* name : {"a.fgb", "a.gpkg"}) {
    const auto read = read_layer(folder / name, kLks);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->name, "things");
    EXPECT_EQ(read->field_names, layer.field_names);
    EXPECT_EQ(read->skipped, 0);
    ASSERT_EQ(read->features.size(), layer.features.size());
    const auto features = by_id(*read);
    for (std::size_t i = 0; i < features.size(); ++i) {
      EXPECT_EQ(features[i].fields, layer.features[i].fields) << i;
      const Geometry& got = features[i].geometry;
      const Geometry& expected = layer.features[i].geometry;
      EXPECT_EQ(got.kind, expected.kind);
      EXPECT_EQ(bounds_of(got), bounds_of(expected));
      EXPECT_DOUBLE_EQ(area_of(got), area_of(expected));
      EXPECT_DOUBLE_EQ(length_of(got), length_of(expected));
    }
  }
}

TEST_P(Kinds, WithinKeepsExactlyWhatTouches) {
  const TempFolder folder;
  Layer layer{"random", kLks, {"id"}, {}};
  Random random(5, 0);
  for (std::int64_t i = 0; i < 400; ++i) {
    const double x = random.uniform(400000, 600000);
    const double y = random.uniform(5950000, 6150000);
    const double size = random.uniform(10, 30000);
    Geometry g{GetParam(), {}};
    if (GetParam() == GeometryKind::point) g.parts = {{{x, y}}};
    if (GetParam() == GeometryKind::line) g.parts = {{{x, y}, {x + size, y - size}}};
    if (GetParam() == GeometryKind::polygon) g.parts = {box(x, y, x + size, y + size)};
    layer.features.push_back({g, {i}});
  }
  ASSERT_TRUE(write_flatgeobuf(folder / "r.fgb", layer, GetParam()));
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    Random place(seed, 1);
    const double x = place.uniform(380000, 600000);
    const double y = place.uniform(5930000, 6150000);
    ReadLayerOptions options;
    options.within = Bounds{x, y, x + 40000, y + 30000};
    const auto read = read_layer(folder / "r.fgb", kLks, options);
    ASSERT_TRUE(read) << to_string(read.error());
    std::vector<std::int64_t> got;
    for (const Feature& f : by_id(*read)) got.push_back(std::get<std::int64_t>(f.fields[0]));
    std::vector<std::int64_t> expected;
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
      if (touches(layer.features[i].geometry, *options.within)) {
        expected.push_back(static_cast<std::int64_t>(i));
      }
    }
    EXPECT_EQ(got, expected);
  }
}

TEST(ReadLayer, FindsTheSameFeaturesThroughAnotherCrs) {
  const TempFolder folder;
  Layer degrees{"places", 4326, {"id"}, {}};
  Random random(6, 0);
  for (std::int64_t i = 0; i < 3000; ++i) {
    degrees.features.push_back(
        {{GeometryKind::point, {{{random.uniform(20, 27), random.uniform(53.5, 56.5)}}}}, {i}});
  }
  ASSERT_TRUE(write_flatgeobuf(folder / "p.fgb", degrees, GeometryKind::point));
  const auto all = read_layer(folder / "p.fgb", kLks);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->features.size(), 3000U);
  // A wide window: its straight edges are curves in degrees.
  ReadLayerOptions options;
  options.within = Bounds{250000, 5950000, 690000, 6240000};
  const auto some = read_layer(folder / "p.fgb", kLks, options);
  ASSERT_TRUE(some);
  const auto expected =
      std::count_if(all->features.begin(), all->features.end(),
                    [&](const Feature& f) { return touches(f.geometry, *options.within); });
  EXPECT_EQ(static_cast<std::int64_t>(some->features.size()), expected);
  EXPECT_GT(expected, 2000);
}

TEST(ReadLayer, TakesLongitudeForEast) {
  const TempFolder folder;
  const fs::path file =
      folder.write("v.geojson", R"({"type":"Point","coordinates":[25.2876,54.6858]})");
  const auto read = read_layer(file, kLks);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->features.size(), 1U);
  const Point p = read->features[0].geometry.parts[0][0];
  EXPECT_NEAR(p.x, 582950, 200);
  EXPECT_NEAR(p.y, 6061900, 1000);
}

TEST(ReadLayer, KeepsOnlyTheFieldsAskedForAndNamesMissingOnes) {
  const TempFolder folder;
  ASSERT_TRUE(
      write_flatgeobuf(folder / "a.fgb", sample_layer(GeometryKind::point), GeometryKind::point));
  ReadLayerOptions options;
  options.fields = {"name", "id"};
  const auto read = read_layer(folder / "a.fgb", kLks, options);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->field_names, options.fields);
  const Feature& f = read->features[0];
  EXPECT_EQ(read->text(f, "name"), "ežeras " + read->text(f, "id"));
  EXPECT_EQ(read->number(f, "id", -1), static_cast<double>(std::get<std::int64_t>(f.fields[1])));
  EXPECT_EQ(read->number(f, "width_m", -1), -1);
  EXPECT_EQ(read->field("nothing"), -1);
  options.fields = {"nome"};
  const auto missing = read_layer(folder / "a.fgb", kLks, options);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("\"nome\""));
  EXPECT_THAT(missing.error().hint, HasSubstr("id, width_m, name"));
}

TEST(ReadLayer, AsksWhichLayerIsMeant) {
  const TempFolder folder;
  Layer a = sample_layer(GeometryKind::point);
  Layer b = a;
  b.name = "others";
  ASSERT_TRUE(write_geopackage(folder / "two.gpkg",
                               {{a, GeometryKind::point, "", "", ""}, {b, GeometryKind::point}}));
  const auto unnamed = read_layer(folder / "two.gpkg", kLks);
  ASSERT_FALSE(unnamed);
  EXPECT_THAT(unnamed.error().message, HasSubstr("2 layers"));
  EXPECT_THAT(unnamed.error().hint, HasSubstr("things, others"));
  ReadLayerOptions options;
  options.layer = "others";
  EXPECT_EQ(read_layer(folder / "two.gpkg", kLks, options).value().name, "others");
  options.layer = "third";
  EXPECT_FALSE(read_layer(folder / "two.gpkg", kLks, options));
}

TEST(ReadLayer, SplitsCollectionsAndSkipsWhatHasNoShape) {
  const TempFolder folder;
  const fs::path file = folder.write("c.geojson", R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"k":1},"geometry":{"type":"GeometryCollection","geometries":[
      {"type":"Point","coordinates":[24,54,7]},
      {"type":"LineString","coordinates":[[24,54],[24.1,54.1]]},
      {"type":"Point","coordinates":[24.2,54]},
      {"type":"Polygon","coordinates":[[[24,54],[24.1,54],[24.1,54.1],[24,54]]]}]}},
    {"type":"Feature","properties":{"k":2},"geometry":null},
    {"type":"Feature","properties":{"k":3},"geometry":{"type":"MultiPoint","coordinates":[]}},
    {"type":"Feature","properties":{"k":4},"geometry":{"type":"LineString","coordinates":[[24,54]]}}
  ]})");
  const auto read = read_layer(file, 4326);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->skipped, 3);
  ASSERT_EQ(read->features.size(), 3U);
  EXPECT_EQ(read->features[0].geometry.kind, GeometryKind::point);
  EXPECT_EQ(read->features[0].geometry.parts.size(), 2U);
  EXPECT_EQ(read->features[1].geometry.kind, GeometryKind::line);
  EXPECT_EQ(read->features[2].geometry.kind, GeometryKind::polygon);
  for (const Feature& f : read->features) EXPECT_EQ(read->number(f, "k", 0), 1.0);
}

TEST(ReadLayer, MakesNoHolesWherePartsOverlap) {
  const TempFolder folder;
  const fs::path file = folder.write("m.geojson", R"({"type":"MultiPolygon","coordinates":[
    [[[0,0],[4,0],[4,4],[0,4],[0,0]]], [[[2,2],[6,2],[6,6],[2,6],[2,2]]]]})");
  const auto read = read_layer(file, 4326);
  ASSERT_TRUE(read);
  const Geometry& g = read->features.at(0).geometry;
  EXPECT_TRUE(contains(g, {3, 3}));
  EXPECT_TRUE(contains(g, {1, 1}));
  EXPECT_TRUE(contains(g, {5, 5}));
  EXPECT_NEAR(area_of(g), 28, 1e-9);
}

TEST(ReadLayer, ReadsOneLayerOfAnOsmFile) {
  const TempFolder folder;
  std::string osm = "<osm version=\"0.6\">";
  for (int i = 1; i <= 6; ++i) {
    osm += fmt::format(
        "<node id=\"{}\" lat=\"54.{}\" lon=\"24.{}\"><tag k=\"place\" "
        "v=\"village\"/></node>",
        i, i, i);
  }
  osm +=
      "<way id=\"9\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"primary\"/>"
      "<tag k=\"name\" v=\"A16\"/></way>"
      "<way id=\"10\"><nd ref=\"3\"/><nd ref=\"4\"/><tag k=\"waterway\" v=\"river\"/></way>"
      "</osm>";
  const fs::path file = folder.write("a.osm", osm);
  ReadLayerOptions options;
  options.layer = "lines";
  options.fields = {"highway", "waterway", "name"};
  const auto lines = read_layer(file, kLks, options);
  ASSERT_TRUE(lines) << to_string(lines.error());
  ASSERT_EQ(lines->features.size(), 2U);
  EXPECT_EQ(lines->text(lines->features[0], "highway"), "primary");
  EXPECT_EQ(lines->text(lines->features[0], "name"), "A16");
  EXPECT_EQ(lines->text(lines->features[1], "waterway"), "river");
  options = {.layer = "points"};
  EXPECT_EQ(read_layer(file, kLks, options).value().features.size(), 6U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "nothing beside";
}

TEST(ReadLayer, SaysWhichCrsTheFileHas) {
  const TempFolder folder;
  // Metres in a file that says degrees.
  Layer wrong{"wrong", 4326, {}, {{{GeometryKind::point, {{{5.0e5, 6.0e6}}}}, {}}}};
  ASSERT_TRUE(write_flatgeobuf(folder / "w.fgb", wrong, GeometryKind::point));
  const auto read = read_layer(folder / "w.fgb", kLks);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("EPSG:4326"));
  EXPECT_THAT(read.error().message, HasSubstr("EPSG:3346"));

  const fs::path bare = folder.write("b.csv", "WKT,n\n\"POINT (24 54)\",1\n");
  const auto unnamed = read_layer(bare, kLks);
  ASSERT_FALSE(unnamed);
  EXPECT_THAT(unnamed.error().message, HasSubstr("coordinate system"));
  ReadLayerOptions options;
  options.assume_epsg = 4326;
  const auto assumed = read_layer(bare, 4326, options);
  ASSERT_TRUE(assumed) << to_string(assumed.error());
  EXPECT_EQ(assumed->features[0].geometry.parts[0][0], (Point{24, 54}));
  EXPECT_FALSE(read_layer(bare, 123456789, options));
}

TEST(ReadLayer, CountsFeaturesThatHaveNoPlace) {
  const TempFolder folder;
  Layer mixed{"mixed", 4326, {}, {}};
  mixed.features.push_back({{GeometryKind::point, {{{24, 54}}}}, {}});
  mixed.features.push_back({{GeometryKind::point, {{{24, 5400}}}}, {}});
  ASSERT_TRUE(write_flatgeobuf(folder / "m.fgb", mixed, GeometryKind::point));
  const auto read = read_layer(folder / "m.fgb", kLks);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->features.size(), 1U);
  EXPECT_EQ(read->skipped, 1);
}

TEST(ReadLayer, ReadsAnEmptyLayerAsEmpty) {
  const TempFolder folder;
  const Layer empty{"empty", kLks, {"a"}, {}};
  ASSERT_TRUE(write_geopackage(folder / "e.gpkg", {{empty, GeometryKind::line, "", "", ""}}));
  const auto read = read_layer(folder / "e.gpkg", kLks);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->features.empty());
  EXPECT_EQ(read->field_names, std::vector<std::string>{"a"});
}

TEST(ReadLayer, StopsAtItsLimit) {
  const TempFolder folder;
  ASSERT_TRUE(
      write_flatgeobuf(folder / "a.fgb", sample_layer(GeometryKind::point), GeometryKind::point));
  ReadLayerOptions options;
  options.max_features = 49;
  const auto read = read_layer(folder / "a.fgb", kLks, options);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::limit);
  options.max_features = 50;
  EXPECT_TRUE(read_layer(folder / "a.fgb", kLks, options));
}

void zip(const fs::path& archive, const std::vector<std::pair<std::string, std::string>>& files) {
  (void)transform({}, 4326, 4326);
  // The archive stays open over all members.
  VSILFILE* all = VSIFOpenL(("/vsizip/" + archive.string()).c_str(), "wb");
  ASSERT_NE(all, nullptr);
  for (const auto& [name, bytes] : files) {
    VSILFILE* one = VSIFOpenL(("/vsizip/" + archive.string() + "/" + name).c_str(), "wb");
    ASSERT_NE(one, nullptr);
    VSIFWriteL(bytes.data(), 1, bytes.size(), one);
    VSIFCloseL(one);
  }
  VSIFCloseL(all);
}

TEST(ReadLayer, OpensAZipThatHoldsOneFile) {
  const TempFolder folder;
  const Layer layer = sample_layer(GeometryKind::polygon);
  ASSERT_TRUE(write_flatgeobuf(folder / "a.fgb", layer, GeometryKind::polygon));
  ASSERT_TRUE(write_geopackage(folder / "a.gpkg", {{layer, GeometryKind::polygon, "", "", ""}}));
  const std::string fgb = TempFolder::bytes_of(folder / "a.fgb");
  const std::string gpkg = TempFolder::bytes_of(folder / "a.gpkg");
  zip(folder / "a.fgb.zip", {{"a.fgb", fgb}});
  zip(folder / "a.gpkg.zip", {{"folder/a.gpkg", gpkg}});
  zip(folder / "two.zip", {{"a.fgb", fgb}, {"a.gpkg", gpkg}});
  for (const char* name : {"a.fgb.zip", "a.gpkg.zip"}) {
    const auto read = read_layer(folder / name, kLks);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->features.size(), 50U);
  }
  const auto two = read_layer(folder / "two.zip", kLks);
  ASSERT_FALSE(two);
  EXPECT_THAT(two.error().message, HasSubstr("holds 2 files"));
  EXPECT_EQ(two.error().where.file, (folder / "two.zip").string());
  EXPECT_FALSE(read_layer(folder.write("g.fgb.zip", "PK garbage"), kLks));

  const std::string whole = TempFolder::bytes_of(folder / "a.gpkg.zip");
  int errors = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed, 2);
    std::string bad = whole;
    // In the packed data, which the archive's CRC guards.
    bad[100 + random.below(bad.size() / 2)] ^= static_cast<char>(1 + random.below(255));
    const auto read = read_layer(folder.write("bad.gpkg.zip", bad), kLks);
    if (!read) {
      ++errors;
      EXPECT_EQ(read.error().where.file, (folder / "bad.gpkg.zip").string());
    } else {
      EXPECT_EQ(by_id(*read).size(), 50U) << "seed " << seed;
    }
  }
  EXPECT_EQ(errors, 60);
}

TEST(ReadLayer, NeverTakesACutOffFileForAWholeOne) {
  const TempFolder folder;
  const Layer layer = sample_layer(GeometryKind::polygon);
  ASSERT_TRUE(write_flatgeobuf(folder / "a.fgb", layer, GeometryKind::polygon));
  ASSERT_TRUE(write_geopackage(folder / "a.gpkg", {{layer, GeometryKind::polygon, "", "", ""}}));
  const auto json = to_geojson(layer, GeometryKind::polygon);
  ASSERT_TRUE(json);
  folder.write("a.geojson", *json);
  for (const char* name : {"a.fgb", "a.gpkg", "a.geojson"}) {
    const std::string bytes = TempFolder::bytes_of(folder / name);
    ReadLayerOptions window;
    window.within = Bounds{510400, 6030000, 520600, 6044000};
    EXPECT_EQ(read_layer(folder / name, kLks, window).value().features.size(), 11U);
    for (std::size_t i = 0; i < 30; ++i) {
      const std::size_t length = bytes.size() * i / 30;
      const fs::path cut = folder.write(std::string("cut") + fs::path(name).extension().string(),
                                        std::string_view(bytes).substr(0, length));
      const auto read = read_layer(cut, kLks);
      EXPECT_TRUE(!read || read->features.size() == 50U) << name << " cut at " << length;
      const auto part = read_layer(cut, kLks, window);
      EXPECT_TRUE(!part || part->features.size() == 11U) << name << " cut at " << length;
    }
  }
}

TEST(ReadLayer, SurvivesDamagedBytes) {
  const TempFolder folder;
  ASSERT_TRUE(
      write_flatgeobuf(folder / "a.fgb", sample_layer(GeometryKind::line), GeometryKind::line));
  const std::string bytes = TempFolder::bytes_of(folder / "a.fgb");
  int errors = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed, 5);
    std::string damaged = bytes;
    for (int i = 0; i < 4; ++i) {
      damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
    }
    const auto read = read_layer(folder.write("d.fgb", damaged), kLks);
    if (!read) {
      ++errors;
      EXPECT_FALSE(read.error().message.empty());
      continue;
    }
    for (const Feature& f : read->features) {
      for (const auto& part : f.geometry.parts) {
        for (const Point p : part) ASSERT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
      }
    }
  }
  EXPECT_GT(errors, 20);
}

TEST(ReadLayer, RefusesWhatIsNotALocalFile) {
  const TempFolder folder;
  for (const char* path : {"", "/vsicurl/http://127.0.0.1:9/a.fgb", "PG:dbname=x", "/nowhere.fgb",
                           "WFS:http://127.0.0.1:9"}) {
    const auto read = read_layer(path, kLks);
    ASSERT_FALSE(read) << path;
    EXPECT_EQ(read.error().code, ErrorCode::input);
  }
  EXPECT_FALSE(read_layer(folder.path(), kLks));
}

TEST(ReadLayer, GivesTheSameOnAnyNumberOfThreads) {
  const TempFolder folder;
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(write_flatgeobuf(folder / fmt::format("{}.fgb", i),
                                 sample_layer(GeometryKind::line), GeometryKind::line));
  }
  const auto read_all = [&](int threads) {
    std::vector<std::vector<Geometry>> all(6);
    parallel_for(6, threads, [&](std::size_t i) {
      const auto read = read_layer(folder / fmt::format("{}.fgb", i), 3035);
      if (!read) return;
      for (const Feature& f : read->features) all[i].push_back(f.geometry);
    });
    return all;
  };
  const auto one = read_all(1);
  EXPECT_EQ(one.front().size(), 50U);
  EXPECT_EQ(read_all(4), one);
}

}  // namespace
}  // namespace abatis
