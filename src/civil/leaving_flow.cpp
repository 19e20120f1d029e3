#include "leaving_flow.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/roads/flow.hpp"

namespace abatis::civil_detail {
namespace {

constexpr std::int64_t kUnbounded = 1'000'000'000'000;  // vehicles an hour from a source

bool is_closed(const Closed& closed, std::size_t link) {
  return !closed.empty() && closed[link];
}

// Links that enter each node.
std::vector<std::vector<int>> entering(const LeavingNet& net, const Closed& closed) {
  std::vector<std::vector<int>> in(at(net.nodes));
  for (std::size_t l = 0; l < net.links.size(); ++l) {
    if (!is_closed(closed, l)) in[at(net.links[l].to)].push_back(static_cast<int>(l));
  }
  return in;
}

// One arc of the residual network.
struct Residual {
  int from = 0, to = 0;
  double ms = 0;
};

// Least costs from `source`, label correcting: no cycle of the arcs is negative.
std::vector<double> potentials(int nodes, int source, const std::vector<Residual>& arcs) {
  std::vector<std::vector<std::size_t>> out(at(nodes));
  for (std::size_t a = 0; a < arcs.size(); ++a) out[at(arcs[a].from)].push_back(a);
  std::vector<double> cost(at(nodes), std::numeric_limits<double>::infinity());
  std::vector<bool> waiting(at(nodes), false);
  std::queue<int> queue;
  cost[at(source)] = 0;
  queue.push(source);
  while (!queue.empty()) {
    const int node = queue.front();
    queue.pop();
    waiting[at(node)] = false;
    for (const std::size_t a : out[at(node)]) {
      const double then = cost[at(node)] + arcs[a].ms;
      if (then >= cost[at(arcs[a].to)] - 1e-6) continue;
      cost[at(arcs[a].to)] = then;
      if (!waiting[at(arcs[a].to)]) queue.push(arcs[a].to);
      waiting[at(arcs[a].to)] = true;
    }
  }
  return cost;
}

}  // namespace

QuickestTree quickest_tree(const LeavingNet& net, const Closed& closed) {
  using Entry = std::pair<std::int64_t, int>;
  const auto in = entering(net, closed);
  QuickestTree tree{std::vector<std::int64_t>(at(net.nodes), kNever),
                    std::vector<int>(at(net.nodes), -1)};
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  tree.time_ms[at(net.sink)] = 0;
  heap.emplace(0, net.sink);
  while (!heap.empty()) {
    const auto [time, node] = heap.top();
    heap.pop();
    if (time > tree.time_ms[at(node)]) continue;
    for (const int l : in[at(node)]) {
      const LeavingLink& link = net.links[at(l)];
      const std::int64_t then = time + link.time_ms;
      if (then >= tree.time_ms[at(link.from)]) continue;
      tree.time_ms[at(link.from)] = then;
      tree.next[at(link.from)] = l;
      heap.emplace(then, link.from);
    }
  }
  return tree;
}

QuickestBound quickest_bound(const LeavingNet& net, const Closed& closed,
                             const std::vector<LeavingSource>& sources) {
  QuickestBound out;
  out.price_s.assign(net.links.size(), 0);
  const QuickestTree tree = quickest_tree(net, closed);
  const int source = net.nodes;
  FlowNetwork flow(net.nodes + 1);
  std::vector<std::size_t> link_of;  // by edge of the flow network
  for (std::size_t l = 0; l < net.links.size(); ++l) {
    if (is_closed(closed, l)) continue;
    const LeavingLink& link = net.links[l];
    flow.add(link.from, link.to, link.capacity_per_h, link.time_ms);
    link_of.push_back(l);
  }
  double vehicles = 0;
  std::vector<int> starts;
  for (const LeavingSource& one : sources) {
    if (one.node == net.sink || !(one.vehicles > 0) || tree.time_ms[at(one.node)] >= kNever) {
      continue;
    }
    flow.add(source, one.node, kUnbounded, 0);
    starts.push_back(one.node);
    vehicles += one.vehicles;
  }
  if (!(vehicles > 0)) return out;
  double per_h = 0;      // of the flow
  double under_way = 0;  // vehicles on the road at any time
  double time_h = std::numeric_limits<double>::infinity();
  flow.cheapest(source, net.sink, [&](std::int64_t amount, std::int64_t cost) {
    const double way_h = static_cast<double>(cost) / kMsPerHour;
    if (way_h >= time_h) return false;  // its first vehicle would be too late
    per_h += static_cast<double>(amount);
    under_way += static_cast<double>(amount) * way_h;
    time_h = (vehicles + under_way) / per_h;
    return true;
  });
  out.time_s = time_h * 3600;
  out.flow_per_h = per_h;

  std::vector<Residual> arcs{{source, net.sink, time_h * kMsPerHour}};
  for (std::size_t e = 0; e < link_of.size(); ++e) {
    const LeavingLink& link = net.links[link_of[e]];
    const std::int64_t used = flow.flow(static_cast<int>(e));
    const auto ms = static_cast<double>(link.time_ms);
    if (used < link.capacity_per_h) arcs.push_back({link.from, link.to, ms});
    if (used > 0) arcs.push_back({link.to, link.from, -ms});
  }
  for (std::size_t s = 0; s < starts.size(); ++s) {
    arcs.push_back({source, starts[s], 0});
    if (flow.flow(static_cast<int>(link_of.size() + s)) > 0) arcs.push_back({starts[s], source, 0});
  }
  const std::vector<double> cost = potentials(net.nodes + 1, source, arcs);
  for (const std::size_t l : link_of) {
    const LeavingLink& link = net.links[l];
    const double gain = cost[at(link.to)] - cost[at(link.from)] - static_cast<double>(link.time_ms);
    if (std::isfinite(gain) && gain > 1e-3) out.price_s[l] = gain / 1000;
  }
  return out;
}

}  // namespace abatis::civil_detail
