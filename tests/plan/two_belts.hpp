#pragma once
// A problem small enough to read: only a whole belt delays.

#include "abatis/plan/plan.hpp"

namespace abatis::test {

// Two belts across three roads each of 100 s: only a whole belt delays. The first belt costs 3 M
// EUR and delays by 30 s; of the second, one site costs as much as a belt.
//
//    0 ═ sites 0, 1, 2 ═ 1 ═ sites 3, 4, 5 ═ 2
struct TwoBelts {
  Graph graph;
  PlanProblem problem;
  TwoBelts() {
    graph.first = {0, 3, 6, 6};
    graph.to = {1, 1, 1, 2, 2, 2};
    graph.time_s = {50, 50, 50, 50, 50, 50};
    graph.site = {0, 1, 2, 3, 4, 5};
    problem.years = 3;
    problem.sites = 6;
    problem.year_weights = {1, 1, 1};
    problem.graphs = {&graph};
    NetworkCase c;
    c.weight = 1;
    c.sources = {0};
    c.targets = {2};
    problem.cases = {c};
    for (int s = 0; s < 6; ++s)
      problem.options.push_back({s, {{0, s == 4 ? 3e6 : 1e6, 0}}, {{30}}});
    problem.budget = {1e6, 1e6, 1e6};
    problem.threads = 1;
  }
};

}  // namespace abatis::test
