// Outlines, contours, polylines, and measures of shapes.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"
#include "shapes.hpp"

namespace abatis {
namespace {

using abatis::testing::box;

Grid grid_from_zero(std::int32_t rows, std::int32_t cols) {
  return {abatis::testing::kLks, 0.0, 1000.0, 10.0, rows, cols};
}

TEST(Measures, OfPolygonsWithHolesDoNotDependOnOrientation) {
  Geometry g{GeometryKind::polygon, {box(0, 0, 10, 10), box(2, 2, 6, 6), box(3, 3, 4, 4)}};
  EXPECT_DOUBLE_EQ(area_of(g), 100 - 16 + 1);
  EXPECT_DOUBLE_EQ(length_of(g), 40 + 16 + 4);
  for (auto& ring : g.parts) {
    std::reverse(ring.begin(), ring.end());
    EXPECT_DOUBLE_EQ(area_of(g), 85);
  }
  EXPECT_TRUE(contains(g, {1, 1}));
  EXPECT_FALSE(contains(g, {2.5, 2.5}));
  EXPECT_TRUE(contains(g, {3.5, 3.5}));
  EXPECT_EQ(bounds_of(g), (Bounds{0, 0, 10, 10}));
}

TEST(Measures, KeepTheirDigitsFarFromTheOrigin) {
  const Geometry g{GeometryKind::polygon, {box(6e6, 5e6, 6e6 + 0.5, 5e6 + 0.5)}};
  EXPECT_DOUBLE_EQ(area_of(g), 0.25);
}

TEST(SimplePolygons, GiveEachHoleToTheRingAroundIt) {
  const Geometry g{GeometryKind::polygon,
                   {box(2, 2, 6, 6),
                    box(20, 0, 30, 10),
                    box(0, 0, 10, 10),
                    box(3, 3, 4, 4),
                    box(22, 2, 24, 4),
                    {{0, 0}, {1, 1}}}};
  const auto polygons = simple_polygons(g);
  ASSERT_EQ(polygons.size(), 3U);
  std::map<double, std::size_t> rings_by_corner;
  for (const auto& rings : polygons) rings_by_corner[rings.front().front().x] = rings.size();
  EXPECT_EQ(rings_by_corner, (std::map<double, std::size_t>{{20, 2}, {0, 2}, {3, 1}}));
}

TEST(Touches, SeesEveryWayAShapeMeetsABox) {
  const Bounds b{0, 0, 10, 10};
  EXPECT_TRUE(touches({GeometryKind::point, {{{10, 10}}}}, b));
  EXPECT_FALSE(touches({GeometryKind::point, {{{10.1, 10}}}}, b));
  EXPECT_TRUE(touches({GeometryKind::line, {{{-5, 5}, {15, 6}}}}, b)) << "straight through";
  EXPECT_FALSE(touches({GeometryKind::line, {{{-5, 9}, {5, 19}}}}, b)) << "past the corner";
  EXPECT_TRUE(touches({GeometryKind::polygon, {box(-50, -50, 50, 50)}}, b)) << "all around";
  EXPECT_FALSE(touches({GeometryKind::polygon, {box(-50, -50, 50, 50), box(-9, -9, 19, 19)}}, b))
      << "in a hole";
}

TEST(Outline, OfRandomCellsHoldsExactlyThoseCells) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 0);
    const Grid grid = grid_from_zero(8, 9);
    std::vector<Cell> cells;
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (random.uniform() < 0.5) cells.push_back(c);
    }
    const Geometry outline = outline_of_cells(grid, cells);
    std::vector<Cell> inside;
    for_each_cell_inside(grid, outline, [&](Cell c) { inside.push_back(c); });
    ASSERT_EQ(inside, cells);
    EXPECT_DOUBLE_EQ(area_of(outline), 100.0 * static_cast<double>(cells.size()));
    for (const auto& ring : outline.parts) {
      ASSERT_GE(ring.size(), 5U);
      EXPECT_EQ(ring.front(), ring.back());
      std::vector<std::pair<double, double>> corners;
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) corners.emplace_back(ring[i].x, ring[i].y);
      std::sort(corners.begin(), corners.end());
      EXPECT_EQ(std::adjacent_find(corners.begin(), corners.end()), corners.end())
          << "a ring touches itself";
    }
  }
}

TEST(Outline, IgnoresDuplicatesAndCellsOffTheGrid) {
  const Grid grid = grid_from_zero(3, 3);
  const Geometry g = outline_of_cells(grid, {4, 4, -1, 99, 5});
  ASSERT_EQ(g.parts.size(), 1U);
  EXPECT_EQ(g.parts[0].size(), 5U) << "straight corners are left out";
  EXPECT_DOUBLE_EQ(area_of(g), 200.0);
  EXPECT_TRUE(outline_of_cells(grid, {}).parts.empty());
}

Raster<float> random_field(Random& random, const Grid& grid, double unknown) {
  Raster<float> field(grid, 0.0F);
  for (float& v : field.values) {
    v = random.uniform() < unknown ? nodata<float>() : static_cast<float>(random.below(5));
  }
  return field;
}

