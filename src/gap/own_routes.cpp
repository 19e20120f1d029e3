#include "own_routes.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "abatis/roads/flow.hpp"

namespace abatis::gap_detail {
namespace {

// A network over the roads that `keep` lets through: two edges for a road driven both ways.
class RoadFlow {
 public:
  template <class Keep, class Capacity>
  RoadFlow(const RoadGraph& graph, const Keep& keep, const Capacity& capacity)
      : graph_(graph), net_(graph.nodes) {
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      const RoadEdge& edge = graph.edges[e];
      if (!keep(edge)) continue;
      const auto cost = static_cast<std::int64_t>(std::llround(edge.length_m * 10)) + 1;
      if (edge.forward) link(e, edge.from, edge.to, capacity(edge), cost);
      if (edge.backward) link(e, edge.to, edge.from, capacity(edge), cost);
    }
  }

  std::int64_t largest() { return net_.largest(kFirstNode, kSecondNode); }
  std::int64_t cheapest() { return net_.cheapest(kFirstNode, kSecondNode); }

  // Roads of the minimum cut nearest the first state, in the order of the layer.
  std::vector<std::size_t> cut() const {
    const std::vector<bool> near = net_.source_side(kFirstNode);
    std::vector<std::size_t> roads;
    for (const Link& one : links_) {
      const bool crosses =
          near[static_cast<std::size_t>(one.from)] && !near[static_cast<std::size_t>(one.to)];
      if (crosses) roads.push_back(one.edge);
    }
    return roads;
  }

  struct Step {
    std::size_t edge = 0;
    bool forward = true;
  };
  // The flow as ways from the first node to the second, loops left out.
  std::vector<std::vector<Step>> ways() const {
    std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(graph_.nodes));
    for (std::size_t i = links_.size(); i-- > 0;) {
      const Link& one = links_[i];
      for (std::int64_t k = 0; k < net_.flow(static_cast<int>(i)); ++k) {
        out[static_cast<std::size_t>(one.from)].push_back(i);
      }
    }
    std::vector<std::vector<Step>> ways;
    while (!out[kFirstNode].empty()) ways.push_back(one_way(out));
    return ways;
  }

 private:
  struct Link {
    std::size_t edge = 0;
    int from = 0, to = 0;
  };
  void link(std::size_t edge, int from, int to, std::int64_t capacity, std::int64_t cost) {
    net_.add(from, to, capacity, cost);
    links_.push_back({edge, from, to});
  }
  std::vector<Step> one_way(std::vector<std::vector<std::size_t>>& out) const {
    std::vector<std::size_t> way;
    std::vector<int> nodes{kFirstNode};
    while (nodes.back() != kSecondNode) {
      auto& leaving = out[static_cast<std::size_t>(nodes.back())];
      const std::size_t i = leaving.back();
      leaving.pop_back();
      const int to = links_[i].to;
      way.push_back(i);
      nodes.push_back(to);
      const auto before = std::find(nodes.begin(), nodes.end() - 1, to);
      if (before != nodes.end() - 1) {  // a loop: forget it
        const auto kept = before - nodes.begin();
        nodes.resize(static_cast<std::size_t>(kept) + 1);
        way.resize(static_cast<std::size_t>(kept));
      }
    }
    std::vector<Step> steps;
    for (const std::size_t i : way) {
      const std::size_t e = links_[i].edge;
      steps.push_back({e, links_[i].from == graph_.edges[e].from});
    }
    return steps;
  }

  const RoadGraph& graph_;
  FlowNetwork net_;
  std::vector<Link> links_;  // by edge of the network
};

Point middle_of(const std::vector<Point>& line) {
  double half = length_of({GeometryKind::line, {line}}) / 2;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    if (half <= step && step > 0) {
      const double t = half / step;
      return {line[i - 1].x + t * (line[i].x - line[i - 1].x),
              line[i - 1].y + t * (line[i].y - line[i - 1].y)};
    }
    half -= step;
  }
  return line.back();
}

// Hamlets tell a reader little, and those of a made-up layer nothing.
std::string nearest_settlement(const Terrain& terrain, Point p) {
  const Settlement* best = nullptr;
  double least = 0;
  for (const Settlement& s : terrain.settlements) {
    if (s.name.empty() || s.kind == "hamlet" || s.kind == "isolated_dwelling") continue;
    const double d = std::hypot(s.at.x - p.x, s.at.y - p.y);
    if (best == nullptr || d < least) best = &s, least = d;
  }
  return best == nullptr ? "" : best->name;
}

