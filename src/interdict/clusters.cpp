// How the tables begin: from messages along arcs.

#include "clusters.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {
namespace {

constexpr Cost kFarOff = Cost{1} << 60;
// What the limit may be above the bound, in parts: below kNever, so that what exceeds it is seen.
constexpr Cost kMostRoom = 1 << 20;
constexpr int kMostShift = 40;

Part to_part(Cost cost) {
  return cost >= static_cast<Cost>(kNever) ? kNever : static_cast<Part>(cost);
}

}  // namespace

Clusters::Clusters(const Layer& layer, const LayerState& state, Cost limit)
    : layer_(&layer),
      delay_(state.domains.delay),
      price_(state.price),
      in_(layer.arcs.size(), 1),
      limit_(limit) {}

std::optional<Clusters> Clusters::make(const Layer& layer, const LayerState& state, Cost limit,
                                       double most_work) {
  return filled(Clusters(layer, state, limit), state, most_work);
}

std::optional<Clusters> Clusters::make(const Layer& layer, const LayerState& state, Cost limit,
                                       double most_work, std::vector<char> arcs) {
  Clusters made(layer, state, limit);
  made.in_ = std::move(arcs);
  return filled(std::move(made), state, most_work);
}

std::optional<Clusters> Clusters::filled(Clusters made, const LayerState& state, double most_work) {
  while (((made.limit_ - state.messages.value) >> made.shift_) > kMostRoom) ++made.shift_;
  // Rounding to parts takes a little off the bound, which may call for coarser ones.
  for (; made.shift_ <= kMostShift; ++made.shift_) {
    if (!made.fill(state, most_work)) return std::nullopt;
    if (made.limit_ - made.spent_ <= kMostRoom << made.shift_) return made;
  }
  return std::nullopt;
}

bool Clusters::fill(const LayerState& state, double most_work) {
  spent_ = 0;
  store_.clear();
  nodes_.assign(at(layer_->nodes()), {});
  std::vector<std::vector<Cost>> nodes(nodes_.size());
  double square = 0;
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    auto& labels = nodes_[v].labels;
    labels.resize(at(state.domains.hi[v] - state.domains.lo[v] + 1));
    std::iota(labels.begin(), labels.end(), state.domains.lo[v]);
    nodes_[v].stride = static_cast<int>(padded(labels.size()));
    nodes[v].assign(labels.size(), 0);
  }
  for (std::size_t e = 0; e < layer_->arcs.size(); ++e) {
    if (in_[e] == 0) continue;
    const auto& arc = layer_->arcs[e];
    square += static_cast<double>(nodes[at(arc.tail)].size()) *
              static_cast<double>(nodes[at(arc.head)].size());
  }
  if (square > most_work) return false;
  fill_pairs(state, nodes);
  if (!add_chords_and_triples(most_work)) return false;
  for (std::size_t v = 0; v < nodes_.size(); ++v) {
    const Cost least = *std::min_element(nodes[v].begin(), nodes[v].end());
    spent_ += least << shift_;
    nodes_[v].at = store_.size();
    for (const Cost cost : nodes[v]) store_.push_back(to_part(cost - least));
    store_.resize(nodes_[v].at + at(nodes_[v].stride), kNever);
  }
  list_steps();
  return true;
}

// Tables of what arcs keep after their messages; arcs between the same nodes share one.
void Clusters::fill_pairs(const LayerState& state, std::vector<std::vector<Cost>>& nodes) {
  pairs_.clear();
  triples_.clear();
  const auto& [lo, hi, delay] = state.domains;
  const auto rounded_cost = [&](Cost cost) {
    return shift_ == 0 ? cost : (cost + (Cost{1} << (shift_ - 1))) >> shift_;
  };
  std::map<std::pair<int, int>, std::vector<std::size_t>> arcs_of;
  for (std::size_t e = 0; e < layer_->arcs.size(); ++e) {
    if (in_[e] == 0) continue;
    const auto& arc = layer_->arcs[e];
    arcs_of[std::minmax(arc.tail, arc.head)].push_back(e);
  }
  std::vector<Cost> table;
  for (const auto& [ends, arcs] : arcs_of) {
    const auto [u, v] = ends;
    const int rows = count(u), columns = count(v);
    table.assign(at(rows) * at(columns), 0);
    for (const std::size_t e : arcs) {
      const auto& arc = layer_->arcs[e];
      const Cost* tail = state.messages.message.data() + arc.tail_at +
                         (lo[at(arc.tail)] - layer_->root.lo[at(arc.tail)]);
      const Cost* head = state.messages.message.data() + arc.head_at +
                         (lo[at(arc.head)] - layer_->root.lo[at(arc.head)]);
      for (int i = 0; i < count(arc.tail); ++i) nodes[at(arc.tail)][at(i)] += rounded_cost(tail[i]);
      for (int j = 0; j < count(arc.head); ++j) nodes[at(arc.head)][at(j)] += rounded_cost(head[j]);
      const Cost price = state.price[e] >> shift_;
      for (int i = 0; i < count(arc.tail); ++i) {
        for (int j = 0; j < count(arc.head); ++j) {
          Cost& cost =
              table[arc.tail == u ? at(i) * at(columns) + at(j) : at(j) * at(columns) + at(i)];
          const Label longer = lo[at(arc.head)] + j - lo[at(arc.tail)] - i - arc.length;
          if (longer > delay[e]) cost = kFarOff;
          if (cost >= kFarOff) continue;
          cost += (longer > 0 ? price : 0) - rounded_cost(tail[i]) - rounded_cost(head[j]);
        }
      }
    }
    if (rows == 1 || columns == 1) {
      auto& other = nodes[at(rows == 1 ? v : u)];
      for (std::size_t i = 0; i < other.size(); ++i)
        other[i] = std::min(kFarOff, other[i] + table[i]);
      continue;
    }
    const Cost least = *std::min_element(table.begin(), table.end());
    spent_ += least << shift_;
    pairs_.push_back({.u = u, .v = v, .at = store_.size()});
    for (int i = 0; i < rows; ++i) {
      for (int j = 0; j < columns; ++j) {
        store_.push_back(to_part(table[at(i) * at(columns) + at(j)] - least));
      }
      store_.resize(pairs_.back().at + at(i + 1) * at(stride(v)), kNever);
    }
  }
}

