#include "abatis/geo/layer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"

namespace abatis {
namespace {

using Ring = std::vector<Point>;

Bounds bounds_of_points(const Ring& ring) {
  Bounds b{kInfinity, kInfinity, -kInfinity, -kInfinity};
  for (const Point& p : ring) {
    b.min_x = std::min(b.min_x, p.x);
    b.min_y = std::min(b.min_y, p.y);
    b.max_x = std::max(b.max_x, p.x);
    b.max_y = std::max(b.max_y, p.y);
  }
  return b;
}

// Positive when anticlockwise. Relative to the first point, so that metres far from the origin of
// the CRS lose no digits.
double signed_area(const Ring& ring) {
  double twice = 0.0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
             (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
  }
  return 0.5 * twice;
}

// Number of ring edges to the left of p (towards smaller x); an edge counts when p.y is in
// [lower y, upper y), so that a vertex is never counted twice.
std::size_t crossings_left_of(const Ring& ring, Point p) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i];
    const Point b = ring[i + 1];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    const double x = a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x);
    if (x <= p.x) ++count;
  }
  return count;
}

// A point strictly inside a simple ring: on a level halfway between two vertex levels, the middle
// of the widest stretch that is inside.
Point interior_point(const Ring& ring) {
  std::vector<double> levels;
  levels.reserve(ring.size());
  for (const Point& p : ring) levels.push_back(p.y);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  if (levels.size() < 2) return ring.front();
  const std::size_t middle = (levels.size() - 1) / 2;
  const double y = 0.5 * (levels[middle] + levels[middle + 1]);
  std::vector<double> xs;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i];
    const Point b = ring[i + 1];
    if ((a.y > y) == (b.y > y)) continue;
    xs.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
  }
  std::sort(xs.begin(), xs.end());
  Point best{ring.front().x, y};
  double widest = -1.0;
  for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
    if (xs[i + 1] - xs[i] > widest) {
      widest = xs[i + 1] - xs[i];
      best.x = 0.5 * (xs[i] + xs[i + 1]);
    }
  }
  return best;
}

struct Nesting {
  std::vector<std::size_t> order;   // rings by descending area
  std::vector<double> areas;        // absolute, by ring
  std::vector<std::size_t> depth;   // number of rings around each
  std::vector<std::size_t> parent;  // the smallest ring around each, or kNone
};
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A ring lies in another exactly when a point strictly inside it does and the other is larger.
Nesting nesting_of(const std::vector<Ring>& rings) {
  Nesting n;
  n.order.resize(rings.size());
  std::iota(n.order.begin(), n.order.end(), std::size_t{0});
  n.areas.resize(rings.size());
  n.depth.assign(rings.size(), 0);
  n.parent.assign(rings.size(), kNone);
  for (std::size_t i = 0; i < rings.size(); ++i) n.areas[i] = std::abs(signed_area(rings[i]));
  if (rings.size() < 2) return n;
  std::sort(n.order.begin(), n.order.end(), [&](std::size_t a, std::size_t b) {
    return n.areas[a] != n.areas[b] ? n.areas[a] > n.areas[b] : a < b;
  });
  std::vector<Bounds> boxes;
  boxes.reserve(rings.size());
  for (const Ring& ring : rings) boxes.push_back(bounds_of_points(ring));
  for (std::size_t k = 1; k < n.order.size(); ++k) {
    const std::size_t inner = n.order[k];
    if (rings[inner].size() < 4) continue;
    const Point p = interior_point(rings[inner]);
    for (std::size_t j = 0; j < k; ++j) {
      const std::size_t outer = n.order[j];
      if (!boxes[outer].contains(p) || crossings_left_of(rings[outer], p) % 2 == 0) continue;
      ++n.depth[inner];
      n.parent[inner] = outer;  // later ones are smaller
    }
  }
  return n;
}

// Liang & Barsky (1984): does the segment meet the box?
bool segment_meets(Point a, Point b, const Bounds& box) {
  double low = 0.0;
  double high = 1.0;
  const std::array<double, 4> p{a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
  const std::array<double, 4> q{a.x - box.min_x, box.max_x - a.x, a.y - box.min_y, box.max_y - a.y};
  for (std::size_t i = 0; i < 4; ++i) {
    if (p[i] == 0.0) {
      if (q[i] < 0.0) return false;
    } else if (p[i] < 0.0) {
      low = std::max(low, q[i] / p[i]);
    } else {
      high = std::min(high, q[i] / p[i]);
    }
  }
  return low <= high;
}

}  // namespace

