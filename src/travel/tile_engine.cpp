#include "tile_engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>

#include "tile_pool.hpp"

namespace abatis::travel_detail {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kNone = SIZE_MAX;
constexpr std::size_t kVisitsBetweenFlushes = 64;

enum Side : std::uint8_t { kNorth, kSouth, kWest, kEast };

struct TileState {
  LiveTile* live = nullptr;
  std::int64_t spilled = -1;      // place in the spill file
  double offered = kInfinity;  // least time offered by a neighbour and not yet worked on
  double worked_on = kInfinity;   // the same, while a thread works on it
  double latest = -1;             // latest finite time in it
  int held = 0;                   // offers being written by neighbours
  std::uint8_t pending[4] = {};   // by side: groups of the ring that were offered something
  std::uint8_t open[4] = {};      // by side: groups with cells that may yet be reached
  bool busy = false;              // a thread works on it, or hands it to the sink
  bool sources = false;           // holds source cells that were not started from yet
  bool targets = false;
  bool fresh = true;     // no times yet
  bool settled = false;  // was handed to the sink
};

struct Queued {
  double time;
  std::size_t tile;
  bool operator>(const Queued& o) const {
    return time > o.time || (time == o.time && tile > o.tile);
  }
};

// What a visit changed along one side of a tile.
struct Offer {
  std::uint8_t groups = 0;
  double least = kInfinity;
};

// Where an offer goes.
struct Receiver {
  std::size_t tile = kNone;
  Side its_side = kNorth;
  Offer offer;
};

// Short waits are spun out: to sleep and be woken takes longer than what is waited for.
void pause_briefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}
void lock_briefly(std::unique_lock<std::mutex>& lock) {
  for (int spin = 0; spin < 2000; ++spin) {
    if (lock.try_lock()) return;
    pause_briefly();
  }
  lock.lock();
}

class OfferLock {
 public:
  explicit OfferLock(LiveTile& tile) : tile_(tile) {
    for (int spin = 0; tile_.lock.test_and_set(std::memory_order_acquire); ++spin) {
      if (spin < 2000) {
        pause_briefly();
      } else {
        std::this_thread::yield();
      }
    }
  }
  ~OfferLock() { tile_.lock.clear(std::memory_order_release); }
  OfferLock(const OfferLock&) = delete;
  OfferLock& operator=(const OfferLock&) = delete;

 private:
  LiveTile& tile_;
};

// A thread's own memory.
struct Worker {
  std::unique_ptr<TileScratch> scratch = std::make_unique<TileScratch>();
  std::array<Offer, 4> sides;
  double before[4][kRing][kTile];  // along the sides, the outermost first
  double corners[2][2] = {};  // least time that fell in a corner; [south][east]
  std::array<Receiver, 8> receivers;
};

class Engine {
 public:
  Engine(const EngineTask& task, Monitor& monitor)
      : task_(task),
        monitor_(monitor),
        kernels_(kernels()),
        reach_(task.reach),
        tiles_(task.tiling.size()),
        pool_(task.reach),
        limit_(task.bound_s) {}

  EngineResult run() {
    start();
    {
      std::vector<std::jthread> pool;
      for (int t = 1; t < task_.threads; ++t) pool.emplace_back([this] { work(); });
      work();
    }
    if (result_.failure && !result_.interrupted) flush_all();
    result_.limit_s = limit_;
    return result_;
  }

 private:
  void start();
  void work();
  std::size_t next(std::unique_lock<std::mutex>& lock);
  bool open_tile(std::size_t tile);
  bool ensure_live(TileState& state);
  bool make_room();
  void fail(Error error);
  void queue(std::size_t tile);
  void expect(std::size_t tile, const LiveTile* live) const;
  void mark_pending(TileState& state, TileScratch& s) const;
  void visit(std::size_t tile, Worker& worker);
  void take_offers(LiveTile& live, TileScratch& s) const;
  void load(std::size_t tile, TileScratch& s) const;
  void start_from_sources(std::size_t tile, TileScratch& s) const;
  void compare(const TileState& state, Worker& worker) const;
  double compare_corner(const TileState& state, int down, int right, const TileScratch& s) const;
  void keep(TileState& state, const TileScratch& s) const;
  void choose_receivers(std::size_t tile, Worker& worker);
  void offer(Worker& worker, std::size_t k);
  void announce(Worker& worker);
  double nearest_target(std::size_t tile, const TileScratch& s) const;
  Receiver receiver(std::size_t tile, int down, int right, Side its_side, const Offer& offer);
  void flush(std::unique_lock<std::mutex>& lock);
  void flush_all();
  std::int64_t cells_of(std::size_t tile) const;
  // Calls visit(row, col of the tile) for the cells of an ascending list that lie in it.
  template <class Visit>
  void each_in(std::size_t tile, std::span<const Cell> cells, Visit visit) const;

