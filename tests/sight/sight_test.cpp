// The fast engine against the definition.
#include "abatis/sight/sight.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "sight/oracle.hpp"
#include "sight/random_surface.hpp"

namespace abatis {
namespace {

using testing::kNan;
using testing::SightOracle;
using testing::Surface;

constexpr double kMillimetre = 1e-3;

struct View {
  Observer observer;
  SightOptions options;
};

View random_view(std::uint64_t seed, const Surface& surface) {
  Random random(seed, 12);
  const auto cells = static_cast<std::uint64_t>(surface.heights.size());
  View view;
  view.observer.cell = static_cast<Cell>(random.below(cells));
  if (seed % 5 == 0) view.observer.cell = 0;
  if (seed % 5 == 1) view.observer.cell = static_cast<Cell>(cells) - 1;
  const double heights[] = {0, 0.5, 2, 30, 30, 300};
  view.observer.height_m = heights[random.below(6)];
  view.options.target_height_m = heights[random.below(6)];
  const double diagonal = std::hypot(surface.rows, surface.cols) * surface.cell;
  view.options.radius_m = random.uniform() < 0.5 ? diagonal : random.uniform(0, diagonal);
  const double refractions[] = {0, kOpticalRefraction, kRadioRefraction, 1};
  view.options.refraction = refractions[random.below(4)];
  view.options.threads = 1;
  return view;
}

bool in_range(const Surface& surface, const View& view, Cell c) {
  const double rows = c / surface.cols - view.observer.cell / surface.cols;
  const double cols = c % surface.cols - view.observer.cell % surface.cols;
  const double reach = view.options.radius_m / surface.cell;
  return rows * rows + cols * cols <= reach * reach;
}

// Cells seen, cells that are a tie; fails on a cell that is wrong.
void compare(const Surface& surface, const View& view, std::uint64_t seed, int& checked,
             int& ties) {
  const auto at = [&](Cell c) {
    return static_cast<double>(surface.heights[static_cast<std::size_t>(c)]);
  };
  std::vector<std::uint16_t> seen(surface.heights.size(), 0);
  add_view(surface.ground(), view.observer, view.options, seen.data());
  const SightOracle oracle(surface.ground(), view.options.refraction);
  const double eye = at(view.observer.cell) + view.observer.height_m;
  for (Cell c = 0; c < static_cast<Cell>(seen.size()); ++c) {
    const int found = seen[static_cast<std::size_t>(c)];
    if (std::isnan(at(c)) || !in_range(surface, view, c)) {
      ASSERT_EQ(found, 0) << "seed " << seed << ", cell " << c;
      continue;
    }
    ASSERT_EQ(found, sees(surface.ground(), view.observer, view.options, c) ? 1 : 0)
        << "the line alone says otherwise; seed " << seed << ", cell " << c;
    if (c == view.observer.cell) continue;
    const double clearance =
        oracle.clearance(view.observer.cell, eye, c, at(c) + view.options.target_height_m);
    ++checked;
    if (std::abs(clearance) < kMillimetre) {
      ++ties;
      continue;
    }
    ASSERT_EQ(found, clearance > 0 ? 1 : 0)
        << "seed " << seed << ", cell " << c << ", clearance " << clearance;
  }
}

TEST(sight, agrees_with_the_plain_walk_along_every_line) {
  int checked = 0;
  int ties = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const Surface surface = testing::random_surface(seed, seed % 20 == 0 ? 150 : 40);
    const View view = random_view(seed, surface);
    if (std::isnan(surface.heights[static_cast<std::size_t>(view.observer.cell)])) continue;
    ASSERT_NO_FATAL_FAILURE(compare(surface, view, seed, checked, ties));
  }
  EXPECT_GT(checked, 200000);
  RecordProperty("ties", ties);
}

// Far out, where rays were thinned and taken in again and blocks of rings are passed over.
TEST(sight, agrees_with_the_line_alone_over_large_rough_surfaces) {
  int checked = 0;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    Random random(seed, 14);
    Surface surface{.rows = 420, .cols = 420};
    // Relief and noise of cells, from smooth to rough; woods on a part of them.
    const double hills = std::pow(10.0, random.uniform(0, 2));
    const double noise = std::pow(10.0, random.uniform(-1, 1.3));
    const double wood = seed % 3 == 0 ? 20 : 0;
    const double along = random.uniform(0.01, 0.1), across = random.uniform(0.01, 0.1);
    for (std::int32_t r = 0; r < surface.rows; ++r) {
      for (std::int32_t c = 0; c < surface.cols; ++c) {
        double z = hills * std::sin(along * r + 0.3) * std::cos(across * c);
        z += noise * random.uniform(-1, 1);
        if (wood > 0 && hashed_uniform(seed, r / 9, c / 9) < 0.4) z += wood + random.uniform(0, 4);
        surface.heights.push_back(static_cast<float>(z));
      }
    }
    const auto any = [&] { return static_cast<Cell>(random.below(420)); };
    const Observer observer{.cell = any() * 420 + any(), .height_m = random.uniform(1, 60)};
    const SightOptions options{
        .target_height_m = random.uniform(0, 4), .radius_m = 1e6, .threads = 1};
    std::vector<std::uint16_t> seen(surface.heights.size(), 0);
    add_view(surface.ground(), observer, options, seen.data());
    for (Cell c = static_cast<Cell>(seed % 2); c < static_cast<Cell>(seen.size()); c += 2) {
      ++checked;
      ASSERT_EQ(seen[static_cast<std::size_t>(c)], sees(surface.ground(), observer, options, c))
          << "seed " << seed << ", cell " << c << ", observer " << observer.cell;
    }
  }
  EXPECT_EQ(checked, 16 * 420 * 420 / 2);
}

