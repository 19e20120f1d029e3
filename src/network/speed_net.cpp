#include "speed_net.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "local_search.hpp"
#include "node_choice.hpp"
#include "spanner.hpp"

namespace abatis::network_detail {
namespace {

TileMap make_tiles(const NetworkInput& input) {
  constexpr std::int32_t kLeastEdge = 4;
  const std::int32_t longest = std::max({input.grid.rows, input.grid.cols, kLeastEdge});
  const double edge = std::round(input.rules.tile_m / input.grid.cell);
  const auto cells = static_cast<std::int32_t>(
      std::clamp(edge, static_cast<double>(kLeastEdge), static_cast<double>(longest)));
  return TileMap(input.grid, cells, input.neighbours == 16 ? 2 : 1);
}

// Scratch per thread: tiles are many and small.
LocalSearch& scratch() {
  thread_local LocalSearch search;
  return search;
}

// Cells by the tiles that hold them, ascending.
std::map<std::int32_t, std::vector<Cell>> by_tile(const TileMap& tiles,
                                                  const std::vector<Cell>& cells) {
  std::map<std::int32_t, std::vector<Cell>> held;
  for (const Cell c : cells) {
    for (const std::int32_t t : tiles.tiles_of(c)) {
      if (t >= 0) held[t].push_back(c);
    }
  }
  return held;
}

}  // namespace

SpeedNet::SpeedNet(const NetworkInput& input, int speed, std::vector<bool> open,
                   const std::vector<Cell>& extra_nodes)
    : input_(&input),
      speed_(speed),
      stretch_(arc_stretch(input.rules)),
      open_(std::move(open)),
      tiles_(make_tiles(input)),
      tile_nodes_(at(tiles_.size())),
      arcs_(at(tiles_.size())),
      pending_(at(tiles_.size()), 0) {
  add_nodes(choose_nodes(input, speed, open_, tiles_));
  add_nodes(extra_nodes);
  extra_ = extra_nodes;
}

std::size_t SpeedNet::add_nodes(std::vector<Cell> cells) {
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  std::erase_if(cells, [&](Cell c) {
    return !open_[at(c)] || std::binary_search(nodes_.begin(), nodes_.end(), c);
  });
  const auto merge = [](std::vector<Cell>& into, const std::vector<Cell>& more) {
    std::vector<Cell> both;
    both.reserve(into.size() + more.size());
    std::merge(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(both));
    into = std::move(both);
  };
  merge(nodes_, cells);
  merge(extra_, cells);
  for (const auto& [tile, held] : by_tile(tiles_, cells)) {
    merge(tile_nodes_[at(tile)], held);
    pending_[at(tile)] = 1;
  }
  return cells.size();
}

std::int64_t SpeedNet::pending() const {
  return std::count(pending_.begin(), pending_.end(), 1);
}

bool SpeedNet::build(int threads, Monitor& monitor) {
  std::vector<std::int32_t> todo;
  for (std::int32_t t = 0; t < tiles_.size(); ++t) {
    if (pending_[at(t)] != 0) todo.push_back(t);
  }
  parallel_for(todo.size(), threads, [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    arcs_[at(todo[i])] = search_tile(todo[i]);
    monitor.advance(1);
  });
  if (monitor.stop_requested()) return false;
  for (const std::int32_t t : todo) pending_[at(t)] = 0;
  return true;
}

std::vector<CellArc> SpeedNet::search_tile(std::int32_t tile) const {
  const std::vector<Cell>& nodes = tile_nodes_[at(tile)];
  LocalSearch& search = scratch();
  search.load(*input_, speed_, open_, tiles_.region(tile));
  std::vector<std::int32_t> site;
  for (const Cell c : nodes) site.push_back(input_->site_of((*input_->barrier)[c]));
  std::vector<LocalArc> all;
  const auto count = static_cast<std::int32_t>(nodes.size());
  for (std::int32_t p = 0; p < count; ++p) {
    search.run(std::array{nodes[at(p)]});
    for (std::int32_t q = 0; q < count; ++q) {
      if (p == q) continue;
      const double free = search.time(nodes[at(q)]);
      if (free < kUnreachable) all.push_back({p, q, free, false});
      if (site[at(q)] < 0) continue;
      const double paid = search.entering(nodes[at(q)]);
      if (paid < free) all.push_back({p, q, paid, true});
    }
  }
  std::vector<CellArc> arcs;
  for (const LocalArc& a : needed_arcs(std::move(all), site, stretch_)) {
    arcs.push_back({nodes[at(a.from)], nodes[at(a.to)], a.time_s, a.charged ? site[at(a.to)] : -1});
  }
  return arcs;
}

CaseEnds SpeedNet::ends(const CaseInput& c) const {
  CaseEnds ends;
  ends.direct_s = kUnreachable;
  LocalSearch& search = scratch();
  const auto targets = by_tile(tiles_, c.targets);
  for (const auto& [tile, cells] : by_tile(tiles_, c.sources)) {
    search.load(*input_, speed_, open_, tiles_.region(tile));
    search.run(cells);
    for (const Cell node : tile_nodes_[at(tile)]) {
      const std::int32_t site = input_->site_of((*input_->barrier)[node]);
      const double free = search.time(node);
      if (free < kUnreachable) ends.arcs.push_back({kNoCell, node, free, -1});
      const double paid = site < 0 ? kUnreachable : search.entering(node);
      if (paid < free) ends.arcs.push_back({kNoCell, node, paid, site});
    }
    if (const auto here = targets.find(tile); here != targets.end()) {
      for (const Cell t : here->second) ends.direct_s = std::min(ends.direct_s, search.time(t));
    }
  }
  for (const auto& [tile, cells] : targets) {
    search.load(*input_, speed_, open_, tiles_.region(tile));
    search.run(cells, true);
    for (const Cell node : tile_nodes_[at(tile)]) {
      const double free = search.time(node);
      if (free < kUnreachable) ends.arcs.push_back({node, kNoCell, free, -1});
    }
  }
  return ends;
}

}  // namespace abatis::network_detail
