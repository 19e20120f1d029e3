// Whole belts by covers: what a cover asks for, and plans made of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "../../bench/plan/belt_problem.hpp"
#include "plan/belts.hpp"
#include "plan/cover_program.hpp"
#include "plan/spares.hpp"
#include "random_problem.hpp"
#include "two_belts.hpp"

namespace abatis {
namespace {

using plan_detail::Books;
using plan_detail::CoverProgram;
using plan_detail::Heuristic;
using plan_detail::Instance;
using plan_detail::PathPool;
using plan_detail::Price;

using test::TwoBelts;

struct BeltsBench {
  Instance instance;
  PathPool pool;
  Heuristic heuristic;
  plan_detail::Belts belts;
  explicit BeltsBench(const PlanProblem& problem, Price price = Price::scarcity)
      : instance(problem, silent_monitor()),
        pool(instance),
        heuristic(instance, pool, [] { return false; }),
        belts(instance, pool, heuristic, price, 0.5, [] { return false; }) {}
  // From the top down, or from somewhat above a share of the way in each year.
  std::optional<plan_detail::Books> build(double reached = 1) const {
    std::vector<double> shares(static_cast<std::size_t>(instance.problem.years), reached);
    return belts.build(shares);
  }
  std::vector<double> level(int year, double s) const {
    std::vector<double> level(instance.cells.size(), 0.0);
    for (std::size_t i = 0; i < level.size(); ++i) {
      if (instance.cells[i].year == year) level[i] = s;
    }
    return level;
  }
};

TEST(Belts, CoversAskForAWholeBeltWhereCutsAskForHalfOfOne) {
  const TwoBelts world;
  BeltsBench bench(world.problem);
  const Books nothing(bench.instance);
  // In the last year 3 M EUR are there: just the near belt. A level of 115 s needs it whole, too.
  for (const double level : {130.0, 115.0}) {
    const std::vector<double> levels = bench.level(2, level);
    CoverProgram cheapest(bench.instance, bench.pool, nothing, 2, levels, Price::money);
    ASSERT_TRUE(cheapest.solve(50));
    EXPECT_NEAR(cheapest.price(), 3e6, 1) << level;
    CoverProgram roomiest(bench.instance, bench.pool, nothing, 2, levels, Price::scarcity);
    ASSERT_TRUE(roomiest.solve(50));
    EXPECT_NEAR(roomiest.price(), 1, 1e-6) << "all the money at " << level;
  }
  CoverProgram early(bench.instance, bench.pool, nothing, 1, bench.level(1, 115), Price::money);
  EXPECT_FALSE(early.solve(50)) << "2 M EUR by then pay for no belt";
}

TEST(Belts, PlanIsTheBeltThatTheMoneyPaysFor) {
  const TwoBelts world;
  const BeltsBench bench(world.problem);
  const auto books = bench.build();
  ASSERT_TRUE(books.has_value());
  EXPECT_EQ(broken_rule(world.problem, books->purchases()), "");
  EXPECT_DOUBLE_EQ(evaluate_plan(world.problem, books->purchases()), 100 + 100 + 130);
}

// A plan says how far each year came, and one that begins there comes as far.
TEST(Belts, APlanBeginsAboveWhatOneBeforeReached) {
  const TwoBelts world;
  const BeltsBench bench(world.problem);
  std::vector<double> reached(3, 1);
  const auto first = bench.belts.build(reached);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(reached[0], 1) << "no belt can be paid for, so nothing is known of the first year";
  EXPECT_GT(reached[2], 0.4);
  EXPECT_LT(reached[2], 1);
  const auto before = reached;
  const auto second = bench.belts.build(reached);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->plan(), first->plan());
  EXPECT_GE(reached[2], before[2]);
  reached = {1, 1, 0.33};
  ASSERT_TRUE(bench.belts.build(reached).has_value());
  EXPECT_NEAR(reached[2], 0.43, 1e-9) << "a tenth above is had, half of what is left is not";
}

TEST(Belts, LatePlanIsTheSameWhereOnlyTheLastYearPaysForABelt) {
  const TwoBelts world;
  const BeltsBench bench(world.problem);
  const auto books = bench.belts.build_late(2);
  ASSERT_TRUE(books.has_value());
  EXPECT_EQ(broken_rule(world.problem, books->purchases()), "");
  EXPECT_DOUBLE_EQ(evaluate_plan(world.problem, books->purchases()), 100 + 100 + 130);
  EXPECT_FALSE(bench.belts.build_late(1).has_value()) << "no belt can be paid for by then";
}

// Three cases, each on its own network. Sites 0 and 1 are cheap and lift all a little; then money
// is left for site 2 or 3. Of those, 2 is the cheaper one and lifts a, and 3 lifts both a and b.
// Site 4 is beyond all money.
//
//    a: 0 ═ site 0 ═ 1 ═ site 2 ═ 2 ═ site 3 ═ 3     b: the same without 2     c: with 1 and 4
double built_by_axes(const std::array<int, 3>& axes) {
  std::array<Graph, 3> graphs;
  const std::array<std::vector<std::int32_t>, 3> sites{{{0, 2, 3}, {0, -1, 3}, {1, 4, -1}}};
  PlanProblem problem;
  for (std::size_t k = 0; k < graphs.size(); ++k) {
    graphs[k].first = {0, 1, 2, 3, 3};
    graphs[k].to = {1, 2, 3};
    graphs[k].time_s = {40, 30, 30};
    graphs[k].site = sites[k];
    problem.graphs.push_back(&graphs[k]);
    NetworkCase c;
    c.axis = axes[k];
    c.graph = static_cast<int>(k);
    c.weight = 1;
    c.sources = {0};
    c.targets = {3};
    problem.cases.push_back(c);
  }
  problem.years = 1;
  problem.sites = 5;
  problem.year_weights = {1};
  problem.budget = {4e6};
  problem.threads = 1;
  const std::array<double, 5> cost{5e5, 5e5, 2e6, 3e6, 1e7}, delay{20, 10, 30, 30, 30};
  for (std::size_t s = 0; s < cost.size(); ++s) {
    problem.options.push_back({static_cast<int>(s), {{0, cost[s], 0}}, {{delay[s]}}});
  }
  const BeltsBench bench(problem, Price::money);
  const auto books = bench.build();
  EXPECT_TRUE(books.has_value());
  if (!books) return 0;
  EXPECT_EQ(broken_rule(problem, books->purchases()), "");
  return evaluate_plan(problem, books->purchases());
}

TEST(Belts, CasesOfAnAxisAreRaisedTogether) {
  EXPECT_DOUBLE_EQ(built_by_axes({0, 0, 1}), 150 + 150 + 110);
  EXPECT_DOUBLE_EQ(built_by_axes({0, 1, 2}), 150 + 120 + 110) << "each for itself";
}

// Levels that shares of purchases reach and whole ones do not: the dive ends where it can.
TEST(Belts, LevelsFallOnlyWhereTheyAreNotToBeHad) {
  int kept = 0, fallen = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto belt = bench::belt_problem({.rows = 12,
                                           .columns = 20,
                                           .sites = 40,
                                           .belts = 2,
                                           .years = 3,
                                           .axes = 2,
                                           .parks = 2,
                                           .seed = seed});
    for (const double part : {0.3, 0.5, 0.8}) {
      const BeltsBench bench(belt.problem), other(belt.problem);  // each knows paths of its own
      std::vector<double> level(bench.instance.cells.size(), 0.0);
      for (std::size_t i = 0; i < level.size(); ++i) {
        const auto& cell = bench.instance.cells[i];
        if (cell.year == 2) level[i] = cell.base + part * (cell.top - cell.base);
      }
      Books firm = bench.heuristic.keep({}).value(), falling = other.heuristic.keep({}).value();
      int falls = 0;
      const bool had = bench.belts.raise(firm, 2, level);
      const bool some = other.belts.raise(falling, 2, level, &falls);
      EXPECT_TRUE(some || !had);
      if (had) {
        EXPECT_EQ(falls, 0);
        EXPECT_EQ(falling.plan(), firm.plan());
        ++kept;
      }
      if (!some || had) continue;
      EXPECT_GT(falls, 0);
      EXPECT_TRUE(falling.paid() && !falling.upper_limits_broken() && !falling.limits_overdrawn());
      ++fallen;
    }
  }
  EXPECT_GT(kept, 10);
  EXPECT_GT(fallen, 2);
}

