#include "abatis/travel/travel.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "ground.hpp"
#include "moves.hpp"
#include "predecessors.hpp"
#include "tile_engine.hpp"

namespace abatis {
namespace {

using namespace travel_detail;

void check_cells(std::span<const Cell> list, std::size_t cells) {
  for (const Cell c : list) {
    if (c < 0 || static_cast<std::size_t>(c) >= cells) {
      throw std::invalid_argument(fmt::format("travel: cell {} is not on the grid", c));
    }
  }
}

void check_barriers(const TravelInput& input) {
  const Grid& grid = input.speed_mps->grid;
  if (!(input.barrier->grid == grid) || input.barrier->values.size() != grid.size()) {
    throw std::invalid_argument("travel: barriers and speeds are on different grids");
  }
  const auto [low, high] =
      std::minmax_element(input.barrier->values.begin(), input.barrier->values.end());
  if (low != input.barrier->values.end() &&
      (*low < 0 || (*high > 0 && static_cast<std::size_t>(*high) >= input.delay_s.size()))) {
    throw std::invalid_argument(
        fmt::format("travel: barrier ids {}..{} but {} delays", *low, *high, input.delay_s.size()));
  }
  for (std::size_t b = 1; b < input.delay_s.size(); ++b) {
    if (!(input.delay_s[b] >= 0)) {
      throw std::invalid_argument(
          fmt::format("travel: delay {} of barrier {} is not a time >= 0", input.delay_s[b], b));
    }
  }
}

void check_slope(const TravelInput& input) {
  const SlopePace& slope = input.slope;
  const Grid& grid = input.speed_mps->grid;
  if (!(slope.elevation_m->grid == grid) || slope.elevation_m->values.size() != grid.size()) {
    throw std::invalid_argument("travel: elevations and speeds are on different grids");
  }
  bool fits = !slope.slope.empty() && slope.slope.size() == slope.pace.size();
  for (std::size_t k = 0; fits && k < slope.slope.size(); ++k) {
    fits = std::isfinite(slope.pace[k]) && slope.pace[k] > 0 && std::isfinite(slope.slope[k]) &&
           (k == 0 || slope.slope[k - 1] < slope.slope[k]);
  }
  if (!fits) {
    throw std::invalid_argument(
        "travel: a table of slopes needs ascending slopes and a finite pace above 0 for each");
  }
}

// Precondition failures are bugs of the caller, hence exceptions.
void check_input(const TravelInput& input, std::span<const Cell> sources,
                 const TravelOptions& options) {
  if (input.speed_mps == nullptr) throw std::invalid_argument("travel: no speed raster");
  const Raster<float>& speed = *input.speed_mps;
  if (speed.values.size() != speed.grid.size() || !(speed.grid.cell > 0)) {
    throw std::invalid_argument("travel: the speed raster does not fit its grid");
  }
  moves(options.neighbours);  // throws when there is no such neighbourhood
  check_cells(sources, speed.grid.size());
  check_cells(options.targets, speed.grid.size());
  float fastest = 0.0F;
  for (const float v : speed.values) fastest = v > fastest ? v : fastest;
  if (std::isinf(fastest)) throw std::invalid_argument("travel: infinite speed");
  if (input.barrier != nullptr) check_barriers(input);
  if (input.slope.elevation_m != nullptr) check_slope(input);
}

std::vector<Cell> ascending(std::span<const Cell> cells) {
  std::vector<Cell> out(cells.begin(), cells.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

TimeField search(const TravelInput& input, std::span<const Cell> from, const TravelOptions& options,
                 bool reverse) {
  check_input(input, from, options);
  TimeField field{.grid = input.speed_mps->grid};
  field.time_s.assign(field.grid.size(), kUnreachable);
  const Tiling tiling{field.grid.rows, field.grid.cols};
  const GroundSource ground(input, options.neighbours, reverse);
  FieldSink sink(tiling, field.time_s.data());
  const std::vector<Cell> sources = ascending(from);
  const std::vector<Cell> targets = ascending(options.targets);
  run_engine({.tiling = tiling,
              .source = &ground,
              .sink = &sink,
              .sources = sources,
              .targets = targets,
              .bound_s = options.bound_s,
              .reach = reach(options.neighbours),
              .threads = thread_count(options.threads)},
             silent_monitor());
  if (options.predecessors) {
    field.predecessor = find_predecessors(input, options.neighbours, reverse, field.time_s,
                                          thread_count(options.threads));
  }
  return field;
}

}  // namespace

TimeField travel_time(const TravelInput& input, std::span<const Cell> sources,
                      const TravelOptions& options) {
  return search(input, sources, options, false);
}

TimeField travel_time_to(const TravelInput& input, std::span<const Cell> targets,
                         const TravelOptions& options) {
  return search(input, targets, options, true);
}

std::vector<TimeField> travel_times(std::span<const TravelRequest> requests, int threads) {
  std::vector<TimeField> fields(requests.size());
  const int cores = thread_count(threads);
  const int each = std::max(1, cores / std::max(1, static_cast<int>(requests.size())));
  parallel_for(requests.size(), cores, [&](std::size_t k) {
    TravelOptions options = requests[k].options;
    options.threads = each;
    fields[k] = search(requests[k].input, requests[k].from, options, requests[k].to);
  });
  return fields;
}

std::vector<Cell> least_time_path(const TimeField& field, Cell target) {
  if (field.predecessor.size() != field.time_s.size()) {
    throw std::invalid_argument("travel: the field was computed without predecessors");
  }
  if (target < 0 || static_cast<std::size_t>(target) >= field.time_s.size()) {
    throw std::invalid_argument(fmt::format("travel: cell {} is not on the grid", target));
  }
  std::vector<Cell> path;
  if (!(field.time_s[static_cast<std::size_t>(target)] < kUnreachable)) return path;
  for (Cell c = target; c != kNoCell; c = field.predecessor[static_cast<std::size_t>(c)]) {
    path.push_back(c);
    if (path.size() > field.time_s.size()) {
      throw std::logic_error("travel: predecessors form a loop");
    }
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Cell nearest_target(const TimeField& field, std::span<const Cell> targets) {
  Cell best = kNoCell;
  double least = kUnreachable;
  for (const Cell c : targets) {
    const double t = field.time_s.at(static_cast<std::size_t>(c));
    if (t < least || (t == least && best != kNoCell && c < best)) {
      least = t;
      best = c;
    }
  }
  return best;
}

}  // namespace abatis
