#include "abatis/geo/rasterize.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "shapes.hpp"

namespace abatis {
namespace {

Grid small_grid(std::int32_t rows, std::int32_t cols, double cell = 10.0) {
  return {abatis::testing::kLks, 500000.0, 6000000.0, cell, rows, cols};
}

// Does the segment cross the open square of the cell? Exact for the coordinates used here (halves).
bool crosses_interior(const Grid& grid, Cell c, Point a, Point b) {
  const Point m = grid.centre(c);
  const double half = grid.cell / 2;
  double low = 0.0;
  double high = 1.0;
  const double p[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
  const double q[] = {a.x - (m.x - half), m.x + half - a.x, a.y - (m.y - half), m.y + half - a.y};
  for (int i = 0; i < 4; ++i) {
    if (p[i] == 0.0) {
      if (q[i] <= 0.0) return false;
    } else if (p[i] < 0.0) {
      low = std::max(low, q[i] / p[i]);
    } else {
      high = std::min(high, q[i] / p[i]);
    }
  }
  return high - low > 1e-9;
}

bool four_neighbours(const Grid& grid, Cell a, Cell b) {
  return std::abs(grid.row_of(a) - grid.row_of(b)) + std::abs(grid.col_of(a) - grid.col_of(b)) == 1;
}

// Points on a lattice finer than the cells, so that edges and corners are met exactly and often.
Point lattice_point(Random& random, const Grid& grid, int beyond) {
  const auto pick = [&](std::int32_t count) {
    const auto steps = static_cast<std::uint64_t>(4 * (count + 2 * beyond) + 1);
    return static_cast<double>(random.below(steps)) / 4.0 - beyond;
  };
  const double u = pick(grid.cols);
  const double v = pick(grid.rows);
  return {grid.origin_x + u * grid.cell, grid.origin_y - v * grid.cell};
}

TEST(CellsOfLine, IsAFourConnectedChainThatMissesNoCellItCrosses) {
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 0);
    const Grid grid = small_grid(7, 9);
    Point a = lattice_point(random, grid, 0);
    Point b = lattice_point(random, grid, 0);
    if (!grid.cell_at(a) || !grid.cell_at(b)) continue;
    const auto chain = cells_of_line(grid, {a, b});
    ASSERT_FALSE(chain.empty());
    EXPECT_EQ(chain.front(), *grid.cell_at(a));
    EXPECT_EQ(chain.back(), *grid.cell_at(b));
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
      ASSERT_TRUE(four_neighbours(grid, chain[i], chain[i + 1]));
    }
    const std::set<Cell> passed(chain.begin(), chain.end());
    EXPECT_EQ(passed.size(), chain.size()) << "a straight line never comes back";
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      ASSERT_TRUE(!crosses_interior(grid, c, a, b) || passed.contains(c)) << "cell " << c;
    }
  }
}

TEST(CellsOfLine, LeavesAndEntersTheGridWithoutLosingCells) {
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 1);
    const Grid grid = small_grid(6, 5);
    const Point a = lattice_point(random, grid, 8);
    const Point b = lattice_point(random, grid, 8);
    const auto chain = cells_of_line(grid, {a, b});
    const std::set<Cell> passed(chain.begin(), chain.end());
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
      ASSERT_TRUE(four_neighbours(grid, chain[i], chain[i + 1]));
    }
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      ASSERT_TRUE(!crosses_interior(grid, c, a, b) || passed.contains(c)) << "cell " << c;
    }
  }
}

TEST(CellsOfLine, TakesTheColumnFirstAtACorner) {
  const Grid grid = small_grid(3, 3);
  const Point nw{500005, 5999995};
  const Point se{500025, 5999975};
  EXPECT_EQ(cells_of_line(grid, {nw, se}), (std::vector<Cell>{0, 1, 4, 5, 8}));
  EXPECT_EQ(cells_of_line(grid, {se, nw}), (std::vector<Cell>{8, 7, 4, 3, 0}));
}

