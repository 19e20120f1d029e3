// How a search is begun, told and drawn: kept plans and bounds, seeds, what a monitor hears.
#include <gtest/gtest.h>

#include <set>

#include "random_problem.hpp"

namespace abatis {
namespace {

class StatesHeard : public Monitor {
 public:
  void searched(const SearchState& state) override { states.push_back({state.best, state.bound}); }
  struct Heard {
    std::optional<double> best;
    double bound = 0;
  };
  std::vector<Heard> states;
};

TEST(Search, TellsAPlanAndABoundThatHold) {
  int told = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    test::Shape shape;
    shape.maintenance = shape.conflicts = true;
    const auto instance = test::random_problem(seed, shape);
    const double best = test::best_by_enumeration(instance.problem);
    StatesHeard monitor;
    const auto plan = solve_plan(instance.problem, monitor);
    ASSERT_TRUE(plan) << to_string(plan.error());
    double before = 0;
    for (const auto& heard : monitor.states) {
      EXPECT_GE(heard.bound, best - 1e-9 * best);
      if (!heard.best) continue;
      EXPECT_LE(*heard.best, best + 1e-9 * best);
      EXPECT_GE(*heard.best, before) << "the best never falls";
      before = *heard.best;
      ++told;
    }
    EXPECT_NEAR(before, plan->objective, 1e-9 * plan->objective);
  }
  EXPECT_GT(told, 60);
}

TEST(Search, AKnownBoundAndAPlanToStartFromEndItAtOnce) {
  int branched = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    test::Shape shape;
    shape.max_options = 7;
    shape.maintenance = true;
    auto instance = test::random_problem(seed, shape);
    const auto plan = solve_plan(instance.problem, silent_monitor());
    ASSERT_TRUE(plan);
    if (plan->nodes < 2) continue;
    ++branched;
    instance.problem.start = plan->purchases;
    instance.problem.known_bound = plan->bound;
    instance.problem.gap = 1e-6;  // the two figures are sums in another order
    const auto again = solve_plan(instance.problem, silent_monitor());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, PlanStatus::optimal);
    EXPECT_EQ(again->objective, plan->objective);
    EXPECT_LE(again->nodes, 1);
  }
  EXPECT_GT(branched, 5);
}

// Many equal sites on a few roads: which of them are drawn first decides between plans.
TEST(Search, ASeedChangesTheDrawAndNothingElse) {
  std::set<std::vector<std::pair<int, int>>> plans;
  for (const std::uint64_t seed : {0U, 0U, 1U, 2U, 3U, 4U, 5U}) {
    test::Shape shape;
    shape.max_sites = 40;
    shape.max_options = 60;
    shape.max_years = 3;
    auto instance = test::random_problem(77, shape);
    instance.problem.seed = seed;
    instance.problem.node_limit = 1;
    const auto plan = solve_plan(instance.problem, silent_monitor());
    ASSERT_TRUE(plan) << to_string(plan.error());
    EXPECT_EQ(broken_rule(instance.problem, plan->purchases), "");
    std::vector<std::pair<int, int>> bought;
    for (const Purchase& p : plan->purchases) bought.emplace_back(p.option, p.year);
    const bool known = plans.contains(bought);
    EXPECT_TRUE(seed != 0 || plans.empty() || known) << "one seed, one plan";
    plans.insert(std::move(bought));
  }
}

}  // namespace
}  // namespace abatis
