// What a near-optimal set holds, put together.

#include <algorithm>
#include <cmath>

#include "abatis/corridors/corridors.hpp"
#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

// Cells of the set within reach of some routes.
std::vector<std::uint8_t> near_routes(const NearOptimal& set,
                                      const std::vector<const Route*>& routes, double reach_m) {
  Raster<std::uint8_t> on(set.grid, 0);
  for (const Route* route : routes) {
    for (const Cell c : route->cells) on[c] = 1;
  }
  const Raster<float> distance = distance_to(on);
  std::vector<std::uint8_t> near(set.grid.size(), 0);
  for (std::size_t i = 0; i < near.size(); ++i) {
    near[i] = set.holds(static_cast<Cell>(i)) && static_cast<double>(distance.values[i]) <= reach_m
                  ? 1
                  : 0;
  }
  return near;
}

// What a near-optimal set is asked about, worked out once.
struct Asked {
  const NearOptimal& set;
  std::span<const Formation> formations;
  const CorridorRules& rules;
  Raster<float> width;
  const Raster<std::uint8_t>& widest;
};

RouteCorridor along_route(const Asked& ground, Route route) {
  const CorridorRules& rules = ground.rules;
  RouteCorridor one;
  one.sections = sections_along(ground.set, route.cells, rules.ends);
  const auto corridor = near_routes(ground.set, {&route}, rules.routes.apart_m);
  one.narrowest = widest_way(ground.set, ground.width, corridor, rules.ends);
  one.fits = largest_that_fits(ground.formations, one.narrowest.width_m);
  one.fits_share.assign(ground.formations.size(), 0.0);
  for (const Cell c : route.cells) {
    for (std::size_t f = 0; f < ground.widest[c]; ++f) one.fits_share[f] += 1;
  }
  for (double& share : one.fits_share) share /= static_cast<double>(route.cells.size());
  one.route = std::move(route);
  return one;
}

bool share_a_cell(const std::vector<Cell>& a, const std::vector<Cell>& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    a[i] < b[j] ? ++i : ++j;
  }
  return false;
}

std::vector<Cell> cells_of(const NearOptimal& set, const std::vector<Section>& sections,
                           const Narrow& narrow) {
  std::vector<Cell> cells;
  for (std::size_t i = narrow.first; i <= narrow.last; ++i) {
    const auto piece = section_cells(set, sections[i].at, sections[i].progress);
    cells.insert(cells.end(), piece.begin(), piece.end());
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

// The narrowest place of a narrow, nearest its middle: single sections of it may be wider.
std::size_t narrowest_of(const std::vector<double>& width, const Narrow& narrow) {
  std::size_t best = narrow.middle();
  const auto off = [&](std::size_t i) {
    return i < narrow.middle() ? narrow.middle() - i : i - narrow.middle();
  };
  for (std::size_t i = narrow.first; i <= narrow.last; ++i) {
    if (std::pair(width[i], off(i)) < std::pair(width[best], off(best))) best = i;
  }
  return best;
}

// The narrow minima of one route that cannot be gone round nearby.
std::vector<ChokePoint> chokes_of(const Asked& ground, const RouteCorridor& one, int number) {
  const CorridorRules& rules = ground.rules;
  std::vector<double> width, along;
  for (const Section& s : one.sections) {
    width.push_back(s.width_m);
    along.push_back(s.along_m);
  }
  std::vector<ChokePoint> chokes;
  for (const Narrow& narrow : narrow_minima(width, along, rules.rise, rules.lasting_m)) {
    const Section& section = one.sections[narrowest_of(width, narrow)];
    if (section.width_m >= rules.choke_below_m) continue;
    ChokePoint choke;
    choke.section = section;
    choke.length_m = along[narrow.last] - along[narrow.first];
    choke.cells = cells_of(ground.set, one.sections, narrow);
    choke.routes = {number};
    choke.fits = largest_that_fits(ground.formations, section.width_m);
    const auto piece = section_cells(ground.set, section.at, section.progress);
    const double round = time_around(ground.set, section, piece, rules.routes.apart_m);
    choke.around = (round - one.route.time_s) / ground.set.best_s;
    if (choke.around >= rules.around * rules.slack) chokes.push_back(std::move(choke));
  }
  return chokes;
}

// Those of all routes; where two routes pass the same narrow it is told once, at its narrower
// section.
std::vector<ChokePoint> find_chokes(const Asked& ground, const std::vector<RouteCorridor>& routes) {
  std::vector<ChokePoint> all;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const int number = static_cast<int>(r);
    for (ChokePoint& choke : chokes_of(ground, routes[r], number)) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const ChokePoint& other) {
        return share_a_cell(other.cells, choke.cells);
      });
      if (same == all.end()) {
        all.push_back(std::move(choke));
        continue;
      }
      std::vector<int> passing = same->routes;
      if (passing.back() != number) passing.push_back(number);
      if (choke.section.width_m < same->section.width_m) *same = std::move(choke);
      same->routes = std::move(passing);
    }
  }
  std::sort(all.begin(), all.end(), [](const ChokePoint& a, const ChokePoint& b) {
    return std::pair(a.section.progress, a.section.key) <
           std::pair(b.section.progress, b.section.key);
  });
  return all;
}

