// Limits on what is bought: what breaks them, what is said, and what the search does with them.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "plan/givers.hpp"
#include "plan/heuristic.hpp"
#include "plan/instance.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {

using plan_detail::Books;
using plan_detail::Givers;
using plan_detail::Instance;

constexpr double kNone = std::numeric_limits<double>::infinity();

// A road of 100 s through sites 0 and 1 in series, where stored obstacles may stand (10 s, 1 M EUR,
// 30 crew hours each); a park (option 2, site 2) gives 50 h for 2 M EUR; trees beside the road
// (options 3 to 5, sites 3 to 5) delay nobody.
struct Country {
  Graph graph;
  PlanProblem problem;
  Country() {
    graph.first = {0, 1, 2, 2};
    graph.to = {1, 2};
    graph.time_s = {60, 40};
    graph.site = {0, 1};
    PlanProblem& p = problem;
    p.years = 3;
    p.first_year = 2026;
    p.class_names = {"engineering", "stores"};
    p.sites = 6;
    p.year_weights = {1, 1, 1};
    p.graphs = {&graph};
    NetworkCase c;
    c.weight = 1;
    c.sources = {0};
    c.targets = {2};
    p.cases = {c};
    for (const int s : {0, 1}) p.options.push_back({s, {{0, 0.6e6, 0}, {1, 0.4e6, 0}}, {{10}}});
    p.options.push_back({2, {{1, 2e6, 0}}, {{0}}});
    for (const int s : {3, 4, 5}) p.options.push_back({s, {{0, s * 0.1e6, 0}}, {{0}}});
    p.budget = {3e6, 0, 0};
    p.gap = 0;
    p.threads = 1;
    p.limits.push_back({"park north: crew hours",
                        {{0, 30}, {1, 30}, {2, -50}},
                        -kNone,
                        0,
                        LimitSpan::by_year_end,
                        "h"});
  }
  void ask_for_trees(double low) {
    problem.limits.push_back(
        {"quota roadside_trees", {{3, 4}, {4, 4}, {5, 4.5}}, low, kNone, LimitSpan::horizon, "km"});
  }
};

TEST(Limits, BrokenRuleNamesThemWithFigures) {
  Country country;
  country.ask_for_trees(8);
  const PlanProblem& p = country.problem;
  EXPECT_EQ(broken_rule(p, {{3, 0}, {4, 0}}), "");
  EXPECT_EQ(broken_rule(p, {{2, 0}, {0, 0}, {3, 2}, {4, 2}}),
            "budget 2028 is overspent by 0.700 M EUR");
  country.problem.budget = {4e6, 0, 0};
  EXPECT_EQ(broken_rule(p, {{3, 0}, {4, 0}, {0, 1}, {2, 2}}),
            "park north: crew hours is overdrawn in 2027: 30 h by then, 0 h at most");
  EXPECT_EQ(broken_rule(p, {{3, 0}}),
            "quota roadside_trees is not reached: 4 km in all, 8 km at least");
}

TEST(Limits, AParkIsOpenedForWhatIsStored) {
  Country country;
  const auto result = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  // The park and one obstacle in the first year; the crew has no hours for a second one.
  EXPECT_DOUBLE_EQ(result->objective, 330);
  ASSERT_EQ(result->purchases.size(), 2U);
  country.problem.budget = {4e6, 0, 0};
  const auto same = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(same.has_value());
  EXPECT_DOUBLE_EQ(same->objective, 330);
  country.problem.limits[0].uses[2].amount = -60;
  const auto more = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(more.has_value());
  EXPECT_DOUBLE_EQ(more->objective, 360);
}

TEST(Limits, LocalSearchOpensAParkAndClosesItWhenNoneNeedsIt) {
  const Country country;
  const Instance instance(country.problem, silent_monitor());
  plan_detail::PathPool pool(instance);
  plan_detail::Heuristic heuristic(instance, pool, [] { return false; });
  const std::vector<double> x(instance.columns.size(), 0.0);
  const auto found = heuristic.improve(Books(instance), x, 4);
  EXPECT_DOUBLE_EQ(found.objective, 330);
  Books idle(instance);
  idle.add(instance.column(2, 0));
  EXPECT_TRUE(idle.can_remove(instance.column(2, 0)));
  auto surrogate = heuristic.surrogate(idle);
  heuristic.settle(idle, surrogate, x);
  EXPECT_EQ(broken_rule(country.problem, idle.purchases()), "");
}

TEST(Limits, BooksKeepWhatOthersRelyOn) {
  const Country country;
  const Instance instance(country.problem, silent_monitor());
  Books books(instance);
  const int stored = instance.column(0, 1), park = instance.column(2, 0);
  const int late = instance.column(2, 2);
  EXPECT_FALSE(books.can_add(stored));
  const auto change = Givers(instance).put(books, stored);
  ASSERT_TRUE(change.has_value());
  EXPECT_EQ(books.bought(2), instance.column(2, 1));  // with the obstacle, not before
  EXPECT_FALSE(books.can_remove(instance.column(2, 1)));
  EXPECT_TRUE(books.change_of_limits(instance.column(2, 1), late).breaks());
  EXPECT_FALSE(books.change_of_limits(instance.column(2, 1), park).breaks());
  EXPECT_TRUE(books.can_remove(stored));
  EXPECT_FALSE(Givers(instance).put(books, instance.column(1, 1)).has_value());  // 60 h of 50 h
  EXPECT_TRUE(books.in_limits());
  EXPECT_EQ(books.plan().size(), 2U);
  // A park that opens later comes earlier for what is bought earlier.
  EXPECT_TRUE(Givers(instance).put(books, instance.column(0, 0)).has_value());
  EXPECT_EQ(books.bought(2), park);
  undo(books, {{}, {park, instance.column(0, 0)}});
  EXPECT_TRUE(books.plan().empty());
  EXPECT_TRUE(books.can_add(late));
}

