// Viewsheds over files: what is written, and what is refused with which words.
#include "abatis/sight/raster_sight.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "sight/random_surface.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using abatis::testing::kNan;
using ::testing::HasSubstr;

class sight_raster : public ::testing::Test {
 protected:
  static Raster<float> hills(std::uint64_t seed) {
    Raster<float> raster(
        {.epsg = 3346, .origin_x = 500000, .origin_y = 6100000, .cell = 30, .rows = 60, .cols = 80},
        0.0F);
    for (Cell c = 0; c < 4800; ++c) {
      raster[c] = static_cast<float>(40 * std::sin(c / 80 * 0.2 + static_cast<double>(seed)) *
                                     std::cos(c % 80 * 0.15));
    }
    raster[0] = kNan;
    return raster;
  }
  fs::path write(const Raster<float>& raster, const char* name) {
    const fs::path path = folder_ / name;
    EXPECT_TRUE(write_cog(path, raster, {}));
    return path;
  }
  std::vector<float> read(const fs::path& path) {
    auto reader = RasterReader::open(path);
    EXPECT_TRUE(reader);
    std::vector<float> values(reader->place().size());
    EXPECT_TRUE(reader->read(0, reader->place().rows, values.data()));
    return values;
  }
  RasterSight task(const Raster<float>& raster) {
    return {.surface = write(raster, "s.tif"),
            .at = {raster.grid.centre(2040)},
            .observer_height_m = 10,
            .options = {.radius_m = 700, .threads = 1},
            .out = folder_ / "v.tif"};
  }
  void expect_refused(const RasterSight& wrong, const char* words) {
    const auto report = viewshed_over_raster(wrong, silent_monitor());
    ASSERT_FALSE(report) << words;
    EXPECT_THAT(to_string(report.error()), HasSubstr(words));
    EXPECT_FALSE(report.error().hint.empty()) << to_string(report.error());
    EXPECT_FALSE(fs::exists(folder_ / "v.tif"));
  }
  TempFolder folder_;
};

TEST_F(sight_raster, writes_what_the_library_sees) {
  const Raster<float> raster = hills(1);
  RasterSight job = task(raster);
  job.at.push_back(raster.grid.centre(900));
  const auto report = viewshed_over_raster(job, silent_monitor());
  ASSERT_TRUE(report) << to_string(report.error());
  const SightGround ground{.rows = 60, .cols = 80, .cell_m = 30, .surface = raster.values.data()};
  std::vector<std::uint16_t> seen(4800, 0);
  std::vector<float> height(4800, kNan);
  for (const Cell c : {2040, 900}) {
    add_view(ground, {.cell = c, .height_m = 10}, job.options, seen.data());
    lower_heights(ground, {.cell = c, .height_m = 10}, job.options, height.data());
  }
  const std::vector<float> counts = read(job.out);
  EXPECT_TRUE(std::isnan(counts[0]));
  std::int64_t some = 0;
  for (std::size_t c = 1; c < counts.size(); ++c) {
    ASSERT_EQ(counts[c], static_cast<float>(seen[c])) << c;
    some += seen[c] > 0 ? 1 : 0;
  }
  EXPECT_GT(some, 100);
  EXPECT_EQ(report->seen, some);
  EXPECT_EQ(report->unknown, 1);
  EXPECT_EQ(report->observers[0].centre, raster.grid.centre(2040));
  job.output = SightOutput::height;
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  const std::vector<float> heights = read(job.out);
  for (std::size_t c = 0; c < heights.size(); ++c) {
    ASSERT_TRUE(heights[c] == height[c] || (std::isnan(heights[c]) && std::isnan(height[c]))) << c;
  }
}

