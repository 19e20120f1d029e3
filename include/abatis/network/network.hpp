#pragma once
// The grid reduced to portals: small enough to plan on, with its error against the grid measured
// (MODEL section 4). Arcs are least times through free space, so a network path is a grid path
// and T_network >= T_grid.

#include <cstdint>
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
  std::vector<std::int32_t> first;   // nodes + 1
  std::vector<std::int32_t> to;      // by arc
  std::vector<double> time_s;        // by arc, >= 0
  std::vector<std::int32_t> site;    // by arc, -1 = none
  std::int32_t nodes() const { return static_cast<std::int32_t>(first.size()) - 1; }
};

struct NetworkCase {
  int axis = 0, mover = 0, season = 0;  // as in Scenario::cases
  int speed = 0;                        // index into Mobility::speeds: which delays apply
  int graph = 0;                        // index into Network::graphs
  double weight = 0;
  std::vector<std::int32_t> sources, targets;  // nodes
};

struct NetworkError {
  int plans = 0;              // plans tried (none, all, random)
  double worst = 0;           // max over plans and cases of (T_network - T_grid) / T_grid
  double mean = 0;
  std::string worst_case;     // for the reader
  int rounds = 0;             // refinements needed
};

struct Network {
  std::vector<Graph> graphs;                 // one per case: arcs beyond any use are left out
  std::vector<std::vector<Cell>> node_cell;  // by graph
  std::vector<NetworkCase> cases;            // in the order of Scenario::cases
  NetworkError error;
};

Result<Network> build_network(const Scenario& scenario, const Terrain& terrain,
                              const Mobility& mobility, const SiteSet& sites, int threads,
                              Monitor& monitor);

// Least time on a graph under site delays. Returns kUnreachable when there is no path; `path`,
// when given, receives the arcs in order. Deterministic on ties.
double least_time(const Graph& graph, const std::vector<std::int32_t>& sources,
                  const std::vector<std::int32_t>& targets,
                  const std::vector<double>& site_delay_s,
                  std::vector<std::int32_t>* path = nullptr);

}  // namespace abatis
