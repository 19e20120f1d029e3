// The ways to whole plans that see belts: thinning of everything, and tries around a plan.
#include <gtest/gtest.h>

#include "plan/instance.hpp"
#include "plan/neighbours.hpp"
#include "plan/thinning.hpp"
#include "random_problem.hpp"
#include "two_belts.hpp"

namespace abatis {
namespace {

using plan_detail::Books;
using plan_detail::everything;
using plan_detail::Heuristic;
using plan_detail::Incumbent;
using plan_detail::Instance;
using plan_detail::Neighbours;
using plan_detail::PathPool;
using plan_detail::Surrogate;
using plan_detail::Thinning;

using test::TwoBelts;

// A heuristic that knows the paths of nothing and of everything built, as a tree does at its start.
struct ThinningBench {
  Instance instance;
  PathPool pool;
  Heuristic heuristic;
  explicit ThinningBench(const PlanProblem& problem)
      : instance(problem, silent_monitor()),
        pool(instance),
        heuristic(instance, pool, [] { return false; }) {
    learn(std::vector<double>(instance.columns.size(), 0.0));
    learn(everything(instance, std::vector<double>(problem.options.size(), 1.0)).as_point());
  }
  void learn(const std::vector<double>& point) {
    const auto answers = instance.separate(point);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      pool.add(instance.cells[i].kase, answers[i].path);
    }
  }
};

TEST(Thinning, KeepsTheBeltThatAddingOneSiteAtATimeDoesNotSee) {
  const TwoBelts belts;
  ThinningBench bench(belts.problem);
  const std::vector<double> none(6, 0.0);
  Books books = everything(bench.instance, std::vector<double>(6, 1.0));
  ASSERT_EQ(books.plan().size(), 6U);
  Surrogate surrogate = bench.heuristic.surrogate(books);
  const auto look = [&](const Books& now, Surrogate& seen) {
    const auto answers = bench.instance.separate(now.as_point());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const int kase = bench.instance.cells[i].kase;
      const auto before = bench.pool.of(kase).size();
      bench.pool.add(kase, answers[i].path);
      if (bench.pool.of(kase).size() > before) seen.add_path(kase, answers[i].path, now.plan());
    }
  };
  look(books, surrogate);
  ASSERT_TRUE(Thinning(bench.instance).thin(books, surrogate, none, 1, look));
  EXPECT_EQ(broken_rule(belts.problem, books.purchases()), "");
  // The cheap belt stands whole in the last year.
  for (int site = 0; site < 3; ++site) EXPECT_GE(books.bought_at(site), 0) << site;
  EXPECT_DOUBLE_EQ(evaluate_plan(belts.problem, books.purchases()), 330);
}

class Rules : public ::testing::TestWithParam<bool> {};  // with limits, or without

test::Shape shape_of(bool limits) {
  test::Shape shape;
  shape.maintenance = shape.earmarks = shape.conflicts = true;
  shape.fixed = !limits;
  shape.charges = shape.quotas = shape.capacities = shape.prerequisites = limits;
  if (limits) shape.budgets = 3;
  return shape;
}

INSTANTIATE_TEST_SUITE_P(Plan, Rules, ::testing::Bool());

TEST_P(Rules, ThinningEndsWithinThemAndNeverSeesLessThanTheTruth) {
  const test::Shape shape = shape_of(GetParam());
  int thinned = 0, refused = 0;
  const std::uint64_t seeds = GetParam() ? 1500 : 600;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape);
    if (!solve_plan(random.problem, silent_monitor())) continue;  // no plan keeps the rules
    ThinningBench bench(random.problem);
    if (bench.instance.columns.empty() || bench.instance.cells.empty()) continue;
    const std::vector<double> same(random.problem.options.size(), 1.0);
    Books books = everything(bench.instance, same);
    Surrogate surrogate = bench.heuristic.surrogate(books);
    const std::vector<double> none(random.problem.options.size(), 0.0);
    if (!Thinning(bench.instance).thin(books, surrogate, none) || !books.lower_limits_met()) {
      ++refused;
      continue;
    }
    ++thinned;
    EXPECT_EQ(broken_rule(random.problem, books.purchases()), "");
    const double value = evaluate_plan(random.problem, books.purchases());
    EXPECT_GE(surrogate.value(), value - 1e-9 * (1 + value));
    EXPECT_NEAR(surrogate.value(), bench.heuristic.surrogate(books).value(), 1e-9 * (1 + value));
  }
  EXPECT_GT(thinned, 100);
  EXPECT_LT(refused, thinned / 2);
}

