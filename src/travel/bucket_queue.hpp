#pragma once
// Monotone queue of cells ordered by bucket number (Dial 1969, with the bucket width of Denardo &
// Fox 1979). Buckets of one block of numbers are plain arrays; what lies beyond the block waits
// in a heap, so a wall of a week costs no memory and a wide range of speeds stays O(n log n).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis::travel_detail {

class BucketQueue {
 public:
  // `block`: number of buckets held as arrays, a power of two.
  explicit BucketQueue(std::size_t block) : buckets_(block), block_(block) {}

  // `number` must not be below that of the bucket being emptied. The same cell may be pushed
  // again under a lower number: the reader skips what it has settled.
  void push(std::uint64_t number, Cell cell) {
    if (number < first_ + block_) {
      buckets_[number - first_].push_back(cell);
      ++in_block_;
    } else {
      later_.emplace_back(number, cell);
      std::push_heap(later_.begin(), later_.end(), std::greater<>());
    }
  }

  // The next cell of the lowest bucket that is not empty, last in first out inside a bucket;
  // false when nothing is left. `number` receives the bucket's number.
  bool pop(std::uint64_t& number, Cell& cell) {
    if (in_block_ == 0 && !next_block()) return false;
    while (buckets_[at_].empty()) ++at_;
    number = first_ + at_;
    cell = buckets_[at_].back();
    buckets_[at_].pop_back();
    --in_block_;
    return true;
  }

 private:
  bool next_block() {
    if (later_.empty()) return false;
    first_ = later_.front().first;
    at_ = 0;
    while (!later_.empty() && later_.front().first < first_ + block_) {
      const auto [number, cell] = later_.front();
      std::pop_heap(later_.begin(), later_.end(), std::greater<>());
      later_.pop_back();
      buckets_[number - first_].push_back(cell);
      ++in_block_;
    }
    return true;
  }

  std::vector<std::vector<Cell>> buckets_;
  std::vector<std::pair<std::uint64_t, Cell>> later_;  // min-heap
  std::uint64_t first_ = 0;                            // number of buckets_[0]
  std::size_t block_ = 0;
  std::size_t at_ = 0;
  std::size_t in_block_ = 0;
};

}  // namespace abatis::travel_detail
