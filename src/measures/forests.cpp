// Blocks of standing forest beside the ways of movers, and what they would be felled.

#include <algorithm>

#include "block_delay.hpp"
#include "blocks.hpp"

namespace abatis::measures {
namespace {

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

}  // namespace

std::vector<Candidate> find_forests(const SiteGround& ground) {
  return find_blocks(ground,
                     {.rule = SiteRule::standing_forest, .word = "forest", .holds = [&](Cell c) {
                        return is_kind(ground, c, CoverKind::forest);
                      }});
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

std::vector<double> standing_delay_s(const Site& block, const Felling& felling,
                                     const Mobility& mobility, double chord_m) {
  std::vector<double> delays;
  for (std::size_t k = 0; k < felling.speed_mps.size(); ++k) {
    const auto felled = [&](Cell c) {
      const auto at = std::lower_bound(felling.cells.begin(), felling.cells.end(), c);
      return static_cast<double>(
          felling.speed_mps[k][static_cast<std::size_t>(at - felling.cells.begin())]);
    };
    const auto standing = [&](Cell c) {
      return static_cast<double>(mobility.speeds[k].speed_mps[c]);
    };
    delays.push_back(slowing_s(block.cells, chord_m, felled, standing));
  }
  return delays;
}

}  // namespace abatis::measures
