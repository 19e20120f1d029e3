// Several years that cannot reach their targets together: against every plan of small networks.

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>

#include "interdict/grids.hpp"
#include "interdict/losses.hpp"
#include "interdict/solver.hpp"

namespace abatis {
namespace {
using abatis::interdiction::Answer;
using abatis::interdiction::Losses;
using abatis::interdiction::Solver;
using abatis::testing::fresh_seed;
using abatis::testing::make_grid;
using Lengths = std::vector<std::int64_t>;

// Lengths of all plans.
std::vector<Lengths> every_plan(const InterdictProblem& problem) {
  std::vector<Lengths> all;
  std::vector<InterdictPurchase> plan;
  auto left = problem.budgets;
  const std::function<void(std::size_t)> go = [&](std::size_t arc) {
    if (arc == problem.arcs.size()) {
      all.push_back(yearly_lengths(problem, plan).value());
      return;
    }
    go(arc + 1);
    const auto cost = problem.arcs[arc].cost;
    for (std::size_t year = 0; cost > 0 && year < left.size(); ++year) {
      if (left[year] < cost) continue;
      left[year] -= cost;
      plan.push_back({static_cast<int>(arc), static_cast<int>(year)});
      go(arc + 1);
      plan.pop_back();
      left[year] += cost;
    }
  };
  go(0);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

TEST(InterdictNested, RefutesOnlyWhatNoPlanReaches) {
  const auto seed = fresh_seed();
  SCOPED_TRACE("ABATIS_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  int refuted = 0, possible = 0, impossible = 0;
  for (int round = 0; round < 40; ++round) {
    const std::array<std::vector<std::int64_t>, 4> budgets{{{1, 1}, {1, 2}, {1, 1, 1}, {2, 0, 1}}};
    const auto problem = make_grid({.rows = 3,
                                    .cols = 3,
                                    .length = 6,
                                    .delay = 4,
                                    .cost = round % 3 == 0 ? 2 : 1,
                                    .seed = random()},
                                   budgets[random() % budgets.size()]);
    const auto plans = every_plan(problem);
    for (int i = 0; i < 8; ++i) {
      auto targets = plans[random() % plans.size()];
      const auto& other = plans[random() % plans.size()];
      for (std::size_t y = 0; y < targets.size(); ++y) {  // both can, perhaps not together
        targets[y] = std::max(targets[y], other[y]) + static_cast<std::int64_t>(random() % 4 == 0);
        if (y > 0) targets[y] = std::max(targets[y], targets[y - 1]);
      }
      const bool reached = std::any_of(plans.begin(), plans.end(), [&](const Lengths& lengths) {
        return std::equal(targets.begin(), targets.end(), lengths.begin(), std::less_equal<>());
      });
      const InterdictOptions options;
      const auto answer = Solver(problem, options, silent_monitor(), targets).reach_all(500);
      EXPECT_FALSE(reached && answer == Answer::no) << "round " << round << ", targets " << i;
      ++(reached ? possible : impossible);
      refuted += answer == Answer::no ? 1 : 0;
    }
  }
  EXPECT_GE(possible, 20);
  EXPECT_GE(refuted, impossible * 8 / 10) << "of " << impossible;
}

TEST(InterdictLosses, AreTheLeastThatAgreeWithAllConflicts) {
  const auto seed = fresh_seed();
  SCOPED_TRACE("ABATIS_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    constexpr std::int64_t kFloor = 5;
    Lengths reach(4);
    for (auto& one : reach) one = kFloor + static_cast<std::int64_t>(random() % 4);
    std::sort(reach.begin(), reach.end());
    Losses losses(reach, kFloor);
    std::vector<interdiction::Conflict> conflicts(random() % 6);
    for (auto& conflict : conflicts) {
      for (std::size_t y = 0; y < reach.size(); ++y) {
        if (random() % 2 == 0) continue;
        conflict.years.push_back(y);
        conflict.targets.push_back(reach[y] - static_cast<std::int64_t>(random() % 2));
      }
      losses.add(conflict);
    }
    std::int64_t least = 100;
    Lengths tried(reach.size());
    const std::function<void(std::size_t)> go = [&](std::size_t y) {
      if (y < reach.size()) {
        for (tried[y] = y > 0 ? tried[y - 1] : kFloor; tried[y] <= reach[y]; ++tried[y]) go(y + 1);
        return;
      }
      for (const auto& conflict : conflicts) {
        bool in = true;
        for (std::size_t i = 0; i < conflict.years.size(); ++i) {
          in = in && tried[conflict.years[i]] >= conflict.targets[i];
        }
        if (in) return;
      }
      least = std::min(least, std::accumulate(reach.begin(), reach.end(), std::int64_t{0}) -
                                  std::accumulate(tried.begin(), tried.end(), std::int64_t{0}));
    };
    go(0);
    EXPECT_EQ(losses.least(100), least) << "round " << round;
    if (least == 100) continue;
    const auto targets = losses.targets(least);
    ASSERT_TRUE(targets);
    EXPECT_TRUE(std::is_sorted(targets->begin(), targets->end()));
  }
}

}  // namespace
}  // namespace abatis
