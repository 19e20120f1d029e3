// Bridges: clusters of road cells over water or a natural barrier, on friendly ground.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kNameReach = 250;     // a waterway's name is looked for so far from the bridge
constexpr double kLongCrossing = 600;  // m; longer ones are noted

// 8-connected cells of `bit` from `start`; `seen` is marked.
std::vector<Cell> cluster_from(const SiteGround& ground, Cell start,
                               std::vector<std::uint8_t>& seen) {
  const Grid& grid = ground.grid();
  std::vector<Cell> cells{start};
  seen[static_cast<std::size_t>(start)] = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int32_t row = grid.row_of(cells[i]);
    const std::int32_t col = grid.col_of(cells[i]);
    for (std::int32_t r = row - 1; r <= row + 1; ++r) {
      for (std::int32_t c = col - 1; c <= col + 1; ++c) {
        if (!grid.inside(r, c)) continue;
        const Cell next = grid.at(r, c);
        auto& mark = seen[static_cast<std::size_t>(next)];
        if (mark != 0 || !ground.any(next, kBridge)) continue;
        mark = 1;
        cells.push_back(next);
      }
    }
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

// A bridge over the border itself is shared with the other side: no plan of one side alone.
bool wholly_friendly(const SiteGround& ground, const std::vector<Cell>& cells) {
  const Grid& grid = ground.grid();
  for (const Cell cell : cells) {
    const std::int32_t row = grid.row_of(cell);
    const std::int32_t col = grid.col_of(cell);
    for (std::int32_t r = row - 1; r <= row + 1; ++r) {
      for (std::int32_t c = col - 1; c <= col + 1; ++c) {
        if (grid.inside(r, c) && !ground.any(grid.at(r, c), kFriendly)) return false;
      }
    }
  }
  return true;
}

Point middle(const Grid& grid, const std::vector<Cell>& cells) {
  Point sum;
  for (const Cell c : cells) {
    const Point p = grid.centre(c);
    sum.x += p.x;
    sum.y += p.y;
  }
  const auto n = static_cast<double>(cells.size());
  const Point mean{sum.x / n, sum.y / n};
  // The bridge cell nearest to the mean: a point on the crossing, not beside a bend of it.
  Point best = mean;
  double least = std::numeric_limits<double>::infinity();
  for (const Cell c : cells) {
    const Point p = grid.centre(c);
    const double d = (p.x - mean.x) * (p.x - mean.x) + (p.y - mean.y) * (p.y - mean.y);
    if (d < least) {
      least = d;
      best = p;
    }
  }
  return best;
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

Candidate make_bridge(const SiteGround& ground, std::vector<Cell> cells) {
  const Grid& grid = ground.grid();
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::point;
  site.rule = SiteRule::bridge;
  const Point at = middle(grid, cells);
  site.geometry = {GeometryKind::point, {{at}}};
  const Cell centre = *grid.cell_at(at);
  site.echelon = ground.echelon_at(ground.terrain.border_distance_m[centre]);
  double usage = 0;
  for (const Cell c : cells) usage = std::max(usage, ground.corridor.usage(c));
  candidate.usefulness = usage;
  candidate.crossings = 1;
  site.length_m = static_cast<double>(cells.size()) * grid.cell;
  if (site.length_m > kLongCrossing) {
    site.notes.push_back(fmt::format("a crossing of about {}: several bridges or a causeway",
                                     distance_words(site.length_m)));
  }
  const RoadClass* road = best_road(ground, cells);
  const std::string water = waterway_near(ground.terrain, at, std::max(kNameReach, 2 * grid.cell));
  const NearPlace place = near_place(ground.terrain, at);
  site.nearest_place = place.name;
  site.name = fmt::format("bridge{}{}{}{}", road != nullptr ? ", " + road->name : "",
                          water.empty() ? "" : ", over " + water, place.words.empty() ? "" : ", ",
                          place.words);
  site.cells = std::move(cells);
  return candidate;
}

}  // namespace

std::vector<Candidate> find_bridges(const SiteGround& ground) {
  std::vector<Candidate> found;
  std::vector<std::uint8_t> seen(ground.grid().size(), 0);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto c = static_cast<Cell>(i);
    if (seen[i] != 0 || !ground.any(c, kBridge)) continue;
    std::vector<Cell> cells = cluster_from(ground, c, seen);
    const bool used =
        std::any_of(cells.begin(), cells.end(), [&](Cell k) { return ground.corridor.holds(k); });
    if (!used || !wholly_friendly(ground, cells)) continue;
    found.push_back(make_bridge(ground, std::move(cells)));
  }
  return found;
}

}  // namespace abatis::measures
