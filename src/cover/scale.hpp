#pragma once
// Decimal figures as whole numbers, so that sums and comparisons are exact.

#include <cstdint>
#include <vector>

namespace abatis::covering {

// A 128-bit integer: products of a price and a cost, sums of prices.
__extension__ using Wide = __int128;

// The whole number r with r / 10^decimals the nearest double to `value`, if there is one.
bool whole_at(double value, int decimals, std::int64_t& whole);

// How figures become whole numbers: value = whole / 10^decimals, or, where they have too many
// digits for that, whole * unit with rounding to the nearest.
struct Scale {
  bool exact = true;
  int decimals = 0;
  double unit = 1;  // what a whole one stands for

  std::int64_t whole(double value) const;
  double value(std::int64_t whole) const;
};

inline constexpr int kMaxDecimals = 9;

// The coarsest scale at which every figure is whole and `spread` times their sum stays below 2^53;
// inexact, with the sum below 2^50, when there is none. Figures are >= 0.
Scale scale_for(const std::vector<double>& figures, double spread = 1);

}  // namespace abatis::covering