// Only the rectangle around the radius is read: the answer is that over the whole raster, and what
// lies beyond may be anything.
TEST_F(sight_raster, reads_what_the_radius_reaches) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 17);
    Raster<float> raster = hills(seed);
    for (Cell c = 0; c < 4800; ++c) raster[c] += static_cast<float>(random.uniform(0, 3));
    const auto cell = static_cast<Cell>(1 + random.below(4799));
    RasterSight job = task(raster);
    job.at = {raster.grid.centre(cell)};
    job.options.radius_m = random.uniform(20, 900);
    const std::int32_t rings = static_cast<std::int32_t>(job.options.radius_m / 30);
    const auto reached = [&](Cell c) {
      return std::abs(c / 80 - cell / 80) <= rings && std::abs(c % 80 - cell % 80) <= rings;
    };
    Raster<float> wild = raster;
    std::int64_t unknown = 0;
    for (Cell c = 0; c < 4800; ++c) {
      if (!reached(c)) wild[c] = std::numeric_limits<float>::infinity();
      unknown += reached(c) && std::isnan(raster[c]) ? 1 : 0;
    }
    job.surface = write(wild, "w.tif");
    const SightGround ground{.rows = 60, .cols = 80, .cell_m = 30, .surface = raster.values.data()};
    std::vector<std::uint16_t> seen(4800, 0);
    std::vector<float> height(4800, kNan);
    add_view(ground, {.cell = cell, .height_m = 10}, job.options, seen.data());
    lower_heights(ground, {.cell = cell, .height_m = 10}, job.options, height.data());
    const auto report = viewshed_over_raster(job, silent_monitor());
    ASSERT_TRUE(report) << to_string(report.error());
    EXPECT_EQ(report->unknown, unknown);
    const std::vector<float> counts = read(job.out);
    job.output = SightOutput::height;
    ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
    const std::vector<float> heights = read(job.out);
    for (std::size_t c = 0; c < 4800; ++c) {
      const bool hole = std::isnan(raster.values[c]) && reached(static_cast<Cell>(c));
      ASSERT_EQ(std::isnan(counts[c]), hole) << c;
      if (!hole) {
        ASSERT_EQ(counts[c], static_cast<float>(seen[c])) << c;
      }
      ASSERT_TRUE(heights[c] == height[c] || (std::isnan(heights[c]) && std::isnan(height[c])))
          << c;
    }
  }
}

TEST_F(sight_raster, counts_more_observers_than_a_byte_holds) {
  Raster<float> raster = hills(2);
  raster[2039] = kNan;
  RasterSight job = task(raster);
  job.at.assign(300, raster.grid.centre(2040));
  const auto report = viewshed_over_raster(job, silent_monitor());
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->most, 300);
  const std::vector<float> counts = read(job.out);
  EXPECT_EQ(counts[2040], 300);
  EXPECT_TRUE(std::isnan(counts[2039]));
}

TEST_F(sight_raster, takes_observers_from_files) {
  const Raster<float> raster = hills(3);
  RasterSight job = task(raster);
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  const std::vector<float> expected = read(job.out);
  const Point at = job.at[0];
  job.at.clear();
  job.observers = folder_ / "o.csv";
  {
    std::ofstream table(folder_ / "o.csv");
    table.precision(12);
    table << "x,y,height\n" << at.x << ',' << at.y << ",10\n";
  }
  job.observer_height_m = 99;
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  const auto same = [&](const std::vector<float>& found) {
    for (std::size_t c = 1; c < found.size(); ++c) ASSERT_EQ(found[c], expected[c]) << c;
  };
  same(read(job.out));
  Layer layer{.name = "posts", .epsg = 3346, .field_names = {"height"}};
  layer.features.push_back(
      {.geometry = {.kind = GeometryKind::point, .parts = {{at}}}, .fields = {10.0}});
  ASSERT_TRUE(write_flatgeobuf(folder_ / "o.fgb", layer, GeometryKind::point));
  job.observers = folder_ / "o.fgb";
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  same(read(job.out));
  std::ofstream(folder_ / "o.csv") << "x,y\n1,nan\n";
  job.observers = folder_ / "o.csv";
  fs::remove(job.out);
  expect_refused(job, "o.csv:2");
}

