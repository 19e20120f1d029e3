#include "abatis/travel/travel.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "support/ascii_map.hpp"
#include "travel/travel_oracle.hpp"

namespace abatis {
namespace {

using testing::arrival;
using testing::AsciiMap;
using ::testing::ElementsAre;
using testing::plain_times;

const double kDiagonal = std::sqrt(2.0);

double time_at(const TimeField& field, Cell c) {
  return field.time_s[static_cast<std::size_t>(c)];
}

// --- drawn maps: 100 m cells, open ground 10 m/s, road 20 m/s, rough ground 5 m/s ---

TEST(travel_ascii, straight_and_diagonal_moves_cost_their_length) {
  const AsciiMap map({"A..",  //
                      "...",  //
                      ".B."});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'));
  EXPECT_DOUBLE_EQ(time_at(t, map.grid().at(0, 2)), 20.0);
  EXPECT_DOUBLE_EQ(time_at(t, map.cell('B')), 10.0 + 10.0 * kDiagonal);
}

TEST(travel_ascii, a_move_takes_the_mean_slowness_of_its_ends) {
  const AsciiMap map({"A:=B"});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'));
  // 100 m * (1/10 + 1/5)/2, then (1/5 + 1/20)/2, then (1/20 + 1/10)/2
  EXPECT_DOUBLE_EQ(time_at(t, map.cell('B')), 15.0 + 12.5 + 7.5);
}

TEST(travel_ascii, the_path_goes_round_a_wall_through_its_gap) {
  const AsciiMap map({"A.#..",  //
                      "..#..",  //
                      "..#.B",  //
                      "....."});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'), {.predecessors = true});
  EXPECT_THAT(map.draw(least_time_path(t, map.cell('B'))), ElementsAre("A.#..",  //
                                                                       "*.#..",  //
                                                                       ".*#*B",  //
                                                                       "..*.."));
  EXPECT_NEAR(time_at(t, map.cell('B')), 10.0 * (2 + 3 * kDiagonal), 1e-9);
}

TEST(travel_ascii, a_bridge_carries_over_water) {
  const AsciiMap map({"A..~...",  //
                      "...~..B",  //
                      "===^===",  //
                      "...~..."});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'), {.predecessors = true});
  EXPECT_THAT(map.draw(least_time_path(t, map.cell('B'))), ElementsAre("A..~...",  //
                                                                       ".*.~..B",  //
                                                                       "==****=",  //
                                                                       "...~..."));
}

TEST(travel_ascii, entering_a_barrier_costs_its_delay_once) {
  const AsciiMap map({"A.aa.B"}, {.delay_s = {{'a', 1000}}});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'));
  EXPECT_DOUBLE_EQ(time_at(t, map.cell('B')), 50.0 + 1000.0);
}

TEST(travel_ascii, touching_barriers_cost_each_its_own_delay) {
  const AsciiMap map({"A.ab.B"}, {.delay_s = {{'a', 1000}, {'b', 300}}});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'));
  EXPECT_DOUBLE_EQ(time_at(t, map.cell('B')), 50.0 + 1300.0);
}

TEST(travel_ascii, the_way_round_is_taken_when_it_is_shorter_than_the_delay) {
  for (const double delay : {30.0, 300.0}) {
    const AsciiMap map({"A.a.B",  //
                        "..a..",  //
                        "..a..",  //
                        "....."},
                       {.delay_s = {{'a', delay}}});
    const TimeField t = travel_time(map.travel_input(), map.cells('A'));
    const double across = 40.0 + delay;
    const double round = 10.0 * (2 + 4 * kDiagonal);  // down to the gap, through, and up again
    EXPECT_NEAR(time_at(t, map.cell('B')), std::min(across, round), 1e-9) << delay;
  }
}

TEST(travel_ascii, an_infinite_delay_is_a_wall_and_a_bridge_opens_it) {
  const AsciiMap wall({"A.a.B",  //
                       "..a.."},
                      {.delay_s = {{'a', kInfinity}}});
  EXPECT_EQ(time_at(travel_time(wall.travel_input(), wall.cells('A')), wall.cell('B')),
            kUnreachable);
  const AsciiMap open({"A.a.B",  //
                       "..^.."},
                      {.delay_s = {{'a', kInfinity}}});
  EXPECT_LT(time_at(travel_time(open.travel_input(), open.cells('A')), open.cell('B')), 60.0);
}

TEST(travel_ascii, a_source_inside_a_barrier_pays_nothing_to_leave_it) {
  AsciiMap map({"..aa.B"}, {.delay_s = {{'a', 1000}}});
  const std::vector<Cell> sources = {map.grid().at(0, 2)};
  EXPECT_DOUBLE_EQ(time_at(travel_time(map.travel_input(), sources), map.cell('B')), 30.0);
}

TEST(travel_ascii, backwards_the_delay_belongs_to_entering_in_the_forward_direction) {
  const AsciiMap map({"A.aB"}, {.delay_s = {{'a', 1000}}});
  const Cell inside = map.cells('a')[0];
  const TimeField to_b = travel_time_to(map.travel_input(), map.cells('B'));
  EXPECT_DOUBLE_EQ(time_at(to_b, inside), 10.0);           // leaving is free
  EXPECT_DOUBLE_EQ(time_at(to_b, map.cell('A')), 1030.0);  // entering is not
  const TimeField to_inside = travel_time_to(map.travel_input(), {{inside}});
  EXPECT_DOUBLE_EQ(time_at(to_inside, map.cell('B')), 1010.0);
}

TEST(travel_ascii, knight_moves_shorten_the_way_but_never_jump) {
  const AsciiMap free({"A..",  //
                       "..B"});
  const std::vector<Cell> from = free.cells('A');
  EXPECT_NEAR(time_at(travel_time(free.travel_input(), from), free.cell('B')),
              10.0 * (1 + kDiagonal), 1e-12);
  EXPECT_NEAR(time_at(travel_time(free.travel_input(), from, {.neighbours = 16}), free.cell('B')),
              10.0 * std::sqrt(5.0), 1e-12);
  // One of the two cells between is impassable, or belongs to a barrier: no knight move.
  for (const std::vector<std::string>& rows :
       {std::vector<std::string>{"A#.", "..B"}, {"A..", ".#B"}, {"Aa.", "..B"}, {"A..", ".aB"}}) {
    const AsciiMap map(rows);
    EXPECT_NEAR(
        time_at(travel_time(map.travel_input(), map.cells('A'), {.neighbours = 16}), map.cell('B')),
        10.0 * (1 + kDiagonal), 1e-12)
        << rows[0] << "/" << rows[1];
  }
}

TEST(travel_ascii, paths_of_equal_time_are_told_apart_by_cell_index) {
  const AsciiMap detour({"A..",  //
                         ".#.",  //
                         "..B"});
  const TimeField t = travel_time(detour.travel_input(), detour.cells('A'), {.predecessors = true});
  // Both ways round cost the same; the predecessor of B with the lower index is the northern one.
  EXPECT_THAT(detour.draw(least_time_path(t, detour.cell('B'))), ElementsAre("A*.",  //
                                                                             ".#*",  //
                                                                             "..B"));
}

// --- early stops ---

TEST(travel_stop, times_up_to_the_nearest_target_are_final_and_later_ones_are_not_shown) {
  const AsciiMap map({"A....B....C"});
  const TimeField whole = travel_time(map.travel_input(), map.cells('A'));
  const TimeField part =
      travel_time(map.travel_input(), map.cells('A'),
                  {.targets = {map.cell('C'), map.cell('B')}, .predecessors = true});
  for (Cell c = 0; c < 11; ++c) {
    EXPECT_EQ(time_at(part, c), c <= 5 ? time_at(whole, c) : kUnreachable) << c;
    EXPECT_EQ(part.predecessor[static_cast<std::size_t>(c)], c >= 1 && c <= 5 ? c - 1 : kNoCell);
  }
  EXPECT_EQ(nearest_target(part, std::vector<Cell>{map.cell('C'), map.cell('B')}), map.cell('B'));
}

TEST(travel_stop, nothing_is_shown_beyond_the_bound) {
  const AsciiMap map({"A........."});
  const TimeField t = travel_time(map.travel_input(), map.cells('A'), {.bound_s = 45.0});
  for (Cell c = 0; c < 10; ++c) EXPECT_EQ(time_at(t, c), c <= 4 ? 10.0 * c : kUnreachable) << c;
}

// --- random grids against a plain search ---

struct RandomCase {
  Grid grid;
  Raster<float> speed;
  Raster<std::int32_t> barrier;
  std::vector<double> delay_s;
  std::vector<Cell> sources;
  TravelInput input() const {
    return {.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s};
  }
};

RandomCase random_case(std::uint64_t seed) {
  Random random(seed, 1);
  RandomCase out;
  out.grid = {.epsg = 3346,
              .cell = 50,
              .rows = 1 + static_cast<std::int32_t>(random.below(12)),
              .cols = 1 + static_cast<std::int32_t>(random.below(12))};
  out.speed = Raster<float>(out.grid, 0.0F);
  out.barrier = Raster<std::int32_t>(out.grid, 0);
  const bool whole_speeds = random.below(2) == 0;  // many ties
  const double blocked = random.uniform(0, 0.4);
  for (std::size_t c = 0; c < out.grid.size(); ++c) {
    if (random.uniform() < blocked) {
      const float kinds[] = {0.0F, std::numeric_limits<float>::quiet_NaN(), -1.0F};
      out.speed.values[c] = kinds[random.below(3)];
    } else if (whole_speeds) {
      out.speed.values[c] = random.below(2) == 0 ? 10.0F : 5.0F;
    } else {  // six orders of magnitude
      out.speed.values[c] = static_cast<float>(std::pow(10.0, random.uniform(-4, 2)));
    }
  }
  const std::uint64_t barriers = random.below(4);
  out.delay_s.assign(1, std::numeric_limits<double>::quiet_NaN());  // [0] must not be read
  for (std::uint64_t b = 1; b <= barriers; ++b) {
    const double delays[] = {0.0, 100.0, 1e5, random.uniform(0, 500), kInfinity};
    out.delay_s.push_back(delays[random.below(5)]);
    for (std::size_t c = 0; c < out.grid.size(); ++c) {
      if (random.uniform() < 0.2) out.barrier.values[c] = static_cast<std::int32_t>(b);
    }
  }
  for (std::uint64_t k = 0; k < 1 + random.below(3); ++k) {
    out.sources.push_back(static_cast<Cell>(random.below(out.grid.size())));
  }
  return out;
}

TEST(travel_random, times_equal_a_plain_search_bit_for_bit_forwards_and_backwards) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const RandomCase c = random_case(seed);
    for (const int neighbours : {8, 16, 32}) {
      const TravelOptions options{.neighbours = neighbours};
      ASSERT_EQ(travel_time(c.input(), c.sources, options).time_s,
                plain_times(c.input(), neighbours, c.sources, false))
          << "seed " << seed << ", " << neighbours << " neighbours";
      ASSERT_EQ(travel_time_to(c.input(), c.sources, options).time_s,
                plain_times(c.input(), neighbours, c.sources, true))
          << "seed " << seed << ", " << neighbours << " neighbours, backwards";
    }
  }
}

