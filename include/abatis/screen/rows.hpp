#pragma once
// Rows of trees beside a road: where they stand, how high and dense they are by year of growth, and
// how high they must be to cross a line of sight (docs/model/screen.md).

#include <utility>
#include <vector>

#include "abatis/geo/raster.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

// The line `offset_m` to the left of `line` (negative: to the right), vertex by vertex on the
// bisector; a sharp bend is cut at four times the offset.
std::vector<Point> beside(const std::vector<Point>& line, double offset_m);

// A row some years after it was bought: opacity is the share of sight across it that it takes.
struct RowGrowth {
  double height_m = 0;
  double leaf = 0, bare = 0;  // opacity, 0 to 1; never falls with age, bare never above leaf
};
// Nothing before the measure's lead time; then trees of stock_age + years - lead_time. Along the
// row crowns of crown_width x height cover crown_width / spacing of it, at most all; each lets
// exp(-extinction density width) through (Monsi & Saeki 1953). The species has crown figures.
RowGrowth row_growth(const Catalogue& catalogue, const Measure& measure, double years);

// The two ends of a line of sight, m.
struct SightEnds {
  Point eye;
  double eye_m = 0;   // height of the eye, not over anything
  Point foot;         // of the target
  double foot_m = 0;  // height of the ground there
};
// A row crosses the line where it is as high as base + slope times the target's height.
struct RowNeed {
  double base = 0, slope = 0;
  double height_m(double target_m) const { return base + slope * target_m; }
};
// Adds what is needed at each crossing of the line with the row, in plan. The line is straight and
// the Earth falls away from the eye by (1 - refraction) d^2 / 2R, as in sight.hpp; ground between
// cell centres is bilinear, and where it is unknown no row counts. O(points of the row).
void add_row_needs(const Raster<float>& ground, const SightEnds& ends, double refraction,
                   const std::vector<Point>& row, std::vector<RowNeed>& into);

// Bilinear between cell centres, constant beyond the outermost; NaN where a corner is unknown.
double height_at(const Raster<float>& ground, Point p);

}  // namespace abatis
