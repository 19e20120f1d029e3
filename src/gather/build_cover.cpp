#include "build_cover.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"
#include "build_fields.hpp"

namespace abatis::gather {

namespace {

struct CoverWork {
  const Recipe& recipe;
  const Inputs& inputs;
  const Relief& relief;
  int threads;
  Grid grid;
  Ground out;
  std::vector<std::uint8_t> land;  // 1 where there is no open water
  Raster<float> wetness;           // topographic: high where flat, low and fed
  Raster<float> water_distance_m;  // to rivers, lakes and streams

  std::uint64_t seed(Stream s) const { return stream_seed(recipe.seed, s); }
};

void start(CoverWork& w) {
  const Grid& g = w.grid;
  w.out.cover = Raster<std::uint8_t>(g, kFarmland);
  w.out.state = Raster<std::uint8_t>(g, 0);
  for (std::size_t s = 0; s < w.inputs.states.features.size(); ++s)
    for_each_cell_inside(g, w.inputs.states.features[s].geometry,
                         [&](Cell c) { w.out.state[c] = static_cast<std::uint8_t>(s + 1); });
  w.land.assign(g.size(), 1);
  Raster<std::uint8_t> wet(g, 0);
  for (std::size_t i = 0; i < g.size(); ++i) {
    const std::uint8_t water = w.relief.water.values[i];
    if (water != 0) {
      w.out.cover.values[i] = water == 1 ? kLake : kRiver;
      w.land[i] = 0;
    }
    if (water != 0 || w.relief.channel.values[i] != 0) wet.values[i] = 1;
  }
  w.water_distance_m = distance_to(wet);
}

// Height above the nearest water and flatness: where it is wet (a plain form of HAND, Nobre et al.
// 2011, "Height Above the Nearest Drainage").
void make_wetness(CoverWork& w) {
  const Grid& g = w.grid;
  Raster<std::uint8_t> wet(g, 0);
  for (std::size_t i = 0; i < g.size(); ++i)
    wet.values[i] = w.relief.water.values[i] != 0 || w.relief.channel.values[i] != 0 ? 1 : 0;
  const auto nearest = nearest_marked(wet);
  const auto gentle = blurred(w.relief.slope_percent, 300, w.threads);
  w.wetness = Raster<float>(g, 0.0F);
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const double z = static_cast<double>(w.relief.elevation_m.values[i]);
    const double above =
        nearest[i] == kNoCell
            ? 30.0
            : std::max(0.0, z - static_cast<double>(w.relief.elevation_m[nearest[i]]));
    const double d = std::min(5000.0, static_cast<double>(w.water_distance_m.values[i]));
    w.wetness.values[i] = static_cast<float>(
        2.0 - 0.9 * std::log1p(above) - 0.45 * static_cast<double>(gentle.values[i]) - d / 2500);
  });
}

Status make_soil_heaviness(CoverWork& w) {
  const Grid& g = w.grid;
  const auto field = noise(g, w.seed(Stream::soil), 18'000, 4, 0.5, w.threads);
  ABATIS_TRY(const auto centres, tendency_centres(w.recipe.heavy_soils, g.epsg));
  w.out.heaviness = Raster<float>(g, 0.0F);
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const Point p = g.centre(static_cast<Cell>(i));
    w.out.heaviness.values[i] = static_cast<float>(0.55 * static_cast<double>(field.values[i]) +
                                                   tendency_at(w.recipe.heavy_soils, centres, p));
  });
  return {};
}

