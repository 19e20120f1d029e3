// Several years: decisions on dates, what they say of single years, and the tree, against every
// plan of small networks. Seeds are fresh and printed; ABATIS_SEED repeats one.

#include <algorithm>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "interdict/grids.hpp"
#include "interdict/purchase_tree.hpp"

namespace abatis {
namespace {
using abatis::interdiction::Decision;
using abatis::interdiction::PurchaseDates;
using abatis::interdiction::PurchaseTask;
using abatis::interdiction::PurchaseTree;
using abatis::interdiction::ShortWay;
using abatis::interdiction::ShortWays;
using abatis::interdiction::Ways;
using abatis::testing::fresh_seed;
using abatis::testing::make_grid;
using Plan = std::vector<InterdictPurchase>;

// Costs of up to 3 and budgets that differ, so that what fits into the money up to a year need not
// fit into single budgets.
InterdictProblem random_grid(Random& random) {
  std::vector<std::int64_t> budgets;
  for (auto y = 2 + random.below(2); y > 0; --y) {
    budgets.push_back(static_cast<std::int64_t>(random.below(4)));
  }
  auto problem = make_grid({.rows = 2,
                            .cols = 2 + static_cast<int>(random.below(2)),
                            .length = 5,
                            .delay = 6,
                            .cost = 3,
                            .seed = random.below(1'000'000)},
                           budgets);
  for (auto& arc : problem.arcs) {
    if (random.below(6) == 0) arc.cost = 0;
    if (random.below(8) == 0) arc.delay = 0;
  }
  return problem;
}

void each_plan(const InterdictProblem& problem, const std::function<void(const Plan&)>& see) {
  Plan plan;
  auto left = problem.budgets;
  const std::function<void(std::size_t)> go = [&](std::size_t arc) {
    if (arc == problem.arcs.size()) return see(plan);
    go(arc + 1);
    const auto& one = problem.arcs[arc];
    for (std::size_t y = 0; one.cost > 0 && one.delay > 0 && y < left.size(); ++y) {
      if (left[y] < one.cost) continue;
      left[y] -= one.cost;
      plan.push_back({static_cast<int>(arc), static_cast<int>(y)});
      go(arc + 1);
      plan.pop_back();
      left[y] += one.cost;
    }
  };
  go(0);
}

std::vector<Decision> random_decisions(Random& random, const InterdictProblem& problem) {
  std::vector<Decision> decisions;
  for (auto i = random.below(5); i > 0; --i) {
    decisions.push_back({static_cast<int>(random.below(problem.arcs.size())),
                         static_cast<int>(random.below(problem.budgets.size())),
                         random.below(3) == 0});
  }
  return decisions;
}

bool keeps_to(const Plan& plan, const std::vector<Decision>& decisions) {
  return std::all_of(decisions.begin(), decisions.end(), [&](const Decision& decision) {
    const bool bought = std::any_of(plan.begin(), plan.end(), [&](const auto& purchase) {
      return purchase.arc == decision.arc && purchase.year <= decision.year;
    });
    return bought == decision.bought;
  });
}

std::vector<int> standing(const Plan& plan, int year) {
  std::vector<int> arcs;
  for (const auto& purchase : plan) {
    if (purchase.year <= year) arcs.push_back(purchase.arc);
  }
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

TEST(InterdictDates, AdmitEveryPlanThatKeepsToTheDecisions) {
  const auto seed = fresh_seed();
  Random random(seed, 0);
  int refused = 0, right = 0;
  for (int i = 0; i < 300; ++i) {
    const auto problem = random_grid(random);
    const auto decisions = random_decisions(random, problem);
    PurchaseDates dates(problem);
    const bool possible = dates.decide(decisions);
    bool any = false;
    each_plan(problem, [&](const Plan& plan) {
      if (!keeps_to(plan, decisions)) return;
      any = true;
      ASSERT_TRUE(possible) << "case " << i;
      for (int y = 0; y < dates.years(); ++y) {
        const auto arcs = standing(plan, y), must = dates.must_stand(y);
        EXPECT_TRUE(dates.admit(arcs, y)) << "case " << i << ", year " << y;
        EXPECT_TRUE(std::includes(arcs.begin(), arcs.end(), must.begin(), must.end()));
        // The year by itself says the same of these arcs, what must stand being longer already.
        Plan rest;
        for (const int a : arcs) {
          if (!dates.must_stand(a, y)) rest.push_back({a, 0});
        }
        const auto alone = yearly_lengths(dates.year_alone(y), rest);
        ASSERT_TRUE(alone) << "case " << i << ": " << to_string(alone.error());
        EXPECT_EQ(alone->front(), (*yearly_lengths(problem, plan))[at(y)]);
      }
    });
    if (::testing::Test::HasFailure()) return;
    refused += possible ? 0 : 1;
    right += possible == any ? 1 : 0;
  }
  EXPECT_GT(refused, 20) << "too few";
  EXPECT_GT(right, 200) << "what is not refused is mostly possible";
}

TEST(InterdictShortWays, CallNoYearHopelessThatAPlanTakesToItsTarget) {
  const auto seed = fresh_seed();
  Random random(seed, 1);
  int hopeless = 0, reached = 0, open = 0;
  for (int i = 0; i < 400; ++i) {
    const auto problem = random_grid(random);
    const auto decisions = random_decisions(random, problem);
    PurchaseDates dates(problem);
    if (!dates.decide(decisions)) continue;
    const Ways graph(problem);
    const std::vector<ShortWay> known;
    ShortWays ways(graph, known);
    const int year = static_cast<int>(random.below(problem.budgets.size()));
    std::int64_t least = 0, most = 0;  // of plans that keep to the decisions
    each_plan(problem, [&](const Plan& plan) {
      if (!keeps_to(plan, decisions)) return;
      const auto length = (*yearly_lengths(problem, plan))[at(year)];
      least = most == 0 ? length : std::min(least, length);
      most = std::max(most, length);
    });
    if (most == 0) continue;  // there is no such plan
    for (std::int64_t target = 1; target <= most + 4; ++target) {
      const auto state = ways.look(dates, year, target);
      if (state == ShortWays::Year::hopeless) {
        EXPECT_GT(target, most) << "case " << i;
        ++hopeless;
      } else if (state == ShortWays::Year::reached) {
        EXPECT_LE(target, least) << "case " << i;
        ++reached;
      } else {
        EXPECT_GT(ways.lack(ways.narrowest(dates, year, target), dates, year, target), 0);
        ++open;
      }
    }
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(hopeless, 200);
  EXPECT_GT(reached, 200);
  EXPECT_GT(open, 200);
}

// Money that is just enough is enough, and one less is not.
TEST(InterdictShortWays, CountTheLargestCostsAndDelaysToTheUnit) {
  const auto seed = fresh_seed();
  Random random(seed, 3);
  const auto large = [&] {
    return kMaxInterdictValue - static_cast<std::int64_t>(random.below(kMaxInterdictValue / 2));
  };
  for (int i = 0; i < 500; ++i) {
    InterdictProblem problem{.nodes = 3, .source = 0, .sink = 2};
    problem.arcs = {{0, 1, large(), large(), large()}, {1, 2, large(), large(), large()}};
    const auto &a = problem.arcs[0], &b = problem.arcs[1];
    for (const std::int64_t short_of : {0, 1}) {
      problem.budgets = {a.cost + b.cost - short_of};
      PurchaseDates dates(problem);
      const Ways graph(problem);
      const std::vector<ShortWay> known;
      const auto state =
          ShortWays(graph, known).look(dates, 0, a.length + a.delay + b.length + b.delay);
      EXPECT_EQ(state, short_of == 0 ? ShortWays::Year::open : ShortWays::Year::hopeless)
          << a.cost << ", " << b.cost << ", delays " << a.delay << ", " << b.delay;
    }
  }
}

// Of one year: the arcs of a best plan, where it comes so far.
std::optional<std::vector<int>> reach_by_trying(const InterdictProblem& one, std::int64_t target) {
  std::optional<std::vector<int>> arcs;
  each_plan(one, [&](const Plan& plan) {
    if (!arcs && (*yearly_lengths(one, plan))[0] >= target) arcs = standing(plan, 0);
  });
  return arcs;
}

// No plan is known to begin with, and years are thought to reach more than they can.
TEST(InterdictPurchaseTree, FindsTheBestOfAllPlansOnAnyNumberOfThreads) {
  const auto seed = fresh_seed();
  Random random(seed, 2);
  std::int64_t all_nodes = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto problem = random_grid(random);
    std::int64_t best = 0;
    std::vector<std::int64_t> reach(problem.budgets.size(), 0);
    each_plan(problem, [&](const Plan& plan) {
      const auto lengths = *yearly_lengths(problem, plan);
      best = std::max(best, std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}));
      for (std::size_t y = 0; y < reach.size(); ++y) reach[y] = std::max(reach[y], lengths[y]);
    });
    for (auto& one : reach) one += static_cast<std::int64_t>(i % 3);
    const Ways graph(problem);
    std::int64_t nodes = -1;
    for (const int threads : {1, 3}) {
      std::int64_t found = best / 2, bound = std::numeric_limits<std::int64_t>::max();
      PurchaseTask task{.graph = &graph, .most = reach, .best = found, .threads = threads};
      task.reach = reach_by_trying;
      task.offer = [&](const Plan& plan) {
        const auto lengths = yearly_lengths(problem, plan);
        EXPECT_TRUE(lengths) << "case " << i << ": " << to_string(lengths.error());
        found = std::max(found, std::accumulate(lengths->begin(), lengths->end(), std::int64_t{0}));
        return found;
      };
      task.bound = [&](std::int64_t now) {
        EXPECT_LE(now, bound) << "case " << i;
        EXPECT_GE(now, best) << "case " << i;
        bound = now;
      };
      task.stop = [] { return false; };
      PurchaseTree tree(std::move(task));
      tree.run();
      EXPECT_EQ(found, best) << "case " << i;
      EXPECT_EQ(bound, best) << "case " << i;
      if (threads == 1) nodes = tree.nodes();
      EXPECT_EQ(tree.nodes(), nodes) << "case " << i;
    }
    if (::testing::Test::HasFailure()) return;
    all_nodes += nodes;
  }
  EXPECT_GT(all_nodes, 5000) << "no trees";
}

TEST(InterdictPurchaseTree, KeepsItsBoundWhenStopped) {
  const auto problem = make_grid({.rows = 6, .cols = 6, .seed = 4}, {1, 1, 1, 1});
  const auto whole = interdict(problem, {}, silent_monitor());
  ASSERT_TRUE(whole);
  const Ways graph(problem);
  for (const int stop_after : {0, 1, 5, 20}) {
    std::int64_t bound = 4 * 1000;
    int calls = 0;
    PurchaseTask task{.graph = &graph, .most = std::vector<std::int64_t>(4, 1000)};
    task.reach = [&](const InterdictProblem& one, std::int64_t target) {
      ++calls;
      const auto answer = interdict(one, {}, silent_monitor());
      if (calls > stop_after || answer->objective < target) {
        return std::optional<std::vector<int>>();
      }
      std::vector<int> arcs;
      for (const auto& purchase : answer->purchases) arcs.push_back(purchase.arc);
      return std::optional(arcs);
    };
    task.offer = [](const Plan&) { return 0; };
    task.bound = [&](std::int64_t now) { bound = now; };
    task.stop = [&] { return calls > stop_after; };
    PurchaseTree(std::move(task)).run();
    EXPECT_GE(bound, whole->objective) << stop_after;
  }
}

}  // namespace
}  // namespace abatis