// "A5, E67" and "E67, 200" make "A5, E67, 200".
void add_refs(std::string& to, const std::string& refs) {
  for (std::size_t from = 0; from < refs.size();) {
    const std::size_t comma = std::min(refs.find(", ", from), refs.size());
    const std::string one = refs.substr(from, comma - from);
    if ((", " + to + ", ").find(", " + one + ", ") == std::string::npos) {
      to += (to.empty() ? "" : ", ") + one;
    }
    from = comma + 2;
  }
}

class Describer {
 public:
  Describer(const Scenario& scenario, const Terrain& terrain, const RoadGraph& graph)
      : roads_(scenario.catalogue.roads), terrain_(terrain), graph_(graph) {}

  GapRoad piece(std::size_t e) const {
    const RoadEdge& edge = graph_.edges[e];
    return {.line = edge.line,
            .road = edge.road,
            .ref = edge.ref,
            .capacity_per_h = roads_[edge.road].capacity_per_h,
            .length_m = edge.length_m,
            .near = nearest_settlement(terrain_, middle_of(edge.line))};
  }
  GapCut cut(const std::vector<std::size_t>& edges) const {
    GapCut out;
    out.routes = static_cast<int>(edges.size());
    for (const std::size_t e : edges) {
      out.roads.push_back(piece(e));
      out.capacity_per_h += out.roads.back().capacity_per_h;
    }
    return out;
  }
  GapRoad route(const std::vector<RoadFlow::Step>& steps) const {
    GapRoad out;
    for (const auto& step : steps) {
      const RoadEdge& edge = graph_.edges[step.edge];
      const RoadClass& road = roads_[edge.road];
      std::vector<Point> line = edge.line;
      if (!step.forward) std::reverse(line.begin(), line.end());
      out.line.insert(out.line.end(), line.begin() + (out.line.empty() ? 0 : 1), line.end());
      out.length_m += edge.length_m;
      add_refs(out.ref, edge.ref);
      const bool first = out.road < 0;
      out.capacity_per_h =
          first ? road.capacity_per_h : std::min(out.capacity_per_h, road.capacity_per_h);
      if (first || road.rank > roads_[static_cast<std::size_t>(out.road)].rank) {
        out.road = edge.road;
      }
    }
    out.near = nearest_settlement(terrain_, middle_of(out.line));
    return out;
  }

 private:
  const std::vector<RoadClass>& roads_;
  const Terrain& terrain_;
  const RoadGraph& graph_;
};

}  // namespace

OwnRoutes own_routes(const Scenario& scenario, const Terrain& terrain, const GapGround& ground,
                     const RoadGraph& graph) {
  const auto& roads = scenario.catalogue.roads;
  const Describer describe(scenario, terrain, graph);
  OwnRoutes out;
  out.by_class.assign(roads.size(), 0);
  out.why = ground.no_routes;
  if (!out.why.empty()) return out;
  const auto every = [](const RoadEdge&) { return true; };
  const auto one = [](const RoadEdge&) { return std::int64_t{1}; };

  RoadFlow count(graph, every, one);
  out.disjoint = static_cast<int>(count.cheapest());
  if (out.disjoint == 0) {
    out.why = "no road of the layer leads from one friendly state to the other here";
    return out;
  }
  out.fewest = describe.cut(count.cut());
  for (const auto& steps : count.ways()) out.routes.push_back(describe.route(steps));
  std::sort(out.routes.begin(), out.routes.end(), [&](const GapRoad& a, const GapRoad& b) {
    const auto order = [&](const GapRoad& r) {
      const Point start = r.line.front();
      return std::tuple(roads[static_cast<std::size_t>(r.road)].rank, r.length_m, start.x, start.y);
    };
    return order(a) < order(b);
  });

  for (std::size_t c = 0; c < roads.size(); ++c) {
    RoadFlow part(
        graph, [&](const RoadEdge& e) { return roads[e.road].rank <= roads[c].rank; }, one);
    out.by_class[c] = static_cast<int>(part.largest());
  }
  RoadFlow capacity(graph, every, [&](const RoadEdge& e) {
    return static_cast<std::int64_t>(std::llround(roads[e.road].capacity_per_h));
  });
  out.capacity_per_h = static_cast<double>(capacity.largest());
  out.least = describe.cut(capacity.cut());
  out.capacity_known = std::all_of(graph.edges.begin(), graph.edges.end(), [&](const RoadEdge& e) {
    return roads[e.road].capacity_per_h > 0;
  });
  return out;
}

}  // namespace abatis::gap_detail
