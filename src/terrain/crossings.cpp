#include "crossings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <tuple>

#include "abatis/geo/rasterize.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis::terrain_detail {
namespace {

struct Segment {
  Point a, b;
};

double turn(Point a, Point b, Point p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// Touching counts: used to keep banks apart, where doubt must not open a barrier.
bool touches(const Segment& s, const Segment& o) {
  const auto sign = [](double v) { return v > 0 ? 1 : v < 0 ? -1 : 0; };
  const int a = sign(turn(o.a, o.b, s.a));
  const int b = sign(turn(o.a, o.b, s.b));
  const int c = sign(turn(s.a, s.b, o.a));
  const int d = sign(turn(s.a, s.b, o.b));
  if (a == 0 && b == 0) {  // on one line: do they overlap?
    return std::max(std::min(s.a.x, s.b.x), std::min(o.a.x, o.b.x)) <=
               std::min(std::max(s.a.x, s.b.x), std::max(o.a.x, o.b.x)) &&
           std::max(std::min(s.a.y, s.b.y), std::min(o.a.y, o.b.y)) <=
               std::min(std::max(s.a.y, s.b.y), std::max(o.a.y, o.b.y));
  }
  return a * b <= 0 && c * d <= 0;
}

// Segments of barrier lines by the cells they pass.
class SegmentIndex {
 public:
  SegmentIndex(const Grid& grid, std::span<const BarrierLine> lines) {
    for (const BarrierLine& line : lines) {
      for (std::size_t i = 0; i + 1 < line.points->size(); ++i) {
        const Segment s{(*line.points)[i], (*line.points)[i + 1]};
        for (const Cell c : cells_of_line(grid, {s.a, s.b})) {
          entries_.emplace_back(c, static_cast<std::int32_t>(segments_.size()));
        }
        segments_.push_back(s);
      }
    }
    std::sort(entries_.begin(), entries_.end());
  }

  template <class Visit>
  void at(Cell c, const Visit& visit) const {
    auto it = std::lower_bound(entries_.begin(), entries_.end(), std::pair{c, std::int32_t{0}});
    for (; it != entries_.end() && it->first == c; ++it) {
      visit(segments_[static_cast<std::size_t>(it->second)]);
    }
  }

  bool touched(Cell c, Point a, Point b) const {
    bool any = false;
    at(c, [&](const Segment& s) { any = any || touches({a, b}, s); });
    return any;
  }

 private:
  std::vector<Segment> segments_;
  std::vector<std::pair<Cell, std::int32_t>> entries_;
};

// One stay of one road line in one barrier cell, from entering it to leaving it.
struct Visit {
  Cell cell = kNoCell;
  int rank = 0;
  std::int32_t line = 0;
  std::int32_t step = 0;  // along the line's chain of cells
  Point at;
  std::array<Cell, 4> near{};  // cells of the line around it, two each way
  bool beside = true;          // on the side of the river that the cell stands for
};

class CrossingLayer {
 public:
  CrossingLayer(const Grid& grid, std::span<const BarrierLine> barriers,
                std::span<const int> road_rank)
      : grid_(grid), index_(grid, barriers), road_rank_(road_rank) {
    out_.road = Raster<std::uint8_t>(grid, 0);
    out_.natural = Raster<std::uint8_t>(grid, 0);
    out_.bridge = Raster<std::uint8_t>(grid, 0);
    for (const BarrierLine& line : barriers) {
      for (const Cell c : cells_of_line(grid, *line.points)) {
        std::uint8_t& value = out_.natural[c];
        if (value == 0 || line.natural < value) value = line.natural;
      }
    }
  }

  void add_road(const RoadLine& line) {
    struct Stay {
      Cell cell;
      Point at;
    };
    std::vector<Stay> chain;
    for (std::size_t i = 0; i + 1 < line.points->size(); ++i) {
      const Point a = (*line.points)[i];
      const Point b = (*line.points)[i + 1];
      const std::vector<Cell> cells = cells_of_line(grid_, {a, b});
      for (const Cell c : cells) {
        if (chain.empty() || chain.back().cell != c) {
          chain.push_back({c, middle_in_cell(grid_, c, a, b)});
          mark_road(c, line);
        }
        if (out_.natural[c] != 0) mark_bridges(c, a, b, cells, line.ford);
      }
    }
    const auto cell_of = [&](std::size_t k) { return k < chain.size() ? chain[k].cell : kNoCell; };
    for (std::size_t k = 0; k < chain.size(); ++k) {
      if (out_.natural[chain[k].cell] == 0) continue;
      // Unsigned wrap-around below the start reads as beyond the end.
      visits_.push_back({.cell = chain[k].cell,
                         .rank = line.rank,
                         .line = lines_,
                         .step = static_cast<std::int32_t>(k),
                         .at = chain[k].at,
                         .near = {cell_of(k - 2), cell_of(k - 1), cell_of(k + 1), cell_of(k + 2)}});
    }
    ++lines_;
  }

  LineCells finish() {
    std::erase_if(visits_, [&](const Visit& v) { return out_.bridge[v.cell] != 0; });
    std::sort(visits_.begin(), visits_.end(), [](const Visit& x, const Visit& y) {
      return std::tie(x.cell, x.rank, x.line, x.step) < std::tie(y.cell, y.rank, y.line, y.step);
    });
    std::vector<std::size_t> first;  // visit that its cell stands for
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      if (i == 0 || visits_[i].cell != visits_[i - 1].cell) first.push_back(i);
      Visit& v = visits_[i];
      v.beside = first.back() == i || !index_.touched(v.cell, visits_[first.back()].at, v.at);
    }
    std::vector<std::size_t> by_rank = first;
    std::sort(by_rank.begin(), by_rank.end(), [&](std::size_t x, std::size_t y) {
      return std::tie(visits_[x].rank, x) < std::tie(visits_[y].rank, y);
    });
    for (const std::size_t i : by_rank) open_bank(visits_[i]);
    for (std::size_t c = 0; c < grid_.size(); ++c) {
      if (out_.bridge.values[c] != 0) {
        ++out_.bridge_cells;
      } else if (out_.road.values[c] != 0 && out_.natural.values[c] != 0) {
        ++out_.closed_cells;
      }
    }
    return std::move(out_);
  }

 private:
  int rank_of(std::uint8_t road) const { return road_rank_[road]; }

  void mark_road(Cell c, const RoadLine& line) {
    std::uint8_t& value = out_.road[c];
    const bool better = value == 0 || line.rank < rank_of(value) ||
                        (line.rank == rank_of(value) && line.road < value);
    if (better) value = line.road;
  }

  // The crossing lies in a cell that both lines pass; where rounding puts it into a third, the
  // cell at hand takes it.
  void mark_bridges(Cell c, Point a, Point b, const std::vector<Cell>& cells, bool ford) {
    index_.at(c, [&](const Segment& s) {
      Point p;
      if (!segments_cross(a, b, s.a, s.b, &p)) return;
      const auto home = grid_.cell_at(p);
      const bool elsewhere = home && *home != c && out_.natural[*home] != 0 &&
                             std::find(cells.begin(), cells.end(), *home) != cells.end();
      if (elsewhere || out_.bridge[c] == kBridgeCrossing)
        return;  // a bridge carries over a ford beside it
      out_.bridge[c] = ford ? kFordCrossing : kBridgeCrossing;
    });
  }

  std::span<const Visit> visits_of(Cell c) const {
    const auto by_cell = [](const Visit& v, Cell cell) { return v.cell < cell; };
    const auto first = std::lower_bound(visits_.begin(), visits_.end(), c, by_cell);
    const auto last = std::lower_bound(first, visits_.end(), c + 1, by_cell);
    return {first, last};
  }

  // One road leads from `cell` to `other` in a step or two, on the side that either stands for.
  bool linked(Cell cell, Cell other) const {
    const std::span<const Visit> there = visits_of(other);
    for (const Visit& v : visits_of(cell)) {
      if (!v.beside || std::find(v.near.begin(), v.near.end(), other) == v.near.end()) continue;
      if (there.empty()) return true;
      for (const Visit& w : there) {
        if (w.beside && w.line == v.line && std::abs(w.step - v.step) <= 2) return true;
      }
    }
    return false;
  }

  // What a cell shared with a barrier stands for, or nullptr for any other.
  const Visit* visit_of(Cell c) const {
    const std::span<const Visit> all = visits_of(c);
    return all.empty() ? nullptr : &all.front();
  }

  // The middle of the edge, or the corner, that two neighbouring cells share.
  Point shared(Cell a, Cell b) const {
    const Point p = grid_.centre(a);
    const Point q = grid_.centre(b);
    return {(p.x + q.x) / 2, (p.y + q.y) / 2};
  }

  // Roads lead from both cells to a third: around a bend, or through a junction where one line of
  // the layer ends and the next begins.
  bool meet(Cell cell, Cell other) const {
    for (const Visit& v : visits_of(cell)) {
      for (const Cell third : v.near) {
        if (third == kNoCell || third == other || out_.bridge[third] != 0) continue;
        if (linked(cell, third) && linked(other, third)) return true;
      }
    }
    return false;
  }

  // Both touch one bridge: the way from one to the other is open over it anyway.
  bool share_bridge(Cell a, Cell b) const {
    const std::int32_t row = grid_.row_of(a);
    const std::int32_t col = grid_.col_of(a);
    for (std::int32_t r = row - 1; r <= row + 1; ++r) {
      for (std::int32_t c = col - 1; c <= col + 1; ++c) {
        if (!grid_.inside(r, c) || out_.bridge[grid_.at(r, c)] == 0) continue;
        if (std::abs(r - grid_.row_of(b)) <= 1 && std::abs(c - grid_.col_of(b)) <= 1) return true;
      }
    }
    return false;
  }

  // No barrier between the points that two free neighbours stand for, or none that would hold. A
  // cell that no barrier line passes is all on one side.
  bool same_bank(const Visit& v, Cell other, const Visit* at_other) const {
    const Point door = shared(v.cell, other);
    if (!index_.touched(v.cell, v.at, door) &&
        (at_other == nullptr || !index_.touched(other, at_other->at, door))) {
      return true;
    }
    if (share_bridge(v.cell, other)) return true;
    return linked(v.cell, other) || (at_other != nullptr && meet(v.cell, other));
  }

  void open_bank(const Visit& v) {
    std::array<Cell, 8> give{};
    std::size_t count = 0;
    const std::int32_t row = grid_.row_of(v.cell);
    const std::int32_t col = grid_.col_of(v.cell);
    for (std::int32_t dr = -1; dr <= 1; ++dr) {
      for (std::int32_t dc = -1; dc <= 1; ++dc) {
        if ((dr == 0 && dc == 0) || !grid_.inside(row + dr, col + dc)) continue;
        const Cell other = grid_.at(row + dr, col + dc);
        if (out_.natural[other] != 0) continue;   // barrier or bridge
        const Visit* at_other = visit_of(other);  // set: a cell won before
        if (same_bank(v, other, at_other)) continue;
        const std::uint8_t road = out_.road[other];
        if (at_other != nullptr || (road != 0 && rank_of(road) <= v.rank)) return;
        give[count++] = other;
      }
    }
    for (std::size_t i = 0; i < count; ++i) out_.natural[give[i]] = out_.natural[v.cell];
    out_.natural[v.cell] = 0;
    ++out_.moved_cells;
  }

  Grid grid_;
  SegmentIndex index_;
  std::span<const int> road_rank_;
  LineCells out_;
  std::vector<Visit> visits_;
  std::int32_t lines_ = 0;
};

}  // namespace

