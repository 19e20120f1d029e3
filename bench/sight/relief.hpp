#pragma once
// A made-up country to look around in: hills of tens to 150 m, rough at every scale down to the
// cell as measured relief is, and forest of 15 to 25 m in blocks. Deterministic by seed.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "../travel/noise.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis::bench {

struct Relief {
  Raster<float> terrain;  // m
  Raster<float> surface;  // terrain and forest, m
};

// size x size cells of 30 m. O(cells).
inline Relief made_relief(std::int32_t size, std::uint64_t seed) {
  const Grid grid{.epsg = 3346,
                  .origin_x = 300000,
                  .origin_y = 6200000,
                  .cell = 30,
                  .rows = size,
                  .cols = size};
  Relief out{.terrain = Raster<float>(grid, 0.0F), .surface = Raster<float>(grid, 0.0F)};
  const Noise hills(seed, size, 512, 2);
  const Noise woods(seed + 1000, size, 64, 4);
  const Noise crowns(seed + 2000, size, 16, 2);
  std::vector<float> line, wood, crown;
  for (std::int32_t r = 0; r < size; ++r) {
    const auto cols = static_cast<std::size_t>(size);
    line.assign(cols, 60.0F);
    wood.assign(cols, 0.0F);
    crown.assign(cols, 15.0F);
    hills.add_row(r, 200.0F, line);
    woods.add_row(r, 1.0F, wood);
    crowns.add_row(r, 8.0F, crown);
    for (std::int32_t c = 0; c < size; ++c) {
      const auto k = static_cast<std::size_t>(c);
      const Cell cell = grid.at(r, c);
      const double rough = hashed_uniform(seed + 3000, c, r) - 0.5;
      out.terrain[cell] = line[k] + static_cast<float>(rough);
      const double leaves = 2.0 * hashed_uniform(seed + 4000, c, r);
      out.surface[cell] =
          out.terrain[cell] + (wood[k] > 0.53F ? crown[k] + static_cast<float>(leaves) : 0.0F);
    }
  }
  return out;
}

}  // namespace abatis::bench
