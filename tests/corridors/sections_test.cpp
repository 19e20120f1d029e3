#include "abatis/corridors/sections.hpp"

#include <algorithm>
#include <queue>
#include <set>

#include <gtest/gtest.h>

#include "abatis/corridors/corridors.hpp"
#include "random_ground.hpp"
#include "support/ascii_map.hpp"

namespace abatis {
namespace {
using abatis::testing::AsciiMap;
using abatis::testing::in_region;
using abatis::testing::RandomGround;

const std::vector<Formation> kCompanyToBrigade{{"company", "Company", 500, {"test"}},
                                               {"battalion", "Battalion", 1500, {"test"}},
                                               {"brigade", "Brigade", 3000, {"test"}}};

CorridorRules small_rules(double slack, int routes = 1) {
  CorridorRules rules;
  rules.slack = slack;
  rules.routes = {.count = routes, .apart_m = 300, .overlap = 0.5};
  rules.lasting_m = 200;
  return rules;
}

struct Described {
  NearOptimal set;
  CaseCorridors found;
};

Described describe(const AsciiMap& map, const CorridorRules& rules) {
  Described out;
  out.set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), rules.slack);
  out.found = describe_corridors(out.set, kCompanyToBrigade, rules);
  return out;
}

// The choke points drawn over the map as 'x'.
std::vector<std::string> draw_chokes(const AsciiMap& map, const Described& d) {
  std::vector<std::string> out = map.rows();
  for (const ChokePoint& choke : d.found.chokes) {
    for (const Cell c : choke.cells) {
      const Cell r = in_region(d.set, map.grid(), c);
      out[static_cast<std::size_t>(map.grid().row_of(r))]
         [static_cast<std::size_t>(map.grid().col_of(r))] = 'x';
    }
  }
  return out;
}

TEST(Sections, AGapInAWallIsAChokePointOneCellWide) {
  const AsciiMap map({"A.........#.........B", "A.........#.........B", "A.........#.........B",
                      "A...................B", "A.........#.........B", "A.........#.........B",
                      "A.........#.........B"});
  const auto d = describe(map, small_rules(0.3));
  EXPECT_EQ(draw_chokes(map, d),
            (std::vector<std::string>{"A.........#.........B", "A.........#.........B",
                                      "A.........#.........B", "A.........x.........B",
                                      "A.........#.........B", "A.........#.........B",
                                      "A.........#.........B"}));
  ASSERT_EQ(d.found.chokes.size(), 1U);
  EXPECT_EQ(d.found.chokes[0].section.width_m, 100);
  EXPECT_EQ(d.found.chokes[0].fits, -1);
  EXPECT_EQ(d.found.routes[0].narrowest.width_m, 100);
}

TEST(Sections, TwoBridgesAreTwoRoutesAndTwoChokePoints) {
  const AsciiMap map({"A.........~.........B", "A.........~.........B", "A.........^.........B",
                      "A.........~.........B", "A.........~.........B", "A.........~.........B",
                      "A.........~.........B", "A.........~.........B", "A.........^.........B",
                      "A.........~.........B", "A.........~.........B"});
  const auto d = describe(map, small_rules(0.2, 2));
  ASSERT_EQ(d.found.routes.size(), 2U);
  ASSERT_EQ(d.found.chokes.size(), 2U);
  const auto drawn = draw_chokes(map, d);
  EXPECT_EQ(drawn[2], "A.........x.........B");
  EXPECT_EQ(drawn[8], "A.........x.........B");
  for (const ChokePoint& choke : d.found.chokes) {
    EXPECT_EQ(choke.section.width_m, 100);
    EXPECT_EQ(choke.routes.size(), 1U);
  }
  EXPECT_NE(d.found.chokes[0].routes, d.found.chokes[1].routes);
}

