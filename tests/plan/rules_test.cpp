// What a plan may do, what it is worth, and what is said when it cannot be.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <string>

#include "random_problem.hpp"

namespace abatis {
namespace {

// One road of 100 s through three sites in series; one option each, 10 s of delay, 1 M EUR.
struct Road {
  Graph graph;
  PlanProblem problem;
  Road() {
    graph.first = {0, 1, 2, 3, 3};
    graph.to = {1, 2, 3};
    graph.time_s = {40, 40, 20};
    graph.site = {0, 1, 2};
    problem.years = 2;
    problem.first_year = 2026;
    problem.class_names = {"engineering", "anti_tank_mines"};
    problem.sites = 3;
    problem.year_weights = {0.5, 0.5};
    problem.graphs = {&graph};
    NetworkCase c;
    c.weight = 1;
    c.sources = {0};
    c.targets = {3};
    problem.cases = {c};
    for (int s = 0; s < 3; ++s) problem.options.push_back({s, {{s == 2 ? 1 : 0, 1e6, 0}}, {{10}}});
    problem.budget = {1e6, 1e6};
    problem.gap = 0;
    problem.threads = 1;
  }
};

using ::testing::Test;

double bellman_ford(const Graph& g, const NetworkCase& c, const std::vector<double>& delay) {
  std::vector<double> time(static_cast<std::size_t>(g.nodes()),
                           std::numeric_limits<double>::infinity());
  for (const auto s : c.sources) time[static_cast<std::size_t>(s)] = 0;
  for (std::size_t round = 0; round < time.size(); ++round) {
    for (std::size_t n = 0; n < time.size(); ++n) {
      for (auto a = static_cast<std::size_t>(g.first[n]);
           a < static_cast<std::size_t>(g.first[n + 1]); ++a) {
        const double wait = g.site[a] < 0 ? 0.0 : delay[static_cast<std::size_t>(g.site[a])];
        auto& head = time[static_cast<std::size_t>(g.to[a])];
        head = std::min(head, time[n] + g.time_s[a] + wait);
      }
    }
  }
  double best = std::numeric_limits<double>::infinity();
  for (const auto t : c.targets) best = std::min(best, time[static_cast<std::size_t>(t)]);
  return best;
}

TEST(Plan, KnownAnswerOnOneRoad) {
  const Road road;
  const auto result = solve_plan(road.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  // One site in each year: 110 s, then 120 s.
  EXPECT_DOUBLE_EQ(result->objective, 115);
  EXPECT_NEAR(result->bound, 115, 1e-4);
  EXPECT_DOUBLE_EQ(result->baseline, 100);
  EXPECT_EQ(result->status, PlanStatus::optimal);
  ASSERT_EQ(result->purchases.size(), 2U);
  EXPECT_EQ(result->purchases[0].year, 0);
  EXPECT_EQ(result->purchases[1].year, 1);
  EXPECT_DOUBLE_EQ(result->time_s[0][0], 110);
  EXPECT_DOUBLE_EQ(result->time_s[1][0], 120);
  EXPECT_DOUBLE_EQ(result->spent[0], 1e6);
  EXPECT_DOUBLE_EQ(result->carried[1], 0);
  // A million more in 2026 buys 10 s in both years, in 2027 in one of them.
  ASSERT_EQ(result->prices.size(), 2U);
  EXPECT_EQ(result->prices[0].limit, "budget 2026");
  EXPECT_NEAR(result->prices[0].per_meur, 10, 1e-3);
  EXPECT_NEAR(result->prices[1].per_meur, 5, 1e-3);
  EXPECT_TRUE(result->prices[0].binding);
}

TEST(Plan, EarmarkHasAPrice) {
  Road road;
  road.problem.years = 1;
  road.problem.year_weights = {1};
  road.problem.budget = {2e6};
  road.problem.options[2].delay_s = {{4}};
  road.problem.earmarks = {{1, EarmarkRule::at_least, 1e6, 0}};
  const auto result = solve_plan(road.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  EXPECT_DOUBLE_EQ(result->objective, 114);
  ASSERT_EQ(result->prices.size(), 2U);
  EXPECT_EQ(result->prices[1].limit, "earmark anti_tank_mines at_least");
  // A million less of mines is a million more of works: 10 s instead of 4 s.
  EXPECT_NEAR(result->prices[1].per_meur, 6, 1e-3);
}

TEST(Plan, CarryOverLosesItsShare) {
  Road road;
  road.problem.options.resize(1);
  road.problem.options[0].charges[0].cost = 1.5e6;
  road.problem.carry_over = 0.4;  // 1.0 + 0.4 < 1.5
  auto result = solve_plan(road.problem, silent_monitor());
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(result->purchases.empty());
  road.problem.carry_over = 0.5;
  result = solve_plan(road.problem, silent_monitor());
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->purchases.size(), 1U);
  EXPECT_EQ(result->purchases[0].year, 1);
  EXPECT_DOUBLE_EQ(result->carried[1], 0.5e6);
}

class NotesHeard : public Monitor {
 public:
  void note(std::string_view line) override { lines += std::string(line) + "\n"; }
  std::string lines;
};

TEST(Plan, BudgetBelowEveryOptionBuysNothingAndSaysSo) {
  Road road;
  road.problem.budget = {1e5, 1e5};
  NotesHeard monitor;
  const auto result = solve_plan(road.problem, monitor);
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(result->purchases.empty());
  EXPECT_DOUBLE_EQ(result->objective, 100);
  EXPECT_DOUBLE_EQ(result->bound, 100);
  EXPECT_NE(monitor.lines.find("nothing is bought"), std::string::npos);
}

TEST(Plan, InfeasibleNamesTheLimit) {
  const Road road;
  auto p = road.problem;
  p.earmarks = {{1, EarmarkRule::at_least, 1.5e6, 0}};  // its class holds one option of 1 M
  EXPECT_NE(test::refusal(p).find("anti_tank_mines at_least"), std::string::npos);
  EXPECT_NE(test::refusal(p).find("1.000 M EUR"), std::string::npos);

  p = road.problem;
  p.earmarks = {{0, EarmarkRule::at_least, 1.6e6, 0}, {1, EarmarkRule::at_least, 0.7e6, 0}};
  EXPECT_NE(test::refusal(p).find("budgets hold 2.000 M EUR"), std::string::npos);

  p = road.problem;
  p.earmarks = {{0, EarmarkRule::exactly, 1.5e6, 0.2e6}};  // 0, 1 or 2 M can be spent
  EXPECT_NE(test::refusal(p).find("engineering exactly 1.500 M EUR within 0.200 M EUR"),
            std::string::npos);

  p = road.problem;
  p.earmarks = {{0, EarmarkRule::at_least, 1e6, 0}, {0, EarmarkRule::at_most, 0.5e6, 0}};
  EXPECT_NE(test::refusal(p).find("at least 1.000 M EUR and at most 0.500 M EUR"),
            std::string::npos);

  p = road.problem;
  p.fixed = {{0, 0}, {1, 0}};
  EXPECT_NE(test::refusal(p).find("budget 2026 is overspent"), std::string::npos);
  p.fixed = {{0, 0}, {0, 1}};
  EXPECT_NE(test::refusal(p).find("same site"), std::string::npos);
  p.fixed = {{0, 0}, {1, 1}};
  p.conflicts = {{0, 1}};
  EXPECT_NE(test::refusal(p).find("exclude each other"), std::string::npos);

  p = road.problem;  // enough money over all years, but what is left over is lost
  p.budget = {1.9e6, 0.9e6};
  p.carry_over = 0;
  p.options[0].charges[0].cost = p.options[1].charges[0].cost = 1.3e6;
  p.earmarks = {{0, EarmarkRule::at_least, 2.5e6, 0}};
  EXPECT_NE(test::refusal(p).find("engineering at_least"), std::string::npos);
}

TEST(Plan, ElasticPhaseNamesEarmarksThatCompete) {
  Road road;  // conflicts let fractions reach one million of the two classes together
  road.problem.conflicts = {{0, 2}, {1, 2}, {0, 1}};
  road.problem.earmarks = {{0, EarmarkRule::at_least, 1e6, 0},
                           {1, EarmarkRule::at_least, 0.9e6, 0}};
  const std::string text = test::refusal(road.problem);
  EXPECT_NE(text.find("earmark"), std::string::npos);
  EXPECT_NE(text.find("cannot be met together"), std::string::npos);
}

TEST(Plan, MalformedProblemsAreRefused) {
  const Road road;
  const auto refused = [](const PlanProblem& p) {
    const auto result = solve_plan(p, silent_monitor());
    return !result && result.error().code == ErrorCode::input;
  };
  auto p = road.problem;
  p.budget.pop_back();
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.options[0].delay_s = {{5, 4}};
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.options[0].site = 9;
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.options[0].delay_s.clear();
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.cases[0].targets = {77};
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.carry_over = std::nan("");
  EXPECT_TRUE(refused(p));
  p = road.problem;
  p.cases[0].sources = {3};
  p.cases[0].targets = {0};  // no way back
  EXPECT_TRUE(refused(p));
}

TEST(Plan, BrokenRuleNamesTheFirst) {
  Road road;
  EXPECT_EQ(broken_rule(road.problem, {{0, 0}, {1, 1}}), "");
  EXPECT_NE(broken_rule(road.problem, {{0, 0}, {1, 0}}).find("budget 2026"), std::string::npos);
  EXPECT_NE(broken_rule(road.problem, {{7, 0}}).find("option 7"), std::string::npos);
  EXPECT_NE(broken_rule(road.problem, {{0, 5}}).find("outside"), std::string::npos);
  road.problem.earmarks = {{1, EarmarkRule::exactly, 1e6, 1e4}};
  EXPECT_NE(broken_rule(road.problem, {{0, 0}}).find("anti_tank_mines exactly"), std::string::npos);
  EXPECT_EQ(broken_rule(road.problem, {{2, 0}}), "");
}

TEST(Plan, EvaluateAgreesWithBellmanFord) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto instance = test::random_problem(seed, {});
    const PlanProblem& p = instance.problem;
    Random random(seed, 99);
    std::vector<Purchase> plan;
    for (std::size_t o = 0; o < p.options.size(); ++o) {
      if (random.uniform() < 0.5)
        plan.push_back({static_cast<int>(o), test::below(random, p.years)});
    }
    double expected = 0;
    for (int t = 0; t < p.years; ++t) {
      for (const NetworkCase& c : p.cases) {
        std::vector<double> delay(static_cast<std::size_t>(p.sites), 0.0);
        for (const Purchase& bought : plan) {
          const auto& o = p.options[static_cast<std::size_t>(bought.option)];
          const auto& by_age = o.delay_s[static_cast<std::size_t>(c.speed)];
          const int age = std::min(t - bought.year, static_cast<int>(by_age.size()) - 1);
          if (age >= 0)
            delay[static_cast<std::size_t>(o.site)] += by_age[static_cast<std::size_t>(age)];
        }
        expected += p.year_weights[static_cast<std::size_t>(t)] * c.weight *
                    bellman_ford(*p.graphs[static_cast<std::size_t>(c.graph)], c, delay);
      }
    }
    EXPECT_NEAR(evaluate_plan(p, plan), expected, 1e-9 * expected);
  }
}

class StopsAfter : public Monitor {
 public:
  explicit StopsAfter(int polls) : left_(polls) {}
  bool stop_requested() const override { return left_.fetch_sub(1) <= 0; }

