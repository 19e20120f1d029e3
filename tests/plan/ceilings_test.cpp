// Ceilings on the times of single years, and the stills they come from, against enumeration.
#include "plan/ceilings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/still.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::at;
using plan_detail::Ceilings;
using plan_detail::find_ceilings;
using plan_detail::Instance;
using plan_detail::still_of;

// The longest time of each cell over all plans that keep the rules, by year, case; empty when there
// is no such plan.
std::vector<std::vector<double>> longest_by_enumeration(const PlanProblem& p) {
  std::vector<std::vector<double>> longest;
  std::vector<int> year(p.options.size(), -1);
  for (;;) {
    std::vector<Purchase> plan;
    for (std::size_t o = 0; o < year.size(); ++o) {
      if (year[o] >= 0) plan.push_back({static_cast<int>(o), year[o]});
    }
    if (broken_rule(p, plan).empty()) {
      std::vector<std::vector<double>> time;
      evaluate_plan(p, plan, &time);
      if (longest.empty()) longest = time;
      for (std::size_t t = 0; t < time.size(); ++t) {
        for (std::size_t k = 0; k < time[t].size(); ++k) {
          longest[t][k] = std::max(longest[t][k], time[t][k]);
        }
      }
    }
    std::size_t o = 0;
    while (o < year.size() && ++year[o] == p.years) year[o++] = -1;
    if (o == year.size()) return longest;
  }
}

test::Shape shape_of(std::uint64_t seed) {
  test::Shape shape;
  shape.max_options = 5;
  shape.maintenance = seed % 2 == 0;
  shape.earmarks = seed % 3 == 0;
  shape.conflicts = seed % 5 == 0;
  shape.fixed = seed % 7 == 0;
  shape.whole_numbers = seed % 4 == 0;
  shape.charges = shape.quotas = seed % 3 == 1;
  shape.capacities = shape.prerequisites = seed % 4 == 1;
  shape.budgets = seed % 2 == 0 ? 1 : 0.5;
  return shape;
}

TEST(Ceilings, NoPlanExceedsThem) {
  int checked = 0, lowered = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape_of(seed));
    const PlanProblem& p = random.problem;
    const auto longest = longest_by_enumeration(p);
    if (longest.empty()) continue;
    const Instance instance(p, silent_monitor());
    if (instance.cells.empty()) continue;
    const Ceilings found =
        find_ceilings(instance, silent_monitor(), std::chrono::steady_clock::now());
    ASSERT_EQ(found.cell.size(), at(p.years) * p.cases.size());
    for (const auto& cell : instance.cells) {
      const double ceiling = found.cell[at(cell.year) * p.cases.size() + at(cell.kase)];
      ++checked;
      if (ceiling < cell.top) ++lowered;
      ASSERT_GE(ceiling, longest[at(cell.year)][at(cell.kase)] * (1 - 1e-12))
          << "year " << cell.year << " case " << cell.kase;
    }
  }
  EXPECT_GT(checked, 500);
  EXPECT_GT(lowered, 50);
}

TEST(Still, ReachesWhatEveryYearCan) {
  int checked = 0;
  for (std::uint64_t seed = 1001; seed <= 1300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    test::Shape shape = shape_of(seed);
    shape.max_options = 4;
    const auto random = test::random_problem(seed, shape);
    const PlanProblem& p = random.problem;
    const auto longest = longest_by_enumeration(p);
    if (longest.empty()) continue;
    for (int t = 0; t < p.years; ++t) {
      for (std::size_t k = 0; k < p.cases.size(); ++k) {
        PlanProblem still = still_of(p, t, {static_cast<int>(k)});
        still.cases.front().weight = 1;
        if (still.options.size() > 12) continue;  // enumerated below
        ++checked;
        ASSERT_GE(test::best_by_enumeration(still), longest[at(t)][k] * (1 - 1e-12));
      }
    }
  }
  EXPECT_GT(checked, 300);
}

TEST(Ceilings, AreTheSameOnAnyNumberOfThreads) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    auto random = test::random_problem(seed, shape_of(seed));
    const Instance instance(random.problem, silent_monitor());
    const auto began = std::chrono::steady_clock::now();
    const Ceilings one = find_ceilings(instance, silent_monitor(), began);
    random.problem.threads = 3;
    const Ceilings three = find_ceilings(instance, silent_monitor(), began);
    EXPECT_EQ(one.cell, three.cell);
    EXPECT_EQ(one.paths, three.paths);
  }
}

}  // namespace
}  // namespace abatis
