#include "abatis/corridors/routes.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include <gtest/gtest.h>

#include "random_ground.hpp"
#include "support/ascii_map.hpp"

namespace abatis {
namespace {
using abatis::testing::AsciiMap;
using abatis::testing::in_region;
using abatis::testing::RandomGround;

bool near_any(const NearOptimal& set, const std::vector<Route>& routes, Cell c, double apart) {
  const Point p = set.grid.centre(c);
  for (const Route& route : routes) {
    for (const Cell other : route.cells) {
      const Point q = set.grid.centre(other);
      if (std::hypot(p.x - q.x, p.y - q.y) <= apart) return true;
    }
  }
  return false;
}

// Share of the time of a way spent near earlier routes, from its moves one by one.
double shared(const NearOptimal& set, Cell via, const std::vector<Route>& routes, double apart) {
  const auto way = set.way_through(via);
  double near = 0;
  bool after = false;
  for (std::size_t i = 1; i < way.size(); ++i) {
    after = after || way[i - 1] == via;
    const auto a = static_cast<std::size_t>(way[i - 1]);
    const auto b = static_cast<std::size_t>(way[i]);
    const double time = after ? set.to_s[a] - set.to_s[b] : set.from_s[b] - set.from_s[a];
    near += time * ((near_any(set, routes, way[i - 1], apart) ? 0.5 : 0.0) +
                    (near_any(set, routes, way[i], apart) ? 0.5 : 0.0));
  }
  return near / set.time_s(via);
}

TEST(Routes, AreThoseThatTryingEveryViaCellFinds) {
  int with_more = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const NearOptimal set = RandomGround(seed).set(0.3);
    const RouteRules rules{.count = 3, .apart_m = 250, .overlap = 0.4};
    const auto routes = dissimilar_routes(set, rules);
    if (!set.reached()) {
      EXPECT_TRUE(routes.empty());
      continue;
    }
    ASSERT_GE(routes.size(), 1U);
    EXPECT_NEAR(routes[0].time_s, set.best_s, 1e-9 * set.best_s);
    std::vector<Route> taken{routes[0]};
    while (taken.size() < 3) {
      double best = kUnreachable;
      for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
        if (!set.holds(c) || shared(set, c, taken, rules.apart_m) > rules.overlap) continue;
        best = std::min(best, set.time_s(c));
      }
      if (best == kUnreachable) break;
      ASSERT_GT(routes.size(), taken.size());
      const Route& next = routes[taken.size()];
      EXPECT_NEAR(next.time_s, best, 1e-9 * best);
      EXPECT_LE(next.time_s, 1.3 * set.best_s * (1 + 1e-9)) << "the bound on stretch";
      EXPECT_LE(next.overlap, rules.overlap) << "the bound on overlap";
      EXPECT_NEAR(next.overlap, shared(set, next.via, taken, rules.apart_m), 1e-9);
      taken.push_back(next);
    }
    EXPECT_EQ(routes.size(), taken.size());
    with_more += routes.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(with_more, 5);
}

TEST(Routes, TheSecondTakesTheOtherSideOfTheLake) {
  const AsciiMap map({".....................", ".......~~~~~~~.......", ".......~~~~~~~.......",
                      "A......~~~~~~~......B", ".......~~~~~~~.......", ".......~~~~~~~.......",
                      ".......~~~~~~~.......", "....................."});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0.3);
  const auto routes = dissimilar_routes(set, {.count = 5, .apart_m = 300, .overlap = 0.5});
  ASSERT_EQ(routes.size(), 2U) << "on each side there is room for one";
  const auto passes = [&](const Route& route, std::int32_t row) {
    for (const Cell c : route.cells) {
      const Cell r = in_region(set, map.grid(), c);
      if (map.grid().row_of(r) == row && map.grid().col_of(r) == 10) return true;
    }
    return false;
  };
  EXPECT_TRUE(passes(routes[0], 0));
  EXPECT_TRUE(passes(routes[1], 7));
  EXPECT_LT(routes[0].time_s, routes[1].time_s);
}

TEST(Routes, LengthIsThatOfTheLineThroughTheCells) {
  const AsciiMap map({"A..", "..B"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 0);
  EXPECT_NEAR(dissimilar_routes(set, {}).at(0).length_m, 100 + 100 * std::sqrt(2.0), 1e-9);
}

TEST(Routes, TurnAlongWithTheGround) {
  for (std::uint64_t seed = 3; seed <= 8; ++seed) {
    const RandomGround ground(seed);
    const RouteRules rules{.count = 3, .apart_m = 250, .overlap = 0.4};
    const NearOptimal set = ground.set(0.3);
    const auto routes = dissimilar_routes(set, rules);
    for (int k = 1; k < 8; ++k) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", turn " + std::to_string(k));
      const RandomGround other = ground.turned(k);
      const NearOptimal turned = other.set(0.3);
      const auto found = dissimilar_routes(turned, rules);
      ASSERT_EQ(found.size(), routes.size());
      for (std::size_t i = 0; i < routes.size(); ++i) {
        EXPECT_NEAR(found[i].time_s, routes[i].time_s, 1e-9 * set.best_s);
        EXPECT_NEAR(found[i].length_m, routes[i].length_m, 1e-6);
      }
    }
  }
}

TEST(Routes, RulesThatMakeNoSenseAreRefused) {
  const NearOptimal set = RandomGround(1).set(0.1);
  EXPECT_THROW(dissimilar_routes(set, {.count = 0}), std::invalid_argument);
  EXPECT_THROW(dissimilar_routes(set, {.apart_m = -1}), std::invalid_argument);
  EXPECT_THROW(dissimilar_routes(set, {.overlap = 1}), std::invalid_argument);
}

}  // namespace
}  // namespace abatis
