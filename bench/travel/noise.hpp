#pragma once
// Value noise: hashed lattices of halving spacing, blended smoothly, row by row.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "abatis/base/random.hpp"

namespace abatis::bench {

class Noise {
 public:
  // Octaves from `coarsest` down to `finest` cells of spacing (powers of two), each of half the
  // weight of the one before. Values in [0, 1], mean 0.5.
  Noise(std::uint64_t seed, std::int32_t size, std::int32_t coarsest, std::int32_t finest) {
    double weight = 1.0;
    double total = 0.0;
    for (std::int32_t spacing = coarsest; spacing >= finest; spacing /= 2) {
      total += weight;
      octaves_.push_back(make_octave(seed + static_cast<std::uint64_t>(spacing), size, spacing));
      octaves_.back().weight = static_cast<float>(weight);
      weight /= 2.0;
    }
    for (Octave& o : octaves_) o.weight /= static_cast<float>(total);
  }

  // Adds row `row` times `scale` to `out`.
  void add_row(std::int32_t row, float scale, std::vector<float>& out) const {
    std::vector<float> line;
    for (const Octave& o : octaves_) {
      const auto above = static_cast<std::size_t>(row / o.spacing) * o.width;
      const float down = o.blend[static_cast<std::size_t>(row % o.spacing)];
      line.resize(o.width);
      for (std::size_t k = 0; k < o.width; ++k) {
        const float a = o.values[above + k];
        line[k] = (a + (o.values[above + o.width + k] - a) * down) * o.weight * scale;
      }
      for (std::size_t col = 0, k = 0; col < out.size(); ++k) {
        for (std::size_t step = 0; step < o.blend.size() && col < out.size(); ++step, ++col) {
          out[col] += line[k] + (line[k + 1] - line[k]) * o.blend[step];
        }
      }
    }
  }

 private:
  struct Octave {
    std::int32_t spacing = 1;
    std::size_t width = 0;  // lattice points in a row
    float weight = 1.0F;
    std::vector<float> values;
    std::vector<float> blend;  // smoothstep by cell within a lattice cell
  };

  static Octave make_octave(std::uint64_t seed, std::int32_t size, std::int32_t spacing) {
    const std::int32_t points = size / spacing + 2;
    Octave o{.spacing = spacing, .width = static_cast<std::size_t>(points)};
    o.values.reserve(o.width * o.width);
    for (std::int32_t r = 0; r < points; ++r) {
      for (std::int32_t c = 0; c < points; ++c) {
        o.values.push_back(static_cast<float>(hashed_uniform(seed, c, r)));
      }
    }
    for (std::int32_t k = 0; k < spacing; ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(spacing);
      o.blend.push_back(t * t * (3.0F - 2.0F * t));
    }
    return o;
  }

  std::vector<Octave> octaves_;
};

}  // namespace abatis::bench
