#pragma once
// One visit to a tile: its ground and times are loaded, what its neighbours offered is taken, it is
// relaxed until it is settled, and what fell along its edges is noted. No other thread touches the
// tile meanwhile, but for the offers.

#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <thread>

#include "tile_engine.hpp"
#include "tile_pool.hpp"

namespace abatis::travel_detail {

inline constexpr double kNeverReached = std::numeric_limits<double>::infinity();

enum Side : std::uint8_t { kNorth, kSouth, kWest, kEast };

struct TileState {
  LiveTile* live = nullptr;
  std::int64_t spilled = -1;         // place in the spill file
  double offered = kNeverReached;    // least time offered by a neighbour and not yet worked on
  double worked_on = kNeverReached;  // the same, while a thread works on it
  double latest = -1;                // latest finite time in it
  int held = 0;                      // offers being written by neighbours
  std::uint8_t pending[4] = {};      // by side: groups of the ring that were offered something
  std::uint8_t open[4] = {};         // by side: groups with cells that may yet be reached
  bool busy = false;                 // a thread works on it, or hands it to the sink
  bool sources = false;              // holds source cells that were not started from yet
  bool targets = false;
  bool fresh = true;     // no times yet
  bool settled = false;  // was handed to the sink
};

// What a visit changed along one side of a tile.
struct Offer {
  std::uint8_t groups = 0;
  double least = kNeverReached;
};

// Short waits are spun out: to sleep and be woken takes longer than what is waited for.
inline void pause_briefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}
// Guards the offers made to a tile.
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
  Worker();
  std::unique_ptr<TileScratch> scratch = std::make_unique<TileScratch>();
  std::array<Offer, 4> sides = {};
  double before[4][kRing][kTile];  // along the sides, the outermost first
  double corners[2][2] = {};       // least time that fell in a corner; [south][east]
};

// The k-th row from the northern (side -1) or southern (1) edge; the same for columns.
constexpr int from_edge(int k, int side) {
  return side < 0 ? k : kTile - 1 - k;
}

class TileVisit {
 public:
  explicit TileVisit(const EngineTask& task)
      : task_(task), kernels_(kernels()), reach_(task.reach) {}

  // Which rows and columns of the ring have news; they are no longer pending.
  void mark_pending(TileState& state, TileScratch& s) const;
  // Relaxes the tile and keeps its times.
  void run(std::size_t tile, TileState& state, Worker& worker) const;
  // Least time of the targets that lie in the tile just run.
  double nearest_target(std::size_t tile, const TileScratch& s) const;

 private:
  void take_offers(LiveTile& live, TileScratch& s) const;
  void load(std::size_t tile, const TileState& state, TileScratch& s) const;
  void start_from_sources(std::size_t tile, TileScratch& s) const;
  void compare(const TileState& state, Worker& worker) const;
  double compare_corner(const TileState& state, int down, int right, const TileScratch& s) const;
  void keep(TileState& state, const TileScratch& s) const;
  // Calls visit(row, col of the tile) for the cells of an ascending list that lie in it.
  template <class Visit>
  void each_in(std::size_t tile, std::span<const Cell> cells, Visit visit) const;

  const EngineTask& task_;
  const Kernels& kernels_;
  int reach_;
};

}  // namespace abatis::travel_detail