TEST(Neighbours, BuyAWholeBeltAtOnce) {
  const TwoBelts belts;
  ThinningBench bench(belts.problem);
  for (const double share : {0.2, 0.8})
    bench.learn(std::vector<double>(bench.instance.columns.size(), share));
  Neighbours neighbours(bench.instance, bench.pool, bench.heuristic, [] { return false; });
  Incumbent best = bench.heuristic.measure(Books(bench.instance));
  ASSERT_DOUBLE_EQ(best.objective, 300);
  const std::vector<double> x(bench.instance.columns.size(), 0.1);
  for (int k = 0; k < 20; ++k) {
    const auto found = neighbours.tries(best, x, 0);
    if (found && found->objective > best.objective) best = *found;
  }
  EXPECT_DOUBLE_EQ(best.objective, 330);
}

TEST_P(Rules, NeighboursStayWithinThem) {
  const test::Shape shape = shape_of(GetParam());
  int found_some = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape);
    auto rough = random.problem;
    rough.gap = 1e9;
    const auto start = solve_plan(rough, silent_monitor());
    if (!start) continue;
    ThinningBench bench(random.problem);
    if (bench.instance.columns.empty() || bench.instance.cells.empty()) continue;
    Incumbent best;
    for (const Purchase& p : start->purchases) {
      best.columns.push_back(bench.instance.column(p.option, p.year));
    }
    best.objective = start->objective;
    Neighbours neighbours(bench.instance, bench.pool, bench.heuristic, [] { return false; });
    const auto found = neighbours.tries(
        best, std::vector<double>(bench.instance.columns.size(), 0.1), best.objective);
    if (!found) continue;
    ++found_some;
    EXPECT_EQ(broken_rule(random.problem, found->purchases), "");
    EXPECT_NEAR(evaluate_plan(random.problem, found->purchases), found->objective,
                1e-9 * (1 + found->objective));
  }
  EXPECT_GT(found_some, 0);
}

TEST_P(Rules, ThePlanGivenToStartFromIsTheLeastThatComesBack) {
  test::Shape shape = shape_of(GetParam());
  shape.fixed = false;
  int better = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    auto random = test::random_problem(seed, shape);
    const auto best = solve_plan(random.problem, silent_monitor());
    if (!best) continue;
    random.problem.gap = 1e9;  // the first plan will do
    const auto first = solve_plan(random.problem, silent_monitor());
    ASSERT_TRUE(first.has_value()) << to_string(first.error());
    random.problem.start = best->purchases;
    const auto again = solve_plan(random.problem, silent_monitor());
    ASSERT_TRUE(again.has_value()) << to_string(again.error());
    EXPECT_GE(again->objective, best->objective - 1e-9 * (1 + best->objective));
    EXPECT_GE(again->bound, best->objective);
    if (again->objective > first->objective) ++better;
  }
  EXPECT_GT(better, 0);
}

TEST(Start, MalformedIsRefused) {
  TwoBelts belts;
  for (const Purchase purchase : {Purchase{6, 0}, Purchase{-1, 0}, Purchase{0, 3}}) {
    belts.problem.start = {purchase};
    const auto result = solve_plan(belts.problem, silent_monitor());
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::input);
  }
}

}  // namespace
}  // namespace abatis
