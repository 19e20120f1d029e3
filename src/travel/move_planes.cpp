#include "move_planes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "abatis/base/numbers.hpp"
#include "moves.hpp"

namespace abatis::travel_detail {
namespace {

// Delay of each move i -> j of one row, as charged in the direction of travel.
void add_delays(const MoveSpace& w, int from, int to, bool reverse, double* out) {
  for (int c = 0; c < kTile; ++c) {
    const std::int32_t left = w.barrier[static_cast<std::size_t>((reverse ? to : from) + c)];
    const std::int32_t entered = w.barrier[static_cast<std::size_t>((reverse ? from : to) + c)];
    const double delay = w.enter[static_cast<std::size_t>((reverse ? from : to) + c)];
    out[c] += entered != 0 && entered != left ? delay : 0.0;
  }
}

// Closes the long moves of one row that touch a wall or another barrier.
void close_blocked(const MoveSpace& w, const double* slow, const Move& move, int from, int to,
                   double* out) {
  for (int c = 0; c < kTile; ++c) {
    const std::int32_t own = w.barrier[static_cast<std::size_t>(to + c)];
    bool open = w.barrier[static_cast<std::size_t>(from + c)] == own;
    for (const Offset& cell : move.between) {
      const int at = from + c + cell.row * kStride + cell.col;
      open = open && w.barrier[static_cast<std::size_t>(at)] == own && slow[at] < kInfinity;
    }
    if (!open) out[c] = kInfinity;
  }
}

// Whole cost of each move of one row on sloping ground.
void slope_costs(const MoveSpace& w, const double* slow, const SlopePace& table, double factor,
                 double length_m, int from, int to, bool reverse, double* out) {
  for (int c = 0; c < kTile; ++c) {
    const double rise = static_cast<double>(w.elevation[static_cast<std::size_t>(to + c)]) -
                        static_cast<double>(w.elevation[static_cast<std::size_t>(from + c)]);
    const double slope = (reverse ? -rise : rise) / length_m;
    out[c] = std::isnan(slope) ? kInfinity
                               : factor * (slow[from + c] + slow[to + c]) * pace_at(table, slope);
  }
}

void add_move(Form& form, const Move& move, bool by_rows, double factor, const double* plane) {
  const int along = by_rows ? move.row : move.col;
  const int across = by_rows ? move.col : move.row;
  if (along == 0) return;
  SweepMove* list = form.moves[along > 0 ? 0 : 1];
  int at = 0;
  while (list[at].arrive != nullptr) ++at;
  list[at] = {std::abs(along), across, factor, plane};
  form.move_count = std::max(form.move_count, at + 1);
}

}  // namespace

MoveSpace& MoveSpace::of_this_thread() {
  thread_local MoveSpace own;
  return own;
}

double pace_at(const SlopePace& table, double slope) {
  const auto next = std::upper_bound(table.slope.begin(), table.slope.end(), slope);
  if (next == table.slope.begin()) return table.pace.front();
  if (next == table.slope.end()) return table.pace.back();
  const auto k = static_cast<std::size_t>(next - table.slope.begin());
  const double share = (slope - table.slope[k - 1]) / (table.slope[k] - table.slope[k - 1]);
  return table.pace[k - 1] + share * (table.pace[k] - table.pace[k - 1]);
}

void close_known(const double* known, TileScratch& scratch) {
  if (known == nullptr) return;
  for (int r = 0; r < kTile; ++r) {
    for (int c = 0; c < kTile; ++c) {
      if (known[r * kTile + c] < kInfinity) scratch.rows.slow[place(r, c)] = kInfinity;
    }
  }
}

void ring_to_columns(TileScratch& scratch, int ring) {
  for (int k = 1; k <= ring; ++k) {
    for (int r = 0; r < kTile; ++r) {
      scratch.cols.slow[place(-k, r)] = scratch.rows.slow[place(r, -k)];
      scratch.cols.slow[place(kTile - 1 + k, r)] = scratch.rows.slow[place(r, kTile - 1 + k)];
    }
  }
}

void make_moves(const MoveRules& rules, MoveSpace& space, const Kernels& kernels,
                TileScratch& scratch) {
  const std::span<const Move> all = moves(rules.neighbours);
  space.planes.resize(2 * all.size() * kTileCells);
  for (Form* form : {&scratch.rows, &scratch.cols}) {
    for (auto& list : form->moves) std::fill_n(list, kMaxSweepMoves, SweepMove{});
  }
  const double* slow = scratch.rows.slow;
  for (std::size_t m = 0; m < all.size(); ++m) {
    const Move& move = all[m];
    const double factor = kFactor[static_cast<std::size_t>(move.kind)];
    double* plane = space.planes.data() + 2 * m * kTileCells;
    for (int r = 0; r < kTile; ++r) {
      double* out = plane + r * kTile;
      const int to = place(r, 0);
      const int from = place(r - move.row, -move.col);
      if (rules.slope != nullptr) {
        slope_costs(space, slow, *rules.slope, factor, factor * rules.cell_m, from, to,
                    rules.reverse, out);
      } else {
        for (int c = 0; c < kTile; ++c) out[c] = factor * slow[to + c];
      }
      if (rules.barriers) add_delays(space, from, to, rules.reverse, out);
      if (move.is_long()) close_blocked(space, slow, move, from, to, out);
    }
    kernels.transpose_plane(plane, plane + kTileCells);
    const double leave = rules.slope != nullptr ? 0.0 : factor;
    add_move(scratch.rows, move, true, leave, plane);
    add_move(scratch.cols, move, false, leave, plane + kTileCells);
  }
}

}  // namespace abatis::travel_detail
