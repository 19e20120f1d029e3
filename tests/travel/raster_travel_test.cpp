// Least cost over a user's raster: the same times as the search over speeds, clear refusals.
#include "abatis/travel/raster_travel.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "abatis/travel/travel.hpp"
#include "support/temp_folder.hpp"
#include "travel/random_ground.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

class travel_raster : public ::testing::Test {
 protected:
  // Patchy friction with lakes; seconds a metre.
  Raster<float> patchy(std::uint64_t seed, std::int32_t rows, std::int32_t cols) {
    Random random(seed, 3);
    Raster<float> raster({.epsg = 3346,
                          .origin_x = 500000,
                          .origin_y = 6100000,
                          .cell = 25,
                          .rows = rows,
                          .cols = cols},
                         0.0F);
    for (float& f : raster.values) {
      f = random.uniform() < 0.15 ? kNan : static_cast<float>(random.uniform(0.05, 2));
    }
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
  static Cell open_cell(const Raster<float>& raster) {
    for (Cell c = static_cast<Cell>(raster.values.size() / 2);; ++c) {
      if (!std::isnan(raster[c])) return c;
    }
  }
  TempFolder folder_;
};

TEST_F(travel_raster, gives_the_least_sums_of_mean_friction_times_length) {
  for (const int neighbours : {8, 16, 32}) {
    const Raster<float> friction = patchy(static_cast<std::uint64_t>(neighbours), 75, 130);
    const Cell from = open_cell(friction);
    RasterTravel task{.friction = write(friction, "f.tif"),
                      .unit = FrictionUnit::s_per_metre,
                      .from_points = {friction.grid.centre(from)},
                      .out = folder_ / "t.tif",
                      .neighbours = neighbours,
                      .threads = 2};
    const auto report = travel_over_raster(task, silent_monitor());
    ASSERT_TRUE(report) << to_string(report.error());
    Raster<float> speed = friction;
    for (float& v : speed.values) v = 1.0F / v;
    const TimeField expected =
        travel_time({.speed_mps = &speed}, std::vector<Cell>{from}, {.neighbours = neighbours});
    const std::vector<float> times = read(task.out);
    std::int64_t reached = 0;
    for (std::size_t c = 0; c < times.size(); ++c) {
      if (expected.time_s[c] == kUnreachable) {
        ASSERT_TRUE(std::isnan(times[c])) << c;
        continue;
      }
      ++reached;
      ASSERT_NEAR(times[c], expected.time_s[c], 1e-6 * expected.time_s[c]) << c;
    }
    EXPECT_EQ(report->reached, reached);
    EXPECT_EQ(report->cells, 75 * 130);
  }
}

// Against the oracle that knows nothing of tiles: walls, corner gaps, ties, hills, all moves.
TEST_F(travel_raster, agrees_with_a_plain_search_on_ground_that_searches_go_wrong_on) {
  {
    std::ofstream table(folder_ / "pace.csv");
    table << "slope,pace\n-0.2,0.7\n0.3,2.2\n";
  }
  const auto pace = [](double slope) {
    return 0.7 + (std::clamp(slope, -0.2, 0.3) + 0.2) / 0.5 * 1.5;
  };
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const bool hills = seed % 3 == 0;
    testing::RandomGround ground =
        testing::random_ground(seed, {.largest = seed % 10 == 0 ? 80 : 14, .hills = hills});
    testing::OracleInput& in = ground.input;
    if (hills) in.slope_factor = pace;
    const Grid grid{.epsg = 3346,
                    .origin_x = 400000,
                    .origin_y = 6000000,
                    .cell = in.cell,
                    .rows = in.rows,
                    .cols = in.cols};
    Raster<float> friction(grid, 0.0F);
    Raster<float> heights(grid, 0.0F);
    for (std::size_t c = 0; c < grid.size(); ++c) {
      friction.values[c] = static_cast<float>(in.friction[c]);
      if (!hills) continue;
      heights.values[c] = static_cast<float>(in.elevation[c]);
      in.elevation[c] = static_cast<double>(heights.values[c]);  // what a file of floats can hold
    }
    std::erase_if(ground.sources, [&](Cell c) { return !in.passable(c); });
    if (ground.sources.empty()) continue;
    for (const int neighbours : {8, 16, 32}) {
      RasterTravel task{.friction = write(friction, "f.tif"),
                        .unit = FrictionUnit::s_per_metre,
                        .pace = (folder_ / "pace.csv").string(),
                        .out = folder_ / "t.tif",
                        .neighbours = neighbours};
      for (const Cell c : ground.sources) task.from_points.push_back(grid.centre(c));
      if (hills) task.elevation = write(heights, "e.tif");
      const auto report = travel_over_raster(task, silent_monitor());
      ASSERT_TRUE(report) << "seed " << seed << ": " << to_string(report.error());
      const std::vector<double> expected = oracle_times(in, neighbours, ground.sources);
      const std::vector<float> times = read(task.out);
      for (std::size_t c = 0; c < times.size(); ++c) {
        ASSERT_EQ(std::isnan(times[c]), expected[c] == testing::kNever)
            << "seed " << seed << ", " << neighbours << " neighbours, cell " << c;
        if (std::isnan(times[c])) continue;
        ASSERT_NEAR(times[c], expected[c], 1e-6 * expected[c])
            << "seed " << seed << ", " << neighbours << " neighbours, cell " << c;
      }
    }
  }
}

