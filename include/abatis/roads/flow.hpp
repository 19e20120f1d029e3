#pragma once
// Flows on a directed graph with whole capacities and costs: as many edge-disjoint ways as there
// are, the largest flow, and the minimum cut that proves it (Menger 1927, Ford & Fulkerson 1956).
//
//   FlowNetwork net(nodes);
//   net.add(from, to, capacity, cost);
//   std::int64_t value = net.largest(source, sink);        // or net.cheapest(source, sink)
//   std::vector<bool> near = net.source_side(source);      // cut: edges from near to far

#include <cstdint>
#include <functional>
#include <vector>

namespace abatis {

class FlowNetwork {
 public:
  explicit FlowNetwork(int nodes) : first_(static_cast<std::size_t>(nodes), -1) {}
  // An edge that carries up to `capacity` >= 0 at `cost` >= 0 a unit. Returns its number, from 0.
  int add(int from, int to, std::int64_t capacity, std::int64_t cost = 0);

  // Largest flow by shortest augmenting ways in layers (Dinic 1970). O(V^2 E) at worst, far less
  // on roads. Once per network.
  std::int64_t largest(int source, int sink);
  // Largest flow of least total cost by successive cheapest ways: Dijkstra with potentials, at first
  // what each node costs to the sink (Goldberg & Harrelson 2005 use the same for one way), so each
  // search looks at little more than its way. O(flow x E log V) at worst. Once per network.
  std::int64_t cheapest(int source, int sink);
  // The same, way by way: `visit` hears how much the next cheapest way carries and what it costs a
  // unit, which never falls; false leaves it out and stops.
  using Visit = std::function<bool(std::int64_t amount, std::int64_t cost)>;
  std::int64_t cheapest(int source, int sink, const Visit& visit);

  std::int64_t flow(int edge) const { return arcs_[arc(edge) + 1].left; }
  // Nodes that the source still reaches once the flow is largest. Of all minimum cuts this is the
  // one nearest the source, whatever the flow.
  std::vector<bool> source_side(int source) const;

 private:
  struct Arc {
    int to = 0, next = -1;
    std::int64_t left = 0, cost = 0;
  };
  static std::size_t arc(int edge) { return 2 * static_cast<std::size_t>(edge); }
  std::vector<int> layers(int source, int sink) const;
  std::int64_t push(int source, int sink, const std::vector<int>& layer, std::vector<int>& at);
  // Working memory of successive searches, by node; `touched`: whose cost is not kFar.
  struct Search {
    std::vector<std::int64_t> potential, cost;
    std::vector<int> by, touched;
  };
  std::vector<std::int64_t> costs_to(int sink) const;
  std::vector<int> cheapest_way(int source, int sink, Search& search) const;

  std::vector<int> first_;  // by node, the last arc added
  std::vector<Arc> arcs_;   // edge e: arcs 2e (with it) and 2e + 1 (against it)
};

}  // namespace abatis
