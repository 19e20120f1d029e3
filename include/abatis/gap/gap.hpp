#pragma once
// A land bridge between two hostile states (docs/model/gap.md): its narrowest line, the own routes
// through it and their minimum cut, and when movers from the two sides meet and close it.
//
//   GapInput input{scenario, terrain, mobility, natural barriers};
//   input.states = {{.delay_s = delays by speed index}};            // nothing built
//   Gap gap = *compute_gap(input, scenario.gaps[0], threads, monitor);
//
// Everything is exact on the grid and on the road layer's own graph, and the same bits on any
// number of threads. What does not exist (no friendly ground between, sides that touch, a mover
// that cannot leave its entry) is a marked result: its `why` says what is missing. Lengths are
// metres, times seconds, points in the grid's CRS.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {

// One state of the ground: nothing built, or a year of a plan.
struct GapState {
  int year = -1;                             // index into the plan's years; -1 = nothing built
  std::vector<std::vector<double>> delay_s;  // [speed index][barrier id]; [0] is not read
};

struct GapInput {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const Raster<std::int32_t>& barrier;  // ids as in TravelInput, the same in every state
  std::vector<GapState> states;         // nothing built first
};

// The narrowest line. `straight`: the shortest straight line between the two hostile states that
// passes only through cells of the two friendly ones, lakes included; of all pairs of border cells
// the nearest (between centres), measured and drawn from edge to edge. `overland`: the shortest way
// that stays on dry ground or bridges: least on the 16-neighbour graph (`graph_length_m`), then
// drawn tight, so that `length_m` is the length of a way that exists.
struct GapLine {
  std::vector<Point> line;  // from the first hostile state to the second; empty when there is none
  double length_m = kUnreachable;
  double graph_length_m = kUnreachable;  // overland only
  std::string why;
};

struct GapRoad {
  std::vector<Point> line;
  int road = -1;    // index into catalogue.roads; of a route its least important
  std::string ref;  // road numbers, where the layer has them
  double capacity_per_h = 0;
  double length_m = 0;
  std::string near;  // nearest settlement, "" without one
};

struct GapCut {
  int routes = 0;             // edges in the cut
  double capacity_per_h = 0;  // of them together
  std::vector<GapRoad> roads;
};

// Own routes by road from one friendly state's ground behind `depth` to the other's.
struct OwnRoutes {
  int disjoint = 0;             // most routes no two of which share a piece of road (Menger)
  double capacity_per_h = 0;    // largest flow
  bool capacity_known = true;   // every class used has a capacity in the catalogue
  std::vector<int> by_class;    // [road class]: routes on roads at least as important; 0 = none
  std::vector<GapRoad> routes;  // `disjoint` of them, by weakest class, then length
  GapCut fewest;                // the fewest pieces of road that cut every route
  GapCut least;                 // the pieces of least capacity that do
  std::string why;              // why there is none
};

// When one pair of entries closes the gap. -1, -1 = all entries of either side together.
struct GapTimes {
  int entry_a = -1, entry_b = -1;  // indices into Scenario::entries
  // Where movers of the two can first meet: the cell of the gap with least max(T_a, T_b).
  double meet_s = kUnreachable;
  Point meet;
  std::vector<Point> path_a, path_b;  // least-time ways there
  // When the last own route by road, and the last way over land, is reached by one of the two.
  double roads_cut_s = kUnreachable, land_cut_s = kUnreachable;
  Point roads_cut, land_cut;      // where
  std::vector<Point> last_route;  // the road route that is cut last
  std::string why;                // why there is no meeting
};

struct GapCase {
  int state = 0;                // index into GapInput::states
  int speed = 0;                // index into Mobility::speeds
  std::vector<GapTimes> times;  // all entries together first, then pair by pair
  // Over the ground of the gap, on Gap::window; NaN elsewhere and where nobody comes. Only for the
  // first and the last state.
  Raster<float> first_s, both_s;  // min and max of the two sides' times, all entries
};

struct Gap {
  int gap = 0;  // index into Scenario::gaps
  Grid window;  // the part of the region that holds the ground of the gap
  double ground_m2 = 0;
  GapLine straight, overland;
  OwnRoutes own;
  std::vector<GapCase> cases;  // by state, then speed index
};

// O(entries x speeds x states) time fields over the region, and O(n log n) of the ground of the gap
// for each. At most about 1.5 GiB of fields at once whatever `threads` says. Errors: those of
// entry_cells; interrupted.
Result<Gap> compute_gap(const GapInput& input, int gap, int threads, Monitor& monitor);

}  // namespace abatis