TEST(Belts, WhatIsNotToBeHadLeavesTheBooksAsTheyWere) {
  const TwoBelts world;
  const BeltsBench bench(world.problem);
  Books books(bench.instance);
  EXPECT_FALSE(bench.belts.raise(books, 2, bench.level(2, 160)));
  EXPECT_TRUE(books.plan().empty());
  EXPECT_TRUE(bench.belts.raise(books, 2, bench.level(2, 130)));
  EXPECT_EQ(books.plan().size(), 3U);
}

// Whether plans lift every cell of a year to its level, and the least price of those made of the
// columns of a program, by enumeration.
struct Reached {
  bool any = false;
  double price = std::numeric_limits<double>::infinity();
};
Reached cheapest(const PlanProblem& p, const Instance& instance, const CoverProgram& program,
                 int year, const std::vector<double>& level) {
  Reached least;
  std::vector<int> when(p.options.size(), -1);
  for (;;) {
    std::vector<Purchase> plan;
    double price = 0;
    for (std::size_t o = 0; o < when.size(); ++o) {
      if (when[o] < 0) continue;
      const int option = static_cast<int>(o), column = instance.column(option, when[o]);
      plan.push_back({option, when[o]});
      price += column < 0 ? std::numeric_limits<double>::infinity() : program.price(column);
    }
    if ((!least.any || price < least.price) && broken_rule(p, plan).empty()) {
      std::vector<std::vector<double>> times;
      evaluate_plan(p, plan, &times);
      bool reached = true;
      for (std::size_t i = 0; i < instance.cells.size(); ++i) {
        const auto& cell = instance.cells[i];
        if (cell.year != year) continue;
        reached =
            reached && times[static_cast<std::size_t>(year)][static_cast<std::size_t>(cell.kase)] >=
                           level[i] - 1e-9;
      }
      least.any = least.any || reached;
      if (reached) least.price = std::min(least.price, price);
    }
    std::size_t o = 0;
    while (o < when.size() && ++when[o] > year) when[o++] = -1;
    if (o == when.size()) return least;
  }
}

