#include <algorithm>
#include <cmath>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

double distance(Point a, Point b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

double distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double square = dx * dx + dy * dy;
  if (square == 0.0) return distance(p, a);
  const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0);
  return distance(p, {a.x + t * dx, a.y + t * dy});
}

}  // namespace

// Douglas & Peucker (1973), with a stack of our own: a long straight line must not recurse deeply.
std::vector<Point> simplify(const std::vector<Point>& line, double tolerance_m) {
  if (line.size() < 3) return line;
  std::vector<char> keep(line.size(), 0);
  keep.front() = keep.back() = 1;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double farthest = -1.0;
    std::size_t at = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double d = distance_to_segment(line[i], line[first], line[last]);
      if (d > farthest) {
        farthest = d;
        at = i;
      }
    }
    if (farthest > tolerance_m) {
      keep[at] = 1;
      open.emplace_back(first, at);
      open.emplace_back(at, last);
    }
  }
  std::vector<Point> kept;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i] != 0) kept.push_back(line[i]);
  }
  return kept;
}

std::vector<Point> substring(const std::vector<Point>& line, double from_m, double to_m) {
  std::vector<Point> part;
  const auto add = [&](Point p) {
    if (part.empty() || part.back() != p) part.push_back(p);
  };
  double start = 0.0;  // distance along the line of line[i]
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const Point a = line[i];
    const Point b = line[i + 1];
    const double length = distance(a, b);
    const double low = std::max(from_m, start);
    const double high = std::min(to_m, start + length);
    if (low < high) {
      const auto at = [&](double along) {
        const double t = (along - start) / length;
        return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
      };
      add(low == start ? a : at(low));
      add(high == start + length ? b : at(high));
    }
    start += length;
  }
  if (part.size() < 2) part.clear();
  return part;
}

}  // namespace abatis
