#pragma once
// Shortest paths found for site delays that come again: years in which nothing new acts, and plans
// that differ elsewhere only. An answer depends on the delays alone, so results are the same bits
// with and without it.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace abatis::plan_detail {

template <class Answer>
class Memo {
 public:
  explicit Memo(std::size_t cases) : known_(cases), next_(cases, 0) {}

  static std::uint64_t hash(const std::vector<double>& delay) {
    std::uint64_t h = 1469598103934665603U;
    for (const double d : delay) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &d, sizeof bits);
      h = (h ^ bits) * 1099511628211U;
      h ^= h >> 29U;
    }
    return h;
  }
  std::optional<Answer> find(std::size_t kase, std::uint64_t hash,
                             const std::vector<double>& delay) const {
    const std::lock_guard lock(mutex_);
    for (const Known& known : known_[kase]) {
      if (known.hash == hash && known.delay == delay) return known.answer;
    }
    return std::nullopt;
  }
  // The least of `value` over the answers that are kept for a case, infinity where there are none.
  template <class Value>
  double least(std::size_t kase, const Value& value) const {
    const std::lock_guard lock(mutex_);
    double least = std::numeric_limits<double>::infinity();
    for (const Known& known : known_[kase]) least = std::min(least, value(known.answer));
    return least;
  }
  // The oldest answer of the case goes for it where kMost are kept.
  void keep(std::size_t kase, std::uint64_t hash, const std::vector<double>& delay,
            const Answer& answer) {
    const std::lock_guard lock(mutex_);
    auto& known = known_[kase];
    if (known.size() < kMost) {
      known.push_back({hash, delay, answer});
      return;
    }
    known[next_[kase]] = {hash, delay, answer};
    next_[kase] = (next_[kase] + 1) % kMost;
  }

 private:
  static constexpr std::size_t kMost = 96;  // by case: the years of several plans
  struct Known {
    std::uint64_t hash = 0;
    std::vector<double> delay;  // by site, s
    Answer answer;
  };
  mutable std::mutex mutex_;
  std::vector<std::vector<Known>> known_;  // by case
  std::vector<std::size_t> next_;          // by case: what goes next
};

}  // namespace abatis::plan_detail
