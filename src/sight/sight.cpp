#include "abatis/sight/sight.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "abatis/base/parallel.hpp"
#include "sweep.hpp"

namespace abatis {
namespace {

using namespace sight_detail;

// Rays to an octant for each ring, at least. More make the bounds tighter and the sweep dearer.
constexpr double kRaysPerRing = 3.0;
constexpr std::int32_t kWedgeRays = 2048;
constexpr std::int32_t kWhole = 16 << kLevels;
static_assert(kWedgeRays % kWhole == 0);

struct Octant {
  int major_row, major_col, minor_row, minor_col;
};
// In pairs that share the longer axis; the second of a pair leaves the axis to the first. Diagonals
// belong to the octants along rows.
constexpr Octant kOctants[] = {{0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, 1, 0}, {0, -1, -1, 0},
                               {1, 0, 0, 1}, {1, 0, 0, -1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}};

std::int32_t room(std::int32_t at, std::int32_t size, int step) {
  return step == 0 ? 0 : step > 0 ? size - 1 - at : at;
}

// All wedges of one observer, without an output.
std::vector<Wedge> wedges_of(const SightGround& ground, const Observer& observer,
                             const SightOptions& options) {
  const std::int32_t row = observer.cell / ground.cols;
  const std::int32_t col = observer.cell % ground.cols;
  const float* foot = ground.ground == nullptr ? ground.surface : ground.ground;
  const double reach = options.radius_m / ground.cell_m;
  const double fall = (1.0 - options.refraction) * ground.cell_m * ground.cell_m;
  std::vector<Wedge> wedges;
  for (std::size_t o = 0; o < std::size(kOctants); ++o) {
    const Octant& octant = kOctants[o];
    const bool along_rows = octant.major_col != 0;
    const std::int32_t forward = along_rows ? room(col, ground.cols, octant.major_col)
                                            : room(row, ground.rows, octant.major_row);
    const std::int32_t above = along_rows ? room(row, ground.rows, octant.minor_row)
                                          : room(col, ground.cols, octant.minor_col);
    const std::int32_t below = along_rows ? room(row, ground.rows, -octant.minor_row)
                                          : room(col, ground.cols, -octant.minor_col);
    Wedge wedge{.surface = ground.surface + observer.cell,
                .foot = foot + observer.cell,
                .major = std::ptrdiff_t{octant.major_row} * ground.cols + octant.major_col,
                .minor = std::ptrdiff_t{octant.minor_row} * ground.cols + octant.minor_col,
                .rings = static_cast<std::int32_t>(std::min<double>(std::floor(reach), forward)),
                .below = below,
                .above = above,
                .eye = static_cast<double>(foot[observer.cell]) + observer.height_m,
                .target_height = options.target_height_m,
                .curve = fall / (2.0 * kEarthRadius),
                .reach2 = reach * reach,
                .with_axis = o % 2 == 0,
                .with_diagonal = along_rows};
    if (wedge.rings < 1) continue;
    wedge.shift = 29;
    while ((std::int64_t{wedge.rings} + 1) << wedge.shift >= std::int64_t{1} << 31) --wedge.shift;
    const double whole = static_cast<double>(std::int64_t{1} << wedge.shift);
    wedge.step = static_cast<std::int32_t>(whole / (kRaysPerRing * std::max(wedge.rings, 8)));
    const auto rays = static_cast<std::int32_t>(std::ceil(whole / wedge.step));
    for (std::int32_t first = 0; first <= rays; first += kWedgeRays) {
      wedge.first = first;
      wedge.last = std::min(first + kWedgeRays, (rays / kWhole + 1) * kWhole);
      wedges.push_back(wedge);
    }
  }
  return wedges;
}

bool is_under_surface(const SightGround& ground, const Observer& observer) {
  const float* foot = ground.ground == nullptr ? ground.surface : ground.ground;
  return static_cast<double>(foot[observer.cell]) + observer.height_m <
         static_cast<double>(ground.surface[observer.cell]) - kTouch;
}

SightCount run_wedges(const std::vector<Wedge>& wedges, int threads) {
  std::vector<WedgeCount> counts(wedges.size());
  parallel_for(wedges.size(), threads, [&](std::size_t k) {
    thread_local Scratch scratch;
    counts[k] = kernels().run(wedges[k], scratch);
  });
  SightCount sum{.targets = 1};
  for (const WedgeCount& count : counts) {
    sum.targets += count.targets;
    sum.followed += count.undecided;
    sum.strips += count.strips;
  }
  return sum;
}

// Height over foot at which a target in the observer's own cell stands on the surface.
double own_height(const SightGround& ground, Cell cell) {
  if (ground.ground == nullptr) return 0.0;
  return std::max(
      0.0, static_cast<double>(ground.surface[cell]) - static_cast<double>(ground.ground[cell]));
}

}  // namespace

SightCount add_view(const SightGround& ground, const Observer& observer,
                    const SightOptions& options, std::uint16_t* seen) {
  if (is_under_surface(ground, observer)) return {.under_surface = true};
  std::vector<Wedge> wedges = wedges_of(ground, observer, options);
  for (Wedge& wedge : wedges) wedge.seen = seen + observer.cell;
  if (options.target_height_m >= own_height(ground, observer.cell) - kTouch) {
    seen[observer.cell] += 1;
  }
  return run_wedges(wedges, options.threads);
}

SightCount lower_heights(const SightGround& ground, const Observer& observer,
                         const SightOptions& options, float* height) {
  if (is_under_surface(ground, observer)) return {.under_surface = true};
  SightOptions from_zero = options;
  from_zero.target_height_m = 0;
  std::vector<Wedge> wedges = wedges_of(ground, observer, from_zero);
  for (Wedge& wedge : wedges) wedge.height = height + observer.cell;
  const auto own = static_cast<float>(own_height(ground, observer.cell));
  if (!(height[observer.cell] <= own)) height[observer.cell] = own;
  return run_wedges(wedges, options.threads);
}

bool sees(const SightGround& ground, const Observer& observer, const SightOptions& options,
          Cell target) {
  if (is_under_surface(ground, observer)) return false;
  const float* foot = ground.ground == nullptr ? ground.surface : ground.ground;
  if (std::isnan(foot[target]) || std::isnan(ground.surface[target])) return false;
  if (target == observer.cell) {
    return options.target_height_m >= own_height(ground, target) - kTouch;
  }
  const std::int32_t rows = target / ground.cols - observer.cell / ground.cols;
  const std::int32_t cols = target % ground.cols - observer.cell % ground.cols;
  const double reach = options.radius_m / ground.cell_m;
  if (static_cast<double>(rows) * rows + static_cast<double>(cols) * cols > reach * reach) {
    return false;
  }
  for (const Wedge& wedge : wedges_of(ground, observer, options)) {
    const bool along_rows = wedge.with_diagonal;
    const std::ptrdiff_t row_step = ground.cols;
    const std::int32_t n =
        (along_rows ? cols : rows) *
        static_cast<std::int32_t>(along_rows ? wedge.major : wedge.major / row_step);
    const std::int32_t j =
        (along_rows ? rows : cols) *
        static_cast<std::int32_t>(along_rows ? wedge.minor / row_step : wedge.minor);
    if (n >= 1 && j >= 0 && (along_rows ? j <= n : j < n) && (j > 0 || wedge.with_axis)) {
      return kernels().sees(wedge, n, j);
    }
  }
  return false;
}

double sight_horizon(double h1_m, double h2_m, double refraction) {
  return std::sqrt(2.0 * kEarthRadius / (1.0 - refraction)) * (std::sqrt(h1_m) + std::sqrt(h2_m));
}

void sight_surface(const float* terrain, const float* canopy, const float* buildings,
                   std::size_t cells, float* to) {
  for (std::size_t c = 0; c < cells; ++c) {
    float most = 0;
    for (const float* layer : {canopy, buildings}) {
      if (layer != nullptr && layer[c] > most) most = layer[c];
    }
    to[c] = terrain[c] + most;
  }
}

}  // namespace abatis
