#pragma once
// Speed of a mover on a terrain in a season (MODEL section 2).

#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

enum class Combine : std::uint8_t { product, minimum };

// --- the factors, pure; sources in docs/model/mobility.md ---
// F1 in km/h when vmax is in km/h (same unit out as in). s: slope in percent.
double slope_speed(double vmax, double slope_on, double slope_off, double s);
double intercept_factor(double intercepts_per_km);                       // F2
double soil_factor(double rci, double vci1, double vci50);               // F4
double vci1_wheeled(double mobility_index, double deflection_correction);   // psi
double vci50_wheeled(double mobility_index);                             // psi
double vci1_tracked(double mobility_index);
double vci50_tracked(double mobility_index);
double stem_spacing_m(double stems_per_ha, bool triangular);
bool stems_passable(const Mover& mover, double stems_per_ha, double stem_diameter_m);
double frozen_ground_capacity_kn(double frost_depth_m, bool wet);        // W = c d^2, MN -> kN
double ice_capacity_t(double ice_thickness_m);                           // P = h^2/16

struct SpeedRaster {
  int mover = 0, season = 0;       // catalogue indices
  Raster<float> speed_mps;         // 0 = impassable
  std::int64_t unknown_cells = 0;  // cells decided by the bound in MODEL's rounding rule
  std::array<std::int64_t, 4> class_cells{};  // GO (>30 km/h), SLOW-GO (5-30), 1.5-5, NO-GO
};

struct Mobility {
  std::vector<SpeedRaster> speeds;  // mover-major in scenario order: use `index`
  int seasons = 0;
  int index(int mover_use, int season_use) const { return mover_use * seasons + season_use; }
  // Delay (s) of entering natural obstacle class n, by speeds index. [speed][natural]
  std::vector<std::vector<double>> natural_delay_s;
};

// Speed of every mover and season of the scenario. Roads carry at road speed; bridges carry over
// water; a river area or lake is impassable unless the ice holds or the mover swims.
Result<Mobility> build_mobility(const Scenario& scenario, const Terrain& terrain, Combine combine,
                                int threads, Monitor& monitor);

}  // namespace abatis
