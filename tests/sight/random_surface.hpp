#pragma once
// Surfaces on which lines of sight go wrong: hills, spikes, plateaus, forest, holes, noise.

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "abatis/base/random.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis::testing {

inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Surface {
  std::int32_t rows = 0, cols = 0;
  double cell = 30;
  std::vector<float> heights;
  std::vector<float> bare;  // without forest

  SightGround ground() const {
    return {.rows = rows, .cols = cols, .cell_m = cell, .surface = heights.data()};
  }
};

inline Surface random_surface(std::uint64_t seed, std::int32_t largest) {
  Random random(seed, 11);
  Surface out;
  const auto side = [&] {
    return static_cast<std::int32_t>(1 + random.below(static_cast<std::uint64_t>(largest)));
  };
  out.rows = side();
  out.cols = side();
  if (seed % 17 == 0) out.rows = 1;
  if (seed % 19 == 0) out.cols = 1;
  out.cell = random.uniform() < 0.5 ? 30 : random.uniform(0.5, 100);
  const double relief = std::pow(10.0, random.uniform(-1, 2.5));
  const double noise = random.uniform() < 0.5 ? 0 : relief * random.uniform(0, 0.4);
  const double base = seed % 7 == 0 ? random.uniform(-400, 8000) : 100;
  double waves[6][4];
  for (auto& w : waves) {
    w[0] = random.uniform(-1, 1);
    w[1] = random.uniform(-0.4, 0.4);
    w[2] = random.uniform(-0.4, 0.4);
    w[3] = random.uniform(0, 6.3);
  }
  const bool forest = random.uniform() < 0.4;
  const bool spikes = random.uniform() < 0.3;
  const bool plateau = random.uniform() < 0.3;
  const double holes = random.uniform() < 0.4 ? random.uniform(0, 0.1) : 0;
  for (std::int32_t r = 0; r < out.rows; ++r) {
    for (std::int32_t c = 0; c < out.cols; ++c) {
      double z = 0;
      for (const auto& w : waves) z += w[0] * std::sin(w[1] * r + w[2] * c + w[3]);
      z = base + relief * z / 3 + noise * random.uniform(-1, 1);
      if (plateau) z = std::round(z / 5) * 5;
      out.bare.push_back(static_cast<float>(z));
      if (forest && hashed_uniform(seed, r / 4, c / 4) < 0.4) z += random.uniform(15, 25);
      if (spikes && random.uniform() < 0.02) z += random.uniform(-1, 1) * 1000;
      if (random.uniform() < holes) z = std::numeric_limits<double>::quiet_NaN();
      out.heights.push_back(static_cast<float>(z));
    }
  }
  return out;
}

}  // namespace abatis::testing
