#pragma once
// The graph of one case: the net of its speed with a source and a target, less what no plan uses.

#include <vector>

#include "speed_net.hpp"

namespace abatis::network_detail {

struct CaseGraph {
  Graph graph;                  // node 0 is the source, node 1 the target
  std::vector<Cell> node_cell;  // kNoCell for both
};

// Leaves out nodes and arcs that no path no longer than the least time under `most` (largest
// delay by site) can use with nothing built. O(arcs log arcs).
CaseGraph case_graph(const SpeedNet& net, const CaseInput& c, const std::vector<double>& most);

}  // namespace abatis::network_detail
