#pragma once
// The grid reduced to portals: small enough to plan on, with its error against the grid measured
// (MODEL section 4). Arcs are least times through free space, so a network path is a grid path
// and T_network >= T_grid.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Directed graph in CSR form. Taking arc a costs time_s[a] plus the delay of site[a] when >= 0.
struct Graph {
  std::vector<std::int32_t> first;  // nodes + 1
  std::vector<std::int32_t> to;     // by arc
  std::vector<double> time_s;       // by arc, >= 0
  std::vector<std::int32_t> site;   // by arc, -1 = none
  std::int32_t nodes() const { return static_cast<std::int32_t>(first.size()) - 1; }
};

constexpr int axis_of_route(int route) {
  return -1 - route;
}

struct NetworkCase {
  int axis = 0, mover = 0,
      season = 0;  // as in Scenario::cases; of a route axis_of_route(its index)
  bool is_route() const { return axis < 0; }
  int route() const { return -1 - axis; }
  int speed = 0;  // index into Mobility::speeds: which delays apply
  int graph = 0;  // index into Network::graphs
  double weight = 0;
  std::vector<std::int32_t> sources, targets;  // nodes
};

struct NetworkError {
  int plans = 0;     // plans tried (none, all, random)
  double worst = 0;  // max over plans and cases of (T_network - T_grid) / T_grid
  double mean = 0;
  std::string worst_case;  // for the reader
  int rounds = 0;          // refinements needed
};

struct Network {
  std::vector<Graph> graphs;                 // one per case: arcs beyond any use are left out
  std::vector<std::vector<Cell>> node_cell;  // by graph
  std::vector<NetworkCase> cases;  // of Scenario::cases in their order, then of its routes by
                                   // route and season
  NetworkError error;
  std::vector<std::vector<Cell>> extra_nodes;  // by speed index: what refinement added
};

// Delay (s) that each site adds in some state of a plan: [speed index][site], >= 0.
using SiteDelays = std::vector<std::vector<double>>;

// The network of a scenario, refined until its error is within scenario.network.tolerance on
// every plan tried: nothing built, everything built at its largest delay, and check_plans random
// ones. Each case has one source node (all its entry cells at once) and one target node; their
// node_cell is where the least path with nothing built starts and ends. Least times on it are
// right for any delays up to the largest of each site, and never below the grid's.
// Errors: those of axis_cells; an axis cut off from every objective, naming axis, mover and
// season; ErrorCode::limit when the tolerance cannot be met; ErrorCode::interrupted. Same bits on
// any number of threads. O(cells log cells) a plan and case, and for each mover and season
// O(nodes of a tile x cells of a tile) a tile. Memory: about 40 bytes a cell and thread.
Result<Network> build_network(const Scenario& scenario, const Terrain& terrain,
                              const Mobility& mobility, const SiteSet& sites, int threads,
                              Monitor& monitor);

// The error of a network on given plan states, against exact times on the grid: worst, mean and
// worst case. No refinement. One grid search a state and case.
Result<NetworkError> check_network(const Scenario& scenario, const Terrain& terrain,
                                   const Mobility& mobility, const SiteSet& sites,
                                   const Network& network, const std::vector<SiteDelays>& states,
                                   int threads, Monitor& monitor);

// The network made again so that it is within tolerance on `states`, too (each at most the
// largest delay of each site): where it is off, the crossings of that state's own grid path
// become nodes. Keeps the nodes of earlier refinements. Node numbers change. Errors and cost as
// build_network.
Result<Network> refine_network(const Scenario& scenario, const Terrain& terrain,
                               const Mobility& mobility, const SiteSet& sites,
                               const Network& network, const std::vector<SiteDelays>& states,
                               int threads, Monitor& monitor);

// A refined network has the nodes of the one before, and ways between them of at most this times
// what they took there that pay for no other sites; so no least time under any plan is longer than
// this times what it was, and neither is a bound that was proven on least times.
double refined_stretch(const NetworkRules& rules);