// Area of a settlement: 420 m2 a head in towns, up to 900 in villages (OpenStreetMap built-up land
// of the sector over its settlements' population). Grows over the cells that cost least to reach.
void build_up(CoverWork& w, Point at, double area_m2, bool industry, std::uint64_t salt) {
  const Grid& g = w.grid;
  const auto centre = g.cell_at(at);
  if (!centre) return;
  const auto wanted = static_cast<std::size_t>(std::max(1.0, area_m2 / (g.cell * g.cell)));
  const auto reach = static_cast<std::int32_t>(std::sqrt(static_cast<double>(wanted)) * 1.2) + 2;
  struct Candidate {
    double cost;
    Cell cell;
    bool operator<(const Candidate& o) const {
      return cost != o.cost ? cost < o.cost : cell < o.cell;
    }
  };
  std::vector<Candidate> candidates;
  const std::int32_t row = g.row_of(*centre), col = g.col_of(*centre);
  for (std::int32_t r = row - reach; r <= row + reach; ++r)
    for (std::int32_t c = col - reach; c <= col + reach; ++c) {
      if (!g.inside(r, c)) continue;
      const Cell cell = g.at(r, c);
      if (w.land[static_cast<std::size_t>(cell)] == 0) continue;
      const double d = std::hypot(r - row, c - col);
      const double angle = std::atan2(r - row, c - col);
      // Five lobes with hashed phase, steep and wet ground avoided.
      const double lobes = 1 + 0.22 * std::sin(3 * angle + 6.28 * hashed_uniform(salt, 1, 0)) +
                           0.15 * std::sin(5 * angle + 6.28 * hashed_uniform(salt, 2, 0));
      const double rough = 0.25 * hashed_uniform(salt, r, c);
      const double bad = 0.08 * static_cast<double>(w.relief.slope_percent[cell]) +
                         0.25 * std::max(0.0, static_cast<double>(w.wetness[cell]));
      candidates.push_back({d * (lobes + rough + bad), cell});
    }
  std::sort(candidates.begin(), candidates.end());
  if (candidates.size() > wanted) candidates.resize(wanted);
  const double bearing = 6.28 * hashed_uniform(salt, 3, 0);
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    const Cell cell = candidates[k].cell;
    const double along =
        std::cos(bearing) * (g.col_of(cell) - col) + std::sin(bearing) * (g.row_of(cell) - row);
    // Works stand on one side, outside the centre.
    const bool works = industry && along > 0.35 * std::sqrt(static_cast<double>(wanted));
    w.out.cover[cell] = works ? kIndustrial : kResidential;
  }
}

double town_area_m2(std::int64_t population) {
  const auto heads = static_cast<double>(population < 0 ? 500 : population);
  return heads * std::clamp(900.0 - 70.0 * std::log(heads / 500.0 + 1.0), 420.0, 900.0) *
         (heads > 20'000 ? 0.55 : 1.0);
}

// Hamlets on a jittered lattice: one to a square, where the land invites (farmland rather than
// forest, dry rather than wet), at the recipe's density.
void place_hamlets(CoverWork& w, const Raster<float>& invites) {
  const Grid& g = w.grid;
  constexpr double kPickShare = 0.6;  // of the lattice squares hold a hamlet
  const double square = std::sqrt(kPickShare / w.recipe.shares.hamlets_per_km2) * 1000;
  const std::uint64_t seed = w.seed(Stream::hamlet), pick = w.seed(Stream::hamlet_pick);
  struct Candidate {
    double score;
    std::int64_t i, j;
    Cell cell;
    Point at;
  };
  std::vector<Candidate> candidates;
  const Bounds b = g.bounds().grown(-300);
  for (auto j = static_cast<std::int64_t>(std::floor(b.min_y / square));
       j <= static_cast<std::int64_t>(std::floor(b.max_y / square)); ++j)
    for (auto i = static_cast<std::int64_t>(std::floor(b.min_x / square));
         i <= static_cast<std::int64_t>(std::floor(b.max_x / square)); ++i) {
      const Point p{
          (static_cast<double>(i) + 0.15 + 0.7 * hashed_uniform(seed, 2 * i, j)) * square,
          (static_cast<double>(j) + 0.15 + 0.7 * hashed_uniform(seed, 2 * i + 1, j)) * square};
      if (!b.contains(p)) continue;
      const auto cell = g.cell_at(p);
      if (!cell || w.land[static_cast<std::size_t>(*cell)] == 0) continue;
      const std::uint8_t cover = w.out.cover[*cell];
      if (cover != kFarmland && cover != kForest && cover != kMeadow) continue;
      candidates.push_back(
          {static_cast<double>(invites[*cell]) + 0.8 * hashed_uniform(pick, i, j), i, j, *cell, p});
    }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& c) {
    return a.score != c.score ? a.score > c.score : a.cell < c.cell;
  });
  const double km2 = static_cast<double>(g.size()) * g.cell * g.cell / 1e6;
  const auto wanted = static_cast<std::size_t>(w.recipe.shares.hamlets_per_km2 * km2);
  if (candidates.size() > wanted) candidates.resize(wanted);
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& c) { return a.cell < c.cell; });
  for (const Candidate& c : candidates) {
    const std::uint8_t state = w.out.state[c.cell];
    if (state == 0) continue;
    w.out.hamlets.push_back({c.at, (c.i % 1000) * 1000 + c.j % 1000, state});
  }
}

