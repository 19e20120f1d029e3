#pragma once
// What screening of roads is reckoned by (docs/model/screen.md): figures of the catalogue
// (data/catalogue/screening.toml) and what a scenario asks for ([screening]).

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/units.hpp"
#include "abatis/geo/grid.hpp"
#include "abatis/scenario/figures.hpp"

namespace abatis {

// From where roads may be looked at: a height over the ground of the far side.
struct Viewer {
  std::string id, name;
  double height_m = 0;  // of the eye over the ground
  double range_m = 0;   // beyond it a vehicle is not made out
  double depth_m = 0;   // stands on the far side, at most this far from the border
  Provenance provenance;
};

// What is on the road: it counts as seen where its top is.
struct RoadTarget {
  std::string id, name;
  double height_m = 0;
  Provenance provenance;
};

// How dense the crowns of a species are, in m2 of leaf (or twig) to a m3 of crown.
struct CrownFigures {
  int species = -1;  // index into trees; -1 = none is given for it
  double leaf_density = 0, bare_density = 0;
  Provenance provenance;
};

struct ScreeningFigures {
  std::vector<Viewer> viewers;
  std::vector<RoadTarget> targets;
  double refraction = 0;  // of light, r of drop = (1 - r) d^2 / 2R
  double building_m = 0;  // height of built-up cells over the ground
  Provenance surface;
  double row_offset_m = 0;   // from the middle of the road to the middle of a row
  double row_spacing_m = 0;  // between its trees
  double crown_share = 0;    // width of a crown, of the height of its tree
  double extinction = 0;     // K: of light by crowns, exp(-K density width)
  Provenance row;
  std::vector<CrownFigures> crowns;  // by index into trees
};

// What a row of trees is chosen by: its share of the road, each metric by itself.
enum class ScreenMetric : std::uint8_t {
  length,    // km of road
  vehicles,  // km of road times what its class can carry, vehicles an hour
  people     // km of road times the people whose way it is
};
inline constexpr int kScreenMetrics = 3;
std::string_view to_string(ScreenMetric metric);  // as the scenario writes it
std::string_view unit_of(ScreenMetric metric);    // "km", "vehicle-km/h", "person-km"

// Rows to choose under a length or a budget, and to decide on in the plan.
struct RowChoice {
  bool asked = false;
  ScreenMetric metric = ScreenMetric::people;
  int viewer = 0, target = 0;  // indices into the catalogue
  bool bare = false;           // judged without leaves
  int by_year = 0;             // calendar year that it is judged in
  int plant = 0;               // calendar year that it is bought in
  double length_m = 0;         // at most; 0 = by budget
  Euro budget;                 // at most, of purchases; 0 = by length
  Where where;
};

// A sensor of one's own whose sight rows may hide.
struct OwnSensor {
  std::string id, name;
  Point at;  // grid CRS
  double height_m = 0, range_m = 0;
  Where where;
  Provenance provenance;
};

struct ScreeningRules {
  bool given = false;       // the section is there
  double zone_m = 10e3;     // roads at most this far from the border
  double stretch_m = 1000;  // they are cut to about this length
  double spacing_m = 1000;  // one viewer for each square of this side: on its highest ground
  std::vector<int> viewers, targets;  // indices into the catalogue, in their order
  RowChoice choice;
  std::vector<OwnSensor> sensors;
  Provenance provenance;
};

}  // namespace abatis
