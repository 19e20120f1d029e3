// Rows beside a road: where they stand, how they grow, and what crosses a line of sight.
#include "abatis/screen/rows.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/measures/trees.hpp"
#include "abatis/scenario/catalogue_files.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis {
namespace {

const Catalogue& catalogue() {
  static const Catalogue built_in = *load_catalogue(std::nullopt);
  return built_in;
}

const Measure& roadside() {
  const auto& all = catalogue().measures;
  return *std::find_if(all.begin(), all.end(),
                       [](const Measure& m) { return m.rule == SiteRule::roadside; });
}

TEST(Beside, ALineIsFollowedAtItsOffset) {
  const auto left = beside({{0, 0}, {100, 0}, {100, 100}}, 8);
  ASSERT_EQ(left.size(), 3U);
  EXPECT_NEAR(left[0].x, 0, 1e-9);
  EXPECT_NEAR(left[0].y, 8, 1e-9);  // north of a line to the east
  EXPECT_NEAR(left[1].x, 92, 1e-9);
  EXPECT_NEAR(left[1].y, 8, 1e-9);
  EXPECT_NEAR(left[2].x, 92, 1e-9);
  const auto right = beside({{0, 0}, {100, 0}}, -8);
  EXPECT_NEAR(right[0].y, -8, 1e-9);
}

TEST(Beside, ASharpBendDoesNotRunAway) {
  for (const double turn : {3.0, 3.1, 3.14159}) {
    const Point end{100 + 100 * std::cos(turn), 100 * std::sin(turn)};
    for (const Point p : beside({{0, 0}, {100, 0}, end}, 8)) {
      EXPECT_LE(std::hypot(p.x - std::clamp(p.x, 0.0, 100.0), p.y), 100 + 4 * 8 + 1);
    }
    const auto line = beside({{0, 0}, {100, 0}, end}, 8);
    EXPECT_LE(std::hypot(line[1].x - 100, line[1].y), 4 * 8 + 1e-6);
  }
}

TEST(RowGrowth, NothingBeforeTheLeadTimeThenNeverLess) {
  Measure measure = roadside();
  for (std::size_t species = 0; species < catalogue().trees.size(); ++species) {
    measure.species = static_cast<int>(species);
    RowGrowth before;
    for (double years = 0; years < 120; years += 0.5) {
      const RowGrowth now = row_growth(catalogue(), measure, years);
      if (years < measure.lead_years) {
        EXPECT_EQ(now.height_m, 0);
        EXPECT_EQ(now.leaf, 0);
      } else {
        EXPECT_EQ(now.height_m, tree_height_m(catalogue().trees[species],
                                              measure.stock_age + years - measure.lead_years));
      }
      EXPECT_GE(now.height_m, before.height_m) << years;
      EXPECT_GE(now.leaf, before.leaf) << years;
      EXPECT_GE(now.bare, before.bare) << years;
      EXPECT_GE(now.leaf, now.bare) << years;
      EXPECT_LE(now.leaf, 1);
      before = now;
    }
    EXPECT_GT(before.leaf, 0.5) << catalogue().trees[species].id;
  }
}

TEST(RowGrowth, OpacityIsTheOneOfTheModel) {
  // Birch of ten years at breast height, index 22 m: 7.0 m (MODEL section 10). Crowns of 35 % of
  // it every 8 m cover 0.3064 of the row; each takes 1 - exp(-0.5 * 1 * 2.451) = 0.7065 in leaf.
  Measure measure = roadside();
  measure.stock_age = 10;
  const RowGrowth now = row_growth(catalogue(), measure, measure.lead_years);
  const double width = 0.35 * now.height_m;
  EXPECT_NEAR(now.height_m, 7.0, 0.05);
  EXPECT_NEAR(now.leaf, width / 8 * (1 - std::exp(-0.5 * width)), 1e-12);
  EXPECT_NEAR(now.bare, width / 8 * (1 - std::exp(-0.5 * 0.25 * width)), 1e-12);
  EXPECT_NEAR(now.leaf, 0.2165, 0.001);
}

TEST(HeightAt, IsBilinearBetweenCentresAndConstantBeyond) {
  const Grid grid{.epsg = 3346, .origin_x = 0, .origin_y = 20, .cell = 10, .rows = 2, .cols = 2};
  Raster<float> ground(grid, 0);
  ground.values = {1, 2, 3, 4};  // north-west, north-east, south-west, south-east
  EXPECT_DOUBLE_EQ(height_at(ground, {5, 15}), 1);
  EXPECT_DOUBLE_EQ(height_at(ground, {15, 5}), 4);
  EXPECT_DOUBLE_EQ(height_at(ground, {10, 10}), 2.5);
  EXPECT_DOUBLE_EQ(height_at(ground, {-50, 50}), 1);
  ground.values[3] = nodata<float>();
  EXPECT_TRUE(std::isnan(height_at(ground, {10, 10})));
}

// The crossing by walking the line, and the height of the line there from the fall at both places:
// the slow way, sharing nothing with the quick one.
std::vector<double> walked(const Raster<float>& ground, const SightEnds& ends, double refraction,
                           const std::vector<Point>& row, double target_m) {
  constexpr int kSteps = 20'000;
  const double length = std::hypot(ends.eye.x - ends.foot.x, ends.eye.y - ends.foot.y);
  const auto fall = [&](double d) { return (1 - refraction) * d * d / (2 * kEarthRadius); };
  const auto at = [&](double f) {
    return Point{ends.foot.x + f * (ends.eye.x - ends.foot.x),
                 ends.foot.y + f * (ends.eye.y - ends.foot.y)};
  };
  std::vector<double> needs;
  for (std::size_t i = 0; i + 1 < row.size(); ++i) {
    const Point a = row[i], b = row[i + 1];
    const auto side = [&](Point p) {
      return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    };
    for (int k = 0; k < kSteps; ++k) {
      const double f0 = static_cast<double>(k) / kSteps, f1 = static_cast<double>(k + 1) / kSteps;
      if ((side(at(f0)) > 0) == (side(at(f1)) > 0)) continue;
      const double f = (f0 + f1) / 2;
      const Point p = at(f);
      const double along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) /
                           ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
      if (along < 0 || along > 1) continue;
      const double from_eye = (1 - f) * length;
      const double top = ends.foot_m + target_m - fall(length);  // as the eye sees it
      const double line = ends.eye_m + (top - ends.eye_m) * (from_eye / length);
      needs.push_back(line - (height_at(ground, p) - fall(from_eye)));
    }
  }
  return needs;
}

