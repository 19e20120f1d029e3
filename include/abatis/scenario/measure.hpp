#pragma once
// A measure of the programme as the catalogue states it: what it costs, where it can stand, what it
// does, and what it needs (MODEL section 5). Documented key by key in docs/reference/catalogue.md.

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/scenario/figures.hpp"
#include "abatis/scenario/sensor.hpp"

namespace abatis {

enum class SiteKind : std::uint8_t { segment, block, point };

// How candidate sites for a measure are found.
enum class SiteRule : std::uint8_t {
  belt_segment,     // pieces of obstacle belt along an echelon
  mapped_ditch,     // existing ditch or stream
  bridge,           // road over a barrier or water
  road_point,       // road in a defile: forest, mire or water on both sides
  culvert,          // road over a ditch or stream
  ford,             // road through water
  standing_forest,  // forest block on the way
  peatland,         // drained peat
  open_land,        // farm land or other open ground to plant
  roadside,         // stretch of road to line with trees
  park,             // counter-mobility park: stock and crews for what is stored
  cover,            // no place of its own: goes with an obstacle and watches it
  sensor            // high ground near the border: watches it, or reaches what flies over it
};
inline constexpr int kSiteRules = 13;
std::string_view to_string(SiteRule rule);  // as the catalogue writes it

// Obstacles: crossed at a line or a point, with a delay of the catalogue. They need cover to count
// above `disrupt`.
constexpr bool is_obstacle(SiteRule rule) {
  return rule == SiteRule::belt_segment || rule == SiteRule::mapped_ditch ||
         rule == SiteRule::bridge || rule == SiteRule::road_point || rule == SiteRule::culvert ||
         rule == SiteRule::ford;
}
// Blocks: ground that movers go slower on.
constexpr bool is_block(SiteRule rule) {
  return rule == SiteRule::standing_forest || rule == SiteRule::peatland ||
         rule == SiteRule::open_land;
}

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

// Stored in a park in peacetime and emplaced on order.
struct Emplacement {
  Triangular rate_per_h;  // units of the measure that one crew emplaces in an hour
  double loads = 0;       // stock of one unit, in truck loads
  bool stored() const { return rate_per_h.max > 0; }
};

// What a counter-mobility park holds.
struct ParkWorks {
  int crews = 0;
  Triangular call_out_s;  // from the order until the first truck leaves
  double loads = 0;       // stock it can hold, in truck loads
  int convoy = -1;        // the mover that its crews drive as
};

// Two measures that undo each other where they lie close.
struct MeasureConflict {
  int measure = 0;
  double within_m = 0;      // of each other
  bool same_water = false;  // or joined by the same ditch or stream
  std::string why;          // for the reader
};

// When an obstacle counts as what (MODEL section 5).
struct ObstacleEffects {
  // Mean delay counted of an obstacle that nothing covers, at most.
  double disrupt_at_most_s = std::numeric_limits<double>::infinity();
  double covered_at_least = 0;  // share of a belt's built length, for it to count as covered
  double whole_at_least = 0;    // share of a belt's length that is built, for it to count as whole
  double block_at_least_s = 0;  // mean delay of a whole, covered belt that blocks
  Provenance provenance;
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
  std::vector<int> only_on_covers;               // empty = any
  double settlement_distance_m = 0;              // kept from built-up cells
  double border_from_m = 0;                      // band of distance from the border
  double border_to_m = std::numeric_limits<double>::infinity();
  int road_rank = 1000;  // roadside, road_point: on roads of this rank or a better one
  // What a road across a segment costs to close with it (road block, removable culvert), per
  // road. 0: roads across a mapped ditch stay open.
  Triangular crossing_cost_eur;
  // A gate where a road that people keep crosses it, closed on order; 0: it has none, and closes
  // every road.
  Triangular gate_cost_eur;
  // Built in peacetime, but people pass until it is ordered closed (a bridge prepared for denial).
  bool closed_on_order = false;
  DitchSection section_before, section_after;  // of a ditch deepened; optional
  Emplacement emplacement;                     // of what is stored
  ParkWorks park;                              // rule park
  Triangular multiplier;                       // rule cover: of an obstacle's delay
  SensorWorks sensor;                          // rule sensor
  double mined_depth_m = 0;                    // of a mined zone, along the way through; 0 = none
  // Ground that it takes from other use: the width of what is measured in km, or by piece. What is
  // measured in ha takes itself. 0 = none.
  double land_width_m = 0, land_m2 = 0;
  Provenance land;
  double point_length_m = 0;  // rule cover: what a point counts as
  int species = -1;           // rules open_land, roadside: index into trees
  double stock_age = 0;       // years, of the trees planted
  double stems_per_ha = 0;    // rule open_land: planted
  Provenance acts;            // of how it acts: the keys above
  std::vector<int> needs;     // measures of which one must be there first
  std::vector<MeasureConflict> conflicts;
  std::string symbol;  // how the report draws it
  std::array<std::uint8_t, 3> colour{};
  std::string note;       // one sentence for the reader
  Provenance provenance;  // of cost and timing
};

}  // namespace abatis
