// Bridges and fords: clusters of road cells over or through water or a natural barrier, on friendly
// ground.

#include <algorithm>

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

Candidate make_bridge(const SiteGround& ground, std::vector<Cell> cells) {
  const Grid& grid = ground.grid();
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::point;
  // One bridge in the cluster carries over the fords beside it.
  const bool ford =
      std::all_of(cells.begin(), cells.end(), [&](Cell c) { return ground.any(c, kFord); });
  site.rule = ford ? SiteRule::ford : SiteRule::bridge;
  const Cell centre = middle_cell(grid, cells);
  const Point at = grid.centre(centre);
  site.geometry = {GeometryKind::point, {{at}}};
  site.echelon = ground.echelon_at(ground.terrain.border_distance_m[centre]);
  double usage = 0;
  for (const Cell c : cells) usage = std::max(usage, ground.corridor.usage(c));
  candidate.usefulness = usage;
  candidate.crossings = 1;
  site.length_m = static_cast<double>(cells.size()) * grid.cell;
  if (!ford && site.length_m > kLongCrossing) {
    site.notes.push_back(fmt::format("a crossing of about {}: several bridges or a causeway",
                                     distance_words(site.length_m)));
  }
  const RoadClass* road = best_road(ground, cells);
  const std::string water = waterway_near(ground.terrain, at, std::max(kNameReach, 2 * grid.cell));
  const NearPlace place = near_place(ground.terrain, at);
  site.nearest_place = place.name;
  site.name =
      fmt::format("{}{}{}{}{}", ford ? "ford" : "bridge", road != nullptr ? ", " + road->name : "",
                  water.empty() ? "" : (ford ? ", through " : ", over ") + water,
                  place.words.empty() ? "" : ", ", place.words);
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
