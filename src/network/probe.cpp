#include "probe.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::network_detail {
namespace {

// The open part cut out of the grid: searches for plans touch nothing else.
struct Window {
  Grid whole;
  Raster<float> speed;
  Raster<std::int32_t> barrier;
  std::int32_t row = 0, col = 0;

  Window(const NetworkInput& input, int speed_index, const std::vector<bool>& open)
      : whole(input.grid) {
    std::int32_t last_row = -1;
    std::int32_t last_col = -1;
    row = whole.rows;
    col = whole.cols;
    for (std::int32_t r = 0; r < whole.rows; ++r) {
      for (std::int32_t c = 0; c < whole.cols; ++c) {
        if (!open[at(whole.at(r, c))]) continue;
        row = std::min(row, r);
        col = std::min(col, c);
        last_row = r;
        last_col = std::max(last_col, c);
      }
    }
    Grid part = whole;
    part.origin_x += col * whole.cell;
    part.origin_y -= row * whole.cell;
    part.rows = last_row - row + 1;
    part.cols = last_col - col + 1;
    speed = Raster<float>(part, 0.0F);
    barrier = Raster<std::int32_t>(part, 0);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const Cell from = outside(static_cast<Cell>(i));
      if (!open[at(from)]) continue;
      speed.values[i] = (*input.speeds[at(speed_index)])[from];
      barrier.values[i] = (*input.barrier)[from];
    }
  }
  Cell outside(Cell c) const {
    return whole.at(speed.grid.row_of(c) + row, speed.grid.col_of(c) + col);
  }
  std::vector<Cell> inside(const std::vector<Cell>& cells, const std::vector<bool>& open) const {
    std::vector<Cell> kept;
    for (const Cell c : cells) {
      if (open[at(c)]) kept.push_back(speed.grid.at(whole.row_of(c) - row, whole.col_of(c) - col));
    }
    return kept;
  }
};

// A knight move runs between two cells that need not be on any path themselves.
std::vector<bool> with_neighbours(const Grid& grid, const std::vector<bool>& open) {
  std::vector<bool> wider = open;
  for (std::int32_t r = 0; r < grid.rows; ++r) {
    for (std::int32_t c = 0; c < grid.cols; ++c) {
      if (!open[at(grid.at(r, c))]) continue;
      for (std::int32_t i = r - 1; i <= r + 1; ++i) {
        for (std::int32_t j = c - 1; j <= c + 1; ++j) {
          if (grid.inside(i, j)) wider[at(grid.at(i, j))] = true;
        }
      }
    }
  }
  return wider;
}

double time_at(const TimeField& field, Cell c) {
  return c == kNoCell ? kUnreachable : field.time_s[at(c)];
}

std::vector<double> delays_of(const NetworkInput& input, int speed,
                              const std::vector<double>& of_site) {
  std::vector<double> delays = input.base_delay_s[at(speed)];
  const std::size_t first = at(input.naturals) + 1;
  for (std::size_t s = 0; s < of_site.size(); ++s) delays[first + s] += of_site[s];
  return delays;
}

// Least-time paths of one case under plans, on the open part of the grid.
class PlanSearch {
 public:
  PlanSearch(const NetworkInput& input, const CaseInput& c, const std::vector<bool>& open)
      : input_(input),
        speed_(c.speed),
        window_(input, c.speed, open),
        sources_(window_.inside(c.sources, open)),
        targets_(window_.inside(c.targets, open)) {}

  GridPath path(const std::vector<double>& site_delay_s) const {
    const std::vector<double> delays = delays_of(input_, speed_, site_delay_s);
    TravelOptions options;
    options.neighbours = input_.neighbours;
    options.targets = targets_;
    options.predecessors = true;
    const TravelInput travel{&window_.speed, &window_.barrier, delays};
    const TimeField field = travel_time(travel, sources_, options);
    const Cell end = nearest_target(field, targets_);
    GridPath result{time_at(field, end), {}};
    if (end == kNoCell) return result;
    result.path = least_time_path(field, end);
    for (Cell& cell : result.path) cell = window_.outside(cell);
    return result;
  }

