#include "abatis/corridors/corridors.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/words.hpp"
#include "abatis/mobility/axis_ground.hpp"

namespace abatis {
namespace {

// Bytes a cell of the region that one case holds while it is searched: two fields with
// predecessors, the membership, and the queue of the front.
constexpr double kBytesPerCell = 48;
constexpr double kFieldMemory = 1.5 * 1024 * 1024 * 1024;

struct Found {
  CaseCorridors corridors;
  std::optional<Error> error;
};

// The place of a case's speed raster: by mover and season, in the order of the scenario.
int speed_of(const Scenario& scenario, int index) {
  const auto per_axis = static_cast<int>(scenario.movers.size() * scenario.seasons.size());
  return index % per_axis;
}

Found one_case(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
               const Raster<std::int32_t>& barriers, int index, const CorridorRules& rules) {
  Found found;
  const Case& one = scenario.cases[static_cast<std::size_t>(index)];
  const int speed = speed_of(scenario, index);
  const SpeedRaster& raster = mobility.speeds[static_cast<std::size_t>(speed)];
  const Axis& axis = scenario.axes[static_cast<std::size_t>(one.axis)];
  const auto cells = axis_cells(scenario, terrain, raster, axis);
  if (!cells) {
    found.error = cells.error();
    return found;
  }
  for (const Cell c : cells->targets) {
    if (!std::binary_search(cells->sources.begin(), cells->sources.end(), c)) continue;
    found.error =
        Error{ErrorCode::input,
              fmt::format("axis \"{}\": the objective reaches onto its own entry stretch, "
                          "so there is no way to describe",
                          axis.id),
              axis.where, "move the objective or make its radius smaller"};
    return found;
  }
  const auto delays = natural_delays(mobility, speed);
  const NearOptimal set =
      near_optimal({.speed_mps = &raster.speed_mps, .barrier = &barriers, .delay_s = delays},
                   cells->sources, cells->targets, rules.slack, scenario.terrain.neighbours);
  if (!set.reached()) {
    found.error = cut_off(scenario, one);
    return found;
  }
  found.corridors = describe_corridors(set, scenario.catalogue.formations, rules);
  found.corridors.index = index;
  return found;
}

// The ids of what a scenario uses, and the one asked for among them.
Status known_id(const std::string& asked, const std::vector<std::string>& known,
                const std::string& what) {
  if (asked.empty() || std::find(known.begin(), known.end(), asked) != known.end()) return {};
  return input_error(fmt::format("the scenario has no {} {}", what, in_quotes(asked)),
                     {.item = "--" + what}, nearest_hint(asked, known, what));
}

}  // namespace

Result<std::vector<int>> chosen_cases(const Scenario& scenario, const CaseFilter& filter) {
  const auto mover = [&](int m) {
    return scenario.catalogue.movers[static_cast<std::size_t>(m)].id;
  };
  const auto season = [&](int s) {
    return scenario.catalogue.seasons[static_cast<std::size_t>(s)].id;
  };
  std::vector<std::string> axes, movers, seasons;
  for (const Axis& axis : scenario.axes) axes.push_back(axis.id);
  for (const MoverUse& use : scenario.movers) movers.push_back(mover(use.mover));
  for (const SeasonUse& use : scenario.seasons) seasons.push_back(season(use.season));
  ABATIS_CHECK(known_id(filter.axis, axes, "axis"));
  ABATIS_CHECK(known_id(filter.mover, movers, "mover"));
  ABATIS_CHECK(known_id(filter.season, seasons, "season"));
  std::vector<int> chosen;
  const auto fits = [](const std::string& asked, const std::string& id) {
    return asked.empty() || asked == id;
  };
  for (std::size_t k = 0; k < scenario.cases.size(); ++k) {
    const Case& c = scenario.cases[k];
    if (fits(filter.axis, axes[static_cast<std::size_t>(c.axis)]) &&
        fits(filter.mover, mover(c.mover)) && fits(filter.season, season(c.season))) {
      chosen.push_back(static_cast<int>(k));
    }
  }
  return chosen;
}

Result<std::vector<CaseCorridors>> find_corridors(const Scenario& scenario, const Terrain& terrain,
                                                  const Mobility& mobility,
                                                  const std::vector<int>& cases,
                                                  const CorridorRules& rules, int threads,
                                                  Monitor& monitor) {
  const auto barriers = natural_barriers(terrain);
  const double per_case = kBytesPerCell * static_cast<double>(terrain.grid.size());
  const int fitting = std::max(1, static_cast<int>(kFieldMemory / std::max(1.0, per_case)));
  std::vector<Found> found(cases.size());
  monitor.begin("corridors", static_cast<std::int64_t>(cases.size()), "cases");
  parallel_for(cases.size(), std::min(thread_count(threads), fitting), [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    found[i] = one_case(scenario, terrain, mobility, barriers, cases[i], rules);
    monitor.advance(1);
  });
  if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped by the user");
  std::vector<CaseCorridors> corridors;
  for (Found& one : found) {
    if (one.error) return tl::unexpected<Error>(std::move(*one.error));
    corridors.push_back(std::move(one.corridors));
  }
  return corridors;
}

}  // namespace abatis
