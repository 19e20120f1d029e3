#include "abatis/roads/flow.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

#include "abatis/base/numbers.hpp"

namespace abatis {
namespace {

constexpr std::int64_t kFar = INT64_MAX / 4;

}  // namespace

int FlowNetwork::add(int from, int to, std::int64_t capacity, std::int64_t cost) {
  const int edge = static_cast<int>(arcs_.size() / 2);
  arcs_.push_back({to, first_[at(from)], capacity, cost});
  first_[at(from)] = 2 * edge;
  arcs_.push_back({from, first_[at(to)], 0, -cost});
  first_[at(to)] = 2 * edge + 1;
  return edge;
}

std::vector<int> FlowNetwork::layers(int source, int sink) const {
  std::vector<int> layer(first_.size(), -1);
  std::vector<int> queue{source};
  layer[at(source)] = 0;
  for (std::size_t i = 0; i < queue.size() && layer[at(sink)] < 0; ++i) {
    for (int a = first_[at(queue[i])]; a >= 0; a = arcs_[at(a)].next) {
      const Arc& arc = arcs_[at(a)];
      if (arc.left == 0 || layer[at(arc.to)] >= 0) continue;
      layer[at(arc.to)] = layer[at(queue[i])] + 1;
      queue.push_back(arc.to);
    }
  }
  return layer;
}

// One way from source to sink through the layers, depth first without recursion; 0 = none left.
std::int64_t FlowNetwork::push(int source, int sink, const std::vector<int>& layer,
                               std::vector<int>& next) {
  std::vector<int> way;
  int node = source;
  while (node != sink) {
    int& a = next[at(node)];
    while (a >= 0 &&
           (arcs_[at(a)].left == 0 || layer[at(arcs_[at(a)].to)] != layer[at(node)] + 1)) {
      a = arcs_[at(a)].next;
    }
    if (a >= 0) {
      way.push_back(a);
      node = arcs_[at(a)].to;
      continue;
    }
    if (way.empty()) return 0;
    node = arcs_[at(way.back() ^ 1)].to;  // a dead end: back one step, and not there again
    way.pop_back();
    next[at(node)] = arcs_[at(next[at(node)])].next;
  }
  std::int64_t most = kFar;
  for (const int a : way) most = std::min(most, arcs_[at(a)].left);
  for (const int a : way) {
    arcs_[at(a)].left -= most;
    arcs_[at(a ^ 1)].left += most;
  }
  return most;
}

std::int64_t FlowNetwork::largest(int source, int sink) {
  std::int64_t total = 0;
  for (;;) {
    const std::vector<int> layer = layers(source, sink);
    if (layer[at(sink)] < 0) return total;
    std::vector<int> next = first_;
    while (const std::int64_t pushed = push(source, sink, layer, next)) total += pushed;
  }
}

// What every node costs to the sink with nothing sent yet, below 0; kFar away where no way leads.
std::vector<std::int64_t> FlowNetwork::costs_to(int sink) const {
  using Entry = std::pair<std::int64_t, int>;
  std::vector<std::int64_t> cost(first_.size(), kFar);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  cost[at(sink)] = 0;
  heap.emplace(0, sink);
  while (!heap.empty()) {
    const auto [c, node] = heap.top();
    heap.pop();
    if (c > cost[at(node)]) continue;
    for (int a = first_[at(node)]; a >= 0; a = arcs_[at(a)].next) {
      const Arc& entering = arcs_[at(a ^ 1)];
      const std::int64_t then = c + entering.cost;
      if (entering.left == 0 || then >= cost[at(arcs_[at(a)].to)]) continue;
      cost[at(arcs_[at(a)].to)] = then;
      heap.emplace(then, arcs_[at(a)].to);
    }
  }
  return cost;
}

// Arcs of the cheapest way, sink first; empty when there is none. The search looks only at nodes
// that are nearer than the sink, and their potentials alone change: that of the sink stays 0.
std::vector<int> FlowNetwork::cheapest_way(int source, int sink, Search& search) const {
  using Entry = std::pair<std::int64_t, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  const auto reach = [&](int node, std::int64_t cost, int by) {
    if (search.cost[at(node)] == kFar) search.touched.push_back(node);
    search.cost[at(node)] = cost;
    search.by[at(node)] = by;
    heap.emplace(cost, node);
  };
  reach(source, 0, -1);
  while (!heap.empty() && heap.top().second != sink) {
    const auto [c, node] = heap.top();
    heap.pop();
    if (c > search.cost[at(node)]) continue;
    for (int a = first_[at(node)]; a >= 0; a = arcs_[at(a)].next) {
      const Arc& arc = arcs_[at(a)];
      // A node from which no way led to the sink at first is on none later.
      if (arc.left == 0 || search.potential[at(arc.to)] == -kFar) continue;
      const std::int64_t then =
          c + arc.cost + search.potential[at(node)] - search.potential[at(arc.to)];
      if (then < search.cost[at(arc.to)]) reach(arc.to, then, a);
    }
  }
  std::vector<int> way;
  const std::int64_t most = search.cost[at(sink)];
  if (most < kFar) {
    for (int node = sink; node != source; node = arcs_[at(way.back() ^ 1)].to) {
      way.push_back(search.by[at(node)]);
    }
  }
  for (const int node : search.touched) {
    if (most < kFar) search.potential[at(node)] += std::min(search.cost[at(node)], most) - most;
    search.cost[at(node)] = kFar;
  }
  search.touched.clear();
  return way;
}

std::int64_t FlowNetwork::cheapest(int source, int sink) {
  return cheapest(source, sink, [](std::int64_t, std::int64_t) { return true; });
}

std::int64_t FlowNetwork::cheapest(int source, int sink, const Visit& visit) {
  std::int64_t total = 0;
  Search search{costs_to(sink), std::vector<std::int64_t>(first_.size(), kFar),
                std::vector<int>(first_.size(), -1), {}};
  for (std::int64_t& potential : search.potential) potential = -potential;
  if (search.potential[at(source)] == -kFar) return 0;
  for (;;) {
    const std::vector<int> way = cheapest_way(source, sink, search);
    if (way.empty()) return total;
    std::int64_t most = kFar;
    for (const int a : way) most = std::min(most, arcs_[at(a)].left);
    if (!visit(most, -search.potential[at(source)])) return total;
    for (const int a : way) {
      arcs_[at(a)].left -= most;
      arcs_[at(a ^ 1)].left += most;
    }
    total += most;
  }
}

std::vector<bool> FlowNetwork::source_side(int source) const {
  std::vector<bool> near(first_.size(), false);
  std::vector<int> queue{source};
  near[at(source)] = true;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (int a = first_[at(queue[i])]; a >= 0; a = arcs_[at(a)].next) {
      const Arc& arc = arcs_[at(a)];
      if (arc.left == 0 || near[at(arc.to)]) continue;
      near[at(arc.to)] = true;
      queue.push_back(arc.to);
    }
  }
  return near;
}

}  // namespace abatis
