#include "abatis/measures/trees.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/mobility/mobility.hpp"

namespace abatis {
namespace {

constexpr double kBreastHeight = 1.3;        // m
constexpr double kReineke = -1.605;          // exponent of self-thinning
constexpr double kReferenceDiameter = 0.25;  // m

// The dynamic site-index form: height at t2 of what is h1 high at t1.
double form(const TreeSpecies& species, double h1, double t1, double t2) {
  const double d = species.beta * std::pow(species.asi, species.b2);
  const double r =
      std::sqrt((h1 - d) * (h1 - d) + 4 * species.beta * h1 * std::pow(t1, species.b2));
  return (h1 + d + r) / (2 + 4 * species.beta * std::pow(t2, species.b2) / (h1 - d + r));
}

}  // namespace

double tree_height_m(const TreeSpecies& species, double age) {
  const double lag = species.age == TreeAge::less_3 ? 3 : 0;
  const double base = species.age == TreeAge::breast_height ? kBreastHeight : 0;
  if (age <= lag) return base;
  return base + form(species, species.site_index_m - base, species.index_age - lag, age - lag);
}

double stem_diameter_m(const TreeSpecies& species, double height_m) {
  if (height_m <= kBreastHeight) return 0;
  return 0.01 * species.diameter_factor *
         std::pow(height_m - kBreastHeight, species.diameter_exponent);
}

double stems_standing(const TreeSpecies& species, double planted_per_ha, double diameter_m) {
  if (diameter_m <= 0) return planted_per_ha;
  return std::min(planted_per_ha,
                  species.stems_at_25cm * std::pow(diameter_m / kReferenceDiameter, kReineke));
}

Stand stand_at(const TreeSpecies& species, double planted_per_ha, double age) {
  Stand stand;
  stand.height_m = tree_height_m(species, age);
  stand.diameter_m = stem_diameter_m(species, stand.height_m);
  stand.stems_per_ha = stems_standing(species, planted_per_ha, stand.diameter_m);
  return stand;
}

bool stand_stops(const Mover& mover, const Stand& stand) {
  if (stand.diameter_m <= mover.override_diameter_m) return false;
  return !stems_passable(mover, stand.stems_per_ha, stand.diameter_m);
}

int age_that_stops(const TreeSpecies& species, double planted_per_ha, const Mover& mover,
                   int most) {
  for (int age = 0; age <= most; ++age) {
    if (stand_stops(mover, stand_at(species, planted_per_ha, age))) return age;
  }
  return -1;
}

}  // namespace abatis
