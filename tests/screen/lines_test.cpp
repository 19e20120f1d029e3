// Lines between roads and viewers against brute force on random surfaces with rows.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/screen/effect.hpp"
#include "abatis/sight/sight.hpp"
#include "sight/random_surface.hpp"

namespace abatis {
namespace {

constexpr double kTie = 0.003;  // m

struct World {
  ScreenGround ground;
  std::vector<Viewer> kinds;
  RoadExposure roads;
  double tallest_m = 0;
};

World random_world(std::uint64_t seed) {
  Random random(seed, 42);
  World world;
  testing::Surface surface = testing::random_surface(seed, 40);
  const Grid grid{.epsg = 3346,
                  .origin_x = 0,
                  .origin_y = surface.rows * surface.cell,
                  .cell = surface.cell,
                  .rows = surface.rows,
                  .cols = surface.cols};
  world.ground = {Raster<float>(grid, 0), Raster<float>(grid, 0)};
  world.ground.ground.values = surface.bare;
  world.ground.surface.values = surface.heights;
  const double diagonal = std::hypot(surface.rows, surface.cols) * surface.cell;
  const double heights[] = {2, 30, 100};
  for (const double height : heights) {
    world.kinds.push_back({.height_m = height, .range_m = random.uniform(0.2, 1) * diagonal});
  }
  const auto anywhere = [&] {
    const Bounds b = grid.bounds();
    return Point{random.uniform(b.min_x, b.max_x), random.uniform(b.min_y, b.max_y)};
  };
  for (int kind = 0; kind < 3; ++kind) {
    for (int i = 0; i < 4; ++i) {
      const auto cell = static_cast<Cell>(random.below(grid.size()));
      if (std::isnan(world.ground.surface[cell])) continue;
      world.roads.viewers.push_back({kind, cell});
    }
  }
  world.roads.stretches.push_back({.id = "R-0001", .length_m = 0});
  for (int i = 0; i < 25; ++i) {
    const auto cell = static_cast<Cell>(random.below(grid.size()));
    world.roads.samples.push_back(
        {.at = grid.centre(cell), .cell = cell, .length_m = random.uniform(50, 100)});
    world.roads.stretches[0].length_m += world.roads.samples.back().length_m;
  }
  for (int i = 0; i < 6; ++i) {
    world.roads.candidates.push_back({});
    for (int side = 0; side < 2; ++side) {
      std::vector<Point> row{anywhere()};
      for (std::uint64_t k = random.below(4); k < 4; ++k) row.push_back(anywhere());
      world.roads.rows.push_back(std::move(row));
    }
  }
  world.tallest_m = 5;
  return world;
}

// How much one viewer sees, by following its whole line and asking every piece of every row.
// Nothing where a height within kTie would say otherwise.
std::optional<double> by_hand(const World& world, const PlacedViewer& viewer,
                              const RoadSample& sample, double target_m, const RowsNow& rows) {
  const Grid& grid = world.ground.ground.grid;
  const Viewer& kind = world.kinds[static_cast<std::size_t>(viewer.viewer)];
  const SightGround ground{.rows = grid.rows,
                           .cols = grid.cols,
                           .cell_m = grid.cell,
                           .surface = world.ground.surface.values.data(),
                           .ground = world.ground.ground.values.data()};
  const auto seen = [&](double height) {
    return sees(ground, {.cell = viewer.cell, .height_m = kind.height_m},
                {.target_height_m = height, .radius_m = kind.range_m}, sample.cell);
  };
  if (seen(target_m - kTie) != seen(target_m + kTie)) return std::nullopt;
  if (!seen(target_m)) return 0;
  const Point eye = grid.centre(viewer.cell);
  const double length = std::hypot(eye.x - sample.at.x, eye.y - sample.at.y);
  const double eye_m = static_cast<double>(world.ground.ground[viewer.cell]) + kind.height_m;
  const double top = static_cast<double>(world.ground.ground[sample.cell]) + target_m;
  double densest = 0;
  for (std::size_t r = 0; r < world.roads.rows.size(); ++r) {
    const auto& row = world.roads.rows[r];
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      // Where the line and the piece cross, each as a + t b: Cramer's rule.
      const double a = eye.x - sample.at.x, b = row[i].x - row[i + 1].x;
      const double c = eye.y - sample.at.y, d = row[i].y - row[i + 1].y;
      const double determinant = a * d - b * c;
      if (determinant == 0) continue;
      const double e = row[i].x - sample.at.x, f = row[i].y - sample.at.y;
      const double t = (e * d - b * f) / determinant, u = (a * f - e * c) / determinant;
      if (!(t > 0 && t < 1 && u >= 0 && u <= 1)) continue;
      const Point p{sample.at.x + t * a, sample.at.y + t * c};
      const double stands = height_at(world.ground.ground, p);
      if (std::isnan(stands)) continue;
      const double fall = (1 - kOpticalRefraction) / (2 * kEarthRadius);
      const double line = eye_m + (1 - t) * (top - fall * length * length - eye_m);
      const double over = line - (stands - fall * (1 - t) * (1 - t) * length * length);
      if (std::abs(over - rows.height_m[r]) < kTie) return std::nullopt;
      if (rows.height_m[r] > over && rows.height_m[r] > 0) {
        densest = std::max(densest, rows.opacity[r]);
      }
    }
  }
  return 1 - densest;
}

RowsNow random_rows(Random& random, const RoadExposure& roads) {
  RowsNow rows;
  for (std::size_t r = 0; r < roads.rows.size(); ++r) {
    const bool there = random.uniform() < 0.7;
    rows.height_m.push_back(there ? random.uniform(0, 40) : 0);
    rows.opacity.push_back(there ? random.uniform(0, 1) : 0);
  }
  return rows;
}

TEST(Lines, SeenIsWhatFollowingEveryLineFinds) {
  int checked = 0, seen = 0, screened = 0, ties = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    World world = random_world(seed);
    ASSERT_TRUE(find_lines(world.kinds, kOpticalRefraction, world.ground, world.tallest_m, 40, 2,
                           silent_monitor(), world.roads));
    Random random(seed, 43);
    const RowsNow rows = random_rows(random, world.roads);
    const double target_m = random.uniform(0, 4.9);
    for (std::size_t s = 0; s < world.roads.samples.size(); ++s) {
      for (int kind = 0; kind < 3; ++kind) {
        double most = 0;
        bool tie = false;
        for (const PlacedViewer& viewer : world.roads.viewers) {
          if (viewer.viewer != kind) continue;
          const auto one = by_hand(world, viewer, world.roads.samples[s], target_m, rows);
          tie = tie || !one;
          if (one) most = std::max(most, *one);
        }
        if (tie) {
          ++ties;
          continue;
        }
        EXPECT_NEAR(seen_at(world.roads, s, kind, target_m, rows), most, 1e-6)
            << "seed " << seed << " sample " << s << " viewer " << kind;
        ++checked;
        seen += most > 0 ? 1 : 0;
        screened += most > 0 && most < 1 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(checked, 5000);
  EXPECT_GT(seen, 500);
  EXPECT_GT(screened, 20);
  EXPECT_LT(ties, checked / 20);
}

TEST(Lines, HigherAndDenserRowsNeverShowMoreAndThreadsChangeNothing) {
  for (std::uint64_t seed = 200; seed < 240; ++seed) {
    World world = random_world(seed);
    ASSERT_TRUE(find_lines(world.kinds, kOpticalRefraction, world.ground, world.tallest_m, 60, 1,
                           silent_monitor(), world.roads));
    World other = random_world(seed);
    ASSERT_TRUE(find_lines(other.kinds, kOpticalRefraction, other.ground, other.tallest_m, 60, 4,
                           silent_monitor(), other.roads));
    ASSERT_EQ(world.roads.first_line, other.roads.first_line) << seed;
    ASSERT_EQ(world.roads.first_need, other.roads.first_need) << seed;
    Random random(seed, 44);
    const RowsNow young = random_rows(random, world.roads);
    RowsNow old = young;
    for (std::size_t r = 0; r < old.height_m.size(); ++r) {
      old.height_m[r] += random.uniform(0, 20);
      old.opacity[r] += random.uniform(0, 1 - old.opacity[r]);
    }
    for (std::size_t s = 0; s < world.roads.samples.size(); ++s) {
      for (int kind = 0; kind < 3; ++kind) {
        const double was = seen_at(world.roads, s, kind, 3, young);
        EXPECT_LE(seen_at(world.roads, s, kind, 3, old), was) << "seed " << seed;
        EXPECT_EQ(seen_at(other.roads, s, kind, 3, young), was) << "seed " << seed;
        EXPECT_LE(seen_at(world.roads, s, kind, 1, old) > 0,
                  seen_at(world.roads, s, kind, 4, old) > 0)
            << "what is higher is seen where what is lower is; seed " << seed;
      }
    }
  }
}

TEST(Lines, AStretchIsSeenByTheShareOfItsLength) {
  World world = random_world(3);
  ASSERT_TRUE(find_lines(world.kinds, kOpticalRefraction, world.ground, world.tallest_m, 40, 1,
                         silent_monitor(), world.roads));
  const RowsNow none{std::vector<double>(12, 0), std::vector<double>(12, 0)};
  double metres = 0;
  for (std::size_t s = 0; s < world.roads.samples.size(); ++s) {
    metres += seen_at(world.roads, s, 1, 2, none) * world.roads.samples[s].length_m;
  }
  const auto share = seen_of_stretches(world.roads, 1, 2, none);
  ASSERT_EQ(share.size(), 1U);
  EXPECT_NEAR(share[0], metres / world.roads.stretches[0].length_m, 1e-12);
}

}  // namespace
}  // namespace abatis