// Repeated least times of one case: reverse distances without delays, computed once, steer an A*
// search (Hart, Nilsson & Raphael 1968). Delays only add time, so they are a consistent lower
// bound. Nodes that no path of at most `keep_s` seconds (without delays) can use are left out.
// Immutable once built and so shared by threads; each thread brings its own Scratch.
//
//   GraphSearch search(graph, c.sources, c.targets);
//   GraphSearch::Scratch scratch;
//   const double z = search.least_time(site_delay_s, scratch, &path);
class GraphSearch {
 public:
  class Scratch {
    friend class GraphSearch;
    struct Open {
      double key = 0;
      std::int32_t node = 0;
    };
    struct Node {
      double time = 0;
      std::int32_t arc = -1;   // it was reached by, -1 = a source
      std::uint32_t seen = 0;  // the search that reached it
    };
    void begin(std::size_t nodes);
    std::vector<Node> nodes_;
    std::uint32_t epoch_ = 0;
    std::vector<Open> heap_;
  };

  GraphSearch(const Graph& graph, const std::vector<std::int32_t>& sources,
              const std::vector<std::int32_t>& targets, double keep_s = kNoLimit);

  // Seconds; kUnreachable when there is no path. site_delay_s: by site, >= 0. `path` receives
  // arcs of the graph given at construction, in order. When every path is longer than keep_s
  // (possible only if such a path was asked to be dropped) or than `at_most`, the result is
  // kUnreachable; a limit that is near makes the search much shorter and changes nothing else.
  // `ahead`: what look_ahead() found for delays that are nowhere greater and a limit not below
  // `at_most`.
  // Equal results for equal input; O((n + m) log n) on the nodes that the bound does not exclude.
  double least_time(const std::vector<double>& site_delay_s, Scratch& scratch,
                    std::vector<std::int32_t>* path = nullptr, double at_most = kNoLimit,
                    const std::vector<double>* ahead = nullptr) const;
  // Least times to a target under delays, by node of the kept part; infinity where no path of at
  // most `at_most` passes. Steers searches under these delays and greater ones better than the
  // times without delays do; worth its cost from about two of them on. Empty when there is no such
  // path at all.
  std::vector<double> look_ahead(const std::vector<double>& site_delay_s, double at_most,
                                 Scratch& scratch) const;
  // Least time without delays.
  double base_s() const { return base_; }
  // By site: least time without delays over all paths that enter it, kUnreachable when none does.
  std::vector<double> through_s(int sites) const;
  std::int32_t nodes() const { return static_cast<std::int32_t>(ahead_.size()); }

 private:
  static constexpr double kNoLimit = std::numeric_limits<double>::infinity();
  struct Arc {
    double least = 0;  // of it and all beyond its end, without delays
    double length = 0;
    std::int32_t to = 0, site = -1;
  };
  struct Arcs {
    std::vector<std::int32_t> first;  // by node of the kept part, renumbered
    std::vector<Arc> arcs;            // of each node, by `least`
  };
  static Arcs sorted(std::size_t nodes, std::vector<std::pair<std::int32_t, Arc>> from,
                     std::vector<std::int32_t>* order);
  Arcs out_, in_;
  std::vector<std::int32_t> tail_, number_;  // by arc out: its node, and its number in the graph
  std::vector<double> ahead_;                // by node: least time to a target without delays
  std::vector<double> behind_;               // by node: least time from a source without delays
  std::vector<std::int32_t> sources_, targets_;
  std::vector<bool> is_target_;
  double base_ = kNoLimit;
};

// Least time on a graph under site delays. Returns kUnreachable when there is no path; `path`,
// when given, receives the arcs in order. Deterministic on ties.
double least_time(const Graph& graph, const std::vector<std::int32_t>& sources,
                  const std::vector<std::int32_t>& targets, const std::vector<double>& site_delay_s,
                  std::vector<std::int32_t>* path = nullptr);

}  // namespace abatis
