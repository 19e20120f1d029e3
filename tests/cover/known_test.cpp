// The instances of Cordeau, Furini & Ljubic (2019), made by their rule: rand() of the GNU C
// library. Optima: found by Cbc and GLPK on the plain program as well (bench/cover/run).

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "abatis/cover/cover.hpp"

namespace abatis {
namespace {

CoverProblem published(int sites, int points, int low_cost, int high_cost, unsigned seed) {
  std::srand(seed);
  const auto place = [] {
    // Six decimals, as in the files.
    return std::stod(fmt::format("{:.6f}", std::rand() / static_cast<double>(RAND_MAX) * 30));
  };
  const auto whole = [](int low, int high) { return std::rand() % (high - low + 1) + low; };
  CoverProblem problem;
  for (int s = 0; s < sites; ++s) {
    const double x = place();
    problem.sites.push_back({.x = x, .y = place()});
  }
  for (int d = 0; d < points; ++d) {
    const double x = place();
    problem.demand.push_back({.x = x, .y = place()});
  }
  for (auto& site : problem.sites) site.cost = whole(low_cost, high_cost);
  for (auto& point : problem.demand) point.weight = whole(1, 100);
  return problem;
}

TEST(CoverKnown, PublishedRuleAndItsOptima) {
#ifndef __GLIBC__
  GTEST_SKIP() << "skipped: the rule needs rand() of the GNU C library";
#endif
  CoverProblem problem = published(100, 1000, 10, 100, 1);
  // The first rows of GRID_INST_n100_m1000_d1_100_f10_100_s1.dat.
  EXPECT_EQ(problem.sites[0].x, 25.205632);
  EXPECT_EQ(problem.sites[0].y, 11.831488);
  EXPECT_EQ(problem.sites[0].cost, 75);
  EXPECT_EQ(problem.demand[0].x, 29.383024);
  EXPECT_EQ(problem.demand[0].weight, 87);
  problem.radius = 5.5;
  problem.budget = 300;
  const auto money = cover(problem, {}, silent_monitor()).value();
  EXPECT_EQ(money.value, 46424);
  EXPECT_EQ(money.bound, 46424);
  problem = published(100, 1000, 1, 1, 1);
  problem.radius = 5.5;
  problem.choose = 10;
  const auto count = cover(problem, {}, silent_monitor()).value();
  EXPECT_EQ(count.value, 44731);
  EXPECT_EQ(count.bound, 44731);
}

}  // namespace
}  // namespace abatis
