#include "gather/build_geojson.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "abatis/base/random.hpp"
#include "support/temp_folder.hpp"

namespace abatis::gather {
namespace {

constexpr Bounds kAll{-180, -90, 180, 90};

class GeoJson : public ::testing::Test {
 protected:
  Result<std::vector<ScannedPolygon>> scan(const std::string& text, const Bounds& within = kAll) {
    const auto file = folder_ / "map.geo.json";
    EXPECT_TRUE(write_file(file, text));
    return scan_polygons(file, within, "A3", silent_monitor());
  }
  TempFolder folder_;
};

TEST_F(GeoJson, LabelsStandBeforeOrAfterTheGeometry) {
  const auto found = scan(
      R"({"type":"FeatureCollection","features":[
      {"type":"Feature","bbox":[0,0,9,9],"geometry":{"type":"MultiPolygon","coordinates":
        [[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[8,8],[9,8],[9,9],[8,8]]]]},
        "properties":{"A3":"LTU","n":3}},
      {"type":"Feature","properties":{"A3":"POL"},"geometry":{"type":"Polygon","coordinates":
        [[[10,0,5],[14,0,5],[14,4,5],[10,0,5]]]}}]})");
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), 3U);
  EXPECT_EQ((*found)[0].label, "LTU");
  EXPECT_EQ((*found)[0].geometry.parts.size(), 2U);
  EXPECT_DOUBLE_EQ(area_of((*found)[0].geometry), 15.5);
  EXPECT_EQ((*found)[1].label, "LTU");
  EXPECT_EQ((*found)[2].label, "POL");
  EXPECT_EQ((*found)[2].geometry.parts[0][0], (Point{10, 0}));
  EXPECT_EQ((*found)[2].geometry.parts[0][1], (Point{14, 0}));
}

TEST_F(GeoJson, OnlyPolygonsThatMeetTheWindowAreKept) {
  const auto found = scan(
      R"({"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[
      [[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}]})",
      {4, 4, 5.5, 5.5});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ((*found)[0].geometry.parts[0][0], (Point{5, 5}));
}

TEST_F(GeoJson, DamageIsAnErrorThatNamesTheFile) {
  const std::string whole =
      R"({"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]})";
  ASSERT_TRUE(scan(whole));
  // Cut anywhere, the file is no longer whole.
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const auto found = scan(whole.substr(0, cut));
    ASSERT_FALSE(found) << "cut at " << cut;
    EXPECT_EQ(found.error().code, ErrorCode::input);
    EXPECT_NE(found.error().where.file.find("map.geo.json"), std::string::npos);
  }
  EXPECT_FALSE(scan(R"({"coordinates":[[[0,0],[1,0],[0,0]]]})"));   // three positions
  EXPECT_FALSE(scan(R"({"coordinates":[[[0,0],[1,0],[1,1]]]]})"));  // a bracket too many
  EXPECT_FALSE(scan(R"({"coordinates":[[[0,0],[1-2,0],[1,1],[0,0]]]})"));
  EXPECT_FALSE(scan_polygons(folder_.path() / "none.json", kAll, "", silent_monitor()));
}

TEST_F(GeoJson, NumbersAcrossBufferEndsAreRead) {
  // Over two buffers of text with numbers of many lengths: each must come out as it went in.
  Random random(20260101, 1);
  std::string text =
      R"({"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[)";
  std::vector<Point> written;
  while (text.size() < 2'300'000) {
    text += written.empty() ? "[[" : ",[[";
    std::vector<Point> ring;
    for (int i = 0; i < 4; ++i) {
      const double scale = random.uniform() < 0.5 ? 1e3 : 1e9;
      const Point p{
          static_cast<double>(static_cast<std::int64_t>(random.uniform(-170, 170) * scale)) / scale,
          static_cast<double>(static_cast<std::int64_t>(random.uniform(-80, 80) * scale)) / scale};
      ring.push_back(p);
      text += fmt::format("[{},{}],", p.x, p.y);
      written.push_back(p);
    }
    text += fmt::format("[{},{}]]]", ring[0].x, ring[0].y);
  }
  text += "]}]}";
  const auto found = scan(text);
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), written.size() / 4);
  for (std::size_t i = 0; i < written.size(); ++i)
    ASSERT_EQ((*found)[i / 4].geometry.parts[0][i % 4], written[i]) << "position " << i;
}

TEST(Clip, KeepsWhatIsInside) {
  // Against counting points: random star polygons, a random window.
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed, 2);
    Geometry polygon{GeometryKind::polygon, {{}}};
    const int corners = 5 + static_cast<int>(random.below(12));
    for (int i = 0; i < corners; ++i) {
      const double angle = 6.283185307 * i / corners, r = random.uniform(10, 60);
      polygon.parts[0].push_back({50 + r * std::cos(angle), 50 + r * std::sin(angle)});
    }
    polygon.parts[0].push_back(polygon.parts[0].front());
    const Bounds window{random.uniform(0, 50), random.uniform(0, 50), random.uniform(55, 100),
                        random.uniform(55, 100)};
    const Geometry cut = clipped(polygon, window);
    for (int k = 0; k < 2000; ++k) {
      const Point p{random.uniform(-10, 110), random.uniform(-10, 110)};
      ASSERT_EQ(contains(cut, p), contains(polygon, p) && window.contains(p))
          << "seed " << seed << " at " << p.x << ' ' << p.y;
    }
  }
  const Geometry far{GeometryKind::polygon, {{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}};
  EXPECT_TRUE(clipped(far, {5, 5, 6, 6}).parts.empty());
}

}  // namespace
}  // namespace abatis::gather
