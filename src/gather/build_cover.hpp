#pragma once
// Land cover, soil and built-up areas: synthetic, drawn to the recipe's shares where relief, water
// and settlements make each likely.

#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "build_recipe.hpp"
#include "build_relief.hpp"
#include "build_sources.hpp"

namespace abatis::gather {

// Codes of the land cover raster (docs/data-folder.md).
enum Cover : std::uint8_t {
  kForest = 10,
  kMeadow = 30,
  kFarmland = 40,
  kResidential = 50,
  kIndustrial = 52,
  kLake = 80,
  kRiver = 81,
  kBog = 91,
  kMarsh = 92,
  kSwamp = 93
};

// Values of the soil raster, in the order of the recipe's `soils`.
enum Soil : std::uint8_t { kGW, kSP, kSM, kSC, kML, kCL, kMH, kCH, kOL, kOH, kPt, kSoilCount };

struct Hamlet {
  Point at;
  std::int64_t number = 0;  // of its lattice place: a name that does not change with the region
  std::uint8_t state = 0;   // 1 + index into Inputs::states
};

struct Ground {
  Raster<std::uint8_t> cover;
  Raster<std::uint8_t> soil;
  Raster<std::uint8_t> state;   // 1 + index into Inputs::states.features, 0 = none
  Raster<float> heaviness;      // of the soil: above 0 loam and clay, below sand
  std::vector<Hamlet> hamlets;  // synthetic
};

Result<Ground> make_ground(const Recipe& recipe, const Inputs& inputs, const Relief& relief,
                           int threads, Monitor& monitor);

// Polygons of the cells of some classes, one feature per 4-connected patch of at least `min_cells`,
// with its class. Corners are cut (Chaikin 1974), so areas keep within a few percent.
Layer patches(const Raster<std::uint8_t>& cover, const std::vector<std::uint8_t>& codes,
              const std::vector<std::string>& names, int min_cells);

}  // namespace abatis::gather