std::vector<Avenue> find_avenues(const Asked& ground, const std::vector<RouteCorridor>& routes) {
  std::vector<Route> ways;
  for (const RouteCorridor& r : routes) ways.push_back(r.route);
  const auto way = [&](int i) -> const Route& { return ways[static_cast<std::size_t>(i)]; };
  std::vector<Avenue> avenues;
  for (std::size_t f = 0; f < ground.formations.size(); ++f) {
    const double frontage = ground.formations[f].frontage_m;
    for (auto& members : avenue_groups(ground.set, ways, frontage)) {
      // Routes stand by rising time in general; the fastest is looked for all the same.
      const int fastest = *std::min_element(members.begin(), members.end(), [&](int a, int b) {
        return way(a).time_s < way(b).time_s;
      });
      std::vector<const Route*> spines;
      for (const int m : members) spines.push_back(&way(m));
      const auto near = near_routes(ground.set, spines, frontage);
      Avenue one;
      one.formation = static_cast<int>(f);
      one.time_s = way(fastest).time_s;
      one.length_m = way(fastest).length_m;
      one.narrowest = widest_way(ground.set, ground.width, near, ground.rules.ends);
      one.fits = largest_that_fits(ground.formations, one.narrowest.width_m);
      for (std::size_t i = 0; i < near.size(); ++i) {
        if (near[i] != 0) one.cells.push_back(static_cast<Cell>(i));
      }
      one.routes = std::move(members);
      avenues.push_back(std::move(one));
    }
  }
  return avenues;
}

}  // namespace

CaseCorridors describe_corridors(const NearOptimal& set, std::span<const Formation> formations,
                                 const CorridorRules& rules) {
  CaseCorridors out;
  out.grid = set.grid;
  out.best_s = set.best_s;
  out.slack = Raster<float>(set.grid, nodata<float>());
  std::int64_t held = 0;
  for (std::size_t i = 0; i < set.grid.size(); ++i) {
    const auto c = static_cast<Cell>(i);
    if (!set.holds(c)) continue;
    ++held;
    out.slack[c] = static_cast<float>(std::clamp(set.slack(c), 0.0, rules.slack));
  }
  out.area_m2 = static_cast<double>(held) * set.grid.cell * set.grid.cell;
  FormationGround fitting = formation_ground(set, formations, rules.ends);
  out.mobility = std::move(fitting.corridors);
  out.widest = std::move(fitting.widest);
  const Asked ground{set, formations, rules, ground_width(set), out.widest};
  for (Route& route : dissimilar_routes(set, rules.routes)) {
    out.routes.push_back(along_route(ground, std::move(route)));
  }
  out.chokes = find_chokes(ground, out.routes);
  out.avenues = find_avenues(ground, out.routes);
  out.closure = least_closure(set, rules.ends, rules.most_closed);
  out.closure.ways.clear();
  return out;
}

}  // namespace abatis
