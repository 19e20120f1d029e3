#include "abatis/corridors/near_optimal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace abatis {
namespace {

using Time = std::remove_cvref_t<decltype(std::declval<TimeField>().time_s[0])>;

// Sums along a way are rounded in another order than sums over its two halves. A way of a few
// thousand moves is off by well under this share of itself.
constexpr double kRounding = 1024 * static_cast<double>(std::numeric_limits<Time>::epsilon());

double time_at(const TimeField& field, Cell c) {
  return static_cast<double>(field.time_s[static_cast<std::size_t>(c)]);
}

// 1 where the set holds a cell: within the limit, or on a least way over a cell that is (which
// differs from `within the limit` by rounding at most).
std::vector<std::uint8_t> members(const TimeField& from, const TimeField& to, double limit) {
  std::vector<std::uint8_t> in(from.grid.size(), 0);
  std::vector<Cell> open;
  const auto add = [&](Cell c) {
    if (c == kNoCell || in[static_cast<std::size_t>(c)] != 0) return;
    in[static_cast<std::size_t>(c)] = 1;
    open.push_back(c);
  };
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto c = static_cast<Cell>(i);
    if (time_at(from, c) + time_at(to, c) <= limit) add(c);
    while (!open.empty()) {
      const auto at = static_cast<std::size_t>(open.back());
      open.pop_back();
      add(from.predecessor[at]);
      add(to.predecessor[at]);
    }
  }
  return in;
}

struct Window {
  std::int32_t top = 0, left = 0, bottom = -1, right = -1;  // inclusive
};

Window window_of(const Grid& grid, const std::vector<std::uint8_t>& in) {
  Window w{grid.rows, grid.cols, -1, -1};
  for (std::int32_t row = 0; row < grid.rows; ++row) {
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      if (in[static_cast<std::size_t>(grid.at(row, col))] == 0) continue;
      w.top = std::min(w.top, row);
      w.bottom = std::max(w.bottom, row);
      w.left = std::min(w.left, col);
      w.right = std::max(w.right, col);
    }
  }
  return {w.top - 1, w.left - 1, w.bottom + 1, w.right + 1};
}

// The set on its window, from fields on the region's grid.
void crop(NearOptimal& set, const TimeField& from, const TimeField& to,
          const std::vector<std::uint8_t>& in) {
  const Grid& region = from.grid;
  const Window w = window_of(region, in);
  set.first_row = w.top;
  set.first_col = w.left;
  set.grid = region;
  set.grid.rows = w.bottom - w.top + 1;
  set.grid.cols = w.right - w.left + 1;
  set.grid.origin_x = region.origin_x + w.left * region.cell;
  set.grid.origin_y = region.origin_y - w.top * region.cell;
  const std::size_t n = set.grid.size();
  set.from_s.assign(n, kUnreachable);
  set.to_s.assign(n, kUnreachable);
  set.back.assign(n, kNoCell);
  set.onward.assign(n, kNoCell);
  const auto here = [&](Cell c) {
    return c == kNoCell ? kNoCell
                        : set.grid.at(region.row_of(c) - w.top, region.col_of(c) - w.left);
  };
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] == 0) continue;
    const auto c = static_cast<Cell>(i);
    const auto at = static_cast<std::size_t>(here(c));
    set.from_s[at] = time_at(from, c);
    set.to_s[at] = time_at(to, c);
    set.back[at] = here(from.predecessor[i]);
    set.onward[at] = here(to.predecessor[i]);
    if (from.predecessor[i] == kNoCell) set.sources.push_back(static_cast<Cell>(at));
    if (to.predecessor[i] == kNoCell) set.targets.push_back(static_cast<Cell>(at));
  }
}

}  // namespace

std::vector<Cell> NearOptimal::way_through(Cell c) const {
  std::vector<Cell> way;
  for (Cell at = c; at != kNoCell; at = back[static_cast<std::size_t>(at)]) way.push_back(at);
  std::reverse(way.begin(), way.end());
  for (Cell at = onward[static_cast<std::size_t>(c)]; at != kNoCell;
       at = onward[static_cast<std::size_t>(at)]) {
    way.push_back(at);
  }
  return way;
}

NearOptimal near_optimal(const TravelInput& input, std::span<const Cell> sources,
                         std::span<const Cell> targets, double slack, int neighbours) {
  if (!(slack >= 0) || !std::isfinite(slack)) {
    throw std::invalid_argument("corridors: the slack must be a share >= 0");
  }
  NearOptimal set;
  TravelOptions options;
  options.neighbours = neighbours;
  options.targets.assign(targets.begin(), targets.end());
  Cell nearest = kNoCell;
  {
    const TimeField first = travel_time(input, sources, options);
    nearest = nearest_target(first, targets);
    if (nearest == kNoCell) return set;
    const double best = time_at(first, nearest);
    if (!(best > 0) || !(best < kUnreachable)) return set;
    set.best_s = best;
  }
  set.limit_s = (1 + slack) * set.best_s;
  options.targets.clear();
  options.bound_s = set.limit_s * (1 + kRounding);
  options.predecessors = true;
  const TimeField from = travel_time(input, sources, options);
  const TimeField to = travel_time_to(input, targets, options);
  crop(set, from, to, members(from, to, set.limit_s * (1 + kRounding / 2)));
  return set;
}

}  // namespace abatis
