#include "abatis/corridors/formations.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "random_ground.hpp"
#include "support/ascii_map.hpp"

namespace abatis {
namespace {
using abatis::testing::AsciiMap;
using abatis::testing::RandomGround;

const std::vector<Formation> kSmallAndLarge{{"small", "Small", 300, {"test"}},
                                            {"large", "Large", 500, {"test"}}};

double between(const Grid& grid, Cell a, Cell b) {
  const Point p = grid.centre(a);
  const Point q = grid.centre(b);
  return std::hypot(p.x - q.x, p.y - q.y);
}

TEST(FormationGround, IsWhereADiscOfTheFrontageFits) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const NearOptimal set = RandomGround(seed, 16, 24).set(0.6);
    if (!set.reached()) continue;
    const auto ground = formation_ground(set, kSmallAndLarge, 0.1);
    const auto cells = static_cast<Cell>(set.grid.size());
    for (Cell c = 0; c < cells; ++c) {
      if (!set.holds(c)) {
        EXPECT_TRUE(is_nodata(ground.widest[c]));
        continue;
      }
      int widest = 0;
      for (int f = 0; f < 2; ++f) {
        const double w = kSmallAndLarge[static_cast<std::size_t>(f)].frontage_m;
        for (Cell s = 0; s < cells && widest <= f; ++s) {
          if (!set.holds(s) || between(set.grid, s, c) > (w - 100) / 2 + 1e-3) continue;
          bool stands = true;
          for (Cell o = 0; o < cells && stands; ++o) {
            stands = set.holds(o) || between(set.grid, s, o) >= (w + 100) / 2 - 1e-3;
          }
          if (stands) widest = f + 1;
        }
      }
      EXPECT_EQ(static_cast<int>(ground.widest[c]), widest) << "cell " << c;
    }
  }
}

TEST(FormationGround, ANarrowKeepsTheLargeOneOut) {
  const AsciiMap map({"A..........#..........B", "A.....................B",
                      "A.....................B", "A.....................B",
                      "A..........#..........B"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0.5);
  const auto ground = formation_ground(set, kSmallAndLarge, 0.25);
  int small = 0, large = 0;
  for (const MobilityCorridor& one : ground.corridors) {
    (one.formation == 0 ? small : large) += 1;
    EXPECT_EQ(one.through, one.formation == 0);
    EXPECT_NEAR(one.area_m2, 1e4 * static_cast<double>(one.cells.size()), 1e-6);
  }
  EXPECT_EQ(small, 1);
  EXPECT_EQ(large, 2) << "one on each side of the narrow";
}

TEST(FormationGround, TurnsAlongWithTheGround) {
  const RandomGround ground(4, 16, 24);
  const Grid& grid = ground.speed.grid;
  const NearOptimal set = ground.set(0.6);
  ASSERT_TRUE(set.reached());
  const auto widest = formation_ground(set, kSmallAndLarge, 0.1).widest;
  for (int k = 1; k < 8; ++k) {
    SCOPED_TRACE("turn " + std::to_string(k));
    const RandomGround other = ground.turned(k);
    const NearOptimal turned = other.set(0.6);
    const auto found = formation_ground(turned, kSmallAndLarge, 0.1).widest;
    for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
      if (!set.holds(c)) continue;
      const Cell r = RandomGround::turned(grid, k, testing::in_region(set, grid, c));
      const Grid& region = other.speed.grid;
      EXPECT_EQ(found[turned.grid.at(region.row_of(r) - turned.first_row,
                                     region.col_of(r) - turned.first_col)],
                widest[c]);
    }
  }
}

TEST(Avenues, CorridorsWithinAFrontageMakeOne) {
  const AsciiMap map({".....................", ".......~~~~~~~.......", ".......~~~~~~~.......",
                      "A......~~~~~~~......B", ".......~~~~~~~.......", ".......~~~~~~~.......",
                      ".......~~~~~~~.......", "....................."});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0.3);
  const auto routes = dissimilar_routes(set, {.count = 2, .apart_m = 300, .overlap = 0.5});
  ASSERT_EQ(routes.size(), 2U);
  using Groups = std::vector<std::vector<int>>;
  EXPECT_EQ(avenue_groups(set, routes, 699), (Groups{{0}, {1}}));
  EXPECT_EQ(avenue_groups(set, routes, 700), (Groups{{0, 1}})) << "7 rows apart beside the lake";
}

