// Passes over the tables, step by step (steps.inl), and what they add to the bound.

#include <algorithm>
#include <cmath>
#include <tuple>

#include "abatis/base/numbers.hpp"
#include "clusters.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kPassesBetween = 4;  // checks of the gain
// A triple's numbers: far enough below kNever for any single step.
constexpr Part kLargest = kNever / 2;

}  // namespace

// Passes let the three tables of a triple drift apart, by amounts that cancel in their sum. Moves
// what belongs to a single label from one to the next. False when numbers stay large.
bool Clusters::recentre(Triple& triple) {
  const int us = count(triple.u), vs = count(triple.v), ws = count(triple.w);
  const auto a = [&](int i, int j) {
    return part(triple.a) + at(i) * at(stride(triple.v)) + at(j);
  };
  const auto b = [&](int i, int k) {
    return part(triple.b) + at(i) * at(stride(triple.w)) + at(k);
  };
  const auto c = [&](int j, int k) {
    return part(triple.c) + at(j) * at(stride(triple.w)) + at(k);
  };
  // The least of one label's row goes to its row in another table.
  const auto move = [](int size, const auto& from, int others, const auto& to) {
    Part least = kNever;
    for (int i = 0; i < size; ++i) least = std::min(least, *from(i));
    if (least >= kNever) return;
    for (int i = 0; i < size; ++i) *from(i) -= *from(i) < kNever ? least : 0;
    for (int k = 0; k < others; ++k) *to(k) += *to(k) < kNever ? least : 0;
  };
  for (int i = 0; i < us; ++i) {
    move(vs, [&](int j) { return a(i, j); }, ws, [&](int k) { return b(i, k); });
  }
  for (int j = 0; j < vs; ++j) {
    move(us, [&](int i) { return a(i, j); }, ws, [&](int k) { return c(j, k); });
  }
  for (int k = 0; k < ws; ++k) {
    move(us, [&](int i) { return b(i, k); }, vs, [&](int j) { return c(j, k); });
  }
  Part largest = 0;
  for (const auto& [table, rows, columns] : {std::tuple{triple.a, us, stride(triple.v)},
                                             {triple.b, us, stride(triple.w)},
                                             {triple.c, vs, stride(triple.w)}}) {
    for (std::size_t i = table; i < table + at(rows) * at(columns); ++i) {
      if (store_[i] < kNever) largest = std::max(largest, std::abs(store_[i]));
    }
  }
  triple.full = largest > kLargest / 2;
  return !triple.full;
}

// What every label of a node costs is part of the bound.
void Clusters::settle_node(int v) {
  Part* __restrict own = part(nodes_[at(v)].at);
  const Part least = *std::min_element(own, own + count(v));
  if (least >= kNever) {
    spent_ = std::max(spent_, limit_ + 1);
    return;
  }
  spent_ += static_cast<Cost>(least) << shift_;
  if (refuted()) return;
  const Part most = room();
  for (int i = 0; i < count(v); ++i) {
    const Part left = own[i] - least;
    own[i] = left <= most ? left : kNever;
  }
}

PairTables Clusters::tables_of(const Pair& pair) {
  return {.own = part(pair.at),
          .first = part(nodes_[at(pair.u)].at),
          .second = part(nodes_[at(pair.v)].at),
          .rows = count(pair.u),
          .columns = stride(pair.v)};
}

void Clusters::update(const Step& step, bool forward) {
  const auto& kernels = chosen_steps();
  if (step.w < 0) {
    const auto& pair = pairs_[at(step.index)];
    row_.resize(std::max(row_.size(), at(stride(pair.v))));
    kernels.pair(tables_of(pair), forward, row_.data(), room());
    settle_node(step.u);
    settle_node(step.v);
    return;
  }
  auto& triple = triples_[at(step.index)];
  if (triple.full && !recentre(triple)) return;
  const auto vs = at(stride(triple.v)), ws = at(stride(triple.w));
  row_.resize(std::max({row_.size(), vs, ws}));
  turned_.resize(std::max(turned_.size(), vs * ws));
  const TripleTables tables{.uv = tables_of(pairs_[at(triple.uv)]),
                            .uw = tables_of(pairs_[at(triple.uw)]),
                            .vw = tables_of(pairs_[at(triple.vw)]),
                            .a = part(triple.a),
                            .b = part(triple.b),
                            .c = part(triple.c),
                            .us = count(triple.u),
                            .vs = count(triple.v),
                            .ws = count(triple.w),
                            .turned = turned_.data()};
  triple.full = kernels.triple(tables, forward, row_.data(), room()) > kLargest;
  settle_node(step.u);
  if (!refuted()) settle_node(step.v);
  if (!refuted()) settle_node(step.w);
}

bool Clusters::pass(bool forward) {
  for (std::size_t i = 0; i < steps_.size() && !refuted(); ++i) {
    update(steps_[forward ? i : steps_.size() - 1 - i], forward);
  }
  return !refuted();
}

bool Clusters::settle(double patience, const std::function<bool()>& stop) {
  for (int passes = 0; !stop(); ++passes) {
    const Cost before = spent_;
    for (int i = 0; i < kPassesBetween; ++i) {
      if (!pass(i % 2 == 0)) return false;
    }
    if (!shrink()) return false;
    const auto gain = static_cast<double>(spent_ - before);
    if (passes > 0 && gain * patience <= static_cast<double>(limit_ - spent_)) break;
  }
  return true;
}

}  // namespace abatis::interdiction
