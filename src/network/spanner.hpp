#pragma once
// Which arcs of a tile are needed: the greedy spanner (Althofer, Das, Dobkin, Joseph & Soares
// 1993) of its nodes, with the rule that no detour may pay for a site the arc does not pay for.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace abatis::network_detail {

struct LocalArc {
  std::int32_t from = 0, to = 0;  // local nodes
  double time_s = 0;
  bool charged = false;  // entering the site of `to` from outside
};

// The arcs kept, in order of time. For each arc left out the kept ones hold a path of at most
// (1 + stretch) its time that pays for no site, if it is free, and for the site of its end at
// most once, if it is charged. `site`: by local node, -1 = none. O(arcs kept x nodes^2).
std::vector<LocalArc> needed_arcs(std::vector<LocalArc> arcs, const std::vector<std::int32_t>& site,
                                  double stretch);

}  // namespace abatis::network_detail
