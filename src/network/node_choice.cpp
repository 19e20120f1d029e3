#include "node_choice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "abatis/base/numbers.hpp"

namespace abatis::network_detail {
namespace {

constexpr double kRoadRatio = 1.25;    // a road is this much faster than both its sides
constexpr std::size_t kRoadReach = 2;  // ... within so many cells
// Portals stand closer than crossings of bands: who is led past the best way into a site pays for
// it in the slow ground beside the road that the site blocks.
constexpr double kPortalShare = 0.4;
constexpr std::size_t kShortNatural = 2;  // cells of a stream crossed by a band: no crossing

// Nodes along one line of cells (a band's row or column within one tile).
class LineChoice {
 public:
  LineChoice(const NetworkInput& input, int speed, const std::vector<bool>& open,
             std::vector<Cell>& nodes)
      : input_(input),
        speed_(*input.speeds[static_cast<std::size_t>(speed)]),
        open_(open),
        nodes_(nodes),
        spacing_(std::max<std::size_t>(
            1, static_cast<std::size_t>(std::lround(input.spacing_cells())))) {}

  void choose(const std::vector<Cell>& line) {
    std::size_t begin = 0;
    while (begin < line.size()) {
      if (!passable(line[begin])) {
        ++begin;
        continue;
      }
      std::size_t end = begin + 1;
      const std::int32_t id = barrier(line[begin]);
      while (end < line.size() && passable(line[end]) && barrier(line[end]) == id) ++end;
      stretch(line, begin, end, id > 0 && id <= input_.naturals);
      begin = end;
    }
  }

 private:
  bool passable(Cell c) const { return open_[at(c)] && speed_[c] > 0; }
  std::int32_t barrier(Cell c) const { return (*input_.barrier)[c]; }
  float speed_at(Cell c) const { return passable(c) ? speed_[c] : 0.0F; }

  void stretch(const std::vector<Cell>& line, std::size_t begin, std::size_t end, bool natural) {
    const std::size_t length = end - begin;
    if (natural && length <= kShortNatural && spacing_ > 1) return;
    const std::size_t parts = (length + spacing_ - 1) / spacing_;
    for (std::size_t p = 0; p < parts; ++p) {
      const std::size_t from = begin + length * p / parts;
      const std::size_t to = begin + length * (p + 1) / parts;
      const std::size_t middle = (from + to) / 2;
      const auto off = [&](std::size_t i) { return i > middle ? i - middle : middle - i; };
      std::size_t best = from;
      for (std::size_t i = from + 1; i < to; ++i) {
        const float v = speed_[line[i]];
        const float w = speed_[line[best]];
        if (v > w || (v == w && off(i) < off(best))) best = i;
      }
      nodes_.push_back(line[best]);
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (road(line, i)) nodes_.push_back(line[i]);
    }
  }

  bool road(const std::vector<Cell>& line, std::size_t i) const {
    const auto v = static_cast<double>(speed_[line[i]]);
    double before = v;
    double after = v;
    for (std::size_t k = 1; k <= kRoadReach; ++k) {
      if (i >= k) {
        const auto w = static_cast<double>(speed_at(line[i - k]));
        if (w >= v) return false;  // ties: the first cell of a strip
        before = std::min(before, w);
      }
      if (i + k < line.size()) {
        const auto w = static_cast<double>(speed_at(line[i + k]));
        if (w > v) return false;
        after = std::min(after, w);
      }
    }
    return v > kRoadRatio * before && v > kRoadRatio * after;
  }

