#include "closing.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

#include "abatis/base/numbers.hpp"

namespace abatis::gap_detail {
namespace {

class UnionFind {
 public:
  explicit UnionFind(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  int find(int i) {
    while (parent_[at(i)] != i) {
      parent_[at(i)] = parent_[at(parent_[at(i)])];
      i = parent_[at(i)];
    }
    return i;
  }
  void join(int a, int b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[at(std::max(a, b))] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

template <class Visit>
void for_each_near(const Grid& grid, Cell c, const Visit& visit) {
  const std::int32_t row = grid.row_of(c), col = grid.col_of(c);
  for (std::int32_t dr = -1; dr <= 1; ++dr) {
    for (std::int32_t dc = -1; dc <= 1; ++dc) {
      if ((dr != 0 || dc != 0) && grid.inside(row + dr, col + dc)) {
        visit(grid.at(row + dr, col + dc));
      }
    }
  }
}

// When an edge is first reached, and where.
struct Reached {
  double time_s = std::numeric_limits<double>::infinity();
  Cell at = kNoCell;
};

std::vector<Reached> reached(const RoadGraph& graph, std::span<const double> time_s) {
  std::vector<Reached> out(graph.edges.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    out[e].at = graph.edges[e].cells.front();
    for (const Cell c : graph.edges[e].cells) {
      if (time_s[static_cast<std::size_t>(c)] < out[e].time_s) {
        out[e] = {time_s[static_cast<std::size_t>(c)], c};
      }
    }
  }
  return out;
}

// Roads leaving each node: (edge, node it leads to).
using Leaving = std::vector<std::vector<std::pair<std::size_t, int>>>;

Leaving leaving_of(const RoadGraph& graph) {
  Leaving leaving(at(graph.nodes));
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const RoadEdge& edge = graph.edges[e];
    if (edge.forward) leaving[at(edge.from)].emplace_back(e, edge.to);
    if (edge.backward) leaving[at(edge.to)].emplace_back(e, edge.from);
  }
  return leaving;
}

// Edges of the shortest way over roads not reached before `from_s`; empty when there is none.
std::vector<std::size_t> way(const RoadGraph& graph, const Leaving& leaving,
                             const std::vector<Reached>& reached, double from_s) {
  using Entry = std::pair<double, int>;
  std::vector<double> length(at(graph.nodes), std::numeric_limits<double>::infinity());
  std::vector<std::pair<std::size_t, int>> by(at(graph.nodes), {0, -1});
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  length[kFirstNode] = 0;
  heap.emplace(0.0, kFirstNode);
  while (!heap.empty() && heap.top().second != kSecondNode) {
    const auto [l, node] = heap.top();
    heap.pop();
    if (l > length[at(node)]) continue;
    for (const auto& [e, to] : leaving[at(node)]) {
      if (reached[e].time_s < from_s) continue;
      const double then = l + graph.edges[e].length_m;
      if (then < length[at(to)]) {
        length[at(to)] = then;
        by[at(to)] = {e, node};
        heap.emplace(then, to);
      }
    }
  }
  std::vector<std::size_t> edges;
  if (by[kSecondNode].second < 0) return edges;
  for (int node = kSecondNode; node != kFirstNode; node = by[at(node)].second) {
    edges.push_back(by[at(node)].first);
  }
  std::reverse(edges.begin(), edges.end());
  return edges;
}

}  // namespace

LandWays::LandWays(const GapGround& ground, const Raster<float>& speed_mps)
    : grid_(ground.half.grid) {
  if (!ground.no_routes.empty()) return;
  for (Cell c = 0; c < static_cast<Cell>(grid_.size()); ++c) {
    if (ground.half[c] == 0 || !(speed_mps[c] > 0)) continue;
    bool counts = ground.hinterland[c] == 0;
    if (!counts) {
      for_each_near(grid_, c, [&](Cell n) {
        counts = counts || (ground.half[n] != 0 && ground.hinterland[n] != ground.hinterland[c]);
      });
    }
    if (!counts) continue;
    cells_.push_back(c);
    behind_.push_back(ground.hinterland[c]);
  }
}

Cut LandWays::cut(std::span<const double> time_s) const {
  const auto count = static_cast<int>(cells_.size());
  const int first = count, second = count + 1;
  std::vector<std::pair<double, int>> order;
  order.reserve(cells_.size());
  for (int i = 0; i < count; ++i) {
    order.emplace_back(-time_s[static_cast<std::size_t>(cells_[at(i)])], i);
  }
  std::sort(order.begin(), order.end());
  UnionFind sets(cells_.size() + 2);
  std::vector<bool> in(cells_.size(), false);
  // Place in cells_ by cell of the grid.
  std::vector<std::int32_t> place(grid_.size(), -1);
  for (int i = 0; i < count; ++i) place[static_cast<std::size_t>(cells_[at(i)])] = i;
  Cut cut;
  for (const auto& [minus, i] : order) {
    in[at(i)] = true;
    if (behind_[at(i)] != 0) sets.join(i, behind_[at(i)] == 1 ? first : second);
    for_each_near(grid_, cells_[at(i)], [&](Cell n) {
      const std::int32_t j = place[static_cast<std::size_t>(n)];
      if (j >= 0 && in[at(j)]) sets.join(i, j);
    });
    if (sets.find(first) != sets.find(second)) continue;
    cut.any_way = true;
    cut.time_s = -minus;
    cut.at = cells_[at(i)];
    return cut;
  }
  return cut;
}

Cut cut_of_roads(const RoadGraph& graph, std::span<const double> time_s) {
  Cut cut;
  const std::vector<Reached> first = reached(graph, time_s);
  const Leaving leaving = leaving_of(graph);
  std::vector<double> times;
  for (const Reached& r : first) times.push_back(r.time_s);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  // The largest time from which on there still is a way of roads not reached before it.
  std::size_t low = 0, high = times.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    auto found = way(graph, leaving, first, times[middle]);
    if (found.empty()) {
      high = middle;
    } else {
      cut.route = std::move(found);
      low = middle + 1;
    }
  }
  if (low == 0) return cut;
  cut.any_way = true;
  cut.time_s = times[low - 1];
  for (const std::size_t e : cut.route) {
    if (first[e].time_s <= cut.time_s) {
      cut.at = first[e].at;
      break;
    }
  }
  return cut;
}

}  // namespace abatis::gap_detail
