// Why a site is in or out: every figure against the plan with the change made and evaluated anew.
#include "abatis/plan/explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "random_problem.hpp"

namespace abatis {
namespace {

using Answer = OptionDecision::Answer;

// Some rules each, since few random problems keep all kinds at once.
test::Shape some_rules(std::uint64_t seed) {
  test::Shape shape;
  shape.budgets = 2;
  shape.maintenance = seed % 2 == 0;
  shape.conflicts = seed % 2 == 1;
  shape.charges = seed % 3 == 0;
  shape.capacities = seed % 3 == 1;
  shape.earmarks = seed % 4 == 1;
  shape.prerequisites = seed % 4 == 2;
  shape.barred = seed % 5 == 1;
  shape.yearly = seed % 5 == 2;
  shape.tail = seed % 5 == 3 ? 0.4 : 1;
  shape.fixed = seed % 6 == 3;
  shape.quotas = seed % 7 == 2;
  return shape;
}

// Sum over years and cases of what the ways through the site lose.
double lost_by_ways(const SiteLoss& loss) {
  double sum = 0;
  for (const WayThrough& way : loss.ways) sum += way.loss_s;
  return sum;
}

// Best objective of the plans that buy each option in each year, by enumeration: [option][year];
// -infinity where no plan does.
using Bests = std::vector<std::vector<double>>;
Bests bests_by_decision(const PlanProblem& p) {
  const auto years = static_cast<std::size_t>(p.years);
  Bests best(p.options.size(),
             std::vector<double>(years, -std::numeric_limits<double>::infinity()));
  std::vector<int> year(p.options.size(), -1);
  for (;;) {
    std::vector<Purchase> plan;
    for (std::size_t o = 0; o < year.size(); ++o) {
      if (year[o] >= 0) plan.push_back({static_cast<int>(o), year[o]});
    }
    if (broken_rule(p, plan).empty()) {
      const double value = evaluate_plan(p, plan);
      for (const Purchase& bought : plan) {
        double& known =
            best[static_cast<std::size_t>(bought.option)][static_cast<std::size_t>(bought.year)];
        known = std::max(known, value);
      }
    }
    std::size_t o = 0;
    while (o < year.size() && ++year[o] == p.years) year[o++] = -1;
    if (o == year.size()) return best;
  }
}

struct ExplainedTally {
  int in = 0, ways = 0, out = 0, against = 0, possible = 0, impossible = 0, fallen = 0, priced = 0;
};

void expect_loss(const PlanProblem& problem, const PlanResult& plan, const SiteExplanation& e,
                 ExplainedTally& tally) {
  const SiteLoss& loss = *e.in;
  std::vector<Purchase> left = plan.purchases;
  std::erase_if(left, [&](const Purchase& p) { return p.option == loss.purchase.option; });
  ASSERT_EQ(left.size() + 1, plan.purchases.size());
  EXPECT_EQ(loss.objective_s, evaluate_plan(problem, left));
  if (problem.tail == 1) {
    EXPECT_NEAR(lost_by_ways(loss), e.objective_s - loss.objective_s, 1e-7 * (1 + e.objective_s));
  }
  for (const WayThrough& way : loss.ways) {
    EXPECT_NE(std::find(way.sites.begin(), way.sites.end(), e.site), way.sites.end());
    EXPECT_LT(way.time_s, way.plan_s);
    EXPECT_FALSE(way.years.empty());
  }
  for (const Purchase& f : loss.fallen) {
    std::erase_if(left, [&](const Purchase& p) { return p.option == f.option; });
  }
  EXPECT_EQ(loss.fallen_objective_s, evaluate_plan(problem, left));
  ++tally.in;
  tally.ways += static_cast<int>(loss.ways.size());
  tally.fallen += static_cast<int>(loss.fallen.size());
}

void expect_offer(const PlanProblem& problem, const PlanResult& plan, const SiteExplanation& e,
                  const OptionOffer& offer, ExplainedTally& tally) {
  std::vector<Purchase> with = plan.purchases;
  if (e.in) {
    std::erase_if(with, [&](const Purchase& p) { return p.option == e.in->purchase.option; });
  }
  with.push_back({offer.option, 0});
  EXPECT_EQ(offer.free_s, evaluate_plan(problem, with));
  bool some_year_keeps_rules = false;
  for (int year = 0; year < problem.years; ++year) {
    with.back().year = year;
    EXPECT_LE(evaluate_plan(problem, with), offer.free_s + 1e-9 * offer.free_s);
    some_year_keeps_rules = some_year_keeps_rules || broken_rule(problem, with).empty();
  }
  EXPECT_EQ(offer.against.empty(), some_year_keeps_rules);
  with.back().year = offer.year;
  EXPECT_EQ(offer.against.empty(), broken_rule(problem, with).empty());
  EXPECT_EQ(offer.year_s, evaluate_plan(problem, with));
  ++tally.out;
  tally.against += offer.against.empty() ? 0 : 1;
}

void expect_reduced_costs(const PlanResult& plan, const Bests& bests, ExplainedTally& tally) {
  for (std::size_t o = 0; o < plan.reduced_s.size(); ++o) {
    EXPECT_GE(plan.reduced_s[o], 0);
    // An option without a column is one that no plan needs, not one that none may have.
    if (std::isinf(plan.reduced_s[o])) continue;
    const double best = *std::max_element(bests[o].begin(), bests[o].end());
    EXPECT_LE(best, plan.reduced_bound - plan.reduced_s[o] + 1e-6 * (1 + std::abs(plan.bound)));
    tally.priced += plan.reduced_s[o] > 0 ? 1 : 0;
  }
}

void expect_explained(const PlanProblem& problem, const PlanResult& plan, const Bests& bests,
                      ExplainedTally& tally) {
  for (int site = 0; site < problem.sites; ++site) {
    SCOPED_TRACE(::testing::Message() << "site " << site);
    const auto offered = std::count_if(problem.options.begin(), problem.options.end(),
                                       [&](const PlanOption& o) { return o.site == site; });
    const auto explained = explain_site(problem, plan.purchases, site, &plan, silent_monitor());
    if (offered == 0) {
      ASSERT_FALSE(explained);
      continue;
    }
    ASSERT_TRUE(explained) << to_string(explained.error());
    EXPECT_EQ(explained->objective_s, plan.objective);
    EXPECT_EQ(static_cast<std::ptrdiff_t>(explained->offers.size()) + (explained->in ? 1 : 0),
              offered);
    EXPECT_NE(explained->in.has_value(), explained->fix.has_value());
    if (explained->in) expect_loss(problem, plan, *explained, tally);
    for (const OptionOffer& offer : explained->offers) {
      expect_offer(problem, plan, *explained, offer, tally);
    }
    if (!explained->fix) continue;
    const double best = bests[static_cast<std::size_t>(explained->fix->option)]
                             [static_cast<std::size_t>(explained->fix->year)];
    EXPECT_NE(explained->fix->answer, Answer::open) << explained->fix->why;
    EXPECT_EQ(explained->fix->answer == Answer::possible, std::isfinite(best));
    if (explained->fix->answer == Answer::possible) {
      EXPECT_LE(explained->fix->objective_s, best + 1e-9 * best);
      ++tally.possible;
    } else {
      EXPECT_FALSE(explained->fix->why.empty());
      ++tally.impossible;
    }
  }
}

TEST(Explain, EveryFigureIsThatOfThePlanChanged) {
  ExplainedTally tally;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto instance = test::random_problem(seed, some_rules(seed));
    const auto plan = solve_plan(instance.problem, silent_monitor());
    if (!plan) continue;
    const Bests bests = bests_by_decision(instance.problem);
    expect_explained(instance.problem, *plan, bests, tally);
    expect_reduced_costs(*plan, bests, tally);
  }
  EXPECT_GT(tally.in, 100);
  EXPECT_GT(tally.ways, 100);
  EXPECT_GT(tally.out, 100);
  EXPECT_GT(tally.against, 50);
  EXPECT_GT(tally.possible, 20);
  EXPECT_GT(tally.impossible, 20);
  EXPECT_GT(tally.fallen, 3);
  EXPECT_GT(tally.priced, 20);
}

TEST(Explain, ThePlanMustKeepItsRules) {
  test::Shape shape;
  auto instance = test::random_problem(3, shape);
  for (double& budget : instance.problem.budget) budget = 0;
  const auto explained = explain_site(instance.problem, {{0, 0}}, instance.problem.options[0].site,
                                      nullptr, silent_monitor());
  ASSERT_FALSE(explained);
  EXPECT_NE(explained.error().message.find("overspent"), std::string::npos)
      << explained.error().message;
}

TEST(Explain, RulesAgainstAnOptionAreNamedOneByOne) {
  auto instance = test::random_problem(5, {.max_years = 1, .max_sites = 4});
  PlanProblem& p = instance.problem;
  PlanOption option = p.options[0];
  option.charges = {{0, 2e6, 0}};
  p.options = {option, option};
  p.sites = 2;
  p.options[0].site = 0;
  p.options[1].site = 1;
  for (auto& graph : instance.graphs) std::fill(graph->site.begin(), graph->site.end(), 0);
  p.years = 1;
  p.year_weights = {1};
  p.budget = {3e6};
  p.option_names = {"ditch at a", "wall at b"};
  p.class_names = {"works"};
  p.conflicts = {{0, 1}};
  p.earmarks = {{0, EarmarkRule::at_most, 2e6, 0}};
  const auto explained = explain_site(p, {{0, 0}}, 1, nullptr, silent_monitor());
  ASSERT_TRUE(explained) << to_string(explained.error());
  ASSERT_EQ(explained->offers.size(), 1U);
  const std::vector<std::string> expected{
      "it excludes ditch at a, which is bought", "budget 0 is overspent by 1.000 M EUR",
      "earmark works at_most 2.000 M EUR is broken: 4.000 M EUR is spent"};
  EXPECT_EQ(explained->offers[0].against, expected);
  EXPECT_FALSE(explained->offers[0].reduced_s);
}

TEST(Explain, TheSameBitsOnAnyNumberOfThreads) {
  for (const std::uint64_t seed : {4U, 8U, 15U, 16U, 23U}) {
    auto instance = test::random_problem(seed, some_rules(seed));
    const auto plan = solve_plan(instance.problem, silent_monitor());
    if (!plan) continue;
    const int site = instance.problem.options[0].site;
    instance.problem.threads = 1;
    const auto one =
        explain_site(instance.problem, plan->purchases, site, &*plan, silent_monitor());
    instance.problem.threads = 8;
    const auto many =
        explain_site(instance.problem, plan->purchases, site, &*plan, silent_monitor());
    ASSERT_TRUE(one && many);
    ASSERT_EQ(one->offers.size(), many->offers.size());
    for (std::size_t i = 0; i < one->offers.size(); ++i) {
      EXPECT_EQ(one->offers[i].free_s, many->offers[i].free_s);
      EXPECT_EQ(one->offers[i].against, many->offers[i].against);
    }
    ASSERT_EQ(one->in.has_value(), many->in.has_value());
    if (one->in) {
      EXPECT_EQ(one->in->objective_s, many->in->objective_s);
    }
  }
}

}  // namespace
}  // namespace abatis
