#include "build_waterways.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "abatis/base/random.hpp"
#include "abatis/base/sort.hpp"
#include "build_fields.hpp"
#include "build_roads.hpp"

namespace abatis::gather {

namespace {

double distance_to_line(Point p, const std::vector<Point>& line) {
  double best = 1e300;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const Point a = line[i], b = line[i + 1];
    const double dx = b.x - a.x, dy = b.y - a.y, l2 = dx * dx + dy * dy;
    const double t = l2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / l2, 0.0, 1.0) : 0;
    best = std::min(best, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
  }
  return best;
}

// Name of the recipe's river whose course most of a chain's cells are near, "" for none.
std::string name_of(const Recipe& recipe, const Relief& relief, const std::vector<Cell>& chain) {
  constexpr double kNear_m = 2500;
  std::size_t best = 0;
  std::string name;
  for (std::size_t r = 0; r < recipe.rivers.size(); ++r) {
    std::size_t near = 0;
    for (const Cell c : chain)
      near += distance_to_line(relief.elevation_m.grid.centre(c), relief.river_courses[r]) < kNear_m
                  ? 1U
                  : 0U;
    if (near > best && 2 * near > chain.size()) {
      best = near;
      name = recipe.rivers[r].name;
    }
  }
  return name;
}

}  // namespace

