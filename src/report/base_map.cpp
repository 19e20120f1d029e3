#include "base_map.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "shapes.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

// Vertices embedded at most, by layer: about 20 bytes each in the page.
constexpr std::size_t kLandVertices = 30'000;
constexpr std::size_t kWaterVertices = 45'000;
// Lakes and islands of fewer squares of the tolerance are left out.
constexpr double kLeastArea = 30;
constexpr std::size_t kRiverVertices = 25'000;
constexpr std::size_t kRoadVertices = 60'000;

double first_tolerance(const GroundView& view) {
  const Grid& grid = view.terrain.grid;
  return std::max(grid.cell * 0.5, grid.cols * grid.cell / 3000.0);
}

// The class of a feature: the index whose codes hold one of its text fields, or -1. Layers name
// their class field differently; the codes of the catalogue do not depend on that.
template <class Entry>
int class_of(const Feature& feature, const std::vector<Entry>& entries) {
  for (const FieldValue& value : feature.fields) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->empty()) continue;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& codes = entries[i].codes;
      if (std::find(codes.begin(), codes.end(), *text) != codes.end()) return static_cast<int>(i);
    }
  }
  return -1;
}

using Key = std::pair<std::int64_t, std::int64_t>;
Key key_of(Point p) {
  return {std::llround(p.x * 10), std::llround(p.y * 10)};
}  // 0.1 m

struct Joiner {
  const std::vector<std::vector<Point>>& lines;
  std::map<Key, std::vector<std::size_t>> at;  // line indices by end, twice for loops
  std::vector<bool> used;

  // Appends unused lines to `chain` while exactly one other line ends where it ends.
  void extend(std::vector<Point>& chain) {
    for (;;) {
      const std::vector<std::size_t>& here = at[key_of(chain.back())];
      if (here.size() != 2) return;
      std::size_t next = lines.size();
      for (const std::size_t i : here) {
        if (!used[i]) next = i;
      }
      if (next == lines.size()) return;
      used[next] = true;
      const std::vector<Point>& line = lines[next];
      if (key_of(line.front()) == key_of(chain.back())) {
        chain.insert(chain.end(), line.begin() + 1, line.end());
      } else {
        chain.insert(chain.end(), line.rbegin() + 1, line.rend());
      }
    }
  }
};

Layer joined_by_rank(const GroundView& view, const char* name,
                     std::map<std::int64_t, std::vector<std::vector<Point>>>& by_rank,
                     std::size_t max_vertices) {
  Layer layer{name, view.scenario.grid.epsg, {"rank"}, {}};
  for (auto& [rank, lines] : by_rank) {
    for (std::vector<Point>& line : join_lines(lines)) {
      layer.features.push_back({{GeometryKind::line, {std::move(line)}}, {rank}});
    }
  }
  fit_layer(layer, first_tolerance(view), max_vertices);
  // One feature a rank: the page stores each line's properties once.
  std::map<std::int64_t, Geometry> merged;
  for (Feature& feature : layer.features) {
    Geometry& all = merged[std::get<std::int64_t>(feature.fields[0])];
    all.kind = GeometryKind::line;
    for (auto& part : feature.geometry.parts) all.parts.push_back(std::move(part));
  }
  layer.features.clear();
  for (auto& [rank, geometry] : merged) layer.features.push_back({std::move(geometry), {rank}});
  return layer;
}

}  // namespace

std::vector<std::vector<Point>> join_lines(const std::vector<std::vector<Point>>& lines) {
  Joiner joiner{lines, {}, std::vector<bool>(lines.size(), false)};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].size() < 2) {
      joiner.used[i] = true;
      continue;
    }
    joiner.at[key_of(lines[i].front())].push_back(i);
    joiner.at[key_of(lines[i].back())].push_back(i);
  }
  std::vector<std::vector<Point>> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (joiner.used[i]) continue;
    joiner.used[i] = true;
    std::vector<Point> chain = lines[i];
    joiner.extend(chain);
    std::reverse(chain.begin(), chain.end());
    joiner.extend(chain);
    out.push_back(std::move(chain));
  }
  return out;
}

