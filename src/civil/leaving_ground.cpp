#include "leaving_ground.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "abatis/base/numbers.hpp"

namespace abatis::civil_detail {
namespace {

// The zone: friendly settlements near the border.
std::vector<int> places_of(const Terrain& terrain, double within_m) {
  std::vector<int> places;
  for (std::size_t s = 0; s < terrain.settlements.size(); ++s) {
    const auto cell = terrain.grid.cell_at(terrain.settlements[s].at);
    if (!cell || terrain.side_of(*cell) != Side::friendly) continue;
    if (terrain.border_distance_m[*cell] <= static_cast<float>(within_m)) {
      places.push_back(static_cast<int>(s));
    }
  }
  return places;
}

// With a vertex at least every `most` metres, so that a road ends where safe ground begins.
Layer with_vertices(const Layer& roads, double most) {
  Layer out = roads;
  for (Feature& feature : out.features) {
    for (std::vector<Point>& line : feature.geometry.parts) {
      std::vector<Point> dense;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (i > 0) {
          const Point a = line[i - 1];
          const Point b = line[i];
          const double pieces = std::ceil(std::hypot(b.x - a.x, b.y - a.y) / most);
          for (double k = 1; k < pieces; ++k) {
            dense.push_back({a.x + (b.x - a.x) * k / pieces, a.y + (b.y - a.y) * k / pieces});
          }
        }
        dense.push_back(line[i]);
      }
      line = std::move(dense);
    }
  }
  return out;
}

RoadGraph roads_of(const Scenario& scenario, const Terrain& terrain, double safe_m) {
  Raster<std::uint8_t> counts(terrain.grid, 0);
  Raster<std::uint8_t> safe(terrain.grid, 0);
  for (Cell c = 0; c < static_cast<Cell>(terrain.grid.size()); ++c) {
    counts[c] = terrain.side_of(c) == Side::adversary ? 0 : 1;
    const bool far = terrain.side_of(c) == Side::friendly &&
                     terrain.border_distance_m[c] >= static_cast<float>(safe_m);
    safe[c] = far ? 1 : 0;
  }
  const Layer roads = with_vertices(terrain.roads, terrain.grid.cell);
  return make_road_graph(scenario.catalogue, roads, {counts, safe});
}

// Times and capacities of the roads, by edge.
class Timing {
 public:
  Timing(const Scenario& scenario, const SiteSet& sites, int season)
      : catalogue_(scenario.catalogue),
        mover_(catalogue_.movers[at(catalogue_.civil.mover)]),
        factor_(catalogue_.seasons[at(season)].road_factor),
        natural_(people_delays(scenario, sites, catalogue_.civil.mover, season,
                               StandingOptions(sites.sites.size(), 0), false)) {
    for (const RoadClass& road : catalogue_.roads) {
      const double one = road.capacity_per_h;
      if (one > 0 && (least_ == 0 || one < least_)) least_ = one;
    }
    if (least_ == 0) least_ = 1;
  }

  // Milliseconds, rounded; kNever where the road cannot be driven at all.
  std::int64_t time_ms(const RoadEdge& edge, const std::vector<int>& ids) const {
    const RoadClass& road = catalogue_.roads[edge.road];
    const bool tracked = mover_.running == Running::tracked;
    const double allowed = tracked ? road.speed_tracked_mps : road.speed_wheeled_mps;
    const double speed = std::min(mover_.vmax_road_mps, allowed) * factor_;
    if (!(speed > 0)) return kNever;
    double time_s = edge.length_m / speed;
    for (const int id : ids) time_s += natural_[at(id)];
    return std::isfinite(time_s) ? std::llround(time_s * 1000) : kNever;
  }
  bool known(const RoadEdge& edge) const { return catalogue_.roads[edge.road].capacity_per_h > 0; }
  std::int64_t capacity_per_h(const RoadEdge& edge) const {
    const double own = catalogue_.roads[edge.road].capacity_per_h;
    return std::max<std::int64_t>(1, std::llround(own > 0 ? own : least_));
  }

 private:
  const Catalogue& catalogue_;
  const Mover& mover_;
  double factor_;
  std::vector<double> natural_;  // s, by barrier id, with nothing built
  double least_ = 0;             // capacity of any class that has one
};

}  // namespace

LeavingGround make_leaving_ground(const Scenario& scenario, const Terrain& terrain,
                                  const SiteSet& sites, const LeavingRules& rules, int season) {
  LeavingGround out;
  out.places = places_of(terrain, rules.within_m);
  out.graph = roads_of(scenario, terrain, rules.safe_m);
  std::vector<Point> points;
  for (const int s : out.places) points.push_back(terrain.settlements[at(s)].at);
  for (const Service& service : terrain.services) {
    if (service.kind == ServiceKind::shelter) points.push_back(service.at);
  }
  std::vector<int> nodes =
      join_places(terrain.grid, points, scenario.catalogue.civil.to_road_m, out.graph);
  const auto first_shelter = nodes.begin() + static_cast<std::ptrdiff_t>(out.places.size());
  std::vector<int> alias(at(out.graph.nodes));
  for (int n = 0; n < out.graph.nodes; ++n) alias[at(n)] = n;
  for (auto shelter = first_shelter; shelter != nodes.end(); ++shelter) {
    if (*shelter < 0) continue;
    alias[at(*shelter)] = 0;
    out.shelters = true;
  }
  out.node_of_place[0].assign(nodes.begin(), first_shelter);
  for (const int node : out.node_of_place[0]) {
    out.node_of_place[1].push_back(node < 0 ? -1 : alias[at(node)]);
  }

  const Timing timing(scenario, sites, season);
  out.nets[0].nodes = out.nets[1].nodes = out.graph.nodes;
  for (std::size_t e = 0; e < out.graph.edges.size(); ++e) {
    const RoadEdge& edge = out.graph.edges[e];
    std::set<int> ids;
    for (const Cell c : edge.cells) {
      if (sites.barrier[c] > 0) ids.insert(sites.barrier[c]);
    }
    out.ids_of_edge.emplace_back(ids.begin(), ids.end());
    const std::int64_t time = timing.time_ms(edge, out.ids_of_edge.back());
    if (time >= kNever) continue;
    if (!timing.known(edge)) ++out.unknown_capacity;
    const auto link = [&](int from, int to) {
      const std::int64_t capacity = timing.capacity_per_h(edge);
      out.nets[0].links.push_back({from, to, time, capacity});
      out.nets[1].links.push_back({alias[at(from)], alias[at(to)], time, capacity});
      out.edge_of.push_back(e);
    };
    if (edge.forward) link(edge.from, edge.to);
    if (edge.backward) link(edge.to, edge.from);
  }
  return out;
}

Closed closed_links(const Scenario& scenario, const LeavingGround& ground,
                    const std::vector<double>& delays, const std::vector<bool>& gated) {
  Closed closed(ground.edge_of.size(), false);
  for (std::size_t l = 0; l < closed.size(); ++l) {
    const std::size_t e = ground.edge_of[l];
    const bool kept = scenario.gates.keeps_open(ground.graph.edges[e].road);
    for (const int id : ground.ids_of_edge[e]) {
      if (!std::isfinite(delays[at(id)]) || (gated[at(id)] && !kept)) closed[l] = true;
    }
  }
  return closed;
}

}  // namespace abatis::civil_detail
