#pragma once
// Least accumulated cost over anybody's friction raster, without a scenario: reads a raster of any
// size, works in memory or, where that is too small, in bounded memory beside a scratch file, and
// writes a GeoTIFF of the same cells.
//
// A move costs the mean friction of its two cells times its length (the rule of GRASS r.cost);
// nodata is impassable. Times are computed in double precision and written as float.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis {

enum class FrictionUnit : std::uint8_t {
  s_per_cell,   // the time across one cell; a diagonal takes sqrt(2) of it
  s_per_metre,  // slowness; the raster must be in a projected CRS
};

struct RasterTravel {
  std::filesystem::path friction;
  FrictionUnit unit = FrictionUnit::s_per_cell;
  // Where from: points in the raster's CRS, or a raster of the same cells in which every cell that
  // is neither nodata nor 0 is a source.
  std::vector<Point> from_points;
  std::optional<std::filesystem::path> from_raster;
  std::vector<Point> to;  // report the times of these
  // Signed slopes: an elevation raster of the same cells and a CSV table of `slope,pace`, or the
  // word "tobler" for the hiking function (Tobler 1993), which is 1 on flat ground.
  std::optional<std::filesystem::path> elevation;
  std::string pace = "tobler";
  std::filesystem::path out;
  int neighbours = 8;  // 8, 16 or 32
  int threads = 0;     // 0 = all cores
  double bound = 0;    // leave what is further unreached; 0 = no bound
  // Memory that may be used; 0 = what is free. What does not fit waits in a scratch file beside
  // `out`.
  std::uint64_t memory_bytes = 0;
};

struct RasterTravelTarget {
  Point at;
  std::optional<double> time;
  std::string why;  // when it was not reached: what keeps it
};

struct RasterTravelReport {
  std::int64_t cells = 0, impassable = 0, reached = 0;
  double latest = 0;  // greatest time written
  std::vector<RasterTravelTarget> targets;
  double read_s = 0, compute_s = 0, compute_cpu_s = 0, write_s = 0;  // wall, but for cpu
  std::size_t tile_visits = 0, tiles = 0;
  std::size_t most_live = 0;        // tiles of the front at once, at most
  std::size_t tiles_put_aside = 0;  // for want of memory
  bool in_scratch_file = false;
};

// What the run will hold in memory and on disk (bytes), if all is kept in memory and if not.
struct RasterTravelNeed {
  std::uint64_t in_memory = 0;
  std::uint64_t least_memory = 0;  // with a scratch file of
  std::uint64_t scratch = 0;
};
RasterTravelNeed raster_travel_need(std::int64_t rows, std::int64_t cols, int neighbours,
                                    bool slopes);

// Errors: rasters that differ in their cells; friction that is 0, negative or infinite (the cell is
// named); a source off the raster or on nodata; metres asked for in a CRS of degrees; less memory
// than `least_memory`; interrupted (nothing is written).
Result<RasterTravelReport> travel_over_raster(const RasterTravel& task, Monitor& monitor);

}  // namespace abatis
