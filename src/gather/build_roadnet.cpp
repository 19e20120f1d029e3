#include <algorithm>
#include <cmath>
#include <set>

#include "abatis/geo/rasterize.hpp"
#include "build_roads.hpp"

namespace abatis::gather {

namespace {

struct Direction {
  std::int32_t dr, dc;
};
// The first four are stored with the cell, the others are theirs backwards.
constexpr Direction kDirections[8] = {{0, 1},  {1, -1}, {1, 0},  {1, 1},
                                      {0, -1}, {-1, 1}, {-1, 0}, {-1, -1}};

constexpr const char* kNames[] = {"",          "motorway", "trunk", "primary",
                                  "secondary", "tertiary", "minor"};

double distance2(Point a, Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

}  // namespace

const char* road_class_name(std::uint8_t rank) {
  return kNames[rank];
}

std::uint8_t road_rank(const std::string& road_class) {
  for (std::uint8_t r = kMotorway; r <= kMinor; ++r)
    if (road_class == kNames[r]) return r;
  return kNoRoad;
}

RoadNet::RoadNet(const Grid& grid) : grid_(grid), steps_(grid.size()), best_(grid.size(), 0) {}

RoadNet::Step* RoadNet::step(Cell a, Cell b) {
  const std::int32_t dr = grid_.row_of(b) - grid_.row_of(a);
  const std::int32_t dc = grid_.col_of(b) - grid_.col_of(a);
  for (std::size_t d = 0; d < 4; ++d) {
    if (kDirections[d].dr == dr && kDirections[d].dc == dc)
      return &steps_[static_cast<std::size_t>(a)][d];
    if (kDirections[d].dr == -dr && kDirections[d].dc == -dc)
      return &steps_[static_cast<std::size_t>(b)][d];
  }
  return nullptr;
}

std::int16_t RoadNet::with_ref(std::int16_t set, int ref) {
  if (ref < 0) return set;
  std::vector<int> refs;
  if (set >= 0) refs = ref_sets_[static_cast<std::size_t>(set)];
  if (std::find(refs.begin(), refs.end(), ref) != refs.end()) return set;
  refs.insert(std::upper_bound(refs.begin(), refs.end(), ref), ref);
  const auto it = std::find(ref_sets_.begin(), ref_sets_.end(), refs);
  if (it != ref_sets_.end()) return static_cast<std::int16_t>(it - ref_sets_.begin());
  ref_sets_.push_back(std::move(refs));
  return static_cast<std::int16_t>(ref_sets_.size() - 1);
}

void RoadNet::add(const std::vector<Cell>& chain, std::uint8_t rank, int ref) {
  for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
    Step* s = step(chain[k], chain[k + 1]);
    if (s == nullptr) continue;
    if (s->rank == kNoRoad || rank < s->rank) s->rank = rank;
    s->refs = with_ref(s->refs, ref);
  }
  for (const Cell c : chain) {
    std::uint8_t& best = best_[static_cast<std::size_t>(c)];
    if (best == kNoRoad || rank < best) best = rank;
  }
}

bool RoadNet::used(Cell c) const {
  return best_[static_cast<std::size_t>(c)] != kNoRoad;
}

const RoadNet::Step* RoadNet::step_at(Cell c, int direction, Cell& to) const {
  const Direction d = kDirections[direction];
  const std::int32_t row = grid_.row_of(c) + d.dr, col = grid_.col_of(c) + d.dc;
  if (!grid_.inside(row, col)) return nullptr;
  to = grid_.at(row, col);
  const auto slot = static_cast<std::size_t>(direction % 4);
  const Step& s = steps_[static_cast<std::size_t>(direction < 4 ? c : to)][slot];
  return s.rank == kNoRoad ? nullptr : &s;
}

std::vector<RoadNet::Edge> RoadNet::edges() const {
  const auto same = [](const Step* a, const Step* b) {
    return a->rank == b->rank && a->refs == b->refs;
  };
  // A cell is a node unless exactly two alike steps meet there.
  const auto is_node = [&](Cell c) {
    const Step* first = nullptr;
    int count = 0;
    bool alike = true;
    for (int d = 0; d < 8; ++d) {
      Cell to = kNoCell;
      const Step* s = step_at(c, d, to);
      if (s == nullptr) continue;
      ++count;
      if (first == nullptr)
        first = s;
      else
        alike = alike && same(first, s);
    }
    return count != 2 || !alike;
  };
  std::vector<std::uint8_t> done(steps_.size(), 0);  // bits of the first four directions
  std::vector<Edge> out;
  const auto mark = [&](Cell c, int d, Cell to) {
    std::uint8_t& bits = done[static_cast<std::size_t>(d < 4 ? c : to)];
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(d % 4));
    const bool fresh = (bits & bit) == 0;
    bits = static_cast<std::uint8_t>(bits | bit);
    return fresh;
  };
  const auto follow = [&](Cell start, int d) {
    Cell to = kNoCell;
    const Step* s = step_at(start, d, to);
    if (s == nullptr || !mark(start, d, to)) return;
    Edge edge;
    edge.rank = s->rank;
    if (s->refs >= 0) edge.refs = ref_sets_[static_cast<std::size_t>(s->refs)];
    edge.cells = {start, to};
    while (!is_node(to) && to != start) {
      bool moved = false;
      for (int next = 0; next < 8 && !moved; ++next) {
        Cell beyond = kNoCell;
        if (step_at(to, next, beyond) == nullptr || !mark(to, next, beyond)) continue;
        edge.cells.push_back(beyond);
        to = beyond;
        moved = true;
      }
      if (!moved) break;
    }
    out.push_back(std::move(edge));
  };
  for (const bool nodes : {true, false})  // what is left after the nodes are rings
    for (Cell c = 0; static_cast<std::size_t>(c) < steps_.size(); ++c) {
      if (!used(c) || (nodes && !is_node(c))) continue;
      for (int d = 0; d < 8; ++d) follow(c, d);
    }
  return out;
}

