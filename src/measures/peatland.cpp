// Drained peat, and what it would be to movers once wet again.

#include <algorithm>

#include "abatis/geo/rasterize.hpp"
#include "block_delay.hpp"
#include "blocks.hpp"
#include "ditch_chains.hpp"

namespace abatis::measures {
namespace {

constexpr double kDrainReach = 300;  // m; a drain lowers the water of peat this far (unverified)

// The softest mire of the catalogue stands for wet peat.
int mire_cover(const Catalogue& catalogue) {
  int best = -1;
  double least = 2;
  for (std::size_t i = 0; i < catalogue.covers.size(); ++i) {
    const CoverClass& cover = catalogue.covers[i];
    if (cover.kind != CoverKind::wetland || cover.stems_per_ha > 0) continue;
    const double factor = cover.vegetation_factor * cover.roughness_factor;
    if (factor < least) {
      least = factor;
      best = static_cast<int>(i);
    }
  }
  return best;
}

// Soils as soft in every season as they are when wet.
Catalogue soaked(const Catalogue& catalogue) {
  Catalogue wet = catalogue;
  for (SoilClass& soil : wet.soils) soil.rci_psi.fill(soil.rci_psi.back());
  return wet;
}

}  // namespace

// Peat is drained where it is no mire any more, or where a ditch or stream runs near.
std::vector<Candidate> find_peatland(const SiteGround& ground) {
  const Grid& grid = ground.grid();
  Raster<std::uint8_t> drains(grid, 0);
  const std::vector<DitchChain> chains = ditch_chains(ground.scenario, ground.terrain);
  for (const DitchChain& chain : chains) {
    for (const Cell c : cells_of_line(grid, chain.line)) drains[c] = 1;
  }
  const Raster<float> drain_distance = distance_to(drains);
  auto found = find_blocks(ground, {.rule = SiteRule::peatland,
                                    .word = "drained peat",
                                    .least_share = 0.4,
                                    .holds = [&](Cell c) {
                                      return is_peat(ground, c) && !ground.any(c, kBuilt) &&
                                             (!is_kind(ground, c, CoverKind::wetland) ||
                                              drain_distance[c] <= kDrainReach);
                                    }});
  // The runs of water that touch a block drain it.
  Raster<std::int32_t> owner(grid, 0);
  for (std::size_t b = 0; b < found.size(); ++b) {
    for (const Cell c : found[b].site.cells) owner[c] = static_cast<std::int32_t>(b) + 1;
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    for (const Cell c : cells_of_line(grid, chains[i].line)) {
      if (owner[c] == 0) continue;
      auto& list = found[static_cast<std::size_t>(owner[c] - 1)].chains;
      if (list.empty() || list.back() != static_cast<int>(i)) list.push_back(static_cast<int>(i));
    }
  }
  return found;
}

std::vector<double> wet_delay_s(const SiteGround& ground, const Site& block, double chord_m,
                                Combine combine) {
  const Catalogue wet = soaked(ground.scenario.catalogue);
  const int cover = mire_cover(wet);
  std::vector<double> delays;
  for (const SpeedRaster& today : ground.mobility.speeds) {
    const SpeedModel model(wet, today.mover, today.season, combine);
    const auto now = [&](Cell c) { return static_cast<double>(today.speed_mps[c]); };
    const auto after = [&](Cell c) {
      Ground cell = ground_of(ground.terrain, c);
      if (cover >= 0) cell.cover = cover;
      return std::min(now(c), model.off_road(cell).mps);  // wetting speeds nobody up
    };
    delays.push_back(slowing_s(block.cells, chord_m, now, after));
  }
  return delays;
}

}  // namespace abatis::measures
