// Tables without the labels that are ruled out, and what is left to decide.

#include <algorithm>
#include <tuple>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "clusters.hpp"

namespace abatis::interdiction {
namespace {
constexpr Cost kAhead = Cost{1} << 50;  // of all that nodes can be at odds by
}

// By node: places of the labels that stay.
struct Clusters::Kept {
  std::vector<std::vector<int>> of;
};

void Clusters::restrict_node(int node, Label label, bool up) {
  for (int i = 0; i < count(node); ++i) {
    if ((nodes_[at(node)].labels[at(i)] >= label) != up)
      *part(nodes_[at(node)].at + at(i)) = kNever;
  }
}

// Labels within what propagation leaves of the range of those not ruled out. False when a node has
// none.
bool Clusters::mark(Kept& kept) {
  Domains domains{.lo = {}, .hi = {}, .delay = delay_};
  for (int v = 0; v < layer_->nodes(); ++v) {
    const auto& [labels, place, stride] = nodes_[at(v)];
    std::size_t first = 0, last = labels.size();
    while (first < last && store_[place + first] >= kNever) ++first;
    while (first < last && store_[place + last - 1] >= kNever) --last;
    if (first == last) return false;
    domains.lo.push_back(labels[first]);
    domains.hi.push_back(labels[last - 1]);
  }
  if (!propagate(*layer_, domains)) return false;
  kept.of.resize(nodes_.size());
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    const auto& node = nodes_[v];
    for (std::size_t i = 0; i < node.labels.size(); ++i) {
      if (store_[node.at + i] < kNever && node.labels[i] >= domains.lo[v] &&
          node.labels[i] <= domains.hi[v]) {
        kept.of[v].push_back(static_cast<int>(i));
      }
    }
    if (kept.of[v].empty()) return false;
  }
  return true;
}

bool Clusters::shrink() {
  Kept kept;
  if (refuted() || !mark(kept)) {
    spent_ = std::max(spent_, limit_ + 1);
    return false;
  }
  bool same = true;
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    same = same && kept.of[v].size() == nodes_[v].labels.size();
  }
  if (same) return true;
  rebuild(kept);
  fold_pairs();
  list_steps();
  for (int v = 0; v < layer_->nodes() && !refuted(); ++v) settle_node(v);
  return !refuted();
}

// Appends the rows and columns that stay, of the table of (u, v) at `from`.
void Clusters::gather(std::size_t from, int u, int v, const Kept& kept,
                      std::vector<Part>& to) const {
  const auto columns = kept.of[at(v)].size();
  const auto stride = padded(columns);
  for (const int i : kept.of[at(u)]) {
    const Part* row = store_.data() + from + at(i) * at(nodes_[at(v)].stride);
    for (const int j : kept.of[at(v)]) to.push_back(row[j]);
    to.resize(to.size() + stride - columns, kNever);
  }
}

// A triple of which one node has a single label is a matter of the pair of the others.
void Clusters::fold_triple(const Triple& triple, const Kept& kept, std::vector<Part>& store) const {
  std::vector<Part> a, b, c;
  gather(triple.a, triple.u, triple.v, kept, a);
  gather(triple.b, triple.u, triple.w, kept, b);
  gather(triple.c, triple.v, triple.w, kept, c);
  const auto us = kept.of[at(triple.u)].size(), vs = kept.of[at(triple.v)].size(),
             ws = kept.of[at(triple.w)].size();
  const auto v_stride = padded(vs), w_stride = padded(ws);
  for (std::size_t i = 0; i < us; ++i) {
    for (std::size_t j = 0; j < vs; ++j) {
      for (std::size_t k = 0; k < ws; ++k) {
        const Part uv = a[i * v_stride + j], uw = b[i * w_stride + k], vw = c[j * w_stride + k];
        Part& to = ws == 1   ? store[pairs_[at(triple.uv)].at + i * v_stride + j]
                   : vs == 1 ? store[pairs_[at(triple.uw)].at + i * w_stride + k]
                             : store[pairs_[at(triple.vw)].at + j * w_stride + k];
        const bool never = uv >= kNever || uw >= kNever || vw >= kNever;
        to = never ? kNever : std::min(kNever, to + uv + uw + vw);
      }
    }
  }
}

