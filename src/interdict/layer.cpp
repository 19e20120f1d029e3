#include "layer.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {
namespace {

void connect(Layer& layer) {
  const auto nodes = layer.root.lo.size();
  layer.first.assign(nodes + 1, 0);
  for (const auto& arc : layer.arcs) {
    ++layer.first[at(arc.tail) + 1];
    ++layer.first[at(arc.head) + 1];
  }
  std::partial_sum(layer.first.begin(), layer.first.end(), layer.first.begin());
  layer.incident.resize(2 * layer.arcs.size());
  std::vector<int> next(layer.first.begin(), layer.first.end() - 1);
  std::size_t size = 0;
  const auto labels = [&](int v) {
    return static_cast<std::size_t>(layer.root.hi[at(v)] - layer.root.lo[at(v)] + 1);
  };
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    auto& arc = layer.arcs[e];
    layer.incident[at(next[at(arc.tail)]++)] = {static_cast<int>(e), arc.head, false};
    layer.incident[at(next[at(arc.head)]++)] = {static_cast<int>(e), arc.tail, true};
    arc.head_at = size;
    size += labels(arc.head);
    arc.tail_at = size;
    size += labels(arc.tail);
  }
  layer.message_size = size;
}

}  // namespace

Layer make_layer(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
                 const std::vector<std::int64_t>& to, Label target, std::int64_t budget) {
  Layer layer;
  std::vector<int> kept;
  for (int v = 0; v < problem.nodes; ++v) {
    const bool end = v == problem.source || v == problem.sink;
    if (end || from[at(v)] + to[at(v)] < target) kept.push_back(v);
  }
  const auto place = [&](int v) {
    if (v == problem.source) return -kFar;
    return v == problem.sink ? kFar : from[at(v)] - to[at(v)];
  };
  sort_stably(kept, [&](int a, int b) { return place(a) < place(b); });
  std::vector<int> index(at(problem.nodes), -1);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    index[at(kept[i])] = static_cast<int>(i);
    layer.root.lo.push_back(from[at(kept[i])]);
    layer.root.hi.push_back(target - to[at(kept[i])]);
  }
  layer.source = index[at(problem.source)];
  layer.sink = index[at(problem.sink)];
  layer.root.lo[at(layer.source)] = layer.root.hi[at(layer.source)] = 0;
  layer.root.lo[at(layer.sink)] = std::max(target, from[at(problem.sink)]);
  layer.root.hi[at(layer.sink)] = target;
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    const auto& arc = problem.arcs[a];
    if (arc.head == problem.source || arc.tail == problem.sink || arc.tail == arc.head) continue;
    if (from[at(arc.tail)] + arc.length + to[at(arc.head)] >= target) continue;
    const bool sold = arc.cost > 0 && arc.cost <= budget;
    layer.arcs.push_back({.tail = index[at(arc.tail)],
                          .head = index[at(arc.head)],
                          .length = arc.length,
                          .id = static_cast<int>(a)});
    layer.root.delay.push_back(sold ? arc.delay : 0);
  }
  connect(layer);
  return layer;
}

Layer part_of(const Layer& layer, const std::vector<char>& arcs) {
  Layer part{.source = layer.source, .sink = layer.sink, .root = layer.root};
  part.root.delay.clear();
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    if (arcs[e] == 0) continue;
    part.arcs.push_back(layer.arcs[e]);
    part.root.delay.push_back(layer.root.delay[e]);
  }
  connect(part);
  return part;
}

bool short_way(const Layer& layer, const std::vector<Label>& length, std::vector<int>& way) {
  std::vector<Label> reached(at(layer.nodes()), kFar);
  std::vector<int> by(at(layer.nodes()), -1);
  std::vector<std::pair<Label, int>> heap{{0, layer.source}};
  reached[at(layer.source)] = 0;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const auto [here, u] = heap.back();
    heap.pop_back();
    if (here > reached[at(u)]) continue;
    for (int i = layer.first[at(u)]; i < layer.first[at(u) + 1]; ++i) {
      const auto& link = layer.incident[at(i)];
      if (link.head) continue;
      const Label then = here + length[at(link.arc)];
      // From its highest label on a node does not matter.
      if (then >= layer.root.hi[at(link.other)] || then >= reached[at(link.other)]) continue;
      reached[at(link.other)] = then;
      by[at(link.other)] = link.arc;
      heap.emplace_back(then, link.other);
      std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }
  }
  way.clear();
  if (reached[at(layer.sink)] >= kFar) return false;
  for (int v = layer.sink; v != layer.source;) {
    way.push_back(by[at(v)]);
    v = layer.arcs[at(way.back())].tail;
  }
  std::reverse(way.begin(), way.end());
  return true;
}

namespace {

bool step(const Layer& layer, Domains& domains, int v, bool& changed) {
  Label hi = domains.hi[at(v)];
  Label lo = domains.lo[at(v)];
  Label nearest = kFar;
  for (int i = layer.first[at(v)]; i < layer.first[at(v) + 1]; ++i) {
    const auto& link = layer.incident[at(i)];
    const auto& arc = layer.arcs[at(link.arc)];
    const Label delay = domains.delay[at(link.arc)];
    if (link.head) {
      hi = std::min(hi, domains.hi[at(link.other)] + arc.length + delay);
      nearest = std::min(nearest, domains.lo[at(link.other)] + arc.length);
    } else {
      lo = std::max(lo, domains.lo[at(link.other)] - arc.length - delay);
    }
  }
  // Labels are the shortest lengths themselves, but no more than the root's highest label.
  if (v != layer.source) lo = std::max(lo, std::min(nearest, layer.root.hi[at(v)]));
  if (hi == domains.hi[at(v)] && lo == domains.lo[at(v)]) return true;
  domains.hi[at(v)] = hi;
  domains.lo[at(v)] = lo;
  changed = true;
  return lo <= hi;
}

}  // namespace

bool propagate(const Layer& layer, Domains& domains) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int v = 0; v < layer.nodes(); ++v) {
      if (!step(layer, domains, v, changed)) return false;
    }
    if (!changed) break;
    for (int v = layer.nodes() - 1; v >= 0; --v) {
      if (!step(layer, domains, v, changed)) return false;
    }
  }
  return true;
}

std::int64_t label_count(const Domains& domains) {
  std::int64_t count = 0;
  for (std::size_t v = 0; v < domains.lo.size(); ++v) count += domains.hi[v] - domains.lo[v] + 1;
  return count;
}

}  // namespace abatis::interdiction
