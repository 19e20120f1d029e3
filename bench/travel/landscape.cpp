#include "landscape.hpp"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"
#include "noise.hpp"

namespace abatis::bench {
namespace {

constexpr double kCell = 30.0;  // m
constexpr float kImpassable = std::numeric_limits<float>::quiet_NaN();

// Made-up speeds; nothing but this benchmark reads them.
constexpr float seconds_per_cell(double mps) {
  return static_cast<float>(kCell / mps);
}
constexpr float kMainRoad = seconds_per_cell(22.0);
constexpr float kRoad = seconds_per_cell(13.0);
constexpr float kTrack = seconds_per_cell(6.0);
constexpr float kOpen = seconds_per_cell(5.0);

// A line from a to b that wanders: midpoints displaced sideways by up to `wander` of the length.
void wander_to(Point a, Point b, double wander, Random& random, std::vector<Point>& line) {
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  if (length < 6 * kCell) {
    line.push_back(b);
    return;
  }
  const double off = random.uniform(-wander, wander);
  const Point middle{(a.x + b.x) / 2 - (b.y - a.y) * off, (a.y + b.y) / 2 + (b.x - a.x) * off};
  wander_to(a, middle, wander, random, line);
  wander_to(middle, b, wander, random, line);
}

struct Net {
  std::uint64_t seed;
  std::int32_t spacing;  // cells between neighbouring knots
  double kept;           // share of links that exist
  double wander;
};

// A net of wandering lines between the jittered knots of a square lattice; draw(link, line).
template <class Draw>
void draw_net(const Grid& grid, const Net& net, Draw draw) {
  const double step = net.spacing * kCell;
  const auto knot = [&](std::int32_t r, std::int32_t c) {
    const double jitter_x = hashed_uniform(net.seed, c, r);
    const double jitter_y = hashed_uniform(net.seed + 1, c, r);
    return Point{grid.origin_x + (c + 0.15 + 0.7 * jitter_x) * step,
                 grid.origin_y - (r + 0.15 + 0.7 * jitter_y) * step};
  };
  const std::int32_t knots = grid.rows / net.spacing + 1;
  for (std::int32_t r = -1; r < knots; ++r) {
    for (std::int32_t c = -1; c < knots; ++c) {
      for (const auto& [dr, dc] : {std::pair{0, 1}, std::pair{1, 0}}) {
        const auto link = static_cast<std::uint64_t>((r + 1) * (knots + 1) + c + 1) * 2 +
                          static_cast<std::uint64_t>(dr);
        Random random(net.seed + 2, link);
        if (random.uniform() >= net.kept) continue;
        std::vector<Point> line = {knot(r, c)};
        wander_to(line.front(), knot(r + dr, c + dc), net.wander, random, line);
        draw(random.uniform(), line);
      }
    }
  }
}

void ground(Raster<float>& friction, Raster<float>* elevation, std::uint64_t seed) {
  const std::int32_t size = friction.grid.rows;
  const Noise relief(seed, size, 512, 8);
  const Noise wood(seed + 1000, size, 256, 4);
  const Noise soil(seed + 2000, size, 64, 2);
  parallel_for(static_cast<std::size_t>(size), 0, [&](std::size_t row) {
    const auto r = static_cast<std::int32_t>(row);
    std::vector<float> height(static_cast<std::size_t>(size), 0.0F);
    std::vector<float> trees = height;
    std::vector<float> wet = height;
    relief.add_row(r, 1.0F, height);
    wood.add_row(r, 1.0F, trees);
    soil.add_row(r, 1.0F, wet);
    for (std::size_t c = 0; c < height.size(); ++c) {
      float& f = friction.values[row * height.size() + c];
      f = kOpen * (0.7F + 0.6F * wet[c]);
      if (trees[c] > 0.52F) f *= 1.5F + 8.0F * (trees[c] - 0.52F);
      if (height[c] < 0.42F && wet[c] > 0.55F) f *= 4.0F;
      if (height[c] < 0.31F) f = kImpassable;
      if (elevation != nullptr) {
        elevation->values[row * height.size() + c] = 40.0F + 250.0F * height[c];
      }
    }
  });
}

void paint(Raster<float>& friction, const std::vector<Point>& line, float value) {
  for (const Cell c : cells_of_line(friction.grid, line)) friction[c] = value;
}

void paint_dry(Raster<float>& friction, const std::vector<Point>& line, float value) {
  for (const Cell c : cells_of_line(friction.grid, line)) {
    if (!std::isnan(friction[c])) friction[c] = value;
  }
}

}  // namespace

Landscape made_landscape(std::int32_t size, std::uint64_t seed, bool elevation) {
  const Grid grid{.epsg = 3346,
                  .origin_x = 300000,
                  .origin_y = 6250000,
                  .cell = kCell,
                  .rows = size,
                  .cols = size};
  Landscape land{.friction = Raster<float>(grid, kOpen), .elevation = {}};
  if (elevation) land.elevation = Raster<float>(grid, 0.0F);
  ground(land.friction, elevation ? &land.elevation : nullptr, seed);
  // Tracks end at lakes and rivers; roads, drawn last, bridge them.
  draw_net(grid, {.seed = seed + 4000, .spacing = 37, .kept = 0.5, .wander = 0.15},
           [&](double, const std::vector<Point>& line) { paint_dry(land.friction, line, kTrack); });
  draw_net(
      grid, {.seed = seed + 3000, .spacing = 290, .kept = 0.55, .wander = 0.25},
      [&](double, const std::vector<Point>& line) { paint(land.friction, line, kImpassable); });
  draw_net(grid, {.seed = seed + 5000, .spacing = 110, .kept = 0.85, .wander = 0.12},
           [&](double kind, const std::vector<Point>& line) {
             paint(land.friction, line, kind < 0.3 ? kMainRoad : kRoad);
           });
  land.source = middle_source(land.friction, kRoad);
  return land;
}

Cell middle_source(const Raster<float>& friction, float road_friction) {
  const Grid& grid = friction.grid;
  for (const float at_most : {road_friction, std::numeric_limits<float>::max()}) {
    Cell best = kNoCell;
    double nearest = std::numeric_limits<double>::infinity();
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (!(friction[c] <= at_most)) continue;
      const double off = std::hypot(grid.row_of(c) - grid.rows / 2, grid.col_of(c) - grid.cols / 2);
      if (off < nearest) {
        nearest = off;
        best = c;
      }
    }
    if (best != kNoCell) return best;
  }
  return kNoCell;
}

}  // namespace abatis::bench
