#include <cmath>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "abatis/geo/io.hpp"
#include "shapes.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

using abatis::testing::kLks;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

Layer two_points() {
  Layer layer{"sites", kLks, {"id", "mixed", "text", "nothing"}, {}};
  const double nan = std::nan("");
  layer.features.push_back({{GeometryKind::point, {{{500000, 6050000}}}},
                            {std::int64_t{1}, std::int64_t{7}, "a \"b\"\n\\", std::monostate{}}});
  layer.features.push_back(
      {{GeometryKind::point, {{{500100, 6050000}}}}, {std::int64_t{2}, 0.5, 3.25, nan}});
  return layer;
}

TEST(GeoPackage, IsTheSameBytesEachTime) {
  const TempFolder folder;
  const std::vector<StyledLayer> layers{
      {two_points(), GeometryKind::point, "where", "<qgis/>", "<sld/>"}};
  ASSERT_TRUE(write_geopackage(folder / "a.gpkg", layers, {{"licence", "ODbL"}}));
  ASSERT_TRUE(write_geopackage(folder / "b.gpkg", layers, {{"licence", "ODbL"}}));
  const std::string a = TempFolder::bytes_of(folder / "a.gpkg");
  EXPECT_GT(a.size(), 1000U);
  EXPECT_EQ(a, TempFolder::bytes_of(folder / "b.gpkg"));
}

