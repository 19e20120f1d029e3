// The ground, and the places on it where sensors could stand.

#include <algorithm>
#include <cmath>

#include "abatis/geo/rasterize.hpp"
#include "abatis/terrain/places.hpp"
#include "ground.hpp"

namespace abatis::watching {
namespace {

constexpr double kAround = 1500;  // m: the surroundings that a height is held against

// Sums of known heights and their number over any rectangle, in O(1) each.
class Sums {
 public:
  explicit Sums(const Raster<float>& heights) : grid_(heights.grid) {
    const auto width = at(grid_.cols) + 1;
    sum_.assign((at(grid_.rows) + 1) * width, 0.0);
    count_.assign(sum_.size(), 0.0);
    for (std::int32_t r = 0; r < grid_.rows; ++r) {
      for (std::int32_t k = 0; k < grid_.cols; ++k) {
        const float h = heights[grid_.at(r, k)];
        const bool known = h == h;
        const std::size_t here = (at(r) + 1) * width + at(k) + 1;
        sum_[here] = sum_[here - 1] + sum_[here - width] - sum_[here - width - 1] +
                     (known ? static_cast<double>(h) : 0.0);
        count_[here] = count_[here - 1] + count_[here - width] - count_[here - width - 1] +
                       (known ? 1.0 : 0.0);
      }
    }
  }
  double mean(Cell c, std::int32_t reach) const {
    const auto r0 = at(std::max(grid_.row_of(c) - reach, 0));
    const auto k0 = at(std::max(grid_.col_of(c) - reach, 0));
    const auto r1 = at(std::min(grid_.row_of(c) + reach + 1, grid_.rows));
    const auto k1 = at(std::min(grid_.col_of(c) + reach + 1, grid_.cols));
    const double known = over(count_, r0, k0, r1, k1);
    return known > 0 ? over(sum_, r0, k0, r1, k1) / known : 0.0;
  }

 private:
  double over(const std::vector<double>& of, std::size_t r0, std::size_t k0, std::size_t r1,
              std::size_t k1) const {
    const auto width = at(grid_.cols) + 1;
    return of[r1 * width + k1] - of[r0 * width + k1] - of[r1 * width + k0] + of[r0 * width + k0];
  }
  Grid grid_;
  std::vector<double> sum_, count_;
};

// Watched dry ground in the band with a road near.
std::vector<WatchPlace> all_places(const WatchGround& ground) {
  const Grid& grid = ground.grid();
  const Terrain& terrain = ground.terrain;
  Raster<std::uint8_t> roads(grid, 0);
  for (std::size_t c = 0; c < roads.values.size(); ++c) {
    roads.values[c] = terrain.road.values[c] != 0 ? 1 : 0;
  }
  const Raster<float> to_road = distance_to(roads);
  const Sums sums(terrain.elevation_m);
  const auto reach = static_cast<std::int32_t>(std::ceil(kAround / grid.cell));
  std::vector<WatchPlace> places;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    const float height = terrain.elevation_m[c];
    if (!ground.own(c) || terrain.water[c] != 0 || height != height) continue;
    if (terrain.border_distance_m[c] > ground.rules().candidate_depth_m) continue;
    if (to_road[c] > ground.rules().candidate_road_m) continue;
    const auto h = static_cast<double>(height);
    places.push_back({.cell = c, .ground_m = h, .over_m = h - sums.mean(c, reach)});
  }
  return places;
}

}  // namespace

WatchGround make_watch_ground(const Scenario& scenario, const Terrain& terrain) {
  WatchGround ground{.scenario = scenario,
                     .terrain = terrain,
                     .canopy_m = Raster<float>(terrain.grid, 0.0F),
                     .surface_m = Raster<float>(terrain.grid, nodata<float>()),
                     .watched = std::vector<char>(256, 0)};
  for (const int f : scenario.surveillance.states) ground.watched[at(f) + 1] = 1;
  for (std::size_t c = 0; c < ground.canopy_m.values.size(); ++c) {
    const std::uint8_t cover = terrain.cover.values[c];
    if (is_nodata(cover) || terrain.road.values[c] != 0) continue;  // a road is a way through
    ground.canopy_m.values[c] = static_cast<float>(scenario.catalogue.covers[cover].canopy_m);
  }
  sight_surface(terrain.elevation_m.values.data(), ground.canopy_m.values.data(), nullptr,
                ground.surface_m.values.size(), ground.surface_m.values.data());
  return ground;
}

// The highest over their surroundings first, each apart from those taken; the distance shrinks
// until enough are found.
Result<std::vector<WatchPlace>> find_places(const WatchGround& ground) {
  std::vector<WatchPlace> all = all_places(ground);
  if (all.empty()) {
    return fail(ErrorCode::input,
                "no place for a sensor: no watched ground near the border and a "
                "road",
                ground.rules().where, "raise candidate_depth or candidate_road");
  }
  std::sort(all.begin(), all.end(), [](const WatchPlace& a, const WatchPlace& b) {
    return a.over_m != b.over_m ? a.over_m > b.over_m : a.cell < b.cell;
  });
  const Grid& grid = ground.grid();
  const auto most = at(ground.rules().max_candidates);
  std::vector<WatchPlace> kept;
  for (double apart = ground.rules().candidate_apart_m; apart >= grid.cell && kept.size() < most;
       apart /= 2) {
    for (const WatchPlace& place : all) {
      if (kept.size() >= most) break;
      const Point p = grid.centre(place.cell);
      const bool near = std::any_of(kept.begin(), kept.end(), [&](const WatchPlace& other) {
        const Point q = grid.centre(other.cell);
        return std::hypot(p.x - q.x, p.y - q.y) < apart;
      });
      if (!near) kept.push_back(place);
    }
  }
  for (WatchPlace& place : kept) {
    place.near = near_place(ground.terrain, grid.centre(place.cell), false).words;
  }
  return kept;
}

}  // namespace abatis::watching
