#include "tile_visit.hpp"

#include <algorithm>
#include <array>

#include "abatis/base/numbers.hpp"

namespace abatis::travel_detail {

Worker::Worker() {
  for (Form* form : {&scratch->rows, &scratch->cols}) {
    std::fill_n(form->time, kRows * kStride, kInfinity);
    std::fill_n(form->slow, kRows * kStride, kInfinity);
  }
}

template <class Visit>
void TileVisit::each_in(std::size_t tile, std::span<const Cell> cells, Visit visit) const {
  const Tiling& tiling = task_.tiling;
  const std::int32_t row = tiling.row_of(tile);
  const std::int32_t col = tiling.col_of(tile);
  const std::int32_t rows = std::min(kTile, tiling.rows - row);
  const std::int32_t cols = std::min(kTile, tiling.cols - col);
  for (std::int32_t r = 0; r < rows; ++r) {
    const Cell first = (row + r) * tiling.cols + col;
    for (auto it = std::lower_bound(cells.begin(), cells.end(), first);
         it != cells.end() && *it < first + cols; ++it) {
      visit(r, *it - first);
    }
  }
}

void TileVisit::mark_pending(TileState& state, TileScratch& s) const {
  const auto ring = [&](int first) {
    return ((std::uint64_t{1} << static_cast<unsigned>(reach_)) - 1U)
           << static_cast<unsigned>(first + kRing);
  };
  s.rows.ahead = state.pending[kNorth] != 0 ? ring(-reach_) : 0;
  s.rows.back = state.pending[kSouth] != 0 ? ring(kTile) : 0;
  s.cols.ahead = state.pending[kWest] != 0 ? ring(-reach_) : 0;
  s.cols.back = state.pending[kEast] != 0 ? ring(kTile) : 0;
  std::fill_n(state.pending, 4, std::uint8_t{0});
}

void TileVisit::take_offers(LiveTile& live, TileScratch& s) const {
  const OfferLock lock(live);
  for (int k = 0; k < reach_; ++k) {
    constexpr int kWide = kTile + 2 * kRing;
    kernels_.copy(live.north_south(0, k, reach_), s.rows.time + place(-1 - k, -kRing), kWide);
    kernels_.copy(live.north_south(1, k, reach_), s.rows.time + place(kTile + k, -kRing), kWide);
    kernels_.copy(live.west_east(0, k, reach_), s.cols.time + place(-1 - k, 0), kTile);
    kernels_.copy(live.west_east(1, k, reach_), s.cols.time + place(kTile + k, 0), kTile);
  }
}

void TileVisit::load(std::size_t tile, const TileState& state, TileScratch& s) const {
  const std::int32_t row = task_.tiling.row_of(tile);
  const std::int32_t col = task_.tiling.col_of(tile);
  double* time = state.live->time;
  if (state.fresh) std::fill_n(time, kTileCells, kInfinity);
  if (state.settled) {                     // only what was not reached before is still open
    std::array<double, kTileCells> known;  // off the grid nothing is read
    known.fill(kInfinity);
    task_.sink->read(row, col, known.data());
    task_.source->fill(row, col, known.data(), s);
  } else {
    task_.source->fill(row, col, nullptr, s);
  }
  take_offers(*state.live, s);
  kernels_.load_times(time, s);
}

void TileVisit::start_from_sources(std::size_t tile, TileScratch& s) const {
  each_in(tile, task_.sources, [&](int r, int c) {
    if (!(s.rows.slow[place(r, c)] < kInfinity)) return;
    s.rows.time[place(r, c)] = 0.0;
    s.cols.time[place(c, r)] = 0.0;
    const auto bit = [](int row) { return std::uint64_t{1} << static_cast<unsigned>(row + kRing); };
    s.rows.ahead |= bit(r);
    s.rows.back |= bit(r);
    s.cols.ahead |= bit(c);
    s.cols.back |= bit(c);
  });
}

void TileVisit::run(std::size_t tile, TileState& state, Worker& worker) const {
  TileScratch& s = *worker.scratch;
  load(tile, state, s);
  for (int k = 0; k < reach_; ++k) {
    kernels_.copy(s.rows.time + place(k, 0), worker.before[kNorth][k], kTile);
    kernels_.copy(s.rows.time + place(kTile - 1 - k, 0), worker.before[kSouth][k], kTile);
    kernels_.copy(s.cols.time + place(k, 0), worker.before[kWest][k], kTile);
    kernels_.copy(s.cols.time + place(kTile - 1 - k, 0), worker.before[kEast][k], kTile);
  }
  if (state.sources) start_from_sources(tile, s);
  kernels_.settle(s);
  compare(state, worker);
  keep(state, s);
}

// What fell along the sides.
void TileVisit::compare(const TileState& state, Worker& worker) const {
  const TileScratch& s = *worker.scratch;
  for (Offer& side : worker.sides) side = {};
  for (int k = 0; k < reach_; ++k) {
    const auto add = [&](Side side, const double* now) {
      Offer& offer = worker.sides[side];
      offer.groups |= kernels_.fell(now, worker.before[side][k], offer.least);
    };
    add(kNorth, s.rows.time + place(k, 0));
    add(kSouth, s.rows.time + place(kTile - 1 - k, 0));
    add(kWest, s.cols.time + place(k, 0));
    add(kEast, s.cols.time + place(kTile - 1 - k, 0));
  }
  for (const int down : {-1, 1}) {
    for (const int right : {-1, 1}) {
      worker.corners[down > 0 ? 1 : 0][right > 0 ? 1 : 0] = compare_corner(state, down, right, s);
    }
  }
}

double TileVisit::compare_corner(const TileState& state, int down, int right,
                                 const TileScratch& s) const {
  double least = kInfinity;
  for (int k = 0; k < reach_; ++k) {
    for (int m = 0; m < reach_; ++m) {
      const int row = from_edge(k, down);
      const int col = from_edge(m, right);
      const double now = s.rows.time[place(row, col)];
      if (now < state.live->time[row * kTile + col]) least = std::min(least, now);
    }
  }
  return least;
}

// Keeps the tile's times, and where it may yet be reached from outside.
void TileVisit::keep(TileState& state, const TileScratch& s) const {
  state.fresh = false;
  state.latest = kernels_.take_times(s.rows, state.live->time);
  std::fill_n(state.open, 4, std::uint8_t{0});
  for (int k = 0; k < reach_; ++k) {
    const auto open = [&](const Form& form, int row) {
      return kernels_.unreached(form.time + place(row, 0), form.slow + place(row, 0));
    };
    state.open[kNorth] |= open(s.rows, k);
    state.open[kSouth] |= open(s.rows, kTile - 1 - k);
    state.open[kWest] |= open(s.cols, k);
    state.open[kEast] |= open(s.cols, kTile - 1 - k);
  }
}

double TileVisit::nearest_target(std::size_t tile, const TileScratch& s) const {
  double nearest = kInfinity;
  each_in(tile, task_.targets,
          [&](int r, int c) { nearest = std::min(nearest, s.rows.time[place(r, c)]); });
  return nearest;
}

}  // namespace abatis::travel_detail