TEST(RowNeeds, AreWhatWalkingTheLineFinds) {
  int crossings = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed, 41);
    const Grid grid{
        .epsg = 3346, .origin_x = 0, .origin_y = 4000, .cell = 100, .rows = 40, .cols = 40};
    Raster<float> ground(grid, 0);
    for (float& z : ground.values) z = static_cast<float>(random.uniform(90, 110));
    const auto anywhere = [&] { return Point{random.uniform(0, 4000), random.uniform(0, 4000)}; };
    SightEnds ends{.eye = anywhere(), .eye_m = random.uniform(100, 400), .foot = anywhere()};
    ends.foot_m = height_at(ground, ends.foot);
    std::vector<Point> row{anywhere()};
    for (int i = 0; i < 4; ++i) row.push_back(anywhere());
    const double target_m = random.uniform(0, 5);
    const double refraction = random.uniform() < 0.5 ? 0 : kOpticalRefraction;
    std::vector<RowNeed> quick;
    add_row_needs(ground, ends, refraction, row, quick);
    const std::vector<double> slow = walked(ground, ends, refraction, row, target_m);
    ASSERT_EQ(quick.size(), slow.size()) << "seed " << seed;
    for (std::size_t i = 0; i < quick.size(); ++i) {
      EXPECT_NEAR(quick[i].height_m(target_m), slow[i], 0.2) << "seed " << seed;
      ++crossings;
    }
  }
  EXPECT_GT(crossings, 40);
}

}  // namespace
}  // namespace abatis
