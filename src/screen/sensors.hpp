#pragma once
// Sensors of one's own, and the rows in their sight.

#include "abatis/screen/screening.hpp"

namespace abatis::screen_detail {

// Fills sensors and conflicts. A sensor watches the far side within its range: each cell of it
// where it sees a target as high as the lowest of [screening] targets. Rows count at their height
// in the last year of the plan: a candidate as if bought in its first, those planted as they stand.
// One viewshed for each sensor: O(sensors x cells in range x rows).
Status find_sensor_conflicts(const Scenario& scenario, const Terrain& terrain,
                             const RoadExposure& roads, const RowsNow& all, const RowsNow& planted,
                             int threads, Screening& into);

}  // namespace abatis::screen_detail
