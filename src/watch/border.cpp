// The land border as a chain of cells with its chainage, and the zone on both sides of it.

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <utility>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "ground.hpp"

namespace abatis::watching {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

// Watched cells on land beside hostile ground.
std::vector<Cell> border_cells(const WatchGround& ground) {
  const Grid& grid = ground.grid();
  std::vector<Cell> cells;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (!ground.own(c) || ground.terrain.water[c] != 0) continue;
    const std::int32_t r = grid.row_of(c), k = grid.col_of(c);
    constexpr std::pair<int, int> kSides[] = {{-1, 0}, {0, -1}, {0, 1}, {1, 0}};
    const bool beside = std::any_of(std::begin(kSides), std::end(kSides), [&](const auto& d) {
      return grid.inside(r + d.first, k + d.second) &&
             ground.hostile(grid.at(r + d.first, k + d.second));
    });
    if (beside) cells.push_back(c);
  }
  return cells;
}

// Distances along the chain of cells; corners are cut.
class Chain {
 public:
  Chain(const Grid& grid, const std::vector<Cell>& cells)
      : grid_(grid), cells_(cells), along_(cells.size(), kFar) {}

  // From cell `start` of the list; the list indices reached, in order of distance.
  std::vector<int> walk(int start) {
    std::vector<int> reached;
    using Item = std::pair<double, int>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
    open.emplace(0.0, start);
    along_[at(start)] = 0;
    while (!open.empty()) {
      const auto [d, i] = open.top();
      open.pop();
      if (d > along_[at(i)]) continue;
      reached.push_back(i);
      for (int dr = -kReach; dr <= kReach; ++dr) {
        for (int dk = -kReach; dk <= kReach; ++dk) step(i, d, dr, dk, open);
      }
    }
    return reached;
  }
  void forget(const std::vector<int>& reached) {
    for (const int i : reached) along_[at(i)] = kFar;
  }
  double along(int i) const { return along_[at(i)]; }

 private:
  static constexpr int kReach = 2;  // cells; a chain that a pond interrupts goes on

  template <class Queue>
  void step(int i, double d, int dr, int dk, Queue& open) {
    const Cell from = cells_[at(i)];
    const std::int32_t r = grid_.row_of(from) + dr, k = grid_.col_of(from) + dk;
    if ((dr == 0 && dk == 0) || !grid_.inside(r, k)) return;
    const auto found = std::lower_bound(cells_.begin(), cells_.end(), grid_.at(r, k));
    if (found == cells_.end() || *found != grid_.at(r, k)) return;
    const auto j = static_cast<int>(found - cells_.begin());
    const double there = d + grid_.cell * std::hypot(dr, dk);
    if (there >= along_[at(j)]) return;
    along_[at(j)] = there;
    open.emplace(there, j);
  }

  const Grid& grid_;
  const std::vector<Cell>& cells_;
  std::vector<double> along_;
};

}  // namespace

Result<BorderLine> find_border(const WatchGround& ground) {
  const std::vector<Cell> cells = border_cells(ground);
  if (cells.empty()) {
    return fail(ErrorCode::input, "the states to be watched have no land border with the adversary",
                ground.rules().where, "name others in surveillance.states, or check [sides]");
  }
  const double spacing = ground.rules().border_spacing_m;
  Chain chain(ground.grid(), cells);
  BorderLine line;
  std::vector<char> done(cells.size(), 0);
  int stretch = 0;
  for (int first = 0; first < static_cast<int>(cells.size()); ++first) {
    if (done[at(first)] != 0) continue;
    // Its far end, then all of it from there.
    const std::vector<int> all = chain.walk(first);
    const int end = all.back();
    chain.forget(all);
    const std::vector<int> ordered = chain.walk(end);
    for (const int i : ordered) done[at(i)] = 1;
    const double length = chain.along(ordered.back()) + ground.grid().cell;
    const double pieces = std::max(1.0, std::round(length / spacing));
    for (double piece = 0; piece < pieces; ++piece) {
      const double middle = (piece + 0.5) * length / pieces;
      const auto near = std::min_element(ordered.begin(), ordered.end(), [&](int a, int b) {
        return std::abs(chain.along(a) - middle) < std::abs(chain.along(b) - middle);
      });
      line.points.push_back({.cell = cells[at(*near)],
                             .chainage_m = line.length_m + middle,
                             .length_m = length / pieces,
                             .stretch = stretch});
    }
    line.length_m += length;
    ++stretch;
  }
  return line;
}

std::vector<Cell> find_zone(const WatchGround& ground) {
  const Grid& grid = ground.grid();
  const auto apart = std::max<std::int32_t>(
      1, static_cast<std::int32_t>(std::lround(ground.rules().zone_spacing_m / grid.cell)));
  // Distance from the border of the watched states alone.
  Raster<std::uint8_t> mask(grid, 0);
  for (const Cell c : border_cells(ground)) mask[c] = 1;
  const Raster<float> away = distance_to(mask);
  std::vector<Cell> zone;
  for (std::int32_t r = apart / 2; r < grid.rows; r += apart) {
    for (std::int32_t k = apart / 2; k < grid.cols; k += apart) {
      const Cell c = grid.at(r, k);
      const bool known = ground.surface_m[c] == ground.surface_m[c];
      const bool party = ground.own(c) || ground.hostile(c);
      if (known && party && away[c] <= ground.rules().zone_depth_m) zone.push_back(c);
    }
  }
  return zone;
}

}  // namespace abatis::watching
