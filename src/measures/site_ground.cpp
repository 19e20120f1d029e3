#include "site_ground.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "abatis/geo/rasterize.hpp"

namespace abatis::measures {
namespace {

std::uint8_t flags_of(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
                      Cell c) {
  std::uint8_t bits = 0;
  if (terrain.side_of(c) == Side::friendly) bits |= kFriendly;
  if (terrain.road[c] != 0) bits |= kRoad;
  const bool bridge = terrain.bridge[c] != kNoCrossing;
  if (bridge) bits |= kBridge;
  if (terrain.bridge[c] == kFordCrossing) bits |= kFord;
  const std::uint8_t cover = terrain.cover[c];
  if (!is_nodata(cover) && scenario.catalogue.covers[cover].kind == CoverKind::builtup) {
    bits |= kBuilt;
  }
  bool closed = !bridge && (terrain.water[c] != 0 || terrain.natural[c] != 0);
  if (!closed) {
    closed = std::none_of(mobility.speeds.begin(), mobility.speeds.end(),
                          [&](const SpeedRaster& s) { return s.speed_mps[c] > 0; });
  }
  if (closed) bits |= kClosed;
  return bits;
}

}  // namespace

int SiteGround::echelon_at(double border_distance_m) const {
  for (std::size_t e = 0; e < scenario.echelons.size(); ++e) {
    const Echelon& band = scenario.echelons[e];
    if (border_distance_m >= band.from_m && border_distance_m < band.to_m) {
      return static_cast<int>(e);
    }
  }
  return -1;
}

SiteGround make_ground(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
                       const Corridor& corridor, int threads) {
  SiteGround ground{.scenario = scenario,
                    .terrain = terrain,
                    .mobility = mobility,
                    .corridor = corridor,
                    .flags = Raster<std::uint8_t>(terrain.grid, 0),
                    .taken = Raster<std::uint8_t>(terrain.grid, 0),
                    .built_distance_m = {},
                    .standoff_m = {}};
  const Grid& grid = terrain.grid;
  parallel_for(static_cast<std::size_t>(grid.rows), threads, [&](std::size_t row) {
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      const Cell c = grid.at(static_cast<std::int32_t>(row), col);
      ground.flags[c] = flags_of(scenario, terrain, mobility, c);
    }
  });
  for (const Feature& area : terrain.protected_areas.features) {
    for_each_cell_inside(grid, area.geometry, [&](Cell c) { ground.flags[c] |= kProtected; });
  }
  Raster<std::uint8_t> built(grid, 0);
  for (std::size_t i = 0; i < built.values.size(); ++i) {
    built.values[i] = (ground.flags.values[i] & kBuilt) != 0 ? 1 : 0;
  }
  ground.built_distance_m = distance_to(built);
  return ground;
}

void keep_best(std::vector<Candidate>& candidates, int most) {
  const auto limit = static_cast<std::size_t>(std::max(0, most));
  if (candidates.size() <= limit) return;
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  sort_stably(order, [&](std::size_t a, std::size_t b) {
    return candidates[a].usefulness > candidates[b].usefulness;
  });
  order.resize(limit);
  std::sort(order.begin(), order.end());
  std::vector<Candidate> kept;
  kept.reserve(limit);
  for (const std::size_t i : order) kept.push_back(std::move(candidates[i]));
  candidates = std::move(kept);
}

void claim(SiteGround& ground, std::vector<Candidate>& candidates, SiteRule rule,
           double least_share) {
  const auto mark = static_cast<std::uint8_t>(1 + static_cast<int>(rule));
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    std::vector<Cell>& cells = candidate.site.cells;
    const std::size_t before = cells.size();
    std::vector<Cell> free;
    for (const Cell c : cells) {
      if (ground.taken[c] == 0) free.push_back(c);
    }
    std::sort(free.begin(), free.end());
    free.erase(std::unique(free.begin(), free.end()), free.end());
    if (free.empty() ||
        static_cast<double>(free.size()) < least_share * static_cast<double>(before)) {
      continue;
    }
    for (const Cell c : free) ground.taken[c] = mark;
    cells = std::move(free);
    kept.push_back(std::move(candidate));
  }
  candidates = std::move(kept);
}

namespace {

template <class IsRoad>
int count_runs(const std::vector<Cell>& chain, IsRoad is_road) {
  int runs = 0;
  bool on_road = false;
  for (const Cell c : chain) {
    const bool road = is_road(c);
    if (road && !on_road) ++runs;
    on_road = road;
  }
  return runs;
}

}  // namespace

int count_crossings(const SiteGround& ground, const std::vector<Cell>& chain) {
  return count_runs(chain, [&](Cell c) { return ground.any(c, kRoad); });
}

int count_gates(const SiteGround& ground, const std::vector<Cell>& chain) {
  return count_runs(chain, [&](Cell c) {
    const std::uint8_t road = ground.terrain.road[c];
    return road != 0 && ground.scenario.gates.keeps_open(road - 1);
  });
}

double mean_usage(const SiteGround& ground, const std::vector<Cell>& cells) {
  if (cells.empty()) return 0;
  double sum = 0;
  for (const Cell c : cells) sum += ground.corridor.usage(c);
  return sum / static_cast<double>(cells.size());
}

const RoadClass* best_road(const SiteGround& ground, const std::vector<Cell>& cells) {
  const RoadClass* best = nullptr;
  for (const Cell c : cells) {
    const std::uint8_t road = ground.terrain.road[c];
    if (road == 0) continue;
    const RoadClass& own = ground.scenario.catalogue.roads[static_cast<std::size_t>(road - 1)];
    if (best == nullptr || own.rank < best->rank) best = &own;
  }
  return best;
}

Cell middle_cell(const Grid& grid, const std::vector<Cell>& cells) {
  Point sum;
  for (const Cell c : cells) {
    const Point p = grid.centre(c);
    sum.x += p.x;
    sum.y += p.y;
  }
  const auto n = static_cast<double>(cells.size());
  Cell best = cells.front();
  double least = std::numeric_limits<double>::infinity();
  for (const Cell c : cells) {
    const Point p = grid.centre(c);
    const double d = std::hypot(p.x - sum.x / n, p.y - sum.y / n);
    if (d < least) {
      least = d;
      best = c;
    }
  }
  return best;
}

bool is_kind(const SiteGround& ground, Cell c, CoverKind kind) {
  const std::uint8_t cover = ground.terrain.cover[c];
  return !is_nodata(cover) && ground.scenario.catalogue.covers[cover].kind == kind;
}

bool is_peat(const SiteGround& ground, Cell c) {
  const std::uint8_t soil = ground.terrain.soil[c];
  return !is_nodata(soil) && ground.scenario.catalogue.soils[soil].id == "Pt";
}

bool is_farmed(const SiteGround& ground, Cell c) {
  const std::uint8_t cover = ground.terrain.cover[c];
  return !is_nodata(cover) && ground.scenario.catalogue.covers[cover].farmed;
}

std::string distance_words(double metres) {
  return metres < 1000 ? fmt::format("{:.0f} m", metres) : fmt::format("{:.3g} km", metres / 1000);
}

}  // namespace abatis::measures
