#pragma once
// The tree of linear programs of one year on a part of the network, which grows by the ways on
// which a plan for it is too short.

#include <vector>

#include "tree.hpp"

namespace abatis::interdiction {

struct PartSearch {
  TreeEnd end = TreeEnd::stopped;
  FoundPlan plan;  // found: it reaches the target in all of the network
  std::int64_t nodes = 0, cuts = 0;
};

// `task`: of one year. `arcs`: those of its layer to begin with.
PartSearch search_part(const TreeTask& task, std::vector<char> arcs);

}  // namespace abatis::interdiction
