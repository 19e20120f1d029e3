#include "lonlat_box.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"

namespace abatis {
namespace {

// Outline of a box in degrees, dense enough that its bounds hold in the grid's CRS.
std::vector<Point> outline(const std::vector<double>& lon, const std::vector<double>& lat) {
  constexpr int kSteps = 16;
  std::vector<Point> points;
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    const double x = lon[0] + t * (lon[1] - lon[0]), y = lat[0] + t * (lat[1] - lat[0]);
    points.insert(points.end(), {{x, lat[0]}, {x, lat[1]}, {lon[0], y}, {lon[1], y}});
  }
  return points;
}

}  // namespace

Result<Bounds> box_on_grid(const Grid& grid, const std::vector<double>& lon,
                           const std::vector<double>& lat) {
  ABATIS_TRY(const std::vector<Point> points, transform(outline(lon, lat), kWgs84, grid.epsg));
  Bounds b{points.front().x, points.front().y, points.front().x, points.front().y};
  for (const Point& p : points) {
    b = {std::min(b.min_x, p.x), std::min(b.min_y, p.y), std::max(b.max_x, p.x),
         std::max(b.max_y, p.y)};
  }
  return b;
}

bool in_order(TableReader& r, std::string_view key, const std::vector<double>& range) {
  if (range[0] < range[1]) return true;
  r.error(key, fmt::format("expected [low, high], got {:g} to {:g}", range[0], range[1]));
  return false;
}

std::string region_text(const Grid& grid) {
  const Bounds b = grid.bounds();
  return fmt::format("the region is x {:.0f}..{:.0f} km, y {:.0f}..{:.0f} km in EPSG:{}",
                     b.min_x / 1000, b.max_x / 1000, b.min_y / 1000, b.max_y / 1000, grid.epsg);
}

}  // namespace abatis
