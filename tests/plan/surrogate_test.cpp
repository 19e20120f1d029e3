// What a change is worth on the known paths, against the paths priced anew.
#include "plan/surrogate.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::Instance;
using plan_detail::PathPool;
using plan_detail::Surrogate;

// One column or none for each option: as Books would have them, money aside.
std::vector<int> random_plan(const Instance& instance, Random& random) {
  std::vector<int> plan;
  std::vector<char> taken(at(instance.problem.sites), 0);
  for (std::size_t c = 0; c < instance.columns.size(); ++c) {
    const int column = static_cast<int>(c);
    if (random.uniform() < 0.7 || taken[at(instance.site_of(column))]) continue;
    taken[at(instance.site_of(column))] = 1;
    plan.push_back(column);
  }
  return plan;
}

TEST(Surrogate, ChangesAreWhatPricingAnewSays) {
  test::Shape shape;
  shape.max_sites = 6;
  shape.max_options = 10;
  int longer = 0, shorter = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto problem = test::random_problem(seed, shape);
    const Instance instance(problem.problem, silent_monitor());
    if (instance.columns.empty() || instance.cells.empty()) continue;
    Random random(seed, 23);
    PathPool pool(instance);
    for (int n = 0; n < 8; ++n) {
      std::vector<double> x(instance.columns.size(), 0.0);
      for (const int c : random_plan(instance, random)) x[at(c)] = random.uniform();
      const auto answers = instance.separate(x);
      for (std::size_t i = 0; i < answers.size(); ++i) {
        pool.add(instance.cells[i].kase, answers[i].path);
      }
    }
    std::vector<std::vector<int>> use(problem.problem.cases.size());
    for (std::size_t k = 0; k < use.size(); ++k) {
      for (std::size_t i = 0; i < pool.of(static_cast<int>(k)).size(); ++i) {
        use[k].push_back(static_cast<int>(i));
      }
    }
    std::vector<int> plan = random_plan(instance, random);
    Surrogate surrogate(instance, pool, use, plan);
    for (int step = 0; step < 12; ++step) {
      // Some columns go, and come back in another year or not at all.
      const std::vector<int> next = random_plan(instance, random);
      std::vector<int> drop, take, after;
      for (const int c : plan) (random.uniform() < 0.4 ? drop : after).push_back(c);
      for (const int c : next) {
        const bool free = std::none_of(after.begin(), after.end(), [&](int other) {
          return instance.site_of(other) == instance.site_of(c);
        });
        if (!free || random.uniform() < 0.5) continue;
        take.push_back(c);
        after.push_back(c);
      }
      const Surrogate anew(instance, pool, use, after);
      const double change = surrogate.change(drop, take);
      const double scale = 1e-9 * (1 + instance.baseline);
      ASSERT_NEAR(change, anew.value() - surrogate.value(), scale);
      longer += change > scale ? 1 : 0;
      shorter += change < -scale ? 1 : 0;
      surrogate.apply(drop, take);
      ASSERT_NEAR(surrogate.value(), anew.value(), scale);
      for (std::size_t i = 0; i < instance.cells.size(); ++i) {
        ASSERT_NEAR(surrogate.times()[i], anew.times()[i], scale);
      }
      plan = after;
    }
  }
  EXPECT_GT(longer, 200);
  EXPECT_GT(shorter, 200);
}

}  // namespace
}  // namespace abatis
