#pragma once
// What the parts of the room work on.

#include <cmath>
#include <cstdint>
#include <vector>

#include "abatis/base/numbers.hpp"
#include "abatis/sight/sight.hpp"
#include "abatis/watch/watch.hpp"

namespace abatis::watching {

// Bare ground, what stands on it, and whose it is.
struct WatchGround {
  const Scenario& scenario;
  const Terrain& terrain;
  Raster<float> canopy_m;     // over the ground; 0 = none
  Raster<float> surface_m;    // ground and canopy; NaN = unknown
  std::vector<char> watched;  // by Terrain::state: of the states to be watched

  const Grid& grid() const { return terrain.grid; }
  const SurveillanceRules& rules() const { return scenario.surveillance; }
  const Measure& measure(int m) const { return scenario.catalogue.measures[at(m)]; }
  bool own(Cell c) const { return watched[terrain.state[c]] != 0; }
  bool hostile(Cell c) const { return terrain.side_of(c) == Side::adversary; }
};

inline double apart(const Grid& grid, Cell a, Cell b) {  // m between the centres
  const Point p = grid.centre(a), q = grid.centre(b);
  return std::hypot(p.x - q.x, p.y - q.y);
}

WatchGround make_watch_ground(const Scenario& scenario, const Terrain& terrain);

// Points of the land border by chainage, and its length.
struct BorderLine {
  std::vector<BorderPoint> points;
  double length_m = 0;
};
Result<BorderLine> find_border(const WatchGround& ground);

// Points over the zone on both sides, a square lattice.
std::vector<Cell> find_zone(const WatchGround& ground);

// Candidate places, best first by height over their surroundings.
Result<std::vector<WatchPlace>> find_places(const WatchGround& ground);

// One sensor at one place, and what it covers.
struct Candidate {
  int place = 0, measure = 0;
  std::vector<int> border;  // points, ascending
  // Points of the zone, ascending, each with the first altitude at which it is covered.
  std::vector<std::pair<int, int>> zone;
};
// Pairs that cover something, by place, then measure. Exact.
std::vector<Candidate> find_reach(const WatchGround& ground, const std::vector<WatchPlace>& places,
                                  const BorderLine& border, const std::vector<Cell>& zone,
                                  int threads);

// The least heights over the bare ground from which a sensor sees, on a window of the grid around
// it; NaN = none, or out of its reach `range_m`. 0 within range where it needs no sight.
struct SightWindow {
  std::int32_t row0 = 0, col0 = 0, rows = 0, cols = 0;
  std::vector<float> height_m;
};
SightWindow look_around(const WatchGround& ground, Cell cell, const SensorWorks& works,
                        double range_m);

}  // namespace abatis::watching