Layer land_layer(const GroundView& view) {
  const Scenario& s = view.scenario;
  Layer layer{"land", s.grid.epsg, {"state", "side"}, {}};
  for (const Feature& feature : view.terrain.states.features) {
    if (feature.geometry.kind != GeometryKind::polygon) continue;
    std::string state;
    std::int64_t side = 0;
    for (const FieldValue& value : feature.fields) {
      const auto* text = std::get_if<std::string>(&value);
      if (text == nullptr) continue;
      const auto is = [&](const std::vector<std::string>& codes) {
        return std::find(codes.begin(), codes.end(), *text) != codes.end();
      };
      if (is(s.friendly) || is(s.adversary)) {
        state = *text;
        side = is(s.friendly) ? 1 : 2;
      }
    }
    layer.features.push_back({feature.geometry, {valid_utf8(state), side}});
  }
  fit_layer(layer, first_tolerance(view), kLandVertices, kLeastArea);
  return layer;
}

Layer water_layer(const GroundView& view) {
  Layer layer{"water", view.scenario.grid.epsg, {}, {}};
  const double least = 4 * first_tolerance(view) * first_tolerance(view);
  for (const Feature& feature : view.terrain.water_areas.features) {
    if (feature.geometry.kind != GeometryKind::polygon || area_of(feature.geometry) < least) {
      continue;
    }
    layer.features.push_back({feature.geometry, {}});
  }
  fit_layer(layer, first_tolerance(view), kWaterVertices, kLeastArea);
  return layer;
}

Layer river_layer(const GroundView& view) {
  std::map<std::int64_t, std::vector<std::vector<Point>>> by_rank;
  for (const Feature& feature : view.terrain.waterways.features) {
    if (feature.geometry.kind != GeometryKind::line) continue;
    bool wide = false;
    for (const FieldValue& value : feature.fields) {
      const auto* text = std::get_if<std::string>(&value);
      wide = wide || (text != nullptr && (*text == "river" || *text == "canal"));
    }
    for (const auto& part : feature.geometry.parts) by_rank[wide ? 1 : 2].push_back(part);
  }
  // Streams only where there is nothing wider to show.
  if (by_rank.contains(1)) by_rank.erase(2);
  return joined_by_rank(view, "rivers", by_rank, kRiverVertices);
}

Layer road_layer(const GroundView& view) {
  const auto& classes = view.scenario.catalogue.roads;
  std::set<int> ranks;
  for (const RoadClass& road : classes) ranks.insert(road.rank);
  // The four most important ranks: motorway to secondary in the shipped catalogue.
  int lowest = 0;
  for (const int rank : ranks) {
    lowest = rank;
    if (std::distance(ranks.begin(), ranks.find(rank)) == 3) break;
  }
  std::map<std::int64_t, std::vector<std::vector<Point>>> by_rank;
  for (const Feature& feature : view.terrain.roads.features) {
    if (feature.geometry.kind != GeometryKind::line) continue;
    const int cls = class_of(feature, classes);
    if (cls < 0) continue;
    const int rank = classes[static_cast<std::size_t>(cls)].rank;
    if (rank > lowest) continue;
    for (const auto& part : feature.geometry.parts) by_rank[rank].push_back(part);
  }
  return joined_by_rank(view, "roads", by_rank, kRoadVertices);
}

Layer place_layer(const GroundView& view, std::size_t most) {
  const auto kind_order = [](const std::string& kind) {
    return kind == "city" ? 0 : kind == "town" ? 1 : kind == "village" ? 2 : 3;
  };
  std::vector<const Settlement*> order;
  for (const Settlement& place : view.terrain.settlements) {
    if (!place.name.empty()) order.push_back(&place);
  }
  std::sort(order.begin(), order.end(), [&](const Settlement* a, const Settlement* b) {
    return std::tuple(-a->population, kind_order(a->kind), a) <
           std::tuple(-b->population, kind_order(b->kind), b);
  });
  if (order.size() > most) order.resize(most);
  Layer layer{"places", view.scenario.grid.epsg, {"name", "population", "order"}, {}};
  for (const Settlement* place : order) {
    layer.features.push_back({{GeometryKind::point, {{place->at}}},
                              {valid_utf8(place->name), place->population,
                               static_cast<std::int64_t>(layer.features.size())}});
  }
  return layer;
}

}  // namespace abatis::report
