// Which rows of the relaxation its solution violates.

#include <algorithm>

#include <ClpSimplex.hpp>

#include "abatis/base/numbers.hpp"
#include "label_lp.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kViolated = 1e-5;

}  // namespace

void LabelLp::find_violated(std::vector<Row>& found, bool whole_ways) const {
  found.clear();
  const auto& built = columns_.built;
  const double* x = lp_->primalColumnSolution();
  for (int v = 0; v < layer_.nodes(); ++v) {
    const Label lo = built.lo[at(v)];
    for (Label k = lo + 1; k < built.hi[at(v)]; ++k) {
      const int here = columns_.label[at(v)] + static_cast<int>(k - lo) - 1;
      if (x[here + 1] > x[here] + kViolated && columns_.order_row[at(here)] == 0) {
        found.push_back({Kind::order, v, k});
      }
    }
  }
  left_.assign(x, x + columns_.first_buy);
  std::vector<double> sum;
  sums_.clear();
  sum_at_.clear();
  for (std::size_t e = 0; e < layer_.arcs.size(); ++e) {
    const auto& arc = layer_.arcs[e];
    const Label tail_lo = built.lo[at(arc.tail)];
    const int count = columns_.buy_count[e];
    sum.assign(at(count) + 1, 0);
    for (int i = 0; i < count; ++i) {
      const double bought = x[columns_.buy[e] + i];
      sum[at(i) + 1] = sum[at(i)] + bought;
      if (bought <= kViolated) continue;
      const Label k = tail_lo + i;
      if (bought > label_share(arc.tail, k) - label_share(arc.tail, k + 1) + kViolated &&
          columns_.buy_row[at(columns_.buy[e] - columns_.first_buy + i)] == 0) {
        found.push_back({Kind::tail, static_cast<int>(e), k});
      }
    }
    sum_at_.push_back(sums_.size());
    sums_.insert(sums_.end(), sum.begin(), sum.end());
  }
  for (int v = layer_.nodes() - 1; v >= 0; --v) find_violated_heads(v, whole_ways, found);
}

// Head rows of the arcs into a node. Labels of tails are raised to what the rows found so far ask
// of them: else each round would find the rows of a way one arc nearer to the source only.
void LabelLp::find_violated_heads(int v, bool whole_ways, std::vector<Row>& found) const {
  const auto& built = columns_.built;
  const auto label = [&](int node, Label k) -> double {
    const Label lo = built.lo[at(node)];
    if (k <= lo) return 1;
    if (k > built.hi[at(node)]) return 0;
    return left_[at(columns_.label[at(node)]) + at(k - lo) - 1];
  };
  double* own = left_.data() + columns_.label[at(v)];
  for (Label i = built.hi[at(v)] - built.lo[at(v)] - 1; whole_ways && i > 0; --i) {
    own[i - 1] = std::max(own[i - 1], own[i]);
  }
  for (int link = layer_.first[at(v)]; link < layer_.first[at(v) + 1]; ++link) {
    if (!layer_.incident[at(link)].head) continue;
    const auto e = at(layer_.incident[at(link)].arc);
    const auto& arc = layer_.arcs[e];
    const Label tail_lo = built.lo[at(arc.tail)];
    const Label count = columns_.buy_count[e];
    const double* sum = sums_.data() + sum_at_[e];
    for (int i = 0; i < columns_.head_count[e]; ++i) {
      const Label k = columns_.head_first[e] + i;
      const double needed = label(v, k);
      if (needed <= kViolated) continue;
      const Label end = std::clamp<Label>(k - arc.length - tail_lo, 0, count);
      const Label begin = std::clamp<Label>(k - arc.length - built.delay[e] - tail_lo, 0, end);
      const double allowed = label(arc.tail, k - arc.length) + sum[end] - sum[begin];
      if (needed <= allowed + kViolated) continue;
      if (columns_.head_row[columns_.head_at[e] + at(i)] == 0) {
        found.push_back({Kind::head, static_cast<int>(e), k});
      }
      const Label tail = k - arc.length;
      if (!whole_ways || tail <= tail_lo || tail > built.hi[at(arc.tail)]) continue;
      left_[at(columns_.label[at(arc.tail)]) + at(tail - tail_lo) - 1] += needed - allowed;
    }
  }
}

}  // namespace abatis::interdiction
