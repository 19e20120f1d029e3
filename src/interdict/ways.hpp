#pragma once
// The graph by node, and shortest lengths in it.

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "abatis/interdict/interdict.hpp"

namespace abatis::interdiction {

inline constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;

class Ways {
 public:
  explicit Ways(const InterdictProblem& problem);

  // Shortest length from `from` to every node (`forward`) or from every node to it, where arc a is
  // length[a] long; kFar where there is no way. O(arcs + nodes log nodes).
  std::vector<std::int64_t> lengths(std::span<const std::int64_t> length, int from,
                                    bool forward) const;

  // The same from the source to the sink alone, with the arcs of one shortest way in `way` (from
  // the sink back), if it is not null. `number`, if not null, becomes the number of ways that are
  // as short.
  struct Scratch {
    std::vector<std::int64_t> reached;
    std::vector<int> by;
    std::vector<double> number;
    std::vector<std::pair<std::int64_t, int>> heap;
  };
  std::int64_t shortest(std::span<const std::int64_t> length, Scratch& scratch,
                        std::vector<int>* way, double* number = nullptr) const;

  const InterdictProblem& problem() const { return problem_; }

 private:
  const InterdictProblem& problem_;
  std::vector<int> first_out_, out_, first_in_, in_;
};

// Lengths of all arcs with nothing bought, and with every arc bought whose cost is at most `most`.
std::vector<std::int64_t> bare_lengths(const InterdictProblem& problem);
std::vector<std::int64_t> full_lengths(const InterdictProblem& problem, std::int64_t most);

}  // namespace abatis::interdiction
