// Rows chosen against every choice there is.
#include "abatis/screen/choice.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

RowProblem random_problem(std::uint64_t seed) {
  Random random(seed, 51);
  RowProblem problem;
  const auto rows = static_cast<int>(1 + random.below(10));
  const bool same = random.uniform() < 0.5;  // one opacity, as of rows of one age
  const bool whole = random.uniform() < 0.5;
  double all = 0;
  for (int r = 0; r < rows; ++r) {
    problem.costs.push_back(whole ? static_cast<double>(random.below(4)) : random.uniform(0.5, 3));
    all += problem.costs.back();
  }
  problem.budget = all * random.uniform();
  for (std::uint64_t p = random.below(40); p > 0; --p) {
    RowPoint point{.weight = whole ? static_cast<double>(random.below(5)) : random.uniform(0, 9)};
    for (std::uint64_t l = 1 + random.below(4); l > 0; --l) {
      point.lines.emplace_back();
      for (int r = 0; r < rows; ++r) {
        if (random.uniform() < 0.25) {
          point.lines.back().push_back({r, same ? 0.6 : random.uniform(0.1, 1)});
        }
      }
    }
    problem.points.push_back(std::move(point));
  }
  if (rows > 3 && random.uniform() < 0.4) problem.taken.push_back(0);
  if (rows > 3 && random.uniform() < 0.4) problem.barred.push_back(1);
  return problem;
}

bool holds(const std::vector<int>& rows, int row) {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

// What the rows hide, point by point as it is written down.
double by_hand(const RowProblem& problem, const std::vector<int>& rows) {
  double sum = 0;
  for (const RowPoint& point : problem.points) {
    double least = point.lines.empty() ? 0 : std::numeric_limits<double>::infinity();
    for (const auto& line : point.lines) {
      double most = 0;
      for (const RowCover& c : line) {
        if (holds(rows, c.row)) most = std::max(most, c.opacity);
      }
      least = std::min(least, most);
    }
    sum += point.weight * least;
  }
  return sum;
}

double best_of_all(const RowProblem& problem) {
  double best = 0;
  const auto rows = problem.costs.size();
  for (unsigned mask = 0; mask < 1U << rows; ++mask) {
    std::vector<int> taken;
    double cost = 0;
    bool allowed = true;
    for (std::size_t r = 0; r < rows; ++r) {
      const bool in = (mask >> r & 1U) != 0;
      const int row = static_cast<int>(r);
      if (!in) {
        allowed = allowed && !holds(problem.taken, row);
        continue;
      }
      allowed = allowed && (!holds(problem.barred, row) || holds(problem.taken, row));
      taken.push_back(row);
      if (!holds(problem.taken, row)) cost += problem.costs[r];
    }
    if (allowed && cost <= problem.budget) best = std::max(best, by_hand(problem, taken));
  }
  return best;
}

TEST(ChooseRows, IsTheBestOfEveryChoice) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const RowProblem problem = random_problem(seed);
    const RowChoiceResult found = choose_rows(problem);
    const double best = best_of_all(problem);
    EXPECT_NEAR(found.value, best, 1e-9 * (1 + best)) << "seed " << seed;
    EXPECT_NEAR(found.bound, best, 1e-9 * (1 + best)) << "seed " << seed;
    EXPECT_NEAR(found.value, by_hand(problem, found.rows), 1e-9 * (1 + best)) << "seed " << seed;
    EXPECT_NEAR(hidden_by(problem, found.rows), found.value, 1e-9 * (1 + best)) << seed;
    EXPECT_LE(found.cost, problem.budget) << "seed " << seed;
    for (const int row : problem.taken) EXPECT_TRUE(holds(found.rows, row)) << seed;
    for (const int row : problem.barred) EXPECT_FALSE(holds(found.rows, row)) << seed;
  }
}

TEST(ChooseRows, StoppedEarlyItsBoundStillHolds) {
  int open = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const RowProblem problem = random_problem(seed);
    const RowChoiceResult found = choose_rows(problem, {.node_limit = 1});
    const double best = best_of_all(problem);
    EXPECT_LE(found.value, best * (1 + 1e-9)) << "seed " << seed;
    EXPECT_GE(found.bound, best * (1 - 1e-9)) << "seed " << seed;
    EXPECT_LE(found.cost, problem.budget) << "seed " << seed;
    open += found.bound > found.value * (1 + 1e-9) ? 1 : 0;
  }
  EXPECT_GT(open, 10);
}

TEST(ChooseRows, RowsThatNeedEachOtherAreTakenTogether) {
  // A row that hides a little by itself does not crowd out a pair that hides much together.
  const RowProblem problem{.costs = {3, 2, 2},
                           .budget = 5,
                           .points = {{.weight = 1, .lines = {{{0, 1.0}}}},
                                      {.weight = 100, .lines = {{{1, 1.0}}, {{2, 1.0}}}}}};
  const RowChoiceResult found = choose_rows(problem);
  EXPECT_EQ(found.rows, (std::vector<int>{1, 2}));
  EXPECT_DOUBLE_EQ(found.value, 100);
  EXPECT_DOUBLE_EQ(found.bound, 100);
}

TEST(ChooseRows, AStretchThatTwoRowsHideCountsOnce) {
  const RowProblem problem{.costs = {1, 1, 1},
                           .budget = 2,
                           .points = {{.weight = 5, .lines = {{{0, 0.5}, {1, 0.5}}}},
                                      {.weight = 2, .lines = {{{2, 0.5}}}}}};
  const RowChoiceResult found = choose_rows(problem);
  EXPECT_DOUBLE_EQ(found.value, 3.5);
  EXPECT_TRUE(holds(found.rows, 2));
}

TEST(ChooseRows, WithNothingToHideNothingIsTaken) {
  EXPECT_TRUE(choose_rows({.costs = {1, 2}, .budget = 9}).rows.empty());
  const RowProblem open{
      .costs = {1}, .budget = 9, .points = {{.weight = 5, .lines = {{{0, 0.5}}, {}}}}};
  const RowChoiceResult found = choose_rows(open);  // one line no row crosses
  EXPECT_DOUBLE_EQ(found.value, 0);
  EXPECT_DOUBLE_EQ(found.bound, 0);
}

}  // namespace
}  // namespace abatis
