// Blocks of standing forest beside the ways of movers, and what they would be felled.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "forest_delay.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kForestShare = 0.6;  // of a block, for it to be one
constexpr double kLeastPiece = 0.1;   // of the block's forest; smaller bits beside roads are left
// Ground slower than this is NO-GO: movers cut a lane at this pace (MODEL section 2, 1.5 km/h).
constexpr double kSlowest = 1.5 / 3.6;

bool is_forest(const SiteGround& ground, Cell c) {
  const std::uint8_t cover = ground.terrain.cover[c];
  return !is_nodata(cover) && ground.scenario.catalogue.covers[cover].kind == CoverKind::forest;
}

// Forest cells of a block that can be a barrier, in 4-connected pieces worth having.
std::vector<Cell> block_cells(const SiteGround& ground, const std::vector<Cell>& forest,
                              std::int32_t row0, std::int32_t col0, std::int32_t side) {
  const Grid& grid = ground.grid();
  const auto width = static_cast<std::size_t>(side);
  std::vector<std::uint8_t> open(width * width, 0);
  const auto local = [&](std::int32_t r, std::int32_t c) {
    return static_cast<std::size_t>(r - row0) * width + static_cast<std::size_t>(c - col0);
  };
  for (const Cell c : forest) {
    const bool ours = !ground.any(c, kRoad | kBridge) && ground.taken[c] == 0 &&
                      ground.terrain.natural[c] == 0 && ground.terrain.water[c] == 0;
    if (ours) open[local(grid.row_of(c), grid.col_of(c))] = 1;
  }
  std::vector<Cell> cells;
  for (const Cell start : forest) {
    if (open[local(grid.row_of(start), grid.col_of(start))] != 1) continue;
    std::vector<Cell> piece{start};
    open[local(grid.row_of(start), grid.col_of(start))] = 2;
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const std::int32_t r = grid.row_of(piece[i]);
      const std::int32_t c = grid.col_of(piece[i]);
      const std::array<std::array<std::int32_t, 2>, 4> around{
          {{r - 1, c}, {r + 1, c}, {r, c - 1}, {r, c + 1}}};
      for (const auto& [nr, nc] : around) {
        if (nr < row0 || nc < col0 || nr >= row0 + side || nc >= col0 + side) continue;
        if (!grid.inside(nr, nc) || open[local(nr, nc)] != 1) continue;
        open[local(nr, nc)] = 2;
        piece.push_back(grid.at(nr, nc));
      }
    }
    if (static_cast<double>(piece.size()) >= kLeastPiece * static_cast<double>(forest.size())) {
      cells.insert(cells.end(), piece.begin(), piece.end());
    }
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

// The roughest open ground without stems stands for a clear-cut: stumps, slash, furrows.
int felled_cover(const Catalogue& catalogue) {
  int best = -1;
  double least = 2;
  for (std::size_t i = 0; i < catalogue.covers.size(); ++i) {
    const CoverClass& cover = catalogue.covers[i];
    if (cover.kind != CoverKind::open || cover.stems_per_ha > 0) continue;
    const double factor = cover.vegetation_factor * cover.roughness_factor;
    if (factor < least) {
      least = factor;
      best = static_cast<int>(i);
    }
  }
  return best;
}

Candidate make_block(const SiteGround& ground, const std::vector<Cell>& forest,
                     std::vector<Cell> cells, double share, double usage) {
  const Grid& grid = ground.grid();
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::block;
  site.rule = SiteRule::standing_forest;
  candidate.quantity_ha = static_cast<double>(forest.size()) * grid.cell * grid.cell / 1e4;
  candidate.usefulness = usage * share;
  const Point middle = grid.centre(cells[cells.size() / 2]);
  const NearPlace place = near_place(ground.terrain, middle);
  site.nearest_place = place.name;
  site.name = fmt::format("forest{}{}", place.words.empty() ? "" : ", ", place.words);
  site.cells = std::move(cells);
  return candidate;
}

}  // namespace

