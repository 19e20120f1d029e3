// The same plan, bound and course on any number of threads. Seeds are fresh and printed;
// ABATIS_SEED repeats one.

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/interdict/interdict.hpp"
#include "interdict/grids.hpp"

namespace abatis {
namespace {
using abatis::testing::fresh_seed;
using abatis::testing::GridKind;
using abatis::testing::make_grid;

std::int64_t expect_the_same(const InterdictProblem& problem, const std::string& which) {
  const auto one = interdict(problem, {.threads = 1}, silent_monitor());
  EXPECT_TRUE(one) << which;
  if (!one) return 0;
  EXPECT_EQ(one->status, InterdictStatus::optimal) << which;
  for (const int threads : {2, 3}) {
    const auto more = interdict(problem, {.threads = threads}, silent_monitor());
    EXPECT_TRUE(more) << which;
    if (!more) continue;
    EXPECT_EQ(more->objective, one->objective) << which;
    EXPECT_EQ(more->bound, one->bound) << which;
    EXPECT_EQ(more->nodes, one->nodes) << which;
    EXPECT_EQ(more->cuts, one->cuts) << which;
    EXPECT_EQ(more->purchases, one->purchases) << which;
  }
  return one->nodes;
}

TEST(InterdictThreads, RandomGridsOfOneYearAndOfSeveral) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  for (int i = 0; i < 12; ++i) {
    GridKind kind;
    kind.family = std::vector<std::string>{"iw", "ls"}[random.below(2)];
    kind.rows = kind.cols = 4 + static_cast<int>(random.below(3));
    kind.seed = random.below(1'000'000);
    std::vector<std::int64_t> budgets{static_cast<std::int64_t>(4 + random.below(5))};
    if (i % 3 == 0) budgets = {2, static_cast<std::int64_t>(random.below(3)), 2};
    expect_the_same(make_grid(kind, budgets),
                    "seed " + std::to_string(seed) + ", case " + std::to_string(i));
  }
}

TEST(InterdictThreads, YearsThatCannotAllReachWhatEachCan) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    expect_the_same(make_grid({.rows = 7, .cols = 7, .seed = seed}, {1, 1, 1, 1, 1, 1}),
                    "seed " + std::to_string(seed));
  }
}

}  // namespace
}  // namespace abatis
