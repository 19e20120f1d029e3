#pragma once
// A valid scenario: what is in here has been checked, references are resolved to indices.
// Documented key by key in docs/reference/scenario.md.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/units.hpp"
#include "abatis/geo/grid.hpp"
#include "abatis/scenario/catalogue.hpp"
#include "abatis/scenario/sensor.hpp"

namespace abatis {

// What a layer can be. Roads may come from several files; every other role from one.
enum class LayerRole : std::uint8_t {
  elevation,
  landcover,
  soil,  // rasters
  states,
  roads,
  water,
  waterways,
  ditches,
  wetlands,
  builtup,
  places,
  protected_areas,
  rail,
  services,
  municipalities
};
std::string_view to_string(LayerRole role);

// "a3" for states, "name" for municipalities, "class" for the other vector roles, "" for rasters.
std::string_view default_attribute(LayerRole role);

// How true a layer is. Said wherever the layer appears.
enum class LayerQuality : std::uint8_t { measured, coarse, schematic, synthetic };
std::string_view to_string(LayerQuality quality);

struct LayerSource {
  LayerRole role = LayerRole::elevation;
  std::filesystem::path file;  // absolute, inside the data folder
  std::string shown;           // as written in the scenario
  std::string table;           // layer inside a file that holds several ("" = the only one)
  std::string attribute;       // class/state attribute of vector layers; filled with
                               // default_attribute(role) when the scenario names none
  LayerQuality quality = LayerQuality::measured;
  std::string source, licence, date;
  Where where;  // in the scenario file, for later errors
};

enum class Side : std::uint8_t { none = 0, friendly = 1, adversary = 2 };

struct Entry {  // stretch of border that a mover may come from
  std::string id, name;
  std::string state;              // adversary state code, e.g. "RUS"
  std::vector<std::string> into;  // friendly states the stretch borders on
  Bounds within;                  // in the grid's CRS, converted from lon/lat (bounding box)
  Where where;
};

struct Objective {
  std::string id, name;
  Point at;  // grid CRS
  Point lonlat;
  double radius_m = 0;
  Where where;
};

struct Axis {
  std::string id, name;
  int entry = 0, objective = 0;
  double weight = 1;
  Where where;
};

// A way of friends or of those who leave, which the plan keeps open.
struct OpenRoute {
  std::string id, name;
  Objective from, to;  // their ids are those of the route
  int mover = 0;       // index into the catalogue, one of Scenario::movers
  double within = 0;   // may take so much longer than today, as a share
  Where where;
  Provenance provenance;
};

struct MoverUse {
  int mover = 0;
  double weight = 1;
};
struct SeasonUse {
  int season = 0;
  double weight = 1;
};

// One thing the plan is judged by. Weights sum to 1 over all cases.
struct Case {
  int axis = 0, mover = 0, season = 0;  // mover, season: indices into the catalogue
  double weight = 0;
};

// A land bridge: friendly ground between two hostile states that joins two friendly ones.
struct LandBridge {
  std::string id, name;
  std::array<int, 2> between{};  // indices into Scenario::adversary
  std::array<int, 2> joins{};    // indices into Scenario::friendly, the way reinforcement takes
  double depth_m = 20e3;         // own routes are counted from ground this far behind the border
                                 // between the two friendly states to such ground
  std::vector<int> entries;      // indices into Scenario::entries, in their order
  std::optional<Bounds> within;  // grid CRS, converted from lon/lat; nothing = the whole region
  Where where;
};

struct Echelon {
  std::string id, name;
  double from_m = 0, to_m = 0;  // distance from the border
  std::vector<double> belts_m;  // where obstacle belts run inside it
  std::string definition;       // id of the published definition it is taken from; "" = its own
  Provenance provenance;
};

enum class EarmarkRule : std::uint8_t { at_least, at_most, exactly };

struct Earmark {
  std::string budget_class;
  EarmarkRule rule = EarmarkRule::at_most;
  Euro amount;               // over all years
  double tolerance_eur = 0;  // `exactly` means within this: purchases are whole
  Where where;
  Provenance provenance;
};

// Of a measure at least so much by the last year, in its unit.
struct Quota {
  int measure = 0;
  double at_least = 0;
  Where where;
  Provenance provenance;
};

// What a user has decided about a site, by the id that products print.
struct Decision {
  enum class Kind : std::uint8_t {
    build,  // bought in `year`
    never,  // not bought at all
    built   // stands since `year`, before the plan begins: it costs its upkeep alone
  };
  std::string site;
  int measure = -1;  // index into the catalogue; -1 = any that the site has
  Kind kind = Kind::never;
  int year = 0;  // calendar year
  Where where;
  Provenance provenance;
};

// What a plan does to people and land, as far as a limit can hold it. Each stands for itself.
enum class HarmMetric : std::uint8_t {
  mined_area,  // km2 of mined zones, stored ones included
  people_1km,  // people of settlements within 1 km of a mined zone, each counted once; presumed
               // where none are on record (CivilFigures::presumed_in)
  people_5km,  // the same within 5 km
  land,        // ha of land taken from any other use
  farmland,    // ha of farm land taken or kept from farming
  margin,      // EUR a year that the land taken yielded; land without a margin counts nothing
  clearance    // EUR to clear and remove at the end of life, undiscounted
};
inline constexpr int kHarmMetrics = 7;
std::string_view to_string(HarmMetric metric);  // as the scenario writes it
std::string_view unit_of(HarmMetric metric);    // "km2", "people", "ha", "EUR/year", "EUR"

inline constexpr std::string_view kEachMunicipality = "each";
struct HarmLimit {
  HarmMetric metric = HarmMetric::mined_area;
  double at_most = 0;  // in unit_of(metric)
  // The municipality that it holds in, by name; "" = over the whole plan, kEachMunicipality = in
  // each by itself.
  std::string in;
  Where where;
  Provenance provenance;
};

// What stands may be made into more in a later year: another measure in its place, or cover added.
struct UpgradeRule {
  int from = 0;       // index into the catalogue
  int to = 0;         // the same; a cover measure is added to what stands
  double credit = 0;  // share of the first purchase that the second need not pay again
  Where where;
  Provenance provenance;
};

// What can be built in a year: crews, machines, material.
struct Capacity {
  std::string id, name, unit;
  double each_year = 0;
  struct Use {
    int measure = 0;    // index into the catalogue
    double amount = 0;  // of `unit`, for one unit of the measure
  };
  std::vector<Use> uses;
  Where where;
  Provenance provenance;
};

// Which neighbours of the plan are worked out as well (`abatis tradeoffs`).
struct TradeoffRules {
  bool given = false;                             // the section is there
  std::vector<double> money{0.6, 0.8, 1.2, 1.4};  // of each year's budget and of each earmark
  HarmMetric metric = HarmMetric::mined_area;
  std::string in;                                // as HarmLimit::in, but for kEachMunicipality
  std::vector<double> harm{0, 0.25, 0.5, 0.75};  // at most so much of what the plan comes to
  double growth_low = 1, growth_high = 1;  // times the years that planting takes: fast and slow
  double gap = 0;                          // of each point; 0 = that of [plan]
  double time_limit_s = 30;                // of each point
  Provenance provenance;
};

// Measures are kept this far from where people are or what is protected.
enum class StandoffFrom : std::uint8_t { dwellings, services, protected_areas, routes };
std::string_view to_string(StandoffFrom from);
struct Standoff {
  StandoffFrom from = StandoffFrom::dwellings;
  std::vector<int> measures;  // indices into the catalogue
  double at_least_m = 0;
  Where where;
  Provenance provenance;
};

// Roads that people keep where an obstacle built across them has a gate, closed on order.
struct GateRules {
  std::vector<int> roads;  // indices into the catalogue; empty = no gates
  Provenance provenance;
  bool keeps_open(int road) const;
};

// From the order to emplace what is stored until the adversary crosses the border.
struct Warning {
  Triangular time_s;
  bool given = false;
  Provenance provenance;
};

struct Money {
  std::vector<Euro> by_year;   // Y entries
  double carry_over = 1;       // share of what is left that may be spent next year, [0,1]
  double discount_rate = 0;    // per year, for liability
  double liability_share = 0;  // share of discounted liability charged to the budget at
                               // purchase; the whole is always reported
  int price_year = 2026;
  Provenance provenance;
  Where where;
};

struct SiteRules {
  double segment_length_m = 2000;
  double min_segment_m = 500;
  double ditch_min_length_m = 800;
  double block_side_m = 1000;

