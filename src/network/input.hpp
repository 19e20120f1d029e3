#pragma once
// What the network is made from, without the scenario around it: tests write it by hand.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/network/network.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis::network_detail {

struct CaseInput {
  int axis = 0, mover = 0, season = 0, speed = 0;
  double weight = 0;
  std::vector<Cell> sources, targets;  // ascending, passable
  std::string name;                    // for errors: "axis x, heavy tracked, wet"
};

struct NetworkInput {
  Grid grid;
  std::vector<const Raster<float>*> speeds;  // by speed index, m/s; not owned
  const Raster<std::int32_t>* barrier = nullptr;
  int naturals = 0;
  int sites = 0;
  // [speed][barrier id]: delay (s) with nothing built. A site adds to its own id only.
  std::vector<std::vector<double>> base_delay_s;
  SiteDelays most;                // every site at its largest delay: no plan delays more
  std::vector<SiteDelays> plans;  // measured on; plans[0] = nothing built, plans[1] = most
  std::vector<CaseInput> cases;
  int rehearsals = 16;  // by case, see CaseProbe
  std::uint64_t seed = 1;
  NetworkRules rules;
  int neighbours = 8;

  // -1 where the barrier id is none or a natural one.
  std::int32_t site_of(std::int32_t id) const { return id > naturals ? id - naturals - 1 : -1; }
  double spacing_cells() const { return rules.portal_spacing_m / grid.cell; }
};

// Errors: those of axis_cells; ErrorCode::internal when rooms before this one do not fit.
Result<NetworkInput> network_input(const Scenario& scenario, const Terrain& terrain,
                                   const Mobility& mobility, const SiteSet& sites);

}  // namespace abatis::network_detail
