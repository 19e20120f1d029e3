#include "abatis/travel/travel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "bucket_queue.hpp"

namespace abatis {
namespace {

using travel_detail::BucketQueue;

// (row, col) steps: 4 straight, 4 diagonal, 8 knight moves.
constexpr std::array<std::array<int, 2>, 16> kSteps = {{{-1, 0},
                                                        {0, -1},
                                                        {0, 1},
                                                        {1, 0},
                                                        {-1, -1},
                                                        {-1, 1},
                                                        {1, -1},
                                                        {1, 1},
                                                        {-2, -1},
                                                        {-2, 1},
                                                        {-1, -2},
                                                        {-1, 2},
                                                        {1, -2},
                                                        {1, 2},
                                                        {2, -1},
                                                        {2, 1}}};

// The two cells that a knight move runs between: one step along its long axis, and one diagonal.
constexpr std::array<std::array<int, 2>, 2> between(std::array<int, 2> step) {
  const int row = step[0];
  const int col = step[1];
  if (row == 2 || row == -2) return {{{row / 2, 0}, {row / 2, col}}};
  return {{{0, col / 2}, {row, col / 2}}};
}

bool passable(float speed) {
  return speed > 0.0F;
}  // false for NaN

// Precondition failures are bugs of the caller, hence exceptions. Returns the greatest speed.
double check_input(const TravelInput& input, std::span<const Cell> sources,
                   const TravelOptions& options) {
  if (input.speed_mps == nullptr) throw std::invalid_argument("travel: no speed raster");
  const Raster<float>& speed = *input.speed_mps;
  const Grid& grid = speed.grid;
  if (speed.values.size() != grid.size() || !(grid.cell > 0)) {
    throw std::invalid_argument("travel: the speed raster does not fit its grid");
  }
  if (options.neighbours != 8 && options.neighbours != 16) {
    throw std::invalid_argument(
        fmt::format("travel: {} neighbours asked for, 8 or 16 are offered", options.neighbours));
  }
  const auto cells = static_cast<Cell>(grid.size());
  for (const std::span<const Cell> list : {sources, std::span<const Cell>(options.targets)}) {
    for (const Cell c : list) {
      if (c < 0 || c >= cells) {
        throw std::invalid_argument(fmt::format("travel: cell {} is not on the grid", c));
      }
    }
  }
  float fastest = 0.0F;
  for (const float v : speed.values) fastest = v > fastest ? v : fastest;
  if (std::isinf(fastest)) throw std::invalid_argument("travel: infinite speed");
  if (input.barrier == nullptr) return static_cast<double>(fastest);
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
  return static_cast<double>(fastest);
}

// One search. Times are the least fixed point of t[j] = min over i of t[i] + cost(i, j) in
// floating point; addition is monotone, so they do not depend on the order of settling.
template <bool kBarriers, bool kReverse, std::size_t kNeighbours>
class Search {
 public:
  Search(const TravelInput& input, const TravelOptions& options, double fastest)
      : grid_(input.speed_mps->grid),
        speed_(input.speed_mps->values.data()),
        barrier_(kBarriers ? input.barrier->values.data() : nullptr),
        delay_s_(input.delay_s),
        options_(options),
        queue_(block_size(grid_)),
        settled_(grid_.size(), false),
        // A little under the least cost of any move: a bucket then holds final times only, in any
        // order. (Were that ever to fail in rounding, a cell is settled again: still exact.)
        buckets_per_second_(fastest / grid_.cell * 1.01) {
    field_.grid = grid_;
    field_.time_s.assign(grid_.size(), kUnreachable);
    if (options.predecessors) field_.predecessor.assign(grid_.size(), kNoCell);
    for (std::size_t k = 0; k < kNeighbours; ++k) {
      const auto [row, col] = kSteps[k];
      offset_[k] = row * grid_.cols + col;
      half_length_[k] = grid_.cell * std::sqrt(static_cast<double>(row * row + col * col)) / 2.0;
      for (std::size_t b = 0; b < 2; ++b) {
        const auto inner = between(kSteps[k])[b];
        between_[k][b] = inner[0] * grid_.cols + inner[1];
      }
    }
  }

  TimeField run(std::span<const Cell> sources) {
    for (const Cell c : sources) {
      if (!passable(speed_[c]) || time(c) == 0.0) continue;
      time(c) = 0.0;
      queue_.push(0, c);
    }
    std::vector<bool> wanted;
    if (!options_.targets.empty()) {
      wanted.assign(grid_.size(), false);
      for (const Cell c : options_.targets) wanted[static_cast<std::size_t>(c)] = true;
    }
    double limit = options_.bound_s;
    std::uint64_t number = 0;
    Cell cell = kNoCell;
    while (queue_.pop(number, cell)) {
      if (static_cast<double>(number) > limit * buckets_per_second_) break;
      if (settled_[static_cast<std::size_t>(cell)]) continue;
      settled_[static_cast<std::size_t>(cell)] = true;
      if (!wanted.empty() && wanted[static_cast<std::size_t>(cell)]) {
        limit = std::min(limit, time(cell));
      }
      relax(cell, limit);
    }
    cut(limit);
    return std::move(field_);
  }