TEST(Sections, AnIsthmusBetweenLakesIsAsWideAsItIs) {
  const AsciiMap map(
      {"A........~~~~.........B", "A........~~~~.........B", "A.........~~..........B",
       "A.....................B", "A.....................B", "A.....................B",
       "A.........~~..........B", "A........~~~~.........B", "A........~~~~.........B"});
  const auto d = describe(map, small_rules(0.25));
  ASSERT_EQ(d.found.chokes.size(), 1U);
  EXPECT_EQ(d.found.chokes[0].section.width_m, 300);
  const Cell at = in_region(d.set, map.grid(), d.found.chokes[0].section.at);
  EXPECT_GE(map.grid().col_of(at), 8);
  EXPECT_LE(map.grid().col_of(at), 12);
}

TEST(Sections, AStreetThatCanBeGoneRoundIsNoChokePoint) {
  // The road runs between two houses; the fields beside them cost little more.
  const AsciiMap map({"A...........................B", "A...........................B",
                      "A............##.............B", "A...........................B",
                      "A............##.............B", "A...........................B",
                      "A...........................B"});
  const auto d = describe(map, small_rules(0.4));
  ASSERT_FALSE(d.found.routes[0].sections.empty());
  const auto narrowest =
      std::min_element(d.found.routes[0].sections.begin(), d.found.routes[0].sections.end(),
                       [](const Section& a, const Section& b) { return a.width_m < b.width_m; });
  EXPECT_LE(narrowest->width_m, 300);
  EXPECT_TRUE(d.found.chokes.empty());
}

TEST(Sections, TimeAroundIsThatOfTheOtherGap) {
  const AsciiMap map({"A.........#.........B", "A.........#.........B", "A...................B",
                      "A.........#.........B", "A.........#.........B", "A:::::::::::::::::::B",
                      "A.........#.........B"});
  const NearOptimal set = near_optimal(map.travel_input(), map.cells('A'), map.cells('B'), 1);
  const auto way = set.way_through(set.targets.front());
  for (const Section& s : sections_along(set, way, 0.45)) {
    if (s.width_m > 100) continue;
    const auto piece = section_cells(set, s.at, s.progress);
    EXPECT_EQ(time_around(set, s, piece, 200), kUnreachable) << "the other gap is 300 m away";
    const double around = time_around(set, s, piece, 300);
    EXPECT_GT(around, set.best_s);
    EXPECT_LE(around, set.limit_s);
    return;
  }
  FAIL() << "no section at the gap";
}

TEST(Sections, ADefileWithoutAWideningIsNoChokePoint) {
  const AsciiMap map({"#####################", "A...................B", "#####################"});
  const auto d = describe(map, small_rules(0.5));
  EXPECT_TRUE(d.found.chokes.empty());
  EXPECT_EQ(d.found.routes[0].narrowest.width_m, 100);
}

TEST(Sections, OpenGroundIsAsWideAsTheStrip) {
  const AsciiMap map(std::vector<std::string>(7, "A...................B"));
  const auto d = describe(map, small_rules(1.0));
  for (const Section& s : d.found.routes[0].sections) EXPECT_EQ(s.width_m, 700);
  EXPECT_EQ(d.found.routes[0].fits, 0);
  ASSERT_EQ(d.found.routes[0].fits_share.size(), 3U);
  EXPECT_GT(d.found.routes[0].fits_share[0], 0.8);
  EXPECT_EQ(d.found.routes[0].fits_share[1], 0);
}

