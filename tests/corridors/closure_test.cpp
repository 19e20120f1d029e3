#include "abatis/corridors/closure.hpp"

#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

#include "random_ground.hpp"
#include "support/ascii_map.hpp"

namespace abatis {
namespace {
using abatis::testing::AsciiMap;
using abatis::testing::RandomGround;

constexpr double kEnds = 0.1;

// No way is left from end to end once the cells are closed.
bool closed(const NearOptimal& set, const std::vector<Cell>& cells) {
  std::set<Cell> shut(cells.begin(), cells.end());
  std::vector<Cell> open;
  for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
    if (set.holds(c) && set.progress(c) <= kEnds) {
      open.push_back(c);
      shut.insert(c);
    }
  }
  while (!open.empty()) {
    const Cell c = open.back();
    open.pop_back();
    if (set.progress(c) >= 1 - kEnds) return false;
    for_each_beside(set.grid, c, [&](Cell n) {
      if (set.holds(n) && shut.insert(n).second) open.push_back(n);
    });
  }
  return true;
}

// As many ways as cells, each from end to end by steps of one cell, none sharing a cell: with
// `closed` a proof that no fewer cells do.
void expect_proof(const NearOptimal& set, const Closure& closure) {
  EXPECT_TRUE(closed(set, closure.cells));
  ASSERT_EQ(closure.ways.size(), closure.cells.size());
  std::set<Cell> taken;
  for (const auto& way : closure.ways) {
    ASSERT_GE(way.size(), 3U);
    EXPECT_LE(set.progress(way.front()), kEnds);
    EXPECT_GE(set.progress(way.back()), 1 - kEnds);
    for (std::size_t i = 1; i < way.size(); ++i) {
      EXPECT_TRUE(set.holds(way[i]));
      EXPECT_LE(std::abs(set.grid.row_of(way[i]) - set.grid.row_of(way[i - 1])), 1);
      EXPECT_LE(std::abs(set.grid.col_of(way[i]) - set.grid.col_of(way[i - 1])), 1);
      if (i + 1 < way.size()) {
        EXPECT_TRUE(taken.insert(way[i]).second) << "two ways share a cell";
      }
    }
  }
}

TEST(Closure, ComesWithItsProofOnRandomGround) {
  int several = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const NearOptimal set = RandomGround(seed).set(0.1 * static_cast<double>(seed % 7));
    const Closure closure = least_closure(set, kEnds, 1000);
    ASSERT_EQ(closure.found, set.reached());
    if (!closure.found) continue;
    expect_proof(set, closure);
    several += closure.cells.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(several, 10);
}

TEST(Closure, TwoGapsAreTwoCells) {
  const AsciiMap map({"A.........#.........B", "A.........#.........B", "A...................B",
                      "A.........#.........B", "A.........#.........B", "A...................B",
                      "A.........#.........B"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0.4);
  const Closure closure = least_closure(set, kEnds, 100);
  ASSERT_TRUE(closure.found);
  EXPECT_EQ(closure.cells.size(), 2U);
  expect_proof(set, closure);
}

TEST(Closure, AsLargeAfterATurn) {
  const RandomGround ground(5);
  const auto cells = least_closure(ground.set(0.4), kEnds, 1000).cells.size();
  ASSERT_GT(cells, 0U);
  for (int k = 1; k < 8; ++k) {
    EXPECT_EQ(least_closure(ground.turned(k).set(0.4), kEnds, 1000).cells.size(), cells);
  }
}

TEST(Closure, TellsWhenItIsTooMuchOrImpossible) {
  const AsciiMap open(std::vector<std::string>(9, "A...................B"));
  const NearOptimal wide = near_optimal(open.travel_input(), open.cells('A'), open.cells('B'), 1.0);
  EXPECT_TRUE(least_closure(wide, kEnds, 9).found);
  EXPECT_FALSE(least_closure(wide, kEnds, 8).found);
  const AsciiMap near({"AB"});
  EXPECT_FALSE(least_closure(near_optimal(near.travel_input(), near.cells('A'), near.cells('B'), 0),
                             kEnds, 9)
                   .found);
  EXPECT_FALSE(least_closure({}, kEnds, 9).found);
}

}  // namespace
}  // namespace abatis
