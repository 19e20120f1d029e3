#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "gather/build_roads.hpp"

namespace abatis::gather {
namespace {

using Pairs = std::vector<std::pair<int, int>>;

Pairs by_looking_at_all(const std::vector<Point>& p, double longest, Proximity kind) {
  const auto d = [](Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); };
  Pairs out;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = i + 1; j < p.size(); ++j) {
      const double dij = d(p[i], p[j]);
      const Point m{(p[i].x + p[j].x) / 2, (p[i].y + p[j].y) / 2};
      bool empty = dij <= longest;
      for (std::size_t k = 0; k < p.size() && empty; ++k) {
        if (k == i || k == j) continue;
        empty = kind == Proximity::gabriel ? d(p[k], m) >= dij / 2
                                           : std::max(d(p[k], p[i]), d(p[k], p[j])) >= dij;
      }
      if (empty) out.emplace_back(static_cast<int>(i), static_cast<int>(j));
    }
  return out;
}

TEST(Proximity, AgreesWithLookingAtAllTriples) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed, 4);
    std::vector<Point> points;
    for (std::uint64_t i = 0; i < 5 + random.below(50); ++i)
      points.push_back({random.uniform(0, 10'000), random.uniform(0, 7'000)});
    for (const Proximity kind : {Proximity::gabriel, Proximity::relative}) {
      auto found = proximity_pairs(points, 3'000, kind);
      std::sort(found.begin(), found.end());
      EXPECT_EQ(found, by_looking_at_all(points, 3'000, kind)) << "seed " << seed;
    }
  }
  EXPECT_TRUE(proximity_pairs({}, 100, Proximity::gabriel).empty());
}

TEST(RoadNet, EdgesShareOutAllStepsBetweenNodes) {
  const Grid g{.epsg = 3346, .origin_x = 0, .origin_y = 2000, .cell = 100, .rows = 20, .cols = 20};
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    Random random(seed, 5);
    RoadNet net(g);
    std::set<std::pair<Cell, Cell>> steps;
    for (int walk = 0; walk < 6; ++walk) {
      std::vector<Cell> chain{
          g.at(static_cast<int>(random.below(20)), static_cast<int>(random.below(20)))};
      for (int k = 0; k < 25; ++k) {
        const int r = g.row_of(chain.back()) + static_cast<int>(random.below(3)) - 1;
        const int c = g.col_of(chain.back()) + static_cast<int>(random.below(3)) - 1;
        if (!g.inside(r, c) || g.at(r, c) == chain.back()) continue;
        steps.insert(std::minmax(chain.back(), g.at(r, c)));
        chain.push_back(g.at(r, c));
      }
      net.add(chain, static_cast<std::uint8_t>(kPrimary + random.below(3)),
              static_cast<int>(random.below(3)) - 1);
    }
    std::set<std::pair<Cell, Cell>> seen;
    std::map<Cell, int> ends, inner;
    for (const auto& edge : net.edges()) {
      ASSERT_GE(edge.cells.size(), 2U);
      ASSERT_NE(edge.rank, kNoRoad);
      for (std::size_t k = 0; k + 1 < edge.cells.size(); ++k)
        ASSERT_TRUE(seen.insert(std::minmax(edge.cells[k], edge.cells[k + 1])).second)
            << "a step in two edges, seed " << seed;
      ++ends[edge.cells.front()];
      ++ends[edge.cells.back()];
      for (std::size_t k = 1; k + 1 < edge.cells.size(); ++k) ++inner[edge.cells[k]];
    }
    EXPECT_EQ(seen, steps) << "seed " << seed;
    // No edge passes a cell where another ends: they meet at nodes only.
    for (const auto& [cell, count] : inner) {
      EXPECT_EQ(count, 1) << "seed " << seed;
      EXPECT_EQ(ends.count(cell), 0U) << "seed " << seed;
    }
  }
}

TEST(RoadNet, ASharedStepKeepsTheHigherClassAndBothNumbers) {
  const Grid g{.epsg = 3346, .origin_x = 0, .origin_y = 1000, .cell = 100, .rows = 10, .cols = 10};
  RoadNet net(g);
  net.add({g.at(5, 0), g.at(5, 1), g.at(5, 2), g.at(5, 3)}, kSecondary, 4);
  net.add({g.at(4, 1), g.at(5, 1), g.at(5, 2), g.at(4, 3)}, kTrunk, 1);
  EXPECT_EQ(net.rank_at(g.at(5, 2)), kTrunk);
  const auto edges = net.edges();
  ASSERT_EQ(edges.size(), 5U);
  const auto shared = std::find_if(edges.begin(), edges.end(),
                                   [](const auto& e) { return e.refs == std::vector<int>{1, 4}; });
  ASSERT_NE(shared, edges.end());
  EXPECT_EQ(shared->rank, kTrunk);
  EXPECT_EQ(shared->cells.size(), 2U);
}

TEST(SmoothLine, KeepsItsEnds) {
  const Grid g{.epsg = 3346, .origin_x = 0, .origin_y = 1000, .cell = 100, .rows = 10, .cols = 10};
  const std::vector<Cell> chain{g.at(0, 0), g.at(1, 1), g.at(1, 2),
                                g.at(2, 2), g.at(3, 2), g.at(4, 3)};
  const auto line = smooth_line(g, chain, 60);
  EXPECT_EQ(line.front(), g.centre(chain.front()));
  EXPECT_EQ(line.back(), g.centre(chain.back()));
}

}  // namespace
}  // namespace abatis::gather
