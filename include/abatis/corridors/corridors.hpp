#pragma once
// From entry stretches to objectives: the near-optimal set of every case, its width, choke points,
// mobility corridors, avenues of approach and dissimilar routes. Method, error and sources:
// docs/model/corridors.md.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/corridors/closure.hpp"
#include "abatis/corridors/formations.hpp"
#include "abatis/corridors/near_optimal.hpp"
#include "abatis/corridors/routes.hpp"
#include "abatis/corridors/sections.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct CorridorRules {
  double slack = 0.10;  // of the least time
  RouteRules routes;
  double ends = 0.10;           // share of the way at each end where no width is taken
  double rise = 2;              // a choke point widens to this, times its width, to both sides
  double around = 0.5;          // and cannot be gone round for less than this share of the slack
  double choke_below_m = 1500;  // wider minima are not told
  double lasting_m = 500;       // for at least this far along the way
  int most_closed = 100;        // the least closure is looked for up to this many cells
};

// A route with its corridor: the near-optimal set within RouteRules::apart_m of it.
struct RouteCorridor {
  Route route;
  std::vector<Section> sections;
  Narrowest narrowest;             // of the widest way through the corridor
  int fits = -1;                   // index of the largest formation that gets through, -1 = none
  std::vector<double> fits_share;  // by formation: share of the route on ground where it fits
};

struct ChokePoint {
  Section section;          // in the middle of the narrow
  double length_m = 0;      // how far along the route it stays as narrow
  std::vector<Cell> cells;  // of the sections of the whole narrow, ascending
  std::vector<int> routes;  // that pass it
  int fits = -1;
  double around = 0;  // share of the least time that going round it nearby adds; infinity = no way
};

// Corridors that a formation covers together.
struct Avenue {
  int formation = 0;
  std::vector<int> routes;
  double time_s = 0, length_m = 0;  // of its fastest route
  Narrowest narrowest;              // of the widest way within its cells
  int fits = -1;                    // largest formation that gets through
  std::vector<Cell> cells;          // of the set, within the frontage of its routes
};

// Everything about one case. Cells are those of `grid`.
struct CaseCorridors {
  int index = 0;  // into Scenario::cases
  Grid grid;      // the window that holds the set
  double best_s = 0;
  double area_m2 = 0;           // of the set
  Raster<float> slack;          // T/best - 1; nodata outside the set
  Raster<std::uint8_t> widest;  // as FormationGround::widest
  std::vector<RouteCorridor> routes;
  std::vector<ChokePoint> chokes;  // by progress
  std::vector<MobilityCorridor> mobility;
  std::vector<Avenue> avenues;  // by formation
  Closure closure;              // without its ways
};

// Pure: what a near-optimal set holds. Formations by rising frontage.
CaseCorridors describe_corridors(const NearOptimal& set, std::span<const Formation> formations,
                                 const CorridorRules& rules);

// The cases of a scenario on one axis, with one mover and in one season; "" = any. Errors: an id
// that the scenario does not have, with the nearest it has.
struct CaseFilter {
  std::string axis, mover, season;
};
Result<std::vector<int>> chosen_cases(const Scenario& scenario, const CaseFilter& filter);

// The corridors of these cases with nothing built, natural barriers as everywhere. Errors: those of
// axis_cells; a case without any way, or with its entry on its objective, naming the axis;
// interrupted. Three searches of the region a case; at most about 1.5 GiB of fields at once
// whatever `threads` says, and 5 bytes a cell of each window kept. The same bits on any number of
// threads.
Result<std::vector<CaseCorridors>> find_corridors(const Scenario& scenario, const Terrain& terrain,
                                                  const Mobility& mobility,
                                                  const std::vector<int>& cases,
                                                  const CorridorRules& rules, int threads,
                                                  Monitor& monitor);

}  // namespace abatis
