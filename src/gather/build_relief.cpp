#include "build_relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "abatis/geo/rasterize.hpp"
#include "build_fields.hpp"

namespace abatis::gather {

namespace {

struct Spot {
  Point at;
  double height_m;
};

// Spot heights are matched by a surface added to the field: Shepard's interpolation in Franke and
// Little's form (weights ((R - d)+ / (R d))^2, exact at the spots), faded by a constant of weight
// so that far from any spot nothing is added. O(spots x cells within R).
void honour_spots(Raster<float>& z, const std::vector<Spot>& spots, double radius_m,
                  double pull_to_zero) {
  const Grid& g = z.grid;
  std::vector<double> weights(g.size(), 0), sums(g.size(), 0);
  const auto reach = static_cast<std::int32_t>(radius_m / g.cell) + 1;
  const auto at_spot = [&](Point p) {  // the field at the spot, or nearest inside the region
    const Bounds b = g.bounds().grown(-g.cell / 2);
    return z[*g.cell_at({std::clamp(p.x, b.min_x, b.max_x), std::clamp(p.y, b.min_y, b.max_y)})];
  };
  for (const Spot& spot : spots) {
    const double wanted = spot.height_m - static_cast<double>(at_spot(spot.at));
    const auto col = static_cast<std::int32_t>(std::floor((spot.at.x - g.origin_x) / g.cell));
    const auto row = static_cast<std::int32_t>(std::floor((g.origin_y - spot.at.y) / g.cell));
    for (std::int32_t r = std::max(0, row - reach); r <= std::min(g.rows - 1, row + reach); ++r)
      for (std::int32_t c = std::max(0, col - reach); c <= std::min(g.cols - 1, col + reach); ++c) {
        const double d = std::max(0.01, std::hypot(r - row, c - col)) * g.cell;
        if (d >= radius_m) continue;
        const double w = (radius_m - d) / (radius_m * d);
        const auto i = static_cast<std::size_t>(g.at(r, c));
        weights[i] += w * w;
        sums[i] += w * w * wanted;
      }
  }
  const double rest = pull_to_zero / (radius_m * radius_m);
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0) z.values[i] += static_cast<float>(sums[i] / (weights[i] + rest));
}

void burn_water(const Inputs& inputs, Raster<std::uint8_t>& water) {
  for (const Feature& f : inputs.rivers.features)
    for_each_cell_inside(water.grid, f.geometry, [&](Cell c) { water[c] = 2; });
  for (const Feature& f : inputs.lakes.features)
    for_each_cell_inside(water.grid, f.geometry, [&](Cell c) { water[c] = 1; });
}

// A river narrower than a cell has few cell centres inside: its course is what its banks pass.
void mark_river_banks(const Layer& rivers, const Grid& g, std::vector<std::uint8_t>& mark) {
  for (const Feature& f : rivers.features)
    for (const auto& ring : f.geometry.parts)
      for (const Cell c : cells_of_line(g, ring)) mark[static_cast<std::size_t>(c)] = 1;
}

// Lowering along a line, deepest on it and gone at three radii, so that flow finds the valley.
void lower_along(const std::vector<Point>& line, double depth_m, double radius_m,
                 Raster<float>& lowering) {
  const Grid& g = lowering.grid;
  const auto reach = static_cast<std::int32_t>(2.5 * radius_m / g.cell) + 1;
  const double step = radius_m / 2;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const double length = std::hypot(line[k + 1].x - line[k].x, line[k + 1].y - line[k].y);
    const int pieces = std::max(1, static_cast<int>(length / step));
    for (int s = 0; s <= pieces; ++s) {
      const double t = static_cast<double>(s) / pieces;
      const double x = line[k].x + t * (line[k + 1].x - line[k].x);
      const double y = line[k].y + t * (line[k + 1].y - line[k].y);
      const auto col = static_cast<std::int32_t>(std::floor((x - g.origin_x) / g.cell));
      const auto row = static_cast<std::int32_t>(std::floor((g.origin_y - y) / g.cell));
      for (std::int32_t r = std::max(0, row - reach); r <= std::min(g.rows - 1, row + reach); ++r)
        for (std::int32_t c = std::max(0, col - reach); c <= std::min(g.cols - 1, col + reach);
             ++c) {
          const double d = std::hypot(r - row, c - col) * g.cell / radius_m;
          float& here = lowering[g.at(r, c)];
          here = std::max(here, static_cast<float>(depth_m * std::exp(-d * d)));
        }
    }
  }
}