 private:
  const NetworkInput& input_;
  int speed_;
  Window window_;
  std::vector<Cell> sources_, targets_;
};

std::vector<std::vector<Cell>> rehearse(const NetworkInput& input, const CaseInput& c,
                                        const PlanSearch& search,
                                        const std::vector<GridPath>& known) {
  constexpr std::uint64_t kRehearsalStream = 0x72656865ULL << 32U;
  const auto number = static_cast<std::uint64_t>(&c - input.cases.data());
  Random random(input.seed, kRehearsalStream + number);
  const std::vector<double>& most = input.most[at(c.speed)];
  std::vector<double> built(most.size(), 0.0);
  std::vector<std::vector<Cell>> paths;
  if (most.empty() || known.empty()) return paths;
  std::vector<Cell> path = known.front().path;  // with nothing built
  for (int i = 0; i < input.rehearsals; ++i) {
    paths.push_back(path);
    bool added = false;
    for (const Cell cell : path) {
      const std::int32_t site = input.site_of((*input.barrier)[cell]);
      if (site < 0 || built[at(site)] >= most[at(site)]) continue;
      built[at(site)] = most[at(site)];
      added = true;
    }
    if (!added) {
      for (std::size_t s = 0; s < built.size(); ++s) {
        built[s] = random.below(3) == 0 ? most[s] : 0.0;
      }
    }
    if (i + 1 < input.rehearsals) path = search.path(built).path;
  }
  return paths;
}

}  // namespace

std::vector<double> delays_under(const NetworkInput& input, int speed, const SiteDelays& state) {
  return delays_of(input, speed, state[at(speed)]);
}

double grid_time(const NetworkInput& input, const CaseInput& c, const SiteDelays& plan) {
  const std::vector<double> delays = delays_under(input, c.speed, plan);
  const TravelInput travel{input.speeds[at(c.speed)], input.barrier, delays};
  TravelOptions options;
  options.neighbours = input.neighbours;
  options.targets = c.targets;
  const TimeField field = travel_time(travel, c.sources, options);
  return time_at(field, nearest_target(field, c.targets));
}

Result<CaseProbe> probe_case(const NetworkInput& input, const CaseInput& c,
                             std::span<const SiteDelays> plans) {
  const double most = grid_time(input, c, input.most);
  if (most == kUnreachable) {
    return input_error(
        fmt::format("an axis cut off from every objective: {} cannot reach its {} target cells "
                    "from its {} entry cells even with nothing built",
                    c.name, c.targets.size(), c.sources.size()),
        {}, "move or widen the entry or the objective, or leave out this mover or season");
  }
  CaseProbe probe;
  probe.open.assign(input.grid.size(), false);
  {
    const std::vector<double>& today = input.base_delay_s[at(c.speed)];
    const TravelInput travel{input.speeds[at(c.speed)], input.barrier, today};
    TravelOptions options;
    options.neighbours = input.neighbours;
    options.bound_s = most * (1 + 1e-9);  // the halves are summed in another order than a path is
    const TimeField from = travel_time(travel, c.sources, options);
    const TimeField to = travel_time_to(travel, c.targets, options);
    for (std::size_t i = 0; i < probe.open.size(); ++i) {
      probe.open[i] = from.time_s[i] + to.time_s[i] <= options.bound_s;
    }
  }
  if (input.neighbours == 16) probe.open = with_neighbours(input.grid, probe.open);
  const PlanSearch search(input, c, probe.open);
  for (const SiteDelays& plan : plans) probe.plans.push_back(search.path(plan[at(c.speed)]));
  probe.rehearsed = rehearse(input, c, search, probe.plans);
  return probe;
}

}  // namespace abatis::network_detail
