#pragma once
// What the packages hold, cut to the region and in its CRS.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/gather/build.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "build_recipe.hpp"

namespace abatis::gather {

struct Town {
  std::string name, ascii;          // ascii: GeoNames' spelling without marks
  std::vector<std::string> others;  // other spellings
  Point at;
  std::int64_t population = -1;  // -1 = unknown
  double height_m = 0;           // GeoNames' digital elevation model
  bool has_height = false;
  std::string date;
};

struct DrainageLine {  // downstream from `from` to `to`
  Point from, to;
  double area_km2 = 0;  // catchment above `from`
};

struct Inputs {
  Grid grid;
  Layer states;                  // a3; polygons clipped to the region
  Layer lakes, rivers;           // polygons clipped to the region
  std::vector<Town> towns;       // of the region, largest first
  std::vector<Town> near_towns;  // spot heights within 30 km outside, for the relief's edges
  std::vector<DrainageLine> drainage;
  Raster<float> coarse_m;  // relief, bilinear
};

// Full path of each source's file, in the order of the recipe. A missing one is an input error
// that names the package to install.
Result<std::vector<std::filesystem::path>> source_files(const Recipe& recipe,
                                                        const BuildOptions& options);

Result<Inputs> read_inputs(const Recipe& recipe, const std::vector<std::filesystem::path>& files,
                           int threads, Monitor& monitor);

// Place of a stop: a settlement of the region (or within 30 km of it) by name, ascii name or other
// spelling (the largest of that name), or a place written down in the facts. Unknown names are
// errors with the nearest spelling as the hint.
class Gazetteer {
 public:
  static Result<Gazetteer> make(const Recipe& recipe, const Inputs& inputs);
  Result<Point> find(const Stop& stop) const;

 private:
  Status check(const Recipe& recipe) const;
  std::map<std::string, Point> places_;
};

}  // namespace abatis::gather
