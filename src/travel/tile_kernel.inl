// The kernels for one instruction set. Included by tile_kernel_*.cpp, each compiled with its own
// flags; everything is in an anonymous namespace and nothing of the standard library is used, so
// that no function compiled for one processor is linked into the path of another.

namespace {

using namespace abatis::travel_detail;

#include "lanes.hpp"

constexpr double kInfinity = __builtin_inf();
constexpr double kSqrt2 = 1.4142135623730951;  // the double nearest to it, as std::sqrt gives
using Word = std::uint64_t;

// Cells that fell, by group of rows: bit c is column c. To be handed to the other form.
struct Fallen {
  unsigned columns[kGroups];
};

constexpr Word bit(int row) {
  return Word{1} << static_cast<unsigned>(row + kRing);
}

// One row of a tile, to be kept in registers: hence the inlining asked for below.
struct Row {
  Lanes group[kGroups];
};
[[gnu::always_inline]] inline Row load_row(const double* from) {
  Row row;
  for (int g = 0; g < kGroups; ++g) row.group[g] = Lanes::load(from + g * kLanes);
  return row;
}

// Lowers the times at `to` to `now`, which becomes what stands there; returns the columns that fell.
[[gnu::always_inline]] inline unsigned lower_row(Row& now, double* to) {
  unsigned fell = 0;
  for (int g = 0; g < kGroups; ++g) {
    const Lanes old = Lanes::load(to + g * kLanes);
    fell |= below(now.group[g], old) << static_cast<unsigned>(g * kLanes);
    now.group[g] = least(now.group[g], old);
    now.group[g].store(to + g * kLanes);
  }
  return fell;
}

// The moves of 8 neighbours from the row before: straight, and the two diagonals. `time` and
// `slow` are that row's and become this row's. The outermost cells of the ring come from memory.
[[gnu::always_inline]] inline unsigned relax_plain(Row& time, Row& slow, const Form& form, int before, int row, double* to) {
  const Lanes diagonal = Lanes::all(kSqrt2);
  const auto leave_ring = [&](int col) {
    const int at = place(before, col);
    return Lanes::load(form.time + at) + diagonal * Lanes::load(form.slow + at);
  };
  Lanes leave[kGroups + 2];
  leave[0] = leave_ring(-kLanes);
  for (int g = 0; g < kGroups; ++g) leave[g + 1] = time.group[g] + diagonal * slow.group[g];
  leave[kGroups + 1] = leave_ring(kTile);
  const Row here = load_row(form.slow + place(row, 0));
  for (int g = 0; g < kGroups; ++g) {
    const Lanes straight = (time.group[g] + slow.group[g]) + here.group[g];
    const Lanes sides =
        least(one_back(leave[g], leave[g + 1]), one_on(leave[g + 1], leave[g + 2]));
    time.group[g] = least(straight, sides + diagonal * here.group[g]);
  }
  slow = here;
  return lower_row(time, to);
}

// Sweeps along the rows (direction 1) or against them (-1) over all rows that something reaches.
template <int kDirection>
void sweep_plain(Form& form, Fallen& fallen) {
  Word& pending = kDirection > 0 ? form.ahead : form.back;
  Word& other = kDirection > 0 ? form.back : form.ahead;
  constexpr int kEnd = kDirection > 0 ? kTile : -1;
  while (pending != 0) {
    int before = (kDirection > 0 ? __builtin_ctzll(pending) : 63 - __builtin_clzll(pending)) - kRing;
    Row time = load_row(form.time + place(before, 0));
    Row slow = load_row(form.slow + place(before, 0));
    bool go_on = true;
    while (go_on) {
      pending &= ~bit(before);
      const int row = before + kDirection;
      if (row == kEnd || before == kEnd) break;
      const unsigned fell = relax_plain(time, slow, form, before, row, form.time + place(row, 0));
      fallen.columns[row / kLanes] |= fell;
      other |= fell != 0 ? bit(row) : 0;
      go_on = fell != 0 || (pending & bit(row)) != 0;
      before = row;
    }
  }
}

// Any moves: (time + factor slow) + arrive.
unsigned relax_moves(Form& form, const SweepMove* moves, int row, int direction) {
  Row now;
  for (Lanes& group : now.group) group = Lanes::all(kInfinity);
  for (int m = 0; m < form.move_count; ++m) {
    const SweepMove& move = moves[m];
    const int from = place(row - direction * move.row, -move.col);
    const Lanes factor = Lanes::all(move.factor);
    const double* arrive = move.arrive + row * kTile;
    for (int g = 0; g < kGroups; ++g) {
      const int at = from + g * kLanes;
      const Lanes leave = Lanes::load(form.time + at) + factor * Lanes::load(form.slow + at);
      now.group[g] = least(leave + Lanes::load(arrive + g * kLanes), now.group[g]);
    }
  }
  return lower_row(now, form.time + place(row, 0));
}

template <int kDirection>
void sweep_moves(Form& form, Fallen& fallen) {
  Word& pending = kDirection > 0 ? form.ahead : form.back;
  Word& other = kDirection > 0 ? form.back : form.ahead;
  const SweepMove* moves = form.moves[kDirection > 0 ? 0 : 1];
  for (int k = 0; k < kTile; ++k) {
    const int row = kDirection > 0 ? k : kTile - 1 - k;
    Word sources = 0;
    for (int m = 1; m <= form.reach; ++m) sources |= bit(row - kDirection * m);
    if ((pending & sources) == 0) continue;
    const unsigned fell = relax_moves(form, moves, row, kDirection);
    fallen.columns[row / kLanes] |= fell;
    const Word changed = fell != 0 ? bit(row) : 0;
    pending |= changed;
    other |= changed;
  }
  pending = 0;
}

// Hands what fell in `from` to the other form, and marks its rows there.
void hand_over(const Form& from, Form& to, Fallen& fallen) {
  for (int g = 0; g < kGroups; ++g) {
    const unsigned columns = fallen.columns[g];
    if (columns == 0) continue;
    fallen.columns[g] = 0;
    for (int h = 0; h < kGroups; ++h) {
      if (((columns >> static_cast<unsigned>(h * kLanes)) & 0xffU) == 0) continue;
      transpose_block(from.time + place(g * kLanes, h * kLanes), kStride,
                      to.time + place(h * kLanes, g * kLanes), kStride);
    }
    const Word rows = static_cast<Word>(columns) << static_cast<unsigned>(kRing);
    to.ahead |= rows;
    to.back |= rows;
  }
}

template <bool kPlain>
void settle_form(Form& form, Fallen& fallen) {
  while ((form.ahead | form.back) != 0) {
    if constexpr (kPlain) {
      sweep_plain<1>(form, fallen);
      sweep_plain<-1>(form, fallen);
    } else {
      sweep_moves<1>(form, fallen);
      sweep_moves<-1>(form, fallen);
    }
  }
}

template <bool kPlain>
void settle_both(TileScratch& tile) {
  Fallen fallen{};
  do {
    settle_form<kPlain>(tile.rows, fallen);
    hand_over(tile.rows, tile.cols, fallen);
    settle_form<kPlain>(tile.cols, fallen);
    hand_over(tile.cols, tile.rows, fallen);
  } while ((tile.rows.ahead | tile.rows.back) != 0);
}

void settle(TileScratch& tile) {
  if (tile.rows.move_count == 0) {
    settle_both<true>(tile);
  } else {
    settle_both<false>(tile);
  }
}

void load_times(const double* from, TileScratch& tile) {
  for (int r = 0; r < kTile; ++r) {
    for (int c = 0; c < kTile; c += kLanes) {
      Lanes::load(from + r * kTile + c).store(tile.rows.time + place(r, c));
    }
  }
  for (int r = 0; r < kTile; r += kLanes) {
    for (int c = 0; c < kTile; c += kLanes) {
      transpose_block(from + r * kTile + c, kTile, tile.cols.time + place(c, r), kStride);
    }
  }
}
void transpose_slow(TileScratch& tile) {
  for (int r = 0; r < kTile; r += kLanes) {
    for (int c = 0; c < kTile; c += kLanes) {
      transpose_block(tile.rows.slow + place(r, c), kStride, tile.cols.slow + place(c, r), kStride);
    }
  }
}
void copy(const double* from, double* to, int count) {
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) Lanes::load(from + i).store(to + i);
  for (; i < count; ++i) to[i] = from[i];
}
void take_least(double* into, const double* from) {
  for (int i = 0; i < kTile; i += kLanes) {
    least(Lanes::load(from + i), Lanes::load(into + i)).store(into + i);
  }
}
void transpose_plane(const double* from, double* to) {
  for (int r = 0; r < kTile; r += kLanes) {
    for (int c = 0; c < kTile; c += kLanes) {
      transpose_block(from + r * kTile + c, kTile, to + c * kTile + r, kTile);
    }
  }
}

