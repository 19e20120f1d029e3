#pragma once
// Where measures could stand, what they would cost, and what they would do (MODEL section 5).

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct Option {
  int measure = 0;          // index into catalogue.measures
  double quantity = 0;      // in the measure's unit
  Euro cost;                // purchase
  Euro maintenance;         // per year, from the year after purchase
  Euro liability;           // undiscounted, at end of life
  // Mean delay (s) when the purchase is `age` years old: delay_s[speed index][age], age 0..Y-1,
  // never falling with age. speed index as in Mobility.
  std::vector<std::vector<double>> delay_s;
};

struct Site {
  std::string id;           // stable name, e.g. "E1-belt-014"
  std::string name;         // for a reader: "belt 2 km from the border, near Kalvarija"
  SiteKind kind = SiteKind::segment;
  SiteRule rule = SiteRule::belt_segment;
  int echelon = -1;         // index, -1 = outside all
  Geometry geometry;        // grid CRS
  std::vector<Cell> cells;  // 4-connected barrier; no cell belongs to two sites
  double length_m = 0, area_m2 = 0;
  std::string nearest_place;
  std::vector<Option> options;   // at most one is bought
  std::vector<std::string> notes;
};

struct SiteConflict {  // the two options exclude each other
  int site_a = 0, option_a = 0, site_b = 0, option_b = 0;
  std::string why;
};

struct SiteSet {
  std::vector<Site> sites;
  std::vector<SiteConflict> conflicts;
  int naturals = 0;                 // barrier ids 1..naturals are catalogue naturals
  Raster<std::int32_t> barrier;     // 0 none; 1..naturals; naturals + 1 + site index
  int barrier_of_site(int site) const { return naturals + 1 + site; }
  int site_of_barrier(std::int32_t id) const { return id > naturals ? id - naturals - 1 : -1; }
  int barrier_count() const { return naturals + 1 + static_cast<int>(sites.size()); }
};

// Candidate sites of every measure in the scenario, in the corridors of its axes.
Result<SiteSet> find_sites(const Scenario& scenario, const Terrain& terrain,
                           const Mobility& mobility, int threads, Monitor& monitor);

// Cells an axis starts from and leads to: passable for the mover and season of `speed`.
// Errors: an objective in water or an entry without passable cells, naming it and its place.
struct AxisCells {
  std::vector<Cell> sources, targets;
};
Result<AxisCells> axis_cells(const Scenario& scenario, const Terrain& terrain,
                             const SpeedRaster& speed, const Axis& axis);

// Delays by barrier id for one speed index under given site delays (s), for travel_time.
std::vector<double> barrier_delays(const SiteSet& sites, const Mobility& mobility, int speed_index,
                                   const std::vector<double>& site_delay_s);

// What crossing a drainage ditch or anti-vehicle ditch of this section means (docs/model).
struct DitchSection {
  double top_m = 0, bottom_m = 0, depth_m = 0;
  double area_m2() const { return (top_m + bottom_m) / 2 * depth_m; }
};
// Earthwork of deepening, m3 per km of ditch.
double deepening_volume_m3_per_km(const DitchSection& before, const DitchSection& after);

}  // namespace abatis
