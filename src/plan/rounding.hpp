#pragma once
// Mixed-integer rounding of a cover: what whole purchases must add up to.
//
// A path that lacks 1 where each purchase on it adds 0.6 needs two of them, not 1.67. For whole x,
// a row  sum a x >= b  divided by d > 0 gives
//
//   sum F(a/d) x >= ceil(b/d),   F(v) = floor(v) + min(1, frac(v) / frac(b/d))
//
// (Nemhauser & Wolsey 1990), and so does the row with some x replaced by 1 - (1 - x), b less by
// their a. Which are replaced and which d is taken is chosen as by Marchand & Wolsey (2001).

#include <span>
#include <vector>

namespace abatis::plan_detail {

struct RoundedCover {
  std::vector<double> value;  // by term, of a row "at least 1"; empty where none is violated
  double lack = 0;            // of the 1
};

// The rounding of  sum a x >= 1  that the point `x` (by term, in 0..1) violates the most for its
// length. a > 0.
RoundedCover rounded(std::span<const double> a, std::span<const double> x);

}  // namespace abatis::plan_detail
