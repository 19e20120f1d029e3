// Open land to plant, and when the stand that grows there slows whom.

#include <algorithm>
#include <cmath>

#include "abatis/measures/trees.hpp"
#include "block_delay.hpp"
#include "blocks.hpp"

namespace abatis::measures {
namespace {

// Between stems of a stand that lets a mover through: the forest class closest to a planted one.
double forest_factor(const Catalogue& catalogue) {
  double most = 0;
  for (const CoverClass& cover : catalogue.covers) {
    if (cover.kind == CoverKind::forest) most = std::max(most, cover.vegetation_factor);
  }
  return most > 0 ? most : 1;
}

}  // namespace

std::vector<Candidate> find_open_land(const SiteGround& ground) {
  return find_blocks(
      ground,
      {.rule = SiteRule::open_land, .word = "open land", .least_share = 0.6, .holds = [&](Cell c) {
         return is_kind(ground, c, CoverKind::open) && !is_peat(ground, c) &&
                !ground.any(c, kClosed | kBuilt);
       }});
}

std::vector<std::vector<double>> planted_delay_s(const SiteGround& ground, const Measure& measure,
                                                 const Site& block, double chord_m) {
  const Catalogue& catalogue = ground.scenario.catalogue;
  const TreeSpecies& species = catalogue.trees[static_cast<std::size_t>(measure.species)];
  const double between = forest_factor(catalogue);
  const int lead = static_cast<int>(std::ceil(measure.lead_years));
  std::vector<std::vector<double>> delays;
  for (const SpeedRaster& today : ground.mobility.speeds) {
    const Mover& mover = catalogue.movers[static_cast<std::size_t>(today.mover)];
    std::vector<double> by_age;
    double last = 0;
    for (int age = 0; age < ground.scenario.years; ++age) {
      if (age >= lead) {
        const Stand stand = stand_at(species, measure.stems_per_ha, measure.stock_age + age - lead);
        const bool stops = stand_stops(mover, stand);
        const bool felt = stand.diameter_m > mover.override_diameter_m;
        const auto now = [&](Cell c) { return static_cast<double>(today.speed_mps[c]); };
        const auto after = [&](Cell c) {
          return stops ? 0.0 : felt ? now(c) * std::min(1.0, between) : now(c);
        };
        last = std::max(last, slowing_s(block.cells, chord_m, now, after));
      }
      by_age.push_back(last);
    }
    delays.push_back(std::move(by_age));
  }
  return delays;
}

}  // namespace abatis::measures
