#include <algorithm>
#include <cmath>
#include <map>

#include "abatis/geo/rasterize.hpp"
#include "abatis/roads/road_graph.hpp"

namespace abatis {
namespace {

constexpr double kSame = 0.01;  // m: closer than this is the same place

struct Foot {
  std::size_t edge = 0, piece = 0;  // the piece from vertex `piece` to the next
  Point at;
  double along = 0;  // m from the vertex
};

// The nearest point of an edge, if it is nearer than `least`.
void nearest_on(const RoadEdge& edge, std::size_t e, Point p, double& least, Foot& best,
                bool& found) {
  for (std::size_t i = 0; i + 1 < edge.line.size(); ++i) {
    const Point a = edge.line[i];
    const Point b = edge.line[i + 1];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (!(length > 0)) continue;
    const double dot = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length;
    const double along = std::clamp(dot, 0.0, length);
    const Point at{a.x + (b.x - a.x) * along / length, a.y + (b.y - a.y) * along / length};
    const double d = std::hypot(at.x - p.x, at.y - p.y);
    if (d < least || (!found && d <= least)) {
      least = d;
      best = {e, i, at, along};
      found = true;
    }
  }
}

bool same(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y) <= kSame;
}

struct Cut {
  Foot foot;
  std::size_t place = 0;
};

RoadEdge piece_of(const RoadEdge& edge, int from, int to, std::vector<Point> line,
                  const Grid& grid) {
  RoadEdge piece = edge;
  piece.from = from;
  piece.to = to;
  piece.line = std::move(line);
  piece.cells = cells_of_line(grid, piece.line);
  piece.length_m = length_of({GeometryKind::line, {piece.line}});
  return piece;
}

// The pieces of one edge, cut at places in order along it.
std::vector<RoadEdge> pieces_of(const Grid& grid, const RoadEdge& edge,
                                const std::vector<Cut>& cuts, int& nodes,
                                std::vector<int>& node_of) {
  std::vector<RoadEdge> pieces;
  std::vector<Point> line{edge.line.front()};
  int from = edge.from;
  std::size_t vertex = 1;
  for (const Cut& cut : cuts) {
    for (; vertex <= cut.foot.piece; ++vertex) {
      if (!same(line.back(), edge.line[vertex])) line.push_back(edge.line[vertex]);
    }
    if (same(cut.foot.at, line.front())) {
      node_of[cut.place] = from;
      continue;
    }
    if (same(cut.foot.at, edge.line.back())) {
      node_of[cut.place] = edge.to;
      continue;
    }
    if (!same(line.back(), cut.foot.at)) line.push_back(cut.foot.at);
    const int node = nodes++;
    node_of[cut.place] = node;
    pieces.push_back(piece_of(edge, from, node, line, grid));
    line = {cut.foot.at};
    from = node;
  }
  for (; vertex < edge.line.size(); ++vertex) line.push_back(edge.line[vertex]);
  pieces.push_back(piece_of(edge, from, edge.to, line, grid));
  return pieces;
}

}  // namespace

std::vector<int> join_places(const Grid& grid, const std::vector<Point>& places, double reach,
                             RoadGraph& graph) {
  std::vector<Bounds> boxes;
  for (const RoadEdge& edge : graph.edges) {
    boxes.push_back(bounds_of({GeometryKind::line, {edge.line}}).grown(reach));
  }
  std::map<std::size_t, std::vector<Cut>> cuts;  // by edge
  for (std::size_t p = 0; p < places.size(); ++p) {
    double least = reach;
    Foot best;
    bool found = false;
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      if (boxes[e].contains(places[p])) {
        nearest_on(graph.edges[e], e, places[p], least, best, found);
      }
    }
    if (found) cuts[best.edge].push_back({best, p});
  }
  std::vector<int> node_of(places.size(), -1);
  std::vector<RoadEdge> kept;
  std::vector<RoadEdge> pieces;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const auto cut = cuts.find(e);
    if (cut == cuts.end()) {
      kept.push_back(std::move(graph.edges[e]));
      continue;
    }
    std::stable_sort(cut->second.begin(), cut->second.end(), [](const Cut& a, const Cut& b) {
      return a.foot.piece != b.foot.piece ? a.foot.piece < b.foot.piece
                                          : a.foot.along < b.foot.along;
    });
    for (RoadEdge& piece : pieces_of(grid, graph.edges[e], cut->second, graph.nodes, node_of)) {
      pieces.push_back(std::move(piece));
    }
  }
  for (RoadEdge& piece : pieces) kept.push_back(std::move(piece));
  graph.edges = std::move(kept);
  return node_of;
}

}  // namespace abatis
