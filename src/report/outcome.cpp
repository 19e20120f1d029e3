#include "abatis/report/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/geo/rasterize.hpp"
#include "abatis/travel/travel.hpp"
#include "facts.hpp"

namespace abatis {
namespace {

using report::case_label;

// Bytes a running travel_time may hold per cell: times 8, predecessors 4, heap and marks 16.
constexpr double kBytesPerCell = 28;
constexpr double kFieldMemory = 1.5 * 1024 * 1024 * 1024;

struct Run {
  std::size_t k = 0;  // case
  bool after = false;
  bool whole = false;  // keep the field for the maps
};

struct RunResult {
  double time_s = kUnreachable;
  std::vector<Point> path;
  Raster<float> field;
  std::optional<Error> error;
};

Raster<float> to_float(const TimeField& field) {
  Raster<float> out(field.grid, nodata<float>());
  for (std::size_t i = 0; i < field.time_s.size(); ++i) {
    if (std::isfinite(field.time_s[i])) out.values[i] = static_cast<float>(field.time_s[i]);
  }
  return out;
}

RunResult run_case(const RunView& view, const Run& run) {
  const Case& c = view.scenario.cases[run.k];
  const int speed = report::speed_of(view, run.k);
  const SpeedRaster& raster = view.mobility.speeds[static_cast<std::size_t>(speed)];
  RunResult result;
  const Result<AxisCells> cells = axis_cells(view.scenario, view.terrain, raster,
                                             view.scenario.axes[static_cast<std::size_t>(c.axis)]);
  if (!cells) {
    result.error = cells.error();
    return result;
  }
  const std::vector<double> of_site =
      run.after ? site_delays(view.problem, view.plan.purchases, view.scenario.years - 1, speed)
                : std::vector<double>(view.sites.sites.size(), 0.0);
  const std::vector<double> delays = barrier_delays(view.sites, view.mobility, speed, of_site);
  TravelOptions options;
  options.neighbours = view.scenario.terrain.neighbours;
  options.predecessors = true;
  if (!run.whole) options.targets = cells->targets;
  const TimeField field = travel_time(
      {.speed_mps = &raster.speed_mps, .barrier = &view.sites.barrier, .delay_s = delays},
      cells->sources, options);
  const Cell target = nearest_target(field, cells->targets);
  if (target == kNoCell || !std::isfinite(field.time_s[static_cast<std::size_t>(target)])) {
    result.error =
        Error{ErrorCode::input,
              fmt::format("no way from the entry to the objective of axis \"{}\" for {}",
                          report::axis_label(view.scenario, c.axis), case_label(view.scenario, c)),
              view.scenario.axes[static_cast<std::size_t>(c.axis)].where,
              "move the objective or the entry stretch, or widen the region"};
    return result;
  }
  result.time_s = field.time_s[static_cast<std::size_t>(target)];
  std::vector<Point> line;
  for (const Cell cell : least_time_path(field, target)) line.push_back(field.grid.centre(cell));
  result.path = line.size() > 2 ? simplify(line, 0.6 * field.grid.cell) : line;
  if (run.whole) result.field = to_float(field);
  return result;
}

std::vector<int> heaviest_cases(const Scenario& scenario) {
  std::vector<int> shown(scenario.axes.size(), -1);
  for (std::size_t k = 0; k < scenario.cases.size(); ++k) {
    int& best = shown[static_cast<std::size_t>(scenario.cases[k].axis)];
    if (best < 0 ||
        scenario.cases[k].weight > scenario.cases[static_cast<std::size_t>(best)].weight) {
      best = static_cast<int>(k);
    }
  }
  return shown;
}

// The same purchase without its cover, where the site offers it: an index into problem.options.
int uncovered(const RunView& view, int bought) {
  const PlanOrigin& origin = view.origin[static_cast<std::size_t>(bought)];
  const auto& options = view.sites.sites[static_cast<std::size_t>(origin.site)].options;
  const Option& whole = options[static_cast<std::size_t>(origin.option)];
  for (std::size_t o = 0; o < options.size(); ++o) {
    const bool same = options[o].measure == whole.measure && options[o].park == whole.park;
    if (same && options[o].cover < 0) return bought - origin.option + static_cast<int>(o);
  }
  return -1;
}

std::vector<double> without_each_measure(const RunView& view, int threads) {
  std::vector<double> out(view.scenario.measures.size());
  parallel_for(out.size(), threads, [&](std::size_t i) {
    std::vector<Purchase> kept;
    bool touched = false;
    for (const Purchase& bought : view.plan.purchases) {
      const PlanOrigin& origin = view.origin[static_cast<std::size_t>(bought.option)];
      const Option& option = view.sites.sites[static_cast<std::size_t>(origin.site)]
                                 .options[static_cast<std::size_t>(origin.option)];
      const int measure = view.scenario.measures[i];
      if (option.measure == measure) {
        touched = true;
      } else if (option.cover == measure) {
        touched = true;
        const int bare = uncovered(view, bought.option);
        if (bare >= 0) kept.push_back({bare, bought.year});
      } else {
        kept.push_back(bought);
      }
    }
    out[i] = touched ? evaluate_plan(view.problem, kept) : view.plan.objective;
  });
  return out;
}

}  // namespace

std::vector<CivilPurchase> civil_purchases(const std::vector<PlanOrigin>& origin,
                                           const std::vector<Purchase>& purchases) {
  std::vector<CivilPurchase> out;
  for (const Purchase& bought : purchases) {
    const PlanOrigin& from = origin[static_cast<std::size_t>(bought.option)];
    if (from.counts_only()) continue;
    out.push_back({.site = from.site, .option = from.option, .year = bought.year});
  }
  return out;
}

Result<Outcome> compute_outcome(const RunView& view, int threads, Monitor& monitor) {
  Outcome outcome;
  const std::size_t cases = view.scenario.cases.size();
  outcome.shown_case = heaviest_cases(view.scenario);
  outcome.cases.resize(cases);
  outcome.before.resize(view.scenario.axes.size());
  outcome.after.resize(view.scenario.axes.size());

  std::vector<Run> runs;
  for (std::size_t k = 0; k < cases; ++k) {
    const auto axis = static_cast<std::size_t>(view.scenario.cases[k].axis);
    const bool whole = outcome.shown_case[axis] == static_cast<int>(k);
    runs.push_back({k, false, whole});
    runs.push_back({k, true, whole});
  }
  const double per_run = kBytesPerCell * static_cast<double>(view.terrain.grid.size());
  const int fitting = std::max(1, static_cast<int>(kFieldMemory / std::max(1.0, per_run)));
  std::vector<RunResult> results(runs.size());
  monitor.begin("outcome on the grid", static_cast<std::int64_t>(runs.size()), "cases");
  parallel_for(runs.size(), std::min(thread_count(threads), fitting), [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    results[i] = run_case(view, runs[i]);
    monitor.advance(1);
  });
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped while measuring the plan on the grid", {},
                "run again: the plan itself is kept");
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    RunResult& result = results[i];
    if (result.error) return tl::unexpected<Error>(std::move(*result.error));
    CaseOutcome& c = outcome.cases[runs[i].k];
    (runs[i].after ? c.after_s : c.before_s) = result.time_s;
    (runs[i].after ? c.path_after : c.path_before) = std::move(result.path);
    if (runs[i].whole) {
      const auto axis = static_cast<std::size_t>(view.scenario.cases[runs[i].k].axis);
      (runs[i].after ? outcome.after : outcome.before)[axis] = std::move(result.field);
    }
  }
  for (std::size_t k = 0; k < cases; ++k) {
    outcome.cases[k].network_before_s = view.plan.baseline_s[k];
    outcome.cases[k].network_after_s = view.plan.time_s.back()[k];
  }
  outcome.without_measure = without_each_measure(view, threads);
  outcome.ledger = compute_ledger(view.scenario, view.terrain, view.sites,
                                  civil_purchases(view.origin, view.plan.purchases), threads);
  return outcome;
}

}  // namespace abatis
