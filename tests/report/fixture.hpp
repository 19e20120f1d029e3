#pragma once
// A small made-up run to test the products on: 130 x 100 cells of 500 m near 54.4 N 23.3 E, a river
// with two bridges, three belts, two axes. Nothing in it is real except the place on the globe.

#include <memory>
#include <string>
#include <vector>

#include "abatis/report/products.hpp"

namespace abatis::fixture {

struct FixtureOptions {
  std::string hostile;  // put into every name: for injection tests
  bool empty_plan = false;
};

// Owns everything a RunView points to.
struct Made {
  Scenario scenario;
  Terrain terrain;
  Mobility mobility;
  SiteSet sites;
  Network network;
  PlanProblem problem;
  std::vector<PlanOrigin> origin;
  PlanResult plan;
  RunView view() const {
    return {scenario, terrain, mobility, sites, network, problem, origin, plan};
  }
};

std::unique_ptr<Made> make_fixture(const FixtureOptions& options = {});

}  // namespace abatis::fixture