TEST(sight, least_heights_are_those_of_the_plain_walk_to_a_millimetre) {
  int checked = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Surface surface = testing::random_surface(seed, 25);
    View view = random_view(seed, surface);
    const auto at = [&](Cell c) {
      return static_cast<double>(surface.heights[static_cast<std::size_t>(c)]);
    };
    if (std::isnan(at(view.observer.cell))) continue;
    // An eye on the surface has a horizon only in the limit: the plain walk cannot halve to it.
    if (view.observer.height_m == 0) view.observer.height_m = 0.1;
    std::vector<float> height(surface.heights.size(), kNan);
    lower_heights(surface.ground(), view.observer, view.options, height.data());
    const SightOracle oracle(surface.ground(), view.options.refraction);
    const double eye = at(view.observer.cell) + view.observer.height_m;
    for (Cell c = 0; c < static_cast<Cell>(height.size()); ++c) {
      const auto found = static_cast<double>(height[static_cast<std::size_t>(c)]);
      if (std::isnan(at(c)) || !in_range(surface, view, c)) {
        ASSERT_TRUE(std::isnan(found)) << "seed " << seed << ", cell " << c;
        continue;
      }
      if (c == view.observer.cell) continue;
      const double expected = oracle.least_height(view.observer.cell, eye, c, at(c));
      ASSERT_EQ(std::isnan(found), std::isnan(expected)) << "seed " << seed << ", cell " << c;
      if (std::isnan(found)) continue;
      ++checked;
      ASSERT_NEAR(found, expected, kMillimetre + 1e-6 * expected)
          << "seed " << seed << ", cell " << c;
    }
  }
  EXPECT_GT(checked, 10000);
}