// At no cost.
void Clusters::add_table(int u, int v) {
  const auto place = store_.size();
  for (int i = 0; i < count(u); ++i) {
    store_.resize(store_.size() + at(count(v)), 0);
    store_.resize(place + at(i + 1) * at(stride(v)), kNever);
  }
}

// Squares whose corners are not linked across get a chord, at no cost: the one with fewer labels.
// What is there already stays.
bool Clusters::add_chords_and_triples(double most_work) {
  std::vector<std::map<int, int>> linked(nodes_.size()), links(nodes_.size());
  for (std::size_t p = 0; p < pairs_.size(); ++p) {  // to the other node's pair
    const auto& pair = pairs_[p];
    if (pair.gone) continue;
    linked[at(pair.u)][pair.v] = linked[at(pair.v)][pair.u] = static_cast<int>(p);
    if (!pair.chord) links[at(pair.u)][pair.v] = links[at(pair.v)][pair.u] = static_cast<int>(p);
  }
  std::set<std::tuple<int, int, int>> known;
  for (const auto& triple : triples_) known.insert({triple.u, triple.v, triple.w});
  const auto work_of = [&](int u, int v) { return static_cast<double>(stride(u)) * stride(v); };
  const auto add_chord = [&](int u, int w) {
    if (linked[at(u)].contains(w)) return;
    const auto [first, second] = std::minmax(u, w);
    linked[at(u)][w] = linked[at(w)][u] = static_cast<int>(pairs_.size());
    pairs_.push_back({.u = first, .v = second, .at = store_.size(), .chord = true});
    add_table(first, second);
  };
  double work = 0;
  for (int u = 0; u < layer_->nodes(); ++u) {
    std::map<int, std::vector<int>> between;  // nodes two links away, with those between
    for (const auto& [v, pair] : links[at(u)]) {
      work += static_cast<double>(links[at(v)].size());
      for (const auto& [w, next] : links[at(v)]) {
        if (w > u && !links[at(u)].contains(w)) between[w].push_back(v);
      }
    }
    for (const auto& [w, middle] : between) {
      for (std::size_t x = 0; x < middle.size() && !linked[at(u)].contains(w); ++x) {
        for (std::size_t y = x + 1; y < middle.size() && !linked[at(u)].contains(w); ++y) {
          if (linked[at(middle[x])].contains(middle[y])) continue;
          if (work_of(u, w) <= work_of(middle[x], middle[y])) {
            work += work_of(u, w);
            add_chord(u, w);
          } else {
            work += work_of(middle[x], middle[y]);
            add_chord(middle[x], middle[y]);
          }
        }
        work += static_cast<double>(middle.size());
      }
      if (work > most_work) return false;
    }
  }
  for (int u = 0; u < layer_->nodes(); ++u) {
    for (auto v = linked[at(u)].upper_bound(u); v != linked[at(u)].end(); ++v) {
      for (auto w = std::next(v); w != linked[at(u)].end(); ++w) {
        work += 1;
        const auto across = linked[at(v->first)].find(w->first);
        if (across == linked[at(v->first)].end()) continue;
        work += work_of(u, v->first) * stride(w->first);
        if (work > most_work) return false;
        if (known.contains({u, v->first, w->first})) continue;
        Triple triple{u, v->first, w->first, v->second, w->second, across->second};
        for (auto [place, one, two] : {std::tuple{&triple.a, u, triple.v},
                                       {&triple.b, u, triple.w},
                                       {&triple.c, triple.v, triple.w}}) {
          *place = store_.size();
          store_.resize(store_.size() + at(count(one)) * at(stride(two)), 0);
        }
        triples_.push_back(triple);
      }
    }
  }
  return true;
}

// In the order of nodes.
void Clusters::list_steps() {
  steps_.clear();
  std::vector<char> in_triple(pairs_.size(), 0);
  for (std::size_t t = 0; t < triples_.size(); ++t) {
    const auto& triple = triples_[t];
    in_triple[at(triple.uv)] = in_triple[at(triple.uw)] = in_triple[at(triple.vw)] = 1;
    steps_.push_back({triple.u, triple.v, triple.w, static_cast<int>(t)});
  }
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    if (!pairs_[p].gone && in_triple[p] == 0) {
      steps_.push_back({pairs_[p].u, pairs_[p].v, -1, static_cast<int>(p)});
    }
  }
  std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) {
    return std::tie(a.u, a.v, a.w) < std::tie(b.u, b.v, b.w);
  });
}

}  // namespace abatis::interdiction
