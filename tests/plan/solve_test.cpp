// The optimiser against enumeration of every plan, on random problems with printed seeds.
#include <gtest/gtest.h>

#include <cmath>

#include "random_problem.hpp"

namespace abatis {
namespace {

using test::best_by_enumeration;
using test::random_problem;
using test::Shape;

// Counts of what the random problems were, so that a test of nothing is seen.
struct SolvedTally {
  int feasible = 0, bought = 0, branched = 0;
};

void expect_optimal(const PlanProblem& problem, SolvedTally& tally) {
  const double expected = best_by_enumeration(problem);
  const auto result = solve_plan(problem, silent_monitor());
  if (std::isinf(expected)) {
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::infeasible) << to_string(result.error());
    EXPECT_FALSE(result.error().where.item.empty());
    return;
  }
  ++tally.feasible;
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  if (result->objective > result->baseline) ++tally.bought;
  if (result->nodes > 1) ++tally.branched;
  const double slack = 1e-6 * (1 + std::abs(expected));
  EXPECT_EQ(result->status, PlanStatus::optimal);
  EXPECT_NEAR(result->objective, expected, slack);
  EXPECT_NEAR(result->bound, expected, slack);
  EXPECT_GE(result->bound, result->objective);
  EXPECT_GE(result->root_bound, expected - 1e-9 * (1 + std::abs(expected)));
  EXPECT_EQ(broken_rule(problem, result->purchases), "");
  EXPECT_DOUBLE_EQ(evaluate_plan(problem, result->purchases), result->objective);
}

class Enumerated : public ::testing::TestWithParam<int> {};

Shape shape_of(int kind) {
  Shape s;
  s.maintenance = kind != 0;
  s.earmarks = kind == 2 || kind == 4;
  s.conflicts = kind == 3 || kind == 4;
  s.fixed = kind == 4;
  s.whole_numbers = kind == 5;
  s.charges = kind > 5;
  s.quotas = kind == 6 || kind > 8;
  s.capacities = kind == 7 || kind > 8;
  s.prerequisites = kind == 8 || kind > 8;
  if (kind == 9) s.earmarks = s.conflicts = s.fixed = true;
  if (kind > 5) s.max_sites = 6;
  if (kind > 8) s.budgets = 3;
  s.barred = s.yearly = kind == 11 || kind == 14;
  if (kind == 12) s.tail = 0;
  if (kind == 13) s.tail = 0.4;
  if (kind == 14) s.tail = 0.7;
  if (kind > 11) s.max_cases = 4;
  s.routes = kind == 15 || kind == 16;
  s.people = kind == 17;
  if (kind == 17) {
    s.max_options = 4;
    s.quotas = s.capacities = s.prerequisites = false;
  }
  if (kind == 16) s.tail = 0;
  s.upgrades = kind > 17;  // 18: alone; 19: with routes, years of crews and the worst part
  if (kind == 18) s.quotas = s.capacities = s.prerequisites = false;
  if (kind > 17) s.max_options = 4;
  if (kind == 19) {
    s.routes = s.yearly = true;
    s.tail = 0.5;
  }
  return s;
}

TEST_P(Enumerated, ObjectiveAndBoundMeetTheBestOfAllPlans) {
  SolvedTally tally;
#ifdef __SANITIZE_ADDRESS__
  const std::uint64_t seeds = 400;  // each takes ten times as long there
#else
  const std::uint64_t seeds = GetParam() > 5 ? 2000 : 400;
#endif
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(::testing::Message() << "kind " << GetParam() << " seed " << seed);
    const auto instance = random_problem(seed, shape_of(GetParam()));
    expect_optimal(instance.problem, tally);
    if (HasFatalFailure()) return;
  }
  const auto many = static_cast<int>(seeds);  // harder rules leave fewer problems with a plan
  EXPECT_GT(tally.feasible, GetParam() > 5 ? many / 20 : 100);
  EXPECT_GT(tally.bought, GetParam() > 5 ? many * 3 / 100 : 60);
  EXPECT_GT(tally.branched, GetParam() > 5 ? many / 400 : 5);
}

INSTANTIATE_TEST_SUITE_P(Plan, Enumerated, ::testing::Range(0, 20));

}  // namespace
}  // namespace abatis
