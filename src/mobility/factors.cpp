// The factors of MODEL section 2. Each formula's source stands beside it; docs/model/mobility.md
// has the full references.

#include <algorithm>
#include <cmath>
#include <limits>

#include "abatis/mobility/mobility.hpp"

namespace abatis {
namespace {

constexpr double kSquareMetresPerHectare = 10000.0;
constexpr double kTriangularSpacing = 1.075;  // of stems in rows offset by half, against a square
constexpr double kMetresPerInch = 0.0254;
constexpr double kTonsPerShortTon = 0.90718474;

}  // namespace

// FM 5-33 (1990), cross-country movement, speed/slope formula. The weight of the mover is already
// in G_on and G_off: it is not divided by again.
double slope_speed(double vmax, double slope_on, double slope_off, double s) {
  return std::max(0.0, (slope_off - s) / (slope_on / vmax));
}

// FM 5-33 (1990): slope intercept frequency per km.
double intercept_factor(double intercepts_per_km) {
  return std::clamp((280.0 - intercepts_per_km) / 280.0, 0.0, 1.0);
}

// FM 5-33 (1990): from the first pass that is just possible to fifty passes.
double soil_factor(double rci, double vci1, double vci50) {
  return std::clamp((rci - vci1) / (vci50 - vci1), 0.0, 1.0);
}

// Priddy & Willoughby (2006), wheeled vehicles in fine-grained soil.
double vci1_wheeled(double mobility_index, double deflection_correction) {
  const double mi = mobility_index;
  const double rigid = mi <= 115.0 ? 11.48 + 0.2 * mi - 39.2 / (mi + 3.74)  //
                                   : 4.1 * std::pow(mi, 0.446);
  return rigid * deflection_correction;
}

double vci50_wheeled(double mobility_index) {
  const double mi = mobility_index;
  return mi <= 115.0 ? 28.23 + 0.43 * mi - 92.67 / (mi + 3.67) : 9.0 * std::pow(mi, 0.446);
}

// The relation of NRMM for self-propelled tracked vehicles (Ciobotaru 2009).
double vci1_tracked(double mobility_index) {
  return 7.0 + 0.2 * mobility_index - 39.2 / (mobility_index + 5.6);
}

double vci50_tracked(double mobility_index) {
  return 19.27 + 0.43 * mobility_index - 125.79 / (mobility_index + 7.08);
}

double deflection_correction(double deflection_ratio) {
  return std::pow(0.15 / deflection_ratio, 0.25);
}

// FM 5-33 (1990): mean stem spacing from the number of stems on a hectare.
double stem_spacing_m(double stems_per_ha, bool triangular) {
  if (!(stems_per_ha > 0)) return std::numeric_limits<double>::infinity();
  const double square = std::sqrt(kSquareMetresPerHectare / stems_per_ha);
  return triangular ? kTriangularSpacing * square : square;
}

bool stems_passable(const Mover& mover, double stems_per_ha, double stem_diameter_m) {
  const double gap = stem_spacing_m(stems_per_ha, false) - stem_diameter_m;
  if (gap >= mover.width_m + mover.clearance_m) return true;
  return mover.running == Running::tracked && stem_diameter_m <= mover.override_diameter_m;
}

// Shoop (1995): P = C z^2 for frozen ground over a soft substrate.
double frozen_ground_capacity_kn(double frost_depth_m, bool wet) {
  const double mn_per_m2 = wet ? 0.86 : 0.35;
  return 1000.0 * mn_per_m2 * frost_depth_m * frost_depth_m;
}

// TM 5-852-1 / AFR 88-19 vol. 1: P = h^2/16, short tons and inches of clear fresh-water ice.
double ice_capacity_t(double ice_thickness_m) {
  const double inches = ice_thickness_m / kMetresPerInch;
  return inches * inches / 16.0 * kTonsPerShortTon;
}

}  // namespace abatis
