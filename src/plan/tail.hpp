#pragma once
// What the times of the cases of one year add up to: their weighted mean, that of the worst part of
// them (conditional value at risk; Rockafellar & Uryasev 2000), or the worst alone.

#include <span>
#include <vector>

namespace abatis::plan_detail {

// The least of sum q_k z_k over weights 0 <= q_k <= p_k / tail that add up to the sum of p; for
// tail = 0 over all weights of that sum on cases with p_k > 0. So tail = 1 is the weighted sum of
// all, tail = 0 the least time counted with the whole weight. The function is concave in z and
// rises with it, so any such q gives an upper bound. `q`, when given, receives weights that attain
// it. O(n log n). At equal times the first case counts first.
double tail_value(std::span<const double> p, std::span<const double> z, double tail,
                  std::vector<double>* q = nullptr);

}  // namespace abatis::plan_detail