TEST(travel_random, predecessors_are_the_lowest_index_that_gives_the_time) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RandomCase c = random_case(seed);
    const TimeField t = travel_time(c.input(), c.sources, {.neighbours = 16, .predecessors = true});
    for (Cell j = 0; j < static_cast<Cell>(c.grid.size()); ++j) {
      Cell expected = kNoCell;
      for (Cell i = 0; time_at(t, j) > 0 && i < static_cast<Cell>(c.grid.size()); ++i) {
        const double at = arrival(c.input(), 16, time_at(t, i), i, j);
        if (at < kUnreachable && at == time_at(t, j)) {
          expected = i;
          break;
        }
      }
      ASSERT_EQ(t.predecessor[static_cast<std::size_t>(j)], expected)
          << "seed " << seed << ", cell " << j;
    }
  }
}

TEST(travel_random, the_order_of_sources_and_an_early_stop_change_nothing) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomCase c = random_case(seed);
    Random random(seed, 2);
    const TimeField whole = travel_time(c.input(), c.sources, {.predecessors = true});
    std::reverse(c.sources.begin(), c.sources.end());
    c.sources.push_back(c.sources.front());
    const TimeField again = travel_time(c.input(), c.sources, {.predecessors = true});
    ASSERT_EQ(whole.time_s, again.time_s) << "seed " << seed;
    ASSERT_EQ(whole.predecessor, again.predecessor) << "seed " << seed;

    const std::vector<Cell> targets = {static_cast<Cell>(random.below(c.grid.size())),
                                       static_cast<Cell>(random.below(c.grid.size()))};
    const TimeField part =
        travel_time(c.input(), c.sources, {.targets = targets, .predecessors = true});
    const double limit = std::min(time_at(whole, targets[0]), time_at(whole, targets[1]));
    for (Cell j = 0; j < static_cast<Cell>(c.grid.size()); ++j) {
      const bool shown = time_at(whole, j) <= limit;
      ASSERT_EQ(time_at(part, j), shown ? time_at(whole, j) : kUnreachable) << "seed " << seed;
      ASSERT_EQ(part.predecessor[static_cast<std::size_t>(j)],
                shown ? whole.predecessor[static_cast<std::size_t>(j)] : kNoCell)
          << "seed " << seed;
    }
  }
}