// The widest way by trying every width there is.
double widest_by_trial(const NearOptimal& set, const Raster<float>& width, double ends) {
  double best = 0;
  for (Cell limit = 0; limit < static_cast<Cell>(set.grid.size()); ++limit) {
    if (!set.holds(limit)) continue;
    const float least = width[limit];
    const auto open = [&](Cell c) {
      const double q = set.holds(c) ? set.progress(c) : 0;
      return set.holds(c) && (q <= ends || q >= 1 - ends || width[c] >= least);
    };
    std::vector<std::uint8_t> seen(set.grid.size(), 0);
    std::vector<Cell> queue;
    const auto add = [&](Cell c) {
      if (seen[static_cast<std::size_t>(c)] != 0 || !open(c)) return;
      seen[static_cast<std::size_t>(c)] = 1;
      queue.push_back(c);
    };
    for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
      if (set.holds(c) && set.progress(c) <= ends) add(c);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      if (set.progress(queue[i]) >= 1 - ends) best = std::max(best, static_cast<double>(least));
      for_each_beside(set.grid, queue[i], add);
    }
  }
  return best;
}

TEST(WidestWay, IsWhatTryingEveryWidthFinds) {
  int wider = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomGround ground(seed);
    // More open than most, so that there are wider ways and narrower ones.
    for (std::size_t i = 0; i < ground.speed.values.size(); ++i) {
      if (i % 4 != 0 && ground.speed.values[i] == 0) ground.speed.values[i] = 7;
    }
    const NearOptimal set = ground.set(0.6);
    if (!set.reached()) continue;
    const auto width = ground_width(set);
    const std::vector<std::uint8_t> all(set.grid.size(), 1);
    const Narrowest found = widest_way(set, width, all, 0.2);
    EXPECT_EQ(found.width_m, widest_by_trial(set, width, 0.2));
    ASSERT_NE(found.at, kNoCell);
    EXPECT_EQ(static_cast<double>(width[found.at]), found.width_m);
    wider += found.width_m > 100 ? 1 : 0;
  }
  EXPECT_GT(wider, 3);
}

TEST(WidestWay, GoesRoundAHouseAndNotThroughTheStreet) {
  const AsciiMap map({"A.....................B", "A.........#...........B",
                      "A=====================B", "A.........#...........B",
                      "A.........#...........B", "A.....................B",
                      "A.....................B", "A.....................B"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 1.5);
  const auto width = ground_width(set);
  const std::vector<std::uint8_t> all(set.grid.size(), 1);
  EXPECT_EQ(widest_way(set, width, all, 0.2).width_m, 300);
  std::vector<std::uint8_t> street(set.grid.size(), 0);
  const auto routes = dissimilar_routes(set, {.count = 1});
  ASSERT_EQ(routes.size(), 1U);
  for (const Cell c : routes[0].cells) {
    street[static_cast<std::size_t>(c)] = 1;
  }
  EXPECT_EQ(widest_way(set, width, street, 0.2).width_m, 100);
  const std::vector<std::uint8_t> none(set.grid.size(), 0);
  EXPECT_EQ(widest_way(set, width, none, 0.2).at, kNoCell);
}

TEST(Avenues, TheLargestThatFits) {
  EXPECT_EQ(largest_that_fits(kSmallAndLarge, 299), -1);
  EXPECT_EQ(largest_that_fits(kSmallAndLarge, 300), 0);
  EXPECT_EQ(largest_that_fits(kSmallAndLarge, 9000), 1);
  EXPECT_EQ(largest_that_fits({}, 9000), -1);
}

}  // namespace
}  // namespace abatis
