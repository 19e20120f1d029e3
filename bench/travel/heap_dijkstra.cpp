#include "heap_dijkstra.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace abatis::bench {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

// The raster with an impassable cell all round: no move needs to look whether it leaves the grid.
struct Fenced {
  std::int32_t cols = 0;
  std::vector<float> friction;

  explicit Fenced(const Raster<float>& raster) : cols(raster.grid.cols + 2) {
    const Grid& grid = raster.grid;
    friction.assign(static_cast<std::size_t>(cols) * static_cast<std::size_t>(grid.rows + 2),
                    std::numeric_limits<float>::quiet_NaN());
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      friction[static_cast<std::size_t>(at(grid, c))] = raster[c];
    }
  }
  std::int32_t at(const Grid& grid, Cell c) const {
    return (grid.row_of(c) + 1) * cols + grid.col_of(c) + 1;
  }
};

}  // namespace

std::vector<double> heap_dijkstra(const Raster<float>& friction, Cell source) {
  const Grid& grid = friction.grid;
  const Fenced fenced(friction);
  const std::int32_t w = fenced.cols;
  const std::array<std::pair<std::int32_t, double>, 8> moves = {{{-w, 0.5},
                                                                 {-1, 0.5},
                                                                 {1, 0.5},
                                                                 {w, 0.5},
                                                                 {-w - 1, std::sqrt(2.0) / 2},
                                                                 {-w + 1, std::sqrt(2.0) / 2},
                                                                 {w - 1, std::sqrt(2.0) / 2},
                                                                 {w + 1, std::sqrt(2.0) / 2}}};
  std::vector<double> cost(fenced.friction.size(), kNever);
  using Entry = std::pair<double, std::int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
  cost[static_cast<std::size_t>(fenced.at(grid, source))] = 0.0;
  front.emplace(0.0, fenced.at(grid, source));
  while (!front.empty()) {
    const auto [here, i] = front.top();
    front.pop();
    if (here > cost[static_cast<std::size_t>(i)]) continue;  // reached more cheaply since
    const auto f = static_cast<double>(fenced.friction[static_cast<std::size_t>(i)]);
    for (const auto& [offset, half] : moves) {
      const auto j = static_cast<std::size_t>(i + offset);
      // NaN where j is impassable: the comparison is false.
      const double there = here + half * (f + static_cast<double>(fenced.friction[j]));
      if (!(there < cost[j])) continue;
      cost[j] = there;
      front.emplace(there, i + offset);
    }
  }
  std::vector<double> out;
  out.reserve(grid.size());
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    out.push_back(cost[static_cast<std::size_t>(fenced.at(grid, c))]);
  }
  return out;
}

}  // namespace abatis::bench