// The `share` of the free cells (farmland still) with the highest field values become `code`.
void take_share(CoverWork& w, const Raster<float>& field, double share_of_land, std::uint8_t code) {
  std::vector<std::uint8_t> open(w.grid.size());
  std::size_t land = 0, free = 0;
  for (std::size_t i = 0; i < open.size(); ++i) {
    land += w.land[i];
    open[i] = w.land[i] != 0 && w.out.cover.values[i] == kFarmland ? 1 : 0;
    free += open[i];
  }
  if (free == 0) return;
  const double share = share_of_land * static_cast<double>(land) / static_cast<double>(free);
  const float least = threshold_for_share(field, open, std::min(1.0, share));
  for (std::size_t i = 0; i < open.size(); ++i)
    if (open[i] != 0 && field.values[i] > least) w.out.cover.values[i] = code;
}

}  // namespace

namespace {

Result<Raster<float>> forest_field(CoverWork& w) {
  const Grid& g = w.grid;
  const auto broad = noise(g, w.seed(Stream::forest), 9'000, 3, 0.6, w.threads);
  const auto fine = noise(g, w.seed(Stream::forest) + 1, 1'400, 3, 0.7, w.threads);
  ABATIS_TRY(const auto centres, tendency_centres(w.recipe.forests, g.epsg));
  Raster<float> field(g, 0.0F);
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const Point p = g.centre(static_cast<Cell>(i));
    const double light = -0.55 * static_cast<double>(w.out.heaviness.values[i]);
    const double steep = 0.08 * static_cast<double>(w.relief.slope_percent.values[i]);
    field.values[i] = static_cast<float>(0.75 * static_cast<double>(broad.values[i]) +
                                         0.85 * static_cast<double>(fine.values[i]) + light +
                                         steep + 1.2 * tendency_at(w.recipe.forests, centres, p));
  });
  return field;
}

Status draw_wetlands(CoverWork& w) {
  const Grid& g = w.grid;
  const auto grain = noise(g, w.seed(Stream::wetland), 1'600, 3, 0.6, w.threads);
  ABATIS_TRY(const auto centres, tendency_centres(w.recipe.wetlands, g.epsg));
  Raster<float> field(g, 0.0F);
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    field.values[i] = static_cast<float>(
        static_cast<double>(w.wetness.values[i]) + 0.9 * static_cast<double>(grain.values[i]) +
        1.5 * tendency_at(w.recipe.wetlands, centres, g.centre(static_cast<Cell>(i))));
  });
  take_share(w, field, w.recipe.shares.wetland, kMarsh);
  return {};
}

