#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

// Unit steps along cell edges, anticlockwise from east; rows grow to the south.
constexpr int kEast = 0, kNorth = 1, kWest = 2, kSouth = 3;
constexpr std::array<std::int32_t, 4> kRowStep{0, -1, 0, 1};
constexpr std::array<std::int32_t, 4> kColStep{1, 0, -1, 0};

struct Corner {
  std::int32_t row = 0, col = 0;
};

// The directed edges that leave each corner, with the inside on their left.
class Boundary {
 public:
  Boundary(const Grid& grid, const std::vector<Cell>& cells)
      : corners_per_row_(static_cast<std::int64_t>(grid.cols) + 1) {
    const auto inside = [&](std::int32_t row, std::int32_t col) {
      return grid.inside(row, col) &&
             std::binary_search(cells.begin(), cells.end(), grid.at(row, col));
    };
    for (const Cell c : cells) {
      const std::int32_t row = grid.row_of(c);
      const std::int32_t col = grid.col_of(c);
      if (!inside(row + 1, col)) add({row + 1, col}, kEast);
      if (!inside(row, col + 1)) add({row + 1, col + 1}, kNorth);
      if (!inside(row - 1, col)) add({row, col + 1}, kWest);
      if (!inside(row, col - 1)) add({row, col}, kSouth);
    }
    std::sort(starts_.begin(), starts_.end());
  }

  // In a fixed order, so that the outline does not depend on the hash map.
  const std::vector<std::int64_t>& starts() const { return starts_; }
  std::int64_t id(Corner c) const { return c.row * corners_per_row_ + c.col; }
  Corner corner(std::int64_t id) const {
    return {static_cast<std::int32_t>(id / corners_per_row_),
            static_cast<std::int32_t>(id % corners_per_row_)};
  }
  // Takes an edge that leaves `at`, the leftmost of two: cells that meet only at a corner keep
  // rings of their own. -1 when none is left.
  int take(std::int64_t at, int heading) {
    std::uint8_t& edges = leaving_[at];
    for (const int turn : {1, 0, 3, 2}) {
      const int direction = (heading + turn) % 4;
      if ((edges & (1U << direction)) == 0) continue;
      edges = static_cast<std::uint8_t>(edges & ~(1U << direction));
      return direction;
    }
    return -1;
  }

 private:
  void add(Corner from, int direction) {
    std::uint8_t& edges = leaving_[id(from)];
    if (edges == 0) starts_.push_back(id(from));
    edges = static_cast<std::uint8_t>(edges | (1U << direction));
  }

  std::int64_t corners_per_row_;
  std::unordered_map<std::int64_t, std::uint8_t> leaving_;
  std::vector<std::int64_t> starts_;
};

// Corners of a closed walk as a ring: only those where it turns.
std::vector<Point> ring_of(const Grid& grid, const Boundary& boundary, const std::int64_t* walk,
                           std::size_t count) {
  std::vector<Point> ring;
  for (std::size_t i = 0; i < count; ++i) {
    const Corner before = boundary.corner(walk[(i + count - 1) % count]);
    const Corner here = boundary.corner(walk[i]);
    const Corner after = boundary.corner(walk[(i + 1) % count]);
    if ((before.row == here.row && here.row == after.row) ||
        (before.col == here.col && here.col == after.col)) {
      continue;
    }
    ring.push_back({grid.origin_x + here.col * grid.cell, grid.origin_y - here.row * grid.cell});
  }
  ring.push_back(ring.front());
  return ring;
}

}  // namespace

Geometry outline_of_cells(const Grid& grid, const std::vector<Cell>& cells) {
  Geometry outline{GeometryKind::polygon, {}};
  std::vector<Cell> sorted;
  for (const Cell c : cells) {
    if (c >= 0 && static_cast<std::size_t>(c) < grid.size()) sorted.push_back(c);
  }
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Boundary boundary(grid, sorted);
  std::vector<std::int64_t> walk;
  std::unordered_map<std::int64_t, std::size_t> place;  // of a corner in the walk
  for (const std::int64_t start : boundary.starts()) {
    std::int64_t at = start;
    int heading = kEast;
    while ((heading = boundary.take(at, heading)) >= 0) {
      place[at] = walk.size();
      walk.push_back(at);
      Corner next = boundary.corner(at);
      next.row += kRowStep[static_cast<std::size_t>(heading)];
      next.col += kColStep[static_cast<std::size_t>(heading)];
      at = boundary.id(next);
      // Back at a corner of the walk: what lies since then is a simple ring. Cutting there keeps
      // rings that touch themselves out of the result.
      const auto seen = place.find(at);
      if (seen == place.end()) continue;
      const std::size_t first = seen->second;
      outline.parts.push_back(ring_of(grid, boundary, &walk[first], walk.size() - first));
      for (std::size_t i = first; i < walk.size(); ++i) place.erase(walk[i]);
      walk.resize(first);
    }
  }
  return outline;
}

}  // namespace abatis