TEST(Sections, TheSectionsOfALevelCutEveryWay) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomGround ground(seed);
    const NearOptimal set = ground.set(0.25);
    if (!set.reached()) continue;
    for (const double level : {0.2, 0.37, 0.5, 0.81}) {
      // All cells of the level's sections taken out: no target is left within reach.
      std::set<Cell> cut;
      for (Cell c = 0; c < static_cast<Cell>(set.grid.size()); ++c) {
        if (!set.holds(c) || set.progress(c) > level) continue;
        bool beyond = false;
        for_each_beside(set.grid, c, [&](Cell n) {
          beyond = beyond || (set.holds(n) && set.progress(n) > level);
        });
        if (beyond) cut.insert(c);
      }
      std::set<Cell> seen;
      std::vector<Cell> open;
      for (const Cell c : set.sources) {
        if (!cut.contains(c) && set.progress(c) <= level && seen.insert(c).second)
          open.push_back(c);
      }
      while (!open.empty()) {
        const Cell c = open.back();
        open.pop_back();
        for_each_beside(set.grid, c, [&](Cell n) {
          if (set.holds(n) && !cut.contains(n) && seen.insert(n).second) open.push_back(n);
        });
      }
      for (const Cell c : set.targets) EXPECT_FALSE(seen.contains(c));
      // The piece a way leaves through is part of it.
      const auto way = set.way_through(set.targets.front());
      const Section s = section_of(set, way, level);
      if (s.at == kNoCell) continue;
      for (const Cell c : section_cells(set, s.at, level)) EXPECT_TRUE(cut.contains(c));
    }
  }
}

TEST(Sections, WidthIsTheGreatestDistanceAndOneCell) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const NearOptimal set = RandomGround(seed).set(0.3);
    if (!set.reached()) continue;
    for (const Section& s : sections_along(set, set.way_through(set.targets.front()), 0.1)) {
      double most = 0;
      const auto cells = section_cells(set, s.at, s.progress);
      for (const Cell a : cells) {
        for (const Cell b : cells) {
          const Point p = set.grid.centre(a);
          const Point q = set.grid.centre(b);
          most = std::max(most, std::hypot(p.x - q.x, p.y - q.y));
        }
      }
      EXPECT_NEAR(s.width_m, most + 100, 1e-9);
      EXPECT_EQ(s.key, *std::min_element(cells.begin(), cells.end()));
    }
  }
}

std::vector<std::size_t> minima(const std::vector<double>& width, double lasting = 1) {
  std::vector<double> along(width.size());
  for (std::size_t i = 0; i < along.size(); ++i) along[i] = static_cast<double>(i);
  std::vector<std::size_t> middles;
  for (const Narrow& narrow : narrow_minima(width, along, 2, lasting)) {
    middles.push_back(narrow.middle());
  }
  return middles;
}

TEST(NarrowMinima, RiseToTwiceTheirWidthOnBothSides) {
  using Indices = std::vector<std::size_t>;
  EXPECT_EQ(minima({8, 8, 3, 8, 8}), (Indices{2}));
  EXPECT_EQ(minima({8, 8, 5, 8, 8}), Indices{}) << "8 is not twice 5";
  EXPECT_EQ(minima({3, 3, 8, 8, 8}), Indices{}) << "an end is no choke point";
  EXPECT_EQ(minima({8, 8, 3, 8, 8, 3, 8, 8}), (Indices{2, 5}));
  EXPECT_EQ(minima({8, 8, 3, 4, 4, 3, 8, 8}), (Indices{2})) << "one narrow, told once";
  EXPECT_EQ(minima({9, 9, 3, 5, 5, 2, 9, 9}), (Indices{5})) << "the lower one counts";
  EXPECT_EQ(minima({8, 8, 3, 3, 3, 8, 8}), (Indices{3})) << "the middle of a flat one";
  EXPECT_EQ(minima({}), Indices{});
}

TEST(NarrowMinima, ASpikeIsNoWidening) {
  using Indices = std::vector<std::size_t>;
  EXPECT_EQ(minima({3, 3, 9, 3, 3, 9, 3, 3}), Indices{});
  EXPECT_EQ(minima({9, 9, 9, 3, 3, 9, 3, 9, 9, 9}, 2), (Indices{4}));
}

TEST(NarrowMinima, ARiseOfNothingIsRefused) {
  const std::vector<double> one{1};
  EXPECT_THROW(narrow_minima(one, one, 1, 0), std::invalid_argument);
  EXPECT_THROW(narrow_minima(one, {}, 2, 0), std::invalid_argument);
}

}  // namespace
}  // namespace abatis
