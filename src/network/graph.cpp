#include <algorithm>
#include <cstddef>

#include "abatis/base/numbers.hpp"
#include "abatis/network/network.hpp"

namespace abatis {
namespace {

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
  first_.push_back(0);
  for (std::int32_t tail = 0; tail < graph.nodes(); ++tail) {
    if (number[at(tail)] < 0) continue;
    for (std::int32_t a = graph.first[at(tail)]; a < graph.first[at(tail) + 1]; ++a) {
      const std::int32_t head = graph.to[at(a)];
      if (number[at(head)] < 0) continue;
      if (behind[at(tail)] + graph.time_s[at(a)] + ahead[at(head)] > limit) continue;
      to_.push_back(number[at(head)]);
      length_.push_back(graph.time_s[at(a)]);
      site_.push_back(graph.site[at(a)]);
      arc_.push_back(a);
    }
    first_.push_back(static_cast<std::int32_t>(to_.size()));
  }
  is_target_.assign(ahead_.size(), false);
  for (const std::int32_t t : targets) {
    if (number[at(t)] >= 0) is_target_[at(number[at(t)])] = true;
  }
  for (const std::int32_t s : sources) {
    if (number[at(s)] < 0) continue;
    sources_.push_back(number[at(s)]);
    base_ = std::min(base_, ahead[at(s)]);
  }
}

double GraphSearch::least_time(const std::vector<double>& site_delay_s, Scratch& scratch,
                               std::vector<std::int32_t>* path) const {
  if (path != nullptr) path->clear();
  const std::size_t nodes = ahead_.size();
  if (scratch.time_.size() < nodes || ++scratch.epoch_ == 0) {
    const std::size_t size = std::max(nodes, scratch.time_.size());
    scratch.time_.assign(size, kInfinity);
    scratch.from_.assign(size, -1);
    scratch.arc_.assign(size, -1);
    scratch.seen_.assign(size, 0);
    scratch.epoch_ = 1;
  }
  auto& heap = scratch.heap_;
  heap.clear();
  const auto reach = [&](std::int32_t node, double time, std::int32_t from, std::int32_t arc) {
    const std::size_t n = at(node);
    if (scratch.seen_[n] == scratch.epoch_ && time >= scratch.time_[n]) return;
    scratch.seen_[n] = scratch.epoch_;
    scratch.time_[n] = time;
    scratch.from_[n] = from;
    scratch.arc_[n] = arc;
    push(heap, Scratch::Open{time + ahead_[n], node});
  };
  for (const std::int32_t s : sources_) reach(s, 0, -1, -1);
  while (!heap.empty()) {
    const auto now = pop(heap);
    const std::size_t n = at(now.node);
    const double time = scratch.time_[n];
    if (now.key > time + ahead_[n]) continue;  // reached sooner since
    if (is_target_[n]) {
      for (std::int32_t v = now.node; path != nullptr && scratch.from_[at(v)] >= 0;
           v = scratch.from_[at(v)]) {
        path->push_back(arc_[at(scratch.arc_[at(v)])]);
      }
      if (path != nullptr) std::reverse(path->begin(), path->end());
      return time;
    }
    for (std::int32_t a = first_[n]; a < first_[n + 1]; ++a) {
      const std::int32_t site = site_[at(a)];
      const double delay = site >= 0 ? site_delay_s[at(site)] : 0.0;
      reach(to_[at(a)], time + length_[at(a)] + delay, now.node, a);
    }
  }
  return kInfinity;
}

std::vector<double> GraphSearch::through_s(int sites) const {
  std::vector<double> through(static_cast<std::size_t>(sites), kInfinity);
  for (std::size_t tail = 0; tail < ahead_.size(); ++tail) {
    for (std::int32_t a = first_[tail]; a < first_[tail + 1]; ++a) {
      if (site_[at(a)] < 0) continue;
      double& best = through[at(site_[at(a)])];
      best = std::min(best, behind_[tail] + length_[at(a)] + ahead_[at(to_[at(a)])]);
    }
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