bool segments_cross(Point a, Point b, Point c, Point d, Point* at) {
  const double ta = turn(c, d, a);
  const double tb = turn(c, d, b);
  if ((ta > 0) == (tb > 0)) return false;
  if ((turn(a, b, c) > 0) == (turn(a, b, d) > 0)) return false;
  if (at != nullptr) {
    const double share = ta / (ta - tb);
    *at = {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
  }
  return true;
}

ShoreLines lines_to_shore(const Raster<std::uint8_t>& water,
                          std::span<const BarrierLine> barriers) {
  constexpr std::int32_t kReach = 2;
  const Grid& grid = water.grid;
  std::map<std::pair<double, double>, int> ends_at;
  for (const BarrierLine& line : barriers) {
    if (line.points->size() < 2) continue;
    for (const Point p : {line.points->front(), line.points->back()}) ++ends_at[{p.x, p.y}];
  }
  ShoreLines out;
  for (const BarrierLine& line : barriers) {
    if (line.points->size() < 2) continue;
    for (const Point p : {line.points->front(), line.points->back()}) {
      const auto cell = grid.cell_at(p);
      if (ends_at[{p.x, p.y}] > 1 || !cell || water[*cell] != 0) continue;
      const std::int32_t row = grid.row_of(*cell);
      const std::int32_t col = grid.col_of(*cell);
      double nearest = (kReach + 0.5) * grid.cell;
      Cell shore = kNoCell;
      for (std::int32_t r = row - kReach; r <= row + kReach; ++r) {
        for (std::int32_t c = col - kReach; c <= col + kReach; ++c) {
          if (!grid.inside(r, c) || water[grid.at(r, c)] == 0) continue;
          const Point centre = grid.centre(grid.at(r, c));
          const double distance = std::hypot(centre.x - p.x, centre.y - p.y);
          if (distance >= nearest) continue;
          nearest = distance;
          shore = grid.at(r, c);
        }
      }
      if (shore == kNoCell) continue;
      out.lines.push_back({p, grid.centre(shore)});
      out.from.push_back(line.natural);
    }
  }
  return out;
}

Point middle_in_cell(const Grid& grid, Cell cell, Point a, Point b) {
  const Point centre = grid.centre(cell);
  const double half = grid.cell / 2;
  double from = 0;
  double to = 1;
  const auto clip = [&](double start, double step, double low, double high) {
    if (step == 0) return;
    const double t0 = (low - start) / step;
    const double t1 = (high - start) / step;
    from = std::max(from, std::min(t0, t1));
    to = std::min(to, std::max(t0, t1));
  };
  clip(a.x, b.x - a.x, centre.x - half, centre.x + half);
  clip(a.y, b.y - a.y, centre.y - half, centre.y + half);
  const double t = (from + to) / 2;
  return {std::clamp(a.x + t * (b.x - a.x), centre.x - half, centre.x + half),
          std::clamp(a.y + t * (b.y - a.y), centre.y - half, centre.y + half)};
}

LineCells lay_lines(const Grid& grid, std::span<const RoadLine> roads,
                    std::span<const BarrierLine> barriers, std::span<const int> road_rank) {
  CrossingLayer layer(grid, barriers, road_rank);
  for (const RoadLine& road : roads) layer.add_road(road);
  return layer.finish();
}

}  // namespace abatis::terrain_detail
