#pragma once
// What a map needs to know of the ground. Not owned.

#include "abatis/report/outcome.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis::report {

struct GroundView {
  const Scenario& scenario;
  const Terrain& terrain;
  GroundView(const Scenario& s, const Terrain& t) : scenario(s), terrain(t) {}
  // What shows a whole run shows its ground too.
  GroundView(const RunView& run) : scenario(run.scenario), terrain(run.terrain) {}  // NOLINT
};

}  // namespace abatis::report
