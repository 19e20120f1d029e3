#pragma once
// Dissimilar least-time routes through a near-optimal set, by way of a via cell.
//
// A candidate is the least way over some cell v of the set: at most (1 + slack) times the least
// time by construction. Routes are taken one after the other: first the least way; then, among the
// candidates that spend at most the share `overlap` of their time within `apart_m` of the routes
// taken before, the one of least time (lowest cell on ties). This is the single-via-path method
// (Abraham, Delling, Goldberg, Werneck, Alternative routes in road networks, ACM JEA 18, 2013) with
// its bounds on stretch and sharing, sharing being measured on the ground and not by equal cells:
// on a grid two ways side by side are one. Every cell of the set is tried, not a sample.

#include <vector>

#include "abatis/corridors/near_optimal.hpp"

namespace abatis {

struct RouteRules {
  int count = 3;          // at most this many
  double apart_m = 1500;  // nearer than this (between cell centres) is the same way
  double overlap = 0.5;   // share of a route's time that may be the same as earlier routes
};

struct Route {
  std::vector<Cell> cells;  // of the set's window, source first
  Cell via = kNoCell;       // of the first route: its target
  double time_s = 0;
  double length_m = 0;  // between cell centres
  double overlap = 0;   // share of its time near the routes before it
};

// Fewer than asked where no candidate is left; empty when the set is. O(count x window).
// std::invalid_argument: count < 1, apart_m < 0, an overlap outside [0, 1).
std::vector<Route> dissimilar_routes(const NearOptimal& set, const RouteRules& rules);

double length_of_way(const Grid& grid, const std::vector<Cell>& way);  // m

}  // namespace abatis
