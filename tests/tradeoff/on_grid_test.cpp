// Plans on a network that is too coarse for them, held to the grid.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "network/small_world.hpp"
#include "tradeoff/point.hpp"

namespace abatis {
namespace {

using testing::SmallWorld;
using tradeoff::Neighbour;

constexpr double kTolerance = 1e-6;

// Few portals, and no plan that they were tried on.
Network coarse(const SmallWorld& world) {
  Scenario loose = world.scenario;
  loose.network.tolerance = 0.5;
  loose.network.portal_spacing_m = 4000;
  loose.network.check_plans = 0;
  return testing::TinyWorld::must(
      build_network(loose, world.terrain, world.mobility, world.sites, 2, silent_monitor()));
}

// One option at about half of the sites, in the first year.
std::vector<Purchase> random_plan(const PlanProblem& problem, std::uint64_t seed) {
  Random random(seed, 3);
  std::vector<Purchase> plan;
  std::vector<char> taken(static_cast<std::size_t>(problem.sites), 0);
  for (std::size_t o = 0; o < problem.options.size(); ++o) {
    char& site = taken[static_cast<std::size_t>(problem.options[o].site)];
    if (site != 0 || random.uniform() < 0.6) continue;
    site = 1;
    plan.push_back({static_cast<int>(o), 0});
  }
  return plan;
}

Neighbour neighbour_of(const PlanProblem& problem, std::vector<Purchase> plan) {
  Neighbour n{.point = {}, .problem = problem};
  n.point.found = true;
  n.point.objective = n.point.bound = evaluate_plan(problem, plan);
  n.point.purchases = std::move(plan);
  return n;
}

TEST(OnGrid, PlansAreEvaluatedAnewOnOneNetworkThatIsRightForAll) {
  SmallWorld world("on_grid");
  const Network network = coarse(world);
  world.scenario.network.tolerance = kTolerance;
  std::vector<PlanOrigin> origin;
  PlanProblem problem = make_problem(world.scenario, world.sites, network, &origin);
  std::fill(problem.budget.begin(), problem.budget.end(), 1e12);
  problem.earmarks.clear();
  problem.limits.clear();
  const PlanResult none;
  const TradeoffInput input{world.scenario, world.terrain, world.mobility, world.sites,
                            network,        problem,       origin,         none};
  std::vector<Neighbour> all;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    all.push_back(neighbour_of(problem, random_plan(problem, seed)));
  }
  all[0].is_plan = true;
  std::vector<Neighbour*> pointers;
  for (Neighbour& n : all) pointers.push_back(&n);
  const std::vector<Neighbour> before = all;
  const auto held = hold_to_grid(input, pointers, 2, silent_monitor());
  ASSERT_TRUE(held) << to_string(held.error());
  ASSERT_NE(*held, nullptr) << "the network was not too coarse: nothing is tested";

  double moved = 0, best = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_LE(all[i].point.grid_error, kTolerance);
    EXPECT_GE(all[i].point.bound, all[i].point.objective);
    EXPECT_GE(all[i].point.bound, before[i].point.bound) << "bounds stay";
    const double own = evaluate_plan(all[i].problem, before[i].point.purchases);
    EXPECT_LE(own, before[i].point.objective * (1 + 1e-9)) << "more ways are never longer";
    moved = std::max(moved, before[i].point.objective / own - 1);
    best = std::max(best, own);
  }
  EXPECT_GT(moved, kTolerance) << "the network was not too coarse: nothing is tested";
  // The plan stays what it is; the others keep no rule that another plan breaks.
  EXPECT_EQ(all[0].point.purchases.size(), before[0].point.purchases.size());
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_NEAR(all[i].point.objective, best, 1e-6 * best);
  }
}

}  // namespace
}  // namespace abatis