// Cells at the region's edge where water leaves; where a large drainage line enters, the lowest
// cell of the edge near it takes in the catchment above, and the edge is closed about it.
struct Edge {
  std::vector<std::uint8_t> outlets;
  std::vector<float> inflow_km2;
};

Edge open_edge(const Inputs& inputs, const Raster<float>& surface) {
  const Grid& g = inputs.grid;
  constexpr double kLargeRiver_km2 = 300, kNear_m = 7000, kClosed_m = 4000;
  Edge edge{std::vector<std::uint8_t>(g.size(), 0), std::vector<float>(g.size(), 0)};
  std::vector<Cell> rim;
  for (std::int32_t r = 0; r < g.rows; ++r)
    for (std::int32_t c = 0; c < g.cols; ++c)
      if (r == 0 || c == 0 || r == g.rows - 1 || c == g.cols - 1) rim.push_back(g.at(r, c));
  for (const Cell c : rim) edge.outlets[static_cast<std::size_t>(c)] = 1;
  const Bounds b = g.bounds();
  const auto apart = [](Point p, Point q) { return std::hypot(p.x - q.x, p.y - q.y); };
  for (const DrainageLine& line : inputs.drainage) {
    if (line.area_km2 < kLargeRiver_km2 || b.contains(line.from) || !b.contains(line.to)) continue;
    Cell entry = kNoCell;
    for (const Cell c : rim) {
      const Point p = g.centre(c);
      if (std::min(apart(p, line.to), apart(p, line.from)) > kNear_m) continue;
      if (entry == kNoCell || surface[c] < surface[entry]) entry = c;
    }
    if (entry == kNoCell) continue;
    float& inflow = edge.inflow_km2[static_cast<std::size_t>(entry)];
    inflow = std::max(inflow, static_cast<float>(line.area_km2));
    for (const Cell c : rim)
      if (apart(g.centre(c), g.centre(entry)) < kClosed_m)
        edge.outlets[static_cast<std::size_t>(c)] = 0;
  }
  return edge;
}

// Everything make_relief works on, step by step.
struct ReliefWork {
  const Recipe& recipe;
  const Inputs& inputs;
  const Gazetteer& places;
  int threads;
  Grid grid;
  Relief out;
  std::vector<Spot> spots;
  std::vector<std::uint8_t> river;  // river areas and what their banks pass
};

