#pragma once
// Where measures could stand, what they would cost, and what they would do (MODEL section 5).

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/mobility/axis_ground.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/districts.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// One way to use a site: a measure, with or without cover, built or stored in one of the parks.
struct Option {
  int measure = 0;      // index into catalogue.measures
  double quantity = 0;  // in the measure's unit
  Euro cost;            // purchase
  Euro maintenance;     // per year, from the year after purchase
  Euro liability;       // undiscounted, at end of life
  // Cover bought with it: index into catalogue.measures, -1 = none. Paid from its own class.
  int cover = -1;
  double cover_km = 0;
  Euro cover_cost, cover_maintenance, cover_liability;
  // Stored in peacetime: the site of the park that holds it, -1 = it stands built.
  int park = -1;
  double travel_s = 0, emplace_s = 0;  // of its crew, one way, in the slowest season
  double crew_h = 0, loads = 0;        // what it takes of the park; what a park itself holds
  // Of an upgrade: the option of Site::upgraded that must stand first. Quantity, costs and delays
  // are what comes on top of it.
  int upgrades = -1;
  // Mean delay (s) when the purchase is `age` years old: delay_s[speed index][age], age 0..Y-1,
  // never falling with age. speed index as in Mobility.
  std::vector<std::vector<double>> delay_s;

  Euro whole_cost() const { return cost + cover_cost; }
  Euro whole_maintenance() const { return maintenance + cover_maintenance; }
  Euro whole_liability() const { return liability + cover_liability; }
};

// A part of the ground of a site by its use and by whom it belongs to.
struct LandShare {
  int cover = -1;    // index into Catalogue::covers, -1 = unknown
  int district = 0;  // index into Districts::names
  double share = 0;  // in (0, 1]; those of a site sum to 1
};

struct Site {
  std::string id;    // stable name, e.g. "E1-B1-014"
  std::string name;  // for a reader: "belt 2 km from the border, near Kalvarija"
  SiteKind kind = SiteKind::segment;
  SiteRule rule = SiteRule::belt_segment;
  int echelon = -1;   // index, -1 = outside all
  int belt = -1;      // of a belt segment: index into Echelon::belts_m
  Geometry geometry;  // grid CRS
  // The barrier; no cell belongs to two sites. One or more 4-connected pieces (a belt crossing a
  // stream, a forest cut by a road, a ditch cut by roads); entering each costs the delay once.
  // Empty where the site delays nobody: roadside trees, parks.
  std::vector<Cell> cells;
  // 1 + index of the natural obstacle that every cell lies on, 0 = none. Its crossing is paid
  // with or without the measure, and Option::delay_s comes on top: see barrier_delays.
  int natural = 0;
  double length_m = 0, area_m2 = 0;
  double farmed_m2 = 0;     // farm land that it takes or keeps from farming
  double earthwork_m3 = 0;  // of a ditch deepened
  // Earliest time (s) after crossing the border that a mover can be here with nothing built, by
  // speed index; empty where no option is stored.
  std::vector<double> arrival_s;
  std::string nearest_place;
  std::vector<int> settlements_1km;  // indices into Terrain::settlements: their point within 1 km
                                     // of some cell, ascending
  std::vector<int> settlements_5km;  // the same within 5 km
  std::vector<LandShare> land;       // by cover, then district; see find_land
  int district = 0;                  // that holds most of it
  int gates = 0;                     // roads across it that have a gate where it is built
  // Its options are upgrades of what is bought at this site (-1 = none are): it lies in the same
  // place and has no cells of its own.
  int upgraded = -1;
  std::vector<Option> options;  // at most one is bought
  std::vector<std::string> notes;
};

// The two options exclude each other: a decision to take, never averaged away.
struct SiteConflict {
  int site_a = 0, option_a = 0, site_b = 0, option_b = 0;
  std::string why;
};

// Candidate forest blocks as they would be once felled. Where nothing keeps a block standing the
// planner must reckon with this speed; Option::delay_s of keeping it is the difference.
struct Felling {
  std::vector<Cell> cells;                    // of all standing_forest sites, ascending
  std::vector<std::vector<float>> speed_mps;  // [speed index][i]
};

// A purchase that was decided before the plan: the plan makes it, in that year, and pays for it.
struct FixedPurchase {
  int site = 0, option = 0;
  int year = 0;  // of the plan, from 0
};

struct SiteSet {
  std::vector<Site> sites;
  std::vector<SiteConflict> conflicts;
  int naturals = 0;              // barrier ids 1..naturals are catalogue naturals
  Raster<std::int32_t> barrier;  // 0 none; 1..naturals; naturals + 1 + site index
  Felling felling;
  std::vector<std::int64_t> people;    // by settlement of the terrain, -1 = unknown
  std::vector<std::int64_t> presumed;  // the same, with what is presumed where it is unknown
  Districts districts;
  std::vector<FixedPurchase> fixed;
  int barrier_of_site(int site) const { return naturals + 1 + site; }
  int site_of_barrier(std::int32_t id) const { return id > naturals ? id - naturals - 1 : -1; }
  int barrier_count() const { return naturals + 1 + static_cast<int>(sites.size()); }
};

// Candidate sites of every measure in the scenario, in the corridors of its axes: friendly ground
// where T_from + T_to <= (1 + corridor_slack) best, for some axis, mover and season. `combine` must
// be what `mobility` was built with (speeds of felled forest are computed by it). Order: by rule
// as in SiteRule, then by id. Deterministic on any number of threads.
// Errors: those of axis_cells; an axis cut off from its objective; no site at all.
Result<SiteSet> find_sites(const Scenario& scenario, const Terrain& terrain,
                           const Mobility& mobility, int threads, Monitor& monitor,
                           Combine combine = Combine::product);

// Speeds with every candidate forest block felled: the ground on which the delays of
// standing_forest options are counted. Other cells are unchanged.
void apply_felling(const SiteSet& sites, Mobility& mobility);

// Delays by barrier id for one speed index under given site delays (s), for travel_time. A site
// on a natural obstacle (Site::natural) costs that obstacle's delay even with site delay 0, so a
// network's arcs into a site carry barrier_delays(..., zeros) of the site as fixed time.
std::vector<double> barrier_delays(const SiteSet& sites, const Mobility& mobility, int speed_index,
                                   const std::vector<double>& site_delay_s);

}  // namespace abatis
