#pragma once
// Smooth random fields and helpers on rasters, as pure functions of a seed and a place.

#include <cstdint>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/raster.hpp"
#include "build_recipe.hpp"

namespace abatis::gather {

// Independent streams of the recipe's seed, one per use, so that changing one leaves the others.
enum class Stream : std::uint64_t {
  relief = 1,
  roughness,
  forest,
  farmland,
  meadow,
  wetland,
  soil,
  soil_mix,
  builtup,
  road,
  hamlet,
  hamlet_pick,
  ditch,
  ditch_pick,
  field_angle,
  warp_x,
  warp_y
};
std::uint64_t stream_seed(std::uint64_t seed, Stream stream);

// One octave: a cubic B-spline surface over a lattice of hashed values `wavelength_m` apart,
// anchored at the CRS origin (so that it does not depend on the region), mean 0, standard
// deviation about 1. O(cells).
Raster<float> noise_octave(const Grid& grid, std::uint64_t seed, double wavelength_m, int threads);

// Octaves from `wavelength_m` down by halves, each `persistence` times the one before, scaled to
// standard deviation about 1.
Raster<float> noise(const Grid& grid, std::uint64_t seed, double wavelength_m, int octaves,
                    double persistence, int threads);

// Three box blurs, close to a Gaussian of this standard deviation; edges repeat. Values finite.
Raster<float> blurred(const Raster<float>& field, double sigma_m, int threads);

// For every cell the nearest cell with mask != 0 (8-neighbour propagation, error below 1 % of the
// distance), kNoCell when there is none.
std::vector<Cell> nearest_marked(const Raster<std::uint8_t>& mask);

// Slope in percent (Horn 1981), edges repeat.
Raster<float> slope_percent_of(const Raster<float>& elevation, int threads);

// The value v with share `share` of the selected cells above it. O(cells).
float threshold_for_share(const Raster<float>& field, const std::vector<std::uint8_t>& selected,
                          double share);

// Places of tendencies in the grid's CRS, and their sum at a point: weight exp(-(d/radius)^2) each.
Result<std::vector<Point>> tendency_centres(const std::vector<Tendency>& tendencies, int epsg);
double tendency_at(const std::vector<Tendency>& tendencies, const std::vector<Point>& centres,
                   Point p);

}  // namespace abatis::gather
