// The oracle that kernels are held to, held to figures worked out by hand.
#include "travel/oracle.hpp"

#include <cmath>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "travel/random_ground.hpp"

namespace abatis::testing {
namespace {

using ::testing::UnorderedElementsAre;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

OracleInput uniform(std::int32_t rows, std::int32_t cols, double friction) {
  return {.rows = rows,
          .cols = cols,
          .cell = 10.0,
          .friction = std::vector<double>(static_cast<std::size_t>(rows * cols), friction)};
}

double& at(std::vector<double>& values, const OracleInput& in, std::int32_t r, std::int32_t c) {
  return values[static_cast<std::size_t>(in.at(r, c))];
}

TEST(travel_oracle, has_as_many_moves_as_neighbours_and_each_has_its_opposite) {
  for (const int neighbours : {8, 16, 32}) {
    const std::vector<Step> steps = oracle_steps(neighbours);
    EXPECT_EQ(steps.size(), static_cast<std::size_t>(neighbours));
    const std::set<Step> all(steps.begin(), steps.end());
    EXPECT_EQ(all.size(), steps.size());
    for (const auto& [dr, dc] : all) {
      EXPECT_TRUE(all.contains({-dr, -dc}) && all.contains({dc, dr})) << dr << "," << dc;
    }
  }
}

TEST(travel_oracle, finds_the_cells_whose_interior_a_move_passes_through) {
  EXPECT_THAT(oracle_cells_under({1, 1}), UnorderedElementsAre(Step{0, 0}, Step{1, 1}));
  EXPECT_THAT(oracle_cells_under({1, 2}),
              UnorderedElementsAre(Step{0, 0}, Step{0, 1}, Step{1, 1}, Step{1, 2}));
  // Through the corner between (0,1) and (1,2): the cells on its other sides are not entered.
  EXPECT_THAT(oracle_cells_under({1, 3}),
              UnorderedElementsAre(Step{0, 0}, Step{0, 1}, Step{1, 2}, Step{1, 3}));
  EXPECT_THAT(oracle_cells_under({-3, 2}),
              UnorderedElementsAre(Step{0, 0}, Step{-1, 0}, Step{-1, 1}, Step{-2, 1}, Step{-2, 2},
                                   Step{-3, 2}));
}

TEST(travel_oracle, a_longer_move_goes_straight_to_where_the_shorter_ones_bend) {
  const OracleInput in = uniform(4, 4, 2.0);
  const double to_1_3[] = {20.0 * (2.0 + std::sqrt(2.0)), 20.0 * (1.0 + std::sqrt(5.0)),
                           20.0 * std::sqrt(10.0)};
  const double to_2_3[] = {20.0 * (1.0 + 2.0 * std::sqrt(2.0)),
                           20.0 * (std::sqrt(2.0) + std::sqrt(5.0)), 20.0 * std::sqrt(13.0)};
  const int neighbours[] = {8, 16, 32};
  for (std::size_t k = 0; k < 3; ++k) {
    std::vector<double> t = oracle_times(in, neighbours[k], {in.at(0, 0)});
    EXPECT_NEAR(at(t, in, 1, 3), to_1_3[k], 1e-9) << neighbours[k];
    EXPECT_NEAR(at(t, in, 3, 1), to_1_3[k], 1e-9) << neighbours[k];
    EXPECT_NEAR(at(t, in, 2, 3), to_2_3[k], 1e-9) << neighbours[k];
    EXPECT_NEAR(at(t, in, 3, 2), to_2_3[k], 1e-9) << neighbours[k];
  }
}

TEST(travel_oracle, a_long_move_needs_every_cell_under_it) {
  for (const Step& step : {Step{1, 2}, Step{1, 3}, Step{2, 3}, Step{3, 1}, Step{3, 2}}) {
    for (const auto& [r, c] : oracle_cells_under(step)) {
      OracleInput closed = uniform(4, 4, 1.0);
      at(closed.friction, closed, r, c) = kNaN;
      EXPECT_EQ(oracle_move(closed, 0, 0, step), kNever) << r << "," << c;
      if (Step{r, c} == Step{0, 0} || Step{r, c} == step) continue;
      OracleInput crossed = uniform(4, 4, 1.0);
      crossed.barrier.assign(16, 0);
      crossed.barrier[static_cast<std::size_t>(crossed.at(r, c))] = 1;
      crossed.delay_s = {kNaN, 0.0};
      EXPECT_EQ(oracle_move(crossed, 0, 0, step), kNever) << r << "," << c;
    }
  }
}

TEST(travel_oracle, a_move_takes_the_mean_friction_of_its_ends_and_the_delay_of_what_it_enters) {
  OracleInput in = uniform(1, 4, 1.0);
  in.friction = {1.0, 3.0, 0.0, 0.5};
  in.barrier = {0, 1, 1, 0};
  in.delay_s = {kNaN, 100.0};
  const std::vector<double> there = oracle_times(in, 32, {0});
  EXPECT_THAT(there, ::testing::ElementsAre(0.0, 120.0, 135.0, 137.5));
  // To cell 0: the barrier is left, not entered, except from cell 3.
  const std::vector<double> back = oracle_times(in, 32, {0}, true);
  EXPECT_THAT(back, ::testing::ElementsAre(0.0, 20.0, 35.0, 137.5));
}

TEST(travel_oracle, uphill_costs_more_than_downhill_and_unknown_ground_is_not_climbed) {
  OracleInput in = uniform(1, 3, 1.0);
  in.elevation = {0.0, 5.0, 5.0};
  in.slope_factor = [](double slope) { return slope > 0 ? 1.0 + 2.0 * slope : 1.0; };
  EXPECT_THAT(oracle_times(in, 8, {0}), ::testing::ElementsAre(0.0, 20.0, 30.0));
  EXPECT_THAT(oracle_times(in, 8, {2}), ::testing::ElementsAre(20.0, 10.0, 0.0));
  EXPECT_THAT(oracle_times(in, 8, {2}, true), ::testing::ElementsAre(30.0, 10.0, 0.0));
  in.elevation[1] = kNaN;
  EXPECT_THAT(oracle_times(in, 8, {0}), ::testing::ElementsAre(0.0, kNever, kNever));
}

TEST(travel_oracle, one_cell_and_closed_regions_end) {
  EXPECT_THAT(oracle_times(uniform(1, 1, 4.0), 32, {0}), ::testing::ElementsAre(0.0));
  OracleInput in = uniform(3, 3, 1.0);
  for (const std::int32_t c : {1, 3, 4, 5, 7}) in.friction[static_cast<std::size_t>(c)] = kNaN;
  const std::vector<double> t = oracle_times(in, 32, {0, 4});
  for (std::size_t c = 0; c < 9; ++c) EXPECT_EQ(t[c], c == 0 ? 0.0 : kNever) << c;
}

// More moves never take longer, and no field beats the straight line at the least friction.
TEST(travel_oracle, random_fields_are_ordered_by_neighbours_and_bounded_by_the_straight_line) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomGround ground = random_ground(seed);
    const OracleInput& in = ground.input;
    const std::int32_t from = ground.sources.front();
    double least = kNever;
    for (const double f : in.friction) least = f < least ? f : least;
    std::vector<double> t8 = oracle_times(in, 8, {from});
    std::vector<double> t16 = oracle_times(in, 16, {from});
    std::vector<double> t32 = oracle_times(in, 32, {from});
    for (std::int32_t r = 0; r < in.rows; ++r) {
      for (std::int32_t c = 0; c < in.cols; ++c) {
        ASSERT_LE(at(t16, in, r, c), at(t8, in, r, c)) << "seed " << seed;
        ASSERT_LE(at(t32, in, r, c), at(t16, in, r, c)) << "seed " << seed;
        if (at(t32, in, r, c) == kNever) continue;
        const double line = std::hypot(r - from / in.cols, c - from % in.cols) * in.cell;
        ASSERT_GE(at(t32, in, r, c), line * least * (1 - 1e-12)) << "seed " << seed;
      }
    }
  }
}

