// Purchases by year against all schedules of small problems.

#include "watch/siting_relaxation.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

using namespace watching;

SitingProblem random_problem(std::uint64_t seed, int sensors, int years) {
  Random random(seed, 41);
  const auto upto = [&](int n) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(n) + 1));
  };
  SitingProblem problem;
  for (int s = 0; s < sensors; ++s) {
    problem.prices.push_back(
        {.cost = 1.0 + upto(9), .upkeep = 0.25 * upto(3), .lead = upto(years > 1 ? 1 : 0)});
  }
  for (int d = 0; d < 12; ++d) {
    CoverSets::Demand one{.weight = static_cast<std::int64_t>(kWhole / 12 / (1 + upto(4))),
                          .sites = {}};
    for (int s = 0; s < sensors; ++s) {
      if (random.below(3) == 0) one.sites.push_back(s);
    }
    problem.demand.push_back(std::move(one));
  }
  for (int y = 0; y < years; ++y) problem.share.push_back(upto(8));
  problem.carry_over = random.below(3) == 0 ? 0.5 : 1;
  problem.year_weights.assign(static_cast<std::size_t>(years), 1.0 / years);
  return problem;
}

double worth(const SitingProblem& problem, const std::vector<SitingYear>& years) {
  double sum = 0;
  for (std::size_t y = 0; y < years.size(); ++y) sum += problem.year_weights[y] * years[y].value;
  return sum;
}

// Every sensor in every year or never. Also the best of each year by itself.
struct Best {
  double all = 0;
  std::vector<double> by_year;
};
Best best_schedule(const SitingProblem& problem) {
  const auto years = static_cast<int>(problem.share.size());
  Best best{.all = 0, .by_year = std::vector<double>(problem.share.size(), 0.0)};
  std::vector<int> when(problem.prices.size(), years);
  for (;;) {
    std::vector<std::pair<int, int>> bought;
    for (std::size_t s = 0; s < when.size(); ++s) {
      if (when[s] < years) bought.emplace_back(static_cast<int>(s), when[s]);
    }
    if (affordable(problem, bought)) {
      const auto now = value_of(problem, bought);
      best.all = std::max(best.all, worth(problem, now));
      for (std::size_t y = 0; y < now.size(); ++y) {
        best.by_year[y] = std::max(best.by_year[y], now[y].value);
      }
    }
    std::size_t s = 0;
    while (s < when.size() && when[s] == 0) when[s++] = years;
    if (s == when.size()) return best;
    --when[s];
  }
}

TEST(WatchSiting, KeepsTheMoneyAndItsBoundsHoldOverAllSchedules) {
  double found = 0, possible = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    const SitingProblem problem = random_problem(seed, 5, 3);
    const auto siting = site_sensors(problem, silent_monitor());
    ASSERT_TRUE(siting) << to_string(siting.error());
    EXPECT_TRUE(affordable(problem, siting->bought));
    const Best best = best_schedule(problem);
    const auto years = value_of(problem, siting->bought);
    EXPECT_NEAR(siting->value, worth(problem, years), 1e-9);
    EXPECT_LE(siting->value, best.all + 1e-9);
    EXPECT_GE(siting->bound, best.all - 1e-9);
    for (std::size_t y = 0; y < years.size(); ++y) {
      EXPECT_NEAR(siting->years[y].value, years[y].value, 1e-12);
      EXPECT_GE(siting->years[y].bound, best.by_year[y] - 1e-9) << y;
    }
    found += siting->value;
    possible += best.all;
  }
  ASSERT_GT(possible, 0);
  EXPECT_GT(found, 0.98 * possible);  // how good the order of purchases is, over all problems
}

// The relaxation over all years holds above every schedule, and below the bound that lets each year
// have its own best set where that gives money away twice.
TEST(WatchSiting, TheRelaxationBoundsAllSchedules) {
  int tighter = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    const SitingProblem problem = random_problem(seed, 5, 3);
    const Best best = best_schedule(problem);
    const SitingMap map(problem);
    SitingRelaxation relaxation(map);
    ASSERT_TRUE(relaxation.descend(150, best.all * kWhole, silent_monitor()));
    EXPECT_GE(relaxation.bound(), best.all * kWhole * (1 - 1e-12));
    double by_year = 0;
    for (std::size_t y = 0; y < best.by_year.size(); ++y) {
      by_year += problem.year_weights[y] * best.by_year[y];
    }
    if (relaxation.bound() < by_year * kWhole * (1 - 1e-6)) ++tighter;
  }
  EXPECT_GT(tighter, 0);
}

// What a schedule says of itself and of one more purchase against counting anew.
TEST(WatchSiting, ValuesAndGainsOfASchedule) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const SitingProblem problem = random_problem(seed, 6, 3);
    const SitingMap map(problem);
    Schedule schedule(map);
    Random random(seed, 42);
    for (int step = 0; step < 12; ++step) {
      const auto c = static_cast<int>(random.below(6));
      const auto y = static_cast<int>(random.below(3));
      if (schedule.year_of(c) >= 0) {
        schedule.give_up(c);
      } else {
        std::vector<double> gains;
        schedule.gains(c, gains);
        const double before = schedule.value();
        const bool pays = schedule.pays(c, y);
        schedule.buy(c, y);
        EXPECT_NEAR(schedule.value() - before, gains[static_cast<std::size_t>(y)], 1e-3);
        EXPECT_EQ(affordable(problem, schedule.bought()), pays);
        if (!pays) schedule.give_up(c);
      }
      EXPECT_NEAR(schedule.value(), worth(problem, value_of(problem, schedule.bought())) * kWhole,
                  1e-3);
    }
  }
}

// One year, nothing to wait for: covering under a budget, and nothing is left to the order.
TEST(WatchSiting, EqualsEnumerationWhereThereIsOneYear) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const SitingProblem problem = random_problem(seed, 7, 1);
    const auto siting = site_sensors(problem, silent_monitor());
    ASSERT_TRUE(siting) << to_string(siting.error());
    const Best best = best_schedule(problem);
    EXPECT_NEAR(siting->value, best.all, 1e-9);
    EXPECT_NEAR(siting->bound, best.all, 1e-9);
  }
}

}  // namespace
}  // namespace abatis
