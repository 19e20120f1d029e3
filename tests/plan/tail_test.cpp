// The mean of the worst part of the cases: by its definition, and in the bounds of large problems.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "plan/equilibrium.hpp"
#include "plan/instance.hpp"
#include "plan/paths.hpp"
#include "plan/tail.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::tail_value;

TEST(Tail, KnownValues) {
  const std::vector<double> p{0.5, 0.3, 0.2}, z{100, 50, 80};
  EXPECT_DOUBLE_EQ(tail_value(p, z, 1), 81);
  EXPECT_DOUBLE_EQ(tail_value(p, z, 0), 50);
  EXPECT_DOUBLE_EQ(tail_value(p, z, 0.3), 50);
  // Of the worst half 0.3 / 0.5 at 50 s and 0.2 / 0.5 at 80 s.
  std::vector<double> q;
  EXPECT_DOUBLE_EQ(tail_value(p, z, 0.5, &q), 62);
  EXPECT_DOUBLE_EQ(q[0], 0);
  EXPECT_DOUBLE_EQ(q[1], 0.6);
  EXPECT_DOUBLE_EQ(q[2], 0.4);
  EXPECT_DOUBLE_EQ(tail_value({}, {}, 0.5), 0);
}

// The dual form of Rockafellar & Uryasev: the greatest of e P - sum p (e - z)+ / tail, which is
// attained at one of the times.
TEST(Tail, EqualsItsDualOnRandomTimes) {
  Random random(1, 3);
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> p, z;
    for (int k = 1 + test::below(random, 6); k > 0; --k) {
      p.push_back(test::below(random, 5) == 0 ? 0.0 : random.uniform());
      z.push_back(100 * random.uniform());
    }
    const double tail = 0.05 + 0.95 * random.uniform();
    const double whole = std::accumulate(p.begin(), p.end(), 0.0);
    double best = whole > 0 ? -1e300 : 0.0;
    for (const double e : z) {
      double sum = e * whole;
      for (std::size_t k = 0; k < p.size(); ++k) sum -= p[k] * std::max(0.0, e - z[k]) / tail;
      if (whole > 0) best = std::max(best, sum);
    }
    EXPECT_NEAR(tail_value(p, z, tail), best, 1e-9 * (1 + std::abs(best))) << "round " << round;
  }
}

TEST(Tail, BoundsOfTheEquilibriumHoldUnderMovingWeights) {
  test::Shape shape;
  shape.maintenance = shape.earmarks = true;
  shape.max_cases = 4;
  int checked = 0, tight = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    shape.tail = seed % 3 == 0 ? 0.0 : 0.2 + 0.2 * static_cast<double>(seed % 4);
    const auto random = test::random_problem(seed, shape);
    const double best = test::best_by_enumeration(random.problem);
    if (std::isinf(best)) continue;
    const plan_detail::Instance instance(random.problem, silent_monitor());
    if (instance.columns.empty() || instance.cells.empty()) continue;
    ++checked;
    plan_detail::PathPool pool(instance);
    plan_detail::Equilibrium equilibrium(instance, pool);
    equilibrium.add(instance.separate(std::vector<double>(instance.columns.size(), 0.0)));
    double bound = 0;
    for (int round = 1; round <= 60; ++round) {
      bound = equilibrium.bound();
      ASSERT_GE(bound, best - 1e-9 * best);
      equilibrium.settle(3);
      const auto answers = instance.separate(equilibrium.purchases());
      equilibrium.add(answers);
      std::vector<double> times;
      for (const auto& answer : answers) times.push_back(answer.time);
      equilibrium.weigh(times, 2.0 / (round + 2));
      equilibrium.cool(0.85);
    }
    auto easy = random.problem;
    easy.node_limit = 0;  // the root only
    const auto root = solve_plan(easy, silent_monitor());
    ASSERT_TRUE(root.has_value() || root.error().code == ErrorCode::limit);
    if (root && bound <= root->root_bound + 0.1 * (1 + root->root_bound - instance.baseline))
      ++tight;
  }
  EXPECT_GT(checked, 100);
  EXPECT_GT(tight, checked / 2) << "of " << checked;
}

}  // namespace
}  // namespace abatis
