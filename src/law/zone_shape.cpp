#include "zone_shape.hpp"

#include <algorithm>
#include <cmath>

namespace abatis {
namespace {

Point minus(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
// Unit vector to the left of the way from a to b; nothing for two points in one place.
Point left_of(Point a, Point b) {
  const Point d = minus(b, a);
  const double length = std::hypot(d.x, d.y);
  if (length <= 0) return {0, 0};
  return {-d.y / length, d.x / length};
}

std::vector<Point> without_repeats(const std::vector<Point>& line) {
  std::vector<Point> out;
  for (const Point& p : line) {
    if (out.empty() || std::hypot(p.x - out.back().x, p.y - out.back().y) > 1e-6) out.push_back(p);
  }
  return out;
}

}  // namespace

std::vector<Point> moved_left(const std::vector<Point>& given, double by) {
  constexpr double kLeastCosine = 1.0 / 3;  // of half the turn at a corner
  const std::vector<Point> line = without_repeats(given);
  std::vector<Point> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Point before = i > 0 ? left_of(line[i - 1], line[i]) : Point{0, 0};
    const Point after = i + 1 < line.size() ? left_of(line[i], line[i + 1]) : Point{0, 0};
    Point n{before.x + after.x, before.y + after.y};
    const double length = std::hypot(n.x, n.y);
    if (length <= 1e-9)
      n = before;  // it turns back on itself
    else
      n = {n.x / length, n.y / length};
    const Point& along = i > 0 ? before : after;
    const double cosine = std::max(kLeastCosine, n.x * along.x + n.y * along.y);
    out.push_back({line[i].x + by / cosine * n.x, line[i].y + by / cosine * n.y});
  }
  return out;
}

std::vector<Point> band_around(const std::vector<Point>& line, double depth) {
  std::vector<Point> ring = moved_left(line, depth / 2);
  const std::vector<Point> right = moved_left(line, -depth / 2);
  ring.insert(ring.end(), right.rbegin(), right.rend());
  if (!ring.empty()) ring.push_back(ring.front());
  return ring;
}

std::vector<Point> coarse_box(const std::vector<Point>& ring, double grid) {
  if (ring.empty()) return {};
  double w = ring[0].x, e = w, s = ring[0].y, n = s;
  for (const Point& p : ring) {
    w = std::min(w, p.x);
    e = std::max(e, p.x);
    s = std::min(s, p.y);
    n = std::max(n, p.y);
  }
  w = std::floor(w / grid) * grid;
  s = std::floor(s / grid) * grid;
  e = std::max(w + grid, std::ceil(e / grid) * grid);
  n = std::max(s + grid, std::ceil(n / grid) * grid);
  return {{w, s}, {e, s}, {e, n}, {w, n}, {w, s}};
}

std::vector<std::vector<Point>> ticks_left(const std::vector<Point>& given, double every,
                                           double length) {
  const std::vector<Point> line = without_repeats(given);
  std::vector<std::vector<Point>> ticks;
  double next = every / 2;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point d = minus(line[i], line[i - 1]);
    const double piece = std::hypot(d.x, d.y);
    const Point n = left_of(line[i - 1], line[i]);
    for (; next <= piece; next += every) {
      const Point at{line[i - 1].x + d.x * next / piece, line[i - 1].y + d.y * next / piece};
      ticks.push_back({at, {at.x + n.x * length, at.y + n.y * length}});
    }
    next -= piece;
  }
  return ticks;
}

}  // namespace abatis
