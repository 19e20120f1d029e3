#pragma once
// The base map of the page, from the real vectors of the data: thinned so that it fits in a page.

#include <vector>

#include "abatis/geo/layer.hpp"
#include "ground_view.hpp"

namespace abatis::report {

// Lines that meet end to end at a place where no third line ends become one. Data sets cut roads
// and rivers at every junction; most of those junctions are with lines that a map leaves out.
// O(n log n), deterministic.
std::vector<std::vector<Point>> join_lines(const std::vector<std::vector<Point>>& lines);

Layer land_layer(const GroundView& view);   // fields: state, side (0 none, 1 friendly, 2 adversary)
Layer water_layer(const GroundView& view);  // areas
Layer river_layer(const GroundView& view);  // fields: rank (1 river or canal, 2 the rest)
Layer road_layer(const GroundView& view);   // fields: rank (1 = most important)
// The `most` settlements that matter most. Fields: name, population (-1 unknown), order.
Layer place_layer(const GroundView& view, std::size_t most);

}  // namespace abatis::report
