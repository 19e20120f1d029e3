#include "abatis/corridors/routes.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

// 1 within `apart` of a cell of the routes.
std::vector<std::uint8_t> near_routes(const NearOptimal& set, const std::vector<Route>& routes,
                                      double apart_m) {
  Raster<std::uint8_t> on(set.grid, 0);
  for (const Route& route : routes) {
    for (const Cell c : route.cells) on[c] = 1;
  }
  const Raster<float> distance = distance_to(on);
  std::vector<std::uint8_t> near(set.grid.size(), 0);
  for (std::size_t i = 0; i < near.size(); ++i) {
    near[i] = static_cast<double>(distance.values[i]) <= apart_m ? 1 : 0;
  }
  return near;
}

// Time spent near on the least way from each cell of the set to the end that `next` leads to. The
// time of a move is shared between the two cells it joins.
std::vector<double> near_time(const std::vector<double>& time, const std::vector<Cell>& next,
                              const std::vector<std::uint8_t>& near) {
  std::vector<double> sum(time.size(), -1.0);
  std::vector<Cell> chain;
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (!(time[i] < kUnreachable)) continue;
    Cell at = static_cast<Cell>(i);
    while (at != kNoCell && sum[static_cast<std::size_t>(at)] < 0) {
      chain.push_back(at);
      at = next[static_cast<std::size_t>(at)];
    }
    while (!chain.empty()) {
      const auto c = static_cast<std::size_t>(chain.back());
      chain.pop_back();
      if (next[c] == kNoCell) {
        sum[c] = 0;
        continue;
      }
      const auto n = static_cast<std::size_t>(next[c]);
      sum[c] = sum[n] + (time[c] - time[n]) * (near[c] + near[n]) / 2.0;
    }
  }
  return sum;
}

Route route_over(const NearOptimal& set, Cell via, double overlap) {
  Route route;
  route.cells = set.way_through(via);
  route.via = via;
  route.time_s = set.time_s(via);
  route.length_m = length_of_way(set.grid, route.cells);
  route.overlap = overlap;
  return route;
}

}  // namespace

double length_of_way(const Grid& grid, const std::vector<Cell>& way) {
  double length = 0;
  for (std::size_t i = 1; i < way.size(); ++i) {
    const Point a = grid.centre(way[i - 1]);
    const Point b = grid.centre(way[i]);
    length += std::hypot(b.x - a.x, b.y - a.y);
  }
  return length;
}

std::vector<Route> dissimilar_routes(const NearOptimal& set, const RouteRules& rules) {
  if (rules.count < 1) throw std::invalid_argument("corridors: at least one route");
  if (!(rules.apart_m >= 0)) throw std::invalid_argument("corridors: routes apart by >= 0 m");
  if (!(rules.overlap >= 0) || !(rules.overlap < 1)) {
    throw std::invalid_argument("corridors: the overlap must be a share in [0, 1)");
  }
  std::vector<Route> routes;
  if (!set.reached()) return routes;
  // The least way, to the nearest target.
  Cell goal = kNoCell;
  for (const Cell c : set.targets) {
    const auto t = [&](Cell x) { return set.from_s[static_cast<std::size_t>(x)]; };
    if (goal == kNoCell || t(c) < t(goal)) goal = c;
  }
  routes.push_back(route_over(set, goal, 0));
  while (static_cast<int>(routes.size()) < rules.count) {
    const auto near = near_routes(set, routes, rules.apart_m);
    const auto before = near_time(set.from_s, set.back, near);
    const auto after = near_time(set.to_s, set.onward, near);
    Cell best = kNoCell;
    for (std::size_t i = 0; i < near.size(); ++i) {
      const auto c = static_cast<Cell>(i);
      if (!set.holds(c) || before[i] + after[i] > rules.overlap * set.time_s(c)) continue;
      if (best == kNoCell || set.time_s(c) < set.time_s(best)) best = c;
    }
    if (best == kNoCell) break;
    const auto b = static_cast<std::size_t>(best);
    routes.push_back(route_over(set, best, (before[b] + after[b]) / set.time_s(best)));
  }
  return routes;
}

}  // namespace abatis
