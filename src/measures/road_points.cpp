// Places where a road cannot be left: forest, mire or water on both sides; and roads over ditches.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/geo/rasterize.hpp"
#include "ditch_chains.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kSlowGround = 5 / 3.6;  // m/s; a mover would not choose it beside a road
constexpr double kReach = 250;           // m beside the road that is looked at
constexpr double kClosedIn = 0.6;        // least share of it that is slow
constexpr double kApart = 1500;          // m between two places

template <class Visit>
void for_window(const Grid& grid, Cell c, std::int32_t reach, Visit visit) {
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  for (std::int32_t r = row - reach; r <= row + reach; ++r) {
    for (std::int32_t k = col - reach; k <= col + reach; ++k) {
      if (grid.inside(r, k)) visit(grid.at(r, k));
    }
  }
}

int worst_rank(const Scenario& scenario, SiteRule rule) {
  int rank = 0;
  for (const int m : scenario.measures) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
    if (measure.rule == rule) rank = std::max(rank, measure.road_rank);
  }
  return rank;
}

// Share of the ground beside the road at a cell on which some mover is slow: it keeps to the road.
double closed_in(const SiteGround& ground, Cell at) {
  const Grid& grid = ground.grid();
  const auto reach =
      std::max<std::int32_t>(1, static_cast<std::int32_t>(std::lround(kReach / grid.cell)));
  int beside = 0, slow = 0;
  for_window(grid, at, reach, [&](Cell c) {
    if (ground.any(c, kRoad)) return;
    ++beside;
    const bool some_slow = std::any_of(
        ground.mobility.speeds.begin(), ground.mobility.speeds.end(),
        [&](const SpeedRaster& s) { return static_cast<double>(s.speed_mps[c]) < kSlowGround; });
    slow += some_slow ? 1 : 0;
  });
  return beside > 0 ? static_cast<double>(slow) / beside : 0.0;
}

// Road cells at and around a place, so that no diagonal step slips past.
std::vector<Cell> road_cells(const SiteGround& ground, Cell at) {
  std::vector<Cell> cells;
  for_window(ground.grid(), at, 1, [&](Cell c) {
    if (ground.any(c, kRoad) && !ground.any(c, kBridge | kClosed) && ground.any(c, kFriendly) &&
        ground.taken[c] == 0) {
      cells.push_back(c);
    }
  });
  return cells;
}

bool usable(const SiteGround& ground, Cell c) {
  return ground.any(c, kRoad) && ground.any(c, kFriendly) && !ground.any(c, kBridge | kClosed) &&
         ground.taken[c] == 0 && ground.corridor.usage(c) > 0 &&
         ground.echelon_at(ground.terrain.border_distance_m[c]) >= 0;
}

Candidate make_point(const SiteGround& ground, SiteRule rule, Cell at, std::vector<Cell> cells,
                     const std::string& what) {
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::point;
  site.rule = rule;
  const Point p = ground.grid().centre(at);
  site.geometry = {GeometryKind::point, {{p}}};
  site.echelon = ground.echelon_at(ground.terrain.border_distance_m[at]);
  site.length_m = static_cast<double>(cells.size()) * ground.grid().cell;
  const RoadClass* road = best_road(ground, cells);
  const NearPlace place = near_place(ground.terrain, p);
  site.nearest_place = place.name;
  site.name = fmt::format("{}{}{}{}", what, road != nullptr ? ", " + road->name : "",
                          place.words.empty() ? "" : ", ", place.words);
  site.cells = std::move(cells);
  candidate.crossings = 1;
  return candidate;
}

}  // namespace

std::vector<Candidate> find_road_points(const SiteGround& ground) {
  const Grid& grid = ground.grid();
  const int rank = worst_rank(ground.scenario, SiteRule::road_point);
  struct Place {
    Cell cell;
    double worth;
  };
  std::vector<Place> places;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (!usable(ground, c)) continue;
    const auto road = static_cast<std::size_t>(ground.terrain.road[c] - 1);
    if (ground.scenario.catalogue.roads[road].rank > rank) continue;
    const double share = closed_in(ground, c);
    if (share >= kClosedIn) places.push_back({c, share * ground.corridor.usage(c)});
  }
  sort_stably(places, [](const Place& a, const Place& b) { return a.worth > b.worth; });
  std::vector<Candidate> found;
  std::vector<Point> kept;
  const auto most = static_cast<std::size_t>(ground.scenario.sites.most(SiteRule::road_point));
  for (const Place& place : places) {
    if (found.size() >= most) break;
    const Point p = grid.centre(place.cell);
    const bool near = std::any_of(kept.begin(), kept.end(), [&](Point q) {
      return std::hypot(p.x - q.x, p.y - q.y) < kApart;
    });
    if (near) continue;
    kept.push_back(p);
    found.push_back(make_point(ground, SiteRule::road_point, place.cell,
                               road_cells(ground, place.cell), "road in a defile"));
    found.back().usefulness = place.worth;
  }
  return found;
}

std::vector<Candidate> find_culverts(const SiteGround& ground) {
  const Grid& grid = ground.grid();
  std::vector<Candidate> found;
  Raster<std::uint8_t> seen(grid, 0);
  for (const DitchChain& chain : ditch_chains(ground.scenario, ground.terrain)) {
    if (chain.natural != 0) continue;  // over a barrier a road has a bridge
    const std::vector<Cell> line = cells_of_line(grid, chain.line);
    for (std::size_t i = 0; i < line.size();) {
      std::size_t j = i;
      while (j < line.size() && ground.any(line[j], kRoad)) ++j;
      if (j == i) {
        ++i;
        continue;
      }
      const Cell at = line[i + (j - i) / 2];
      const bool across = static_cast<double>(j - i) * grid.cell <= kRoadCrossing;
      i = j;
      if (!across || seen[at] != 0 || !usable(ground, at)) continue;
      std::vector<Cell> cells = road_cells(ground, at);
      for (const Cell c : cells) seen[c] = 1;
      found.push_back(
          make_point(ground, SiteRule::culvert, at, std::move(cells),
                     fmt::format("culvert over {}{}{}", chain.stream ? "stream" : "ditch",
                                 chain.name.empty() ? "" : " ", chain.name)));
      found.back().usefulness = ground.corridor.usage(at);
    }
  }
  return found;
}

}  // namespace abatis::measures