TEST(sight, threads_change_nothing) {
  for (const std::uint64_t seed : {3U, 8U}) {
    Surface surface = testing::random_surface(seed, 2);
    surface.rows = surface.cols = 1;
    while (surface.rows < 150 || surface.cols < 150) {
      surface = testing::random_surface(seed + surface.heights.size() * 100, 400);
    }
    const Cell middle = surface.rows / 2 * surface.cols + surface.cols / 2;
    for (const float h : surface.heights) ASSERT_TRUE(std::isnan(h) || std::abs(h) < 1e5F);
    if (std::isnan(surface.heights[static_cast<std::size_t>(middle)])) {
      surface.heights[static_cast<std::size_t>(middle)] = 100;
    }
    const auto view = [&](int threads) {
      std::vector<std::uint16_t> seen(surface.heights.size(), 0);
      std::vector<float> height(surface.heights.size(), -1.0F);
      const SightOptions options{.radius_m = 1e5, .threads = threads};
      for (const Cell c : {middle, middle + 1}) {
        add_view(surface.ground(), {.cell = c, .height_m = 25}, options, seen.data());
      }
      std::fill(height.begin(), height.end(), 1e9F);
      lower_heights(surface.ground(), {.cell = middle, .height_m = 25}, options, height.data());
      return std::pair(seen, height);
    };
    const auto one = view(1);
    EXPECT_EQ(one, view(2));
    EXPECT_EQ(one, view(8));
  }
}

// What A sees of B from a height, B sees of A from it.
TEST(sight, is_mutual) {
  int pairs = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Surface surface = testing::random_surface(seed, 60);
    Random random(seed, 13);
    const SightGround ground = surface.ground();
    const SightOptions options{.target_height_m = 10, .radius_m = 1e6};
    const SightOracle oracle(ground, options.refraction);
    for (int k = 0; k < 40; ++k) {
      const auto any = [&] { return static_cast<Cell>(random.below(surface.heights.size())); };
      const Cell a = any(), b = any();
      const double za = static_cast<double>(surface.heights[static_cast<std::size_t>(a)]);
      const double zb = static_cast<double>(surface.heights[static_cast<std::size_t>(b)]);
      if (a == b || std::isnan(za) || std::isnan(zb)) continue;
      const double clearance = oracle.clearance(a, za + 10, b, zb + 10);
      if (std::abs(clearance) < kMillimetre) continue;
      ASSERT_EQ(sees(ground, {.cell = a, .height_m = 10}, options, b),
                sees(ground, {.cell = b, .height_m = 10}, options, a))
          << "seed " << seed << ", cells " << a << " and " << b;
      ++pairs;
    }
  }
  EXPECT_GT(pairs, 2000);
}

// Radio horizon over a smooth earth: 4.1217 (sqrt h1 + sqrt h2) km.
TEST(sight, reaches_the_published_horizons) {
  const double expected_km[][2] = {{10, 35.6}, {30, 45.2}, {50, 51.7}, {100, 63.8}};
  for (const auto& [height, km] : expected_km) {
    EXPECT_NEAR(sight_horizon(30, height, kRadioRefraction) / 1000, km, 0.05);
    EXPECT_NEAR(sight_horizon(30, height, kRadioRefraction) / 1000,
                4.1217 * (std::sqrt(30) + std::sqrt(height)), 0.01);
    // And so does the engine, over one row of sea.
    const std::vector<float> sea(3000, 0.0F);
    const SightGround ground{.rows = 1, .cols = 3000, .cell_m = 30, .surface = sea.data()};
    std::vector<std::uint16_t> seen(sea.size(), 0);
    add_view(ground, {.cell = 0, .height_m = 30},
             {.target_height_m = height, .radius_m = 1e5, .refraction = kRadioRefraction},
             seen.data());
    const auto last = std::find(seen.begin(), seen.end(), 0) - seen.begin() - 1;
    EXPECT_NEAR(static_cast<double>(last) * 30, sight_horizon(30, height, kRadioRefraction), 31);
  }
}

