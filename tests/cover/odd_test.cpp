// Problems at the edge of sense, and what is promised besides the optimum.

#include <gtest/gtest.h>

#include <cmath>

#include "random_cover.hpp"
#include "support/stopped_monitor.hpp"

namespace abatis {
namespace {

CoverResult solved(const CoverProblem& problem, const CoverOptions& options = {}) {
  const auto found = cover(problem, options, silent_monitor());
  EXPECT_TRUE(found) << to_string(found.error());
  EXPECT_LE(found->value, found->bound);
  EXPECT_EQ(cover_value(problem, found->chosen).value().value, found->value);
  return *found;
}

TEST(CoverOdd, NothingToCoverNothingToChoose) {
  CoverProblem problem{.radius = 1, .choose = 3};
  EXPECT_EQ(solved(problem).value, 0);
  problem.demand = {{0, 0, 5}};
  EXPECT_EQ(solved(problem).value, 0);
  problem.sites = {{0, 0}};
  EXPECT_EQ(solved(problem).value, 5);
  problem.choose = 0;
  EXPECT_EQ(solved(problem).value, 0);
  problem.choose.reset();
  problem.budget = 0;
  EXPECT_EQ(solved(problem).value, 0);
  problem.sites[0].cost = 0;
  EXPECT_EQ(solved(problem).value, 5) << "for nothing";
  problem.sites[0].standing = true;
  const auto found = solved(problem);
  EXPECT_EQ(found.value, 5);
  EXPECT_TRUE(found.chosen.empty());
  EXPECT_EQ(found.standing, std::vector<int>{0});
}

// 0.4 - 0.1 is more than 0.3 in double precision; as written it is not. Large coordinates as well.
TEST(CoverOdd, ADistanceEqualToTheRadiusCovers) {
  for (const double far : {0.0, 5'000'000.0}) {
    CoverProblem problem{.demand = {{far + 0.4, far + 0.2, 1}},
                         .sites = {{far + 0.1, far + 0.2}},
                         .radius = 0.3,
                         .choose = 1};
    EXPECT_EQ(solved(problem).value, 1) << far;
    problem.radius = 0.299999;
    EXPECT_EQ(solved(problem).value, 0) << far;
  }
  CoverProblem problem{
      .demand = {{3, 4, 1}, {-3.000001, 4, 1}}, .sites = {{0, 0}}, .radius = 5, .choose = 1};
  EXPECT_EQ(solved(problem).value, 1);
  problem.radius = 0;
  problem.sites = {{3, 4}};
  EXPECT_EQ(solved(problem).value, 1) << "the same place";
}

TEST(CoverOdd, DecimalsAreAddedExactly) {
  CoverProblem problem{.radius = 1, .budget = 0.3};
  for (int k = 0; k < 10; ++k) {
    problem.demand.push_back({10.0 * k, 0, 0.1});
    problem.sites.push_back({.x = 10.0 * k, .y = 0, .cost = 0.1});
  }
  const auto found = solved(problem);
  EXPECT_EQ(found.value, 0.3);
  EXPECT_EQ(found.bound, 0.3);
  EXPECT_EQ(found.chosen.size(), 3U) << "0.1 + 0.1 + 0.1 is within 0.3";
  EXPECT_EQ(found.decimals, 1);
}

TEST(CoverOdd, FiguresOfTooManyDigitsAreSaid) {
  Random random(5, 0);
  CoverProblem problem{.radius = 0.2, .choose = 3};
  for (int k = 0; k < 200; ++k) {
    problem.demand.push_back({random.uniform(), random.uniform(), random.uniform()});
    if (k < 12) problem.sites.push_back({random.uniform(), random.uniform()});
  }
  const auto found = cover(problem, {}, silent_monitor()).value();
  EXPECT_FALSE(found.exact);
  const double best = test::best_by_trying(problem);
  EXPECT_NEAR(found.value, best, 1e-9);
  EXPECT_GE(found.bound, best - 1e-9);
}

TEST(CoverOdd, AnyNumberOfThreadsGivesTheSame) {
  Random random(11, 0);
  CoverProblem problem{.radius = 8, .choose = 6};
  for (int k = 0; k < 20'000; ++k) {
    problem.demand.push_back({std::floor(random.uniform(0, 1000)) / 10,
                              std::floor(random.uniform(0, 1000)) / 10,
                              1 + std::floor(random.uniform(0, 9))});
  }
  for (int k = 0; k < 60; ++k)
    problem.sites.push_back({random.uniform(0, 100), random.uniform(0, 100)});
  const auto one = solved(problem, {.threads = 1});
  EXPECT_EQ(one.status, CoverStatus::optimal);
  for (const int threads : {2, 8}) {
    const auto more = solved(problem, {.threads = threads});
    EXPECT_EQ(more.chosen, one.chosen);
    EXPECT_EQ(more.value, one.value);
    EXPECT_EQ(more.bound, one.bound);
    EXPECT_EQ(more.nodes, one.nodes);
    EXPECT_EQ(more.groups, one.groups);
  }
}

// One box over all points would be almost empty.
TEST(CoverOdd, PointsFarFromTheRestDoNotMatter) {
  CoverProblem near{.radius = 1.5, .choose = 2};
  Random random(3, 0);
  for (int k = 0; k < 400; ++k)
    near.demand.push_back({random.uniform(0, 10), random.uniform(0, 10), 1});
  for (int k = 0; k < 9; ++k) near.sites.push_back({random.uniform(0, 10), random.uniform(0, 10)});
  CoverProblem far = near;
  far.demand.push_back({1e12, -1e12, 7});
  far.demand.push_back({-1e14, 0, 7});
  EXPECT_EQ(solved(near).value, solved(far).value);
}

TEST(CoverOdd, StopsAtOnceWithWhatItHas) {
  const CoverProblem problem = test::random_cover(9, 40, 300);
  const auto found = cover(problem, {.time_s = 1e-9}, silent_monitor());
  ASSERT_TRUE(found);
  EXPECT_LE(found->value, found->bound);
  EXPECT_EQ(cover_value(problem, found->chosen).value().value, found->value);
}

// Weights of 1 that two sites share out promise something, too: greedy begins.
TEST(CoverOdd, BackupOfSmallWeightsHasAGreedyChoice) {
  Random random(8, 0);
  CoverProblem problem{.radius = 3, .choose = 6, .backup = 4};
  for (int k = 0; k < 300; ++k) {
    problem.demand.push_back({random.uniform(0, 10), random.uniform(0, 10), 1});
    if (k < 30) problem.sites.push_back({random.uniform(0, 10), random.uniform(0, 10)});
  }
  const auto found = cover(problem, {.time_s = 1e-9}, silent_monitor());
  ASSERT_TRUE(found);
  EXPECT_GT(found->value, 10);
}

TEST(CoverOdd, TheUserStopsIt) {
  Random random(21, 0);
  CoverProblem problem{.radius = 1, .choose = 5};
  for (int k = 0; k < 500; ++k)
    problem.demand.push_back({random.uniform(0, 10), random.uniform(0, 10), 1});
  for (int k = 0; k < 40; ++k)
    problem.sites.push_back({random.uniform(0, 10), random.uniform(0, 10)});
  testing::StoppedMonitor monitor;
  const auto found = cover(problem, {}, monitor);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, CoverStatus::interrupted);
  EXPECT_LT(found->value, found->bound);
}

class StopsAfter : public Monitor {
 public:
  explicit StopsAfter(int looks) : left_(looks) {}
  bool stop_requested() const override { return --left_ < 0; }