TEST(Limits, AQuotaIsFilledByTheCheapestAndHasAPrice) {
  Country country;
  country.ask_for_trees(8);
  const auto result = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  std::vector<int> trees;
  for (const Purchase& p : result->purchases) {
    if (p.option > 2) trees.push_back(p.option);
  }
  EXPECT_EQ(trees, (std::vector<int>{3, 4}));
  // 3 M EUR less 0.7 M EUR for trees buy no park with an obstacle; in parts they do.
  EXPECT_DOUBLE_EQ(result->objective, 300);
  ASSERT_EQ(result->prices.size(), 5U);
  EXPECT_EQ(result->prices[4].limit, "quota roadside_trees");
  EXPECT_TRUE(result->prices[4].binding);
  EXPECT_GT(result->prices[4].per_unit, 0);
  EXPECT_EQ(result->prices[4].per_meur, 0);
  EXPECT_EQ(result->prices[0].per_unit, 0);
}

TEST(Limits, APrerequisiteHoldsInEveryYear) {
  Country country;
  country.problem.limits = {
      {"cover needs a block", {{0, 1}, {1, -1}}, -kNone, 0, LimitSpan::by_year_end, ""}};
  country.problem.budget = {1e6, 1e6, 0};
  const auto result = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->purchases.size(), 2U);
  EXPECT_EQ(result->purchases[0].option, 1);
  EXPECT_EQ(result->purchases[1].option, 0);
  EXPECT_NE(broken_rule(country.problem, {{0, 0}, {1, 1}}).find("cover needs a block"),
            std::string::npos);
}

TEST(Limits, InfeasibleNamesTheLimitWithFigures) {
  Country country;
  country.ask_for_trees(40);
  std::string text = test::refusal(country.problem);
  EXPECT_NE(text.find("it asks for 40 km, all sites together hold 12.5 km"), std::string::npos);
  EXPECT_NE(text.find("quota roadside_trees"), std::string::npos);

  country.problem.limits[1].low = 12;  // 1.2 M EUR
  country.problem.budget = {0.5e6, 0.5e6, 0};
  text = test::refusal(country.problem);  // short of 0.2 M EUR, or of what it buys
  EXPECT_NE(text.find("cannot be met together"), std::string::npos);
  EXPECT_TRUE(text.find("quota roadside_trees by ") != std::string::npos ||
              text.find("budget 2028 by ") != std::string::npos)
      << text;

  country.problem.budget = {1e6, 0, 0};  // by parts only: 12 km cost 1.2 M EUR
  country.problem.limits[1].low = 9;     // 4 + 4.5 < 9
  text = test::refusal(country.problem);
  EXPECT_NE(text.find("quota roadside_trees at least 9 km"), std::string::npos) << text;

  Country crew;
  crew.problem.budget = {9e6, 0, 0};
  crew.problem.fixed = {{0, 0}, {1, 1}};
  text = test::refusal(crew.problem);
  EXPECT_NE(text.find("it allows 0 h at most, what was decided comes to 10 h by the end of 2027"),
            std::string::npos)
      << text;
  crew.problem.fixed = {{0, 0}, {2, 1}};
  text = test::refusal(crew.problem);
  EXPECT_NE(text.find("comes to 30 h by the end of 2026"), std::string::npos) << text;
}

TEST(Limits, FixedAndStartPlansBringTheirParksAlong) {
  Country country;
  country.problem.fixed = {{0, 1}};
  country.problem.start = {{0, 1}, {2, 1}};
  const auto result = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  EXPECT_DOUBLE_EQ(result->objective, 320);
  country.problem.fixed.clear();
  country.problem.gap = 1e9;
  country.problem.start = {{0, 0}, {2, 0}};  // what needs comes before what it needs
  const auto started = solve_plan(country.problem, silent_monitor());
  ASSERT_TRUE(started.has_value());
  EXPECT_DOUBLE_EQ(started->objective, 330);
}

TEST(Limits, MalformedAreRefused) {
  const auto refused = [](const PlanProblem& p) {
    const auto result = solve_plan(p, silent_monitor());
    return !result && result.error().code == ErrorCode::input;
  };
  const Country country;
  auto p = country.problem;
  p.limits[0].uses.push_back({6, 1});
  EXPECT_TRUE(refused(p));
  p = country.problem;
  p.limits[0].uses.push_back({0, 1});
  EXPECT_TRUE(refused(p));
  p = country.problem;
  p.limits[0].uses[0].amount = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(refused(p));
  p = country.problem;
  p.limits[0].low = 1;
  EXPECT_TRUE(refused(p));
  p = country.problem;
  p.options[0].charges.clear();
  EXPECT_TRUE(refused(p));
  p = country.problem;
  p.options[0].charges[1].budget_class = 0;
  EXPECT_TRUE(refused(p));
}

}  // namespace
}  // namespace abatis