TEST_F(travel_raster, counts_cells_whatever_the_crs_and_takes_a_raster_of_sources) {
  Raster<float> friction = patchy(5, 40, 50);
  Raster<float> from(friction.grid, 0.0F);
  for (Cell c = 0; c < 2000; c += 331) from[c] = 1.0F;
  const auto run = [&](FrictionUnit unit, const char* out) {
    return travel_over_raster({.friction = write(friction, "f.tif"),
                               .unit = unit,
                               .from_raster = write(from, "s.tif"),
                               .out = folder_ / out},
                              silent_monitor());
  };
  ASSERT_TRUE(run(FrictionUnit::s_per_cell, "cells.tif"));
  ASSERT_TRUE(run(FrictionUnit::s_per_metre, "metres.tif"));
  const std::vector<float> cells = read(folder_ / "cells.tif");
  const std::vector<float> metres = read(folder_ / "metres.tif");
  int reached = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    ASSERT_EQ(std::isnan(cells[c]), std::isnan(metres[c]));
    if (std::isnan(cells[c])) continue;
    ++reached;
    ASSERT_NEAR(cells[c] * 25.0F, metres[c], 1e-5F * metres[c]);
  }
  EXPECT_GT(reached, 1000);
}

TEST_F(travel_raster, little_memory_gives_the_same_file) {
  const Raster<float> friction = patchy(6, 900, 700);
  RasterTravel task{.friction = write(friction, "f.tif"),
                    .from_points = {friction.grid.centre(open_cell(friction))},
                    .out = folder_ / "all.tif",
                    .threads = 2};
  ASSERT_TRUE(travel_over_raster(task, silent_monitor()));
  task.out = folder_ / "little.tif";
  const RasterTravelNeed need = raster_travel_need(900, 700, 8, false);
  ASSERT_LT(need.least_memory, need.in_memory);
  task.memory_bytes = need.least_memory;
  const auto report = travel_over_raster(task, silent_monitor());
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_TRUE(report->in_scratch_file);
  const std::vector<float> all = read(folder_ / "all.tif");
  const std::vector<float> little = read(task.out);
  for (std::size_t c = 0; c < all.size(); ++c) {
    ASSERT_TRUE(all[c] == little[c] || (std::isnan(all[c]) && std::isnan(little[c]))) << c;
  }
  task.memory_bytes = need.least_memory - 1;
  const auto refused = travel_over_raster(task, silent_monitor());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::limit);
  EXPECT_THAT(to_string(refused.error()), HasSubstr("--memory"));
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_THAT(entry.path().filename().string(), ::testing::Not(HasSubstr("scratch")));
  }
}

TEST_F(travel_raster, uphill_and_downhill_differ_by_the_table) {
  Raster<float> friction({.epsg = 3346, .cell = 10, .rows = 1, .cols = 3}, 1.0F);
  Raster<float> heights = friction;
  heights.values = {0, 1, 0};  // slopes of +0.1, -0.1
  {
    std::ofstream table(folder_ / "pace.csv");
    table << "slope,pace\n-0.1,0.5\n0,1\n0.1,3\n";
  }
  const RasterTravel task{.friction = write(friction, "f.tif"),
                          .unit = FrictionUnit::s_per_metre,
                          .from_points = {friction.grid.centre(0)},
                          .elevation = write(heights, "e.tif"),
                          .pace = (folder_ / "pace.csv").string(),
                          .out = folder_ / "t.tif"};
  const auto report = travel_over_raster(task, silent_monitor());
  ASSERT_TRUE(report) << to_string(report.error());
  const std::vector<float> times = read(task.out);
  EXPECT_NEAR(times[1], 30.0F, 1e-4F);
  EXPECT_NEAR(times[2], 35.0F, 1e-4F);
}

