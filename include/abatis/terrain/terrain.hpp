#pragma once
// The layer stack of a region on its grid. Unknown stays unknown: nodata is never easy going.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct Settlement {
  std::string name, kind;
  Point at;
  std::int64_t population = -1;  // -1 = unknown
};

// What people need to reach.
enum class ServiceKind : std::uint8_t { clinic, school, shelter, crossing };
inline constexpr int kServiceKinds = 4;
std::string_view to_string(ServiceKind kind);

struct Service {
  ServiceKind kind = ServiceKind::clinic;
  std::string name;
  Point at;
};

struct Municipality {
  std::string name;
  Geometry area;
};

// A count worth telling: how many cells a layer leaves unknown, or were decided by a rule.
struct CellNote {
  std::string layer, text;
  std::int64_t cells = 0;
};

// How a road crosses water or a natural barrier in a cell: Terrain::bridge.
enum Crossing : std::uint8_t { kNoCrossing = 0, kBridgeCrossing = 1, kFordCrossing = 2 };

struct Terrain {
  Grid grid;
  Raster<float> elevation_m;        // NaN = unknown
  Raster<float> slope_percent;      // Horn 1981, times TerrainRules::slope_amplification
  Raster<std::uint8_t> cover;       // index into catalogue.covers; nodata = unknown
  Raster<std::uint8_t> soil;        // index into catalogue.soils; nodata = unknown
  Raster<std::uint8_t> road;        // 0 = none, else 1 + index into catalogue.roads; 4-connected
  Raster<std::uint8_t> water;       // 0 = land, 1 = lake, 2 = river area, 3 = sea
  Raster<std::uint8_t> natural;     // 0 = none, else 1 + index into catalogue.naturals where
                                    // that class is a barrier; 4-connected chains
  Raster<std::uint8_t> bridge;      // Crossing, where a road crosses a natural barrier or water as
                                    // lines, not as cells; `natural` keeps its class there
  Raster<float> intercepts_per_km;  // SIF
  Raster<std::uint8_t> state;       // 1 + index into (friendly ++ adversary); 0 = none
  Raster<std::uint8_t> side;        // Side
  Raster<float> border_distance_m;  // from the friendly/adversary border, on both sides
  // Features that touch the region, whole, in the grid's CRS. The class attribute is called
  // `class` in each, whatever the file calls it; roads keep that, `ref`, `oneway`
  // and `brunnel` alone.
  Layer states, roads, water_areas, waterways, ditches, protected_areas;
  std::vector<Settlement> settlements;
  std::vector<Service> services;             // empty without a layer of that role
  std::vector<Municipality> municipalities;  // by name; empty without a layer of that role
  Raster<std::uint16_t> municipality;        // 1 + index into municipalities, 0 = none; empty
                                             // without a layer of that role
  std::vector<CellNote> notes;

  Side side_of(Cell c) const { return static_cast<Side>(side[c]); }
};

// Reads every layer of the scenario onto its grid, by the rules of docs/model/terrain.md. Errors: a
// missing or truncated layer, one that lies elsewhere, no border in the region, nodata on more than
// 5 % of the border cells; each names layer, file and line of the scenario. About 23 bytes a cell
// for the result and as much again on the way, and the vector layers. The same bits on any number
// of threads.
Result<Terrain> build_terrain(const Scenario& scenario, int threads, Monitor& monitor);

// Entry cells of a stretch: passability is decided later; adversary cells 4-adjacent to a cell of
// one of the friendly states it leads into, inside Entry::within. Empty is an error.
Result<std::vector<Cell>> entry_cells(const Scenario& scenario, const Terrain& terrain,
                                      const Entry& entry);

}  // namespace abatis
