// Covering by explicit sets against enumeration.

#include "abatis/cover/sets.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

CoverSets random_sets(std::uint64_t seed) {
  Random random(seed, 31);
  const auto upto = [&](int n) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(n) + 1));
  };
  CoverSets problem;
  const int sites = upto(9);
  for (int s = 0; s < sites; ++s) problem.cost.push_back(upto(6));
  problem.budget = upto(14);
  const int demand = upto(25);
  for (int d = 0; d < demand; ++d) {
    CoverSets::Demand one{.weight = upto(9), .sites = {}};
    for (int s = 0; s < sites; ++s) {
      if (random.below(3) == 0) one.sites.push_back(s);
    }
    problem.demand.push_back(std::move(one));
  }
  return problem;
}

std::int64_t best_of_all(const CoverSets& problem) {
  std::int64_t best = 0;
  const std::size_t sites = problem.cost.size();
  for (std::size_t choice = 0; choice < (std::size_t{1} << sites); ++choice) {
    std::vector<int> chosen;
    std::int64_t cost = 0;
    for (std::size_t s = 0; s < sites; ++s) {
      if ((choice >> s & 1U) == 0) continue;
      chosen.push_back(static_cast<int>(s));
      cost += problem.cost[s];
    }
    if (cost <= problem.budget) best = std::max(best, covered_weight(problem, chosen));
  }
  return best;
}

TEST(CoverSets, EqualsEnumerationOnSmallProblems) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const CoverSets problem = random_sets(seed);
    const auto answer = cover_sets(problem, {}, silent_monitor());
    ASSERT_TRUE(answer) << to_string(answer.error());
    EXPECT_EQ(answer->value, best_of_all(problem));
    EXPECT_EQ(answer->bound, answer->value);
    EXPECT_EQ(answer->status, CoverStatus::optimal);
    EXPECT_EQ(covered_weight(problem, answer->chosen), answer->value);
    std::int64_t cost = 0;
    for (const int s : answer->chosen) cost += problem.cost[static_cast<std::size_t>(s)];
    EXPECT_LE(cost, problem.budget);
  }
}

TEST(CoverSets, RefusesWhatIsNotAsSaid) {
  const CoverSets sound{.cost = {1, 2}, .budget = 2, .demand = {{3, {0, 1}}}};
  ASSERT_TRUE(cover_sets(sound, {}, silent_monitor()));
  CoverSets odd = sound;
  odd.demand[0].sites = {1, 0};
  EXPECT_FALSE(cover_sets(odd, {}, silent_monitor()));
  odd.demand[0].sites = {0, 2};
  EXPECT_FALSE(cover_sets(odd, {}, silent_monitor()));
  odd = sound;
  odd.cost[1] = -1;
  EXPECT_FALSE(cover_sets(odd, {}, silent_monitor()));
  odd = sound;
  odd.demand[0].weight = std::int64_t{1} << 53U;
  EXPECT_FALSE(cover_sets(odd, {}, silent_monitor()));
}

}  // namespace
}  // namespace abatis
