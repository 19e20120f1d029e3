#include "abatis/corridors/near_optimal.hpp"

#include <map>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "random_ground.hpp"
#include "support/ascii_map.hpp"
#include "travel/travel_oracle.hpp"

namespace abatis {
namespace {
using abatis::testing::AsciiMap;
using abatis::testing::in_region;
using abatis::testing::plain_times;
using abatis::testing::RandomGround;

std::set<Cell> region_cells(const NearOptimal& set, const Grid& region) {
  std::set<Cell> cells;
  for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
    if (set.holds(c)) cells.insert(in_region(set, region, c));
  }
  return cells;
}

TEST(NearOptimal, IsWhatSlowRelaxationFromBothEndsSays) {
  int reached = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomGround ground(seed);
    const int neighbours = seed % 3 == 0 ? 16 : 8;
    const double slack = 0.05 * static_cast<double>(seed % 6);
    const auto from = plain_times(ground.input(), neighbours, ground.sources, false);
    const auto to = plain_times(ground.input(), neighbours, ground.targets, true);
    double best = kUnreachable;
    for (const Cell c : ground.targets) best = std::min(best, from[static_cast<std::size_t>(c)]);
    const NearOptimal set = ground.set(slack, neighbours);
    ASSERT_EQ(set.reached(), best < kUnreachable);
    if (!set.reached()) continue;
    ++reached;
    EXPECT_DOUBLE_EQ(set.best_s, best);
    std::set<Cell> expected;
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (from[i] + to[i] <= (1 + slack) * best * (1 + 1e-12))
        expected.insert(static_cast<Cell>(i));
    }
    EXPECT_EQ(region_cells(set, ground.speed.grid), expected);
  }
  EXPECT_GT(reached, 40);
}

TEST(NearOptimal, EveryCellLiesOnAWayInsideTheSetAndWithinTheLimit) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomGround ground(seed);
    const bool free = seed % 2 == 0;
    if (free) ground.delay_s = {0, 0, 0};
    const NearOptimal set = ground.set(0.2);
    if (!set.reached()) continue;
    const std::set<Cell> starts(set.sources.begin(), set.sources.end());
    const std::set<Cell> goals(set.targets.begin(), set.targets.end());
    for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
      if (!set.holds(c)) continue;
      EXPECT_LE(set.time_s(c), set.limit_s * (1 + 1e-9));
      const auto way = set.way_through(c);
      EXPECT_TRUE(starts.contains(way.front()));
      EXPECT_TRUE(goals.contains(way.back()));
      for (std::size_t i = 1; i < way.size(); ++i) {
        EXPECT_TRUE(set.holds(way[i]));
        // Never back along the way. (A delay is paid in one direction only: where there are any,
        // progress may fall by as much.)
        const double back = free ? 0 : 60 / set.best_s;
        EXPECT_GE(set.progress(way[i]), set.progress(way[i - 1]) - back - 1e-9);
      }
    }
  }
}

TEST(NearOptimal, ProgressRunsFromEntryToObjectiveAndStraightAcross) {
  const AsciiMap map({":::::::::::::", ":::::::::::::", "A===========B", ":::::::::::::"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 1.0);
  ASSERT_TRUE(set.reached());
  const auto at = [&](std::int32_t row, std::int32_t col) {
    return set.grid.at(row - set.first_row, col - set.first_col);
  };
  EXPECT_DOUBLE_EQ(set.progress(at(2, 0)), 0);
  EXPECT_DOUBLE_EQ(set.progress(at(2, 12)), 1);
  // Off the road it is slow, and still no less far along.
  EXPECT_NEAR(set.progress(at(1, 6)), set.progress(at(2, 6)), 1e-12);
  EXPECT_GT(set.slack(at(1, 6)), 0.1);
}

TEST(NearOptimal, TurnsAndReflectionsTurnItAlong) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const RandomGround ground(seed);
    const Grid& grid = ground.speed.grid;
    const NearOptimal set = ground.set(0.15);
    const auto cells = region_cells(set, grid);
    for (int k = 1; k < 8; ++k) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", turn " + std::to_string(k));
      const RandomGround other = ground.turned(k);
      const NearOptimal turned = other.set(0.15);
      EXPECT_EQ(turned.best_s, set.best_s);
      std::set<Cell> expected;
      for (const Cell c : cells) expected.insert(RandomGround::turned(grid, k, c));
      EXPECT_EQ(region_cells(turned, other.speed.grid), expected);
    }
  }
}

TEST(NearOptimal, NothingWhereThereIsNoWay) {
  const AsciiMap map({"A.#.B", "..#..", "..#.."});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0.1);
  EXPECT_FALSE(set.reached());
  EXPECT_EQ(set.grid.size(), 0U);
}

TEST(NearOptimal, AnObjectiveOnItsEntryHasNoWayToDescribe) {
  const AsciiMap map({"A...."});
  EXPECT_FALSE(near_optimal(map.travel_input(), map.cells('A'), map.cells('A'), 0.1).reached());
}

TEST(NearOptimal, ASlackThatIsNoShareIsRefused) {
  const AsciiMap map({"A...B"});
  const auto with = [&](double slack) {
    return near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), slack);
  };
  EXPECT_THROW(with(-0.1), std::invalid_argument);
  EXPECT_THROW(with(kUnreachable), std::invalid_argument);
  EXPECT_TRUE(with(0).reached());
}

}  // namespace
}  // namespace abatis
