// Published grids whose values an independent branch and cut has proven
// (../shared/instances/known-values.json), and what does not depend on threads or time.

#include <gtest/gtest.h>

#include "abatis/interdict/interdict.hpp"
#include "interdict/grids.hpp"
#include "support/stopped_monitor.hpp"

namespace abatis {
namespace {
using abatis::testing::GridKind;
using abatis::testing::make_grid;

struct Known {
  int size;
  std::int64_t budget;
  std::uint64_t seed;
  std::int64_t value;
};

TEST(InterdictKnown, SingleYears) {
  for (const auto& [size, budget, seed, value] : std::vector<Known>{{10, 5, 1, 28},
                                                                    {10, 10, 1, 31},
                                                                    {10, 5, 2, 22},
                                                                    {10, 10, 2, 26},
                                                                    {10, 20, 2, 32},
                                                                    {10, 5, 3, 20},
                                                                    {10, 10, 3, 24},
                                                                    {20, 5, 1, 44},
                                                                    {20, 5, 2, 44},
                                                                    {20, 5, 3, 43}}) {
    const auto problem = make_grid({.rows = size, .cols = size, .seed = seed}, {budget});
    const auto answer = interdict(problem, {}, silent_monitor());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->objective, value) << size << " b" << budget << " s" << seed;
    EXPECT_EQ(answer->bound, value);
    EXPECT_EQ(yearly_lengths(problem, answer->purchases).value(), answer->lengths);
  }
}

TEST(InterdictKnown, TenYears) {
  const auto problem =
      make_grid({.rows = 10, .cols = 10, .seed = 1}, std::vector<std::int64_t>(10, 1));
  const auto answer = interdict(problem, {}, silent_monitor());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, InterdictStatus::optimal);
  EXPECT_EQ(answer->objective, 284) << "known: from 283 to 284";
  EXPECT_EQ(yearly_lengths(problem, answer->purchases).value(), answer->lengths);
}

TEST(InterdictKnown, TheSameOnAnyNumberOfThreads) {
  const auto problem =
      make_grid({.family = "ls", .rows = 6, .cols = 6, .cost = 3, .seed = 4}, {3, 2, 4});
  const auto one = interdict(problem, {.threads = 1}, silent_monitor());
  ASSERT_TRUE(one);
  EXPECT_EQ(one->status, InterdictStatus::optimal);
  for (const int threads : {2, 8}) {
    const auto more = interdict(problem, {.threads = threads}, silent_monitor());
    ASSERT_TRUE(more);
    EXPECT_EQ(more->objective, one->objective);
    EXPECT_EQ(more->bound, one->bound);
    EXPECT_EQ(more->nodes, one->nodes);
    EXPECT_EQ(more->cuts, one->cuts);
    EXPECT_EQ(more->purchases, one->purchases);
  }
}

TEST(InterdictKnown, StoppedItKeepsAPlanAndABound) {
  for (const auto& budgets : {std::vector<std::int64_t>{30}, std::vector<std::int64_t>(5, 6)}) {
    const auto problem = make_grid({.rows = 20, .cols = 20, .seed = 9}, budgets);
    const auto late = interdict(problem, {.time_s = 0.2}, silent_monitor());
    ASSERT_TRUE(late);
    EXPECT_EQ(late->status, InterdictStatus::time_limit);
    testing::StoppedMonitor monitor;
    const auto broken = interdict(problem, {}, monitor);
    ASSERT_TRUE(broken);
    EXPECT_EQ(broken->status, InterdictStatus::interrupted);
    for (const auto& answer : {*late, *broken}) {
      EXPECT_LT(answer.objective, answer.bound);
      EXPECT_EQ(yearly_lengths(problem, answer.purchases).value(), answer.lengths);
    }
  }
}

TEST(InterdictKnown, AGapIsEnough) {
  const auto problem = make_grid({.rows = 10, .cols = 10, .seed = 5}, {20});
  const auto answer = interdict(problem, {.gap = 0.5}, silent_monitor());
  ASSERT_TRUE(answer);
  EXPECT_LE(static_cast<double>(answer->bound - answer->objective),
            0.5 * static_cast<double>(answer->bound));
  EXPECT_TRUE(answer->status == InterdictStatus::gap || answer->objective == answer->bound);
}

}  // namespace
}  // namespace abatis