TEST(sight, unknown_ground_is_not_seen_and_not_seen_through) {
  // One row: what is behind the hole is not seen however high; a line along known cells beside a
  // hole is.
  const std::vector<float> row{0, 0, 0, kNan, 0, 0};
  const SightGround ground{.rows = 1, .cols = 6, .cell_m = 10, .surface = row.data()};
  const SightOptions options{.target_height_m = 1000, .radius_m = 100, .refraction = 1};
  std::vector<std::uint16_t> seen(6, 0);
  add_view(ground, {.cell = 0, .height_m = 1000}, options, seen.data());
  EXPECT_EQ(seen, (std::vector<std::uint16_t>{1, 1, 1, 0, 0, 0}));
  const std::vector<float> two{0, 0, 0, 0, kNan, kNan, kNan, kNan};
  const SightGround beside{.rows = 2, .cols = 4, .cell_m = 10, .surface = two.data()};
  std::vector<std::uint16_t> along(8, 0);
  add_view(beside, {.cell = 0, .height_m = 1}, options, along.data());
  EXPECT_EQ(along, (std::vector<std::uint16_t>{1, 1, 1, 1, 0, 0, 0, 0}));
}

TEST(sight, touching_is_seeing) {
  // A tilted plane without curvature: all of it lies on the line.
  std::vector<float> plane;
  for (int r = 0; r < 40; ++r) {
    for (int c = 0; c < 40; ++c)
      plane.push_back(0.25F * static_cast<float>(r) + 0.5F * static_cast<float>(c));
  }
  const SightGround ground{.rows = 40, .cols = 40, .cell_m = 10, .surface = plane.data()};
  std::vector<std::uint16_t> seen(plane.size(), 0);
  const SightOptions options{.target_height_m = 0, .radius_m = 1000, .refraction = 1};
  add_view(ground, {.cell = 0, .height_m = 0}, options, seen.data());
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), 1600);
  std::fill(seen.begin(), seen.end(), std::uint16_t{0});
  // With curvature the same plane bulges between any two cells that are not neighbours.
  add_view(ground, {.cell = 0, .height_m = 0},
           {.target_height_m = 0, .radius_m = 1000, .refraction = 0}, seen.data());
  EXPECT_LT(std::count(seen.begin(), seen.end(), 1), 100);
}

TEST(sight, heights_over_ground_count_from_under_the_canopy) {
  std::vector<float> ground(21, 0.0F);
  std::vector<float> surface(21, 0.0F);
  for (std::size_t c = 10; c < 13; ++c) surface[c] = 20;
  const SightGround wood{
      .rows = 1, .cols = 21, .cell_m = 30, .surface = surface.data(), .ground = ground.data()};
  const SightOptions options{.target_height_m = 2, .radius_m = 1000};
  std::vector<std::uint16_t> seen(21, 0);
  add_view(wood, {.cell = 0, .height_m = 30}, options, seen.data());
  EXPECT_EQ(seen[9], 1);
  for (std::size_t c = 10; c < 13; ++c) EXPECT_EQ(seen[c], 0) << "a drone under the trees, " << c;
  EXPECT_TRUE(add_view(wood, {.cell = 11, .height_m = 15}, options, seen.data()).under_surface);
  std::vector<float> height(21, kNan);
  lower_heights(wood, {.cell = 0, .height_m = 30}, options, height.data());
  EXPECT_EQ(height[9], 0);
  EXPECT_NEAR(static_cast<double>(height[11]), 20, kMillimetre);
}

TEST(sight, surfaces_are_put_together) {
  const std::vector<float> terrain{1, 2, 3, kNan};
  const std::vector<float> canopy{20, kNan, 0, 5};
  const std::vector<float> roofs{10, 10, kNan, 5};
  std::vector<float> all(4);
  sight_surface(terrain.data(), canopy.data(), roofs.data(), 4, all.data());
  EXPECT_EQ(std::vector<float>(all.begin(), all.begin() + 3), (std::vector<float>{21, 12, 3}));
  EXPECT_TRUE(std::isnan(all[3]));
}

}  // namespace
}  // namespace abatis
