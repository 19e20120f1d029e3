#pragma once
// One wedge of one observer's view as the kernels see it. docs/model/sight.md has the definition
// and the proofs of the bounds.
//
// The plane around the observer is cut into eight octants. In each the columns of cells across the
// longer axis are the rings n = 1, 2, ...; cell (n, j) of an octant has 0 <= j <= n. Rays b = 0, 1,
// ... leave the observer at evenly spaced slopes u; a wedge is a range of rays and the cells
// between.
//
// Plain arrays only: this header is compiled for several instruction sets.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace abatis::sight_detail {

// A line that passes this much under the surface, in metres, still touches it.
inline constexpr double kTouch = 1e-6;
inline constexpr int kBlock = 8;  // rings whose greatest slope is kept as one figure
inline constexpr int kGroup = 4;  // rays that share these figures
inline constexpr int kLevels = 3;  // so often rays are halved towards the observer
inline constexpr int kPad = 16;   // places before index 0 of a row
inline constexpr int kTail = 96;  // and after its last

struct Wedge {
  // Surface and what targets stand on (m, NaN = unknown), both at the observer's cell; steps in
  // cells of memory along the two axes of the octant.
  const float* surface = nullptr;
  const float* foot = nullptr;
  std::ptrdiff_t major = 0, minor = 0;
  std::int32_t rings = 0;    // of the octant that have targets or may hide some
  std::int32_t below = 0;    // cells of the raster on the negative side of the minor axis
  std::int32_t above = 0;    // and on the positive side
  double eye = 0;            // m
  double target_height = 0;  // m above foot
  double curve = 0;          // fall of the surface at one cell's distance, m
  double reach2 = 0;         // greatest distance of a target, squared, cells
  // Ray b leaves the observer at the slope b step / 2^shift rows of cells a ring; neighbours are at
  // most half a row apart at the last ring. 2^shift (rings + 1) < 2^31.
  int shift = 0;
  std::int32_t step = 0;
  std::int32_t first = 0, last = 0;               // rays of the wedge, multiples of 16 << kLevels
  bool with_axis = false, with_diagonal = false;  // whether j = 0 and j = n belong to this octant
  // Either: one more for each target seen. Or: least height above foot from which it is seen.
  std::uint16_t* seen = nullptr;
  float* height = nullptr;
};

struct Undecided {
  std::int32_t n, j;
  float lower;  // bound of the horizon, a slope
};

// Working memory of a thread, kept from wedge to wedge.
struct Scratch {
  std::vector<float> rows;    // of one ring, several to each
  std::vector<float> tile;    // heights of sixteen rings
  std::vector<float> rays;    // by ray
  std::vector<float> blocks;  // [group of rays][block of rings]
  std::vector<Undecided> undecided;
  std::vector<std::uint16_t> found;
};

struct WedgeCount {
  std::int64_t targets = 0;    // known cells within reach
  std::int64_t undecided = 0;  // of them: bounds did not decide, their line was followed
  std::int64_t strips = 0;     // strips between two rings that were followed
};

struct Kernels {
  const char* name;
  WedgeCount (*run)(const Wedge&, Scratch&);
  // One line of sight, followed from end to end without bounds: whether (n, j) is seen, or the
  // least height above foot from which it is (NaN: unknown ground is in the way).
  bool (*sees)(const Wedge&, std::int32_t n, std::int32_t j);
  double (*least_height)(const Wedge&, std::int32_t n, std::int32_t j);
};

// The fastest this processor has; `ABATIS_SIMD` = avx512 | avx2 | plain asks for less. All give the
// same answers.
const Kernels& kernels();

}  // namespace abatis::sight_detail
