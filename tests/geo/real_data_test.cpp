// Checks against the facts that the README of the real data states.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "abatis/geo/io.hpp"
#include "abatis/geo/rasterize.hpp"
#include "support/real_data.hpp"

namespace abatis {
namespace {

// 40 x 30 km around Alytus and the border of Belarus, 100 m.
constexpr Grid kGrid{3346, 500000, 6035000, 100, 300, 400};

TEST(RealData, LandCoverIsMadeOfItsClasses) {
  ABATIS_REAL_DATA(data);
  const auto cover =
      read_raster<std::uint8_t>(data / "landcover/landcover_osm_25m.tif", kGrid, Resampling::mode);
  ASSERT_TRUE(cover) << to_string(cover.error());
  std::map<int, int> cells;
  for (const std::uint8_t v : cover->values) ++cells[v];
  for (const auto& [value, count] : cells) {
    constexpr std::array kClasses{0,  10, 30, 31, 40, 41, 50, 52, 54,
                                  56, 60, 80, 81, 82, 90, 91, 92, 93};
    EXPECT_NE(std::find(kClasses.begin(), kClasses.end(), value), kClasses.end()) << value;
  }
  EXPECT_EQ(cells.count(255), 0U);
  EXPECT_GT(cells[10], 20000) << "Dzūkija is forest";
}

TEST(RealData, BuildingsAddUpThroughAnyCell) {
  ABATIS_REAL_DATA(data);
  // The whole file at 2 km: the README counts 2,208,231 buildings.
  const Grid coarse{3346, 232000, 6264000, 2000, 170, 236};
  const auto count =
      read_raster<float>(data / "population/buildings_250m.tif", coarse, Resampling::sum, 1);
  ASSERT_TRUE(count) << to_string(count.error());
  double sum = 0.0;
  for (const float v : count->values) sum += is_nodata(v) ? 0.0 : static_cast<double>(v);
  EXPECT_NEAR(sum, 2208231.0, 50.0);
}

TEST(RealData, SettlementsLieAtTheHeightOfTheGround) {
  ABATIS_REAL_DATA(data);
  const Grid region{3346, 260000, 6240000, 500, 600, 850};
  const auto ground =
      read_raster<float>(data / "elevation/elevation_merged_30s.tif", region, Resampling::bilinear);
  ReadLayerOptions options;
  options.within = region.bounds();
  const auto towns = read_layer(data / "population/settlements_geonames.fgb.zip", 3346, options);
  ASSERT_TRUE(ground && towns);
  double square = 0.0;
  int compared = 0;
  for (const Feature& town : towns->features) {
    const double height = towns->number(town, "dem_m", -9999);
    const auto cell = region.cell_at(town.geometry.parts[0][0]);
    if (height < -9000 || !cell || is_nodata((*ground)[*cell])) continue;
    square += ((*ground)[*cell] - height) * ((*ground)[*cell] - height);
    ++compared;
  }
  EXPECT_GT(compared, 250);
  EXPECT_LT(std::sqrt(square / compared), 12.0) << "the README measured 6.8 m";
}

TEST(RealData, RoadsOfTheCorridorComeOutOfTheirZip) {
  ABATIS_REAL_DATA(data);
  ReadLayerOptions options;
  options.within = Bounds{22.3, 53.7, 24.3, 54.6};
  options.fields = {"class"};
  const auto roads = read_layer(data / "osm/roads_main.fgb.zip", 4326, options);
  ASSERT_TRUE(roads) << to_string(roads.error());
  EXPECT_NEAR(static_cast<double>(roads->features.size()), 17160.0, 100.0);
  options.fields.clear();
  const auto water = read_layer(data / "osm/water.fgb.zip", 4326, options);
  ASSERT_TRUE(water) << to_string(water.error());
  EXPECT_NEAR(static_cast<double>(water->features.size()), 11076.0, 100.0);
}

TEST(RealData, LakesCoverWhatTheirAreasSay) {
  ABATIS_REAL_DATA(data);
  ReadLayerOptions options;
  options.within = kGrid.bounds();
  const auto water = read_layer(data / "osm/water.fgb.zip", 3346, options);
  ASSERT_TRUE(water);
  double area = 0.0;
  double said = 0.0;
  std::size_t cells = 0;
  const Grid fine{3346, 500000, 6035000, 20, 1500, 2000};
  for (const Feature& f : water->features) {
    const Bounds b = bounds_of(f.geometry);
    const Bounds g = kGrid.bounds();
    if (b.min_x < g.min_x || b.max_x > g.max_x || b.min_y < g.min_y || b.max_y > g.max_y) continue;
    area += area_of(f.geometry);
    said += water->number(f, "area_m2", 0);
    for_each_cell_inside(fine, f.geometry, [&](Cell) { ++cells; });
  }
  EXPECT_GT(area, 1e6);
  EXPECT_NEAR(area, said, 0.01 * said);
  EXPECT_NEAR(static_cast<double>(cells) * 400.0, area, 0.01 * area);
}

TEST(RealData, AZipWithSeveralLayersAsksForOne) {
  ABATIS_REAL_DATA(data);
  ReadLayerOptions options;
  options.layer = "earth_dams";
  const auto dams = read_layer(data / "hydro/uetk_lt_structures.gpkg.zip", 3346, options);
  ASSERT_TRUE(dams) << to_string(dams.error());
  EXPECT_EQ(dams->features.size(), 1255U);
}

}  // namespace
}  // namespace abatis
