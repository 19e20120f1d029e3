#pragma once
// Small random problems of covering with all that is awkward: duplicates, ties at the radius,
// weights and costs of nothing, sites that reach nothing, standing sites, radii of their own.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/cover/cover.hpp"

namespace abatis::test {

inline CoverProblem random_cover(std::uint64_t seed, int most_sites = 10, int most_points = 40) {
  Random random(seed, 77);
  CoverProblem problem;
  const auto upto = [&](int n) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(n) + 1));
  };
  const int sites = upto(most_sites);
  const int points = upto(most_points);
  const bool lattice = random.below(2) == 0;  // whole coordinates: many ties
  const bool decimals = random.below(3) == 0;
  const int side = 3 + upto(7);
  const auto place = [&] {
    if (lattice) return static_cast<double>(upto(side)) / (decimals ? 10 : 1);
    return random.uniform(0, side) / (decimals ? 10 : 1);
  };
  problem.radius = lattice ? static_cast<double>(upto(4)) : random.uniform(0, 0.5 * side);
  if (decimals) problem.radius /= 10;
  for (int d = 0; d < points; ++d) {
    DemandPoint point{.x = place(), .y = place(), .weight = static_cast<double>(upto(9))};
    if (decimals) point.weight /= 4;
    if (d > 0 && random.below(6) == 0) {
      point.x = problem.demand.back().x;
      point.y = problem.demand.back().y;
    }
    problem.demand.push_back(point);
  }
  for (int s = 0; s < sites; ++s) {
    CoverSite site{.x = place(), .y = place(), .cost = static_cast<double>(upto(5))};
    if (decimals) site.cost /= 10;
    site.standing = random.below(8) == 0;
    if (random.below(10) == 0) site.radius = problem.radius * random.uniform(0, 2);
    if (s > 0 && random.below(6) == 0) {
      site.x = problem.sites.back().x;
      site.y = problem.sites.back().y;
    }
    problem.sites.push_back(site);
  }
  if (random.below(2) == 0) {
    problem.choose = upto(sites / 2 + 1);
  } else {
    problem.budget = static_cast<double>(upto(12)) / (decimals ? 10 : 1);
  }
  if (random.below(2) == 0) {
    problem.backup = 1 + upto(3);
    constexpr double kShares[] = {1, 0.5, 0.25, 0.9, 0};
    problem.backup_share = kShares[random.below(5)];
  }
  return problem;
}

// The most that any choice covers, by trying all of them. Distances by hypot(), but for a hair
// around the radius, where the lattice's ties lie: they count as covered.
inline double best_by_trying(const CoverProblem& problem) {
  std::vector<int> open;
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    if (!problem.sites[s].standing) open.push_back(static_cast<int>(s));
  }
  std::vector<std::vector<char>> reach(problem.sites.size());
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    const auto& site = problem.sites[s];
    const double radius = site.radius.value_or(problem.radius);
    for (const auto& point : problem.demand) {
      reach[s].push_back(std::hypot(site.x - point.x, site.y - point.y) <= radius + 1e-12 ? 1 : 0);
    }
  }
  double best = -1;
  for (std::uint32_t mask = 0; mask < (1U << open.size()); ++mask) {
    double cost = 0;
    int count = 0;
    std::vector<char> there(problem.sites.size(), 0);
    for (std::size_t s = 0; s < there.size(); ++s) there[s] = problem.sites[s].standing ? 1 : 0;
    for (std::size_t k = 0; k < open.size(); ++k) {
      if ((mask >> k & 1U) == 0) continue;
      const auto s = static_cast<std::size_t>(open[k]);
      there[s] = 1;
      cost += problem.sites[s].cost;
      ++count;
    }
    if (problem.choose && count > *problem.choose) continue;
    if (problem.budget && cost > *problem.budget + 1e-9) continue;
    double value = 0;
    for (std::size_t d = 0; d < problem.demand.size(); ++d) {
      int covers = 0;
      for (std::size_t s = 0; s < there.size(); ++s) covers += there[s] != 0 && reach[s][d] != 0;
      const double weight = problem.demand[d].weight;
      if (covers >= problem.backup) value += problem.backup_share * weight;
      if (covers >= 1) value += (1 - problem.backup_share) * weight;
    }
    best = std::max(best, value);
  }
  return best;
}

}  // namespace abatis::test
