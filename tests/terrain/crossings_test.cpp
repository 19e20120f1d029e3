// The rule by which roads and barriers share cells, drawn. One character is a cell of 100 m:
//   .  free      o  road      #  barrier      B  bridge      x  road inside a barrier (not crossed)

#include "terrain/crossings.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis::terrain_detail {
namespace {

using ::testing::ElementsAre;
using Line = std::vector<Point>;

// Points in cells: x east from the west edge, y south from the north edge, 1.5 = middle of cell 1.
Line line(std::vector<Point> cells) {
  for (Point& p : cells) p = {p.x * 100, -p.y * 100};
  return cells;
}

Grid grid_of(std::int32_t rows, std::int32_t cols) {
  return {.epsg = 3346, .cell = 100, .rows = rows, .cols = cols};
}

struct Road {
  Line line;
  std::uint8_t road = 1;  // classes 1..3 have rank 1..3
};

LineCells lay(const Grid& grid, const std::vector<Road>& roads, const std::vector<Line>& rivers) {
  std::vector<RoadLine> road_lines;
  for (const Road& r : roads) road_lines.push_back({&r.line, r.road, r.road});
  std::vector<BarrierLine> barriers;
  for (const Line& r : rivers) barriers.push_back({&r, 1});
  const std::vector<int> rank = {0, 1, 2, 3};
  return lay_lines(grid, road_lines, barriers, rank);
}

std::vector<std::string> draw(const LineCells& cells) {
  const Grid& grid = cells.road.grid;
  std::vector<std::string> out;
  for (std::int32_t r = 0; r < grid.rows; ++r) {
    std::string row;
    for (std::int32_t c = 0; c < grid.cols; ++c) {
      const Cell at = grid.at(r, c);
      const bool road = cells.road[at] != 0;
      const bool barrier = cells.natural[at] != 0;
      row += cells.bridge[at] != 0 ? 'B' : road && barrier ? 'x' : road ? 'o' : barrier ? '#' : '.';
    }
    out.push_back(row);
  }
  return out;
}

// Cells that 8-neighbour moves reach without entering a barrier (a bridge is open).
std::vector<bool> reached(const LineCells& cells, const std::vector<Cell>& from) {
  const Grid& grid = cells.road.grid;
  std::vector<bool> out(grid.size(), false);
  const auto open = [&](Cell c) { return cells.natural[c] == 0 || cells.bridge[c] != 0; };
  std::vector<Cell> stack;
  for (const Cell c : from) {
    if (open(c)) stack.push_back(c);
  }
  while (!stack.empty()) {
    const Cell c = stack.back();
    stack.pop_back();
    if (out[static_cast<std::size_t>(c)]) continue;
    out[static_cast<std::size_t>(c)] = true;
    for (std::int32_t dr = -1; dr <= 1; ++dr) {
      for (std::int32_t dc = -1; dc <= 1; ++dc) {
        const std::int32_t row = grid.row_of(c) + dr;
        const std::int32_t col = grid.col_of(c) + dc;
        if (grid.inside(row, col) && open(grid.at(row, col))) stack.push_back(grid.at(row, col));
      }
    }
  }
  return out;
}

TEST(terrain_segments, cross_once_at_a_vertex_and_not_when_they_only_touch) {
  Point at;
  EXPECT_TRUE(segments_cross({0, 0}, {2, 2}, {0, 2}, {2, 0}, &at));
  EXPECT_NEAR(at.x, 1.0, 1e-12);
  EXPECT_NEAR(at.y, 1.0, 1e-12);
  EXPECT_FALSE(segments_cross({0, 0}, {1, 1}, {5, 0}, {0, 5}));
  EXPECT_FALSE(segments_cross({0, 0}, {1, 0}, {0, 0}, {1, 0}));  // one on the other
  // A line through a vertex of another crosses one of its two segments.
  const auto count = [](Point vertex_before, Point vertex_after) {
    const Point a{0, -1}, b{0, 1}, vertex{0, 0};
    return int{segments_cross(a, b, vertex_before, vertex)} +
           int{segments_cross(a, b, vertex, vertex_after)};
  };
  EXPECT_EQ(count({-1, 0}, {1, 0}), 1);
  EXPECT_EQ(count({1, 0}, {-1, 0}), 1);
  EXPECT_EQ(count({-1, 0}, {-1, 0.5}) % 2, 0);  // touches and goes back
  EXPECT_EQ(count({1, 0}, {1, 0.5}) % 2, 0);
}

TEST(terrain_segments, the_middle_of_a_line_inside_a_cell) {
  const Grid grid = grid_of(3, 3);
  const Point p = middle_in_cell(grid, grid.at(1, 1), {0, -150}, {300, -150});
  EXPECT_NEAR(p.x, 150, 1e-9);
  EXPECT_NEAR(p.y, -150, 1e-9);
  const Point corner = middle_in_cell(grid, grid.at(0, 0), {50, -50}, {150, -50});
  EXPECT_NEAR(corner.x, 75, 1e-9);
}

TEST(terrain_crossings, a_road_across_a_river_is_a_bridge_in_the_cell_where_they_cross) {
  const Grid grid = grid_of(5, 5);
  const LineCells cells = lay(grid, {{line({{2.5, 0}, {2.5, 5}})}}, {line({{0, 2.5}, {5, 2.5}})});
  EXPECT_THAT(draw(cells), ElementsAre("..o..",  //
                                       "..o..",  //
                                       "##B##",  //
                                       "..o..",  //
                                       "..o.."));
  EXPECT_EQ(cells.bridge_cells, 1);
  EXPECT_EQ(cells.closed_cells, 0);
}

TEST(terrain_crossings, a_road_along_the_bank_stays_open_and_the_barrier_gives_way) {
  // River 30 m south of the road, in the same row of cells.
  const Grid grid = grid_of(5, 6);
  const LineCells cells = lay(grid, {{line({{0, 2.3}, {6, 2.3}})}}, {line({{0, 2.6}, {6, 2.6}})});
  EXPECT_THAT(draw(cells), ElementsAre("......",  //
                                       "......",  //
                                       "oooooo",  //
                                       "######",  //
                                       "......"));
  EXPECT_EQ(cells.moved_cells, 6);
  EXPECT_EQ(cells.bridge_cells, 0);
}

TEST(terrain_crossings, a_road_that_touches_one_river_cell_opens_nothing) {
  // The road comes down beside the river, shares one cell with it, and turns away on its bank.
  const Grid grid = grid_of(5, 7);
  const LineCells cells =
      lay(grid, {{line({{1.5, 0}, {3.5, 2.2}, {5.5, 0}})}}, {line({{0, 2.5}, {7, 2.5}})});
  EXPECT_EQ(cells.bridge_cells, 0);
  std::vector<Cell> north;
  for (std::int32_t c = 0; c < 7; ++c) north.push_back(grid.at(0, c));
  const std::vector<bool> seen = reached(cells, north);
  for (std::int32_t c = 0; c < 7; ++c) EXPECT_FALSE(seen[static_cast<std::size_t>(grid.at(4, c))]);
  EXPECT_TRUE(seen[static_cast<std::size_t>(grid.at(2, 3))]) << "the road itself is cut";
  EXPECT_THAT(draw(cells)[2], "###o###");
  EXPECT_THAT(draw(cells)[3], "..###..");
}

TEST(terrain_crossings, a_road_that_runs_along_and_then_crosses_opens_only_at_the_crossing) {
  const Grid grid = grid_of(6, 9);
  const LineCells cells = lay(grid, {{line({{0, 2.3}, {4.5, 2.3}, {4.5, 2.8}, {9, 2.8}})}},
                              {line({{0, 2.55}, {9, 2.55}})});
  EXPECT_THAT(draw(cells), ElementsAre(".........",  //
                                       ".....####",  //
                                       "ooooBoooo",  //
                                       "####.....",  //
                                       ".........",  //
                                       "........."));
}

TEST(terrain_crossings, of_two_roads_on_both_banks_the_better_stays_open) {
  const Grid grid = grid_of(5, 6);
  const std::vector<Line> river = {line({{0, 2.5}, {6, 2.5}})};
  // Both in the river's cells: the main road keeps them, the track is closed with its bank.
  const Road main_road{line({{0, 2.2}, {6, 2.2}}), 1};
  const Road track{line({{0, 3.2}, {6, 3.2}}), 3};
  EXPECT_THAT(draw(lay(grid, {track, main_road}, river)), ElementsAre("......",  //
                                                                      "......",  //
                                                                      "oooooo",  //
                                                                      "xxxxxx",  //
                                                                      "......"));
  // A road as good on the far bank: neither gives way, the one in the river's cells is closed.
  const Road other{line({{0, 3.2}, {6, 3.2}}), 1};
  const LineCells both = lay(grid, {main_road, other}, river);
  EXPECT_THAT(draw(both), ElementsAre("......",  //
                                      "......",  //
                                      "xxxxxx",  //
                                      "oooooo",  //
                                      "......"));
  EXPECT_EQ(both.closed_cells, 6);
}

TEST(terrain_crossings, a_junction_inside_a_river_cell_keeps_its_roads_together) {
  // Three edges of a road network meet on the bank, in a cell of the river.
  const Grid grid = grid_of(5, 7);
  const Point node{3.4, 2.3};
  const LineCells cells =
      lay(grid, {{line({{0, 2.2}, node})}, {line({node, {7, 2.2}})}, {line({node, {3.4, 0}})}},
          {line({{0, 2.7}, {7, 2.7}})});
  EXPECT_THAT(draw(cells), ElementsAre("...o...",  //
                                       "...o...",  //
                                       "ooooooo",  //
                                       "#######",  //
                                       "......."));
}

TEST(terrain_crossings, a_bridge_beside_its_junction_is_reached_from_both_banks) {
  const Grid grid = grid_of(6, 7);
  const LineCells cells = lay(grid,
                              {{line({{0, 2.3}, {3.4, 2.3}})},
                               {line({{3.4, 2.3}, {3.6, 2.9}})},  // the bridge
                               {line({{3.6, 2.9}, {7, 3.1}})}},
                              {line({{0, 2.6}, {7, 2.6}})});
  const std::vector<bool> seen = reached(cells, {grid.at(2, 0)});
  EXPECT_TRUE(seen[static_cast<std::size_t>(grid.at(3, 6))])
      << ::testing::PrintToString(draw(cells));
  EXPECT_EQ(cells.closed_cells, 0) << ::testing::PrintToString(draw(cells));
}

TEST(terrain_crossings, the_better_road_and_the_first_barrier_class_win_a_shared_cell) {
  const Grid grid = grid_of(3, 3);
  const Line road = line({{0, 0.5}, {3, 0.5}});
  const std::vector<RoadLine> roads = {{&road, 3, 3}, {&road, 1, 1}, {&road, 2, 2}};
  const Line river = line({{0, 2.5}, {3, 2.5}});
  const std::vector<BarrierLine> barriers = {{&river, 2}, {&river, 1}};
  const LineCells cells = lay_lines(grid, roads, barriers, std::vector<int>{0, 1, 2, 3});
  EXPECT_EQ(cells.road[grid.at(0, 1)], 1);
  EXPECT_EQ(cells.natural[grid.at(2, 1)], 1);
}

TEST(terrain_crossings, a_river_that_ends_at_a_lake_leaves_no_gap_on_its_shore) {
  const Grid grid = grid_of(5, 8);
  Raster<std::uint8_t> water(grid, 0);
  for (std::int32_t r = 0; r < 5; ++r) {
    for (std::int32_t c = 5; c < 8; ++c) water[grid.at(r, c)] = 1;
  }
  // Two edges of one river; it ends 120 m before the first lake cell, 1.7 cells from its centre.
  const Line west = line({{0, 2.5}, {2.1, 2.5}});
  const Line east = line({{2.1, 2.5}, {3.8, 2.4}});
  const std::vector<BarrierLine> rivers = {{&west, 2}, {&east, 2}};
  const ShoreLines shore = lines_to_shore(water, rivers);
  ASSERT_EQ(shore.lines.size(), 1U);  // not at the node in the middle, nor at the west edge
  EXPECT_EQ(shore.from[0], 2);
  EXPECT_THAT(draw(lay(grid, {}, {west, east, shore.lines[0]}))[2], "######..");
  // Nothing is drawn to water further away, or from an end that lies in water.
  const Line far = line({{0, 2.5}, {2.2, 2.5}});
  const Line into = line({{0, 2.5}, {5.5, 2.5}});
  EXPECT_TRUE(lines_to_shore(water, std::vector<BarrierLine>{{&far, 1}}).lines.empty());
  EXPECT_TRUE(lines_to_shore(water, std::vector<BarrierLine>{{&into, 1}}).lines.empty());
}

TEST(terrain_crossings, lines_beyond_the_grid_and_empty_input_do_no_harm) {
  const Grid grid = grid_of(3, 3);
  EXPECT_EQ(draw(lay(grid, {}, {})), (std::vector<std::string>(3, "...")));
  const LineCells cells = lay(grid,
                              {{line({{-5, 1.4}, {8, 1.4}, {8, -4}, {1.5, -4}, {1.5, 9}})},
                               {line({{50, 50}, {60, 60}})},
                               {Line{}}},
                              {line({{-9, 1.6}, {9, 1.6}}), line({{-9, -9}, {-8, -8}})});
  EXPECT_EQ(cells.bridge[grid.at(1, 1)], 1);
  EXPECT_EQ(cells.bridge_cells, 1);
}

// --- random rivers and roads ---

struct Case {
  Grid grid;
  Line river;  // from the west edge to the east edge, as a graph over x
  std::vector<Road> roads;
};

double river_y(const Case& c, double x) {
  const auto after =
      std::find_if(c.river.begin() + 1, c.river.end() - 1, [&](Point p) { return p.x >= x; });
  const Point a = *(after - 1);
  const Point b = *after;
  return a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y);
}

