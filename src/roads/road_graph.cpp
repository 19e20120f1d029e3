#include "abatis/roads/road_graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

using Key = std::pair<std::int64_t, std::int64_t>;

Key key_of(Point p) {
  return {std::llround(p.x * 100), std::llround(p.y * 100)};
}

// A stretch of one line that counts: no vertex inside it lies on gathered ground.
struct Stretch {
  std::size_t feature = 0;
  std::uint8_t road = 0;
  std::vector<Point> line;
};

std::map<std::string, std::uint8_t> classes_of(const Catalogue& catalogue) {
  std::map<std::string, std::uint8_t> index;
  for (std::size_t i = 0; i < catalogue.roads.size(); ++i) {
    for (const auto& code : catalogue.roads[i].codes) {
      index.emplace(code, static_cast<std::uint8_t>(i));
    }
  }
  return index;
}

class StretchCutter {
 public:
  StretchCutter(const RoadGround& ground, std::vector<Stretch>& out) : ground_(ground), out_(out) {}

  void cut(std::size_t feature, std::uint8_t road, const std::vector<Point>& line) {
    current_ = {feature, road, {}};
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      if (!counts(line[i], line[i + 1])) {
        end();
        continue;
      }
      if (current_.line.empty()) current_.line.push_back(line[i]);
      current_.line.push_back(line[i + 1]);
      if (behind(line[i + 1]) != 0) end();
    }
    end();
  }

 private:
  std::uint8_t behind(Point p) const {
    const auto cell = ground_.gathered.grid.cell_at(p);
    return cell ? ground_.gathered[*cell] : std::uint8_t{0};
  }
  // The whole piece lies on ground that counts, and not inside one part that is gathered.
  bool counts(Point p, Point q) const {
    const Grid& grid = ground_.counts.grid;
    const auto from = grid.cell_at(p), to = grid.cell_at(q);
    if (!from || !to || ground_.counts[*from] == 0 || ground_.counts[*to] == 0) return false;
    if (ground_.gathered[*from] != 0 && ground_.gathered[*from] == ground_.gathered[*to]) {
      return false;
    }
    const auto cells = cells_of_line(grid, {p, q});
    return std::all_of(cells.begin(), cells.end(), [&](Cell c) { return ground_.counts[c] != 0; });
  }
  void end() {
    if (current_.line.size() >= 2) out_.push_back(current_);
    current_.line.clear();
  }

  const RoadGround& ground_;
  std::vector<Stretch>& out_;
  Stretch current_;
};

// Vertices where roads meet or end, in order.
std::vector<Key> nodes_of(const std::vector<Stretch>& stretches) {
  std::vector<Key> seen, nodes;
  for (const Stretch& stretch : stretches) {
    for (const Point p : stretch.line) seen.push_back(key_of(p));
    nodes.push_back(key_of(stretch.line.front()));
    nodes.push_back(key_of(stretch.line.back()));
  }
  std::sort(seen.begin(), seen.end());
  for (std::size_t i = 1; i < seen.size(); ++i) {
    if (seen[i] == seen[i - 1]) nodes.push_back(seen[i]);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

class GraphMaker {
 public:
  GraphMaker(const Layer& roads, const RoadGround& ground, const std::vector<Stretch>& stretches)
      : roads_(roads), ground_(ground), nodes_(nodes_of(stretches)) {
    graph_.nodes = kGatheredNodes + static_cast<int>(nodes_.size());
    for (const Stretch& stretch : stretches) add(stretch);
  }
  RoadGraph take() { return std::move(graph_); }

 private:
  std::optional<int> node_at(Point p) const {
    const Key key = key_of(p);
    const auto found = std::lower_bound(nodes_.begin(), nodes_.end(), key);
    if (found == nodes_.end() || *found != key) return std::nullopt;
    if (const auto cell = ground_.gathered.grid.cell_at(p); cell && ground_.gathered[*cell]) {
      return ground_.gathered[*cell] - 1;
    }
    return kGatheredNodes + static_cast<int>(found - nodes_.begin());
  }

  void add(const Stretch& stretch) {
    const Feature& feature = roads_.features[stretch.feature];
    const std::string oneway = roads_.text(feature, "oneway");
    RoadEdge edge;
    edge.road = stretch.road;
    edge.ref = roads_.text(feature, "ref");
    edge.backward = !(oneway == "1" || oneway == "yes" || oneway == "true");
    edge.forward = !(oneway == "-1" || oneway == "reverse");
    edge.line = {stretch.line.front()};
    edge.from = *node_at(stretch.line.front());
    for (std::size_t i = 1; i < stretch.line.size(); ++i) {
      edge.line.push_back(stretch.line[i]);
      const auto node = node_at(stretch.line[i]);
      if (!node) continue;
      edge.to = *node;
      finish(edge);
      edge.line = {stretch.line[i]};
      edge.from = *node;
    }
  }

  void finish(const RoadEdge& edge) {
    if (edge.from == edge.to) return;
    graph_.edges.push_back(edge);
    RoadEdge& kept = graph_.edges.back();
    kept.cells = cells_of_line(ground_.counts.grid, kept.line);
    kept.length_m = length_of({GeometryKind::line, {kept.line}});
  }

  const Layer& roads_;
  const RoadGround& ground_;
  std::vector<Key> nodes_;
  RoadGraph graph_;
};

}  // namespace

RoadGraph make_road_graph(const Catalogue& catalogue, const Layer& roads,
                          const RoadGround& ground) {
  const auto classes = classes_of(catalogue);
  std::vector<Stretch> stretches;
  StretchCutter cutter(ground, stretches);
  for (std::size_t f = 0; f < roads.features.size(); ++f) {
    const Feature& feature = roads.features[f];
    const auto road = classes.find(roads.text(feature, "class"));
    if (road == classes.end()) continue;
    for (const auto& part : feature.geometry.parts) cutter.cut(f, road->second, part);
  }
  return GraphMaker(roads, ground, stretches).take();
}

}  // namespace abatis