 private:
  static std::size_t block_size(const Grid& grid) {
    std::size_t block = 64;
    const auto wish = static_cast<std::size_t>(4) * static_cast<std::size_t>(grid.rows + grid.cols);
    while (block < wish && block < 16384) block *= 2;
    return block;
  }

  double& time(Cell c) { return field_.time_s[static_cast<std::size_t>(c)]; }

  std::uint64_t bucket(double t) const {
    return static_cast<std::uint64_t>(std::min(t * buckets_per_second_, 0x1p62));
  }

  void relax(Cell i, double limit) {
    const std::int32_t row = grid_.row_of(i);
    const std::int32_t col = grid_.col_of(i);
    constexpr int kReach = kNeighbours == 16 ? 2 : 1;
    const bool inner =
        row >= kReach && col >= kReach && row + kReach < grid_.rows && col + kReach < grid_.cols;
    const double at = time(i);
    const double slowness = 1.0 / static_cast<double>(speed_[i]);
    for (std::size_t k = 0; k < kNeighbours; ++k) {
      if (!inner && !grid_.inside(row + kSteps[k][0], col + kSteps[k][1])) continue;
      const Cell j = i + offset_[k];
      if (!(time(j) > at) || !passable(speed_[j])) continue;
      if (k >= 8 && !open_between(i, j, k)) continue;
      double cost = half_length_[k] * (slowness + 1.0 / static_cast<double>(speed_[j]));
      if constexpr (kBarriers) cost += entering(i, j);
      const double t = at + cost;
      if (t > limit) continue;
      if (t < time(j)) {
        improve(i, j, t);
      } else if (!field_.predecessor.empty() && t == time(j)) {
        Cell& from = field_.predecessor[static_cast<std::size_t>(j)];
        from = std::min(from, i);
      }
    }
  }

  void improve(Cell i, Cell j, double t) {
    const std::uint64_t number = bucket(t);
    const auto at = static_cast<std::size_t>(j);
    // It waits already when its old time falls into the same bucket.
    const bool waits = !settled_[at] && time(j) < kUnreachable && bucket(time(j)) == number;
    time(j) = t;
    if (!field_.predecessor.empty()) field_.predecessor[at] = i;
    settled_[at] = false;
    if (!waits) queue_.push(number, j);
  }

  // Delay of the move between i and j in the direction of travel.
  double entering(Cell i, Cell j) const {
    const std::int32_t from = barrier_[kReverse ? j : i];
    const std::int32_t into = barrier_[kReverse ? i : j];
    return into == 0 || into == from ? 0.0 : delay_s_[static_cast<std::size_t>(into)];
  }

  bool open_between(Cell i, Cell j, std::size_t k) const {
    const Cell a = i + between_[k][0];
    const Cell b = i + between_[k][1];
    if (!passable(speed_[a]) || !passable(speed_[b])) return false;
    if constexpr (kBarriers) {
      return barrier_[i] == barrier_[j] && barrier_[i] == barrier_[a] && barrier_[i] == barrier_[b];
    }
    return true;
  }

  // Times beyond the limit are not final: an early stop must not show them.
  void cut(double limit) {
    if (limit == kUnreachable) return;
    for (std::size_t c = 0; c < field_.time_s.size(); ++c) {
      if (field_.time_s[c] <= limit) continue;
      field_.time_s[c] = kUnreachable;
      if (!field_.predecessor.empty()) field_.predecessor[c] = kNoCell;
    }
  }

  Grid grid_;
  const float* speed_;
  const std::int32_t* barrier_;
  std::span<const double> delay_s_;
  const TravelOptions& options_;
  BucketQueue queue_;
  std::vector<bool> settled_;
  double buckets_per_second_;
  std::array<Cell, kNeighbours> offset_{};
  std::array<std::array<Cell, 2>, kNeighbours> between_{};
  std::array<double, kNeighbours> half_length_{};
  TimeField field_;
};

template <bool kReverse>
TimeField search(const TravelInput& input, std::span<const Cell> sources,
                 const TravelOptions& options) {
  const double fastest = check_input(input, sources, options);
  const bool knight = options.neighbours == 16;
  if (input.barrier != nullptr) {
    return knight ? Search<true, kReverse, 16>(input, options, fastest).run(sources)
                  : Search<true, kReverse, 8>(input, options, fastest).run(sources);
  }
  return knight ? Search<false, kReverse, 16>(input, options, fastest).run(sources)
                : Search<false, kReverse, 8>(input, options, fastest).run(sources);
}

}  // namespace

TimeField travel_time(const TravelInput& input, std::span<const Cell> sources,
                      const TravelOptions& options) {
  return search<false>(input, sources, options);
}

TimeField travel_time_to(const TravelInput& input, std::span<const Cell> targets,
                         const TravelOptions& options) {
  return search<true>(input, targets, options);
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
