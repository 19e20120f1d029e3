#pragma once
// The problem's figures as whole numbers, and the limits it must keep.

#include "abatis/cover/cover.hpp"
#include "instance.hpp"

namespace abatis::covering {

struct Figures {
  Scale weights, costs;
  std::vector<std::int64_t> weight;  // by point
  std::vector<std::int64_t> cost;    // by row; 1 where sites are counted
  std::int64_t budget = 0;
  std::vector<Level> levels;
  std::int64_t parts = 1;  // a whole value is worth 1 / parts of a whole weight

  double value(std::int64_t whole) const {
    return parts == 1 ? weights.value(whole) : weights.value(whole) / static_cast<double>(parts);
  }
};

// An error where a limit or a figure makes no sense.
Result<Figures> figures_of(const CoverProblem& problem);

}  // namespace abatis::covering