TEST(travel_random, without_delays_the_way_there_takes_as_long_as_the_way_back) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    RandomCase c = random_case(seed);
    const TravelInput input{.speed_mps = &c.speed};
    const TimeField there = travel_time(input, c.sources, {.neighbours = 16});
    const TimeField back = travel_time_to(input, c.sources, {.neighbours = 16});
    ASSERT_EQ(there.time_s, back.time_s) << "seed " << seed;
  }
}

TEST(travel_random, a_uniform_square_gives_a_field_with_its_symmetries) {
  const Grid grid{.epsg = 3346, .cell = 100, .rows = 21, .cols = 21};
  const Raster<float> speed(grid, 7.0F);
  for (const int neighbours : {8, 16}) {
    const TimeField t = travel_time({.speed_mps = &speed}, std::vector<Cell>{grid.at(10, 10)},
                                    {.neighbours = neighbours});
    for (std::int32_t r = 0; r < 21; ++r) {
      for (std::int32_t c = 0; c < 21; ++c) {
        const double at = time_at(t, grid.at(r, c));
        // The order in which steps of different length are summed differs by mirror image.
        EXPECT_NEAR(at, time_at(t, grid.at(20 - r, c)), 1e-9);
        EXPECT_NEAR(at, time_at(t, grid.at(r, 20 - c)), 1e-9);
        EXPECT_NEAR(at, time_at(t, grid.at(c, r)), 1e-9);
        const double dx = std::abs(c - 10) * 100.0;
        const double dy = std::abs(r - 10) * 100.0;
        EXPECT_GE(at, std::hypot(dx, dy) / 7.0 - 1e-9);
        if (neighbours == 8) {
          const double octile = std::max(dx, dy) + (kDiagonal - 1) * std::min(dx, dy);
          EXPECT_NEAR(at, octile / 7.0, 1e-9);
        }
      }
    }
  }
}

