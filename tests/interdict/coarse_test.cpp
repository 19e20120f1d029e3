#include <gtest/gtest.h>

#include "abatis/interdict/interdict.hpp"

namespace abatis {
namespace {

// Labels of one unit would fill the memory: lengths are rounded, the bound stays one. It is not
// tight within the time given: large numbers are this method's weakness.
TEST(InterdictCoarse, LengthsTooFineForLabelsAreRounded) {
  const InterdictProblem problem{.nodes = 4,
                                 .source = 0,
                                 .sink = 3,
                                 .budgets = {2},
                                 .arcs = {{0, 1, 1, 900'000'000, 1},
                                          {1, 3, 2, 800'000'001, 1},
                                          {0, 2, 3, 700'000'000, 1},
                                          {2, 3, 4, 600'000'002, 1},
                                          {1, 2, 5, 500'000'000, 1}}};
  const auto answer = interdict(problem, {.time_s = 10}, silent_monitor());
  ASSERT_TRUE(answer);
  // The best plan reaches 700,000,007: no plan is said to reach more, no bound lies below.
  EXPECT_LE(answer->objective, 700'000'007);
  EXPECT_GE(answer->bound, 700'000'007);
  EXPECT_EQ(yearly_lengths(problem, answer->purchases).value(), answer->lengths);
}

}  // namespace
}  // namespace abatis