 private:
  mutable int left_;
};

// Wherever it is stopped, between two pivots too, the bound holds and the choice is what it says.
TEST(CoverOdd, AStopAtAnyMomentLeavesABound) {
  Random random(4, 0);
  CoverProblem problem{.radius = 2.2, .choose = 7};
  for (int k = 0; k < 600; ++k) {
    problem.demand.push_back(
        {random.uniform(0, 10), random.uniform(0, 10), 1 + static_cast<double>(random.below(9))});
    if (k < 60) problem.sites.push_back({random.uniform(0, 10), random.uniform(0, 10)});
  }
  const auto whole = solved(problem);
  ASSERT_EQ(whole.status, CoverStatus::optimal);
  int stopped = 0;
  for (int looks = 0; looks < 6000; looks += 1 + looks / 8) {
    StopsAfter monitor(looks);
    const auto found = cover(problem, {}, monitor);
    ASSERT_TRUE(found) << looks;
    EXPECT_LE(found->value, whole.value) << looks;
    EXPECT_GE(found->bound, whole.value) << looks;
    EXPECT_EQ(cover_value(problem, found->chosen).value().value, found->value) << looks;
    stopped += found->status == CoverStatus::interrupted;
  }
  EXPECT_GT(stopped, 15);
}

TEST(CoverOdd, LimitsThatMakeNoSenseAreErrors) {
  const CoverProblem good{.demand = {{0, 0, 1}}, .sites = {{0, 0}}, .radius = 1, .choose = 1};
  const auto refused = [](CoverProblem problem, const char* word) {
    const auto found = cover(problem, {}, silent_monitor());
    ASSERT_FALSE(found) << word;
    EXPECT_EQ(found.error().code, ErrorCode::input);
    EXPECT_NE(to_string(found.error()).find(word), std::string::npos) << to_string(found.error());
  };
  auto p = good;
  p.budget = 3;
  refused(p, "both");
  p = good;
  p.choose.reset();
  refused(p, "neither");
  p = good;
  p.choose = -1;
  refused(p, "--choose");
  p = good;
  p.radius = -0.1;
  refused(p, "--radius");
  p.radius = std::nan("");
  refused(p, "--radius");
  p = good;
  p.backup = 0;
  refused(p, "--backup");
  p = good;
  p.backup_share = 1.5;
  refused(p, "--backup-share");
  p = good;
  p.demand[0].weight = -1;
  refused(p, "demand row 0");
  p = good;
  p.sites[0].x = std::numeric_limits<double>::infinity();
  refused(p, "site row 0");
}

TEST(CoverOdd, TheCheckRefusesWrongChoices) {
  CoverProblem problem{
      .demand = {{0, 0, 1}}, .sites = {{0, 0}, {1, 0}, {2, 0}}, .radius = 1, .choose = 1};
  problem.sites[2].standing = true;
  EXPECT_TRUE(cover_value(problem, {0}));
  for (const auto& [rows, word] :
       std::vector<std::pair<std::vector<int>, const char*>>{{{0, 1}, "more sites"},
                                                             {{3}, "no such"},
                                                             {{-1}, "no such"},
                                                             {{2}, "stands"},
                                                             {{0, 0}, "twice"}}) {
    const auto value = cover_value(problem, rows);
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message.find(word), std::string::npos);
  }
}

}  // namespace
}  // namespace abatis