// A random 4-connected wall from the west edge to the east edge: what lies north of it reaches
// nothing south of it, whether the wall is impassable or a barrier of infinite delay.
TEST(travel_random, no_move_slips_through_a_4_connected_wall) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed, 3);
    const Grid grid{.epsg = 3346, .cell = 100, .rows = 15, .cols = 20};
    Raster<float> speed(grid, 10.0F);
    Raster<std::int32_t> barrier(grid, 0);
    const std::vector<double> delay_s = {0, kInfinity};
    const bool impassable = seed % 2 == 0;
    std::int32_t row = 2 + static_cast<std::int32_t>(random.below(11));
    std::vector<std::int32_t> low(20, 20);
    for (std::int32_t col = 0; col < 20; ++col) {
      const std::int32_t next = 1 + static_cast<std::int32_t>(random.below(13));
      for (std::int32_t r = std::min(row, next); r <= std::max(row, next); ++r) {
        if (impassable) speed[grid.at(r, col)] = 0.0F;
        if (!impassable) barrier[grid.at(r, col)] = 1;
      }
      row = next;
    }
    std::vector<Cell> north;
    for (std::int32_t col = 0; col < 20; ++col) north.push_back(grid.at(0, col));
    for (const int neighbours : {8, 16}) {
      const TimeField t =
          travel_time({.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s}, north,
                      {.neighbours = neighbours});
      for (std::int32_t col = 0; col < 20; ++col) {
        ASSERT_EQ(time_at(t, grid.at(14, col)), kUnreachable) << "seed " << seed;
      }
    }
  }
}