TEST(CellsOfLine, DropsDuplicatesAndSurvivesBadCoordinates) {
  const Grid grid = small_grid(4, 4);
  const Point a{500001, 5999999};
  const Point b{500002, 5999998};
  EXPECT_EQ(cells_of_line(grid, {a, b, a, a}), std::vector<Cell>{0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(cells_of_line(grid, {{nan, 0}, a}).empty());
  EXPECT_TRUE(cells_of_line(grid, {a}).empty());
  EXPECT_TRUE(cells_of_line(grid, {{-1e300, 1e300}, {-1e299, 1e300}}).empty());
  const auto across = cells_of_line(grid, {{-1e12, 5999985}, {1e12, 5999985}});
  EXPECT_EQ(across, (std::vector<Cell>{4, 5, 6, 7}));
}

Geometry random_polygon(Random& random, const Grid& grid, bool lattice) {
  Geometry g{GeometryKind::polygon, {}};
  const std::uint64_t rings = 1 + random.below(3);
  for (std::uint64_t r = 0; r < rings; ++r) {
    std::vector<Point> ring;
    const std::uint64_t corners = 3 + random.below(7);
    for (std::uint64_t i = 0; i < corners; ++i) {
      ring.push_back(lattice ? lattice_point(random, grid, 3)
                             : Point{grid.origin_x + random.uniform(-30, 130),
                                     grid.origin_y - random.uniform(-30, 130)});
    }
    ring.push_back(ring.front());
    g.parts.push_back(ring);
  }
  return g;
}

TEST(ForEachCellInside, AgreesWithContainsCellByCell) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 2);
    const Grid grid = small_grid(9, 11);
    const Geometry polygon = random_polygon(random, grid, seed % 2 == 0);
    std::vector<Cell> visited;
    for_each_cell_inside(grid, polygon, [&](Cell c) { visited.push_back(c); });
    std::vector<Cell> expected;
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (contains(polygon, grid.centre(c))) expected.push_back(c);
    }
    ASSERT_EQ(visited, expected);
  }
}

TEST(ForEachCellInside, NeighbouringPolygonsShareNoCellAndLoseNone) {
  // The common edge runs exactly through centres.
  const Grid grid = small_grid(6, 6);
  const auto box = [](double x0, double x1) {
    return Geometry{GeometryKind::polygon,
                    {{{x0, 5999900}, {x1, 5999900}, {x1, 6000000}, {x0, 6000000}, {x0, 5999900}}}};
  };
  std::vector<int> count(grid.size(), 0);
  for (const Geometry& g : {box(500000, 500025), box(500025, 500060)}) {
    for_each_cell_inside(grid, g, [&](Cell c) { ++count[static_cast<std::size_t>(c)]; });
  }
  EXPECT_TRUE(std::all_of(count.begin(), count.end(), [](int n) { return n == 1; }));
}

Raster<std::uint8_t> random_mask(Random& random, double density) {
  const Grid grid = small_grid(1 + static_cast<std::int32_t>(random.below(13)),
                               1 + static_cast<std::int32_t>(random.below(13)), 25.0);
  Raster<std::uint8_t> mask(grid, 0);
  for (auto& v : mask.values) v = random.uniform() < density ? 7 : 0;
  return mask;
}

TEST(DistanceTo, IsExactAgainstAllPairs) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 3);
    const auto mask = random_mask(random, seed % 5 == 0 ? 0.5 : 0.05);
    const auto distance = distance_to(mask);
    const Grid& grid = mask.grid;
    for (Cell a = 0; a < static_cast<Cell>(grid.size()); ++a) {
      std::int64_t best = std::numeric_limits<std::int64_t>::max();
      for (Cell b = 0; b < static_cast<Cell>(grid.size()); ++b) {
        if (mask[b] == 0) continue;
        const std::int64_t dr = grid.row_of(a) - grid.row_of(b);
        const std::int64_t dc = grid.col_of(a) - grid.col_of(b);
        best = std::min(best, dr * dr + dc * dc);
      }
      const float expected =
          best == std::numeric_limits<std::int64_t>::max()
              ? std::numeric_limits<float>::infinity()
              : static_cast<float>(grid.cell * std::sqrt(static_cast<double>(best)));
      ASSERT_EQ(distance[a], expected) << "cell " << a;
    }
  }
}

TEST(ConnectedComponents, MatchABreadthFirstSearchAndAreNumberedInOrder) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 4);
    const auto mask = random_mask(random, 0.55);
    const Grid& grid = mask.grid;
    Raster<std::int32_t> expected(grid, 0);
    std::int32_t last = 0;
    for (Cell s = 0; s < static_cast<Cell>(grid.size()); ++s) {
      if (mask[s] == 0 || expected[s] != 0) continue;
      ++last;
      std::deque<Cell> open{s};
      expected[s] = last;
      while (!open.empty()) {
        const Cell c = open.front();
        open.pop_front();
        for (Cell n = 0; n < static_cast<Cell>(grid.size()); ++n) {
          if (mask[n] != 0 && expected[n] == 0 && four_neighbours(grid, c, n)) {
            expected[n] = last;
            open.push_back(n);
          }
        }
      }
    }
    int count = -1;
    ASSERT_EQ(connected_components(mask, &count), expected);
    EXPECT_EQ(count, last);
  }
}

}  // namespace
}  // namespace abatis
