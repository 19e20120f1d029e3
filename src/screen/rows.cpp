#include "abatis/screen/rows.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/measures/trees.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis {
namespace {

constexpr double kSharpest = 4;  // of the offset, to where a bend is cut

// Unit vector to the left of a -> b; none where they are the same point.
Point left_of(Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length = std::hypot(dx, dy);
  return length > 0 ? Point{-dy / length, dx / length} : Point{};
}

double opacity(double coverage, double extinction, double density, double width) {
  return coverage * (1 - std::exp(-extinction * density * width));
}

}  // namespace

std::vector<Point> beside(const std::vector<Point>& line, double offset_m) {
  std::vector<Point> out;
  out.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Point before = i > 0 ? left_of(line[i - 1], line[i]) : Point{};
    const Point after = i + 1 < line.size() ? left_of(line[i], line[i + 1]) : Point{};
    const Point sum{before.x + after.x, before.y + after.y};
    const double size = std::hypot(sum.x, sum.y);
    if (size == 0) {
      out.push_back(line[i]);
      continue;
    }
    const Point way{sum.x / size, sum.y / size};
    const Point& one = before == Point{} ? after : before;
    const double across = way.x * one.x + way.y * one.y;
    const double reach = offset_m / std::max(across, 1 / kSharpest);
    out.push_back({line[i].x + reach * way.x, line[i].y + reach * way.y});
  }
  return out;
}

RowGrowth row_growth(const Catalogue& catalogue, const Measure& measure, double years) {
  if (years < measure.lead_years || measure.species < 0) return {};
  const auto species = static_cast<std::size_t>(measure.species);
  const ScreeningFigures& figures = catalogue.screening;
  const CrownFigures& crown = figures.crowns[species];
  RowGrowth now;
  now.height_m =
      tree_height_m(catalogue.trees[species], measure.stock_age + years - measure.lead_years);
  const double width = figures.crown_share * now.height_m;
  const double coverage = std::min(1.0, width / figures.row_spacing_m);
  now.leaf = opacity(coverage, figures.extinction, crown.leaf_density, width);
  now.bare = opacity(coverage, figures.extinction, crown.bare_density, width);
  return now;
}

double height_at(const Raster<float>& ground, Point p) {
  const Grid& grid = ground.grid;
  const auto place = [](double at, std::int32_t count) {
    return std::clamp(at, 0.0, static_cast<double>(count - 1));
  };
  const double x = place((p.x - grid.origin_x) / grid.cell - 0.5, grid.cols);
  const double y = place((grid.origin_y - p.y) / grid.cell - 0.5, grid.rows);
  const auto col = std::min(static_cast<std::int32_t>(x), std::max(grid.cols - 2, 0));
  const auto row = std::min(static_cast<std::int32_t>(y), std::max(grid.rows - 2, 0));
  const double u = x - col, v = y - row;
  const auto value = [&](std::int32_t r, std::int32_t c) {
    return static_cast<double>(
        ground[grid.at(std::min(r, grid.rows - 1), std::min(c, grid.cols - 1))]);
  };
  const double north = value(row, col) + u * (value(row, col + 1) - value(row, col));
  const double south = value(row + 1, col) + u * (value(row + 1, col + 1) - value(row + 1, col));
  return north + v * (south - north);
}

void add_row_needs(const Raster<float>& ground, const SightEnds& ends, double refraction,
                   const std::vector<Point>& row, std::vector<RowNeed>& into) {
  const double dx = ends.eye.x - ends.foot.x, dy = ends.eye.y - ends.foot.y;
  const double fall = (1 - refraction) / (2 * kEarthRadius) * (dx * dx + dy * dy);
  for (std::size_t i = 0; i + 1 < row.size(); ++i) {
    const double ex = row[i + 1].x - row[i].x, ey = row[i + 1].y - row[i].y;
    const double cross = dx * ey - dy * ex;
    if (cross == 0) continue;
    const double wx = row[i].x - ends.foot.x, wy = row[i].y - ends.foot.y;
    const double along = (wx * ey - wy * ex) / cross;  // share of the way from target to eye
    const double at = (wx * dy - wy * dx) / cross;     // share of the way along the row's piece
    if (!(along > 0 && along < 1 && at >= 0 && at <= 1)) continue;
    const Point p{ends.foot.x + along * dx, ends.foot.y + along * dy};
    const double stands = height_at(ground, p);
    if (std::isnan(stands)) continue;
    const double near = 1 - along;
    into.push_back({.base = along * ends.eye_m + near * ends.foot_m - stands - fall * along * near,
                    .slope = near});
  }
}

}  // namespace abatis
