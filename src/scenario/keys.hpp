#pragma once
// Every key the scenario and catalogue files know. One table: the readers refuse what is not in
// it, and a test holds the reference pages to it.

#include <span>
#include <string_view>

namespace abatis {

struct KeySpec {
  std::string_view name;
  bool required = false;
};

struct TableSpec {
  std::string_view path;  // "region", "layers", "measures.delays"; "" = top of the file
  std::span<const KeySpec> keys;
};

namespace spec {
// Scenario file.
extern const TableSpec kScenarioFile, kScenario, kRegion, kSides, kTerrain, kLayers, kEntries,
    kObjectives, kAxes, kMovers, kSeasons, kGaps, kEchelons, kSites, kNetwork, kPlan, kMoney,
    kEarmarks, kQuotas, kWarning, kDecisions, kHarmLimits, kStandoffs, kGates, kCapacities,
    kUpgrades, kTradeoffs, kRoutes, kSurveillance;
// Catalogue files.
extern const TableSpec kMoverFile, kMover, kSeasonFile, kSeason, kSoilFile, kSoil, kCoverFile,
    kCover, kRoadFile, kRoad, kNaturalFile, kNatural, kNaturalDelays, kSwimming, kIce, kInBarrier,
    kMeasureFile, kMeasure, kMeasureDelays, kMeasureConflicts, kEffects, kTreeFile, kTree,
    kEchelonFile, kDefinition, kBands, kFormationFile, kFormation, kCivilFile, kClearance,
    kClearanceCapacity, kInspections, kAccess, kPopulation, kGateFigures;
}  // namespace spec

std::span<const TableSpec* const> scenario_tables();
std::span<const TableSpec* const> catalogue_tables();

}  // namespace abatis