  const NetworkInput& input_;
  const Raster<float>& speed_;
  const std::vector<bool>& open_;
  std::vector<Cell>& nodes_;
  std::size_t spacing_;
};

void choose_on_bands(const NetworkInput& input, int speed, const std::vector<bool>& open,
                     const TileMap& tiles, std::vector<Cell>& nodes) {
  const Grid& grid = input.grid;
  LineChoice choice(input, speed, open, nodes);
  std::vector<Cell> line;
  const auto lines = [&](const std::vector<std::int32_t>& bands, std::int32_t length, auto cell) {
    for (const std::int32_t band : bands) {
      for (std::int32_t from = 0; from < length; from += tiles.edge()) {
        line.clear();
        const std::int32_t to = std::min(length, from + tiles.edge() + 1);
        for (std::int32_t i = from; i < to; ++i) line.push_back(cell(band, i));
        choice.choose(line);
      }
    }
  };
  lines(tiles.band_rows(), grid.cols,
        [&](std::int32_t b, std::int32_t i) { return grid.at(b, i); });
  lines(tiles.band_cols(), grid.rows,
        [&](std::int32_t b, std::int32_t i) { return grid.at(i, b); });
}

template <class Visit>
void for_neighbours(const Grid& grid, Cell c, Visit visit) {
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  for (std::int32_t r = row - 1; r <= row + 1; ++r) {
    for (std::int32_t q = col - 1; q <= col + 1; ++q) {
      if ((r != row || q != col) && grid.inside(r, q)) visit(grid.at(r, q));
    }
  }
}

class SiteChoice {
 public:
  SiteChoice(const NetworkInput& input, int speed, const std::vector<bool>& open)
      : input_(input),
        speed_(*input.speeds[static_cast<std::size_t>(speed)]),
        open_(open),
        seen_(input.grid.size(), false) {}

  void choose(std::vector<Cell>& nodes) {
    for (std::size_t i = 0; i < input_.barrier->values.size(); ++i) {
      const auto c = static_cast<Cell>(i);
      if (input_.barrier->values[i] > input_.naturals && passable(c) && !seen_[i]) {
        take_portals(piece(c), nodes);
      }
    }
  }

 private:
  bool passable(Cell c) const { return open_[at(c)] && speed_[c] > 0; }

  std::vector<Cell> piece(Cell start) {
    std::vector<Cell> cells{start};
    seen_[at(start)] = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for_neighbours(input_.grid, cells[i], [&](Cell n) {
        if (seen_[at(n)] || !passable(n)) return;
        if ((*input_.barrier)[n] != (*input_.barrier)[start]) return;
        seen_[at(n)] = true;
        cells.push_back(n);
      });
    }
    return cells;
  }

  void take_portals(std::vector<Cell> cells, std::vector<Cell>& nodes) const {
    const Grid& grid = input_.grid;
    std::erase_if(cells, [&](Cell c) {
      bool outer = false;
      for_neighbours(grid, c, [&](Cell n) {
        outer = outer || (passable(n) && (*input_.barrier)[n] != (*input_.barrier)[c]);
      });
      return !outer;
    });
    std::sort(cells.begin(), cells.end(), [&](Cell a, Cell b) {
      return speed_[a] != speed_[b] ? speed_[a] > speed_[b] : a < b;
    });
    const double spacing = kPortalShare * input_.spacing_cells();
    std::vector<Cell> taken;
    for (const Cell c : cells) {
      const bool near = std::any_of(taken.begin(), taken.end(), [&](Cell t) {
        const std::int32_t rows = std::abs(grid.row_of(t) - grid.row_of(c));
        const std::int32_t cols = std::abs(grid.col_of(t) - grid.col_of(c));
        return std::max(rows, cols) < spacing;
      });
      if (!near) taken.push_back(c);
    }
    nodes.insert(nodes.end(), taken.begin(), taken.end());
  }

  const NetworkInput& input_;
  const Raster<float>& speed_;
  const std::vector<bool>& open_;
  std::vector<bool> seen_;
};

}  // namespace

std::vector<Cell> choose_nodes(const NetworkInput& input, int speed, const std::vector<bool>& open,
                               const TileMap& tiles) {
  std::vector<Cell> nodes;
  choose_on_bands(input, speed, open, tiles, nodes);
  SiteChoice(input, speed, open).choose(nodes);
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

std::vector<Cell> nodes_on_path(const NetworkInput& input, const TileMap& tiles,
                                const std::vector<Cell>& path) {
  std::vector<Cell> nodes;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Cell c = path[i];
    const auto own = tiles.tiles_of(c);
    const bool band = own[1] >= 0;
    const bool leaves = (i > 0 && tiles.tiles_of(path[i - 1]) != own) ||
                        (i + 1 < path.size() && tiles.tiles_of(path[i + 1]) != own);
    const bool enters = i > 0 && input.site_of((*input.barrier)[c]) >= 0 &&
                        (*input.barrier)[c] != (*input.barrier)[path[i - 1]];
    if (enters || (band && leaves)) nodes.push_back(c);
  }
  return nodes;
}

}  // namespace abatis::network_detail