template <bool kInverse>
void scale(const float* from, double half_cell, double* to, int count) {
  const Lanes half = Lanes::all(half_cell);
  const Lanes infinity = Lanes::all(kInfinity);
  const Lanes zero = Lanes::all(0.0);
  const Lanes one = Lanes::all(1.0);
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Lanes x = Lanes::floats(from + i);
    const Lanes y = kInverse ? half * (one / x) : half * x;
    pick(below(zero, x), y, infinity).store(to + i);
  }
  for (; i < count; ++i) {
    const double x = static_cast<double>(from[i]);
    to[i] = x > 0.0 ? half_cell * (kInverse ? 1.0 / x : x) : kInfinity;
  }
}

std::uint8_t fell(const double* now, const double* before, double& lowest) {
  unsigned groups = 0;
  Lanes low = Lanes::all(kInfinity);
  for (int g = 0; g < kGroups; ++g) {
    const Lanes n = Lanes::load(now + g * kLanes);
    const unsigned lanes = below(n, Lanes::load(before + g * kLanes));
    if (lanes == 0) continue;
    groups |= 1U << static_cast<unsigned>(g);
    low = least(pick(lanes, n, low), low);
  }
  if (groups != 0) {
    double values[kLanes];
    low.store(values);
    for (const double x : values) lowest = x < lowest ? x : lowest;
  }
  return static_cast<std::uint8_t>(groups);
}

