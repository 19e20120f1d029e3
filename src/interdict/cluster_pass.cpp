// Passes over the tables. A triple takes all that its nodes and pairs have and gives back what is
// certain: the least cost of its three labels for each two of them, the first pair before the
// others, and so on down to the nodes.

#include <algorithm>
#include <cmath>
#include <tuple>

#include "abatis/base/numbers.hpp"
#include "clusters.hpp"
#include "four.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kPassesBetween = 4;  // checks of the gain
// A triple's numbers: far enough below kNever for any single step.
constexpr Part kLargest = kNever / 2;

}  // namespace

// All that its two nodes have goes to the pair.
void Clusters::take_nodes(const Pair& pair) {
  const int columns = stride(pair.v);
  const Four never = spread(kNever), most = spread(room());
  Part* first = part(nodes_[at(pair.u)].at);
  Part* second = part(nodes_[at(pair.v)].at);
  Part* own = part(pair.at);
  for (int i = 0; i < count(pair.u); ++i, own += columns) {
    const Four more = spread(first[i]);
    for (int j = 0; j < columns; j += 4) {
      const Four sum = load(own + j) + load(second + j) + more;
      store(own + j, sum > most ? never : sum);
    }
    first[i] = first[i] < kNever ? 0 : kNever;
  }
  for (int j = 0; j < columns; ++j) second[j] = second[j] < kNever ? 0 : kNever;
}

// Half of what is certain goes to the first node, then all that is to the second.
void Clusters::give_nodes(const Pair& pair) {
  const int columns = stride(pair.v), rows = count(pair.u);
  const Four never = spread(kNever);
  Part* first = part(nodes_[at(pair.u)].at);
  Part* second = part(nodes_[at(pair.v)].at);
  row_.assign(at(columns), kNever);
  Part* own = part(pair.at);
  for (int i = 0; i < rows; ++i, own += columns) {
    Four least = never;
    for (int j = 0; j < columns; j += 4) least = lesser(load(own + j), least);
    const Part certain = least_of(least);
    if (certain >= kNever) {
      first[i] = kNever;
      continue;
    }
    const Part given = static_cast<Part>(static_cast<int>(certain * 0.5F));
    first[i] = std::min(kNever, first[i] + given);
    for (int j = 0; j < columns; j += 4) {
      const Four mine = load(own + j), left = mine < never ? mine - given : never;
      store(own + j, left);
      store(row_.data() + j, lesser(left, load(row_.data() + j)));
    }
  }
  own = part(pair.at);
  for (int i = 0; i < rows; ++i, own += columns) {
    for (int j = 0; j < columns; j += 4) {
      const Four mine = load(own + j);
      store(own + j, mine < never ? mine - load(row_.data() + j) : never);
    }
  }
  for (int j = 0; j < columns; j += 4) {
    store(second + j, lesser(load(second + j) + load(row_.data() + j), never));
  }
}

void Clusters::give_first(Triple& triple, Part share, Part most) {
  const int columns = stride(triple.v), others = stride(triple.w), third = count(triple.w);
  // The table of the second and third node, turned; what is beyond its rows costs kNever.
  turned_.resize(at(others) * at(columns));
  const Part* from = part(triple.c);
  int j = 0;
  for (; j + 4 <= count(triple.v); j += 4) {
    for (int k = 0; k < others; k += 4) {
      turn(from + j * others + k, others, turned_.data() + k * columns + j, columns);
    }
  }
  for (; j < columns; ++j) {
    const bool is = j < count(triple.v);
    for (int k = 0; k < third; ++k) {
      turned_[at(k * columns + j)] = is ? from[j * others + k] : kNever;
    }
  }
  const Giving giving{.to = part(pairs_[at(triple.uv)].at),
                      .own = part(triple.a),
                      .width = columns,
                      .height = count(triple.u),
                      .columns = turned_.data(),
                      .rows = part(triple.b),
                      .row_step = others,
                      .third_step = 1,
                      .third = third};
  triple.full = chosen_give()(giving, share, most) < -kLargest || triple.full;
}

void Clusters::give_second(Triple& triple, Part share, Part most) {
  const Giving giving{.to = part(pairs_[at(triple.uw)].at),
                      .own = part(triple.b),
                      .width = stride(triple.w),
                      .height = count(triple.u),
                      .columns = part(triple.c),
                      .rows = part(triple.a),
                      .row_step = stride(triple.v),
                      .third_step = 1,
                      .third = count(triple.v)};
  triple.full = chosen_give()(giving, share, most) < -kLargest || triple.full;
}

void Clusters::give_third(Triple& triple, Part share, Part most) {
  const Giving giving{.to = part(pairs_[at(triple.vw)].at),
                      .own = part(triple.c),
                      .width = stride(triple.w),
                      .height = count(triple.v),
                      .columns = part(triple.b),
                      .rows = part(triple.a),
                      .row_step = 1,
                      .third_step = stride(triple.v),
                      .third = count(triple.u)};
  triple.full = chosen_give()(giving, share, most) < -kLargest || triple.full;
}

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

void Clusters::update(const Step& step, bool forward) {
  if (step.w < 0) {
    take_nodes(pairs_[at(step.index)]);
    give_nodes(pairs_[at(step.index)]);
    settle_node(step.u);
    settle_node(step.v);
    return;
  }
  auto& triple = triples_[at(step.index)];
  if (triple.full && !recentre(triple)) return;
  const auto &uv = pairs_[at(triple.uv)], &uw = pairs_[at(triple.uw)], &vw = pairs_[at(triple.vw)];
  take_nodes(uv);
  take_nodes(vw);
  const Part most = room();
  Part largest = take(part(triple.a), part(uv.at), most, count(step.u) * stride(step.v));
  largest =
      std::max(largest, take(part(triple.b), part(uw.at), most, count(step.u) * stride(step.w)));
  largest =
      std::max(largest, take(part(triple.c), part(vw.at), most, count(step.v) * stride(step.w)));
  triple.full = largest > kLargest;
  constexpr Part kThird = 1.0F / 3, kHalf = 0.5F;
  if (forward) {
    give_first(triple, kThird, most);
    give_second(triple, kHalf, most);
    give_third(triple, 1, most);
    give_second(triple, 1, most);
    give_first(triple, 1, most);
  } else {
    give_third(triple, kThird, most);
    give_second(triple, kHalf, most);
    give_first(triple, 1, most);
    give_second(triple, 1, most);
    give_third(triple, 1, most);
  }
  give_nodes(uv);
  give_nodes(uw);
  give_nodes(vw);
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

bool Clusters::pass_near(int node, bool forward) {
  std::vector<char> near(nodes_.size(), 0);
  near[at(node)] = 1;
  for (const auto& step : steps_) {
    if (step.u != node && step.v != node && step.w != node) continue;
    near[at(step.u)] = near[at(step.v)] = 1;
    if (step.w >= 0) near[at(step.w)] = 1;
  }
  for (std::size_t i = 0; i < steps_.size() && !refuted(); ++i) {
    const auto& step = steps_[forward ? i : steps_.size() - 1 - i];
    if (near[at(step.u)] == 0 && near[at(step.v)] == 0 && (step.w < 0 || near[at(step.w)] == 0)) {
      continue;
    }
    update(step, forward);
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
