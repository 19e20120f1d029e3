#include "blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace abatis::measures {
namespace {

constexpr double kLeastPiece = 0.1;  // of the block's kind; smaller bits beside roads are left out

// Cells of a block that can be a barrier, in 4-connected pieces worth having.
std::vector<Cell> block_cells(const SiteGround& ground, const std::vector<Cell>& all,
                              std::int32_t row0, std::int32_t col0, std::int32_t side) {
  const Grid& grid = ground.grid();
  const auto width = static_cast<std::size_t>(side);
  std::vector<std::uint8_t> open(width * width, 0);
  const auto local = [&](std::int32_t r, std::int32_t c) {
    return static_cast<std::size_t>(r - row0) * width + static_cast<std::size_t>(c - col0);
  };
  for (const Cell c : all) {
    const bool ours = !ground.any(c, kRoad | kBridge) && ground.taken[c] == 0 &&
                      ground.terrain.natural[c] == 0 && ground.terrain.water[c] == 0;
    if (ours) open[local(grid.row_of(c), grid.col_of(c))] = 1;
  }
  std::vector<Cell> cells;
  for (const Cell start : all) {
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
    if (static_cast<double>(piece.size()) >= kLeastPiece * static_cast<double>(all.size())) {
      cells.insert(cells.end(), piece.begin(), piece.end());
    }
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

Candidate make_block(const SiteGround& ground, const BlockKind& kind, const std::vector<Cell>& all,
                     std::vector<Cell> cells, double share, double usage) {
  const Grid& grid = ground.grid();
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::block;
  site.rule = kind.rule;
  candidate.quantity_ha = static_cast<double>(all.size()) * grid.cell * grid.cell / 1e4;
  candidate.usefulness = usage * share;
  const Point middle = grid.centre(cells[cells.size() / 2]);
  const NearPlace place = near_place(ground.terrain, middle);
  site.nearest_place = place.name;
  site.name = fmt::format("{}{}{}", kind.word, place.words.empty() ? "" : ", ", place.words);
  for (const Cell c : all) {
    if (is_farmed(ground, c)) site.farmed_m2 += grid.cell * grid.cell;
  }
  site.cells = std::move(cells);
  return candidate;
}

}  // namespace

std::vector<Candidate> find_blocks(const SiteGround& ground, const BlockKind& kind) {
  const Grid& grid = ground.grid();
  const auto side = std::max<std::int32_t>(
      1, static_cast<std::int32_t>(std::lround(ground.scenario.sites.block_side_m / grid.cell)));
  std::vector<Candidate> found;
  for (std::int32_t row = 0; row + side <= grid.rows; row += side) {
    for (std::int32_t col = 0; col + side <= grid.cols; col += side) {
      const Cell centre = grid.at(row + side / 2, col + side / 2);
      const int echelon = ground.echelon_at(ground.terrain.border_distance_m[centre]);
      if (echelon < 0 || !ground.any(centre, kFriendly)) continue;
      std::vector<Cell> all;
      double usage = 0;
      for (std::int32_t r = row; r < row + side; ++r) {
        for (std::int32_t c = col; c < col + side; ++c) {
          const Cell cell = grid.at(r, c);
          usage = std::max(usage, ground.corridor.usage(cell));
          if (ground.any(cell, kFriendly) && kind.holds(cell)) all.push_back(cell);
        }
      }
      const double share = static_cast<double>(all.size()) / (static_cast<double>(side) * side);
      if (usage <= 0 || share < kind.least_share) continue;
      std::vector<Cell> cells = block_cells(ground, all, row, col, side);
      if (cells.empty()) continue;
      found.push_back(make_block(ground, kind, all, std::move(cells), share, usage));
      found.back().site.echelon = echelon;
    }
  }
  return found;
}

}  // namespace abatis::measures
