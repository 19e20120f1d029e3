#pragma once
// The portal graph of one mover and season: nodes, and arcs tile by tile, before any case.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "abatis/base/monitor.hpp"
#include "input.hpp"
#include "tiles.hpp"

namespace abatis::network_detail {

// Arcs are left out where others make the way in at most this much more time (and at most a
// quarter of the tolerance): far fewer arcs for an error well inside what is allowed.
inline constexpr double kArcStretch = 0.001;
inline double arc_stretch(const NetworkRules& rules) {
  return std::min(kArcStretch, rules.tolerance / 4);
}

struct CellArc {  // between cells, so that it outlives a change of the node list
  Cell from = kNoCell, to = kNoCell;
  double time_s = 0;
  std::int32_t site = -1;
};

// Ends of one case as seen from the nodes: arcs from any source (from = kNoCell) and to any
// target (to = kNoCell); `direct` is the least time that stays in one tile and meets no node.
struct CaseEnds {
  std::vector<CellArc> arcs;
  double direct_s = 0;
};

class SpeedNet {
 public:
  // `open`: the cells that can matter to any case of this speed.
  SpeedNet(const NetworkInput& input, int speed, std::vector<bool> open,
           const std::vector<Cell>& extra_nodes);

  // Searches the tiles that changed since the last call. Same arcs on any number of threads.
  // False when stopped.
  bool build(int threads, Monitor& monitor);
  // Number of tiles that build() will search.
  std::int64_t pending() const;

  // Adds nodes; their tiles become pending. Returns how many were new.
  std::size_t add_nodes(std::vector<Cell> cells);

  CaseEnds ends(const CaseInput& c) const;

  const std::vector<Cell>& nodes() const { return nodes_; }                // ascending
  const std::vector<std::vector<CellArc>>& arcs() const { return arcs_; }  // by tile
  const std::vector<Cell>& extra_nodes() const { return extra_; }          // ascending
  const TileMap& tiles() const { return tiles_; }

 private:
  std::vector<CellArc> search_tile(std::int32_t tile) const;

  const NetworkInput* input_;
  int speed_;
  double stretch_ = 0;
  std::vector<bool> open_;
  TileMap tiles_;
  std::vector<Cell> nodes_, extra_;
  std::vector<std::vector<Cell>> tile_nodes_;  // by tile, ascending
  std::vector<std::vector<CellArc>> arcs_;
  std::vector<std::uint8_t> pending_;  // by tile
};

}  // namespace abatis::network_detail
