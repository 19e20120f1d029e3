#pragma once
// What is covered in each year, and where it is not.

#include "ground.hpp"

namespace abatis::watching {

// Who covers what in one year: `acting` are indices into `candidates`. Fills the shares, the gaps
// and how many see each border point; money and objective are left alone.
void cover_year(const WatchGround& ground, const BorderLine& border, const std::vector<Cell>& zone,
                const std::vector<Candidate>& candidates, const std::vector<int>& acting,
                WatchYear& into, std::vector<std::array<std::uint8_t, kConditions>>& seen);

// The grid as the sensors of one year see it.
struct SeenGrid {
  // Lowest altitude over the surface, m, by situation; NaN = never seen.
  std::array<Raster<float>, kSituations> lowest_m;
  // On the ground: bit c = seen in condition c.
  Raster<std::uint8_t> on_ground;
};
SeenGrid unseen(const WatchGround& ground);
// Adds what one sensor sees; an effector sees nothing.
void add_sensor(const WatchGround& ground, Cell cell, const Measure& measure, SeenGrid& seen);

}  // namespace abatis::watching
