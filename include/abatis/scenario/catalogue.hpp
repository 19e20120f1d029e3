#pragma once
// Catalogues: every figure a user could argue with, as data with provenance. They live in
// data/catalogue/*.toml and are named by the scenario file.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/units.hpp"
#include "abatis/scenario/figures.hpp"
#include "abatis/scenario/measure.hpp"
#include "abatis/scenario/screening.hpp"

namespace abatis {

enum class Running : std::uint8_t { tracked, wheeled, foot };

// Planning class of vehicle (MODEL section 2). SI; slope in percent as in FM 5-33.
struct Mover {
  std::string id, name;
  Running running = Running::tracked;
  double vmax_road_mps = 0;
  double vmax_offroad_mps = 0;
  double slope_on_percent = 60;   // G_on
  double slope_off_percent = 45;  // G_off
  double width_m = 0;
  double clearance_m = 0;  // added to width between stems
  double vci1_psi = 0, vci50_psi = 0;
  double override_diameter_m = 0;  // tracked movers push over thinner stems
  double ford_depth_m = 0;
  double trench_width_m = 0;
  double step_height_m = 0;
  double weight_t = 0;  // metric tons, for ice and frozen ground
  bool amphibious = false;
  Provenance provenance;
};

enum class Moisture : std::uint8_t { dry, moist, wet };

struct Season {
  std::string id, name;
  Moisture moisture = Moisture::moist;
  double soil_factor = 1;      // multiplies RCI (thaw < 1)
  double frost_depth_m = 0;    // 0 = not frozen
  double ice_thickness_m = 0;  // on lakes, rivers and mires
  double surface_factor = 1;   // multiplies speed off road (snow, mud); also roads below
  double road_factor = 1;
  double bank_factor = 1;  // share of a mover's slope that the bank of a ditch still lets it climb
  double ditch_water_m = 0;  // depth of water standing in a ditch; ice where ice_thickness is more
  Provenance provenance;
};

struct SoilClass {
  std::string id, name;             // USCS
  std::vector<int> codes;           // values of the soil raster that mean this class
  std::array<double, 3> rci_psi{};  // by Moisture
  Provenance provenance;
};

enum class CoverKind : std::uint8_t { open, forest, wetland, builtup, water };

struct CoverClass {
  std::string id, name;
  std::vector<int> codes;  // raster values that mean this class
  CoverKind kind = CoverKind::open;
  double vegetation_factor = 1;  // F3 where the stem tests pass, in [0,1]
  double roughness_factor = 1;   // F5
  double stems_per_ha = 0;
  double stem_diameter_m = 0;
  double canopy_m = 0;
  std::string soil;          // USCS id presumed where the scenario has no soil layer; "" = unknown
  bool farmed = false;       // farm land: planting it takes it from farming
  double margin_eur_ha = 0;  // what a hectare yields its user in a year
  Provenance margin_provenance;          // empty = no margin is given
  std::array<std::uint8_t, 3> colour{};  // on maps
  Provenance provenance;
};

struct RoadClass {
  std::string id, name;
  std::vector<std::string> codes;  // values of the road layer's class attribute
  double speed_tracked_mps = 0;
  double speed_wheeled_mps = 0;
  int rank = 0;               // 1 = most important; decides when two share a cell
  double capacity_per_h = 0;  // vehicles an hour in one direction; 0 = not given
  Provenance capacity_provenance;
  Provenance provenance;
};

// Water that is crossed as a barrier: river, canal, stream, ditch as it stands today.
struct NaturalObstacle {
  std::string id, name;
  std::vector<std::string> codes;  // values of the waterway layer's class attribute
  bool barrier = false;            // true: cells become a barrier; false: counts into SIF only
  double slope_intercepts = 0;     // added to SIF per km of it in a km2
  Provenance provenance;
};

struct NaturalDelay {                       // crossing an obstacle class away from a bridge
  int obstacle = 0, mover = 0, season = 0;  // indices into the catalogue
  Triangular delay_s;
  Provenance provenance;
};

// Speeds on and in water.
struct CrossingRules {
  double swim_mps = 0;          // amphibious movers on open water
  double swim_ice_limit_m = 0;  // thicker ice that does not hold keeps them out of the water
  Provenance swimming;
  double ice_mps = 0;  // the most on floating ice that holds
  Provenance ice;
  double barrier_mps = 0;  // inside a natural barrier: its delay is charged on entering
  Provenance barrier;
};

// A unit by the width of ground that it moves on abreast.
struct Formation {
  std::string id, name;
  double frontage_m = 0;
  Provenance provenance;
};

// How trees of a species grow: height by the dynamic site-index form of Elfving & Kiviste (1997)
// and Eriksson et al. (1997), stem diameter by height, stems by self-thinning (Reineke 1933). MODEL
// section 10; docs/model/trees.md.
enum class TreeAge : std::uint8_t { total, less_3, breast_height };
struct TreeSpecies {
  std::string id, name;
  double asi = 0, beta = 0, b2 = 0;
  TreeAge age = TreeAge::total;                       // what the form counts as age
  double site_index_m = 0, index_age = 0;             // height at that age, counted as `age` says
  double diameter_factor = 0, diameter_exponent = 1;  // d (cm) = factor (h - 1.3 m)^exponent
  double stems_at_25cm = 0;  // the most stems per ha at a mean diameter of 25 cm
  Provenance provenance, diameter_provenance, stems_provenance;
};

// A published division of the border land into bands of distance from the border.
struct EchelonBand {
  std::string id, name;
  double from_m = 0, to_m = 0;
};
struct EchelonDefinition {
  std::string id, name;
  std::vector<EchelonBand> bands;
  Provenance provenance;
};

// What the ledger of harm to civilians is reckoned by (MODEL section 12; docs/model/civil.md).
struct CivilFigures {
  // Clearing what was mined: one price for all of it, by EUR per m2, and what is cleared in a year.
  Triangular clearance_eur_m2;
  Provenance clearance_cost;
  double clearance_m2_year = 0;
  Provenance clearance_rate;
  double inspection_years = 1;  // between inspections of the marking of a mined zone
  Provenance inspection;
  // Ways of people to services: by whom, from which delay on they count, how far a settlement is
  // from the road it uses at most, people in a household.
  int mover = -1;  // index into movers
  double delayed_s = 0;
  double to_road_m = 0;
  double household = 1;
  Provenance access;
  // People presumed in a settlement without a population on record, by what it is.
  double presumed_settlement = 0, presumed_dwelling = 0;
  Provenance presumed;
  std::int64_t presumed_in(std::string_view kind) const;  // rounded up
  double gate_delay_s = 0;  // of passing a gate in an obstacle while it is open
  Provenance gate;
};

struct Catalogue {
  std::vector<Mover> movers;
  std::vector<Season> seasons;
  std::vector<SoilClass> soils;
  std::vector<CoverClass> covers;
  std::vector<RoadClass> roads;
  std::vector<NaturalObstacle> naturals;
  std::vector<NaturalDelay> natural_delays;  // one for each barrier natural x mover x season
  CrossingRules crossing;
  std::vector<TreeSpecies> trees;
  std::vector<Measure> measures;
  ObstacleEffects effects;
  std::vector<Formation> formations;  // by rising frontage
  std::vector<EchelonDefinition> echelons;
  CivilFigures civil;
  ScreeningFigures screening;
};

}  // namespace abatis