TEST(travel_random, a_wide_range_of_speeds_and_delays_stays_exact_beyond_the_bucket_block) {
  const Grid grid{.epsg = 3346, .cell = 100, .rows = 3, .cols = 300};
  Raster<float> speed(grid, 0.0F);
  for (std::int32_t c = 0; c < 300; ++c) speed[grid.at(1, c)] = c % 7 == 0 ? 1e-3F : 30.0F;
  Raster<std::int32_t> barrier(grid, 0);
  barrier[grid.at(1, 150)] = 1;
  const std::vector<double> delay_s = {0, 1e12};
  const TravelInput input{.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s};
  const std::vector<Cell> sources = {grid.at(1, 3)};
  EXPECT_EQ(travel_time(input, sources).time_s, plain_times(input, 8, sources, false));
}

// --- bad input ---

TEST(travel_input, sources_on_impassable_cells_reach_nothing) {
  const AsciiMap map({"#A."});
  const TimeField t = travel_time(map.travel_input(), map.cells('#'));
  EXPECT_EQ(t.time_s, std::vector<double>(3, kUnreachable));
  EXPECT_EQ(nearest_target(t, map.cells('A')), kNoCell);
  EXPECT_TRUE(travel_time(map.travel_input(), {}).time_s == t.time_s);
}

TEST(travel_input, a_broken_call_is_refused) {
  AsciiMap map({"A.a"}, {.delay_s = {{'a', 5}}});
  const std::vector<Cell> sources = map.cells('A');
  const TravelInput good = map.travel_input();
  EXPECT_NO_THROW(travel_time(good, sources));
  EXPECT_THROW(travel_time({}, sources), std::invalid_argument);
  EXPECT_THROW(travel_time(good, std::vector<Cell>{3}), std::invalid_argument);
  EXPECT_THROW(travel_time(good, std::vector<Cell>{kNoCell}), std::invalid_argument);
  EXPECT_THROW(travel_time(good, sources, {.neighbours = 4}), std::invalid_argument);
  EXPECT_THROW(travel_time(good, sources, {.targets = {7}}), std::invalid_argument);
  TravelInput few = good;
  few.delay_s = few.delay_s.first(1);
  EXPECT_THROW(travel_time(few, sources), std::invalid_argument);
  for (const double delay : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    const std::vector<double> wrong = {0, delay};
    TravelInput input = good;
    input.delay_s = wrong;
    EXPECT_THROW(travel_time(input, sources), std::invalid_argument);
  }
  const Raster<std::int32_t> other(Grid{.epsg = 3346, .cell = 100, .rows = 1, .cols = 2}, 0);
  TravelInput grids = good;
  grids.barrier = &other;
  EXPECT_THROW(travel_time(grids, sources), std::invalid_argument);
  map.speed_mps()[1] = std::numeric_limits<float>::infinity();
  EXPECT_THROW(travel_time(map.travel_input(), sources), std::invalid_argument);
}

TEST(travel_input, a_path_needs_predecessors_and_a_reached_cell) {
  const AsciiMap map({"A#B"});
  const TimeField with = travel_time(map.travel_input(), map.cells('A'), {.predecessors = true});
  EXPECT_TRUE(least_time_path(with, map.cell('B')).empty());
  EXPECT_THAT(least_time_path(with, map.cell('A')), ElementsAre(map.cell('A')));
  EXPECT_THROW(least_time_path(with, 3), std::invalid_argument);
  const TimeField without = travel_time(map.travel_input(), map.cells('A'));
  EXPECT_THROW(least_time_path(without, map.cell('A')), std::invalid_argument);
}

}  // namespace
}  // namespace abatis
