// Which rows of the relaxation its solution violates.

#include <algorithm>

#include <ClpSimplex.hpp>

#include "abatis/base/numbers.hpp"
#include "label_lp.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kViolated = 1e-5;

}  // namespace

void LabelLp::find_violated_in(int layer, bool whole_ways, std::vector<Row>& found) const {
  const auto& net = layers_[at(layer)];
  const auto& columns = columns_[at(layer)];
  const double* x = lp_->primalColumnSolution();
  for (int v = 0; v < net.nodes(); ++v) {
    const int column = columns.label[at(v)];
    const Label lo = columns.built.lo[at(v)];
    for (Label k = lo + 1; k < columns.built.hi[at(v)]; ++k) {
      const int here = column + static_cast<int>(k - lo) - 1;
      if (x[here + 1] > x[here] + kViolated &&
          columns.order_row[at(here - columns.first_label)] == 0) {
        found.push_back({Kind::order, layer, v, k});
      }
    }
  }
  left_.assign(x + columns.first_label, x + columns.first_buy);
  const auto share = [&](int v, Label k) {
    const Label lo = columns.built.lo[at(v)];
    if (k <= lo) return 1.0;
    if (k > columns.built.hi[at(v)]) return 0.0;
    return x[columns.label[at(v)] + static_cast<int>(k - lo) - 1];
  };
  std::vector<double> sum;
  sums_.clear();
  sum_at_.clear();
  for (std::size_t e = 0; e < net.arcs.size(); ++e) {
    const auto& arc = net.arcs[e];
    const Label tail_lo = columns.built.lo[at(arc.tail)];
    const int count = columns.buy_count[e];
    sum.assign(at(count) + 1, 0);
    for (int i = 0; i < count; ++i) {
      const double bought = x[columns.buy[e] + i];
      sum[at(i) + 1] = sum[at(i)] + bought;
      if (bought <= kViolated) continue;
      const Label k = tail_lo + i;
      if (bought > share(arc.tail, k) - share(arc.tail, k + 1) + kViolated &&
          columns.buy_row[at(columns.buy[e] - columns.first_buy + i)] == 0) {
        found.push_back({Kind::tail, layer, static_cast<int>(e), k});
      }
    }
    if (yearly_ && count > 0 && columns.nest_row[e] == 0 && sum.back() > kViolated) {
      double until = 0;
      const int first = purchase_first_[at(arc.id)];
      for (int p = first; p < first + purchase_count_[at(arc.id)]; ++p) {
        if (purchases_[at(p)].year <= layer) until += x[first_purchase_ + p];
      }
      if (sum.back() > until + kViolated)
        found.push_back({Kind::nest, layer, static_cast<int>(e), 0});
    }
    sum_at_.push_back(sums_.size());
    sums_.insert(sums_.end(), sum.begin(), sum.end());
  }
  for (int v = net.nodes() - 1; v >= 0; --v) find_violated_heads(layer, v, whole_ways, found);
}

// Head rows of the arcs into a node. Labels of tails are raised to what the rows found so far ask
// of them: else each round would find the rows of a way one arc nearer to the source only.
void LabelLp::find_violated_heads(int layer, int v, bool whole_ways,
                                  std::vector<Row>& found) const {
  const auto& net = layers_[at(layer)];
  const auto& columns = columns_[at(layer)];
  const auto label = [&](int node, Label k) -> double {
    const Label lo = columns.built.lo[at(node)];
    if (k <= lo) return 1;
    if (k > columns.built.hi[at(node)]) return 0;
    return left_[at(columns.label[at(node)] - columns.first_label) + at(k - lo) - 1];
  };
  double* own = left_.data() + (columns.label[at(v)] - columns.first_label);
  for (Label i = columns.built.hi[at(v)] - columns.built.lo[at(v)] - 1; whole_ways && i > 0; --i) {
    own[i - 1] = std::max(own[i - 1], own[i]);
  }
  for (int link = net.first[at(v)]; link < net.first[at(v) + 1]; ++link) {
    if (!net.incident[at(link)].head) continue;
    const auto e = at(net.incident[at(link)].arc);
    const auto& arc = net.arcs[e];
    const Label tail_lo = columns.built.lo[at(arc.tail)];
    const Label count = columns.buy_count[e];
    const double* sum = sums_.data() + sum_at_[e];
    for (int i = 0; i < columns.head_count[e]; ++i) {
      const Label k = columns.head_first[e] + i;
      const double needed = label(v, k);
      if (needed <= kViolated) continue;
      const Label end = std::clamp<Label>(k - arc.length - tail_lo, 0, count);
      const Label begin =
          std::clamp<Label>(k - arc.length - columns.built.delay[e] - tail_lo, 0, end);
      const double allowed = label(arc.tail, k - arc.length) + sum[end] - sum[begin];
      if (needed <= allowed + kViolated) continue;
      if (columns.head_row[columns.head_at[e] + at(i)] == 0) {
        found.push_back({Kind::head, layer, static_cast<int>(e), k});
      }
      const Label tail = k - arc.length;
      if (!whole_ways || tail <= tail_lo || tail > columns.built.hi[at(arc.tail)]) continue;
      left_[at(columns.label[at(arc.tail)] - columns.first_label) + at(tail - tail_lo) - 1] +=
          needed - allowed;
    }
  }
}

void LabelLp::find_violated_purchases(std::vector<Row>& found) const {
  const double* x = lp_->primalColumnSolution();
  for (std::size_t a = 0; a < purchase_first_.size(); ++a) {
    if (purchase_first_[a] < 0 || once_row_[a] != 0) continue;
    double sum = 0;
    for (int p = 0; p < purchase_count_[a]; ++p) sum += x[first_purchase_ + purchase_first_[a] + p];
    if (sum > 1 + kViolated) found.push_back({.kind = Kind::once, .index = static_cast<int>(a)});
  }
}

void LabelLp::find_violated(std::vector<Row>& found, bool whole_ways) const {
  found.clear();
  for (int l = 0; l < static_cast<int>(layers_.size()); ++l) find_violated_in(l, whole_ways, found);
  if (yearly_) find_violated_purchases(found);
}

}  // namespace abatis::interdiction
