#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/network/network.hpp"

namespace abatis {
namespace {

// Sums in another order differ by rounding, which must not hide a path.
double rounded_up(double time) {
  return time + 1e-12 * time;
}

// Min-heap with four children per node: shallower than a binary one, and the children share a
// cache line. Ties go to the lower node, so that the order of visits never depends on history.
template <class Open>
bool before(const Open& a, const Open& b) {
  return a.key < b.key || (a.key == b.key && a.node < b.node);
}

template <class Open>
void push(std::vector<Open>& heap, Open item) {
  std::size_t i = heap.size();
  heap.push_back(item);
  while (i > 0) {
    const std::size_t parent = (i - 1) / 4;
    if (!before(item, heap[parent])) break;
    heap[i] = heap[parent];
    i = parent;
  }
  heap[i] = item;
}

template <class Open>
Open pop(std::vector<Open>& heap) {
  const Open top = heap.front();
  const Open last = heap.back();
  heap.pop_back();
  const std::size_t size = heap.size();
  std::size_t i = 0;
  while (size > 0) {
    const std::size_t begin = 4 * i + 1;
    if (begin >= size) break;
    const std::size_t end = std::min(begin + 4, size);
    std::size_t best = begin;
    for (std::size_t c = begin + 1; c < end; ++c) {
      if (before(heap[c], heap[best])) best = c;
    }
    if (!before(heap[best], last)) break;
    heap[i] = heap[best];
    i = best;
  }
  if (size > 0) heap[i] = last;
  return top;
}

struct Waiting {
  double key = 0;
  std::int32_t node = 0;
};

// Distances from `roots` along `first/to/length`, without delays.
std::vector<double> distances(const std::vector<std::int32_t>& first,
                              const std::vector<std::int32_t>& to,
                              const std::vector<double>& length,
                              const std::vector<std::int32_t>& roots) {
  std::vector<double> time(first.size() - 1, kInfinity);
  std::vector<Waiting> heap;
  for (const std::int32_t r : roots) {
    if (time[at(r)] == 0) continue;
    time[at(r)] = 0;
    push(heap, Waiting{0, r});
  }
  while (!heap.empty()) {
    const Waiting now = pop(heap);
    if (now.key > time[at(now.node)]) continue;
    for (std::int32_t a = first[at(now.node)]; a < first[at(now.node) + 1]; ++a) {
      const double next = now.key + length[at(a)];
      const std::int32_t head = to[at(a)];
      if (next < time[at(head)]) {
        time[at(head)] = next;
        push(heap, Waiting{next, head});
      }
    }
  }
  return time;
}

struct Reversed {
  std::vector<std::int32_t> first, to;
  std::vector<double> length;
};

Reversed reverse(const Graph& graph) {
  Reversed r;
  const std::size_t nodes = graph.first.size() - 1;
  r.first.assign(nodes + 1, 0);
  for (const std::int32_t head : graph.to) ++r.first[at(head) + 1];
  for (std::size_t n = 0; n < nodes; ++n) r.first[n + 1] += r.first[n];
  r.to.resize(graph.to.size());
  r.length.resize(graph.to.size());
  std::vector<std::int32_t> fill(r.first.begin(), r.first.end() - 1);
  for (std::int32_t tail = 0; tail < graph.nodes(); ++tail) {
    for (std::int32_t a = graph.first[at(tail)]; a < graph.first[at(tail) + 1]; ++a) {
      const std::int32_t slot = fill[at(graph.to[at(a)])]++;
      r.to[at(slot)] = tail;
      r.length[at(slot)] = graph.time_s[at(a)];
    }
  }
  return r;
}

}  // namespace

GraphSearch::GraphSearch(const Graph& graph, const std::vector<std::int32_t>& sources,
                         const std::vector<std::int32_t>& targets, double keep_s) {
  const Reversed back = reverse(graph);
  const std::vector<double> ahead = distances(back.first, back.to, back.length, targets);
  const std::vector<double> behind = distances(graph.first, graph.to, graph.time_s, sources);
  // A hair above keep_s: the two halves are summed in another order than a path is.
  const double limit = keep_s + 1e-9 * (1 + keep_s);
  std::vector<std::int32_t> number(ahead.size(), -1);
  std::int32_t kept = 0;
  for (std::size_t n = 0; n < ahead.size(); ++n) {
    if (ahead[n] == kInfinity || behind[n] == kInfinity || behind[n] + ahead[n] > limit) continue;
    number[n] = kept++;
    ahead_.push_back(ahead[n]);
    behind_.push_back(behind[n]);
  }
  std::vector<std::pair<std::int32_t, Arc>> out, in;  // with the node they lead from
  std::vector<std::int32_t> arc, order;
  for (std::int32_t tail = 0; tail < graph.nodes(); ++tail) {
    if (number[at(tail)] < 0) continue;
    for (std::int32_t a = graph.first[at(tail)]; a < graph.first[at(tail) + 1]; ++a) {
      const std::int32_t head = graph.to[at(a)], site = graph.site[at(a)];
      const double length = graph.time_s[at(a)];
      if (number[at(head)] < 0 || behind[at(tail)] + length + ahead[at(head)] > limit) continue;
      const std::int32_t from = number[at(tail)], to = number[at(head)];
      out.push_back({from, {length + ahead[at(head)], length, to, site}});
      in.push_back({to, {length + behind[at(tail)], length, from, site}});
      arc.push_back(a);
    }
  }
  out_ = sorted(ahead_.size(), out, &order);
  in_ = sorted(ahead_.size(), std::move(in), nullptr);
  for (const std::int32_t o : order) {
    tail_.push_back(out[at(o)].first);
    number_.push_back(arc[at(o)]);
  }
  is_target_.assign(ahead_.size(), false);
  for (const std::int32_t t : targets) {
    if (number[at(t)] < 0 || is_target_[at(number[at(t)])]) continue;
    is_target_[at(number[at(t)])] = true;
    targets_.push_back(number[at(t)]);
  }
  for (const std::int32_t s : sources) {
    if (number[at(s)] < 0) continue;
    sources_.push_back(number[at(s)]);
    base_ = std::min(base_, ahead[at(s)]);
  }
}

// Arcs by the node they lead from, shortest first, and where each was in `from`.
GraphSearch::Arcs GraphSearch::sorted(std::size_t nodes,
                                      std::vector<std::pair<std::int32_t, Arc>> from,
                                      std::vector<std::int32_t>* order) {
  Arcs sorted;
  sorted.first.assign(nodes + 1, 0);
  for (const auto& arc : from) ++sorted.first[at(arc.first) + 1];
  std::partial_sum(sorted.first.begin(), sorted.first.end(), sorted.first.begin());
  std::vector<std::int32_t> by(from.size()), next(sorted.first.begin(), sorted.first.end() - 1);
  for (std::size_t a = 0; a < from.size(); ++a) {
    by[at(next[at(from[a].first)]++)] = static_cast<std::int32_t>(a);
  }
  for (std::size_t n = 0; n < nodes; ++n) {
    std::sort(by.begin() + sorted.first[n], by.begin() + sorted.first[n + 1],
              [&](std::int32_t a, std::int32_t b) {
                const double x = from[at(a)].second.least, y = from[at(b)].second.least;
                return x != y ? x < y : a < b;
              });
  }
  for (const std::int32_t a : by) sorted.arcs.push_back(from[at(a)].second);
  if (order != nullptr) *order = std::move(by);
  return sorted;
}

// Marks all nodes as not yet reached.
void GraphSearch::Scratch::begin(std::size_t nodes) {
  heap_.clear();
  if (nodes_.size() >= nodes && ++epoch_ != 0) return;
  nodes_.assign(std::max(nodes, nodes_.size()), {});
  epoch_ = 1;
}

double GraphSearch::least_time(const std::vector<double>& site_delay_s, Scratch& scratch,
                               std::vector<std::int32_t>* path, double at_most,
                               const std::vector<double>* ahead) const {
  if (path != nullptr) path->clear();
  scratch.begin(ahead_.size());
  const std::vector<double>& beyond = ahead != nullptr ? *ahead : ahead_;
  double limit = rounded_up(at_most);
  auto& heap = scratch.heap_;
  const auto reach = [&](std::int32_t node, double time, std::int32_t arc) {
    const double key = time + beyond[at(node)];
    Scratch::Node& n = scratch.nodes_[at(node)];
    if (key > limit || (n.seen == scratch.epoch_ && time >= n.time)) return;
    n = {time, arc, scratch.epoch_};
    if (is_target_[at(node)]) limit = std::min(limit, rounded_up(time));
    push(heap, Scratch::Open{key, node});
  };
  for (const std::int32_t s : sources_) reach(s, 0, -1);
  while (!heap.empty()) {
    const auto now = pop(heap);
    const double time = scratch.nodes_[at(now.node)].time;
    if (now.key > time + beyond[at(now.node)]) continue;  // reached sooner since
    if (is_target_[at(now.node)]) {
      if (time > at_most) break;
      if (path == nullptr) return time;
      for (std::int32_t arc = scratch.nodes_[at(now.node)].arc; arc >= 0;
           arc = scratch.nodes_[at(tail_[at(arc)])].arc) {
        path->push_back(number_[at(arc)]);
      }
      std::reverse(path->begin(), path->end());
      return time;
    }
    for (std::int32_t a = out_.first[at(now.node)]; a < out_.first[at(now.node) + 1]; ++a) {
      const Arc& arc = out_.arcs[at(a)];
      if (time + arc.least > limit) break;  // so are all that follow
      const double delay = arc.site >= 0 ? site_delay_s[at(arc.site)] : 0.0;
      if (time + arc.least + delay > limit) continue;
      reach(arc.to, time + arc.length + delay, a);
    }
  }
  return kInfinity;
}

std::vector<double> GraphSearch::look_ahead(const std::vector<double>& site_delay_s, double at_most,
                                            Scratch& scratch) const {
  scratch.begin(ahead_.size());
  const double limit = rounded_up(at_most);
  auto& heap = scratch.heap_;
  const auto reach = [&](std::int32_t node, double time) {
    Scratch::Node& n = scratch.nodes_[at(node)];
    if (n.seen == scratch.epoch_ && time >= n.time) return;
    n = {time, -1, scratch.epoch_};
    push(heap, Scratch::Open{time, node});
  };
  for (const std::int32_t t : targets_) {
    if (behind_[at(t)] <= limit) reach(t, 0);
  }
  std::vector<double> ahead(ahead_.size(), kInfinity);
  while (!heap.empty()) {
    const auto now = pop(heap);
    if (now.key > scratch.nodes_[at(now.node)].time) continue;  // reached sooner since
    ahead[at(now.node)] = now.key;
    for (std::int32_t a = in_.first[at(now.node)]; a < in_.first[at(now.node) + 1]; ++a) {
      const Arc& arc = in_.arcs[at(a)];
      if (now.key + arc.least > limit) break;  // so are all that follow
      const double delay = arc.site >= 0 ? site_delay_s[at(arc.site)] : 0.0;
      if (now.key + arc.least + delay <= limit) reach(arc.to, now.key + arc.length + delay);
    }
  }
  const bool found = std::any_of(sources_.begin(), sources_.end(),
                                 [&](std::int32_t s) { return ahead[at(s)] < kInfinity; });
  return found ? ahead : std::vector<double>{};
}

std::vector<double> GraphSearch::through_s(int sites) const {
  std::vector<double> through(static_cast<std::size_t>(sites), kInfinity);
  for (std::size_t a = 0; a < out_.arcs.size(); ++a) {
    const Arc& arc = out_.arcs[a];
    if (arc.site < 0) continue;
    double& best = through[at(arc.site)];
    best = std::min(best, behind_[at(tail_[a])] + arc.length + ahead_[at(arc.to)]);
  }
  return through;
}

double least_time(const Graph& graph, const std::vector<std::int32_t>& sources,
                  const std::vector<std::int32_t>& targets, const std::vector<double>& site_delay_s,
                  std::vector<std::int32_t>* path) {
  if (path != nullptr) path->clear();
  std::vector<double> time(graph.first.size() - 1, kInfinity);
  std::vector<std::int32_t> by_arc(time.size(), -1), from(time.size(), -1);
  std::vector<bool> target(time.size(), false);
  for (const std::int32_t t : targets) target[at(t)] = true;
  std::vector<Waiting> heap;
  for (const std::int32_t s : sources) {
    if (time[at(s)] == 0) continue;
    time[at(s)] = 0;
    push(heap, Waiting{0, s});
  }
  while (!heap.empty()) {
    const Waiting now = pop(heap);
    if (now.key > time[at(now.node)]) continue;
    if (target[at(now.node)]) {
      for (std::int32_t v = now.node; path != nullptr && by_arc[at(v)] >= 0; v = from[at(v)]) {
        path->push_back(by_arc[at(v)]);
      }
      if (path != nullptr) std::reverse(path->begin(), path->end());
      return now.key;
    }
    for (std::int32_t a = graph.first[at(now.node)]; a < graph.first[at(now.node) + 1]; ++a) {
      const std::int32_t site = graph.site[at(a)];
      const double delay = site >= 0 ? site_delay_s[at(site)] : 0.0;
      const double next = now.key + graph.time_s[at(a)] + delay;
      const std::int32_t head = graph.to[at(a)];
      if (next < time[at(head)]) {
        time[at(head)] = next;
        by_arc[at(head)] = a;
        from[at(head)] = now.node;
        push(heap, Waiting{next, head});
      }
    }
  }
  return kInfinity;
}

}  // namespace abatis