std::uint8_t unreached(const double* time, const double* slow) {
  const Lanes infinity = Lanes::all(kInfinity);
  unsigned groups = 0;
  for (int g = 0; g < kGroups; ++g) {
    const unsigned open = below(Lanes::load(slow + g * kLanes), infinity);
    const unsigned reached = below(Lanes::load(time + g * kLanes), infinity);
    groups |= static_cast<unsigned>((open & ~reached) != 0) << static_cast<unsigned>(g);
  }
  return static_cast<std::uint8_t>(groups);
}

double take_times(const Form& rows, double* to) {
  const Lanes infinity = Lanes::all(kInfinity);
  const Lanes none = Lanes::all(1.0);
  Lanes high = none;  // of the times with their signs turned, so that least() finds the greatest
  const Lanes minus = Lanes::all(-1.0);
  for (int row = 0; row < kTile; ++row) {
    for (int g = 0; g < kGroups; ++g) {
      const Lanes t = Lanes::load(rows.time + place(row, g * kLanes));
      t.store(to + row * kTile + g * kLanes);
      high = least(pick(below(t, infinity), minus * t, none), high);
    }
  }
  double values[kLanes];
  high.store(values);
  double latest = 1.0;
  for (const double x : values) latest = x < latest ? x : latest;
  return -latest;
}

Kernels make_kernels(const char* name) {
  return {.name = name,
          .settle = settle,
          .load_times = load_times,
          .transpose_slow = transpose_slow,
          .transpose_plane = transpose_plane,
          .scale_friction = scale<false>,
          .scale_speed = scale<true>,
          .copy = copy,
          .take_least = take_least,
          .fell = fell,
          .unreached = unreached,
          .take_times = take_times};
}

}  // namespace
