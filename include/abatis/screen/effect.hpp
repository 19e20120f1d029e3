#pragma once
// What rows of trees leave of what is seen of the roads.

#include <array>
#include <vector>

#include "abatis/screen/exposure.hpp"

namespace abatis {

// Rows as they stand at one time, by row of RoadExposure; nothing = height 0.
struct RowsNow {
  std::vector<double> height_m, opacity;
};

// Which rows of a candidate are meant.
enum class RowSides : std::uint8_t { left = 1, right = 2, both = 3 };

// Rows of the candidates at their ages: years since they were bought, below 0 = not there.
RowsNow rows_at(const Scenario& scenario, const RoadExposure& exposure,
                const std::vector<double>& years_since, bool bare, RowSides sides = RowSides::both);

// How much a viewer of kind `viewer` sees of a target of this height at a sample: 0 = no line; else
// the most that a line lets through, which is 1 less the opacity of the densest row that crosses it
// no lower than the line. Never rises with height or opacity of a row.
double seen_at(const RoadExposure& exposure, std::size_t sample, int viewer, double target_m,
               const RowsNow& rows);

// Sums over roads by ScreenMetric, in unit_of(metric).
using RoadSums = std::array<double, kScreenMetrics>;

// What one sample counts for in each metric.
RoadSums weight_of(const Scenario& scenario, const RoadExposure& exposure, std::size_t sample);

// All roads of the zone; and what is seen of them.
RoadSums zone_sums(const Scenario& scenario, const RoadExposure& exposure);
RoadSums seen_sums(const Scenario& scenario, const RoadExposure& exposure, int viewer,
                   double target_m, const RowsNow& rows);

// Share of each stretch's length that is seen.
std::vector<double> seen_of_stretches(const RoadExposure& exposure, int viewer, double target_m,
                                      const RowsNow& rows);

}  // namespace abatis
