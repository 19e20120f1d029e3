#include "tail.hpp"

#include <algorithm>
#include <numeric>

#include "abatis/base/sort.hpp"

namespace abatis::plan_detail {

double tail_value(std::span<const double> p, std::span<const double> z, double tail,
                  std::vector<double>* q) {
  if (q != nullptr) q->assign(p.begin(), p.end());
  if (tail >= 1) return std::inner_product(p.begin(), p.end(), z.begin(), 0.0);
  if (q != nullptr) std::fill(q->begin(), q->end(), 0.0);
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  sort_stably(order, [&](std::size_t a, std::size_t b) { return z[a] < z[b]; });
  double left = std::accumulate(p.begin(), p.end(), 0.0), sum = 0;
  for (const std::size_t k : order) {
    if (p[k] <= 0) continue;
    // The last case takes what rounding leaves over.
    const double share = tail > 0 ? std::min(left, p[k] / tail) : left;
    if (share <= 0) break;
    sum += share * z[k];
    left -= share;
    if (q != nullptr) (*q)[k] = share;
  }
  return sum;
}

}  // namespace abatis::plan_detail