// A meandering river, and roads that follow it at a small distance on either bank.
Case random_case(std::uint64_t seed) {
  Random random(seed, 11);
  Case c{grid_of(20, 24), {}, {}};
  double y = -1000;
  for (double x = -50; x <= 2500; x += random.uniform(30, 220)) {
    y = std::clamp(y + random.uniform(-180, 180), -1500.0, -500.0);
    c.river.push_back({x, y});
  }
  c.river.push_back({2600, y});
  const std::uint64_t count = 1 + random.below(4);
  for (std::uint64_t k = 0; k < count; ++k) {
    const double side = random.below(2) == 0 ? 1 : -1;  // 1: north
    Road road;
    road.road = static_cast<std::uint8_t>(1 + random.below(3));
    double x = random.uniform(50, 1200);
    const double end = random.uniform(1300, 2350);
    // Vertices on every vertex of the river between, so that no chord cuts a bend.
    std::vector<double> stops;
    for (const Point& p : c.river) {
      if (p.x > x && p.x < end) stops.push_back(p.x);
    }
    stops.insert(stops.begin(), x);
    stops.push_back(end);
    double offset = random.uniform(5, 120);
    for (const double stop : stops) {
      offset = std::clamp(offset + random.uniform(-40, 40), 5.0, 150.0);
      road.line.push_back({stop, river_y(c, stop) + side * offset});
    }
    c.roads.push_back(road);
  }
  return c;
}