TEST(Belts, CoversNeverAskForMoreThanTheCheapestPlanThatReachesTheLevels) {
  test::Shape shape;
  shape.maintenance = shape.charges = true;
  int reached = 0, paid = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    auto random = test::random_problem(seed, shape);
    random.problem.carry_over = 1;
    BeltsBench bench(random.problem);
    if (bench.instance.unreachable_case >= 0 || bench.instance.cells.empty()) continue;
    Random draw(seed, 21);
    const int year = bench.instance.cells[draw.below(bench.instance.cells.size())].year;
    std::vector<double> level(bench.instance.cells.size(), 0.0);
    for (std::size_t i = 0; i < level.size(); ++i) {
      const auto& cell = bench.instance.cells[i];
      if (cell.year == year) level[i] = cell.base + draw.uniform() * (cell.top - cell.base);
    }
    const Books nothing(bench.instance);
    for (const Price price : {Price::money, Price::scarcity}) {
      CoverProgram program(bench.instance, bench.pool, nothing, year, level, price);
      const bool found = program.solve(100);
      const Reached least = cheapest(random.problem, bench.instance, program, year, level);
      if (!least.any) break;
      ASSERT_TRUE(found);
      EXPECT_LE(program.price(), least.price * (1 + 1e-9) + 1e-6);
      if (!std::isfinite(least.price)) continue;
      ++reached;
      paid += program.price() > 1e-6 ? 1 : 0;
    }
  }
  EXPECT_GT(reached, 600);
  EXPECT_GT(paid, 400);
}

