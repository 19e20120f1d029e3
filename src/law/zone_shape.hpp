#pragma once
// The ground of a mined zone: a band along a line.

#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis {

// The line moved sideways by `by` metres to its left (negative: right), corners mitred up to three
// times that.
std::vector<Point> moved_left(const std::vector<Point>& line, double by);
// Closed ring around the line, `depth` wide.
std::vector<Point> band_around(const std::vector<Point>& line, double depth);

// The box around the ring, its sides on whole multiples of `grid`.
std::vector<Point> coarse_box(const std::vector<Point>& ring, double grid);

// Short strokes from the line to its left, one every `every` metres.
std::vector<std::vector<Point>> ticks_left(const std::vector<Point>& line, double every,
                                           double length);

}  // namespace abatis