TEST(GeoPackage, HoldsTablesStylesAndMetadataThatOthersRead) {
  const TempFolder folder;
  Layer plain = two_points();
  plain.name = "plain";
  ASSERT_TRUE(write_geopackage(folder / "a.gpkg",
                               {{two_points(), GeometryKind::point, "where", "<qgis/>", "<sld/>"},
                                {plain, GeometryKind::point, "", "", ""}},
                               {{"licence", "ODbL"}, {"source", "made up"}}));
  const GDALDatasetUniquePtr file(
      GDALDataset::Open((folder / "a.gpkg").c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  ASSERT_NE(file, nullptr);
  EXPECT_STREQ(file->GetMetadataItem("licence"), "ODbL");
  EXPECT_STREQ(file->GetMetadataItem("source"), "made up");
  OGRLayer* sites = file->GetLayerByName("sites");
  ASSERT_NE(sites, nullptr);
  EXPECT_STREQ(sites->GetGeometryColumn(), "geom");
  EXPECT_EQ(sites->GetLayerDefn()->GetFieldDefn(0)->GetType(), OFTInteger64);
  EXPECT_EQ(sites->GetLayerDefn()->GetFieldDefn(1)->GetType(), OFTReal);
  EXPECT_EQ(sites->GetLayerDefn()->GetFieldDefn(2)->GetType(), OFTString);

  OGRLayer* styles = file->GetLayerByName("layer_styles");
  ASSERT_NE(styles, nullptr);
  ASSERT_EQ(styles->GetFeatureCount(), 1);
  // The query by which QGIS finds the style to load with a layer.
  OGRLayer* found = file->ExecuteSQL(
      "SELECT styleQML FROM layer_styles WHERE f_table_schema='' AND f_table_name='sites' AND "
      "f_geometry_column='geom' ORDER BY CASE WHEN useAsDefault THEN 1 ELSE 2 END",
      nullptr, "SQLITE");
  ASSERT_NE(found, nullptr);
  const OGRFeatureUniquePtr row(found->GetNextFeature());
  ASSERT_NE(row, nullptr);
  EXPECT_STREQ(row->GetFieldAsString(0), "<qgis/>");
  file->ReleaseResultSet(found);
  OGRLayer* contents = file->ExecuteSQL(
      "SELECT data_type FROM gpkg_contents WHERE table_name='layer_styles'", nullptr, "SQLITE");
  ASSERT_NE(contents, nullptr);
  const OGRFeatureUniquePtr type(contents->GetNextFeature());
  ASSERT_NE(type, nullptr);
  EXPECT_STREQ(type->GetFieldAsString(0), "attributes");
  file->ReleaseResultSet(contents);
}

TEST(GeoPackage, LeavesNothingWhereItCannotWrite) {
  const TempFolder folder;
  const fs::path file = folder.write("file", "x");
  const auto status =
      write_geopackage(file / "a.gpkg", {{two_points(), GeometryKind::point, "", "", ""}});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::io);
  const auto flat = write_flatgeobuf(file / "a.fgb", two_points(), GeometryKind::point);
  ASSERT_FALSE(flat);
  EXPECT_EQ(flat.error().code, ErrorCode::io);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(GeoPackage, RefusesWhatWouldBeLost) {
  const TempFolder folder;
  const fs::path path = folder / "a.gpkg";
  const auto write = [&](std::vector<StyledLayer> layers) {
    return write_geopackage(path, layers);
  };
  Layer twice = two_points();
  twice.field_names = {"a", "a", "b", "c"};
  EXPECT_FALSE(write({{twice, GeometryKind::point, "", "", ""}})) << "two fields of one name";
  EXPECT_FALSE(write({{two_points(), GeometryKind::line, "", "", ""}})) << "wrong kind";
  EXPECT_FALSE(write({{two_points(), GeometryKind::point, "", "", ""},
                      {two_points(), GeometryKind::point, "", "", ""}}))
      << "two tables of one name";
  Layer nameless = two_points();
  nameless.name = "gpkg_contents";
  EXPECT_FALSE(write({{nameless, GeometryKind::point, "", "", ""}}));
  Layer placeless = two_points();
  placeless.epsg = 0;
  EXPECT_FALSE(write({{placeless, GeometryKind::point, "", "", ""}}));
  EXPECT_FALSE(fs::exists(path));
}

TEST(GeoJson, IsDegreesEastFirstWithEscapedText) {
  const auto json = to_geojson(two_points(), GeometryKind::point, 3);
  ASSERT_TRUE(json) << to_string(json.error());
  EXPECT_EQ(*json,
            R"({"type":"FeatureCollection","features":[)"
            R"({"type":"Feature","properties":{"id":1,"mixed":7,"text":"a \"b\"\u000a\\",)"
            R"("nothing":null},"geometry":{"type":"Point","coordinates":[24,54.587]}},)"
            R"({"type":"Feature","properties":{"id":2,"mixed":0.5,"text":3.25,"nothing":null},)"
            R"("geometry":{"type":"Point","coordinates":[24.002,54.587]}}]})");
}

TEST(GeoJson, TurnsRingsTheWayTheStandardWants) {
  Layer layer{"areas", 4326, {}, {}};
  // Outer ring clockwise and hole anticlockwise: both the wrong way round.
  layer.features.push_back(
      {{GeometryKind::polygon,
        {{{0, 0}, {0, 9}, {9, 9}, {9, 0}, {0, 0}}, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}},
       {}});
  const auto json = to_geojson(layer, GeometryKind::polygon, 1);
  ASSERT_TRUE(json);
  EXPECT_THAT(*json, HasSubstr("[[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]]"));
}

TEST(GeoJson, CannotBeBrokenByText) {
  Layer layer{"t", 4326, {"k\"ey"}, {}};
  layer.features.push_back({{GeometryKind::point, {{{-0.000001, 1}}}},
                            {std::string("\xff\xc0\xaf ok \xe2\x82 \xed\xa0\x80 \xc4\x85")}});
  const auto json = to_geojson(layer, GeometryKind::point, 2);
  ASSERT_TRUE(json);
  EXPECT_THAT(*json, HasSubstr(R"("k\"ey":"\ufffd\ufffd\ufffd ok \ufffd\ufffd )"
                               R"(\ufffd\ufffd\ufffd ą")"));
  EXPECT_THAT(*json, HasSubstr("[0,1]"));
}

TEST(GeoJson, RefusesShapesWithoutAPlace) {
  Layer layer{"far", kLks, {}, {{{GeometryKind::point, {{{1e30, 1e30}}}}, {}}}};
  EXPECT_FALSE(to_geojson(layer, GeometryKind::point));
  EXPECT_FALSE(to_geojson(two_points(), GeometryKind::line));
  EXPECT_FALSE(to_geojson(two_points(), GeometryKind::point, 99));
}

}  // namespace
}  // namespace abatis
