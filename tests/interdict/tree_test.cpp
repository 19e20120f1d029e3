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
  task.layer = make_layer(problem, ways.lengths(bare, problem.source, true),
                          ways.lengths(bare, problem.sink, false), target, problem.budgets[0]);
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
      Clusters::make(task.layer, tree.first_state(), problem.budgets[0] * kUnit, kMostWork);
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

// The search of what can just be reached takes more than `nodes` nodes, the same on 1 to 3 threads.
void expect_one_course(Course (*search)(const InterdictProblem&, std::int64_t, int),
                       const InterdictProblem& problem, std::int64_t nodes) {
  const auto answer = interdict(problem, {}, silent_monitor());
  ASSERT_TRUE(answer);
  const auto one = search(problem, answer->objective, 1);
  EXPECT_EQ(one.objective, answer->objective);
  EXPECT_GT(one.nodes, nodes) << "too small a tree";
  for (const int threads : {2, 3}) {
    const auto other = search(problem, answer->objective, threads);
    EXPECT_EQ(one.end, other.end);
    EXPECT_EQ(one.nodes, other.nodes);
    EXPECT_EQ(one.plan, other.plan);
  }
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
  // More nodes than the 8 states beside each other.
  expect_one_course(by_clusters, make_grid({.rows = 14, .cols = 14, .seed = 7}, {14}), 16);
}

TEST(InterdictTrees, OfProgramsTakeTheSameCourseOnAnyNumberOfThreads) {
  // Cut after two nodes.
  expect_one_course(by_programs, make_grid({.rows = 20, .cols = 20, .seed = 1}, {10}), 4);
}

}  // namespace
}  // namespace abatis
