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

// Arcs of the cheapest way, sink first; empty when there is none. Updates the potentials.
std::vector<int> FlowNetwork::cheapest_way(int source, int sink,
                                           std::vector<std::int64_t>& potential) const {
  using Entry = std::pair<std::int64_t, int>;
  std::vector<std::int64_t> cost(first_.size(), kFar);
  std::vector<int> by(first_.size(), -1);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  cost[at(source)] = 0;
  heap.emplace(0, source);
  while (!heap.empty()) {
    const auto [c, node] = heap.top();
    heap.pop();
    if (c > cost[at(node)]) continue;
    for (int a = first_[at(node)]; a >= 0; a = arcs_[at(a)].next) {
      const Arc& arc = arcs_[at(a)];
      if (arc.left == 0) continue;
      const std::int64_t then = c + arc.cost + potential[at(node)] - potential[at(arc.to)];
      if (then < cost[at(arc.to)]) {
        cost[at(arc.to)] = then;
        by[at(arc.to)] = a;
        heap.emplace(then, arc.to);
      }
    }
  }
  std::vector<int> way;
  if (cost[at(sink)] == kFar) return way;
  // Nodes out of reach stay so: no way to them can open again.
  for (std::size_t n = 0; n < cost.size(); ++n) {
    if (cost[n] < kFar) potential[n] += cost[n];
  }
  for (int node = sink; node != source; node = arcs_[at(way.back() ^ 1)].to) {
    way.push_back(by[at(node)]);
  }
  return way;
}

std::int64_t FlowNetwork::cheapest(int source, int sink) {
  return cheapest(source, sink, [](std::int64_t, std::int64_t) { return true; });
}

std::int64_t FlowNetwork::cheapest(int source, int sink, const Visit& visit) {
  std::int64_t total = 0;
  std::vector<std::int64_t> potential(first_.size(), 0);
  for (;;) {
    const std::vector<int> way = cheapest_way(source, sink, potential);
    if (way.empty()) return total;
    std::int64_t most = kFar;
    for (const int a : way) most = std::min(most, arcs_[at(a)].left);
    if (!visit(most, potential[at(sink)])) return total;
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
