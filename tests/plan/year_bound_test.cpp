// The bound of a single year, against enumeration.
#include <gtest/gtest.h>

#include <cmath>

#include "plan/year_bound.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::bound_year;
using plan_detail::Instance;
using plan_detail::PathPool;
using plan_detail::YearBound;

constexpr int kNodes = 400;

// The problem with one year left in the objective, its cases on two axes that share all sites; its
// best plan by enumeration, s.
struct OneYear {
  PlanProblem problem;
  int year = 0;
  double best = 0;
};

OneYear one_year(const PlanProblem& problem, int year) {
  OneYear one{problem, year, 0};
  for (int t = 0; t < problem.years; ++t) {
    if (t != year) one.problem.year_weights[static_cast<std::size_t>(t)] = 0;
  }
  for (std::size_t k = 1; k < problem.cases.size(); k += 2) one.problem.cases[k].axis += 1;
  one.best = test::best_by_enumeration(one.problem);
  return one;
}

class YearBoundOf : public ::testing::TestWithParam<int> {};  // kind of rules

test::Shape rules_of_kind(int kind) {
  test::Shape shape;
  shape.maintenance = true;
  if (kind == 1) {
    shape.max_options = 5;
    shape.charges = shape.quotas = shape.capacities = shape.prerequisites = true;
    shape.budgets = 2;
  }
  if (kind == 2) shape.upgrades = shape.yearly = shape.barred = shape.conflicts = true;
  if (kind == 3) shape.earmarks = shape.fixed = shape.people = true;
  return shape;
}

TEST_P(YearBoundOf, IsAboveTheBestPlanAndMostlyNear) {
  const test::Shape shape = rules_of_kind(GetParam());
  int checked = 0, short_of_money = 0, below_top = 0, closed = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape);
    const int year = random.problem.years - 1 - static_cast<int>(seed % 2);
    if (year < 0) continue;
    const OneYear one = one_year(random.problem, year);
    if (std::isinf(one.best)) continue;
    const Instance instance(one.problem, silent_monitor());
    if (instance.columns.empty() || instance.cells.empty()) continue;
    const PathPool pool(instance);
    const YearBound bound = bound_year(instance, pool, year, kNodes, [] { return false; });
    const double slack = 1e-6 * one.best;
    ASSERT_GE(bound.seconds + instance.constant, one.best - slack);
    ASSERT_LE(bound.seconds, bound.top);
    PlanProblem threaded = one.problem;
    threaded.threads = 3;
    const Instance other(threaded, silent_monitor());
    ASSERT_EQ(bound_year(other, PathPool(other), year, kNodes, [] { return false; }).seconds,
              bound.seconds);
    const YearBound stopped = bound_year(instance, pool, year, kNodes, [] { return true; });
    ASSERT_GE(stopped.seconds + instance.constant, one.best - slack);
    ++checked;
    if (!bound.is_short) continue;
    ++short_of_money;
    const double gain = bound.top - (one.best - instance.constant);
    if (gain < 1e-3 * bound.top) continue;
    ++below_top;
    if (bound.top - bound.seconds > 0.5 * gain) ++closed;
  }
  EXPECT_GT(checked, 40);
  EXPECT_GT(short_of_money, 20);
  // What the bound is for: most of what cannot be had in whole purchases is not in it.
  EXPECT_GT(closed, below_top * 6 / 10) << below_top;
}

INSTANTIATE_TEST_SUITE_P(Plan, YearBoundOf, ::testing::Range(0, 4));

}  // namespace
}  // namespace abatis