void draw_meadows(CoverWork& w) {
  const Grid& g = w.grid;
  const auto grain = noise(g, w.seed(Stream::meadow), 1'200, 3, 0.6, w.threads);
  Raster<float> field(g, 0.0F);
  for (std::size_t i = 0; i < g.size(); ++i)
    field.values[i] = w.wetness.values[i] + 0.7F * grain.values[i] -
                      0.0012F * std::min(3000.0F, w.water_distance_m.values[i]);
  take_share(w, field, w.recipe.shares.meadow, kMeadow);
}

// Marsh by the water, bog where fine and far from flowing water, swamp inside forest.
void tell_wetlands_apart(CoverWork& w, const Raster<float>& forest, float forest_least) {
  const auto kind = noise(w.grid, w.seed(Stream::wetland) + 5, 4'000, 2, 0.6, w.threads);
  for (std::size_t i = 0; i < w.grid.size(); ++i) {
    if (w.out.cover.values[i] != kMarsh) continue;
    if (forest.values[i] > forest_least + 0.2F)
      w.out.cover.values[i] = kSwamp;
    else if (w.water_distance_m.values[i] > 250 && kind.values[i] > 0.4F)
      w.out.cover.values[i] = kBog;
  }
}

void make_soil(CoverWork& w) {
  const Grid& g = w.grid;
  const auto mix = noise(g, w.seed(Stream::soil_mix), 2'500, 3, 0.6, w.threads);
  w.out.soil = Raster<std::uint8_t>(g, kSM);
  parallel_for(g.size(), w.threads, [&](std::size_t i) {
    const double h = static_cast<double>(w.out.heaviness.values[i]);
    const double m = static_cast<double>(mix.values[i]);
    const double v = h + 0.35 * m;
    std::uint8_t soil = v < -0.55 ? kSP : v < 0.15 ? kSM : v < 0.55 ? kSC : v < 1.15 ? kCL : kCH;
    if (soil == kCL && m > 0.9) soil = kML;
    if (soil == kSP && m > 1.5 && w.relief.slope_percent.values[i] > 4.0F) soil = kGW;
    switch (w.out.cover.values[i]) {
      case kBog:
      case kSwamp:
        soil = kPt;
        break;
      case kMarsh:
        soil = m > 0 ? kPt : kOH;
        break;
      case kMeadow:
        if (w.wetness.values[i] > 0.9F) soil = kOL;
        break;
      case kLake:
      case kRiver:
        soil = nodata<std::uint8_t>();
        break;
      default:
        break;
    }
    w.out.soil.values[i] = soil;
  });
}

}  // namespace

Result<Ground> make_ground(const Recipe& recipe, const Inputs& inputs, const Relief& relief,
                           int threads, Monitor& monitor) {
  CoverWork w{recipe, inputs, relief, threads, inputs.grid, {}, {}, {}, {}};
  if (recipe.soils.size() != kSoilCount)
    return input_error(fmt::format("`soils` names {} classes, the builder draws {}",
                                   recipe.soils.size(), static_cast<int>(kSoilCount)),
                       {.file = recipe.files.front().string(), .item = "soils"});
  monitor.begin("land cover and soil", 6, "step");
  start(w);
  make_wetness(w);
  ABATIS_CHECK(make_soil_heaviness(w));
  monitor.advance(1);
  for (const Town& town : inputs.towns)
    build_up(w, town.at, town_area_m2(town.population), town.population > 5000,
             w.seed(Stream::builtup) + static_cast<std::uint64_t>(town.at.x + town.at.y));
  monitor.advance(1);
  ABATIS_CHECK(draw_wetlands(w));
  monitor.advance(1);
  ABATIS_TRY(auto forest, forest_field(w));
  place_hamlets(w, [&] {
    Raster<float> invites = forest;
    for (float& v : invites.values) v = -0.5F * v;
    return invites;
  }());
  monitor.advance(1);
  // Hamlets share what the recipe's built-up land leaves after the towns, within sane sizes.
  std::size_t built = 0, land = 0;
  for (std::size_t i = 0; i < w.land.size(); ++i) {
    land += w.land[i];
    built +=
        w.out.cover.values[i] == kResidential || w.out.cover.values[i] == kIndustrial ? 1U : 0U;
  }
  const double cell_m2 = w.grid.cell * w.grid.cell;
  const double left =
      recipe.shares.builtup * static_cast<double>(land) - static_cast<double>(built);
  const double each =
      w.out.hamlets.empty() ? 0.0 : left * cell_m2 / static_cast<double>(w.out.hamlets.size());
  for (const Hamlet& h : w.out.hamlets) {
    const double factor = 0.3 + 1.4 * hashed_uniform(w.seed(Stream::builtup), h.number, 7);
    build_up(w, h.at, std::clamp(each * factor, cell_m2, 4e5), false,
             w.seed(Stream::builtup) + static_cast<std::uint64_t>(h.number));
  }
  monitor.advance(1);
  std::vector<std::uint8_t> open(w.grid.size());
  for (std::size_t i = 0; i < open.size(); ++i)
    open[i] = w.out.cover.values[i] == kFarmland ? 1 : 0;
  const float forest_least = threshold_for_share(forest, w.land, recipe.shares.forest);
  take_share(w, forest, recipe.shares.forest, kForest);
  tell_wetlands_apart(w, forest, forest_least);
  draw_meadows(w);
  make_soil(w);
  monitor.advance(1);
  return std::move(w.out);
}

namespace {

std::vector<Point> cut_corners(const std::vector<Point>& ring) {
  std::vector<Point> out;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1];
    out.push_back({0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y});
    out.push_back({0.25 * a.x + 0.75 * b.x, 0.25 * a.y + 0.75 * b.y});
  }
  out.push_back(out.front());
  return out;
}

}  // namespace

Layer patches(const Raster<std::uint8_t>& cover, const std::vector<std::uint8_t>& codes,
              const std::vector<std::string>& names, int min_cells) {
  const Grid& g = cover.grid;
  Layer layer{
      .name = "patches", .epsg = g.epsg, .field_names = {"class", "quality"}, .features = {}};
  for (std::size_t k = 0; k < codes.size(); ++k) {
    Raster<std::uint8_t> mask(g, 0);
    for (std::size_t i = 0; i < g.size(); ++i) mask.values[i] = cover.values[i] == codes[k] ? 1 : 0;
    int count = 0;
    const auto label = connected_components(mask, &count);
    std::vector<std::vector<Cell>> cells(static_cast<std::size_t>(count) + 1);
    for (std::size_t i = 0; i < g.size(); ++i)
      if (label.values[i] > 0)
        cells[static_cast<std::size_t>(label.values[i])].push_back(static_cast<Cell>(i));
    for (const auto& patch : cells) {
      if (static_cast<int>(patch.size()) < std::max(1, min_cells)) continue;
      Geometry outline = outline_of_cells(g, patch);
      for (auto& ring : outline.parts) ring = cut_corners(ring);
      layer.features.push_back({std::move(outline), {names[k], std::string("synthetic")}});
    }
  }
  return layer;
}

}  // namespace abatis::gather
