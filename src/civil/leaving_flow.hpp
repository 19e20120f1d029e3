#pragma once
// Many vehicles to one place on a network of roads: how soon at best, and how soon if each takes
// the way that is quickest when empty (docs/model/evacuation.md). Pure.
//
//   LeavingNet net{.nodes = 2, .sink = 0, .links = {{.from = 1, .to = 0, .time_ms = 60000,
//                                                    .capacity_per_h = 600}}};
//   quickest_bound(net, {}, {{1, 600}}).time_s == 3660;   // an hour of 600, and a minute's drive

#include <cstdint>
#include <vector>

namespace abatis::civil_detail {

struct LeavingLink {
  int from = 0, to = 0;
  std::int64_t time_ms = 0;         // >= 0
  std::int64_t capacity_per_h = 1;  // vehicles, > 0
};
struct LeavingNet {
  int nodes = 0, sink = 0;
  std::vector<LeavingLink> links;
};
struct LeavingSource {
  int node = 0;
  double vehicles = 0;  // all ready at time 0
};
using Closed = std::vector<bool>;  // by link; empty = none is

inline constexpr std::int64_t kNever = INT64_MAX / 4;
inline constexpr double kMsPerHour = 3.6e6;

// Least times to the sink without traffic, and the first link of that way; of equals the first
// link.
struct QuickestTree {
  std::vector<std::int64_t> time_ms;  // by node; kNever = no way
  std::vector<int> next;              // by node; -1 at the sink and where there is no way
};
// Dijkstra's algorithm: O(links log nodes).
QuickestTree quickest_tree(const LeavingNet& net, const Closed& closed);

// No schedule whatever brings all vehicles of these sources to the sink sooner: the quickest flow,
// were they free to share out their vehicles (Burkard, Dlaska & Klinz 1993).
struct QuickestBound {
  double time_s = 0;
  double flow_per_h = 0;        // that arrive once all ways in use are full
  std::vector<double> price_s;  // by link: the cut over time. Sum of capacity x price = vehicles
};
// Sources without a way, at the sink or without vehicles are left out. Successive quickest ways:
// O(ways in use x links log nodes).
QuickestBound quickest_bound(const LeavingNet& net, const Closed& closed,
                             const std::vector<LeavingSource>& sources);

// Every source takes its way of the tree; links are first come, first served, and what exceeds
// their capacity waits before them (point queues, Vickrey 1969). Vehicles are a fluid.
struct TreeTraffic {
  std::vector<double> vehicles;  // by link
  std::vector<double> wait_s;    // by link: the longest
  // By source: the links of its way and when its last vehicle is at the end of each; empty where
  // there is no way, and at the sink.
  std::vector<std::vector<int>> way;
  std::vector<std::vector<double>> passed_s;
  double cleared_s = 0;  // the last of all
};
// Exact up to rounding. O(links x pieces of the arrivals), which merge where they are equal.
TreeTraffic tree_traffic(const LeavingNet& net, const QuickestTree& tree,
                         const std::vector<LeavingSource>& sources);

// How soon all are away (s) where everybody is told when to set out and by which ways, and the
// roads are shared out among the places so that nobody queues: a schedule that exists, the best
// that a search between the two times found; `at_most_s` where none is better. Each place sends at
// one rate by its ways (a temporally repeated flow, Ford & Fulkerson 1958) until its last vehicle
// has set out. O(sources x links log nodes), some dozens of times.
double shared_out(const LeavingNet& net, const Closed& closed,
                  const std::vector<LeavingSource>& sources, double at_least_s, double at_most_s);

}  // namespace abatis::civil_detail
