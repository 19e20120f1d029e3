#include "case_graph.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include "abatis/base/numbers.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::network_detail {
namespace {

constexpr std::int32_t kSource = 0;
constexpr std::int32_t kTarget = 1;

struct NodeArc {
  std::int32_t from = 0, to = 0;
  double time_s = 0;
  std::int32_t site = -1;
};

// Sorts, and keeps the quickest of arcs between the same nodes that pay for the same site.
void tidy(std::vector<NodeArc>& arcs) {
  std::sort(arcs.begin(), arcs.end(), [](const NodeArc& a, const NodeArc& b) {
    return std::tie(a.from, a.to, a.site, a.time_s) < std::tie(b.from, b.to, b.site, b.time_s);
  });
  const auto same = [](const NodeArc& a, const NodeArc& b) {
    return a.from == b.from && a.to == b.to && a.site == b.site;
  };
  arcs.erase(std::unique(arcs.begin(), arcs.end(), same), arcs.end());
}

Graph graph_of(const std::vector<NodeArc>& arcs, std::size_t nodes) {
  Graph graph;
  graph.first.assign(nodes + 1, 0);
  graph.to.reserve(arcs.size());
  graph.time_s.reserve(arcs.size());
  graph.site.reserve(arcs.size());
  for (const NodeArc& a : arcs) {
    ++graph.first[at(a.from) + 1];
    graph.to.push_back(a.to);
    graph.time_s.push_back(a.time_s);
    graph.site.push_back(a.site);
  }
  for (std::size_t n = 0; n < nodes; ++n) graph.first[n + 1] += graph.first[n];
  return graph;
}

std::vector<NodeArc> reversed(std::vector<NodeArc> arcs) {
  for (NodeArc& a : arcs) std::swap(a.from, a.to);
  std::sort(arcs.begin(), arcs.end(),
            [](const NodeArc& a, const NodeArc& b) { return a.from < b.from; });
  return arcs;
}

// Times from `root` with no plan delays.
std::vector<double> times(const Graph& graph, std::int32_t root) {
  std::vector<double> time(at(graph.nodes()), kUnreachable);
  using Entry = std::pair<double, std::int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  time[at(root)] = 0;
  heap.emplace(0.0, root);
  while (!heap.empty()) {
    const auto [t, u] = heap.top();
    heap.pop();
    if (t > time[at(u)]) continue;
    for (std::int32_t a = graph.first[at(u)]; a < graph.first[at(u) + 1]; ++a) {
      const std::int32_t v = graph.to[at(a)];
      const double next = t + graph.time_s[at(a)];
      if (!(next < time[at(v)])) continue;
      time[at(v)] = next;
      heap.emplace(next, v);
    }
  }
  return time;
}

std::vector<NodeArc> all_arcs(const SpeedNet& net, const CaseInput& c) {
  const std::vector<Cell>& cells = net.nodes();
  const auto node = [&](Cell cell, std::int32_t when_none) {
    if (cell == kNoCell) return when_none;
    const auto place = std::lower_bound(cells.begin(), cells.end(), cell);
    return static_cast<std::int32_t>(place - cells.begin()) + 2;
  };
  std::vector<NodeArc> arcs;
  const auto add = [&](const CellArc& a) {
    arcs.push_back({node(a.from, kSource), node(a.to, kTarget), a.time_s, a.site});
  };
  for (const auto& tile : net.arcs()) std::for_each(tile.begin(), tile.end(), add);
  const CaseEnds ends = net.ends(c);
  std::for_each(ends.arcs.begin(), ends.arcs.end(), add);
  if (ends.direct_s < kUnreachable) arcs.push_back({kSource, kTarget, ends.direct_s, -1});
  tidy(arcs);
  return arcs;
}

}  // namespace

CaseGraph case_graph(const SpeedNet& net, const CaseInput& c, const std::vector<double>& most) {
  std::vector<NodeArc> arcs = all_arcs(net, c);
  const std::size_t nodes = net.nodes().size() + 2;
  const Graph whole = graph_of(arcs, nodes);
  const std::vector<double> from = times(whole, kSource);
  const std::vector<double> to = times(graph_of(reversed(arcs), nodes), kTarget);
  const double bound = least_time(whole, {kSource}, {kTarget}, most) * (1 + 1e-9);
  std::erase_if(arcs, [&](const NodeArc& a) {
    const double least = from[at(a.from)] + a.time_s + to[at(a.to)];
    return !(least <= bound) || least == kUnreachable;
  });
  std::vector<std::int32_t> number(nodes, -1);
  for (const NodeArc& a : arcs) number[at(a.from)] = number[at(a.to)] = 0;
  number[kSource] = number[kTarget] = 0;
  CaseGraph result;
  for (std::size_t n = 0; n < nodes; ++n) {
    if (number[n] < 0) continue;
    number[n] = static_cast<std::int32_t>(result.node_cell.size());
    result.node_cell.push_back(n < 2 ? kNoCell : net.nodes()[n - 2]);
  }
  for (NodeArc& a : arcs) {
    a.from = number[at(a.from)];
    a.to = number[at(a.to)];
  }
  result.graph = graph_of(arcs, result.node_cell.size());
  return result;
}

}  // namespace abatis::network_detail
