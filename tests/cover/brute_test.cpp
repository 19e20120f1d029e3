// The solver against all choices, on thousands of small random problems.

#include <gtest/gtest.h>

#include "random_cover.hpp"

namespace abatis {
namespace {

TEST(CoverBrute, FindsAndProvesTheBestOfAllChoices) {
  int open = 0, with_tree = 0;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const CoverProblem problem = test::random_cover(seed);
    const auto found = cover(problem, {}, silent_monitor());
    ASSERT_TRUE(found) << to_string(found.error());
    ASSERT_TRUE(found->exact);
    ASSERT_EQ(found->status, CoverStatus::optimal);
    ASSERT_EQ(found->value, found->bound);
    ASSERT_NEAR(found->value, test::best_by_trying(problem), 1e-9);
    const auto checked = cover_value(problem, found->chosen);
    ASSERT_TRUE(checked) << to_string(checked.error());
    ASSERT_EQ(checked->value, found->value);
    ASSERT_EQ(checked->once, found->once);
    ASSERT_EQ(checked->backed, found->backed);
    open += found->open_sites > 0;
    with_tree += found->nodes > 0;
  }
  EXPECT_GT(open, 1500) << "most problems are settled by reducing alone";
  EXPECT_GT(with_tree, 50) << "the tree is hardly looked at";
}

TEST(CoverBrute, LargerOnesGoThroughTheTree) {
  int with_tree = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    CoverProblem problem = test::random_cover(100'000 + seed, 15, 250);
    const auto found = cover(problem, {}, silent_monitor());
    ASSERT_TRUE(found) << to_string(found.error());
    ASSERT_EQ(found->value, found->bound);
    ASSERT_NEAR(found->value, test::best_by_trying(problem), 1e-9);
    with_tree += found->nodes > 0;
  }
  EXPECT_GT(with_tree, 20);
}

TEST(CoverBrute, AGapIsKeptAndSaid) {
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const CoverProblem problem = test::random_cover(seed, 12, 120);
    const auto found = cover(problem, {.gap = 0.1}, silent_monitor());
    ASSERT_TRUE(found);
    const double best = test::best_by_trying(problem);
    ASSERT_LE(found->value, best + 1e-9);
    ASSERT_GE(found->bound, best - 1e-9);
    ASSERT_LE(found->bound - found->value, 0.1 * found->bound + 1e-9);
    ASSERT_EQ(found->status == CoverStatus::optimal, found->value == found->bound);
  }
}

}  // namespace
}  // namespace abatis
