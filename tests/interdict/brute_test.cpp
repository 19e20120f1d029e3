// Against every plan there is, on small networks. Seeds are fresh and printed; ABATIS_SEED repeats
// one.

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/interdict/interdict.hpp"
#include "interdict/grids.hpp"

namespace abatis {
namespace {
using abatis::testing::fresh_seed;
using abatis::testing::GridKind;
using abatis::testing::make_grid;

// The best sum of yearly lengths, by trying all plans; -1 when the sink cannot be reached.
std::int64_t best_of_all(const InterdictProblem& problem) {
  std::int64_t best = -1;
  std::vector<InterdictPurchase> plan;
  auto left = problem.budgets;
  const std::function<void(int)> go = [&](int arc) {
    if (arc == static_cast<int>(problem.arcs.size())) {
      const auto lengths = yearly_lengths(problem, plan);
      std::int64_t sum = 0;
      if (!lengths) return;
      for (const auto length : *lengths) sum += length;
      best = std::max(best, sum);
      return;
    }
    go(arc + 1);
    const auto cost = problem.arcs[static_cast<std::size_t>(arc)].cost;
    if (cost == 0) return;
    for (int year = 0; year < static_cast<int>(left.size()); ++year) {
      auto& money = left[static_cast<std::size_t>(year)];
      if (money < cost) continue;
      money -= cost;
      plan.push_back({arc, year});
      go(arc + 1);
      plan.pop_back();
      money += cost;
    }
  };
  go(0);
  return best;
}

void expect_best(const InterdictProblem& problem, const std::string& which) {
  const std::int64_t best = best_of_all(problem);
  const auto answer = interdict(problem, {}, silent_monitor());
  if (best < 0) {
    ASSERT_FALSE(answer) << which;
    EXPECT_EQ(answer.error().code, ErrorCode::infeasible) << which;
    return;
  }
  ASSERT_TRUE(answer) << which << ": " << to_string(answer.error());
  EXPECT_EQ(answer->objective, best) << which;
  EXPECT_EQ(answer->bound, best) << which;
  EXPECT_EQ(answer->status, InterdictStatus::optimal) << which;
  const auto lengths = yearly_lengths(problem, answer->purchases);
  ASSERT_TRUE(lengths) << which << ": " << to_string(lengths.error());
  EXPECT_EQ(*lengths, answer->lengths) << which;
}

// Anything goes: parallel arcs, loops, cycles of length 0, delays of 0, ends that are the same.
InterdictProblem random_problem(Random& random, int years, int most_arcs) {
  InterdictProblem problem;
  problem.nodes = 2 + static_cast<int>(random.below(6));
  const auto node = [&] {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(problem.nodes)));
  };
  problem.source = node();
  problem.sink = random.below(20) == 0 ? problem.source : node();
  const auto number = [&](std::uint64_t most) {
    return static_cast<std::int64_t>(random.below(most + 1));
  };
  const std::uint64_t most_length = 1 + random.below(9), most_delay = random.below(9);
  const std::uint64_t most_cost = 1 + random.below(3), most_budget = random.below(8);
  for (int a = static_cast<int>(1 + random.below(static_cast<std::uint64_t>(most_arcs))); a > 0;
       --a) {
    problem.arcs.push_back(
        {node(), node(), number(most_length), number(most_delay), number(most_cost)});
  }
  for (int y = 0; y < years; ++y) problem.budgets.push_back(number(most_budget));
  return problem;
}

TEST(InterdictBrute, RandomNetworksOfOneYear) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 0);
  for (int i = 0; i < 2500; ++i) {
    expect_best(random_problem(random, 1, 12),
                "seed " + std::to_string(seed) + ", case " + std::to_string(i));
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(InterdictBrute, RandomNetworksOfSeveralYears) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 1);
  for (int i = 0; i < 500; ++i) {
    expect_best(random_problem(random, 2 + static_cast<int>(random.below(2)), 7),
                "seed " + std::to_string(seed) + ", case " + std::to_string(i));
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(InterdictBrute, SmallGridsOfEveryFamily) {
  const std::uint64_t seed = fresh_seed();
  Random random(seed, 2);
  for (int i = 0; i < 80; ++i) {
    GridKind kind;
    kind.family = std::vector<std::string>{"iw", "ls", "ma"}[random.below(3)];
    kind.rows = 2 + static_cast<int>(random.below(2));
    kind.cols = 2 + static_cast<int>(random.below(2));
    kind.length = 1 + static_cast<std::int64_t>(random.below(10));
    kind.delay = 1 + static_cast<std::int64_t>(random.below(30));
    kind.cost = 1 + static_cast<std::int64_t>(random.below(4));
    kind.seed = random.below(1'000'000);
    std::vector<std::int64_t> budgets{static_cast<std::int64_t>(1 + random.below(4))};
    if (random.below(3) == 0) budgets = {1, static_cast<std::int64_t>(random.below(2)), 1};
    expect_best(make_grid(kind, budgets),
                "seed " + std::to_string(seed) + ", case " + std::to_string(i));
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace abatis
