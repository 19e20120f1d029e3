#include "ground.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"

namespace abatis::gap_detail {
namespace {

template <class Visit>
void for_each_beside(const Grid& grid, Cell c, const Visit& visit) {
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  if (row > 0) visit(c - grid.cols);
  if (col > 0) visit(c - 1);
  if (col + 1 < grid.cols) visit(c + 1);
  if (row + 1 < grid.rows) visit(c + grid.cols);
}

// Values of Terrain::state of the two hostile and the two friendly states.
struct Codes {
  std::array<std::uint8_t, 2> hostile{}, friendly{};
};

Codes codes_of(const Scenario& scenario, const LandBridge& gap) {
  Codes codes;
  for (std::size_t i = 0; i < 2; ++i) {
    codes.friendly.at(i) = static_cast<std::uint8_t>(1 + gap.joins.at(i));
    codes.hostile.at(i) = static_cast<std::uint8_t>(1 + static_cast<int>(scenario.friendly.size()) +
                                                    gap.between.at(i));
  }
  return codes;
}

void find_hostile(const Terrain& terrain, const Codes& codes, GapGround& ground) {
  const Grid& grid = terrain.grid;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    for (std::size_t side = 0; side < 2; ++side) {
      if (terrain.state[c] != codes.hostile.at(side)) continue;
      bool border = false;
      for_each_beside(grid, c, [&](Cell n) {
        border = border || ground.half[n] != 0;
        if (side == 0 && terrain.state[n] == codes.hostile[1] && ground.touching == kNoCell) {
          ground.touching = c;
        }
      });
      if (border) ground.hostile.at(side).push_back(c);
    }
  }
}

// Distance from the border between the two friendly states decides what lies behind it.
void find_hinterland(const Scenario& scenario, const LandBridge& gap, GapGround& ground) {
  const Grid& grid = ground.half.grid;
  Raster<std::uint8_t> seam(grid, 0);
  bool any = false;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (ground.half[c] == 0) continue;
    for_each_beside(grid, c, [&](Cell n) {
      if (ground.half[n] != 0 && ground.half[n] != ground.half[c]) seam[c] = 1;
    });
    any = any || seam[c] != 0;
  }
  const auto name = [&](std::size_t side) {
    return scenario.friendly[static_cast<std::size_t>(gap.joins.at(side))];
  };
  if (!any) {
    ground.no_routes = fmt::format("{} and {} do not border on each other here", name(0), name(1));
    return;
  }
  const Raster<float> away = distance_to(seam);
  std::array<bool, 2> found{};
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (ground.half[c] == 0 || away[c] < static_cast<float>(gap.depth_m)) continue;
    ground.hinterland[c] = ground.half[c];
    found.at(ground.half[c] - 1U) = true;
  }
  for (std::size_t side = 0; side < 2; ++side) {
    if (found.at(side)) continue;
    ground.no_routes = fmt::format("no ground of {} lies {:.0f} km behind its border with {}",
                                   name(side), gap.depth_m / 1000, name(1 - side));
  }
}

}  // namespace

GapGround make_ground(const Scenario& scenario, const Terrain& terrain, const LandBridge& gap) {
  const Grid& grid = terrain.grid;
  const Codes codes = codes_of(scenario, gap);
  GapGround ground;
  ground.half = ground.hinterland = Raster<std::uint8_t>(grid, 0);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (gap.within && !gap.within->contains(grid.centre(c))) continue;
    for (std::uint8_t side = 0; side < 2; ++side) {
      if (terrain.state[c] == codes.friendly.at(side)) {
        ground.half[c] = static_cast<std::uint8_t>(1 + side);
      }
    }
  }
  find_hostile(terrain, codes, ground);
  find_hinterland(scenario, gap, ground);
  return ground;
}

Grid window_of(const GapGround& ground) {
  const Grid& grid = ground.half.grid;
  std::int32_t top = grid.rows, bottom = -1, left = grid.cols, right = -1;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (ground.half[c] == 0) continue;
    top = std::min(top, grid.row_of(c));
    bottom = std::max(bottom, grid.row_of(c));
    left = std::min(left, grid.col_of(c));
    right = std::max(right, grid.col_of(c));
  }
  if (bottom < 0) top = bottom = left = right = 0;
  Grid window = grid;
  window.origin_x += left * grid.cell;
  window.origin_y -= top * grid.cell;
  window.rows = bottom - top + 1;
  window.cols = right - left + 1;
  return window;
}

}  // namespace abatis::gap_detail