void Clusters::rebuild(const Kept& kept) {
  std::vector<Part> store, table;
  store.reserve(store_.size());
  const auto single = [&](int v) { return kept.of[at(v)].size() == 1; };
  for (auto& pair : pairs_) {
    if (pair.gone) continue;
    const auto place = store.size();
    gather(pair.at, pair.u, pair.v, kept, store);
    pair.at = place;
  }
  std::vector<Triple> triples;
  for (auto triple : triples_) {
    if (single(triple.u) || single(triple.v) || single(triple.w)) {
      fold_triple(triple, kept, store);
      continue;
    }
    for (auto [place, u, v] : {std::tuple{&triple.a, triple.u, triple.v},
                               {&triple.b, triple.u, triple.w},
                               {&triple.c, triple.v, triple.w}}) {
      const auto next = store.size();
      gather(*place, u, v, kept, store);
      *place = next;
    }
    triples.push_back(triple);
  }
  triples_ = std::move(triples);
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    auto& node = nodes_[v];
    std::vector<Label> labels;
    const auto place = store.size();
    for (const int i : kept.of[v]) {
      labels.push_back(node.labels[at(i)]);
      store.push_back(store_[node.at + at(i)]);
    }
    node.stride = static_cast<int>(padded(labels.size()));
    store.resize(place + at(node.stride), kNever);
    node.labels = std::move(labels);
    node.at = place;
  }
  store_ = std::move(store);
}

// A pair of which one node has a single label is a matter of the other alone.
void Clusters::fold_pairs() {
  for (auto& pair : pairs_) {
    if (pair.gone || (count(pair.u) > 1 && count(pair.v) > 1)) continue;
    pair.gone = true;
    const bool first = count(pair.u) == 1;
    Part* node = part(nodes_[at(first ? pair.v : pair.u)].at);
    for (int i = 0; i < count(first ? pair.v : pair.u); ++i) {
      node[i] =
          std::min(kNever, node[i] + *part(pair.at + (first ? at(i) : at(i) * at(stride(pair.v)))));
    }
  }
}

void Clusters::narrow(Domains& domains) const {
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    domains.lo[v] = std::max(domains.lo[v], nodes_[v].labels.front());
    domains.hi[v] = std::min(domains.hi[v], nodes_[v].labels.back());
  }
}

std::vector<Label> Clusters::cheapest() const {
  std::vector<Label> labels;
  for (const auto& node : nodes_) {
    const Part* cost = store_.data() + node.at;
    labels.push_back(node.labels[at(std::min_element(cost, cost + node.labels.size()) - cost)]);
  }
  return labels;
}

// By node: what pairs and triples cost at the cheapest labels of their nodes. Where that is much
// the nodes are at odds.
std::vector<Cost> Clusters::at_odds() const {
  std::vector<int> best;
  for (const auto& node : nodes_) {
    const Part* cost = store_.data() + node.at;
    best.push_back(static_cast<int>(std::min_element(cost, cost + node.labels.size()) - cost));
  }
  std::vector<Cost> odds(nodes_.size(), 0);
  const Part most = room();
  const auto entry = [&](std::size_t table, int u, int v) {
    return store_[table + at(best[at(u)]) * at(stride(v)) + at(best[at(v)])];
  };
  for (const auto& pair : pairs_) {
    if (pair.gone) continue;
    const Part cost = std::min(most, entry(pair.at, pair.u, pair.v));
    odds[at(pair.u)] += cost;
    odds[at(pair.v)] += cost;
  }
  for (const auto& [u, v, w, uv, uw, vw, a, b, c, full] : triples_) {
    const Part one = entry(a, u, v), two = entry(b, u, w), three = entry(c, v, w);
    const bool never = one >= kNever || two >= kNever || three >= kNever;
    const Part cost = never ? most : std::min(most, one + two + three);
    for (const int node : {u, v, w}) odds[at(node)] += cost;
  }
  return odds;
}

std::vector<Clusters::Split> Clusters::splits(std::size_t most,
                                              const std::vector<int>& first) const {
  const Part near = room() / 64;
  const auto odds = at_odds();
  std::vector<char> touched(nodes_.size(), 0);  // by arcs that are in
  for (std::size_t e = 0; e < in_.size(); ++e) {
    if (in_[e] != 0) touched[at(layer_->arcs[e].tail)] = touched[at(layer_->arcs[e].head)] = 1;
  }
  std::vector<std::pair<Cost, Split>> scored;
  for (int v = 0; v < layer_->nodes(); ++v) {
    const auto& node = nodes_[at(v)];
    if (node.labels.size() < 2 || touched[at(v)] == 0) continue;
    std::vector<std::size_t> cheap;
    for (std::size_t i = 0; i < node.labels.size(); ++i) {
      if (store_[node.at + i] <= near) cheap.push_back(i);
    }
    const std::size_t middle =
        std::max<std::size_t>(1, cheap.empty() ? 1 : cheap[cheap.size() / 2]);
    scored.push_back({odds[at(v)], {v, node.labels[middle]}});
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (auto& one : scored) {
      if (one.second.node == first[i]) one.first = kAhead * static_cast<Cost>(first.size() - i);
    }
  }
  sort_stably(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
  if (scored.size() > most) scored.resize(most);
  std::vector<Split> splits;
  for (const auto& one : scored) splits.push_back(one.second);
  return splits;
}

}  // namespace abatis::interdiction
