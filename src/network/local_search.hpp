#pragma once
// Least times inside one tile, with sites as walls: a move may enter a site's cell only from
// another cell of that site. Natural barriers are charged as on the grid.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "abatis/travel/travel.hpp"
#include "input.hpp"
#include "tiles.hpp"

namespace abatis::network_detail {

// Monotone bucket queue (Dial 1969) of (time, cell): near buckets are linked lists, what lies
// beyond them waits in a heap. A bucket is no wider than the cheapest move, so it can be emptied
// in any order; an entry that was improved since is skipped by its reader.
class LocalQueue {
 public:
  struct Entry {
    double time = 0;
    std::int32_t cell = 0;
    std::int32_t next = -1;
  };
  void reset(double buckets_per_second);
  void push(double time, std::int32_t cell);
  bool pop(Entry& entry);

 private:
  static constexpr std::uint64_t kBlock = 1024;
  std::uint64_t number(double time) const {
    return static_cast<std::uint64_t>(std::min(time * per_second_, 0x1p62));
  }
  std::vector<Entry> pool_;
  std::vector<std::int32_t> head_ = std::vector<std::int32_t>(kBlock, -1);
  std::vector<Entry> later_;  // min-heap on time
  std::int32_t free_ = -1;
  std::uint64_t first_ = 0, at_ = 0;
  std::size_t waiting_ = 0;
  double per_second_ = 1;
};

class LocalSearch {
 public:
  // Loads a tile: cells where `open` is false are impassable, as are those of no speed.
  void load(const NetworkInput& input, int speed, const std::vector<bool>& open,
            const Region& region);

  // Times from (or, reversed, to) the nearest of `cells`, all in the region. Valid until the next
  // call. O(cells of the tile).
  void run(std::span<const Cell> cells, bool reversed = false);

  // Least time to `c` without entering a site anew, or kUnreachable.
  double time(Cell c) const { return time_[local(c)]; }
  // Least time of entering the site of `c` at `c` from outside, after the last forward run:
  // with today's delay of that site, without what a plan adds. kUnreachable when none does.
  double entering(Cell c) const;

 private:
  std::size_t local(Cell c) const {
    const std::int32_t row = grid_.row_of(c) - region_.row + kPad;
    const std::int32_t col = grid_.col_of(c) - region_.col + kPad;
    return static_cast<std::size_t>(row) * width_ + static_cast<std::size_t>(col);
  }
  bool open_between(std::size_t i, std::size_t k) const;
  template <bool kReversed>
  void search();

  static constexpr std::int32_t kPad = 2;  // impassable frame: moves need no bounds check
  Grid grid_;
  Region region_;
  int naturals_ = 0;
  std::size_t width_ = 0;
  std::size_t moves_ = 8;
  const double* delay_s_ = nullptr;  // by barrier id
  std::vector<double> half_s_;       // time of half a cell; infinity = impassable
  std::vector<std::int32_t> barrier_;
  std::vector<double> time_;
  std::vector<std::ptrdiff_t> offset_;
  std::vector<double> length_;  // of each move, in cells
  std::vector<std::array<std::ptrdiff_t, 2>> between_;
  double buckets_per_second_ = 1;
  LocalQueue queue_;
};

}  // namespace abatis::network_detail