std::vector<Candidate> find_forests(const SiteGround& ground) {
  const Grid& grid = ground.grid();
  const auto side = std::max<std::int32_t>(
      1, static_cast<std::int32_t>(std::lround(ground.scenario.sites.block_side_m / grid.cell)));
  std::vector<Candidate> found;
  for (std::int32_t row = 0; row + side <= grid.rows; row += side) {
    for (std::int32_t col = 0; col + side <= grid.cols; col += side) {
      const Cell centre = grid.at(row + side / 2, col + side / 2);
      const int echelon = ground.echelon_at(ground.terrain.border_distance_m[centre]);
      if (echelon < 0 || !ground.any(centre, kFriendly)) continue;
      std::vector<Cell> forest;
      double usage = 0;
      for (std::int32_t r = row; r < row + side; ++r) {
        for (std::int32_t c = col; c < col + side; ++c) {
          const Cell cell = grid.at(r, c);
          usage = std::max(usage, ground.corridor.usage(cell));
          if (ground.any(cell, kFriendly) && is_forest(ground, cell)) forest.push_back(cell);
        }
      }
      const double share = static_cast<double>(forest.size()) / (static_cast<double>(side) * side);
      if (usage <= 0 || share < kForestShare) continue;
      std::vector<Cell> cells = block_cells(ground, forest, row, col, side);
      if (cells.empty()) continue;
      found.push_back(make_block(ground, forest, std::move(cells), share, usage));
      found.back().site.echelon = echelon;
    }
  }
  return found;
}

Felling fell(const SiteGround& ground, const std::vector<Candidate>& forests, Combine combine) {
  Felling felling;
  for (const Candidate& block : forests) {
    felling.cells.insert(felling.cells.end(), block.site.cells.begin(), block.site.cells.end());
  }
  std::sort(felling.cells.begin(), felling.cells.end());
  const int cover = felled_cover(ground.scenario.catalogue);
  for (const SpeedRaster& standing : ground.mobility.speeds) {
    const SpeedModel model(ground.scenario.catalogue, standing.mover, standing.season, combine);
    std::vector<float> speeds;
    speeds.reserve(felling.cells.size());
    for (const Cell c : felling.cells) {
      const std::uint8_t soil = ground.terrain.soil[c];
      const double felled =
          model
              .off_road(
                  {.slope_percent = static_cast<double>(ground.terrain.slope_percent[c]),
                   .intercepts_per_km = static_cast<double>(ground.terrain.intercepts_per_km[c]),
                   .cover = cover,
                   .soil = is_nodata(soil) ? -1 : soil})
              .mps;
      // Felling never slows: a stand as open as a clear-cut keeps its own speed.
      speeds.push_back(std::max(standing.speed_mps[c], static_cast<float>(felled)));
    }
    felling.speed_mps.push_back(std::move(speeds));
  }
  return felling;
}

double mean_chord_m(const Grid& grid, const std::vector<Cell>& cells) {
  const double area = static_cast<double>(cells.size()) * grid.cell * grid.cell;
  const double perimeter = length_of(outline_of_cells(grid, cells));
  return perimeter > 0 ? 3.14159265358979323846 * area / perimeter : 0.0;
}

std::vector<double> standing_delay_s(const Site& block, const Felling& felling,
                                     const Mobility& mobility, double chord_m) {
  std::vector<double> delays;
  for (std::size_t k = 0; k < felling.speed_mps.size(); ++k) {
    double sum = 0;
    for (const Cell c : block.cells) {
      const auto at = std::lower_bound(felling.cells.begin(), felling.cells.end(), c);
      const auto i = static_cast<std::size_t>(at - felling.cells.begin());
      const double standing = mobility.speeds[k].speed_mps[c];
      sum += 1 / std::max(standing, kSlowest) -
             1 / std::max(static_cast<double>(felling.speed_mps[k][i]), kSlowest);
    }
    const double mean = block.cells.empty() ? 0.0 : sum / static_cast<double>(block.cells.size());
    delays.push_back(std::max(0.0, chord_m * mean));
  }
  return delays;
}

}  // namespace abatis::measures
