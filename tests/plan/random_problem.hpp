#pragma once
// Small random planning problems, and answers to them by enumeration.

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/plan/plan.hpp"

namespace abatis::test {

struct Instance {
  std::vector<std::unique_ptr<Graph>> graphs;
  PlanProblem problem;
};

// What may occur in a random problem; everything else is drawn.
struct Shape {
  int max_years = 3, max_sites = 4, max_options = 6, max_cases = 3;
  bool earmarks = false, conflicts = false, fixed = false, maintenance = false;
  bool whole_numbers = false;
  double budgets = 1;  // times what is drawn
  bool charges = false, quotas = false, capacities = false, prerequisites = false;
  bool barred = false, yearly = false, routes = false, people = false, upgrades = false;
  double tail = 1;
};

inline int below(Random& random, int bound) {
  return static_cast<int>(random.below(static_cast<std::uint64_t>(bound)));
}

// A layered graph, source to target, with some arcs on sites and some short cuts without.
inline std::unique_ptr<Graph> random_graph(Random& random, int sites, bool whole) {
  const int layers = 2 + below(random, 3), width = 1 + below(random, 3);
  const int nodes = layers * width + 2;
  auto graph = std::make_unique<Graph>();
  const auto add = [&](int to, bool can_block) {
    graph->to.push_back(to);
    const double time = 1 + 20 * random.uniform();
    graph->time_s.push_back(whole ? static_cast<double>(static_cast<int>(time)) : time);
    graph->site.push_back(can_block && random.uniform() < 0.75 ? below(random, sites) : -1);
  };
  graph->first.push_back(0);
  for (int n = 0; n < nodes; ++n) {
    if (n == 0) {
      for (int j = 0; j < width; ++j) add(1 + j, false);
    } else if (n < nodes - 1) {
      const int layer = (n - 1) / width;
      if (layer == layers - 1) add(nodes - 1, false);
      for (int j = 0; layer < layers - 1 && j < width; ++j) {
        if (j == (n - 1) % width || random.uniform() < 0.5) add(1 + (layer + 1) * width + j, true);
      }
    }
    graph->first.push_back(static_cast<std::int32_t>(graph->to.size()));
  }
  return graph;
}

inline PlanOption random_option(Random& random, const Shape& shape, int sites, int speeds,
                                int years) {
  PlanOption o;
  o.site = below(random, sites);
  PlanCharge charge;
  charge.budget_class = below(random, 2);
  charge.cost = 1e6 * (1 + below(random, 8)) + (shape.whole_numbers ? 0 : 1e5 * random.uniform());
  if (shape.maintenance) charge.maintenance = 0.1 * charge.cost * random.uniform();
  o.charges = {charge};
  const int lead = below(random, 2), growth = below(random, 3);
  for (int s = 0; s < speeds; ++s) {
    const double full = shape.whole_numbers ? 1 + below(random, 20) : 25 * random.uniform();
    std::vector<double> by_age;
    for (int age = 0; age < years; ++age) {
      const double grown = growth == 0 ? 1.0 : std::min(1.0, (age - lead + 1) / (1.0 + growth));
      double delay = age < lead ? 0.0 : full * grown;
      if (shape.whole_numbers) delay = static_cast<double>(static_cast<int>(delay));
      by_age.push_back(delay);
    }
    if (random.uniform() < 0.2) by_age.resize(1 + random.below(by_age.size()));
    o.delay_s.push_back(std::move(by_age));
  }
  return o;
}

inline void add_earmarks(Random& random, PlanProblem& p) {
  double budgets = 0;
  for (const double b : p.budget) budgets += b;
  for (int c = 0; c < 2; ++c) {
    if (random.uniform() < 0.3) continue;
    PlanEarmark e;
    e.budget_class = c;
    e.rule = static_cast<EarmarkRule>(below(random, 3));
    e.amount = budgets * random.uniform() * 0.6;
    e.tolerance = budgets * random.uniform() * 0.15;
    p.earmarks.push_back(e);
  }
}

inline void split_charges(Random& random, PlanProblem& p) {
  for (PlanOption& o : p.options) {
    if (random.uniform() < 0.5) continue;
    PlanCharge& whole = o.charges.front();
    const double share = random.uniform();
    PlanCharge part{1 - whole.budget_class, share * whole.cost, whole.maintenance * (1 - share)};
    whole.cost -= part.cost;
    whole.maintenance -= part.maintenance;
    o.charges.push_back(part);
    if (part.budget_class == 0) std::swap(o.charges[0], o.charges[1]);
  }
}

inline void delay_nothing(PlanOption& o) {
  for (auto& by_age : o.delay_s) by_age = {0.0};
}

// Some of the options, some of them without any delay, with an amount each: low, high, or both.
inline void add_quota(Random& random, PlanProblem& p) {
  PlanLimit limit;
  limit.name = "quota " + std::to_string(p.limits.size());
  limit.unit = "km";
  double all = 0;
  for (std::size_t o = 0; o < p.options.size(); ++o) {
    if (random.uniform() < 0.4) continue;
    limit.uses.push_back({static_cast<int>(o), 0.5 + 4 * random.uniform()});
    if (random.uniform() < 0.1) limit.uses.back().amount *= -0.5;
    if (random.uniform() < 0.4) delay_nothing(p.options[o]);
    all += limit.uses.back().amount;
  }
  const int ends = below(random, 4);
  if (ends > 0) limit.low = all * random.uniform() * 0.5;
  if (ends == 0 || ends == 3) limit.high = std::max(limit.low, all * random.uniform());
  if (random.uniform() < 0.3) limit.span = LimitSpan::by_year_end;
  p.limits.push_back(limit);
}

// One or two options give what others use: the giver must be open first.
inline void add_capacity(Random& random, PlanProblem& p) {
  const int options = static_cast<int>(p.options.size());
  PlanLimit limit;
  limit.name = "park " + std::to_string(p.limits.size()) + ": crew hours";
  limit.unit = "h";
  limit.high = random.uniform() < 0.8 ? 0 : 2;
  if (random.uniform() < 0.8) limit.span = LimitSpan::by_year_end;
  const int park = below(random, options), other = below(random, options);
  for (int o = 0; o < options; ++o) {
    if (o == park || (o == other && random.uniform() < 0.5)) {
      limit.uses.push_back({o, -(1 + 8 * random.uniform())});
      if (random.uniform() < 0.7) delay_nothing(p.options[static_cast<std::size_t>(o)]);
    } else if (random.uniform() < 0.7) {
      limit.uses.push_back({o, 1 + 3 * random.uniform()});
    }
  }
  p.limits.push_back(limit);
}

inline void add_prerequisite(Random& random, PlanProblem& p) {
  const int options = static_cast<int>(p.options.size());
  PlanLimit limit;
  limit.name = "prerequisite " + std::to_string(p.limits.size());
  limit.high = 0;
  limit.span = LimitSpan::by_year_end;
  const int user = below(random, options), first = below(random, options);
  const int second = below(random, options);
  if (first == user) return;
  limit.uses = {{user, 1}, {first, -1}};
  if (second != user && second != first && random.uniform() < 0.5) {
    limit.uses.push_back({second, -1});
  }
  p.limits.push_back(limit);
}

// So much a year that some of the options take: crews, material.
inline void add_yearly(Random& random, PlanProblem& p) {
  PlanLimit limit;
  limit.name = "crews " + std::to_string(p.limits.size());
  limit.span = LimitSpan::each_year;
  double most = 0;
  for (std::size_t o = 0; o < p.options.size(); ++o) {
    if (random.uniform() < 0.3) continue;
    limit.uses.push_back({static_cast<int>(o), 0.5 + 4 * random.uniform()});
    most = std::max(most, limit.uses.back().amount);
  }
  limit.high = most * (0.6 + 1.2 * random.uniform());
  p.limits.push_back(limit);
}

// Some options are mines; some of them are near one of two villages, each counted once.
inline void add_people(Random& random, PlanProblem& p) {
  const auto options = static_cast<int>(p.options.size());
  PlanLimit people{.name = "limit on people_1km", .unit = "people"};
  double all = 0;
  for (int village = 0; village < 2; ++village) {
    const auto count = static_cast<int>(p.options.size());
    PlanOption option{.site = p.sites++, .charges = {{}}, .delay_s = {}, .counts_only = true};
    option.delay_s.assign(p.options.front().delay_s.size(), {0.0});
    p.options.push_back(option);
    if (p.years > 1) p.barred.push_back({count, 1, p.years - 1});
    people.uses.push_back({count, 100.0 * (1 + below(random, 9))});
    all += people.uses.back().amount;
    for (int o = 0; o < options; ++o) {
      if (random.uniform() < 0.5) continue;
      p.limits.push_back({.name = "people near", .uses = {{o, 1}, {count, -1}}, .high = 0});
    }
  }
  people.high = all * random.uniform();
  p.limits.push_back(people);
}

// Some purchases can be made into more: options of a site of their own in the same place.
inline void add_upgrades(Random& random, PlanProblem& p, const Shape& shape, int speeds) {
  const auto options = static_cast<int>(p.options.size());
  for (int s = 0; s < p.sites; ++s) p.place.push_back(s);
  for (int n = 1 + below(random, 2); n > 0; --n) {
    const int first = below(random, options);
    const int later = p.sites++;
    p.place.push_back(p.options[static_cast<std::size_t>(first)].site);
    for (int k = 1 + below(random, 2); k > 0; --k) {
      PlanOption more = random_option(random, shape, 1, speeds, p.years);
      more.site = later;
      p.limits.push_back({.name = "upgrade",
                          .uses = {{static_cast<int>(p.options.size()), 1}, {first, -1}},
                          .high = 0,
                          .span = LimitSpan::by_year_end});
      p.options.push_back(std::move(more));
    }
  }
}

inline Instance random_problem(std::uint64_t seed, const Shape& shape) {
  Random random(seed, 7);
  Instance i;
  PlanProblem& p = i.problem;
  p.years = 1 + below(random, shape.max_years);
  p.sites = 1 + below(random, shape.max_sites);
  const int cases = 1 + below(random, shape.max_cases);
  const int speeds = 1 + below(random, 2);
  for (int k = 0; k < cases; ++k) {
    i.graphs.push_back(random_graph(random, p.sites, shape.whole_numbers));
    p.graphs.push_back(i.graphs.back().get());
    NetworkCase c;
    c.graph = k;
    c.speed = below(random, speeds);
    c.weight = shape.whole_numbers ? 1.0 : 0.2 + random.uniform();
    c.sources = {0};
    c.targets = {i.graphs.back()->nodes() - 1};
    p.cases.push_back(c);
  }
  for (int t = 0; t < p.years; ++t) {
    p.year_weights.push_back(shape.whole_numbers ? 1.0 : 0.2 + random.uniform());
    p.budget.push_back(shape.budgets * 1e6 * below(random, 10));
  }
  const double carries[] = {0.0, 0.5, 1.0};
  p.carry_over = carries[random.below(3)];
  const int options = 1 + below(random, shape.max_options);
  for (int o = 0; o < options; ++o) {
    p.options.push_back(random_option(random, shape, p.sites, speeds, p.years));
  }
  if (shape.earmarks) add_earmarks(random, p);
  if (shape.conflicts && options > 1) {
    for (int n = below(random, 3); n > 0; --n) {
      const int a = below(random, options), b = below(random, options);
      if (a != b) p.conflicts.push_back({a, b});
    }
  }
  if (shape.fixed && random.uniform() < 0.7) {
    p.fixed.push_back({below(random, options), below(random, p.years)});
  }
  Random more(seed, 11);  // of its own, so that the problems without stay what they were
  if (shape.charges) split_charges(more, p);
  for (int n = shape.barred ? 1 + below(more, 3) : 0; n > 0; --n) {
    const int from = below(more, p.years);
    p.barred.push_back({below(more, options), from, from + below(more, p.years - from)});
  }
  for (int n = shape.yearly ? 1 + below(more, 2) : 0; n > 0; --n) add_yearly(more, p);
  for (int n = shape.routes ? 1 + below(more, 2) : 0; n > 0; --n) {
    const int k = below(more, cases);
    const NetworkCase& c = p.cases[static_cast<std::size_t>(k)];
    PlanRoute r{.name = "route " + std::to_string(n),
                .graph = k,
                .speed = c.speed,
                .sources = c.sources,
                .targets = c.targets};
    const double base = least_time(*p.graphs[static_cast<std::size_t>(k)], c.sources, c.targets,
                                   std::vector<double>(static_cast<std::size_t>(p.sites), 0.0));
    r.limit_s = base * (1 + 0.4 * more.uniform());
    if (std::isfinite(base)) p.routes.push_back(r);
  }
  if (shape.upgrades) add_upgrades(more, p, shape, speeds);
  if (shape.people) add_people(more, p);
  if (shape.tail < 1) p.tail = shape.tail;
  for (int n = shape.quotas ? 1 + below(more, 2) : 0; n > 0; --n) add_quota(more, p);
  for (int n = shape.capacities ? 1 + below(more, 2) : 0; n > 0; --n) add_capacity(more, p);
  for (int n = shape.prerequisites ? 1 + below(more, 3) : 0; n > 0; --n) add_prerequisite(more, p);
  p.gap = 0;
  p.node_limit = 100000;
  p.threads = 1;
  return i;
}

// Longest shortest-path sum over all plans that keep the rules; -infinity when there is none.
inline double best_by_enumeration(const PlanProblem& p) {
  double best = -std::numeric_limits<double>::infinity();
  std::vector<int> year(p.options.size(), -1);
  for (;;) {
    std::vector<Purchase> plan;
    for (std::size_t o = 0; o < year.size(); ++o) {
      if (year[o] >= 0) plan.push_back({static_cast<int>(o), year[o]});
    }
    if (broken_rule(p, plan).empty()) best = std::max(best, evaluate_plan(p, plan));
    std::size_t o = 0;
    while (o < year.size() && ++year[o] == p.years) year[o++] = -1;
    if (o == year.size()) return best;
  }
}

// What is said of a problem that no plan solves.
inline std::string refusal(const PlanProblem& problem) {
  const auto result = solve_plan(problem, silent_monitor());
  EXPECT_FALSE(result.has_value());
  if (result) return {};
  EXPECT_EQ(result.error().code, ErrorCode::infeasible);
  return to_string(result.error());
}

}  // namespace abatis::test
