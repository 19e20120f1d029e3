#include "corridor.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::measures {
namespace {

// The corridor is a band kilometres wide, so the search runs on coarser cells where the region is
// large: up to this edge, and down to this much work (cells x axes x cases).
constexpr double kCoarsestCell = 300;
constexpr double kWork = 8e6;
// Direction of movement is taken over this distance to each side: roads wind.
constexpr double kDirectionReach = 600;

struct Coarse {
  Grid grid;
  std::int32_t factor = 1;
};

Coarse coarse_grid(const Grid& fine, double cases) {
  Coarse coarse{fine, 1};
  while (static_cast<double>(coarse.grid.size()) * cases > kWork &&
         fine.cell * (coarse.factor + 1) <= kCoarsestCell) {
    ++coarse.factor;
    coarse.grid.cell = fine.cell * coarse.factor;
    coarse.grid.rows = (fine.rows + coarse.factor - 1) / coarse.factor;
    coarse.grid.cols = (fine.cols + coarse.factor - 1) / coarse.factor;
  }
  return coarse;
}

// Calls visit(cell) for the fine cells of a coarse one.
template <class Visit>
void for_block(const Grid& fine, const Coarse& coarse, std::int32_t row, std::int32_t col,
               Visit visit) {
  const std::int32_t r1 = std::min(fine.rows, (row + 1) * coarse.factor);
  const std::int32_t c1 = std::min(fine.cols, (col + 1) * coarse.factor);
  for (std::int32_t r = row * coarse.factor; r < r1; ++r) {
    for (std::int32_t c = col * coarse.factor; c < c1; ++c) visit(fine.at(r, c));
  }
}

// A road through a block carries at its speed; else the block has its mean speed, and is closed
// when half of it or more is, so that a river one cell wide stays closed.
Raster<float> coarse_speed(const Terrain& terrain, const Raster<float>& speed,
                           const Coarse& coarse) {
  if (coarse.factor == 1) return speed;
  Raster<float> out(coarse.grid, 0.0F);
  for (std::int32_t row = 0; row < coarse.grid.rows; ++row) {
    for (std::int32_t col = 0; col < coarse.grid.cols; ++col) {
      float road = 0, sum = 0;
      int open = 0, cells = 0;
      for_block(terrain.grid, coarse, row, col, [&](Cell c) {
        const float v = speed[c];
        ++cells;
        if (!(v > 0)) return;
        ++open;
        sum += v;
        if (terrain.road[c] != 0) road = std::max(road, v);
      });
      const bool closed = 2 * open <= cells;
      out[coarse.grid.at(row, col)] =
          road > 0 ? road : (closed ? 0.0F : sum / static_cast<float>(cells));
    }
  }
  return out;
}

// A block with a natural barrier is one, unless a bridge leads over it there.
Raster<std::int32_t> coarse_barrier(const Terrain& terrain, const Raster<std::int32_t>& fine,
                                    const Coarse& coarse) {
  if (coarse.factor == 1) return fine;
  Raster<std::int32_t> out(coarse.grid, 0);
  for (std::int32_t row = 0; row < coarse.grid.rows; ++row) {
    for (std::int32_t col = 0; col < coarse.grid.cols; ++col) {
      bool bridge = false;
      std::int32_t id = 0;
      for_block(terrain.grid, coarse, row, col, [&](Cell c) {
        bridge = bridge || terrain.bridge[c] != kNoCrossing;
        if (fine[c] != 0 && (id == 0 || fine[c] < id)) id = fine[c];
      });
      out[coarse.grid.at(row, col)] = bridge ? 0 : id;
    }
  }
  return out;
}

std::vector<Cell> coarse_cells(const Grid& fine, const Coarse& coarse,
                               const std::vector<Cell>& cells, const Raster<float>& speed) {
  std::vector<Cell> out;
  for (const Cell c : cells) {
    const Cell to = coarse.grid.at(fine.row_of(c) / coarse.factor, fine.col_of(c) / coarse.factor);
    if (speed[to] > 0) out.push_back(to);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

struct Task {
  int axis = 0;
  int speed = 0;
  AxisCells ends;
};

struct FoundCorridor {
  bool reached = false;
  std::vector<float> ratio, east, north;
};

// Slope of T_from at a cell along one axis of the grid, over `reach` cells to each side.
double rise(const std::vector<double>& time, const Grid& grid, std::int32_t row, std::int32_t col,
            std::int32_t d_row, std::int32_t d_col, std::int32_t reach) {
  double low = time[static_cast<std::size_t>(grid.at(row, col))];
  double high = low;
  std::int32_t back = 0, ahead = 0;
  for (std::int32_t k = 1; k <= reach; ++k) {
    const std::int32_t r0 = row - k * d_row, c0 = col - k * d_col;
    const std::int32_t r1 = row + k * d_row, c1 = col + k * d_col;
    if (grid.inside(r0, c0)) {
      const double t = time[static_cast<std::size_t>(grid.at(r0, c0))];
      if (t < kUnreachable) low = t, back = k;
    }
    if (grid.inside(r1, c1)) {
      const double t = time[static_cast<std::size_t>(grid.at(r1, c1))];
      if (t < kUnreachable) high = t, ahead = k;
    }
  }
  return back + ahead > 0 ? (high - low) / (back + ahead) : 0.0;
}

void add_direction(FoundCorridor& found, const std::vector<double>& from, const Grid& grid,
                   Cell c) {
  const auto reach = std::max<std::int32_t>(
      1, static_cast<std::int32_t>(std::lround(kDirectionReach / grid.cell)));
  const double x = rise(from, grid, grid.row_of(c), grid.col_of(c), 0, 1, reach);
  const double y = rise(from, grid, grid.row_of(c), grid.col_of(c), -1, 0, reach);
  const double size = std::hypot(x, y);
  if (!(size > 0)) return;
  found.east[static_cast<std::size_t>(c)] = static_cast<float>(x / size);
  found.north[static_cast<std::size_t>(c)] = static_cast<float>(y / size);
}

FoundCorridor search(const TravelInput& input, const Task& task, const Coarse& coarse,
                     const Grid& fine, double slack) {
  const auto sources = coarse_cells(fine, coarse, task.ends.sources, *input.speed_mps);
  const auto targets = coarse_cells(fine, coarse, task.ends.targets, *input.speed_mps);
  FoundCorridor found;
  if (sources.empty() || targets.empty()) return found;
  TravelOptions first;
  first.targets = targets;
  const TimeField to_first = travel_time(input, sources, first);
  const Cell nearest = nearest_target(to_first, targets);
  if (nearest == kNoCell) return found;
  const double best = to_first.time_s[static_cast<std::size_t>(nearest)];
  if (!(best < kUnreachable)) return found;
  found.reached = true;
  TravelOptions within;
  within.bound_s = (1 + slack) * best;
  const auto from = travel_time(input, sources, within).time_s;
  const auto to = travel_time_to(input, targets, within).time_s;
  const std::size_t n = coarse.grid.size();
  found.ratio.assign(n, kOutside);
  found.east.assign(n, 0.0F);
  found.north.assign(n, 0.0F);
  for (std::size_t i = 0; i < n; ++i) {
    if (!(from[i] + to[i] <= within.bound_s)) continue;
    // An entry on the doorstep of its objective has best = 0: everything within reach is on it.
    found.ratio[i] = best > 0 ? static_cast<float>((from[i] + to[i]) / best) : 1.0F;
    add_direction(found, from, coarse.grid, static_cast<Cell>(i));
  }
  return found;
}

void merge(Corridor& corridor, const FoundCorridor& found) {
  for (std::size_t i = 0; i < found.ratio.size(); ++i) {
    if (!(found.ratio[i] < corridor.ratio[i])) continue;
    corridor.ratio[i] = found.ratio[i];
    corridor.east[i] = found.east[i];
    corridor.north[i] = found.north[i];
  }
}

// Cells beside the corridor take its least ratio there: banks, wood edges, the far lane.
void widen(Corridor& corridor) {
  const auto ratio = corridor.ratio;
  const auto east = corridor.east;
  const auto north = corridor.north;
  const Grid& grid = corridor.grid;
  for (std::int32_t row = 0; row < grid.rows; ++row) {
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      const auto i = static_cast<std::size_t>(grid.at(row, col));
      if (ratio[i] < kOutside) continue;
      for (std::int32_t r = row - 1; r <= row + 1; ++r) {
        for (std::int32_t c = col - 1; c <= col + 1; ++c) {
          if (!grid.inside(r, c)) continue;
          const auto j = static_cast<std::size_t>(grid.at(r, c));
          if (!(ratio[j] < corridor.ratio[i])) continue;
          corridor.ratio[i] = ratio[j];
          corridor.east[i] = east[j];
          corridor.north[i] = north[j];
        }
      }
    }
  }
}

// Speeds by weight of their cases, heaviest first, each mover before a second season of any.
std::vector<int> ordered_speeds(const Scenario& scenario, const Mobility& mobility) {
  const std::size_t n = mobility.speeds.size();
  std::vector<double> weight(n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    for (const Case& one : scenario.cases) {
      if (one.mover == mobility.speeds[k].mover && one.season == mobility.speeds[k].season) {
        weight[k] += one.weight;
      }
    }
  }
  std::vector<int> rank(n, 0);
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  const auto heavier = [&](int a, int b) {
    const auto i = static_cast<std::size_t>(a);
    const auto j = static_cast<std::size_t>(b);
    return std::pair(-weight[i], a) < std::pair(-weight[j], b);
  };
  std::sort(order.begin(), order.end(), heavier);
  std::vector<int> seen(scenario.catalogue.movers.size(), 0);
  for (const int k : order) {
    const auto mover = static_cast<std::size_t>(mobility.speeds[static_cast<std::size_t>(k)].mover);
    rank[static_cast<std::size_t>(k)] = seen[mover]++;
  }
  sort_stably(order, [&](int a, int b) {
    return rank[static_cast<std::size_t>(a)] < rank[static_cast<std::size_t>(b)];
  });
  return order;
}

class Search {
 public:
  Search(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
         const Raster<std::int32_t>& naturals, int threads, Monitor& monitor)
      : scenario_(scenario),
        terrain_(terrain),
        mobility_(mobility),
        threads_(threads),
        monitor_(monitor),
        order_(ordered_speeds(scenario, mobility)) {
    const double axes = static_cast<double>(scenario.axes.size());
    coarse_ = coarse_grid(terrain.grid, axes * static_cast<double>(order_.size()));
    const double per_speed = static_cast<double>(coarse_.grid.size()) * axes;
    looked_at_ = std::clamp<std::size_t>(static_cast<std::size_t>(kWork / per_speed),
                                         std::min<std::size_t>(2, order_.size()), order_.size());
    barrier_ = coarse_barrier(terrain, naturals, coarse_);
    speeds_.resize(mobility.speeds.size());
    corridor_.fine = terrain.grid;
    corridor_.grid = coarse_.grid;
    corridor_.factor = coarse_.factor;
    corridor_.slack = scenario.sites.corridor_slack;
    corridor_.ratio.assign(coarse_.grid.size(), kOutside);
    corridor_.east.assign(coarse_.grid.size(), 0.0F);
    corridor_.north.assign(coarse_.grid.size(), 0.0F);
  }

  Result<Corridor> go() {
    reached_.assign(scenario_.axes.size(), false);
    std::vector<std::pair<int, int>> wanted;  // (axis, speed)
    for (std::size_t a = 0; a < scenario_.axes.size(); ++a) {
      for (std::size_t k = 0; k < looked_at_; ++k) {
        wanted.emplace_back(static_cast<int>(a), order_[k]);
      }
    }
    ABATIS_CHECK(run(wanted));
    // An axis none of these can use may still be open to another mover or season.
    wanted.clear();
    for (std::size_t a = 0; a < scenario_.axes.size(); ++a) {
      for (std::size_t k = looked_at_; k < order_.size() && !reached_[a]; ++k) {
        wanted.emplace_back(static_cast<int>(a), order_[k]);
      }
    }
    ABATIS_CHECK(run(wanted));
    for (std::size_t a = 0; a < scenario_.axes.size(); ++a) {
      if (!reached_[a]) return cut_off(scenario_.axes[a]);
    }
    widen(corridor_);
    return std::move(corridor_);
  }

 private:
  // In batches of as many as there are threads, merged in order: the result does not depend on
  // the size of the batch, and memory does not grow with the number of cases.
  Status run(const std::vector<std::pair<int, int>>& wanted) {
    if (wanted.empty()) return {};
    monitor_.begin("corridors", static_cast<std::int64_t>(wanted.size()), "axis and case");
    const auto batch = static_cast<std::size_t>(thread_count(threads_));
    for (std::size_t start = 0; start < wanted.size(); start += batch) {
      if (monitor_.stop_requested()) {
        return fail(ErrorCode::interrupted, "stopped while looking for corridors");
      }
      const std::size_t count = std::min(batch, wanted.size() - start);
      std::vector<Task> tasks(count);
      for (std::size_t i = 0; i < count; ++i) {
        const auto [axis, speed] = wanted[start + i];
        ABATIS_TRY(AxisCells ends, axis_cells(scenario_, terrain_,
                                              mobility_.speeds[static_cast<std::size_t>(speed)],
                                              scenario_.axes[static_cast<std::size_t>(axis)]));
        tasks[i] = {axis, speed, std::move(ends)};
        auto& raster = speeds_[static_cast<std::size_t>(speed)];
        if (!raster) {
          raster = coarse_speed(
              terrain_, mobility_.speeds[static_cast<std::size_t>(speed)].speed_mps, coarse_);
        }
      }
      std::vector<FoundCorridor> found(count);
      parallel_for(count, threads_, [&](std::size_t i) { found[i] = one(tasks[i]); });
      for (std::size_t i = 0; i < count; ++i) {
        const auto axis = static_cast<std::size_t>(tasks[i].axis);
        reached_[axis] = reached_[axis] || found[i].reached;
        merge(corridor_, found[i]);
      }
      monitor_.advance(static_cast<std::int64_t>(count));
    }
    return {};
  }

  FoundCorridor one(const Task& task) const {
    const auto k = static_cast<std::size_t>(task.speed);
    std::vector<double> delay{0.0};
    const auto& natural = mobility_.natural_delay_s[k];
    delay.insert(delay.end(), natural.begin(), natural.end());
    TravelInput input;
    input.speed_mps = &*speeds_[k];
    input.barrier = &barrier_;
    input.delay_s = delay;
    return search(input, task, coarse_, terrain_.grid, corridor_.slack);
  }

  tl::unexpected<Error> cut_off(const Axis& axis) const {
    const auto& entry = scenario_.entries[static_cast<std::size_t>(axis.entry)];
    const auto& objective = scenario_.objectives[static_cast<std::size_t>(axis.objective)];
    Where where = axis.where;
    where.item = axis.id;
    return input_error(
        fmt::format("axis '{}': no mover reaches objective '{}' from entry '{}' in any season",
                    axis.id, objective.id, entry.id),
        where, "move the objective or the entry, or check that roads and bridges are in the data");
  }

  const Scenario& scenario_;
  const Terrain& terrain_;
  const Mobility& mobility_;
  int threads_;
  Monitor& monitor_;
  std::vector<int> order_;
  std::size_t looked_at_ = 0;
  Coarse coarse_;
  Raster<std::int32_t> barrier_;
  std::vector<std::optional<Raster<float>>> speeds_;  // coarse, made when first needed
  std::vector<bool> reached_;
  Corridor corridor_;
};

}  // namespace

Result<Corridor> find_corridor(const Scenario& scenario, const Terrain& terrain,
                               const Mobility& mobility, const Raster<std::int32_t>& naturals,
                               int threads, Monitor& monitor) {
  return Search(scenario, terrain, mobility, naturals, threads, monitor).go();
}

}  // namespace abatis::measures
