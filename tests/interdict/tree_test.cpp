// Both trees of one year by themselves: they find what can be reached, refute what cannot, and take
// the same course on any number of threads.

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "interdict/cluster_tree.hpp"
#include "interdict/grids.hpp"

namespace abatis {
namespace {
using abatis::interdiction::bare_lengths;
using abatis::interdiction::Clusters;
using abatis::interdiction::ClusterTree;
using abatis::interdiction::Cost;
using abatis::interdiction::FoundPlan;
using abatis::interdiction::kMostWork;
using abatis::interdiction::kUnit;
using abatis::interdiction::make_layer;
using abatis::interdiction::Shares;
using abatis::interdiction::Tree;
using abatis::interdiction::TreeEnd;
using abatis::interdiction::TreeTask;
using abatis::interdiction::Ways;
using abatis::testing::make_grid;

TreeTask task_for(const InterdictProblem& problem, std::int64_t target, int threads) {
  const Ways ways(problem);
  const auto bare = bare_lengths(problem);
  TreeTask task;
  task.problem = &problem;
  task.layers.push_back(make_layer(problem, ways.lengths(bare, problem.source, true),
                                   ways.lengths(bare, problem.sink, false), target, target,
                                   problem.budgets[0]));
  task.limit = static_cast<double>(problem.budgets[0]);
  task.threads = threads;
  task.first_nodes = 2;
  task.stop = [] { return false; };
  task.objective = [&problem](const auto& plan) {
    const auto lengths = yearly_lengths(problem, plan);
    return lengths ? lengths->front() : -1;
  };
  task.limit_after = [target, limit = task.limit](std::int64_t objective) {
    return objective < target ? limit : -1;
  };
  task.guess = [](const Shares&) { return std::vector<InterdictPurchase>{}; };
  return task;
}

struct Course {
  TreeEnd end = TreeEnd::stopped;
  std::int64_t nodes = 0;
  std::vector<InterdictPurchase> plan;
  std::int64_t objective = -1;
};

Course by_clusters(const InterdictProblem& problem, std::int64_t target, int threads) {
  const auto task = task_for(problem, target, threads);
  Tree tree(task);
  Course course{.end = TreeEnd::nothing_left};
  // No passes first, so that the tree has something to do.
  auto clusters =
      Clusters::make(task.layers[0], tree.first_layer(), problem.budgets[0] * kUnit, kMostWork);
  if (!clusters) return {};
  ClusterTree search(task, std::move(*clusters));
  course.end = search.run([&](const FoundPlan& plan) {
    course.plan = plan.purchases;
    course.objective = plan.objective;
  });
  course.nodes = search.nodes();
  return course;
}

Course by_programs(const InterdictProblem& problem, std::int64_t target, int threads) {
  Tree tree(task_for(problem, target, threads));
  Course course{.end = TreeEnd::nothing_left};
  if (tree.root() == kInfinity) return course;
  course.end = tree.run([&](const FoundPlan& plan) {
    course.plan = plan.purchases;
    course.objective = plan.objective;
  });
  course.nodes = tree.nodes();
  return course;
}

void expect_the_same(const Course& one, const Course& other) {
  EXPECT_EQ(one.end, other.end);
  EXPECT_EQ(one.nodes, other.nodes);
  EXPECT_EQ(one.plan, other.plan);
}

// What can be reached is asked of the whole search, whose answers are compared with all plans
// elsewhere.
TEST(InterdictTrees, FindWhatCanBeReachedAndRefuteWhatCannot) {
  std::int64_t most = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    for (const std::string family : {"iw", "ls", "ma"}) {
      const auto problem = make_grid({.family = family, .rows = 6, .cols = 6, .seed = seed}, {7});
      const auto answer = interdict(problem, {}, silent_monitor());
      ASSERT_TRUE(answer);
      const std::string which = family + " " + std::to_string(seed);
      const auto reached = by_clusters(problem, answer->objective, 1);
      EXPECT_EQ(reached.end, TreeEnd::found) << which;
      EXPECT_EQ(reached.objective, answer->objective) << which;
      EXPECT_EQ(by_clusters(problem, answer->objective + 1, 1).end, TreeEnd::nothing_left) << which;
      EXPECT_EQ(by_programs(problem, answer->objective, 1).end, TreeEnd::found) << which;
      EXPECT_EQ(by_programs(problem, answer->objective + 1, 1).end, TreeEnd::nothing_left) << which;
      most = std::max(most, reached.nodes);
    }
  }
  EXPECT_GT(most, 4) << "no tree";
}

TEST(InterdictTrees, OfTriplesTakeTheSameCourseOnAnyNumberOfThreads) {
  const auto problem = make_grid({.rows = 10, .cols = 10, .seed = 1}, {14});
  const auto answer = interdict(problem, {}, silent_monitor());
  ASSERT_TRUE(answer);
  const auto one = by_clusters(problem, answer->objective, 1);
  EXPECT_EQ(one.objective, answer->objective);
  EXPECT_GT(one.nodes, 16) << "few states beside each other";
  for (const int threads : {2, 3}) {
    expect_the_same(one, by_clusters(problem, answer->objective, threads));
  }
}

// Cut after two nodes.
TEST(InterdictTrees, OfProgramsTakeTheSameCourseOnAnyNumberOfThreads) {
  const auto problem = make_grid({.rows = 20, .cols = 20, .seed = 1}, {10});
  const auto answer = interdict(problem, {}, silent_monitor());
  ASSERT_TRUE(answer);
  const auto one = by_programs(problem, answer->objective, 1);
  EXPECT_EQ(one.objective, answer->objective);
  EXPECT_GT(one.nodes, 4) << "no tree was cut";
  for (const int threads : {2, 3}) {
    expect_the_same(one, by_programs(problem, answer->objective, threads));
  }
}

}  // namespace
}  // namespace abatis
