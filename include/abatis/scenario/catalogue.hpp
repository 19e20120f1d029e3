#pragma once
// Catalogues: every figure a user could argue with, as data with provenance. They live in
// data/catalogue/*.toml and are named by the scenario file.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/units.hpp"

namespace abatis {

// A citation, or "unverified" when the figure was not checked against a source.
struct Provenance {
  std::string source;
  bool verified() const { return source != "unverified"; }
};

struct Triangular {
  double min = 0, mode = 0, max = 0;
  double mean() const { return (min + mode + max) / 3.0; }
  bool operator==(const Triangular&) const = default;
};

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
  std::string soil;  // USCS id presumed where the scenario has no soil layer; "" = unknown
  std::array<std::uint8_t, 3> colour{};  // on maps
  Provenance provenance;
};

struct RoadClass {
  std::string id, name;
  std::vector<std::string> codes;  // values of the road layer's class attribute
  double speed_tracked_mps = 0;
  double speed_wheeled_mps = 0;
  int rank = 0;  // 1 = most important; decides when two share a cell
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

enum class SiteKind : std::uint8_t { segment, block, point };
// How candidate sites for a measure are found (MODEL section 5).
enum class SiteRule : std::uint8_t {
  belt_segment,    // pieces of obstacle belt along an echelon
  mapped_ditch,    // existing ditch or stream
  bridge,          // road over a barrier or water
  standing_forest  // forest block on the way
};

struct MeasureDelay {  // of one unit of obstacle crossed, once it is there
  int mover = 0, season = 0;
  Triangular delay_s;
  Provenance provenance;
};

// Cross-section of a ditch: a trapezoid.
struct DitchSection {
  double top_m = 0, bottom_m = 0, depth_m = 0;
  double area_m2() const { return (top_m + bottom_m) / 2 * depth_m; }
  bool given() const { return top_m > 0 && depth_m > 0; }
};

struct Measure {
  std::string id, name;
  std::string budget_class;  // for earmarks: "anti_tank_mines", "engineering", ...
  SiteRule rule = SiteRule::belt_segment;
  SiteKind kind = SiteKind::segment;
  std::string unit;                  // "km", "ha", "piece"
  Triangular unit_cost_eur;          // per unit; the planner uses the mean
  double lead_years = 0;             // whole years before it acts
  double maintenance_share = 0;      // of cost, per year, from the year after purchase
  Triangular liability_eur;          // per unit at end of life (clearance, removal)
  double growth_years = 0;           // effect grows linearly over these years after the lead time
  std::vector<MeasureDelay> delays;  // every mover and season in the catalogue has one
  // Where it cannot stand. All optional: empty and 0 mean everywhere.
  std::vector<int> not_on_soils, not_on_covers;  // indices into soils and covers
  double settlement_distance_m = 0;              // kept from built-up cells
  // What a road across a segment costs to close with it (road block, removable culvert), per
  // road. 0: roads across a mapped ditch stay open.
  Triangular crossing_cost_eur;
  DitchSection section_before, section_after;  // of a ditch deepened; optional
  std::string symbol;                          // how the report draws it
  std::array<std::uint8_t, 3> colour{};
  std::string note;       // one sentence for the reader
  Provenance provenance;  // of cost and timing
};

// A unit by the width of ground that it moves on abreast.
struct Formation {
  std::string id, name;
  double frontage_m = 0;
  Provenance provenance;
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
  std::vector<Measure> measures;
  std::vector<Formation> formations;  // by rising frontage
};

}  // namespace abatis
