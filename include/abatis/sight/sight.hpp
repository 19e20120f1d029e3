#pragma once
// What can be seen from where, exactly, on rasters in memory.
//
//   const SightGround ground{.rows = rows, .cols = cols, .cell_m = 30, .surface = heights};
//   std::vector<std::uint16_t> seen(cells, 0);
//   add_view(ground, {.cell = c, .height_m = 30}, {.radius_m = 20000}, seen.data());
//
// The surface is the bilinear interpolation of the heights at cell centres. A target stands over
// the centre of its cell; it is seen when the straight line from the observer to it stays on or
// above the surface (to a micrometre), which falls away from the observer by (1 - r) d^2 / 2R.
// Unknown ground (NaN) is never seen and never seen through. docs/model/sight.md has it in full.
//
// All functions are deterministic: the same answer on any number of threads and on every
// instruction set. Time grows with the square of the radius and with the number of observers.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis {

inline constexpr double kEarthRadius = 6371000.0;        // m, mean
inline constexpr double kOpticalRefraction = 1.0 / 7.0;  // light
inline constexpr double kRadioRefraction = 1.0 / 4.0;    // radio, k = 4/3
inline constexpr std::int32_t kMaxSightRings = 32767;    // cells of radius
inline constexpr double kMaxSightHeight = 100000.0;      // m, of heights in the rasters

// Row-major from the north-west, rows x cols values each; not owned.
struct SightGround {
  std::int32_t rows = 0, cols = 0;
  double cell_m = 0;               // edge of a cell
  const float* surface = nullptr;  // heights, m, at most kMaxSightHeight either way; NaN = unknown
  // What observers and targets stand on where it is not the surface: bare ground under canopy.
  const float* ground = nullptr;
};

struct Observer {
  Cell cell = kNoCell;  // known ground; the observer is over its centre
  double height_m = 0;  // over `ground`, or the surface without it
};

struct SightOptions {
  double target_height_m = 2;              // over `ground`, or the surface without it
  double radius_m = 0;                     // centres of targets this far away are looked at
  double refraction = kOpticalRefraction;  // r, 0 to 1
  int threads = 0;                         // 0 = all cores
};

struct SightCount {
  std::int64_t targets = 0;    // known cells within the radius, the observer's own among them
  std::int64_t followed = 0;   // of them: those whose line was followed, bounds leaving it open
  std::int64_t strips = 0;     // steps of one cell that this took, patches of the surface
  bool under_surface = false;  // the observer stands under the surface: it sees nothing
};

// seen[c] += 1 for each cell c that the observer sees; other cells are left alone.
// Radius / cell_m is at most kMaxSightRings.
SightCount add_view(const SightGround& ground, const Observer& observer,
                    const SightOptions& options, std::uint16_t* seen);

// height[c] = the least of what stands there (NaN = nothing) and the height over `ground` (or the
// surface without it), m, from which on a target at c is seen. Exact to a millimetre. Cells that no
// height lets the observer see (behind unknown ground, or beyond the radius) are left alone.
// options.target_height_m is not used.
SightCount lower_heights(const SightGround& ground, const Observer& observer,
                         const SightOptions& options, float* height);

// The same question for one target by following its whole line: the slow, plain way.
bool sees(const SightGround& ground, const Observer& observer, const SightOptions& options,
          Cell target);

// Farthest distance, m, at which heights h1 and h2 (m) over a smooth sphere see each other:
// sqrt(2R / (1 - r)) (sqrt h1 + sqrt h2).
double sight_horizon(double h1_m, double h2_m, double refraction);

// to[c] = terrain and what stands on it: terrain + the greater of canopy and buildings, each
// heights over the terrain, or null. Unknown canopy or buildings (NaN) are none; unknown terrain is
// unknown.
void sight_surface(const float* terrain, const float* canopy, const float* buildings,
                   std::size_t cells, float* to);

}  // namespace abatis
