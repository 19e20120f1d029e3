#include "tile_engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "tile_pool.hpp"
#include "tile_visit.hpp"

namespace abatis::travel_detail {
namespace {

constexpr std::size_t kNone = SIZE_MAX;
constexpr std::size_t kVisitsBetweenFlushes = 64;

struct Queued {
  double time;
  std::size_t tile;
  bool operator>(const Queued& o) const {
    return time > o.time || (time == o.time && tile > o.tile);
  }
};

// Where an offer goes.
struct Receiver {
  std::size_t tile = kNone;
  Side its_side = kNorth;
  Offer offer;
};

// Short waits are spun out: to sleep and be woken takes longer than what is waited for.
void lock_briefly(std::unique_lock<std::mutex>& lock) {
  for (int spin = 0; spin < 2000; ++spin) {
    if (lock.try_lock()) return;
    pause_briefly();
  }
  lock.lock();
}

using Receivers = std::array<Receiver, 8>;  // of the sides, then of the corners

class Engine {
 public:
  Engine(const EngineTask& task, Monitor& monitor)
      : task_(task),
        monitor_(monitor),
        kernels_(kernels()),
        visit_(task),
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
  Receivers choose_receivers(std::size_t tile, const Worker& worker);
  void offer(const Receiver& to, std::size_t k, const TileScratch& s);
  void announce(const Receivers& receivers);
  Receiver receiver(std::size_t tile, int down, int right, Side its_side, const Offer& offer);
  void flush(std::unique_lock<std::mutex>& lock);
  void flush_all();
  std::int64_t cells_of(std::size_t tile) const;
  const EngineTask& task_;
  Monitor& monitor_;
  const Kernels& kernels_;
  TileVisit visit_;
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

void Engine::start() {
  const Tiling& tiling = task_.tiling;
  const auto tile_of = [&](Cell c) { return tiling.tile_of(c / tiling.cols, c % tiling.cols); };
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
  std::unique_lock lock(mutex_);
  for (std::size_t tile = next(lock); tile != kNone; tile = next(lock)) {
    TileState& state = tiles_[tile];
    if (!ensure_live(state)) break;
    visit_.mark_pending(state, *worker.scratch);
    state.worked_on = std::exchange(state.offered, kInfinity);
    state.busy = true;
    ++busy_;
    ++result_.visits;
    const std::size_t after = queue_.empty() ? kNone : queue_.top().tile;
    const LiveTile* after_live = after == kNone ? nullptr : tiles_[after].live;
    lock.unlock();
    if (after != kNone) expect(after, after_live);
    visit_.run(tile, state, worker);
    lock_briefly(lock);
    const Receivers receivers = choose_receivers(tile, worker);
    lock.unlock();
    for (std::size_t k = 0; k < receivers.size(); ++k) offer(receivers[k], k, *worker.scratch);
    lock_briefly(lock);
    announce(receivers);
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

// The neighbouring tile that is to hear of an offer; none when it is nothing to it. Its memory is
// held until the offer is announced.
Receiver Engine::receiver(std::size_t tile, int down, int right, Side its_side,
                          const Offer& offer) {
  const Tiling& tiling = task_.tiling;
  const std::int32_t row = tiling.row_of(tile) / kTile + down;
  const std::int32_t col = tiling.col_of(tile) / kTile + right;
  if (row < 0 || col < 0 || row >= tiling.tile_rows() || col >= tiling.tile_cols()) return {};
  if (!(offer.least < kInfinity) || offer.least > limit_) return {};
  const std::size_t at = tiling.tile_of(row * kTile, col * kTile);
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

Receivers Engine::choose_receivers(std::size_t tile, const Worker& worker) {
  if (tiles_[tile].targets) {
    limit_ = std::min(limit_, visit_.nearest_target(tile, *worker.scratch));
  }
  Receivers all = {receiver(tile, -1, 0, kSouth, worker.sides[kNorth]),
                   receiver(tile, 1, 0, kNorth, worker.sides[kSouth]),
                   receiver(tile, 0, -1, kEast, worker.sides[kWest]),
                   receiver(tile, 0, 1, kWest, worker.sides[kEast])};
  for (std::size_t k = 0; k < 4; ++k) {
    const bool south = k >= 2;
    const bool east = k % 2 == 1;
    const Offer offer{static_cast<std::uint8_t>(east ? 1U : 1U << (kGroups - 1)),
                      worker.corners[south ? 1 : 0][east ? 1 : 0]};
    all[4 + k] = receiver(tile, south ? 1 : -1, east ? 1 : -1, south ? kNorth : kSouth, offer);
  }
  return all;
}

// Writes the k-th offer (sides, then corners) where it goes.
void Engine::offer(const Receiver& to, std::size_t k, const TileScratch& s) {
  if (to.tile == kNone) return;
  LiveTile& live = *tiles_[to.tile].live;
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
void Engine::announce(const Receivers& receivers) {
  for (const Receiver& to : receivers) {
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
