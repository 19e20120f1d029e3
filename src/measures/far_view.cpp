#include "abatis/measures/far_view.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/sight/sight.hpp"

namespace abatis {

ScreenGround screen_ground(const Scenario& scenario, const Terrain& terrain) {
  ScreenGround out{terrain.elevation_m, Raster<float>(terrain.grid, 0)};
  Raster<float> canopy(terrain.grid, 0), buildings(terrain.grid, 0);
  for (std::size_t c = 0; c < terrain.grid.size(); ++c) {
    const std::uint8_t cover = terrain.cover.values[c];
    if (is_nodata(cover)) continue;
    const CoverClass& kind = scenario.catalogue.covers[cover];
    canopy.values[c] = static_cast<float>(kind.canopy_m);
    if (kind.kind == CoverKind::builtup) {
      buildings.values[c] = static_cast<float>(scenario.catalogue.screening.building_m);
    }
  }
  sight_surface(out.ground.values.data(), canopy.values.data(), buildings.values.data(),
                terrain.grid.size(), out.surface.values.data());
  return out;
}

std::vector<PlacedViewer> place_viewers(const Scenario& scenario, const Terrain& terrain,
                                        const ScreenGround& ground) {
  const Grid& grid = terrain.grid;
  const auto side = static_cast<std::int32_t>(
      std::max(1.0, std::round(scenario.screening.spacing_m / grid.cell)));
  const std::int32_t squares = (grid.cols + side - 1) / side;
  const std::int32_t bands = (grid.rows + side - 1) / side;
  std::vector<PlacedViewer> out;
  for (const int v : scenario.screening.viewers) {
    const Viewer& kind = scenario.catalogue.screening.viewers[static_cast<std::size_t>(v)];
    std::vector<Cell> best(static_cast<std::size_t>(squares) * static_cast<std::size_t>(bands),
                           kNoCell);
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (terrain.side_of(c) != Side::adversary || terrain.water[c] != 0) continue;
      if (!(static_cast<double>(terrain.border_distance_m[c]) <= kind.depth_m)) continue;
      const double over = static_cast<double>(ground.surface[c]) - ground.ground[c];
      if (!(over <= kind.height_m)) continue;  // unknown ground, or under the canopy
      Cell& kept =
          best[static_cast<std::size_t>((grid.row_of(c) / side) * squares + grid.col_of(c) / side)];
      if (kept == kNoCell || ground.ground[c] > ground.ground[kept]) kept = c;
    }
    std::vector<Cell> placed;
    for (const Cell c : best) {
      if (c != kNoCell) placed.push_back(c);
    }
    std::sort(placed.begin(), placed.end());
    for (const Cell c : placed) out.push_back({v, c});
  }
  return out;
}

double tallest_target(const Scenario& scenario) {
  double most = 0;
  for (const int t : scenario.screening.targets) {
    most =
        std::max(most, scenario.catalogue.screening.targets[static_cast<std::size_t>(t)].height_m);
  }
  return most;
}

Result<Raster<std::uint8_t>> seen_from_far(const Scenario& scenario, const Terrain& terrain,
                                           int threads, Monitor& monitor) {
  const ScreenGround ground = screen_ground(scenario, terrain);
  const Grid& grid = terrain.grid;
  const SightGround surface{.rows = grid.rows,
                            .cols = grid.cols,
                            .cell_m = grid.cell,
                            .surface = ground.surface.values.data(),
                            .ground = ground.ground.values.data()};
  Raster<std::uint8_t> kinds(grid, 0);
  std::vector<std::uint16_t> seen;
  int now = -1;
  const auto count = [&] {
    for (std::size_t c = 0; c < seen.size(); ++c) {
      if (seen[c] > 0) ++kinds.values[c];
    }
    seen.assign(grid.size(), 0);
  };
  const std::vector<PlacedViewer> viewers = place_viewers(scenario, terrain, ground);
  monitor.begin("ground seen from the far side", static_cast<std::int64_t>(viewers.size()),
                "viewers");
  for (const PlacedViewer& placed : viewers) {
    if (monitor.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped while looking from the far side");
    }
    if (placed.viewer != now) count();
    now = placed.viewer;
    const Viewer& kind = scenario.catalogue.screening.viewers[static_cast<std::size_t>(now)];
    add_view(surface, {.cell = placed.cell, .height_m = kind.height_m},
             {.target_height_m = tallest_target(scenario),
              .radius_m = kind.range_m,
              .refraction = scenario.catalogue.screening.refraction,
              .threads = threads},
             seen.data());
    monitor.advance(1);
  }
  count();
  return kinds;
}

}  // namespace abatis
