#include "sensors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/sight/sight.hpp"

namespace abatis::screen_detail {
namespace {

double lowest_target(const Scenario& scenario) {
  double least = std::numeric_limits<double>::infinity();
  for (const int t : scenario.screening.targets) {
    least =
        std::min(least, scenario.catalogue.screening.targets[static_cast<std::size_t>(t)].height_m);
  }
  return least;
}

// The watched cells of one sensor, with the lines to them.
class Watch {
 public:
  Watch(const Scenario& scenario, const Terrain& terrain, const ScreenGround& ground,
        const RoadExposure& roads)
      : scenario_(scenario),
        terrain_(terrain),
        ground_(ground),
        roads_(roads),
        target_m_(lowest_target(scenario)) {}

  Result<std::vector<Cell>> seen(const OwnSensor& sensor, int threads) const {
    const Grid& grid = terrain_.grid;
    const Cell at = *grid.cell_at(sensor.at);
    if (std::isnan(ground_.surface[at])) {
      return input_error(fmt::format("sensor {} stands on unknown ground", sensor.id), sensor.where,
                         "move it, or give the elevation there");
    }
    std::vector<std::uint16_t> sees(grid.size(), 0);
    const SightCount count = add_view({.rows = grid.rows,
                                       .cols = grid.cols,
                                       .cell_m = grid.cell,
                                       .surface = ground_.surface.values.data(),
                                       .ground = ground_.ground.values.data()},
                                      {.cell = at, .height_m = sensor.height_m},
                                      {.target_height_m = target_m_,
                                       .radius_m = sensor.range_m,
                                       .refraction = scenario_.catalogue.screening.refraction,
                                       .threads = threads},
                                      sees.data());
    if (count.under_surface) {
      return input_error(
          fmt::format("sensor {} at {:g} m stands under trees or roofs of {:g} m", sensor.id,
                      sensor.height_m,
                      std::round(static_cast<double>(ground_.surface[at]) - ground_.ground[at])),
          sensor.where, "raise its height, or move it");
    }
    std::vector<Cell> cells;
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      if (sees[static_cast<std::size_t>(c)] != 0 && terrain_.side_of(c) == Side::adversary) {
        cells.push_back(c);
      }
    }
    return cells;
  }

  // By row: whether it crosses the line to a cell no lower than the line.
  void rows_across(const OwnSensor& sensor, Cell target, const RowsNow& rows,
                   std::vector<int>& into) const {
    const Cell at = *terrain_.grid.cell_at(sensor.at);
    const SightEnds ends{.eye = terrain_.grid.centre(at),
                         .eye_m = static_cast<double>(ground_.ground[at]) + sensor.height_m,
                         .foot = terrain_.grid.centre(target),
                         .foot_m = static_cast<double>(ground_.ground[target])};
    into.clear();
    std::vector<RowNeed> needs;
    for (std::size_t r = 0; r < roads_.rows.size(); ++r) {
      if (rows.height_m[r] <= 0) continue;
      needs.clear();
      add_row_needs(ground_.ground, ends, scenario_.catalogue.screening.refraction, roads_.rows[r],
                    needs);
      if (std::any_of(needs.begin(), needs.end(), [&](const RowNeed& need) {
            return rows.height_m[r] >= need.height_m(target_m_);
          })) {
        into.push_back(static_cast<int>(r));
      }
    }
  }

 private:
  const Scenario& scenario_;
  const Terrain& terrain_;
  const ScreenGround& ground_;
  const RoadExposure& roads_;
  double target_m_;
};

}  // namespace

Status find_sensor_conflicts(const Scenario& scenario, const Terrain& terrain,
                             const RoadExposure& roads, const RowsNow& all, const RowsNow& planted,
                             int threads, Screening& into) {
  if (scenario.screening.sensors.empty()) return {};
  const ScreenGround ground = screen_ground(scenario, terrain);
  const Watch watch(scenario, terrain, ground, roads);
  const double km2 = terrain.grid.cell * terrain.grid.cell / 1e6;
  for (std::size_t s = 0; s < scenario.screening.sensors.size(); ++s) {
    const OwnSensor& sensor = scenario.screening.sensors[s];
    ABATIS_TRY(const std::vector<Cell> cells, watch.seen(sensor, threads));
    SensorSight sight{.seen_km2 = km2 * static_cast<double>(cells.size())};
    std::vector<std::int64_t> hidden(roads.candidates.size(), 0);
    std::vector<int> across;
    for (const Cell c : cells) {
      watch.rows_across(sensor, c, planted, across);
      if (!across.empty()) sight.hidden_km2 += km2;
      watch.rows_across(sensor, c, all, across);
      std::size_t last = roads.candidates.size();
      for (const int row : across) {
        const auto candidate = static_cast<std::size_t>(row / 2);
        if (candidate != last) ++hidden[candidate];
        last = candidate;
      }
    }
    for (std::size_t c = 0; c < hidden.size(); ++c) {
      if (hidden[c] == 0) continue;
      into.conflicts.push_back(
          {static_cast<int>(s), static_cast<int>(c), km2 * static_cast<double>(hidden[c])});
    }
    into.sensors.push_back(sight);
  }
  return {};
}

}  // namespace abatis::screen_detail
