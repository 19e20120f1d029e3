#pragma once
// The far side as it looks across the border: where viewers stand, and which ground they see.

#include <cstdint>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct PlacedViewer {
  int viewer = 0;  // index into catalogue.screening.viewers
  Cell cell = kNoCell;
};

struct ScreenGround {
  Raster<float> ground, surface;  // m; NaN = unknown
};
// Terrain, and on it canopy by land cover and built-up cells at their stated height.
ScreenGround screen_ground(const Scenario& scenario, const Terrain& terrain);

// One viewer of each kind for each square of [screening] viewer_spacing: on the highest ground of
// the far side within its depth of the border where its eye is above the surface, lakes left out.
std::vector<PlacedViewer> place_viewers(const Scenario& scenario, const Terrain& terrain,
                                        const ScreenGround& ground);

// Height of the highest of the targets that [screening] names, m.
double tallest_target(const Scenario& scenario);

// For each cell how many kinds of viewers see a target of tallest_target() over it. Exact on the
// surface (docs/model/sight.md). One viewshed for each viewer: O(viewers x cells in range). Errors:
// interrupted.
Result<Raster<std::uint8_t>> seen_from_far(const Scenario& scenario, const Terrain& terrain,
                                           int threads, Monitor& monitor);

}  // namespace abatis