  const EngineTask& task_;
  Monitor& monitor_;
  const Kernels& kernels_;
  int reach_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::vector<TileState> tiles_;
  std::vector<std::size_t> live_;
  std::priority_queue<Queued, std::vector<Queued>, std::greater<>> queue_;
  TilePool pool_;
  SpillFile spill_;
  std::size_t in_memory_ = 0;  // of live_; the others are put aside
  double limit_;
  int busy_ = 0;
  int waiting_ = 0;
  bool stop_ = false;
  std::size_t since_flush_ = 0;
  std::int64_t done_cells_ = 0;
  EngineResult result_;
};

template <class Visit>
void Engine::each_in(std::size_t tile, std::span<const Cell> cells, Visit visit) const {
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

void Engine::start() {
  const Tiling& tiling = task_.tiling;
  const auto tile_of = [&](Cell c) {
    return static_cast<std::size_t>(c / tiling.cols / kTile) *
               static_cast<std::size_t>(tiling.tile_cols()) +
           static_cast<std::size_t>(c % tiling.cols / kTile);
  };
  for (const Cell c : task_.targets) tiles_[tile_of(c)].targets = true;
  for (const Cell c : task_.sources) {
    const std::size_t tile = tile_of(c);
    TileState& state = tiles_[tile];
    if (state.sources) continue;
    state.sources = true;
    state.offered = 0.0;
    if (!open_tile(tile)) return;
    queue_.push({0.0, tile});
  }
}

void Engine::fail(Error error) {
  if (result_.failure) result_.failure = tl::unexpected(std::move(error));
  stop_ = true;
}

// Gives a tile that holds nothing yet its memory. False: there is none, and the search has failed.
bool Engine::open_tile(std::size_t tile) {
  if (!make_room()) return false;
  TileState& state = tiles_[tile];
  state.live = pool_.take();
  ++in_memory_;
  state.fresh = true;
  std::fill_n(state.live->offers(), LiveTile::offer_count(reach_), kInfinity);
  live_.push_back(tile);
  result_.most_live = std::max(result_.most_live, live_.size());
  return true;
}

// Brings back a tile that was put aside.
bool Engine::ensure_live(TileState& state) {
  if (state.live != nullptr || state.spilled < 0) return true;
  if (!make_room()) return false;
  state.live = pool_.take();
  ++in_memory_;
  auto taken = spill_.take(state.spilled, *state.live);
  if (!taken) {
    fail(std::move(taken.error()));
    return false;
  }
  state.spilled = -1;
  return true;
}

// Puts tiles aside when all memory is taken: first those with nothing to do, then those that are
// furthest from their turn.
bool Engine::make_room() {
  if (in_memory_ < task_.max_live_tiles) return true;
  if (!spill_.is_open()) {
    auto made = SpillFile::create(task_.spill_folder, reach_);
    if (!made) {
      fail(std::move(made.error()));
      return false;
    }
    spill_ = std::move(*made);
  }
  std::vector<std::size_t> idle;
  for (const std::size_t t : live_) {
    const TileState& state = tiles_[t];
    if (state.live != nullptr && !state.busy && state.held == 0) idle.push_back(t);
  }
  const std::size_t count = std::min(idle.size(), task_.max_live_tiles / 8 + 1);
  std::partial_sort(idle.begin(), idle.begin() + static_cast<std::ptrdiff_t>(count), idle.end(),
                    [&](std::size_t a, std::size_t b) {
                      const double x = tiles_[a].offered;
                      const double y = tiles_[b].offered;
                      return x > y || (x == y && a < b);
                    });
  for (std::size_t i = 0; i < count; ++i) {
    TileState& state = tiles_[idle[i]];
    auto slot = spill_.put(*state.live);
    if (!slot) {
      fail(std::move(slot.error()));
      return false;
    }
    state.spilled = *slot;
    pool_.give_back(std::exchange(state.live, nullptr));
    --in_memory_;
    ++result_.spilled;
  }
  return true;  // with every tile busy, a few more are taken than asked for
}

void Engine::work() {
  Worker worker;
  std::fill_n(worker.scratch->rows.time, kRows * kStride, kInfinity);
  std::fill_n(worker.scratch->cols.time, kRows * kStride, kInfinity);
  std::fill_n(worker.scratch->rows.slow, kRows * kStride, kInfinity);
  std::fill_n(worker.scratch->cols.slow, kRows * kStride, kInfinity);
  std::unique_lock lock(mutex_);
  for (std::size_t tile = next(lock); tile != kNone; tile = next(lock)) {
    TileState& state = tiles_[tile];
    if (!ensure_live(state)) break;
    mark_pending(state, *worker.scratch);
    state.worked_on = std::exchange(state.offered, kInfinity);
    state.busy = true;
    ++busy_;
    ++result_.visits;
    const std::size_t after = queue_.empty() ? kNone : queue_.top().tile;
    const LiveTile* after_live = after == kNone ? nullptr : tiles_[after].live;
    lock.unlock();
    if (after != kNone) expect(after, after_live);
    visit(tile, worker);
    lock_briefly(lock);
    choose_receivers(tile, worker);
    lock.unlock();
    for (std::size_t k = 0; k < worker.receivers.size(); ++k) offer(worker, k);
    lock_briefly(lock);
    announce(worker);
    state.worked_on = kInfinity;
    state.busy = false;
    state.sources = false;
    --busy_;
    if (state.offered < kInfinity) queue(tile);
    if (++since_flush_ >= std::max(kVisitsBetweenFlushes, live_.size() / 32)) flush(lock);
    if (waiting_ > 0) changed_.notify_all();
  }
  changed_.notify_all();
}

// Asks for what the next visit will read.
void Engine::expect(std::size_t tile, const LiveTile* live) const {
  task_.source->expect(task_.tiling.row_of(tile), task_.tiling.col_of(tile));
  if (live == nullptr) return;
  for (int c = 0; c < kTileCells; c += 8) __builtin_prefetch(live->time + c, 1, 2);
}

// The tile to work on next, or kNone when all is done.
std::size_t Engine::next(std::unique_lock<std::mutex>& lock) {
  for (;;) {
    while (!stop_ && !queue_.empty()) {
      const auto [time, tile] = queue_.top();
      queue_.pop();
      const TileState& state = tiles_[tile];
      if (state.busy || state.offered != time) continue;  // an entry that was overtaken
      if (time > limit_) continue;
      return tile;
    }
    if (stop_ || busy_ == 0) return kNone;
    ++waiting_;
    changed_.wait(lock);
    --waiting_;
  }
}

void Engine::queue(std::size_t tile) {
  queue_.push({tiles_[tile].offered, tile});
}

// Which rows and columns of the ring have news.
void Engine::mark_pending(TileState& state, TileScratch& s) const {
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

void Engine::take_offers(LiveTile& live, TileScratch& s) const {
  const OfferLock lock(live);
  for (int k = 0; k < reach_; ++k) {
    constexpr int kWide = kTile + 2 * kRing;
    kernels_.copy(live.north_south(0, k, reach_), s.rows.time + place(-1 - k, -kRing), kWide);
    kernels_.copy(live.north_south(1, k, reach_), s.rows.time + place(kTile + k, -kRing), kWide);
    kernels_.copy(live.west_east(0, k, reach_), s.cols.time + place(-1 - k, 0), kTile);
    kernels_.copy(live.west_east(1, k, reach_), s.cols.time + place(kTile + k, 0), kTile);
  }
}

void Engine::load(std::size_t tile, TileScratch& s) const {
  const TileState& state = tiles_[tile];
  const std::int32_t row = task_.tiling.row_of(tile);
  const std::int32_t col = task_.tiling.col_of(tile);
  task_.source->fill(row, col, s);
  take_offers(*state.live, s);
  if (state.fresh) std::fill_n(state.live->time, kTileCells, kInfinity);
  kernels_.load_times(state.live->time, s);
  if (state.settled) {  // only what was never reached is still open
    std::vector<double> known(kTileCells, kInfinity);
    task_.sink->read(row, col, known.data());
    for (int r = 0; r < kTile; ++r) {
      for (int c = 0; c < kTile; ++c) {
        if (!(known[static_cast<std::size_t>(r * kTile + c)] < kInfinity)) continue;
        s.rows.slow[place(r, c)] = s.cols.slow[place(c, r)] = kInfinity;
        s.rows.time[place(r, c)] = s.cols.time[place(c, r)] = kInfinity;
      }
    }
  }
}

void Engine::start_from_sources(std::size_t tile, TileScratch& s) const {
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

// Relaxes a tile; no other thread touches it meanwhile, but for its inbox.
void Engine::visit(std::size_t tile, Worker& worker) {
  TileScratch& s = *worker.scratch;
  TileState& state = tiles_[tile];
  load(tile, s);
  for (int k = 0; k < reach_; ++k) {
    kernels_.copy(s.rows.time + place(k, 0), worker.before[kNorth][k], kTile);
    kernels_.copy(s.rows.time + place(kTile - 1 - k, 0), worker.before[kSouth][k], kTile);
    kernels_.copy(s.cols.time + place(k, 0), worker.before[kWest][k], kTile);
    kernels_.copy(s.cols.time + place(kTile - 1 - k, 0), worker.before[kEast][k], kTile);
  }
  if (tiles_[tile].sources) start_from_sources(tile, s);
  kernels_.settle(s);
  compare(state, worker);
  keep(state, s);
}

// What fell along the sides.
void Engine::compare(const TileState& state, Worker& worker) const {
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

// The k-th row from the northern (side -1) or southern (1) edge; the same for columns.
int from_edge(int k, int side) {
  return side < 0 ? k : kTile - 1 - k;
}

double Engine::compare_corner(const TileState& state, int down, int right,
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
void Engine::keep(TileState& state, const TileScratch& s) const {
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

// The neighbouring tile that is to hear of an offer; none when it is nothing to it. Its memory is
// held until the offer is announced.
Receiver Engine::receiver(std::size_t tile, int down, int right, Side its_side,
                          const Offer& offer) {
  const Tiling& tiling = task_.tiling;
  const std::int32_t row = tiling.row_of(tile) / kTile + down;
  const std::int32_t col = tiling.col_of(tile) / kTile + right;
  if (row < 0 || col < 0 || row >= tiling.tile_rows() || col >= tiling.tile_cols()) return {};
  if (!(offer.least < kInfinity) || offer.least > limit_) return {};
  const std::size_t at =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(tiling.tile_cols()) +
      static_cast<std::size_t>(col);
  TileState& state = tiles_[at];
  if (state.live == nullptr && state.spilled < 0) {
    const unsigned groups = offer.groups;
    const unsigned wide = groups | (groups << 1U) | (groups >> 1U);
    if (state.settled && (wide & state.open[its_side]) == 0) return {};
    if (!open_tile(at)) return {};
  }
  if (!ensure_live(state)) return {};
  ++state.held;
  return {at, its_side, offer};
}

void Engine::choose_receivers(std::size_t tile, Worker& worker) {
  if (tiles_[tile].targets) limit_ = std::min(limit_, nearest_target(tile, *worker.scratch));
  worker.receivers = {
      receiver(tile, -1, 0, kSouth, worker.sides[kNorth]),
      receiver(tile, 1, 0, kNorth, worker.sides[kSouth]),
      receiver(tile, 0, -1, kEast, worker.sides[kWest]),
      receiver(tile, 0, 1, kWest, worker.sides[kEast])};
  for (std::size_t k = 0; k < 4; ++k) {
    const bool south = k >= 2;
    const bool east = k % 2 == 1;
    const Offer offer{static_cast<std::uint8_t>(east ? 1U : 1U << (kGroups - 1)),
                      worker.corners[south ? 1 : 0][east ? 1 : 0]};
    worker.receivers[4 + k] =
        receiver(tile, south ? 1 : -1, east ? 1 : -1, south ? kNorth : kSouth, offer);
  }
}

// Writes the k-th offer (sides, then corners) where it goes.
void Engine::offer(Worker& worker, std::size_t k) {
  const Receiver& to = worker.receivers[k];
  if (to.tile == kNone) return;
  LiveTile& live = *tiles_[to.tile].live;
  const TileScratch& s = *worker.scratch;
  const OfferLock lock(live);
  for (int m = 0; m < reach_; ++m) {
    switch (k) {
      case 0:
        kernels_.take_least(live.north_south(1, m, reach_) + kRing, s.rows.time + place(m, 0));
        break;
      case 1:
        kernels_.take_least(live.north_south(0, m, reach_) + kRing,
                            s.rows.time + place(kTile - 1 - m, 0));
        break;
      case 2:
        kernels_.take_least(live.west_east(1, m, reach_), s.cols.time + place(m, 0));
        break;
      case 3:
        kernels_.take_least(live.west_east(0, m, reach_), s.cols.time + place(kTile - 1 - m, 0));
        break;
      default: {
        const int down = k >= 6 ? 1 : -1;
        const int right = k % 2 == 1 ? 1 : -1;
        double* ring = live.north_south(down < 0 ? 1 : 0, m, reach_);
        for (int n = 0; n < reach_; ++n) {
          double& there = ring[right < 0 ? kRing + kTile + n : kRing - 1 - n];
          there = std::min(there, s.rows.time[place(from_edge(m, down), from_edge(n, right))]);
        }
      }
    }
  }
}

// The offers stand where they go: their receivers are to be worked on.
void Engine::announce(Worker& worker) {
  for (const Receiver& to : worker.receivers) {
    if (to.tile == kNone) continue;
    TileState& state = tiles_[to.tile];
    --state.held;
    state.pending[to.its_side] |= to.offer.groups;
    if (to.offer.least < state.offered) {
      state.offered = to.offer.least;
      if (!state.busy) queue(to.tile);
    }
  }
}

double Engine::nearest_target(std::size_t tile, const TileScratch& s) const {
  double nearest = kInfinity;
  each_in(tile, task_.targets,
          [&](int r, int c) { nearest = std::min(nearest, s.rows.time[place(r, c)]); });
  return nearest;
}

std::int64_t Engine::cells_of(std::size_t tile) const {
  const Tiling& tiling = task_.tiling;
  return static_cast<std::int64_t>(std::min(kTile, tiling.rows - tiling.row_of(tile))) *
         std::min(kTile, tiling.cols - tiling.col_of(tile));
}

// Hands tiles to the sink that nothing still to come can change: all their times are at most the
// least of what is waiting or worked on.
void Engine::flush(std::unique_lock<std::mutex>& lock) {
  since_flush_ = 0;
  if (monitor_.stop_requested()) {
    result_.interrupted = true;
    stop_ = true;
    return;
  }
  double horizon = kInfinity;
  for (const std::size_t t : live_) {
    horizon = std::min({horizon, tiles_[t].offered, tiles_[t].worked_on});
  }
  std::vector<std::size_t> done;
  const auto settled = [&](std::size_t t) {
    const TileState& state = tiles_[t];
    return !state.busy && state.held == 0 && !(state.offered < kInfinity) &&
           state.latest <= horizon;
  };
  std::erase_if(live_, [&](std::size_t t) {
    if (!settled(t)) return false;
    done.push_back(t);
    return true;
  });
  std::vector<LiveTile*> given;
  for (const std::size_t t : done) {
    TileState& state = tiles_[t];
    if (!ensure_live(state)) return;
    given.push_back(std::exchange(state.live, nullptr));
    if (!state.settled) done_cells_ += cells_of(t);
    state.settled = true;
    state.busy = true;  // until it is written
  }
  in_memory_ -= given.size();
  if (!done.empty()) ++busy_;
  const std::int64_t cells = done_cells_;
  lock.unlock();
  for (std::size_t i = 0; i < done.size(); ++i) {
    task_.sink->write(task_.tiling.row_of(done[i]), task_.tiling.col_of(done[i]), given[i]->time);
  }
  monitor_.advance(cells);
  lock.lock();
  if (!done.empty()) --busy_;
  for (std::size_t i = 0; i < done.size(); ++i) {
    pool_.give_back(given[i]);
    TileState& state = tiles_[done[i]];
    state.busy = false;
    if (state.offered < kInfinity) queue(done[i]);
  }
}

void Engine::flush_all() {
  for (const std::size_t t : live_) {
    TileState& state = tiles_[t];
    if (state.fresh) continue;  // offers beyond the limit are all it holds
    if (!ensure_live(state)) return;
    double* time = state.live->time;
    for (int c = 0; c < kTileCells; ++c) {
      if (time[c] > limit_) time[c] = kInfinity;
    }
    task_.sink->write(task_.tiling.row_of(t), task_.tiling.col_of(t), time);
    pool_.give_back(std::exchange(state.live, nullptr));
    --in_memory_;
  }
}

}  // namespace

std::size_t live_tile_bytes(int reach) {
  return LiveTile::bytes(reach);
}

EngineResult run_engine(const EngineTask& task, Monitor& monitor) {
  return Engine(task, monitor).run();
}

}  // namespace abatis::travel_detail
