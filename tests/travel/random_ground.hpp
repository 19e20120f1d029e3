#pragma once
// Random small rasters that searches go wrong on: walls with one gap, walls that touch only at
// corners (a diagonal move passes between them, nothing longer does), regions of one cell,
// scattered nodata, equal frictions (ties) or four orders of magnitude, single rows, columns and
// cells, barriers of many shapes, hills.

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "abatis/base/random.hpp"
#include "travel/oracle.hpp"

namespace abatis::testing {

struct GroundWish {
  std::int32_t largest = 12;  // rows and cols are at most this
  bool barriers = false;
  bool hills = false;  // elevation; slope_factor stays the caller's
};

struct RandomGround {
  OracleInput input;
  std::vector<std::int32_t> sources;  // one to three; passable or not
};

namespace ground_detail {

inline constexpr double kClosed = std::numeric_limits<double>::quiet_NaN();

inline std::int32_t below(Random& random, std::int32_t bound) {
  return static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(bound)));
}

inline double& friction_at(OracleInput& in, std::int32_t row, std::int32_t col) {
  return in.friction[static_cast<std::size_t>(in.at(row, col))];
}

// A row that is closed but for one cell; and a diagonal of closed cells that touch at corners.
inline void build_walls(OracleInput& in, Random& random) {
  const std::int32_t wall = below(random, in.rows);
  const std::int32_t gap = below(random, in.cols);
  for (std::int32_t col = 0; col < in.cols; ++col) {
    if (col != gap) friction_at(in, wall, col) = kClosed;
  }
  const std::int32_t start = below(random, in.rows);
  for (std::int32_t k = 0; in.inside(start + k, k); ++k) {
    friction_at(in, start + k, k) = kClosed;
  }
}

// One passable cell with closed cells all round.
inline void build_cell(OracleInput& in, Random& random) {
  const std::int32_t row = below(random, in.rows);
  const std::int32_t col = below(random, in.cols);
  for (std::int32_t r = row - 1; r <= row + 1; ++r) {
    for (std::int32_t c = col - 1; c <= col + 1; ++c) {
      if (in.inside(r, c)) friction_at(in, r, c) = r == row && c == col ? 1.0 : kClosed;
    }
  }
}

inline void add_barriers(OracleInput& in, Random& random) {
  in.barrier.assign(in.friction.size(), 0);
  in.delay_s = {kClosed};  // [0] must not be read
  const std::int32_t count = 1 + below(random, 3);
  for (std::int32_t b = 1; b <= count; ++b) {
    const double delays[] = {0.0, 100.0, 1e5, random.uniform(0, 500), kNever};
    in.delay_s.push_back(delays[random.below(5)]);
    const bool line = random.below(2) == 0;
    const std::int32_t at = below(random, in.cols);
    for (std::int32_t c = 0; c < static_cast<std::int32_t>(in.barrier.size()); ++c) {
      if (line ? c % in.cols == at : random.uniform() < 0.2) {
        in.barrier[static_cast<std::size_t>(c)] = b;
      }
    }
  }
}

}  // namespace ground_detail

// The same ground for the same seed and wish. Friction is float-exact: what a raster file can hold.
inline RandomGround random_ground(std::uint64_t seed, const GroundWish& wish = {}) {
  using namespace ground_detail;
  Random random(seed, 21);
  RandomGround out;
  OracleInput& in = out.input;
  in.rows = random.below(8) == 0 ? 1 : 1 + below(random, wish.largest);
  in.cols = random.below(8) == 0 ? 1 : 1 + below(random, wish.largest);
  in.cell = 30.0;
  const bool ties = random.below(2) == 0;
  const double blocked = random.below(3) == 0 ? 0.0 : random.uniform(0, 0.4);
  for (std::int32_t c = 0; c < in.rows * in.cols; ++c) {
    const double f = ties ? std::pow(2.0, static_cast<double>(random.below(3)))
                          : std::pow(10.0, random.uniform(-2, 2));
    in.friction.push_back(random.uniform() < blocked ? kClosed
                                                     : static_cast<double>(static_cast<float>(f)));
  }
  if (random.below(3) == 0) build_walls(in, random);
  if (random.below(3) == 0) build_cell(in, random);
  if (wish.barriers) add_barriers(in, random);
  if (wish.hills) {
    for (std::size_t c = 0; c < in.friction.size(); ++c) {
      in.elevation.push_back(random.uniform() < 0.05 ? kClosed : random.uniform(0, 30));
    }
  }
  for (std::uint64_t k = 0; k < 1 + random.below(3); ++k) {
    out.sources.push_back(below(random, in.rows * in.cols));
  }
  return out;
}

// The same ground turned by a quarter, and mirrored: cell (r, c) becomes (c, rows - 1 - r), (r,
// cols
// - 1 - c). Sources move along; values of a field move by the same maps.
template <class T>
std::vector<T> turned(const std::vector<T>& values, std::int32_t rows, std::int32_t cols) {
  std::vector<T> out(values.size());
  for (std::int32_t r = 0; r < rows && !values.empty(); ++r) {
    for (std::int32_t c = 0; c < cols; ++c) {
      out[static_cast<std::size_t>(c * rows + rows - 1 - r)] =
          values[static_cast<std::size_t>(r * cols + c)];
    }
  }
  return out;
}

template <class T>
std::vector<T> mirrored(const std::vector<T>& values, std::int32_t rows, std::int32_t cols) {
  std::vector<T> out(values.size());
  for (std::int32_t r = 0; r < rows && !values.empty(); ++r) {
    for (std::int32_t c = 0; c < cols; ++c) {
      out[static_cast<std::size_t>(r * cols + cols - 1 - c)] =
          values[static_cast<std::size_t>(r * cols + c)];
    }
  }
  return out;
}

inline RandomGround turned(const RandomGround& ground) {
  const OracleInput& in = ground.input;
  RandomGround out = ground;
  out.input.rows = in.cols;
  out.input.cols = in.rows;
  out.input.friction = turned(in.friction, in.rows, in.cols);
  out.input.barrier = turned(in.barrier, in.rows, in.cols);
  out.input.elevation = turned(in.elevation, in.rows, in.cols);
  for (std::int32_t& c : out.sources) {
    c = out.input.at(c % in.cols, in.rows - 1 - c / in.cols);
  }
  return out;
}

inline RandomGround mirrored(const RandomGround& ground) {
  const OracleInput& in = ground.input;
  RandomGround out = ground;
  out.input.friction = mirrored(in.friction, in.rows, in.cols);
  out.input.barrier = mirrored(in.barrier, in.rows, in.cols);
  out.input.elevation = mirrored(in.elevation, in.rows, in.cols);
  for (std::int32_t& c : out.sources) c = in.at(c / in.cols, in.cols - 1 - c % in.cols);
  return out;
}

}  // namespace abatis::testing