std::vector<Cell> row_of(const Grid& grid, std::int32_t row) {
  std::vector<Cell> out;
  for (std::int32_t c = 0; c < grid.cols; ++c) out.push_back(grid.at(row, c));
  return out;
}

bool any(const std::vector<bool>& seen, const std::vector<Cell>& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [&](Cell c) { return seen[static_cast<std::size_t>(c)]; });
}

TEST(terrain_crossings_random, roads_on_the_banks_never_open_the_river) {
  std::int64_t moved = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const Case c = random_case(seed);
    const LineCells cells = lay(c.grid, c.roads, {c.river});
    ASSERT_EQ(cells.bridge_cells, 0) << "seed " << seed;
    ASSERT_FALSE(any(reached(cells, row_of(c.grid, 0)), row_of(c.grid, 19)))
        << "seed " << seed << "\n"
        << ::testing::PrintToString(draw(cells));
    moved += cells.moved_cells;
  }
  EXPECT_GT(moved, 10000);  // the rule was at work
}

TEST(terrain_crossings_random, a_crossing_opens_the_river_only_where_the_bridge_is) {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Case c = random_case(seed);
    Random random(seed, 13);
    const double x = random.uniform(200, 2200);
    // Along the bank, over the river, and along the other bank.
    Road over{{}, 1};
    for (double at = x - random.uniform(100, 800); at < x; at += 20) {
      over.line.push_back({at, river_y(c, at) + 45});
    }
    over.line.push_back({x, river_y(c, x) + 45});
    for (double at = x + 5; at < x + 600; at += 20) {
      over.line.push_back({at, river_y(c, at) - 45});
    }
    c.roads.push_back(over);
    LineCells cells = lay(c.grid, c.roads, {c.river});
    ASSERT_GE(cells.bridge_cells, 1) << "seed " << seed;
    // Without the bridges and what touches them, the river holds.
    const Raster<std::uint8_t> bridge = cells.bridge;
    for (std::int32_t row = 0; row < c.grid.rows; ++row) {
      for (std::int32_t col = 0; col < c.grid.cols; ++col) {
        if (bridge[c.grid.at(row, col)] == 0) continue;
        for (std::int32_t r = row - 1; r <= row + 1; ++r) {
          for (std::int32_t k = col - 1; k <= col + 1; ++k) {
            if (!c.grid.inside(r, k)) continue;
            cells.natural[c.grid.at(r, k)] = 1;
            cells.bridge[c.grid.at(r, k)] = 0;
          }
        }
      }
    }
    ASSERT_FALSE(any(reached(cells, row_of(c.grid, 0)), row_of(c.grid, 19)))
        << "seed " << seed << "\n"
        << ::testing::PrintToString(draw(cells));
  }
}

