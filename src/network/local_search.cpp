#include "local_search.hpp"

#include <array>
#include <cmath>

namespace abatis::network_detail {
namespace {

// Four straight steps, four diagonals, eight knight moves: the grid graph of room travel.
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

bool later(const LocalQueue::Entry& a, const LocalQueue::Entry& b) {
  return a.time > b.time;
}

}  // namespace

void LocalQueue::reset(double buckets_per_second) {
  per_second_ = buckets_per_second;
  if (waiting_ > 0) std::fill(head_.begin(), head_.end(), -1);
  waiting_ = 0;
  pool_.clear();
  later_.clear();
  free_ = -1;
  first_ = at_ = 0;
}

void LocalQueue::push(double time, std::int32_t cell) {
  const std::uint64_t bucket = number(time);
  if (bucket >= first_ + kBlock) {
    later_.push_back({time, cell, -1});
    std::push_heap(later_.begin(), later_.end(), later);
    return;
  }
  std::int32_t slot = free_;
  if (slot >= 0) {
    free_ = pool_[static_cast<std::size_t>(slot)].next;
  } else {
    slot = static_cast<std::int32_t>(pool_.size());
    pool_.emplace_back();
  }
  std::int32_t& head = head_[bucket - first_];
  pool_[static_cast<std::size_t>(slot)] = {time, cell, head};
  head = slot;
  ++waiting_;
}

bool LocalQueue::pop(Entry& entry) {
  if (waiting_ == 0) {
    if (later_.empty()) return false;
    first_ = number(later_.front().time);
    at_ = 0;
    while (!later_.empty() && number(later_.front().time) < first_ + kBlock) {
      const Entry moved = later_.front();
      std::pop_heap(later_.begin(), later_.end(), later);
      later_.pop_back();
      push(moved.time, moved.cell);
    }
  }
  while (head_[at_] < 0) ++at_;
  const std::int32_t slot = head_[at_];
  entry = pool_[static_cast<std::size_t>(slot)];
  head_[at_] = entry.next;
  pool_[static_cast<std::size_t>(slot)].next = free_;
  free_ = slot;
  --waiting_;
  return true;
}

void LocalSearch::load(const NetworkInput& input, int speed, const std::vector<bool>& open,
                       const Region& region) {
  grid_ = input.grid;
  region_ = region;
  naturals_ = input.naturals;
  moves_ = static_cast<std::size_t>(input.neighbours);
  delay_s_ = input.base_delay_s[static_cast<std::size_t>(speed)].data();
  width_ = static_cast<std::size_t>(region.cols + 2 * kPad);
  const std::size_t size = width_ * static_cast<std::size_t>(region.rows + 2 * kPad);
  half_s_.assign(size, kUnreachable);
  barrier_.assign(size, 0);
  time_.assign(size, kUnreachable);
  const Raster<float>& speeds = *input.speeds[static_cast<std::size_t>(speed)];
  float fastest = 0;
  for (std::int32_t r = region.row; r < region.row + region.rows; ++r) {
    for (std::int32_t c = region.col; c < region.col + region.cols; ++c) {
      const Cell cell = grid_.at(r, c);
      const float v = speeds[cell];
      if (!(v > 0) || !open[static_cast<std::size_t>(cell)]) continue;
      fastest = std::max(fastest, v);
      half_s_[local(cell)] = grid_.cell / 2.0 * (1.0 / static_cast<double>(v));
      barrier_[local(cell)] = (*input.barrier)[cell];
    }
  }
  // A little under the time of the cheapest move.
  buckets_per_second_ = static_cast<double>(fastest) / grid_.cell * 1.01;
  const auto width = static_cast<std::ptrdiff_t>(width_);
  offset_.clear();
  length_.clear();
  between_.clear();
  for (std::size_t k = 0; k < moves_; ++k) {
    const auto [row, col] = kSteps[k];
    offset_.push_back(row * width + col);
    length_.push_back(std::sqrt(static_cast<double>(row * row + col * col)));
    if (row == 2 || row == -2) {
      between_.push_back({row / 2 * width, row / 2 * width + col});
    } else {
      between_.push_back({col / 2, row * width + col / 2});
    }
  }
}

bool LocalSearch::open_between(std::size_t i, std::size_t k) const {
  const std::int32_t id = barrier_[i];
  const auto same = [&](std::ptrdiff_t by) {
    const auto j = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) + by);
    return half_s_[j] < kUnreachable && barrier_[j] == id;
  };
  return same(offset_[k]) && same(between_[k][0]) && same(between_[k][1]);
}

void LocalSearch::run(std::span<const Cell> cells, bool reversed) {
  std::fill(time_.begin(), time_.end(), kUnreachable);
  queue_.reset(buckets_per_second_);
  for (const Cell c : cells) {
    const std::size_t i = local(c);
    if (half_s_[i] == kUnreachable || time_[i] == 0) continue;
    time_[i] = 0;
    queue_.push(0, static_cast<std::int32_t>(i));
  }
  if (reversed) {
    search<true>();
  } else {
    search<false>();
  }
}

template <bool kReversed>
void LocalSearch::search() {
  LocalQueue::Entry now;
  while (queue_.pop(now)) {
    const auto i = static_cast<std::size_t>(now.cell);
    if (now.time > time_[i]) continue;
    const double half = half_s_[i];
    const std::int32_t here = barrier_[i];
    for (std::size_t k = 0; k < moves_; ++k) {
      const auto j = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) + offset_[k]);
      double arrive = length_[k] * half_s_[j];
      const std::int32_t there = barrier_[j];
      if (here != there) {
        const std::int32_t into = kReversed ? here : there;
        if (into > naturals_) continue;  // a site: only its own cells lead on into it
        if (into > 0) arrive += delay_s_[into];
      }
      const double next = (now.time + length_[k] * half) + arrive;
      if (!(next < time_[j])) continue;
      if (k >= 8 && !open_between(i, k)) continue;
      time_[j] = next;
      queue_.push(next, static_cast<std::int32_t>(j));
    }
  }
}

double LocalSearch::entering(Cell c) const {
  const std::size_t j = local(c);
  double best = kUnreachable;
  for (std::size_t k = 0; k < 8; ++k) {
    const auto i = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(j) - offset_[k]);
    if (barrier_[i] == barrier_[j]) continue;
    const double arrive = length_[k] * half_s_[j] + delay_s_[barrier_[j]];
    best = std::min(best, (time_[i] + length_[k] * half_s_[i]) + arrive);
  }
  return best;
}

}  // namespace abatis::network_detail