TEST(Contour, PassesBetweenHighAndLowAndIsClosedWhereNothingIsUnknown) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 1);
    const Grid grid = grid_from_zero(8, 8);
    Raster<float> field = random_field(random, grid, 0.0);
    // A low frame, so that no contour can leave.
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      const auto r = grid.row_of(c);
      const auto k = grid.col_of(c);
      if (r == 0 || k == 0 || r == 7 || k == 7) field[c] = -1.0F;
    }
    const Geometry lines = contour(field, 2.5);
    for (const auto& line : lines.parts) {
      ASSERT_GE(line.size(), 4U);
      ASSERT_EQ(line.front(), line.back());
    }
    // Even-odd over the closed lines separates the centres above the level from those below.
    const Geometry rings{GeometryKind::polygon, lines.parts};
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      ASSERT_EQ(contains(rings, grid.centre(c)), field[c] >= 2.5F) << "cell " << c;
    }
  }
}

TEST(Contour, StopsAtUnknownCells) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 2);
    const Grid grid = grid_from_zero(9, 9);
    const Raster<float> field = random_field(random, grid, 0.2);
    for (const auto& line : contour(field, 1.5).parts) {
      for (const Point p : line) {
        // Every point lies between two known neighbours, one on each side of the level.
        const double u = p.x / 10.0 - 0.5;
        const double v = (1000.0 - p.y) / 10.0 - 0.5;
        const auto a = grid.at(static_cast<std::int32_t>(std::floor(v + 1e-9)),
                               static_cast<std::int32_t>(std::floor(u + 1e-9)));
        const auto b = grid.at(static_cast<std::int32_t>(std::ceil(v - 1e-9)),
                               static_cast<std::int32_t>(std::ceil(u - 1e-9)));
        ASSERT_FALSE(is_nodata(field[a]));
        ASSERT_FALSE(is_nodata(field[b]));
        ASSERT_LT((field[a] - 1.5F) * (field[b] - 1.5F), 0.0F);
      }
    }
  }
}

TEST(Contour, InterpolatesAndTakesInfinityForTheFarSide) {
  Raster<float> field(grid_from_zero(2, 2), 0.0F);
  field.values = {0.0F, 4.0F, 0.0F, 4.0F};
  const Geometry lines = contour(field, 1.0);
  ASSERT_EQ(lines.parts.size(), 1U);
  for (const Point p : lines.parts[0]) EXPECT_DOUBLE_EQ(p.x, 7.5);
  field.values[1] = field.values[3] = std::numeric_limits<float>::infinity();
  const Geometry beside = contour(field, 1.0);
  ASSERT_EQ(beside.parts.size(), 1U);
  for (const Point p : beside.parts[0]) EXPECT_DOUBLE_EQ(p.x, 5.0);
  EXPECT_TRUE(contour(Raster<float>(grid_from_zero(1, 5), 1.0F), 0.5).parts.empty());
}

double distance_to_line(Point p, const std::vector<Point>& line) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double dx = line[i + 1].x - line[i].x;
    const double dy = line[i + 1].y - line[i].y;
    const double square = dx * dx + dy * dy;
    const double t =
        square == 0.0
            ? 0.0
            : std::clamp(((p.x - line[i].x) * dx + (p.y - line[i].y) * dy) / square, 0.0, 1.0);
    best = std::min(best, std::hypot(p.x - line[i].x - t * dx, p.y - line[i].y - t * dy));
  }
  return best;
}

TEST(Simplify, StaysWithinItsToleranceAndKeepsTheEnds) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 3);
    std::vector<Point> line;
    Point p{0, 0};
    for (int i = 0; i < 60; ++i) {
      line.push_back(p);
      p = {p.x + random.uniform(-2, 8), p.y + random.normal() * 3};
    }
    if (seed % 3 == 0) line.push_back(line.front());
    const double tolerance = random.uniform(0.5, 6.0);
    const auto thin = simplify(line, tolerance);
    EXPECT_EQ(thin.front(), line.front());
    EXPECT_EQ(thin.back(), line.back());
    EXPECT_LT(thin.size(), line.size());
    for (const Point q : line) EXPECT_LE(distance_to_line(q, thin), tolerance + 1e-9);
  }
  EXPECT_EQ(simplify({{0, 0}, {5, 0}, {9, 0}}, 0.0), (std::vector<Point>{{0, 0}, {9, 0}}));
}

TEST(Substring, PiecesAddUpToTheWhole) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 4);
    Geometry whole{GeometryKind::line, {{}}};
    for (int i = 0; i < 12; ++i) {
      whole.parts[0].push_back({random.uniform(0, 100), random.uniform(0, 100)});
    }
    const double length = length_of(whole);
    double a = random.uniform(0, length);
    double b = random.uniform(0, length);
    if (a > b) std::swap(a, b);
    double sum = 0.0;
    Point last = whole.parts[0].front();
    for (const auto& [from, to] : {std::pair{0.0, a}, std::pair{a, b}, std::pair{b, length}}) {
      const auto part = substring(whole.parts[0], from, to);
      ASSERT_GE(part.size(), 2U);
      EXPECT_NEAR(part.front().x, last.x, 1e-9);
      EXPECT_NEAR(part.front().y, last.y, 1e-9);
      last = part.back();
      sum += length_of({GeometryKind::line, {part}});
    }
    EXPECT_NEAR(sum, length, 1e-9);
  }
  const std::vector<Point> line{{0, 0}, {10, 0}};
  EXPECT_EQ(substring(line, -5, 50), line);
  EXPECT_TRUE(substring(line, 4, 4).empty());
  EXPECT_TRUE(substring(line, 20, 30).empty());
}

}  // namespace
}  // namespace abatis
