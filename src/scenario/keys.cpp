#include "keys.hpp"

#include <array>

namespace abatis {
namespace spec {
namespace {

constexpr bool kRequired = true;

constexpr KeySpec scenario_file[] = {{"scenario", kRequired},
                                     {"region", kRequired},
                                     {"sides", kRequired},
                                     {"terrain"},
                                     {"layers", kRequired},
                                     {"entries", kRequired},
                                     {"objectives", kRequired},
                                     {"axes", kRequired},
                                     {"movers", kRequired},
                                     {"seasons", kRequired},
                                     {"gaps"},
                                     {"echelons", kRequired},
                                     {"sites", kRequired},
                                     {"network"},
                                     {"plan"},
                                     {"money", kRequired},
                                     {"earmarks"},
                                     {"quotas"},
                                     {"warning"},
                                     {"surveillance"},
                                     {"decisions"},
                                     {"harm_limits"},
                                     {"standoffs"},
                                     {"gates"},
                                     {"capacities"},
                                     {"upgrades"},
                                     {"tradeoffs"},
                                     {"screening"},
                                     {"routes"}};
constexpr KeySpec scenario[] = {{"id", kRequired}, {"title", kRequired}, {"description"},
                                {"seed"},          {"first_year"},       {"years", kRequired},
                                {"data"},          {"catalogue"},        {"caveats"}};
constexpr KeySpec region[] = {
    {"epsg", kRequired}, {"x", kRequired}, {"y", kRequired}, {"cell", kRequired}};
constexpr KeySpec sides[] = {{"friendly", kRequired}, {"adversary", kRequired}};
constexpr KeySpec terrain[] = {{"slope_amplification"}, {"slope_provenance"}, {"neighbours"}};
constexpr KeySpec layers[] = {{"role", kRequired},    {"file", kRequired},    {"table"},
                              {"attribute"},          {"quality", kRequired}, {"source", kRequired},
                              {"licence", kRequired}, {"date", kRequired}};
constexpr KeySpec entries[] = {{"id", kRequired},   {"name", kRequired}, {"state", kRequired},
                               {"into", kRequired}, {"lon", kRequired},  {"lat", kRequired}};
constexpr KeySpec objectives[] = {
    {"id", kRequired}, {"name", kRequired}, {"at", kRequired}, {"radius", kRequired}};
constexpr KeySpec axes[] = {{"id", kRequired},
                            {"name", kRequired},
                            {"entry", kRequired},
                            {"objective", kRequired},
                            {"weight"}};
constexpr KeySpec movers[] = {{"id", kRequired}, {"weight"}};
constexpr KeySpec seasons[] = {{"id", kRequired}, {"weight"}};
constexpr KeySpec gaps[] = {{"id", kRequired},
                            {"name", kRequired},
                            {"between", kRequired},
                            {"joins", kRequired},
                            {"depth"},
                            {"entries"},
                            {"lon"},
                            {"lat"}};
constexpr KeySpec echelons[] = {{"id", kRequired}, {"definition"}, {"name"}, {"from"}, {"to"},
                                {"belts"},         {"provenance"}};
constexpr KeySpec sites[] = {{"measures", kRequired}, {"segment"},         {"min_segment"},
                             {"ditch_min_length"},    {"block_side"},      {"corridor_slack"},
                             {"max_belt_segments"},   {"max_ditches"},     {"max_bridges"},
                             {"max_road_points"},     {"max_culverts"},    {"max_fords"},
                             {"max_forest_blocks"},   {"max_peat_blocks"}, {"max_plantings"},
                             {"max_road_rows"},       {"max_parks"},       {"parks_per_site"}};
constexpr KeySpec surveillance[] = {{"states"},
                                    {"candidate_depth"},
                                    {"candidate_road"},
                                    {"candidate_apart"},
                                    {"max_candidates"},
                                    {"border_spacing"},
                                    {"zone_spacing"},
                                    {"zone_depth"},
                                    {"target_height"},
                                    {"altitudes"},
                                    {"weights"},
                                    {"second_modality"},
                                    {"warning_weights"},
                                    {"warning_full"},
                                    {"warning_provenance"},
                                    {"approach"},
                                    {"flyer_speed"},
                                    {"lane_altitude"},
                                    {"confirm"},
                                    {"disseminate"},
                                    {"gap"},
                                    {"time_limit"},
                                    {"provenance", kRequired}};
constexpr KeySpec warning[] = {{"time", kRequired}, {"provenance", kRequired}};
constexpr KeySpec quotas[] = {
    {"measure", kRequired}, {"at_least", kRequired}, {"provenance", kRequired}};
constexpr KeySpec network[] = {{"tile"}, {"portal_spacing"}, {"tolerance"}, {"check_plans"}};
constexpr KeySpec plan[] = {{"gap"},          {"node_limit"}, {"time_limit"},
                            {"year_weights"}, {"objective"},  {"worst_part"}};
constexpr KeySpec decisions[] = {{"site", kRequired}, {"measure"}, {"build"},
                                 {"never"},           {"built"},   {"provenance", kRequired}};
constexpr KeySpec harm_limits[] = {
    {"metric", kRequired}, {"at_most", kRequired}, {"in"}, {"provenance", kRequired}};
constexpr KeySpec standoffs[] = {{"from", kRequired},
                                 {"at_least", kRequired},
                                 {"measures", kRequired},
                                 {"provenance", kRequired}};
constexpr KeySpec gates[] = {{"roads", kRequired}, {"provenance", kRequired}};
constexpr KeySpec capacities[] = {{"id", kRequired},        {"name", kRequired},
                                  {"unit", kRequired},      {"each_year", kRequired},
                                  {"measures", kRequired},  {"per_unit", kRequired},
                                  {"provenance", kRequired}};
constexpr KeySpec upgrades[] = {
    {"from", kRequired}, {"to", kRequired}, {"credit"}, {"provenance", kRequired}};
constexpr KeySpec routes[] = {
    {"id", kRequired}, {"name", kRequired},  {"from", kRequired},   {"to", kRequired},
    {"radius"},        {"mover", kRequired}, {"within", kRequired}, {"provenance", kRequired}};
constexpr KeySpec tradeoffs[] = {{"money"},      {"harm_metric"},          {"harm_in"},
                                 {"harm"},       {"growth_years"},         {"gap"},
                                 {"time_limit"}, {"provenance", kRequired}};
constexpr KeySpec screening[] = {
    {"zone"},   {"stretch"}, {"viewer_spacing"}, {"viewers"}, {"targets"},
    {"choose"}, {"viewer"},  {"target"},         {"leaves"},  {"by_year"},
    {"plant"},  {"length"},  {"budget"},         {"sensors"}, {"provenance", kRequired}};
constexpr KeySpec screening_sensors[] = {{"id", kRequired},    {"name", kRequired},
                                         {"at", kRequired},    {"height", kRequired},
                                         {"range", kRequired}, {"provenance", kRequired}};
constexpr KeySpec money[] = {{"by_year", kRequired}, {"carry_over"}, {"discount_rate"},
                             {"liability_share"},    {"price_year"}, {"provenance", kRequired}};
constexpr KeySpec earmarks[] = {{"class", kRequired},
                                {"rule", kRequired},
                                {"amount", kRequired},
                                {"tolerance"},
                                {"provenance", kRequired}};

constexpr KeySpec mover_file[] = {{"movers", kRequired}};
constexpr KeySpec mover[] = {
    {"id", kRequired},         {"name", kRequired},          {"running", kRequired},
    {"speed_road", kRequired}, {"speed_offroad", kRequired}, {"slope_on", kRequired},
    {"slope_off", kRequired},  {"width", kRequired},         {"clearance", kRequired},
    {"vci1", kRequired},       {"vci50", kRequired},         {"override_diameter", kRequired},
    {"ford_depth", kRequired}, {"trench_width", kRequired},  {"step_height", kRequired},
    {"weight", kRequired},     {"amphibious", kRequired},    {"provenance", kRequired}};
constexpr KeySpec season_file[] = {{"seasons", kRequired}};
constexpr KeySpec season[] = {{"id", kRequired},
                              {"name", kRequired},
                              {"moisture", kRequired},
                              {"soil_factor", kRequired},
                              {"frost_depth", kRequired},
                              {"ice_thickness", kRequired},
                              {"surface_factor", kRequired},
                              {"road_factor", kRequired},
                              {"bank_factor"},
                              {"ditch_water"},
                              {"provenance", kRequired}};
constexpr KeySpec soil_file[] = {{"soils", kRequired}};
constexpr KeySpec soil[] = {{"id", kRequired},
                            {"name", kRequired},
                            {"codes", kRequired},
                            {"rci", kRequired},
                            {"provenance", kRequired}};
constexpr KeySpec cover_file[] = {{"covers", kRequired}};
constexpr KeySpec cover[] = {{"id", kRequired},
                             {"name", kRequired},
                             {"codes", kRequired},
                             {"kind", kRequired},
                             {"vegetation_factor", kRequired},
                             {"roughness_factor", kRequired},
                             {"stems"},
                             {"stem_diameter"},
                             {"canopy"},
                             {"soil"},
                             {"farmed"},
                             {"margin"},
                             {"margin_provenance"},
                             {"colour", kRequired},
                             {"provenance", kRequired}};
constexpr KeySpec road_file[] = {{"roads", kRequired}};
constexpr KeySpec road[] = {{"id", kRequired},
                            {"name", kRequired},
                            {"codes", kRequired},
                            {"speed_tracked", kRequired},
                            {"speed_wheeled", kRequired},
                            {"rank", kRequired},
                            {"capacity"},
                            {"capacity_provenance"},
                            {"provenance", kRequired}};
constexpr KeySpec natural_file[] = {{"naturals", kRequired},
                                    {"swimming", kRequired},
                                    {"ice", kRequired},
                                    {"in_barrier", kRequired}};
constexpr KeySpec swimming[] = {
    {"speed", kRequired}, {"ice_limit", kRequired}, {"provenance", kRequired}};
constexpr KeySpec one_speed[] = {{"speed", kRequired}, {"provenance", kRequired}};
constexpr KeySpec natural[] = {{"id", kRequired},        {"name", kRequired},  {"codes", kRequired},
                               {"barrier", kRequired},   {"slope_intercepts"}, {"delays"},
                               {"provenance", kRequired}};
constexpr KeySpec delays[] = {
    {"movers", kRequired}, {"seasons", kRequired}, {"delay", kRequired}, {"provenance", kRequired}};
constexpr KeySpec measure_file[] = {{"measures", kRequired}, {"effects", kRequired}};
constexpr KeySpec measure[] = {{"id", kRequired},
                               {"name", kRequired},
                               {"budget_class", kRequired},
                               {"rule", kRequired},
                               {"kind", kRequired},
                               {"unit", kRequired},
                               {"unit_cost", kRequired},
                               {"lead_time"},
                               {"maintenance"},
                               {"liability"},
                               {"growth"},
                               {"delays"},
                               {"not_on_soils"},
                               {"not_on_covers"},
                               {"only_on_covers"},
                               {"settlement_distance"},
                               {"border_distance"},
                               {"road_rank"},
                               {"crossing_cost"},
                               {"gate_cost"},
                               {"closed_on_order"},
                               {"section_before"},
                               {"section_after"},
                               {"emplacement_rate"},
                               {"loads"},
                               {"crews"},
                               {"call_out"},
                               {"stock"},
                               {"convoy"},
                               {"multiplier"},
                               {"point_length"},
                               {"modality"},
                               {"height"},
                               {"range_air"},
                               {"range_ground"},
                               {"works"},
                               {"sight"},
                               {"refraction"},
                               {"fibre_optic"},
                               {"mined_depth"},
                               {"land_width"},
                               {"land_area"},
                               {"land_provenance"},
                               {"species"},
                               {"stock_age"},
                               {"stems"},
                               {"acts_provenance"},
                               {"needs"},
                               {"conflicts"},
                               {"symbol", kRequired},
                               {"colour", kRequired},
                               {"note"},
                               {"provenance", kRequired}};
constexpr KeySpec measure_conflicts[] = {
    {"measure", kRequired}, {"within", kRequired}, {"same_water"}, {"why", kRequired}};
constexpr KeySpec effects[] = {{"disrupt_at_most", kRequired},
                               {"covered_at_least", kRequired},
                               {"whole_at_least", kRequired},
                               {"block_at_least", kRequired},
                               {"provenance", kRequired}};
constexpr KeySpec tree_file[] = {{"species", kRequired}};
constexpr KeySpec tree[] = {{"id", kRequired},
                            {"name", kRequired},
                            {"asi", kRequired},
                            {"beta", kRequired},
                            {"b2", kRequired},
                            {"age", kRequired},
                            {"site_index", kRequired},
                            {"index_age", kRequired},
                            {"diameter", kRequired},
                            {"diameter_provenance", kRequired},
                            {"stems_at_25cm", kRequired},
                            {"stems_provenance", kRequired},
                            {"provenance", kRequired}};
constexpr KeySpec echelon_file[] = {{"definitions", kRequired}};
constexpr KeySpec definition[] = {
    {"id", kRequired}, {"name", kRequired}, {"bands", kRequired}, {"provenance", kRequired}};
constexpr KeySpec bands[] = {
    {"id", kRequired}, {"name", kRequired}, {"from", kRequired}, {"to", kRequired}};
constexpr KeySpec formation_file[] = {{"formations", kRequired}};
constexpr KeySpec formation[] = {
    {"id", kRequired}, {"name", kRequired}, {"frontage", kRequired}, {"provenance", kRequired}};
constexpr KeySpec civil_file[] = {{"clearance", kRequired},   {"clearance_capacity", kRequired},
                                  {"inspections", kRequired}, {"access", kRequired},
                                  {"population", kRequired},  {"gates", kRequired}};
constexpr KeySpec clearance[] = {{"unit_cost", kRequired}, {"provenance", kRequired}};
constexpr KeySpec clearance_capacity[] = {{"each_year", kRequired}, {"provenance", kRequired}};
constexpr KeySpec inspections[] = {{"interval", kRequired}, {"provenance", kRequired}};
constexpr KeySpec population[] = {
    {"settlement", kRequired}, {"dwelling", kRequired}, {"provenance", kRequired}};
constexpr KeySpec gate_figures[] = {{"delay", kRequired}, {"provenance", kRequired}};
constexpr KeySpec access[] = {{"mover", kRequired},
                              {"delayed", kRequired},
                              {"to_road", kRequired},
                              {"household", kRequired},
                              {"provenance", kRequired}};
constexpr KeySpec screening_file[] = {{"viewers", kRequired},
                                      {"targets", kRequired},
                                      {"surface", kRequired},
                                      {"rows", kRequired},
                                      {"crowns", kRequired}};
constexpr KeySpec viewers[] = {{"id", kRequired},     {"name", kRequired},
                               {"height", kRequired}, {"range", kRequired},
                               {"depth", kRequired},  {"provenance", kRequired}};
constexpr KeySpec targets[] = {
    {"id", kRequired}, {"name", kRequired}, {"height", kRequired}, {"provenance", kRequired}};
constexpr KeySpec surface[] = {
    {"refraction", kRequired}, {"building_height", kRequired}, {"provenance", kRequired}};
constexpr KeySpec rows[] = {{"offset", kRequired},
                            {"spacing", kRequired},
                            {"crown_width", kRequired},
                            {"extinction", kRequired},
                            {"provenance", kRequired}};
constexpr KeySpec crowns[] = {{"species", kRequired},
                              {"leaf_density", kRequired},
                              {"bare_density", kRequired},
                              {"provenance", kRequired}};

}  // namespace

const TableSpec kScenarioFile{"", scenario_file};
const TableSpec kScenario{"scenario", scenario};
const TableSpec kRegion{"region", region};
const TableSpec kSides{"sides", sides};
const TableSpec kTerrain{"terrain", terrain};
const TableSpec kLayers{"layers", layers};
const TableSpec kEntries{"entries", entries};
const TableSpec kObjectives{"objectives", objectives};
const TableSpec kAxes{"axes", axes};
const TableSpec kMovers{"movers", movers};
const TableSpec kSeasons{"seasons", seasons};
const TableSpec kGaps{"gaps", gaps};
const TableSpec kEchelons{"echelons", echelons};
const TableSpec kSites{"sites", sites};
const TableSpec kNetwork{"network", network};
const TableSpec kPlan{"plan", plan};
const TableSpec kMoney{"money", money};
const TableSpec kEarmarks{"earmarks", earmarks};
const TableSpec kQuotas{"quotas", quotas};
const TableSpec kWarning{"warning", warning};
const TableSpec kSurveillance{"surveillance", surveillance};
const TableSpec kDecisions{"decisions", decisions};
const TableSpec kHarmLimits{"harm_limits", harm_limits};
const TableSpec kStandoffs{"standoffs", standoffs};
const TableSpec kGates{"gates", gates};
const TableSpec kCapacities{"capacities", capacities};
const TableSpec kUpgrades{"upgrades", upgrades};
const TableSpec kTradeoffs{"tradeoffs", tradeoffs};
const TableSpec kRoutes{"routes", routes};
const TableSpec kScreening{"screening", screening};
const TableSpec kScreeningSensors{"screening.sensors", screening_sensors};
const TableSpec kMoverFile{"", mover_file};
const TableSpec kMover{"movers", mover};
const TableSpec kSeasonFile{"", season_file};
const TableSpec kSeason{"seasons", season};
const TableSpec kSoilFile{"", soil_file};
const TableSpec kSoil{"soils", soil};
const TableSpec kCoverFile{"", cover_file};
const TableSpec kCover{"covers", cover};
const TableSpec kRoadFile{"", road_file};
const TableSpec kRoad{"roads", road};
const TableSpec kNaturalFile{"", natural_file};
const TableSpec kNatural{"naturals", natural};
const TableSpec kNaturalDelays{"naturals.delays", delays};
const TableSpec kSwimming{"swimming", swimming};
const TableSpec kIce{"ice", one_speed};
const TableSpec kInBarrier{"in_barrier", one_speed};
const TableSpec kMeasureFile{"", measure_file};
const TableSpec kMeasure{"measures", measure};
const TableSpec kMeasureDelays{"measures.delays", delays};
const TableSpec kMeasureConflicts{"measures.conflicts", measure_conflicts};
const TableSpec kEffects{"effects", effects};
const TableSpec kTreeFile{"", tree_file};
const TableSpec kTree{"species", tree};
const TableSpec kEchelonFile{"", echelon_file};
const TableSpec kDefinition{"definitions", definition};
const TableSpec kBands{"definitions.bands", bands};
const TableSpec kFormationFile{"", formation_file};
const TableSpec kFormation{"formations", formation};
const TableSpec kCivilFile{"", civil_file};
const TableSpec kClearance{"clearance", clearance};
const TableSpec kClearanceCapacity{"clearance_capacity", clearance_capacity};
const TableSpec kInspections{"inspections", inspections};
const TableSpec kAccess{"access", access};
const TableSpec kPopulation{"population", population};
const TableSpec kGateFigures{"gates", gate_figures};
const TableSpec kScreeningFile{"", screening_file};
const TableSpec kViewers{"viewers", viewers};
const TableSpec kTargets{"targets", targets};
const TableSpec kSurface{"surface", surface};
const TableSpec kRows{"rows", rows};
const TableSpec kCrowns{"crowns", crowns};

}  // namespace spec

std::span<const TableSpec* const> scenario_tables() {
  using namespace spec;
  static constexpr std::array<const TableSpec*, 31> kTables{
      &kScenarioFile, &kScenario,   &kRegion,    &kSides,      &kTerrain,   &kLayers,
      &kEntries,      &kObjectives, &kAxes,      &kMovers,     &kSeasons,   &kGaps,
      &kEchelons,     &kSites,      &kNetwork,   &kPlan,       &kMoney,     &kEarmarks,
      &kQuotas,       &kWarning,    &kDecisions, &kHarmLimits, &kStandoffs, &kGates,
      &kCapacities,   &kUpgrades,   &kTradeoffs, &kRoutes,     &kScreening, &kScreeningSensors,
      &kSurveillance};
  return kTables;
}

std::span<const TableSpec* const> catalogue_tables() {
  using namespace spec;
  static constexpr std::array<const TableSpec*, 29> kTables{&kMover,
                                                            &kSeason,
                                                            &kSoil,
                                                            &kCover,
                                                            &kRoad,
                                                            &kNatural,
                                                            &kNaturalDelays,
                                                            &kSwimming,
                                                            &kIce,
                                                            &kInBarrier,
                                                            &kMeasure,
                                                            &kMeasureDelays,
                                                            &kMeasureConflicts,
                                                            &kEffects,
                                                            &kTree,
                                                            &kDefinition,
                                                            &kBands,
                                                            &kFormation,
                                                            &kClearance,
                                                            &kClearanceCapacity,
                                                            &kInspections,
                                                            &kAccess,
                                                            &kPopulation,
                                                            &kGateFigures,

                                                            &kViewers,
                                                            &kTargets,
                                                            &kSurface,
                                                            &kRows,
                                                            &kCrowns};
  return kTables;
}

}  // namespace abatis
