#include "travel_check.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis {

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds)) return "no way";
  const auto minutes = static_cast<std::int64_t>(std::llround(seconds / 60));
  if (minutes < 60) return fmt::format("{} min", minutes);
  return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

namespace {

struct Leg {
  double seconds = kUnreachable;
  std::optional<Error> error;
};

Leg check_case(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
               const Raster<std::int32_t>& barriers, const Case& one, int speed) {
  Leg leg;
  const auto& axis = scenario.axes[static_cast<std::size_t>(one.axis)];
  const auto& speeds = mobility.speeds[static_cast<std::size_t>(speed)];
  const auto cells = axis_cells(scenario, terrain, speeds, axis);
  if (!cells) {
    leg.error = cells.error();
    return leg;
  }
  const auto delays = natural_delays(mobility, speed);
  const auto field = travel_time(
      {.speed_mps = &speeds.speed_mps, .barrier = &barriers, .delay_s = delays}, cells->sources,
      {.neighbours = scenario.terrain.neighbours, .targets = cells->targets});
  const Cell reached = nearest_target(field, cells->targets);
  if (reached != kNoCell) leg.seconds = field.time_s[static_cast<std::size_t>(reached)];
  if (!std::isfinite(leg.seconds)) leg.error = cut_off(scenario, one);
  return leg;
}

}  // namespace

Result<std::string> check_travel(const Scenario& scenario, const Terrain& terrain,
                                 const Mobility& mobility, int threads, Monitor& monitor) {
  const auto barriers = natural_barriers(terrain);
  const auto seasons = scenario.seasons.size();
  const auto per_axis = scenario.movers.size() * seasons;
  std::vector<Leg> legs(scenario.cases.size());
  monitor.begin("travel times, nothing built", static_cast<std::int64_t>(legs.size()), "cases");
  parallel_for(legs.size(), threads, [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    legs[i] = check_case(scenario, terrain, mobility, barriers, scenario.cases[i],
                         static_cast<int>(i % per_axis));
    monitor.advance(1);
  });
  if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped by the user");
  double least = kUnreachable;
  double most = 0;
  for (const auto& leg : legs) {
    if (leg.error) return tl::unexpected<Error>(*leg.error);
    least = std::min(least, leg.seconds);
    most = std::max(most, leg.seconds);
  }
  return fmt::format("{} cases, {} to {} with nothing built", legs.size(), duration_text(least),
                     duration_text(most));
}

}  // namespace abatis
