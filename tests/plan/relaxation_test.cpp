// The two ways to bound a problem, each against enumeration: path cuts on the simplex (through
// solve_test) and the traffic equilibrium that large problems start with.
#include <gtest/gtest.h>

#include <cmath>

#include "plan/equilibrium.hpp"
#include "plan/instance.hpp"
#include "plan/paths.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::Equilibrium;
using plan_detail::Instance;
using plan_detail::PathPool;

class EquilibriumOf : public ::testing::TestWithParam<bool> {};  // with limits, or without

TEST_P(EquilibriumOf, BoundHoldsAtEveryStepAndNearsTheRelaxation) {
  test::Shape shape;
  shape.maintenance = shape.earmarks = shape.fixed = true;
  shape.charges = shape.quotas = shape.capacities = shape.prerequisites = GetParam();
  if (GetParam()) {
    shape.fixed = shape.earmarks = false;
    shape.budgets = 3;
  }
  int checked = 0, tight = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape);
    const double best = test::best_by_enumeration(random.problem);
    if (std::isinf(best)) continue;
    const Instance instance(random.problem, silent_monitor());
    if (instance.columns.empty() || instance.cells.empty()) continue;
    ++checked;
    PathPool pool(instance);
    Equilibrium equilibrium(instance, pool);
    equilibrium.add(instance.separate(std::vector<double>(instance.columns.size(), 0.0)));
    double bound = 0;
    for (int round = 0; round < 40; ++round) {
      bound = equilibrium.bound();
      ASSERT_GE(bound, best - 1e-9 * best);
      equilibrium.settle(3);
      for (const double x : equilibrium.purchases()) {
        ASSERT_GE(x, 0.0);
        ASSERT_LE(x, 1.0);
      }
      equilibrium.add(instance.separate(equilibrium.purchases()));
      equilibrium.cool(0.8);
    }
    auto easy = random.problem;
    easy.node_limit = 0;  // the root only
    const auto root = solve_plan(easy, silent_monitor());
    ASSERT_TRUE(root.has_value() || root.error().code == ErrorCode::limit);
    if (root && bound <= root->root_bound + 0.03 * (1 + root->root_bound - instance.baseline)) {
      ++tight;
    }
  }
  EXPECT_GT(checked, 60);
  // Limits of every year are relaxed to two rows each here, and links are cuts of the simplex
  // alone.
  EXPECT_GT(tight, checked * (GetParam() ? 6 : 8) / 10);
}

INSTANTIATE_TEST_SUITE_P(Plan, EquilibriumOf, ::testing::Bool());

TEST(Equilibrium, ForcingAColumnKeepsPlansThatHaveIt) {
  // bound + gain[c] bounds every plan that buys column c: what fixing by reduced cost relies on.
  test::Shape shape;
  shape.max_options = 4;
  for (std::uint64_t seed = 1; seed <= 160; ++seed) {
    shape.quotas = shape.capacities = shape.prerequisites = shape.charges = seed > 60;
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    auto random = test::random_problem(seed, shape);
    const Instance instance(random.problem, silent_monitor());
    if (instance.columns.empty() || instance.cells.empty()) continue;
    PathPool pool(instance);
    Equilibrium equilibrium(instance, pool);
    equilibrium.add(instance.separate(std::vector<double>(instance.columns.size(), 0.0)));
    for (int round = 0; round < 10; ++round) {
      equilibrium.settle(3);
      equilibrium.add(instance.separate(equilibrium.purchases()));
      equilibrium.cool(0.7);
    }
    std::vector<double> gain;
    const double bound = equilibrium.bound(&gain);
    for (std::size_t c = 0; c < gain.size(); ++c) {
      auto forced = random.problem;
      forced.fixed.push_back({instance.columns[c].option, instance.columns[c].year});
      const double best = test::best_by_enumeration(forced);
      EXPECT_LE(gain[c], 0);
      EXPECT_GE(bound + gain[c], best - 1e-9 * (1 + std::abs(bound)));
    }
  }
}

}  // namespace
}  // namespace abatis
