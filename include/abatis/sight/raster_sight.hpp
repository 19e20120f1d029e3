#pragma once
// Viewsheds over anybody's rasters, without a scenario: reads a surface, looks around from one or
// many places and writes a raster of the same cells. What `sees` means stands in sight.hpp.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/grid.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis {

enum class SightOutput : std::uint8_t {
  count,   // how many observers see the cell; of one observer 0 or 1
  height,  // the least height, m, from which on some observer sees a target there
};

struct RasterSight {
  // The surface that hides, m; or terrain with heights over it, put together (sight_surface).
  std::optional<std::filesystem::path> surface;
  // With it the heights of observers and targets, and those written, are over the terrain.
  std::optional<std::filesystem::path> terrain;
  std::optional<std::filesystem::path> canopy, buildings;  // without `surface` only
  // In the raster's CRS; the observer stands over the centre of the cell that holds the point.
  std::vector<Point> at;
  // Or a CSV table with a head x,y or x,y,height (the raster's CRS), or a layer of points with or
  // without a number `height` (any CRS).
  std::optional<std::filesystem::path> observers;
  double observer_height_m = 2;  // of observers without a height of their own
  SightOptions options;
  SightOutput output = SightOutput::count;
  std::filesystem::path out;
};

struct PlacedObserver {
  Point asked;
  Point centre;          // of its cell, where it stands
  double surface_m = 0;  // there
  double eye_m = 0;      // height of the eye, not over anything
  bool under_surface = false;
  double beyond_m = 0;  // by how much the radius reaches past the nearest edge of the raster
};

struct RasterSightReport {
  std::int64_t raster_cells = 0;
  std::int64_t unknown = 0;   // of the rectangle that is read
  std::int64_t cells = 0;     // known cells within the radius, summed over the observers
  std::int64_t followed = 0;  // of them: those that bounds did not decide
  std::int64_t seen = 0;      // cells of the raster that some observer sees (count)
  std::int64_t shown = 0;     // cells with a height (height)
  int most = 0;               // observers that see one cell, at most (count)
  std::vector<PlacedObserver> observers;
  std::vector<std::string> warnings;                                 // in words
  double read_s = 0, compute_s = 0, compute_cpu_s = 0, write_s = 0;  // wall, but for cpu
};

// Of the rasters only the rectangle is read that holds the radius of every observer.
//
// The raster written: a cloud-optimised GeoTIFF of the cells of the surface. count: bytes (255 =
// unknown ground in the rectangle), of more than 254 observers 32-bit integers; beyond the radius
// 0. height: floats, NaN where ground is unknown, or no height is seen, or beyond the radius.
//
// Errors: rasters that differ in their cells or are in degrees; no known cell; heights that are
// infinite or beyond kMaxSightHeight (the cell is named); an observer off the raster or on unknown
// ground; more than 65535 observers; a radius of more than kMaxSightRings cells; an output that is
// one of the inputs; less memory than is needed; interrupted (nothing is written).
Result<RasterSightReport> viewshed_over_raster(const RasterSight& task, Monitor& monitor);

}  // namespace abatis