Bounds bounds_of(const Geometry& geometry) {
  Bounds all{kInfinity, kInfinity, -kInfinity, -kInfinity};
  for (const Ring& part : geometry.parts) {
    const Bounds b = bounds_of_points(part);
    all = {std::min(all.min_x, b.min_x), std::min(all.min_y, b.min_y), std::max(all.max_x, b.max_x),
           std::max(all.max_y, b.max_y)};
  }
  return all;
}

double length_of(const Geometry& geometry) {
  double length = 0.0;
  if (geometry.kind == GeometryKind::point) return length;
  for (const Ring& part : geometry.parts) {
    for (std::size_t i = 0; i + 1 < part.size(); ++i) {
      length += std::hypot(part[i + 1].x - part[i].x, part[i + 1].y - part[i].y);
    }
  }
  return length;
}

double area_of(const Geometry& geometry) {
  if (geometry.kind != GeometryKind::polygon) return 0.0;
  const Nesting n = nesting_of(geometry.parts);
  double area = 0.0;
  for (std::size_t i = 0; i < geometry.parts.size(); ++i) {
    area += n.depth[i] % 2 == 0 ? n.areas[i] : -n.areas[i];
  }
  return area;
}

bool contains(const Geometry& polygon, Point p) {
  if (polygon.kind != GeometryKind::polygon) return false;
  std::size_t crossings = 0;
  for (const Ring& ring : polygon.parts) crossings += crossings_left_of(ring, p);
  return crossings % 2 == 1;
}

std::vector<std::vector<Ring>> simple_polygons(const Geometry& polygon) {
  std::vector<Ring> rings;
  for (const Ring& ring : polygon.parts) {
    if (ring.size() >= 4) rings.push_back(ring);
  }
  const Nesting n = nesting_of(rings);
  std::vector<std::vector<Ring>> polygons;
  std::vector<std::size_t> place(rings.size(), kNone);
  const auto oriented = [&](std::size_t i, bool anticlockwise) {
    Ring ring = rings[i];
    if ((signed_area(ring) > 0.0) != anticlockwise) std::reverse(ring.begin(), ring.end());
    return ring;
  };
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (n.depth[i] % 2 != 0) continue;
    place[i] = polygons.size();
    polygons.push_back({oriented(i, true)});
  }
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (n.depth[i] % 2 == 0) continue;
    polygons[place[n.parent[i]]].push_back(oriented(i, false));
  }
  return polygons;
}

bool touches(const Geometry& geometry, const Bounds& bounds) {
  for (const Ring& part : geometry.parts) {
    if (geometry.kind == GeometryKind::point) {
      if (std::any_of(part.begin(), part.end(), [&](Point p) { return bounds.contains(p); })) {
        return true;
      }
      continue;
    }
    for (std::size_t i = 0; i + 1 < part.size(); ++i) {
      if (segment_meets(part[i], part[i + 1], bounds)) return true;
    }
  }
  return contains(geometry,
                  {0.5 * (bounds.min_x + bounds.max_x), 0.5 * (bounds.min_y + bounds.max_y)});
}

int Layer::field(std::string_view field_name) const {
  for (std::size_t i = 0; i < field_names.size(); ++i) {
    if (field_names[i] == field_name) return static_cast<int>(i);
  }
  return -1;
}

std::string Layer::text(const Feature& feature, std::string_view field_name) const {
  const int index = field(field_name);
  if (index < 0 || static_cast<std::size_t>(index) >= feature.fields.size()) return {};
  const FieldValue& value = feature.fields[static_cast<std::size_t>(index)];
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  if (const auto* i = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *i);
  if (const auto* d = std::get_if<double>(&value)) return fmt::format("{}", *d);
  return {};
}

double Layer::number(const Feature& feature, std::string_view field_name, double fallback) const {
  const int index = field(field_name);
  if (index < 0 || static_cast<std::size_t>(index) >= feature.fields.size()) return fallback;
  const FieldValue& value = feature.fields[static_cast<std::size_t>(index)];
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&value)) return *d;
  return fallback;
}

}  // namespace abatis
