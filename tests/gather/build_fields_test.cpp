#include "gather/build_fields.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "gather/build_relief.hpp"

namespace abatis::gather {
namespace {

Grid grid_of(int rows, int cols, double x = 400'000, double y = 6'000'000) {
  return {.epsg = 3346, .origin_x = x, .origin_y = y, .cell = 100, .rows = rows, .cols = cols};
}

TEST(Noise, IsTheSameOnAnyThreadsAndInAnyWindow) {
  const Grid g = grid_of(60, 90);
  const auto one = noise(g, 7, 2'000, 4, 0.6, 1);
  EXPECT_EQ(one.values, noise(g, 7, 2'000, 4, 0.6, 3).values);
  EXPECT_NE(one.values, noise(g, 8, 2'000, 4, 0.6, 1).values);
  // A window shifted by 20 cells sees the same surface.
  const auto moved = noise(grid_of(40, 50, 402'000, 5'998'000), 7, 2'000, 4, 0.6, 1);
  for (int r = 0; r < 40; ++r)
    for (int c = 0; c < 50; ++c)
      ASSERT_EQ(moved[moved.grid.at(r, c)], one[g.at(r + 20, c + 20)]) << r << ' ' << c;
}

TEST(Noise, HasMeanZeroAndUnitDeviation) {
  const auto field = noise(grid_of(400, 400), 3, 1'000, 3, 0.5, 1);
  double sum = 0, squares = 0;
  for (const float v : field.values) {
    sum += static_cast<double>(v);
    squares += static_cast<double>(v) * static_cast<double>(v);
  }
  const auto n = static_cast<double>(field.values.size());
  EXPECT_NEAR(sum / n, 0, 0.1);
  EXPECT_NEAR(std::sqrt(squares / n), 1, 0.1);
}

TEST(Blur, KeepsTheMeanOfAnInnerBumpAndSpreadsItAsAsked) {
  const Grid g = grid_of(101, 101);
  Raster<float> field(g, 0.0F);
  field[g.at(50, 50)] = 1000;
  const auto out = blurred(field, 500, 1);
  double sum = 0, second = 0;
  for (int r = 0; r < 101; ++r)
    for (int c = 0; c < 101; ++c) {
      const auto v = static_cast<double>(out[g.at(r, c)]);
      sum += v;
      second += v * (r - 50) * (r - 50);
    }
  EXPECT_NEAR(sum, 1000, 0.1);
  EXPECT_NEAR(std::sqrt(second / sum) * 100, 500, 60);  // boxes are whole cells wide
  EXPECT_EQ(blurred(Raster<float>(g, 7.0F), 900, 1).values, Raster<float>(g, 7.0F).values);
}

TEST(NearestMarked, AgreesWithLookingAtAllMarks) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    Random random(seed, 3);
    const Grid g =
        grid_of(5 + static_cast<int>(random.below(25)), 5 + static_cast<int>(random.below(25)));
    Raster<std::uint8_t> mask(g, 0);
    std::vector<Cell> marks;
    for (std::size_t i = 0; i < g.size(); ++i)
      if (random.uniform() < 0.04) {
        mask.values[i] = 1;
        marks.push_back(static_cast<Cell>(i));
      }
    const auto nearest = nearest_marked(mask);
    const auto apart = [&](Cell a, Cell b) {
      return std::hypot(g.row_of(a) - g.row_of(b), g.col_of(a) - g.col_of(b));
    };
    for (std::size_t i = 0; i < g.size(); ++i) {
      const auto c = static_cast<Cell>(i);
      if (marks.empty()) {
        ASSERT_EQ(nearest[i], kNoCell);
        continue;
      }
      double best = 1e9;
      for (const Cell m : marks) best = std::min(best, apart(c, m));
      ASSERT_NE(mask[nearest[i]], 0) << "seed " << seed;
      ASSERT_LE(apart(c, nearest[i]), best * 1.02 + 1e-9) << "seed " << seed << " cell " << i;
    }
  }
}

TEST(Threshold, LeavesTheShareAbove) {
  const auto field = noise(grid_of(100, 100), 5, 900, 2, 0.5, 1);
  const std::vector<std::uint8_t> all(field.values.size(), 1);
  for (const double share : {0.1, 0.37, 0.9}) {
    const float least = threshold_for_share(field, all, share);
    const auto above =
        std::count_if(field.values.begin(), field.values.end(), [&](float v) { return v > least; });
    EXPECT_NEAR(static_cast<double>(above) / 10'000, share, 0.002);
  }
}

// ---- drainage ----

std::vector<std::uint8_t> rim_of(const Grid& g) {
  std::vector<std::uint8_t> rim(g.size(), 0);
  for (int r = 0; r < g.rows; ++r)
    for (int c = 0; c < g.cols; ++c)
      if (r == 0 || c == 0 || r == g.rows - 1 || c == g.cols - 1)
        rim[static_cast<std::size_t>(g.at(r, c))] = 1;
  return rim;
}

TEST(Drain, EveryCellReachesAnOutletAndNoWaterIsLost) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Grid g = grid_of(40, 55);
    Raster<float> z = noise(g, seed, 1'500, 3, 0.6, 1);
    const auto rim = rim_of(g);
    std::vector<float> inflow(g.size(), 0);
    inflow[static_cast<std::size_t>(g.at(20, 20))] = 500;
    const Drainage d = drain(z, rim, inflow);
    ASSERT_EQ(d.order.size(), g.size()) << "seed " << seed;
    std::vector<int> rank(g.size());
    for (std::size_t k = 0; k < d.order.size(); ++k)
      rank[static_cast<std::size_t>(d.order[k])] = static_cast<int>(k);
    double out_km2 = 0;
    for (std::size_t i = 0; i < g.size(); ++i) {
      const Cell to = d.receiver[i];
      if (to == kNoCell) {
        ASSERT_EQ(rim[i], 1);
        out_km2 += static_cast<double>(d.area_km2.values[i]);
      } else {
        ASSERT_LT(rank[static_cast<std::size_t>(to)], rank[i]) << "a ring, seed " << seed;
        ASSERT_GT(d.area_km2[to], d.area_km2.values[i]);
      }
    }
    EXPECT_NEAR(out_km2, static_cast<double>(g.size()) * 0.01 + 500, 1e-2) << "seed " << seed;
  }
}

TEST(Drain, AHollowDrainsThroughItsBottom) {
  // A bowl with its lowest lip in the east: the sides run to the bottom, not along the lip.
  const Grid g = grid_of(21, 21);
  Raster<float> z(g, 0.0F);
  for (int r = 0; r < 21; ++r)
    for (int c = 0; c < 21; ++c) {
      const double d = std::hypot(r - 10, c - 10);
      z[g.at(r, c)] =
          static_cast<float>(d < 8 ? d * 2 : 16 - (d - 8) - (r == 10 && c > 10 ? 6 : 0));
    }
  const Drainage d = drain(z, rim_of(g), {});
  EXPECT_GT(d.area_km2[g.at(10, 10)], 0.9F);  // most of the bowl's 2 km2
}

TEST(Monotone, ProfilesNeverRiseDownstreamAndKeepWhatAlreadyFalls) {
  const Grid g = grid_of(30, 30);
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Raster<float> z = noise(g, seed, 800, 3, 0.7, 1);
    const Drainage d = drain(z, rim_of(g), {});
    std::vector<std::uint8_t> all(g.size(), 1);
    Raster<float> fitted = z;
    make_monotone(d, all, fitted);
    for (std::size_t i = 0; i < g.size(); ++i)
      if (d.receiver[i] != kNoCell) {
        ASSERT_GE(fitted.values[i], fitted[d.receiver[i]]) << seed;
      }
    Raster<float> again = fitted;
    make_monotone(d, all, again);
    EXPECT_EQ(again.values, fitted.values) << "seed " << seed;
  }
}

}  // namespace
}  // namespace abatis::gather