Status base_surface(ReliefWork& w) {
  const Grid& g = w.grid;
  Raster<float>& z = w.out.elevation_m;
  z = blurred(w.inputs.coarse_m, 3000, w.threads);
  honour_spots(z, w.spots, 40'000, 3.0);
  z = blurred(z, 2500, w.threads);
  ABATIS_TRY(const auto hills, tendency_centres(w.recipe.hills, g.epsg));
  const auto seed = stream_seed(w.recipe.seed, Stream::relief);
  const auto detail = noise(g, seed, w.recipe.relief_wavelength_m, 6, 0.68, w.threads);
  const auto rough =
      noise(g, stream_seed(w.recipe.seed, Stream::roughness), 16'000, 2, 0.5, w.threads);
  const double amplitude = w.recipe.relief_amplitude_m;
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const double hilly = tendency_at(w.recipe.hills, hills, g.centre(static_cast<Cell>(i)));
    const double factor =
        std::clamp(0.55 + hilly + 0.15 * static_cast<double>(rough.values[i]), 0.12, 5.0);
    z.values[i] += static_cast<float>(amplitude * factor * static_cast<double>(detail.values[i]));
  });
  honour_spots(z, w.spots, 6'000, 4.0);
  return {};
}

// Bends schematic lines by a smooth random field, so that they wander as rivers do.
class Warp {
 public:
  Warp(std::uint64_t seed, const Grid& grid, int threads)
      : x_(noise(grid, stream_seed(seed, Stream::warp_x), 5'000, 3, 0.6, threads)),
        y_(noise(grid, stream_seed(seed, Stream::warp_y), 5'000, 3, 0.6, threads)) {}

  // Points every 250 m, moved; with `ends_stay` the given points keep their places.
  std::vector<Point> line(const std::vector<Point>& points, bool ends_stay) const {
    constexpr double kStep_m = 250, kMove_m = 650;
    std::vector<Point> out;
    for (std::size_t k = 0; k + 1 < points.size(); ++k) {
      const Point a = points[k], b = points[k + 1];
      const int pieces = std::max(1, static_cast<int>(std::hypot(b.x - a.x, b.y - a.y) / kStep_m));
      for (int s = k == 0 ? 0 : 1; s <= pieces; ++s) {
        const double t = static_cast<double>(s) / pieces;
        const Point p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        const double fade = ends_stay ? std::min(1.0, 4 * std::min(t, 1 - t)) : 1.0;
        const auto cell = x_.grid.cell_at(p);
        const double dx = cell ? static_cast<double>(x_[*cell]) : 0;
        const double dy = cell ? static_cast<double>(y_[*cell]) : 0;
        out.push_back({p.x + fade * kMove_m * dx, p.y + fade * kMove_m * dy});
      }
    }
    return out;
  }

 private:
  Raster<float> x_, y_;
};

Point middle_of(const Geometry& polygon) {
  const Bounds b = bounds_of(polygon);
  return {(b.min_x + b.max_x) / 2, (b.min_y + b.max_y) / 2};
}

// A course through the mapped river areas on its way: the package has large rivers in fragments,
// which tell where the river is better than the straight line between two towns does. Areas far
// aside, or that would turn the course back on itself, are left out.
std::vector<Point> through_mapped_areas(const std::vector<Point>& course, const Layer& rivers) {
  std::vector<Point> out;
  for (std::size_t k = 0; k + 1 < course.size(); ++k) {
    const Point a = course[k], b = course[k + 1];
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    const double aside = std::min(8000.0, 0.4 * length);
    std::vector<std::pair<double, Point>> found;
    for (const Feature& f : rivers.features) {
      const Point p = middle_of(f.geometry);
      const double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (length * length);
      const double d = std::abs((p.x - a.x) * dy - (p.y - a.y) * dx) / length;
      if (t > 0.03 && t < 0.97 && d < aside) found.emplace_back(t, p);
    }
    sort_stably(found, [](const auto& l, const auto& r) { return l.first < r.first; });
    out.push_back(a);
    for (const auto& [t, p] : found) {
      const Point last = out.back();
      const double forward = ((p.x - last.x) * dx + (p.y - last.y) * dy) / length;
      if (forward > 0.35 * std::hypot(p.x - last.x, p.y - last.y)) out.push_back(p);
    }
  }
  out.push_back(course.back());
  return out;
}

// The surface that water is routed on: rivers, lakes, known courses and drainage lines lowered.
Result<Raster<float>> routing_surface(ReliefWork& w) {
  const Grid& g = w.grid;
  Raster<float> lowering(g, 0.0F);
  const Warp warp(w.recipe.seed, g, w.threads);
  for (const DrainageLine& line : w.inputs.drainage) {
    if (line.area_km2 < 50) continue;
    const double depth = std::clamp(2.0 * std::log2(line.area_km2 / 25), 2.0, 10.0);
    lower_along(warp.line({line.from, line.to}, false), depth, 1200, lowering);
  }
  for (const RiverFact& river : w.recipe.rivers) {
    std::vector<Point> course;
    for (const Stop& stop : river.past) {
      ABATIS_TRY(const Point p, w.places.find(stop));
      course.push_back(p);
    }
    course = warp.line(through_mapped_areas(course, w.inputs.rivers), true);
    lower_along(course, 60, 350, lowering);
    w.out.river_courses.push_back(std::move(course));
  }
  Raster<float> surface = w.out.elevation_m;
  for (std::size_t i = 0; i < g.size(); ++i) {
    surface.values[i] -= lowering.values[i];
    if (w.river[i] != 0)
      surface.values[i] -= 70;
    else if (w.out.water.values[i] == 1)
      surface.values[i] -= 12;
  }
  return surface;
}

// The catchment from which `km_per_km2` of channels are drawn.
double channel_area_km2(const ReliefWork& w, double km_per_km2) {
  const Grid& g = w.grid;
  const double km2 = static_cast<double>(g.size()) * g.cell * g.cell / 1e6;
  // A step along the flow is 1.2 cells long on average (straight and diagonal in turn).
  const double cells = km_per_km2 * km2 * 1000 / (1.2 * g.cell);
  std::vector<std::uint8_t> land(g.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < g.size(); ++i) {
    land[i] = w.out.water.values[i] != 1 ? 1 : 0;
    count += land[i];
  }
  const double share = cells / static_cast<double>(std::max<std::size_t>(1, count));
  const double least =
      static_cast<double>(threshold_for_share(w.out.drainage.area_km2, land, share));
  return std::isfinite(least) ? std::max(least, 0.05) : 0.05;
}

void choose_channels(ReliefWork& w) {
  w.out.stream_area_km2 = channel_area_km2(w, w.recipe.shares.waterway_km_per_km2);
  w.out.river_area_km2 =
      std::max(w.out.stream_area_km2, channel_area_km2(w, w.recipe.shares.river_km_per_km2));
  w.out.channel = Raster<std::uint8_t>(w.grid, 0);
  for (std::size_t i = 0; i < w.grid.size(); ++i) {
    const auto area = static_cast<double>(w.out.drainage.area_km2.values[i]);
    w.out.channel.values[i] = area < w.out.stream_area_km2  ? 0
                              : area < w.out.river_area_km2 ? 1
                                                            : 2;
  }
}

// Channels descend; what they are raised or lowered by is shared with the valley around them.
void carve_valleys(ReliefWork& w) {
  const Grid& g = w.grid;
  Raster<float>& z = w.out.elevation_m;
  std::vector<std::uint8_t> wet(g.size());
  Raster<std::uint8_t> source(g, 0);
  Raster<float> level = z;
  for (std::size_t i = 0; i < g.size(); ++i) {
    wet[i] = w.out.channel.values[i] != 0 || w.out.water.values[i] != 0 ? 1 : 0;
    source.values[i] = wet[i];
    // Streams cut in, the more the larger they are.
    if (wet[i] != 0)
      level.values[i] -=
          std::min(6.0F, 0.8F * std::sqrt(std::sqrt(w.out.drainage.area_km2.values[i])));
  }
  make_monotone(w.out.drainage, wet, level);
  // A lake is level: at its lowest, which is where it drains.
  Raster<std::uint8_t> lake(g, 0);
  for (std::size_t i = 0; i < g.size(); ++i) lake.values[i] = w.out.water.values[i] == 1 ? 1 : 0;
  int lakes = 0;
  const auto label = connected_components(lake, &lakes);
  std::vector<float> low(static_cast<std::size_t>(lakes) + 1, std::numeric_limits<float>::max());
  for (std::size_t i = 0; i < g.size(); ++i) {
    float& l = low[static_cast<std::size_t>(label.values[i])];
    if (label.values[i] > 0) l = std::min(l, level.values[i]);
  }
  for (std::size_t i = 0; i < g.size(); ++i)
    if (label.values[i] > 0) level.values[i] = low[static_cast<std::size_t>(label.values[i])];
  const auto nearest = nearest_marked(source);
  const Raster<float> before = z;
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const Cell n = nearest[i];
    if (n == kNoCell) return;
    const auto s = static_cast<std::size_t>(n);
    if (s == i) {
      z.values[i] = level.values[i];
      return;
    }
    const Point a = g.centre(static_cast<Cell>(i)), b = g.centre(n);
    const double d = std::hypot(a.x - b.x, a.y - b.y);
    const double change = static_cast<double>(level.values[s] - before.values[s]);
    // Valleys are as wide as they are deep; 25 m of fall per km of side at the steepest.
    const double width = 250 + 18 * std::abs(change);
    const double shared = change * std::exp(-(d / width) * (d / width));
    const double bank = static_cast<double>(level.values[s]) + std::min(1.0, d / 400);
    z.values[i] = static_cast<float>(
        std::max(static_cast<double>(before.values[i]) + shared, d < 600 ? bank : -1e9));
  });
}

// Spot heights once more on land, near the spots only, never below the nearest water.
void finish(ReliefWork& w) {
  const Grid& g = w.grid;
  Relief& r = w.out;
  const Raster<float> before = r.elevation_m;
  honour_spots(r.elevation_m, w.spots, 1'500, 1.0);
  Raster<std::uint8_t> wet(g, 0);
  for (std::size_t i = 0; i < g.size(); ++i)
    wet.values[i] = r.channel.values[i] != 0 || r.water.values[i] != 0 ? 1 : 0;
  const auto nearest = nearest_marked(wet);
  for (std::size_t i = 0; i < g.size(); ++i) {
    if (wet.values[i] != 0) {
      r.elevation_m.values[i] = before.values[i];
    } else if (nearest[i] != kNoCell) {
      const Point a = g.centre(static_cast<Cell>(i)), b = g.centre(nearest[i]);
      if (std::hypot(a.x - b.x, a.y - b.y) < 600)
        r.elevation_m.values[i] = std::max(r.elevation_m.values[i], before[nearest[i]] + 0.1F);
    }
  }
  double squares = 0;
  int count = 0;
  for (const Spot& spot : w.spots) {
    const auto cell = g.cell_at(spot.at);
    if (!cell || wet[*cell] != 0) continue;
    const double off = static_cast<double>(r.elevation_m[*cell]) - spot.height_m;
    squares += off * off;
    ++count;
  }
  r.spot_rms_m = count > 0 ? std::sqrt(squares / count) : 0;
  // A decimetre is more than is known, and packs well.
  for (float& v : r.elevation_m.values) v = std::round(v * 10.0F) / 10.0F;
  r.slope_percent = slope_percent_of(r.elevation_m, w.threads);
}

}  // namespace

Result<Relief> make_relief(const Recipe& recipe, const Inputs& inputs, const Gazetteer& places,
                           int threads, Monitor& monitor) {
  ReliefWork w{recipe, inputs, places, threads, inputs.grid, {}, {}, {}};
  monitor.begin("relief", 5, "step");
  for (const auto* list : {&inputs.towns, &inputs.near_towns})
    for (const Town& town : *list)
      if (town.has_height) w.spots.push_back({town.at, town.height_m});
  w.out.water = Raster<std::uint8_t>(w.grid, 0);
  burn_water(inputs, w.out.water);
  w.river.assign(w.grid.size(), 0);
  mark_river_banks(inputs.rivers, w.grid, w.river);
  for (std::size_t i = 0; i < w.river.size(); ++i)
    if (w.out.water.values[i] == 2) w.river[i] = 1;
  ABATIS_CHECK(base_surface(w));
  monitor.advance(1);
  ABATIS_TRY(const auto surface, routing_surface(w));
  const Edge edge = open_edge(inputs, surface);
  w.out.drainage = drain(surface, edge.outlets, edge.inflow_km2);
  monitor.advance(1);
  if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped while making relief");
  choose_channels(w);
  monitor.advance(1);
  carve_valleys(w);
  monitor.advance(1);
  finish(w);
  monitor.advance(1);
  return std::move(w.out);
}

}  // namespace abatis::gather
