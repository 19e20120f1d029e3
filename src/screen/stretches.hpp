#pragma once
// Roads of the border zone, cut to stretches and samples.

#include "abatis/screen/exposure.hpp"

namespace abatis::screen_detail {

// Every road of friendly land within [screening] zone of the border, joined over its pieces and cut
// to about [screening] stretch; `people` by cell. O(n log n) of the road layer.
void add_stretches(const Scenario& scenario, const Terrain& terrain, const Raster<float>& people,
                   RoadExposure& into);

}  // namespace abatis::screen_detail