TEST(travel_oracle, turning_and_mirroring_the_ground_turns_and_mirrors_the_times) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomGround ground = random_ground(seed, {.barriers = seed % 2 == 0, .hills = seed % 3 == 0});
    ground.input.slope_factor = [](double slope) { return std::exp(3.0 * slope); };
    const OracleInput& in = ground.input;
    for (const int neighbours : {8, 16, 32}) {
      const std::vector<double> t = oracle_times(in, neighbours, ground.sources);
      const auto near = [&](const RandomGround& moved, const std::vector<double>& wanted) {
        const std::vector<double> got = oracle_times(moved.input, neighbours, moved.sources);
        for (std::size_t c = 0; c < got.size(); ++c) {
          // Equal but for the order of sums along paths of equal time.
          if (got[c] == wanted[c]) continue;
          EXPECT_NEAR(got[c], wanted[c], 1e-12 * wanted[c]);
        }
      };
      SCOPED_TRACE(::testing::Message() << "seed " << seed << ", " << neighbours << " neighbours");
      near(turned(ground), turned(t, in.rows, in.cols));
      near(mirrored(ground), mirrored(t, in.rows, in.cols));
    }
  }
}

TEST(travel_oracle, random_ground_has_what_it_promises) {
  int ties = 0;
  int single = 0;
  int reached = 0;
  int cut_off = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RandomGround ground = random_ground(seed);
    const std::set<double> values(ground.input.friction.begin(), ground.input.friction.end());
    ties += values.size() <= 4 && ground.input.friction.size() > 20 ? 1 : 0;
    single += ground.input.rows == 1 || ground.input.cols == 1 ? 1 : 0;
    const std::vector<double> t = oracle_times(ground.input, 8, ground.sources);
    for (std::size_t c = 0; c < t.size(); ++c) {
      reached += t[c] < kNever ? 1 : 0;
      cut_off += t[c] == kNever && ground.input.friction[c] > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(ties, 40);
  EXPECT_GT(single, 20);
  EXPECT_GT(reached, 1000);
  EXPECT_GT(cut_off, 200);
}

}  // namespace
}  // namespace abatis::testing