TEST(terrain_crossings_random, a_single_road_on_a_bank_is_hardly_ever_closed) {
  std::int64_t road_cells = 0;
  std::int64_t closed = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Case c = random_case(seed);
    c.roads.resize(1);
    const LineCells cells = lay(c.grid, c.roads, {c.river});
    closed += cells.closed_cells;
    for (const std::uint8_t r : cells.road.values) road_cells += r != 0 ? 1 : 0;
  }
  EXPECT_LT(static_cast<double>(closed), 0.02 * static_cast<double>(road_cells))
      << closed << " of " << road_cells;
}

TEST(terrain_crossings_random, one_bridge_opens_the_river_and_its_road_leads_over_it) {
  int joined = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Case c = random_case(seed);
    Random random(seed, 12);
    const double x = random.uniform(200, 2200);
    const double y = river_y(c, x);
    Road bridge{{{x + random.uniform(-80, 80), y + 350},
                 {x, y + 40},
                 {x, y - 40},
                 {x + random.uniform(-80, 80), y - 350}},
                1};
    c.roads.assign(1, bridge);
    const LineCells cells = lay(c.grid, c.roads, {c.river});
    ASSERT_GE(cells.bridge_cells, 1) << "seed " << seed;
    const auto north = c.grid.cell_at(bridge.line.front());
    const auto south = c.grid.cell_at(bridge.line.back());
    ASSERT_TRUE(north && south);
    if (cells.natural[*north] != 0 || cells.natural[*south] != 0) continue;  // a bend of the river
    joined += reached(cells, {*north})[static_cast<std::size_t>(*south)] ? 1 : 0;
  }
  EXPECT_GE(joined, 450);
}

}  // namespace
}  // namespace abatis::terrain_detail