Layer trace_waterways(const Recipe& recipe, const Relief& relief) {
  const Grid& g = relief.elevation_m.grid;
  Layer layer{.name = "waterways",
              .epsg = g.epsg,
              .field_names = {"class", "name", "quality"},
              .features = {}};
  const auto flows = [&](Cell c) { return relief.channel[c] != 0 && relief.water[c] != 1; };
  std::vector<std::uint8_t> feeders(g.size(), 0);
  for (const Cell c : relief.drainage.order) {
    const Cell to = relief.drainage.receiver[static_cast<std::size_t>(c)];
    if (to != kNoCell && flows(c) && relief.channel[c] == relief.channel[to])
      ++feeders[static_cast<std::size_t>(to)];
  }
  // A chain starts where no single like channel comes in, and ends at the next such place.
  for (Cell c = 0; static_cast<std::size_t>(c) < g.size(); ++c) {
    if (!flows(c)) continue;
    if (feeders[static_cast<std::size_t>(c)] == 1) continue;
    std::vector<Cell> chain{c};
    Cell at = c;
    while (true) {
      const Cell to = relief.drainage.receiver[static_cast<std::size_t>(at)];
      if (to == kNoCell) break;
      chain.push_back(to);
      if (!flows(to) || relief.channel[to] != relief.channel[c] ||
          feeders[static_cast<std::size_t>(to)] != 1)
        break;
      at = to;
    }
    if (chain.size() < 2) continue;
    const bool river = relief.channel[c] == 2;
    Feature feature;
    feature.geometry.kind = GeometryKind::line;
    feature.geometry.parts.push_back(smooth_line(g, chain, 0.6 * g.cell));
    feature.fields = {std::string(river ? "river" : "stream"),
                      river ? name_of(recipe, relief, chain) : std::string(),
                      std::string(river ? "schematic" : "synthetic")};
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

namespace {

struct Block {
  std::int64_t i, j;
  Bounds box;
  double score;
};

// How well a block suits field drains, and whether it does at all.
double suits(const Recipe& recipe, const Relief& relief, const Ground& ground, const Block& b) {
  const Grid& g = relief.elevation_m.grid;
  double score = 0;
  int cells = 0, good = 0;
  for (double y = b.box.min_y + g.cell; y < b.box.max_y; y += 2 * g.cell)
    for (double x = b.box.min_x + g.cell; x < b.box.max_x; x += 2 * g.cell) {
      const auto cell = g.cell_at({x, y});
      if (!cell) continue;
      ++cells;
      const std::uint8_t cover = ground.cover[*cell];
      const std::uint8_t soil = ground.soil[*cell];
      if (cover != kFarmland && cover != kMeadow && cover != kMarsh) continue;
      ++good;
      score += static_cast<double>(ground.heaviness[*cell]) +
               (soil >= kOL && soil <= kPt ? 1.5 : 0) -
               0.45 * static_cast<double>(relief.slope_percent[*cell]);
    }
  if (cells == 0 || 10 * good < 4 * cells) return -1e9;
  return score / cells +
         0.5 * hashed_uniform(stream_seed(recipe.seed, Stream::ditch_pick), b.i, b.j);
}

// The longest run along a line where a ditch can be dug; empty when under `least_m`.
std::vector<Point> diggable(const Relief& relief, const Ground& ground, Point from, Point to,
                            double least_m) {
  const Grid& g = relief.elevation_m.grid;
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const int steps = std::max(2, static_cast<int>(length / (g.cell / 2)));
  int best_start = 0, best_end = -1, start = 0;
  for (int s = 0; s <= steps + 1; ++s) {
    bool good = false;
    if (s <= steps) {
      const double t = static_cast<double>(s) / steps;
      const auto cell = g.cell_at({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
      if (cell) {
        const std::uint8_t cover = ground.cover[*cell];
        good = (cover == kFarmland || cover == kMeadow || cover == kMarsh) &&
               relief.slope_percent[*cell] < 5.0F && relief.channel[*cell] != 2;
      }
    }
    if (good) continue;
    if (s - 1 - start > best_end - best_start) {
      best_start = start;
      best_end = s - 1;
    }
    start = s + 1;
  }
  if ((best_end - best_start) * length / steps < least_m) return {};
  const auto at = [&](int s) {
    const double t = static_cast<double>(s) / steps;
    return Point{from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
  };
  return {at(best_start), at((best_start + best_end) / 2), at(best_end)};
}

}  // namespace

Layer draw_ditches(const Recipe& recipe, const Relief& relief, const Ground& ground) {
  const Grid& g = relief.elevation_m.grid;
  Layer layer{
      .name = "ditches", .epsg = g.epsg, .field_names = {"class", "quality"}, .features = {}};
  constexpr double kSide = 3000, kShortest = 800;
  const double km2 = static_cast<double>(g.size()) * g.cell * g.cell / 1e6;
  const double wanted_m = recipe.shares.ditch_km_per_km2 * km2 * 1000;
  std::vector<Block> blocks;
  const Bounds b = g.bounds();
  const auto index = [&](double v) { return static_cast<std::int64_t>(std::floor(v / kSide)); };
  for (std::int64_t j = index(b.min_y); j <= index(b.max_y); ++j)
    for (std::int64_t i = index(b.min_x); i <= index(b.max_x); ++i) {
      const double x = static_cast<double>(i) * kSide, y = static_cast<double>(j) * kSide;
      Block block{i, j, {x, y, x + kSide, y + kSide}, 0};
      block.score = suits(recipe, relief, ground, block);
      if (block.score > -1e8) blocks.push_back(block);
    }
  sort_stably(blocks, [](const Block& a, const Block& c) { return a.score > c.score; });
  const std::uint64_t seed = stream_seed(recipe.seed, Stream::ditch);
  const std::uint64_t angle_seed = stream_seed(recipe.seed, Stream::field_angle);
  double drawn_m = 0;
  for (const Block& block : blocks) {
    if (drawn_m >= wanted_m) break;
    // Fields keep their direction over some blocks.
    const double angle = 3.14159265358979 * hashed_uniform(angle_seed, block.i / 3, block.j / 3);
    const double ux = std::cos(angle), uy = std::sin(angle);
    const double spacing = 300 + 300 * hashed_uniform(angle_seed, block.i, 2 * block.j + 1);
    const Point centre{(block.box.min_x + block.box.max_x) / 2,
                       (block.box.min_y + block.box.max_y) / 2};
    const int lines = static_cast<int>(kSide / spacing / 2);
    // A collector across the block, and laterals that end at it from either side.
    for (int k = -lines; k <= lines + 1; ++k) {
      const bool collector = k == lines + 1;
      const auto draw = [&](int n) {
        return hashed_uniform(seed + static_cast<std::uint64_t>(n), block.i * 64 + k, block.j);
      };
      if (draw(0) < 0.2) continue;
      const double along = collector ? 0 : k * spacing + 0.5 * spacing * (draw(1) - 0.5);
      const double half = collector ? 1100 + 400 * draw(2) : 400 + 700 * draw(2);
      const double shift = collector ? 0 : (draw(3) < 0.5 ? -half : half);
      const double tilt = 0.12 * (draw(4) - 0.5);
      const double wx = collector ? -uy : ux, wy = collector ? ux : uy;
      const Point m{centre.x - uy * along + ux * shift, centre.y + ux * along + uy * shift};
      const double vx = wx - wy * tilt, vy = wy + wx * tilt;
      auto run = diggable(relief, ground, {m.x - half * vx, m.y - half * vy},
                          {m.x + half * vx, m.y + half * vy}, kShortest);
      if (run.empty()) continue;
      // Downhill first to last, with a slight bend in the middle.
      const auto z = [&](Point p) { return relief.elevation_m[*g.cell_at(p)]; };
      if (z(run.front()) < z(run.back())) std::reverse(run.begin(), run.end());
      run[1].x += 40 * (draw(5) - 0.5);
      run[1].y += 40 * (draw(6) - 0.5);
      drawn_m += std::hypot(run[2].x - run[0].x, run[2].y - run[0].y);
      layer.features.push_back({{GeometryKind::line, {std::move(run)}},
                                {std::string("ditch"), std::string("synthetic")}});
    }
  }
  return layer;
}

}  // namespace abatis::gather