TEST_F(travel_raster, says_why_a_target_is_not_reached) {
  Raster<float> friction({.epsg = 3346, .cell = 10, .rows = 5, .cols = 9}, 1.0F);
  for (std::int32_t r = 0; r < 5; ++r) friction[friction.grid.at(r, 4)] = kNan;
  const auto at = [&](std::int32_t r, std::int32_t c) {
    return friction.grid.centre(friction.grid.at(r, c));
  };
  const auto report = travel_over_raster({.friction = write(friction, "f.tif"),
                                          .from_points = {at(0, 0)},
                                          .to = {at(0, 3), at(2, 4), at(2, 6)},
                                          .out = folder_ / "t.tif"},
                                         silent_monitor());
  ASSERT_TRUE(report) << to_string(report.error());
  ASSERT_EQ(report->targets.size(), 3U);
  EXPECT_DOUBLE_EQ(report->targets[0].time.value(), 3.0);
  EXPECT_FALSE(report->targets[1].time);
  EXPECT_THAT(report->targets[1].why, HasSubstr("nodata"));
  EXPECT_FALSE(report->targets[2].time);
  EXPECT_THAT(report->targets[2].why, HasSubstr("pocket of 20 cells"));
}

TEST_F(travel_raster, bad_input_is_refused_with_its_place_and_nothing_is_written) {
  Raster<float> friction = patchy(7, 20, 20);
  const Cell open = open_cell(friction);
  const auto refused = [&](RasterTravel task, ErrorCode code, const std::string& words) {
    if (task.friction.empty()) task.friction = write(friction, "f.tif");
    if (task.from_points.empty() && !task.from_raster) {
      task.from_points = {friction.grid.centre(open)};
    }
    task.out = folder_ / "out.tif";
    const auto report = travel_over_raster(task, silent_monitor());
    ASSERT_FALSE(report) << words;
    EXPECT_EQ(report.error().code, code) << to_string(report.error());
    EXPECT_THAT(to_string(report.error()), HasSubstr(words));
    EXPECT_FALSE(fs::exists(task.out));
  };
  refused({.friction = folder_ / "none.tif"}, ErrorCode::input, "none.tif");
  refused({.from_points = {{0, 0}}}, ErrorCode::input, "outside the raster");
  Cell lake = 0;
  while (!std::isnan(friction[lake])) ++lake;
  refused({.from_points = {friction.grid.centre(lake)}}, ErrorCode::input, "nodata");
  refused({.to = {{0, 0}}}, ErrorCode::input, "--to");
  Raster<float> other(friction.grid, 1.0F);
  other.grid.origin_x += 40;
  refused({.from_raster = write(other, "o.tif")}, ErrorCode::input, "cells are not those");
  refused({.elevation = write(other, "o.tif")}, ErrorCode::input, "cells are not those");
  Raster<float> none(friction.grid, 0.0F);
  refused({.from_raster = write(none, "n.tif")}, ErrorCode::input, "no cell of it is a source");
  for (const float wrong : {0.0F, -2.0F, std::numeric_limits<float>::infinity()}) {
    Raster<float> bad = friction;
    bad[friction.grid.at(3, 7)] = wrong;
    refused({.friction = write(bad, "bad.tif")}, ErrorCode::input, "row 3, column 7");
  }
  {
    std::ofstream table(folder_ / "pace.csv");
    table << "slope,pace\n0,1\n0,2\n";
  }
  refused({.elevation = write(friction, "e.tif"), .pace = (folder_ / "pace.csv").string()},
          ErrorCode::input, "pace.csv:3");
}

TEST_F(travel_raster, a_truncated_raster_is_an_error) {
  const fs::path path = write(patchy(8, 300, 300), "f.tif");
  fs::resize_file(path, fs::file_size(path) / 2);
  const auto report = travel_over_raster(
      {.friction = path, .from_points = {{500100, 6099900}}, .out = folder_ / "t.tif"},
      silent_monitor());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::input);
  EXPECT_FALSE(fs::exists(folder_ / "t.tif"));
}

}  // namespace
}  // namespace abatis
