// The same bits on any number of threads, on a belt problem that takes the equilibrium too.
#include <gtest/gtest.h>

#include "../../bench/plan/belt_problem.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

void expect_same(const PlanResult& a, const PlanResult& b) {
  EXPECT_EQ(a.objective, b.objective);
  EXPECT_EQ(a.bound, b.bound);
  EXPECT_EQ(a.root_bound, b.root_bound);
  EXPECT_EQ(a.nodes, b.nodes);
  EXPECT_EQ(a.cuts, b.cuts);
  EXPECT_EQ(a.time_s, b.time_s);
  ASSERT_EQ(a.purchases.size(), b.purchases.size());
  for (std::size_t i = 0; i < a.purchases.size(); ++i) {
    EXPECT_EQ(a.purchases[i].option, b.purchases[i].option);
    EXPECT_EQ(a.purchases[i].year, b.purchases[i].year);
  }
  ASSERT_EQ(a.prices.size(), b.prices.size());
  for (std::size_t i = 0; i < a.prices.size(); ++i) {
    EXPECT_EQ(a.prices[i].per_meur, b.prices[i].per_meur);
    EXPECT_EQ(a.prices[i].per_unit, b.prices[i].per_unit);
  }
}

class PlanThreads : public ::testing::TestWithParam<int> {};  // parks

INSTANTIATE_TEST_SUITE_P(Plan, PlanThreads, ::testing::Values(0, 4));

TEST_P(PlanThreads, BeltProblemGivesTheSameBits) {
  auto belt = bench::belt_problem({.rows = 24,
                                   .columns = 40,
                                   .sites = 60,
                                   .belts = 3,
                                   .years = 6,
                                   .axes = 2,
                                   .parks = GetParam()});
  belt.problem.node_limit = 4;
  belt.problem.gap = 0.001;
  belt.problem.threads = 1;
  const auto one = solve_plan(belt.problem, silent_monitor());
  ASSERT_TRUE(one.has_value()) << to_string(one.error());
  EXPECT_GT(one->objective, one->baseline);
  EXPECT_GE(one->bound, one->objective);
  EXPECT_EQ(broken_rule(belt.problem, one->purchases), "");
  for (const int threads : {2, 8}) {
    belt.problem.threads = threads;
    const auto many = solve_plan(belt.problem, silent_monitor());
    ASSERT_TRUE(many.has_value());
    expect_same(*one, *many);
  }
}

TEST(PlanThreadsSmall, ProblemsGiveTheSameBits) {
  test::Shape shape;
  shape.maintenance = shape.conflicts = true;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    shape.charges = shape.quotas = shape.capacities = shape.prerequisites = seed > 30;
    shape.budgets = seed > 30 ? 3 : 1;
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    auto instance = test::random_problem(seed, shape);
    const auto one = solve_plan(instance.problem, silent_monitor());
    instance.problem.threads = 8;
    const auto many = solve_plan(instance.problem, silent_monitor());
    ASSERT_EQ(one.has_value(), many.has_value());
    if (one) {
      expect_same(*one, *many);
    } else {
      EXPECT_EQ(to_string(one.error()), to_string(many.error()));
    }
  }
}

}  // namespace
}  // namespace abatis
