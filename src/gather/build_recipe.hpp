#pragma once
// The recipe of a data folder: region, sources, facts written down, and the shares that the
// synthetic layers are drawn to. Valid by construction: what is here has been checked.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis::gather {

struct Source {
  std::string id;       // states, lakes, rivers, settlements, drainage, relief
  std::string kind;     // npm or debian
  std::string package;  // as its package manager names it
  std::string file;     // inside the package folder, or from the Debian root
  std::string title, licence, date;
  Where where;
};

// A place by name: a settlement of the source, or written down with lon and lat.
struct Stop {
  std::string name;
  Where where;
};

struct KnownPlace {
  std::string name;
  double lon = 0, lat = 0;
  std::string kind;  // village, crossing, junction, water
};

struct RoadFact {
  std::string ref;         // "" where the number is not known to the writer
  std::string road_class;  // motorway, trunk, primary, secondary, tertiary
  std::vector<Stop> past;
  Where where;
};

struct RiverFact {
  std::string name;
  std::vector<Stop> past;  // downstream
};

struct BridgeFact {
  std::string name, river;
  Stop at;
  std::string ref;  // "" = any road
};

// Where forest, wetland or rough relief is known to prevail (or to be rare: negative weight).
struct Tendency {
  std::string name;
  double lon = 0, lat = 0, radius_m = 0, weight = 0;
};

struct Shares {  // of the land area unless said otherwise
  double forest = 0, meadow = 0, wetland = 0, builtup = 0;
  double waterway_km_per_km2 = 0, river_km_per_km2 = 0;  // rivers are a part of the waterways
  double ditch_km_per_km2 = 0, minor_road_km_per_km2 = 0;
  double hamlets_per_km2 = 0;
};

struct Recipe {
  std::string id, title;
  std::uint64_t seed = 1;
  int epsg = 0;
  Bounds region;  // with its margin
  double cell_m = 100;
  std::vector<std::string> states;                       // codes kept
  std::vector<std::array<std::string, 2>> open_borders;  // minor roads may cross these
  std::vector<Source> sources;
  std::vector<std::string> soils;                          // class by raster value
  double relief_amplitude_m = 0, relief_wavelength_m = 0;  // of the synthetic detail
  Shares shares;
  std::vector<Tendency> forests, wetlands, hills, heavy_soils;
  std::vector<KnownPlace> places;
  std::vector<RoadFact> roads;
  std::vector<RiverFact> rivers;
  std::vector<BridgeFact> bridges;
  std::vector<std::filesystem::path> files;  // the recipe and its facts, for hashing

  const Source* source(const std::string& id) const;
  Grid grid() const;
};

// Reads the recipe and the facts file it names (beside it). The first error in file order, with
// file:line:column: unknown keys, wrong types and values outside their ranges are errors.
Result<Recipe> read_recipe(const std::filesystem::path& file);

}  // namespace abatis::gather