 private:
  mutable std::atomic<int> left_;
};

TEST(Plan, InterruptionKeepsAPlanAndAValidBound) {
  test::Shape shape;
  shape.max_options = 7;
  shape.maintenance = true;
  int interrupted = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto instance = test::random_problem(seed, shape);
    const double best = test::best_by_enumeration(instance.problem);
    for (const int polls : {1, 2, 3, 5, 9, 15}) {
      SCOPED_TRACE(::testing::Message() << "seed " << seed << " polls " << polls);
      StopsAfter monitor(polls);
      const auto result = solve_plan(instance.problem, monitor);
      ASSERT_TRUE(result.has_value()) << to_string(result.error());
      if (result->status == PlanStatus::interrupted) ++interrupted;
      EXPECT_EQ(broken_rule(instance.problem, result->purchases), "");
      EXPECT_LE(result->objective, best + 1e-9 * best);
      EXPECT_GE(result->bound, best - 1e-9 * best);
      EXPECT_TRUE(std::isfinite(result->bound));
    }
  }
  EXPECT_GT(interrupted, 20);
}

TEST(Plan, NodeLimitSaysSo) {
  test::Shape shape;
  shape.max_options = 7;
  int limited = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    auto instance = test::random_problem(seed, shape);
    const double best = test::best_by_enumeration(instance.problem);
    instance.problem.node_limit = 1;
    const auto result = solve_plan(instance.problem, silent_monitor());
    ASSERT_TRUE(result.has_value());
    EXPECT_GE(result->bound, best - 1e-9 * best) << "seed " << seed;
    EXPECT_LE(result->objective, best + 1e-9 * best) << "seed " << seed;
    if (result->status == PlanStatus::node_limit) ++limited;
  }
  EXPECT_GT(limited, 0);
}

}  // namespace
}  // namespace abatis
