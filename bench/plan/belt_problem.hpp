#pragma once
// A synthetic planning problem of realistic size: a country of rows x columns portals, belts of
// obstacle sites across it, roads through them, axes from one side to the other; with parks, stored
// obstacles at every site that use crew hours and stock of one, and a quota of trees beside them.

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/plan/plan.hpp"

namespace abatis::bench {

struct BeltShape {
  int rows = 60, columns = 200;  // portals; rows lead away from the border
  int sites = 400;
  int belts = 6;
  int years = 10;
  int axes = 4, movers = 2;
  double share_of_sites = 0.2;  // what the budgets can buy, of all
  int parks = 0;
  std::uint64_t seed = 1;
};

struct BeltProblem {
  std::vector<std::unique_ptr<Graph>> graphs;
  PlanProblem problem;
};

// Site entered when stepping from row r to r + 1 in a column, -1 = none.
inline int site_at(const BeltShape& s, int row, int column) {
  const int spacing = s.rows / (s.belts + 1);
  if ((row + 1) % spacing != 0) return -1;
  const int belt = (row + 1) / spacing - 1;
  if (belt >= s.belts) return -1;
  const int per_belt = s.sites / s.belts;
  return belt * per_belt + column * per_belt / s.columns;
}

inline std::unique_ptr<Graph> belt_graph(const BeltShape& s, int mover) {
  auto graph = std::make_unique<Graph>();
  const double cell_s = mover == 0 ? 240.0 : 200.0;  // 1 km, off road
  const auto speed = [&](int r, int c) {
    const bool road = c % 17 == 5 || r % 23 == 11;
    const double rough = 0.5 + hashed_uniform(s.seed + 11, r / 4, c / 4);
    return road ? (mover == 0 ? 2.0 : 4.0) : (mover == 0 ? 1.0 : 0.7) / rough;
  };
  const int steps[16][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}, {1, 1},  {1, -1}, {-1, 1},  {-1, -1},
                            {1, 2}, {2, 1}, {-1, 2}, {-2, 1}, {1, -2}, {2, -1}, {-1, -2}, {-2, -1}};
  graph->first.push_back(0);
  for (int r = 0; r < s.rows; ++r) {
    for (int c = 0; c < s.columns; ++c) {
      for (const auto& step : steps) {
        const int to_row = r + step[0], to_column = c + step[1];
        if (to_row < 0 || to_row >= s.rows || to_column < 0 || to_column >= s.columns) continue;
        int site = -1;
        for (int k = std::min(r, to_row); k < std::max(r, to_row) && site < 0; ++k) {
          site = site_at(s, k, k == r ? c : to_column);
        }
        const double length = std::hypot(step[0], step[1]);
        graph->to.push_back(to_row * s.columns + to_column);
        graph->time_s.push_back(cell_s * length *
                                (0.5 / speed(r, c) + 0.5 / speed(to_row, to_column)));
        graph->site.push_back(site);
      }
      graph->first.push_back(static_cast<std::int32_t>(graph->to.size()));
    }
  }
  return graph;
}

inline std::vector<double> delay_by_age(double full, int lead, int growth, int years) {
  std::vector<double> delay;
  for (int age = 0; age < years; ++age) {
    delay.push_back(age < lead ? 0.0 : full * std::min(1.0, (age - lead + 1.0) / (growth + 1.0)));
  }
  return delay;
}

inline void add_options(const BeltShape& s, Random& random, PlanProblem& p) {
  const int sites = s.sites / s.belts * s.belts;
  for (int site = 0; site < sites; ++site) {
    const double length_km = 1.0 + 2.0 * random.uniform();
    PlanOption ditch{site, {{0, length_km * 0.25e6, length_km * 0.005e6}}, {}};
    PlanOption mined{site, {{1, length_km * 0.60e6, length_km * 0.006e6}}, {}};
    const double hold = 600 + 1200 * random.uniform();
    for (int m = 0; m < s.movers; ++m) {
      const double ease = m == 0 ? 1.0 : 1.4;
      ditch.delay_s.push_back(delay_by_age(hold * 0.5 * ease, 1, 0, s.years));
      mined.delay_s.push_back(delay_by_age(hold * 1.3 * ease, 0, site % 3, s.years));
    }
    p.options.push_back(ditch);
    if (random.uniform() < 0.6) p.options.push_back(mined);
  }
}

