#pragma once
// Speed of a mover on a terrain in a season (MODEL section 2).

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// How the factors make a speed: their product (FM 5-33), or the least of them (limiting factor, as
// in NRMM). product <= minimum on every cell, so the two bracket the answer.
enum class Combine : std::uint8_t { product, minimum };

// Which way an unknown is rounded: up for an adversary, down for an evacuee.
enum class Rounding : std::uint8_t { upper, lower };

// --- the factors, pure; sources in docs/model/mobility.md ---

// F1: speed on a slope of s percent, in the unit of vmax: max(0, (slope_off - s) /
// (slope_on/vmax)).
double slope_speed(double vmax, double slope_on, double slope_off, double s);
// F2 = (280 - SIF) / 280 in [0, 1]; the 280 is absolute, so that tiles agree.
double intercept_factor(double intercepts_per_km);
// F4 = (RCI - VCI1) / (VCI50 - VCI1) in [0, 1], all in psi; vci50 > vci1.
double soil_factor(double rci, double vci1, double vci50);
double vci1_wheeled(double mobility_index, double deflection_correction);  // psi
double vci50_wheeled(double mobility_index);                               // psi
double vci1_tracked(double mobility_index);                                // psi
double vci50_tracked(double mobility_index);                               // psi
// DCF = (0.15 / (tire deflection / section height))^0.25; 1 at a deflection of 15 %.
double deflection_correction(double deflection_ratio);
// Mean distance between stems (m); infinity without stems.
double stem_spacing_m(double stems_per_ha, bool triangular);
// The stems let the mover through: the gap of a square stand is wide enough, or (tracked movers)
// the stems are thin enough to be pushed over.
bool stems_passable(const Mover& mover, double stems_per_ha, double stem_diameter_m);
// Weight that frozen ground carries, kN: 0.86 d^2 MN on wet soil, 0.35 d^2 MN on dry (d in m).
double frozen_ground_capacity_kn(double frost_depth_m, bool wet);
// Weight that clear ice carries, metric tons: h^2/16 short tons (h in inches).
double ice_capacity_t(double ice_thickness_m);

// --- one mover in one season ---

// What a cell is like. Unknown: NaN, or -1 for an index.
struct Ground {
  double slope_percent = 0;
  double intercepts_per_km = 0;
  int cover = -1;  // index into catalogue.covers
  int soil = -1;   // index into catalogue.soils
};

struct OffRoadSpeed {
  double mps = 0;
  bool bounded = false;  // an unknown was replaced by its bound, and that decided the speed
};

// Speed of one mover in one season, with everything that does not depend on the cell worked out.
class SpeedModel {
 public:
  SpeedModel(const Catalogue& catalogue, int mover, int season, Combine combine,
             Rounding rounding = Rounding::upper);
  OffRoadSpeed off_road(const Ground& ground) const;
  // On a road of catalogue class `road`, whatever the ground under it.
  double on_road(int road) const { return on_road_mps_[static_cast<std::size_t>(road)]; }
  // On a lake, river area or sea without a bridge: ice, swimming, or 0.
  double on_water() const { return on_water_mps_; }
  double in_barrier() const { return barrier_mps_; }

 private:
  double soil_of(int soil, int cover) const;

  const Mover& mover_;
  Combine combine_;
  Rounding rounding_;
  double surface_factor_ = 1;
  double on_water_mps_ = 0;
  double barrier_mps_ = 0;
  bool ice_holds_ = false;
  std::vector<double> on_road_mps_;
  std::vector<double> vegetation_, roughness_;  // by cover; F3 with the stem test, F5
  std::vector<bool> mire_;                      // by cover: wetland, carried by ice
  std::vector<double> soil_;                    // by soil; F4 with frost
  double bound_vegetation_ = 0, bound_roughness_ = 0, bound_soil_ = 0;
};

// --- the grid ---

struct SpeedRaster {
  int mover = 0, season = 0;                  // catalogue indices
  Raster<float> speed_mps;                    // 0 = impassable; never NaN
  std::int64_t unknown_cells = 0;             // cells decided by the bound in MODEL's rounding rule
  std::array<std::int64_t, 4> class_cells{};  // GO (>30 km/h), SLOW-GO (5-30), 1.5-5, NO-GO
};

// Speed of one mover in one season on every cell, as build_mobility makes it.
SpeedRaster speed_raster(const Catalogue& catalogue, const Terrain& terrain, int mover, int season,
                         Combine combine, Rounding rounding, int threads);

struct Mobility {
  std::vector<SpeedRaster> speeds;  // mover-major in scenario order: use `index`
  int seasons = 0;
  int index(int mover_use, int season_use) const { return mover_use * seasons + season_use; }
  // Mean delay (s) of entering natural obstacle class n, by speeds index. [speed][natural]; 0 for
  // classes that are no barrier.
  std::vector<std::vector<double>> natural_delay_s;
};

// Speed of every mover and season of the scenario, unknown ground rounded up (the movers of an
// axis are the adversary's). Roads carry at road speed and at least at that of the ground beside
// them; bridges carry over water; a lake, river area or sea is impassable unless the ice holds or
// the mover swims; a natural barrier is passable slowly, its delay is charged on entering.
// Errors: a natural delay missing from the catalogue; interrupted. O(cells x movers x seasons),
// 4 bytes a cell each. The same bits on any number of threads.
Result<Mobility> build_mobility(const Scenario& scenario, const Terrain& terrain, Combine combine,
                                int threads, Monitor& monitor);

}  // namespace abatis