TEST_F(sight_raster, puts_terrain_and_canopy_together) {
  const Raster<float> terrain = hills(4);
  Raster<float> canopy(terrain.grid, 0.0F);
  for (Cell c = 0; c < 4800; c += 7) canopy[c] = 18.0F;
  Raster<float> surface = terrain;
  for (Cell c = 0; c < 4800; ++c) surface[c] += canopy[c];
  RasterSight job = task(surface);
  job.terrain = write(terrain, "t.tif");
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  const std::vector<float> expected = read(job.out);
  job.surface.reset();
  job.canopy = write(canopy, "c.tif");
  ASSERT_TRUE(viewshed_over_raster(job, silent_monitor()));
  const std::vector<float> found = read(job.out);
  for (std::size_t c = 1; c < found.size(); ++c) ASSERT_EQ(found[c], expected[c]) << c;
  EXPECT_EQ(found[7], 0) << "a target at 2 m is under the trees";
}

TEST_F(sight_raster, says_what_the_radius_leaves_out) {
  RasterSight job = task(hills(5));
  job.options.radius_m = 2000;
  const auto report = viewshed_over_raster(job, silent_monitor());
  ASSERT_TRUE(report);
  ASSERT_EQ(report->warnings.size(), 1U);
  EXPECT_THAT(report->warnings[0], HasSubstr("past the edge"));
  EXPECT_NEAR(report->observers[0].beyond_m, 2000 - 25.5 * 30, 0.01);
}

TEST_F(sight_raster, refuses_what_is_wrong_and_says_what_to_do) {
  const Raster<float> raster = hills(6);
  const RasterSight good = task(raster);
  const auto with = [&](auto change) {
    RasterSight wrong = good;
    change(wrong);
    return wrong;
  };
  expect_refused(with([](auto& t) { t.at = {{1, 1}}; }), "outside the raster");
  expect_refused(with([&](auto& t) { t.at = {raster.grid.centre(0)}; }), "nodata");
  expect_refused(with([](auto& t) { t.at.clear(); }), "one way");
  expect_refused(with([](auto& t) { t.observer_height_m = -1; }), "--observer-height");
  expect_refused(with([](auto& t) { t.observer_height_m = std::nan(""); }), "--observer-height");
  expect_refused(with([](auto& t) { t.options.target_height_m = -0.5; }), "--target-height");
  expect_refused(with([](auto& t) { t.options.radius_m = 0; }), "--radius");
  expect_refused(with([](auto& t) { t.options.radius_m = std::nan(""); }), "--radius");
  expect_refused(with([](auto& t) { t.options.radius_m = 1e9; }), "cells");
  expect_refused(with([](auto& t) { t.options.refraction = 2; }), "--refraction");
  expect_refused(with([](auto& t) { t.surface.reset(); }), "nothing to look over");
  expect_refused(with([](auto& t) { t.canopy = t.surface; }), "--canopy");
  Raster<float> other(raster.grid, 0.0F);
  other.grid.rows = 50;
  other.values.resize(4000);
  const fs::path smaller = write(other, "o.tif");
  expect_refused(with([&](auto& t) { t.terrain = smaller; }), "cells are not those");
  Raster<float> degrees = raster;
  degrees.grid = {
      .epsg = 4326, .origin_x = 23, .origin_y = 54, .cell = 1e-4, .rows = 60, .cols = 80};
  const fs::path round = write(degrees, "d.tif");
  expect_refused(with([&](auto& t) { t.surface = round; }), "degrees");
  Raster<float> empty(raster.grid, kNan);
  const fs::path hollow = write(empty, "e.tif");
  expect_refused(with([&](auto& t) { t.surface = hollow; }), "no cell");
  Raster<float> high = raster;
  high[6 * 80 + 50] = 3e38F;
  const fs::path peaked = write(high, "h.tif");
  expect_refused(with([&](auto& t) { t.surface = peaked; }), "row 6, column 50");
  RasterSight over = good;
  over.out = *good.surface;
  const auto report = viewshed_over_raster(over, silent_monitor());
  ASSERT_FALSE(report);
  EXPECT_THAT(to_string(report.error()), HasSubstr("replace an input"));
  ASSERT_TRUE(viewshed_over_raster(good, silent_monitor()));
}

}  // namespace
}  // namespace abatis
