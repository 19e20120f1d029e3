#include "abatis/screen/effect.hpp"

#include <algorithm>

namespace abatis {

RowsNow rows_at(const Scenario& scenario, const RoadExposure& exposure,
                const std::vector<double>& years_since, bool bare, RowSides sides) {
  RowsNow rows{std::vector<double>(exposure.rows.size(), 0),
               std::vector<double>(exposure.rows.size(), 0)};
  for (std::size_t c = 0; c < exposure.candidates.size(); ++c) {
    if (years_since[c] < 0) continue;
    const auto measure = static_cast<std::size_t>(exposure.candidates[c].measure);
    const RowGrowth now =
        row_growth(scenario.catalogue, scenario.catalogue.measures[measure], years_since[c]);
    for (const RowSides side : {RowSides::left, RowSides::right}) {
      if ((static_cast<unsigned>(sides) & static_cast<unsigned>(side)) == 0) continue;
      const std::size_t row = 2 * c + (side == RowSides::right ? 1 : 0);
      rows.height_m[row] = now.height_m;
      rows.opacity[row] = bare ? now.bare : now.leaf;
    }
  }
  return rows;
}

double seen_at(const RoadExposure& exposure, std::size_t sample, int viewer, double target_m,
               const RowsNow& rows) {
  double most = 0;
  for (std::size_t l = exposure.first_line[sample]; l < exposure.first_line[sample + 1]; ++l) {
    const SightLine& line = exposure.lines[l];
    if (exposure.viewers[static_cast<std::size_t>(line.viewer)].viewer != viewer) continue;
    if (static_cast<double>(line.least_m) > target_m) continue;
    double densest = 0;
    for (const LineNeed& need : exposure.needs_of(l)) {
      const auto row = static_cast<std::size_t>(need.row);
      const RowNeed crossing{need.base, need.slope};
      if (rows.height_m[row] > 0 && rows.height_m[row] >= crossing.height_m(target_m)) {
        densest = std::max(densest, rows.opacity[row]);
      }
    }
    most = std::max(most, 1 - densest);
    if (most >= 1) break;
  }
  return most;
}

RoadSums weight_of(const Scenario& scenario, const RoadExposure& exposure, std::size_t sample) {
  const RoadSample& one = exposure.samples[sample];
  const RoadStretch& stretch = exposure.stretches[static_cast<std::size_t>(one.stretch)];
  const double km = one.length_m / 1000;
  const RoadClass& road = scenario.catalogue.roads[static_cast<std::size_t>(stretch.road)];
  return {km, km * road.capacity_per_h, km * one.people};
}

RoadSums zone_sums(const Scenario& scenario, const RoadExposure& exposure) {
  RoadSums sums{};
  for (std::size_t s = 0; s < exposure.samples.size(); ++s) {
    const RoadSums weight = weight_of(scenario, exposure, s);
    for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += weight[m];
  }
  return sums;
}

RoadSums seen_sums(const Scenario& scenario, const RoadExposure& exposure, int viewer,
                   double target_m, const RowsNow& rows) {
  RoadSums sums{};
  for (std::size_t s = 0; s < exposure.samples.size(); ++s) {
    const double seen = seen_at(exposure, s, viewer, target_m, rows);
    if (seen == 0) continue;
    const RoadSums weight = weight_of(scenario, exposure, s);
    for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += seen * weight[m];
  }
  return sums;
}

std::vector<double> seen_of_stretches(const RoadExposure& exposure, int viewer, double target_m,
                                      const RowsNow& rows) {
  std::vector<double> seen(exposure.stretches.size(), 0);
  for (std::size_t s = 0; s < exposure.samples.size(); ++s) {
    seen[static_cast<std::size_t>(exposure.samples[s].stretch)] +=
        seen_at(exposure, s, viewer, target_m, rows) * exposure.samples[s].length_m;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) seen[i] /= exposure.stretches[i].length_m;
  return seen;
}

}  // namespace abatis
