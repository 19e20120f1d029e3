#pragma once
// Which sites reach which points, with points of the same sites put together at once: what is kept
// is one record for each set of sites that occurs, not one for each pair.

#include <cstdint>
#include <span>
#include <vector>

#include "abatis/cover/cover.hpp"
#include "within.hpp"

namespace abatis::covering {

// Distinct lists of whole numbers, each with a sum of weights and a tag that tells equal lists
// apart.
class SetPool {
 public:
  // Adds to the weight of the list (ascending) with this tag. Amortised O(size of the list).
  void add(std::span<const int> list, int tag, std::int64_t weight);
  std::size_t size() const { return weight_.size(); }
  std::span<const int> list(std::size_t s) const {
    return {items_.data() + first_[s], items_.data() + first_[s + 1]};
  }
  int tag(std::size_t s) const { return tag_[s]; }
  std::int64_t weight(std::size_t s) const { return weight_[s]; }

 private:
  void grow();

  std::vector<int> items_;
  std::vector<std::size_t> first_{0};
  std::vector<std::uint64_t> hash_;
  std::vector<int> tag_;
  std::vector<std::int64_t> weight_;
  std::vector<std::uint32_t> slots_;  // open addressing; 0 free, else set + 1
};

// Lists of rows of sites (standing ones too) that reach at least one point of weight above 0, with
// the weight reached by exactly these. `weights`: by point. The order does not depend on `threads`.
// O(points log points + pairs near the rim of a radius), memory 24 bytes a point and the lists.
SetPool reaching_sets(const CoverProblem& problem, const std::vector<std::int64_t>& weights,
                      int threads);

}  // namespace abatis::covering