// Sites after those of the belts: the parks, then as many with trees, which delay nobody.
inline void add_parks(const BeltShape& s, Random& random, PlanProblem& p) {
  const int sites = s.sites / s.belts * s.belts;
  const std::vector<std::vector<double>> none(static_cast<std::size_t>(s.movers), {0.0});
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  PlanLimit trees;
  trees.name = "quota roadside_trees";
  trees.unit = "km";
  std::vector<PlanLimit> limits;
  for (int k = 0; k < s.parks; ++k) {
    const std::string park = "park " + std::to_string(k);
    for (const bool large : {false, true}) {
      const int option = static_cast<int>(p.options.size());
      p.options.push_back(
          {p.sites + k, {{0, large ? 2.2e6 : 1.2e6, large ? 0.1e6 : 0.06e6}}, none});
      if (!large) {
        limits.push_back({park + ": crew hours", {}, kNone, 0, LimitSpan::by_year_end, "h"});
        limits.push_back({park + ": stock", {}, kNone, 0, LimitSpan::by_year_end, "blocks"});
      }
      limits[limits.size() - 2].uses.push_back({option, large ? -400.0 : -200.0});
      limits[limits.size() - 1].uses.push_back({option, large ? -2000.0 : -900.0});
    }
    const double length_km = 2 + 8 * random.uniform();
    trees.uses.push_back({static_cast<int>(p.options.size()), length_km});
    p.options.push_back({p.sites + s.parks + k, {{0, length_km * 5e3, length_km * 500}}, none});
  }
  for (int site = 0; site < sites && s.parks > 0; ++site) {
    const auto park =
        static_cast<std::size_t>(site % (s.sites / s.belts) * s.parks / (s.sites / s.belts));
    const int option = static_cast<int>(p.options.size());
    PlanOption stored{site, {{0, 0.1e6, 2e3}, {1, 0.04e6, 1e3}}, {}};
    const double hold = 900 + 900 * random.uniform();
    for (int m = 0; m < s.movers; ++m) stored.delay_s.push_back({hold});
    p.options.push_back(stored);
    limits[2 * park].uses.push_back({option, 10 + 10 * random.uniform()});
    limits[2 * park + 1].uses.push_back({option, 50 + 50 * random.uniform()});
  }
  trees.low = 0;
  for (const PlanUse& use : trees.uses) trees.low += 0.5 * use.amount;
  p.sites += 2 * s.parks;
  p.limits = std::move(limits);
  if (s.parks > 0) p.limits.push_back(std::move(trees));
}

inline BeltProblem belt_problem(const BeltShape& s) {
  BeltProblem b;
  PlanProblem& p = b.problem;
  Random random(s.seed, 3);
  p.years = s.years;
  p.sites = s.sites;
  p.first_year = 2026;
  p.class_names = {"engineering", "anti_tank_mines"};
  for (int m = 0; m < s.movers; ++m) b.graphs.push_back(belt_graph(s, m));
  for (const auto& g : b.graphs) p.graphs.push_back(g.get());
  for (int a = 0; a < s.axes; ++a) {
    for (int m = 0; m < s.movers; ++m) {
      NetworkCase c;
      c.axis = a;
      c.mover = m;
      c.speed = m;
      c.graph = m;
      c.weight = 1.0 / (s.axes * s.movers);
      const int width = s.columns / s.axes;
      for (int i = 0; i < width; ++i) c.sources.push_back(a * width + i);
      c.targets = {(s.rows - 1) * s.columns + (a * width + width / 2 + 13 * a) % s.columns};
      p.cases.push_back(c);
    }
  }
  add_options(s, random, p);
  double all = 0;
  for (const PlanOption& o : p.options) all += o.cost();
  for (int t = 0; t < s.years; ++t) {
    p.year_weights.push_back(1.0 / s.years);
    p.budget.push_back(all * s.share_of_sites / s.years);
  }
  add_parks(s, random, p);
  p.carry_over = 0.5;
  p.earmarks.push_back({1, EarmarkRule::at_least, 0.4 * all * s.share_of_sites, 0});
  return b;
}

}  // namespace abatis::bench
