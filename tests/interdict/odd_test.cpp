// Networks at the edge of sense.

#include <gtest/gtest.h>

#include "abatis/interdict/interdict.hpp"

namespace abatis {
namespace {

InterdictResult solved(const InterdictProblem& problem) {
  const auto answer = interdict(problem, {}, silent_monitor());
  EXPECT_TRUE(answer) << to_string(answer.error());
  EXPECT_EQ(answer->status, InterdictStatus::optimal);
  EXPECT_EQ(answer->objective, answer->bound);
  EXPECT_EQ(yearly_lengths(problem, answer->purchases).value(), answer->lengths);
  return *answer;
}

TEST(InterdictOdd, TheSinkCannotBeReached) {
  const InterdictProblem problem{.nodes = 3,
                                 .source = 0,
                                 .sink = 2,
                                 .budgets = {1},
                                 .arcs = {{0, 1, 1, 1, 1}, {2, 1, 1, 1, 1}}};
  const auto answer = interdict(problem, {}, silent_monitor());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::infeasible);
  EXPECT_NE(answer.error().message.find("cannot be reached"), std::string::npos);
}

TEST(InterdictOdd, SourceAndSinkAreTheSame) {
  const auto answer = solved({.nodes = 2,
                              .source = 1,
                              .sink = 1,
                              .budgets = {2, 2},
                              .arcs = {{1, 0, 1, 5, 1}, {0, 1, 1, 5, 1}}});
  EXPECT_EQ(answer.objective, 0);
}

TEST(InterdictOdd, NoMoneyAndDelaysOfNothing) {
  InterdictProblem problem{
      .nodes = 2, .source = 0, .sink = 1, .budgets = {0}, .arcs = {{0, 1, 4, 3, 1}}};
  EXPECT_EQ(solved(problem).objective, 4);
  problem.budgets = {1};
  EXPECT_EQ(solved(problem).objective, 7);
  problem.arcs[0].delay = 0;
  EXPECT_EQ(solved(problem).objective, 4);
  problem.arcs[0] = {0, 1, 4, 3, 2};
  EXPECT_EQ(solved(problem).objective, 4) << "too dear";
}

TEST(InterdictOdd, ParallelArcsAndEverythingAffordable) {
  const InterdictProblem problem{.nodes = 2,
                                 .source = 0,
                                 .sink = 1,
                                 .budgets = {100},
                                 .arcs = {{0, 1, 4, 3, 7}, {0, 1, 4, 9, 2}, {0, 1, 6, 0, 0}}};
  EXPECT_EQ(solved(problem).objective, 6);
}

// Each of two arcs fits into a year of its own, not both into the money of two years together.
TEST(InterdictOdd, BudgetsAreNotCarriedOver) {
  const InterdictProblem problem{.nodes = 3,
                                 .source = 0,
                                 .sink = 2,
                                 .budgets = {2, 1},
                                 .arcs = {{0, 1, 1, 5, 3}, {1, 2, 1, 4, 2}, {0, 2, 20, 0, 0}}};
  EXPECT_EQ(solved(problem).objective, 12);
}

TEST(InterdictOdd, LargeNumbers) {
  const InterdictProblem problem{
      .nodes = 3,
      .source = 0,
      .sink = 2,
      .budgets = {1'000'000'000},
      .arcs = {{0, 1, 900'000'000, 7, 600'000'000}, {1, 2, 5, 9, 600'000'000}}};
  EXPECT_EQ(solved(problem).objective, 900'000'014);
}

TEST(InterdictOdd, PlansAreChecked) {
  const InterdictProblem problem{.nodes = 2,
                                 .source = 0,
                                 .sink = 1,
                                 .budgets = {1, 1},
                                 .arcs = {{0, 1, 4, 3, 1}, {0, 1, 9, 9, 2}, {0, 1, 9, 0, 0}}};
  EXPECT_EQ(yearly_lengths(problem, {{0, 1}}).value(), (std::vector<std::int64_t>{4, 7}));
  for (const auto& [plan, word] :
       std::vector<std::pair<std::vector<InterdictPurchase>, std::string>>{
           {{{7, 0}}, "no such arc"},
           {{{0, 2}}, "no year 2"},
           {{{0, 0}, {0, 1}}, "twice"},
           {{{1, 0}}, "of a budget of 1"},
           {{{2, 0}}, "not for sale"}}) {
    const auto lengths = yearly_lengths(problem, plan);
    ASSERT_FALSE(lengths);
    EXPECT_NE(lengths.error().message.find(word), std::string::npos) << lengths.error().message;
  }
}

}  // namespace
}  // namespace abatis
