#pragma once
// Relief from a coarse model, spot heights and water: detail is synthetic and consistent with them.

#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "build_recipe.hpp"
#include "build_sources.hpp"

namespace abatis::gather {

// Who drains to whom. Cells in `order` come after the cell they drain to.
struct Drainage {
  std::vector<Cell> receiver;  // kNoCell at outlets
  std::vector<Cell> order;     // outlets first
  Raster<float> area_km2;      // catchment, with what flows into the region
};

struct Relief {
  Raster<float> elevation_m;
  Raster<std::uint8_t> water;    // 0 land, 1 lake, 2 river area
  Raster<std::uint8_t> channel;  // 1 where the catchment makes a stream, 2 a river
  Raster<float> slope_percent;
  Drainage drainage;
  double stream_area_km2 = 0;  // catchment from which a stream is drawn, and a river
  double river_area_km2 = 0;
  std::vector<std::vector<Point>> river_courses;  // of the recipe's rivers, same order
  double spot_rms_m = 0;                          // after all, at settlements with a height
};

// Flow over `surface` to `outlets`, by least-height search from them (Ehlschlaeger 1989, as in
// r.watershed): a hollow is searched from its bottom up, so that its sides drain to the bottom and
// the bottom drains out the way the search came in. Each cell drains to its steepest neighbour
// found before it, or else to the one it was found from. `inflow_km2` is added to a cell's own
// area. O(n log n), ties by cell index.
Drainage drain(const Raster<float>& surface, const std::vector<std::uint8_t>& outlets,
               const std::vector<float>& inflow_km2);

// Heights that never rise downstream, closest in the middle: the mean of the lowest such profile
// above `z` and the highest below it. Only where `selected`; both are monotone, so is their mean.
void make_monotone(const Drainage& drainage, const std::vector<std::uint8_t>& selected,
                   Raster<float>& z);

Result<Relief> make_relief(const Recipe& recipe, const Inputs& inputs, const Gazetteer& places,
                           int threads, Monitor& monitor);

}  // namespace abatis::gather