std::vector<std::pair<int, int>> proximity_pairs(const std::vector<Point>& points, double longest,
                                                 Proximity kind) {
  std::vector<std::pair<int, int>> pairs;
  if (points.empty()) return pairs;
  double x0 = points[0].x, y0 = points[0].y, x1 = x0, y1 = y0;
  for (const Point& p : points) {
    x0 = std::min(x0, p.x);
    y0 = std::min(y0, p.y);
    x1 = std::max(x1, p.x);
    y1 = std::max(y1, p.y);
  }
  const auto nx = static_cast<std::size_t>((x1 - x0) / longest) + 1;
  const auto ny = static_cast<std::size_t>((y1 - y0) / longest) + 1;
  std::vector<std::vector<int>> buckets(nx * ny);
  const auto column = [&](Point p) { return static_cast<std::size_t>((p.x - x0) / longest); };
  const auto line = [&](Point p) { return static_cast<std::size_t>((p.y - y0) / longest); };
  for (std::size_t i = 0; i < points.size(); ++i)
    buckets[line(points[i]) * nx + column(points[i])].push_back(static_cast<int>(i));
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::vector<int> near;
    const std::size_t bx = column(points[i]), by = line(points[i]);
    for (std::size_t y = by > 0 ? by - 1 : 0; y <= std::min(ny - 1, by + 1); ++y)
      for (std::size_t x = bx > 0 ? bx - 1 : 0; x <= std::min(nx - 1, bx + 1); ++x)
        near.insert(near.end(), buckets[y * nx + x].begin(), buckets[y * nx + x].end());
    std::sort(near.begin(), near.end());
    for (const int j : near) {
      if (j <= static_cast<int>(i)) continue;
      const Point a = points[i], b = points[static_cast<std::size_t>(j)];
      const double d2 = distance2(a, b);
      if (d2 > longest * longest || d2 == 0) continue;
      const Point m{(a.x + b.x) / 2, (a.y + b.y) / 2};
      const bool empty = std::none_of(near.begin(), near.end(), [&](int k) {
        if (k == j || k == static_cast<int>(i)) return false;
        const Point c = points[static_cast<std::size_t>(k)];
        if (kind == Proximity::gabriel) return distance2(c, m) < d2 / 4;
        return std::max(distance2(a, c), distance2(b, c)) < d2;
      });
      if (empty) pairs.emplace_back(static_cast<int>(i), j);
    }
  }
  return pairs;
}

std::vector<Point> smooth_line(const Grid& grid, const std::vector<Cell>& cells,
                               double tolerance_m) {
  std::vector<Point> line;
  for (const Cell c : cells) line.push_back(grid.centre(c));
  if (line.size() < 3) return line;
  if (!(line.front() == line.back())) line = simplify(line, tolerance_m);
  for (int pass = 0; pass < 2 && line.size() > 2; ++pass) {
    std::vector<Point> cut{line.front()};
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const Point a = line[i], b = line[i + 1];
      if (i > 0) cut.push_back({0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y});
      if (i + 2 < line.size()) cut.push_back({0.25 * a.x + 0.75 * b.x, 0.25 * a.y + 0.75 * b.y});
    }
    cut.push_back(line.back());
    line = std::move(cut);
  }
  return line;
}

}  // namespace abatis::gather
