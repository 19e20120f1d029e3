// Plans and bounds that points lend each other.

#include <vector>

#include <gtest/gtest.h>

#include "network/small_world.hpp"
#include "tradeoff/point.hpp"

namespace abatis {
namespace {

using testing::SmallWorld;
using testing::TinyWorld;
using tradeoff::is_looser;
using tradeoff::Neighbour;

struct World {
  SmallWorld small{"shared"};
  Network network = TinyWorld::must(small.build());
  std::vector<PlanOrigin> origin;
  PlanProblem problem = make_problem(small.scenario, small.sites, network, &origin);
  PlanResult none;
  TradeoffInput input{small.scenario, small.terrain, small.mobility, small.sites,
                      network,        problem,       origin,         none};
  World() {
    problem.earmarks.clear();
    problem.limits.clear();
  }
  // A point with `level` times the cost of everything in the first year.
  Neighbour point(double level, std::vector<Purchase> plan, double bound) const {
    Neighbour n{.point = {}, .problem = problem};
    n.problem.budget.assign(n.problem.budget.size(), 0.0);
    for (const PlanOption& o : problem.options) n.problem.budget[0] += level * o.cost();
    for (const PlanOption& o : problem.options) {
      for (double& b : n.problem.budget) b += level * o.maintenance();
    }
    n.point.found = true;
    n.point.level = level;
    n.point.objective = evaluate_plan(n.problem, plan);
    n.point.bound = bound;
    n.point.purchases = std::move(plan);
    return n;
  }
  // The first option at each site.
  std::vector<Purchase> everything() const {
    std::vector<Purchase> plan;
    for (std::size_t o = 0; o < problem.options.size(); ++o) {
      if (o > 0 && problem.options[o].site == problem.options[o - 1].site) continue;
      plan.push_back({static_cast<int>(o), 0});
    }
    return plan;
  }
};

TEST(Shared, APointWithMoreMoneyTakesThePlanOfOneWithLess) {
  World world;
  world.problem.conflicts.clear();
  const std::vector<Purchase> whole = world.everything();
  std::vector<Neighbour> points;
  points.push_back(world.point(0.001, {}, 9e9));
  points.push_back(world.point(1, whole, 9e9));
  points.push_back(world.point(2, {}, 9e9));
  points.push_back(world.point(3, {}, 9e9));
  points.back().is_plan = true;
  ASSERT_EQ(broken_rule(points[1].problem, whole), "");
  ASSERT_NE(broken_rule(points[0].problem, whole), "");
  ASSERT_GT(points[1].point.objective, points[2].point.objective);
  std::vector<Neighbour*> all;
  for (Neighbour& n : points) all.push_back(&n);
  share_plans(world.input, all);
  EXPECT_TRUE(points[0].point.purchases.empty()) << "it cannot pay for it";
  EXPECT_DOUBLE_EQ(points[2].point.objective, points[1].point.objective);
  EXPECT_EQ(points[2].point.purchases.size(), whole.size());
  EXPECT_GT(points[2].point.spent, 0);
  EXPECT_TRUE(points[3].point.purchases.empty()) << "the plan stays what it is";
}

TEST(Shared, NoPointIsBetterThanTheBoundOfALooserOne) {
  const World world;
  std::vector<Neighbour> points;
  points.push_back(world.point(1, {}, 9e6));
  points.push_back(world.point(2, {}, 8e6));
  points.push_back(world.point(3, {}, 9e8));
  share_bounds(points);
  EXPECT_EQ(points[0].point.bound, 8e6);
  EXPECT_EQ(points[1].point.bound, 8e6);
  EXPECT_EQ(points[2].point.bound, 9e8);
}

TEST(Shared, LooserMeansThatEveryRuleFollows) {
  const World world;
  const PlanProblem less = world.point(1, {}, 0).problem, more = world.point(2, {}, 0).problem;
  EXPECT_TRUE(is_looser(more, less));
  EXPECT_TRUE(is_looser(less, less));
  EXPECT_FALSE(is_looser(less, more));
  const auto with = [](PlanProblem p, EarmarkRule rule, double amount) {
    p.earmarks.push_back({.budget_class = 0, .rule = rule, .amount = amount, .tolerance = 1});
    return p;
  };
  const auto least = EarmarkRule::at_least, most = EarmarkRule::at_most;
  EXPECT_TRUE(is_looser(more, with(less, least, 5)));
  EXPECT_FALSE(is_looser(with(more, least, 5), less)) << "it asks for what the other does not";
  EXPECT_FALSE(is_looser(with(more, least, 6), with(less, least, 5)));
  EXPECT_TRUE(is_looser(with(more, least, 5), with(less, least, 6)));
  EXPECT_TRUE(is_looser(with(more, most, 6), with(less, most, 5)));
  EXPECT_FALSE(is_looser(with(more, most, 5), with(less, most, 6)));
  EXPECT_TRUE(is_looser(with(more, least, 4), with(less, EarmarkRule::exactly, 5)));
  EXPECT_FALSE(is_looser(with(more, least, 5), with(less, EarmarkRule::exactly, 5)));
  PlanProblem limited = less, wider = more;
  limited.limits.push_back({.name = "a", .uses = {{0, 2}}, .high = 3});
  wider.limits.push_back({.name = "b", .uses = {{0, 2}}, .high = 4});
  EXPECT_TRUE(is_looser(wider, limited));
  EXPECT_FALSE(is_looser(limited, wider));
  wider.limits.back().uses = {{0, 1}};
  EXPECT_FALSE(is_looser(wider, limited)) << "amounts differ";
}

}  // namespace
}  // namespace abatis