// A plan, and which of its purchases a cell can do without, by looking anew each time.
TEST(Belts, SparesAreThePurchasesWithoutWhichCellsKeepTheirLeast) {
  test::Shape shape;
  shape.max_options = 8;
  shape.upgrades = true;
  int spared = 0, needed = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto random = test::random_problem(seed, shape);
    BeltsBench bench(random.problem);
    if (bench.instance.unreachable_case >= 0 || bench.instance.cells.empty()) continue;
    Random draw(seed, 22);
    Books books(bench.instance);
    for (std::size_t c = 0; c < bench.instance.columns.size(); ++c) {
      const int column = static_cast<int>(c);
      if (draw.uniform() < 0.5 && books.may_stand(column) &&
          books.bought_at(bench.instance.site_of(column)) < 0) {
        books.add(column);
      }
    }
    std::vector<int> cells;
    std::vector<double> least;
    const auto before = bench.instance.separate(books.as_point());
    for (std::size_t i = 0; i < before.size(); ++i) {
      cells.push_back(static_cast<int>(i));
      const double base = bench.instance.cells[i].base;
      least.push_back(base + draw.uniform() * (before[i].time - base) - 1e-6);
    }
    plan_detail::Spares spares(bench.instance, bench.pool, books, cells, least);
    for (const int c : std::vector<int>(books.plan())) {
      books.remove(c);
      const auto now = bench.instance.separate(books.as_point());
      bool enough = true;
      for (std::size_t i = 0; i < now.size(); ++i) enough = enough && now[i].time >= least[i];
      EXPECT_EQ(spares.take(c), enough);
      if (!enough) books.add(c);
      (enough ? spared : needed) += 1;
    }
  }
  EXPECT_GT(spared, 300);
  EXPECT_GT(needed, 300);
}

class BeltRules : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Plan, BeltRules, ::testing::Range(0, 5));

TEST_P(BeltRules, PlansKeepEveryKindOfRuleAndAreNoBetterThanTheBest) {
  test::Shape shape;
  shape.max_options = 5;
  shape.budgets = 2;
  const int kind = GetParam();
  shape.maintenance = shape.conflicts = shape.fixed = kind != 0;
  shape.earmarks = shape.charges = shape.quotas = kind == 1 || kind == 3;
  shape.capacities = shape.prerequisites = shape.barred = kind == 2 || kind == 3;
  shape.yearly = shape.upgrades = kind == 2 || kind == 4;
  shape.people = kind == 4;  // alone: parks drawn at random might else be what only counts people
  int made = 0, best = 0;
  for (std::uint64_t seed = 1; seed <= 800; ++seed) {
    SCOPED_TRACE(::testing::Message() << "kind " << kind << ", seed " << seed);
    const auto random = test::random_problem(seed, shape);
    const auto solved = solve_plan(random.problem, silent_monitor());
    if (!solved) continue;
    BeltsBench bench(random.problem, seed % 2 == 0 ? Price::money : Price::scarcity);
    if (bench.instance.cells.empty()) continue;
    const int last = random.problem.years - 1;
    for (const auto& books : {bench.build(), bench.build(0.4), bench.belts.build_late(last),
                              bench.belts.build_late(last / 2)}) {
      if (!books) continue;
      ++made;
      EXPECT_EQ(broken_rule(random.problem, books->purchases()), "");
      const double value = evaluate_plan(random.problem, books->purchases());
      EXPECT_LE(value, solved->bound * (1 + 1e-9));
      best += value >= solved->objective * (1 - 1e-9) ? 1 : 0;
    }
  }
  EXPECT_GT(made, 60);
  EXPECT_GT(best, made / 10);
}

TEST(Belts, GiveTheSamePlanOnAnyNumberOfThreads) {
  auto belt = bench::belt_problem(
      {.rows = 24, .columns = 40, .sites = 60, .belts = 3, .years = 5, .axes = 2, .parks = 3});
  belt.problem.threads = 1;
  const BeltsBench one(belt.problem);
  const auto alone = one.build();
  ASSERT_TRUE(alone.has_value());
  EXPECT_GT(evaluate_plan(belt.problem, alone->purchases()), one.instance.baseline);
  belt.problem.threads = 8;
  const BeltsBench many(belt.problem);
  const auto together = many.build();
  ASSERT_TRUE(together.has_value());
  EXPECT_EQ(alone->plan(), together->plan());
  const auto late = many.belts.build_late(3);
  belt.problem.threads = 1;
  const BeltsBench again(belt.problem);
  ASSERT_EQ(again.build()->plan(), alone->plan());
  const auto late_alone = again.belts.build_late(3);
  ASSERT_TRUE(late.has_value() && late_alone.has_value());
  EXPECT_EQ(late->plan(), late_alone->plan());
}

}  // namespace
}  // namespace abatis