  double corridor_slack = 0.5;  // sites are looked for where T_from + T_to <= (1+slack) best
  // Per SiteRule, best first.
  std::array<int, kSiteRules> max_by_rule{400, 400, 200, 200, 200, 50, 200, 100, 100, 100, 8, 0, 0};
  int parks_per_site = 2;  // parks that may serve what is stored for a site: the nearest

  int most(SiteRule rule) const { return max_by_rule[static_cast<std::size_t>(rule)]; }
};

struct NetworkRules {
  double tile_m = 5000;
  double portal_spacing_m = 500;
  double tolerance = 0.01;  // |T_network - T_grid| / T_grid
  int check_plans = 6;      // random plans the error is measured on, besides none and all
};

struct PlanRules {
  double gap = 0.05;                 // stop when proven
  std::int64_t node_limit = 2000;    // deterministic stop
  double time_limit_s = 600;         // last resort; a plan stopped by it says so
  std::vector<double> year_weights;  // Y entries, sum 1
  // What counts of the cases of a year: the mean of the worst part of their weight. 1 = the mean of
  // all, 0 = the least time.
  double tail = 1;
};

struct TerrainRules {
  double slope_amplification = 1;  // sub-grid slope = coarse slope x this; 1 for fine relief
  Provenance slope_provenance;
  int neighbours = 8;  // of the grid graph, 8 or 16
};

// One input file and its hash, for manifest.json.
struct InputFile {
  std::filesystem::path path;
  std::string shown;
  std::string role;
  std::string sha256;
};

struct Scenario {
  std::string id, title, description;
  std::uint64_t seed = 1;
  int first_year = 2026;
  int years = 10;
  Grid grid;
  std::vector<LayerSource> layers;
  std::vector<std::string> friendly, adversary;  // state codes
  std::vector<Entry> entries;
  std::vector<Objective> objectives;
  std::vector<Axis> axes;
  std::vector<MoverUse> movers;  // in the order of the file
  std::vector<SeasonUse> seasons;
  std::vector<Case> cases;  // axis-major, then mover, then season
  std::vector<LandBridge> gaps;
  std::vector<OpenRoute> routes;
  std::vector<Echelon> echelons;
  std::vector<int> measures;  // catalogue indices this scenario may choose from
  Money money;
  std::vector<Earmark> earmarks;
  std::vector<Quota> quotas;
  std::vector<Decision> decisions;
  std::vector<HarmLimit> harm_limits;
  std::vector<Standoff> standoffs;
  GateRules gates;
  std::vector<Capacity> capacities;
  std::vector<UpgradeRule> upgrades;
  TradeoffRules tradeoffs;
  Warning warning;
  SurveillanceRules surveillance;
  TerrainRules terrain;
  SiteRules sites;
  NetworkRules network;
  PlanRules plan;
  std::vector<std::string> caveats;  // written by the author; shown in every product
  Catalogue catalogue;
  std::filesystem::path file;  // the scenario file
  std::filesystem::path data_root;
  std::vector<InputFile> inputs;  // scenario, catalogues, layers

  const LayerSource* layer(LayerRole role) const;  // first of that role, or nullptr
};

struct ScenarioOptions {
  std::filesystem::path data_root;      // --data: wins over everything
  std::filesystem::path data_fallback;  // ABATIS_DATA: where the file has no `data` key
  bool require_layers = true;           // false: `check` of a file without its data
};

// Reads, checks and resolves a scenario file. All errors at once, in file order.
tl::expected<Scenario, Errors> load_scenario(const std::filesystem::path& file,
                                             const ScenarioOptions& options = {});
// The same from text (tests, fuzzing). `name` stands in the errors.
tl::expected<Scenario, Errors> parse_scenario(std::string_view text, const std::string& name,
                                              const ScenarioOptions& options = {});

// What `abatis init` writes: a commented scenario that `abatis check` accepts.
std::string starter_scenario();

// Estimate of the memory and time a run needs, from the grid and the case count.
struct Estimate {
  double memory_bytes = 0;
  double seconds = 0;
  std::string basis;  // how it was computed, for the reader
};
Estimate estimate_run(const Scenario& scenario, int threads);

}  // namespace abatis
