// Slope and slope intercepts against what can be worked out by hand or by brute force.

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "terrain/intercepts.hpp"
#include "terrain/slope.hpp"

namespace abatis::terrain_detail {
namespace {

TEST(terrain_slope, a_plane_has_one_slope_up_to_its_edges) {
  const Grid grid{.epsg = 3346, .cell = 50, .rows = 6, .cols = 9};
  Raster<float> z(grid, 0.0F);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    z[c] = static_cast<float>(6 * grid.col_of(c) + 8 * grid.row_of(c));  // 10 m in 50 m
  }
  const Raster<float> slope = slope_percent(z, 1, 1);
  for (const float s : slope.values) EXPECT_NEAR(s, 20.0, 1e-4);
  const Raster<float> steep = slope_percent(z, 3, 2);
  for (const float s : steep.values) EXPECT_NEAR(s, 60.0, 1e-4);
}

TEST(terrain_slope, horns_weights) {
  const Grid grid{.epsg = 3346, .cell = 10, .rows = 3, .cols = 3};
  Raster<float> z(grid, 0.0F);
  z.values = {1, 2, 4, 3, 5, 9, 2, 8, 7};
  // dz/dx = ((4 + 18 + 7) - (1 + 6 + 2)) / 80, dz/dy = ((2 + 16 + 7) - (1 + 4 + 4)) / 80
  EXPECT_NEAR(slope_percent(z, 1, 1)[4], 100 * std::hypot(20.0 / 80, 16.0 / 80), 1e-4);
}

TEST(terrain_slope, unknown_spreads_to_the_neighbours_and_no_further) {
  const Grid grid{.epsg = 3346, .cell = 10, .rows = 5, .cols = 5};
  Raster<float> z(grid, 7.0F);
  z[grid.at(2, 2)] = nodata<float>();
  const Raster<float> slope = slope_percent(z, 1, 1);
  for (std::int32_t r = 0; r < 5; ++r) {
    for (std::int32_t c = 0; c < 5; ++c) {
      const bool near = r >= 1 && r <= 3 && c >= 1 && c <= 3;
      EXPECT_EQ(is_nodata(slope[grid.at(r, c)]), near) << r << "," << c;
    }
  }
}

TEST(terrain_slope, a_grid_one_cell_wide_has_the_slope_along_it) {
  const Grid grid{.epsg = 3346, .cell = 10, .rows = 1, .cols = 4};
  Raster<float> z(grid, 0.0F);
  z.values = {0, 1, 2, 3};
  for (const float s : slope_percent(z, 1, 1).values) EXPECT_NEAR(s, 10.0, 1e-4);
}

TEST(terrain_intercepts, equal_brute_force_over_windows) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed, 21);
    const Grid grid{
        .epsg = 3346, .origin_x = 1000, .origin_y = 9000, .cell = 100, .rows = 18, .cols = 22};
    std::vector<std::vector<Point>> points(4);
    std::vector<InterceptLine> lines;
    for (auto& p : points) {
      for (int k = 0; k < 4; ++k) {
        p.push_back({random.uniform(500, 3700), random.uniform(6700, 9500)});
      }
      lines.push_back({&p, random.uniform(1, 30)});
    }
    const Raster<float> fast = intercepts_per_km(grid, lines);
    for (std::int32_t r = 0; r < grid.rows; r += 5) {
      for (std::int32_t c = 0; c < grid.cols; c += 3) {
        // The window in metres, cut to the grid; the lines in steps of half a metre.
        const Bounds window{1000 + std::max(0, c - 5) * 100.0, 9000 - std::min(18, r + 6) * 100.0,
                            1000 + std::min(22, c + 6) * 100.0, 9000 - std::max(0, r - 5) * 100.0};
        double sum = 0;
        for (const InterceptLine& line : lines) {
          for (std::size_t i = 0; i + 1 < line.points->size(); ++i) {
            const Point a = (*line.points)[i];
            const Point b = (*line.points)[i + 1];
            const double length = std::hypot(b.x - a.x, b.y - a.y);
            const auto steps = static_cast<int>(2 * length);
            for (int k = 0; k < steps; ++k) {
              const double t = (k + 0.5) / steps;
              if (window.contains({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)})) {
                sum += line.per_km * length / 1000 / steps;
              }
            }
          }
        }
        const double area = (window.max_x - window.min_x) * (window.max_y - window.min_y) / 1e6;
        // A piece of a quarter cell may fall on the other side of the rim, at up to 12 places.
        ASSERT_NEAR(fast[grid.at(r, c)], sum / area, 12 * 30 * 0.0125 / area)
            << "seed " << seed << " cell " << r << "," << c;
      }
    }
  }
}

TEST(terrain_intercepts, without_lines_there_are_none) {
  const Grid grid{.epsg = 3346, .cell = 5000, .rows = 2, .cols = 2};  // coarser than the window
  for (const float v : intercepts_per_km(grid, {}).values) EXPECT_EQ(v, 0.0F);
}

}  // namespace
}  // namespace abatis::terrain_detail
