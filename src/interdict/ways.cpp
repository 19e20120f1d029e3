#include "ways.hpp"

#include <algorithm>

namespace abatis::interdiction {
namespace {

template <class End>
void sort_by_node(const InterdictProblem& problem, End end, std::vector<int>& first,
                  std::vector<int>& order) {
  const auto nodes = static_cast<std::size_t>(problem.nodes);
  first.assign(nodes + 1, 0);
  for (const auto& arc : problem.arcs) ++first[static_cast<std::size_t>(end(arc)) + 1];
  for (std::size_t v = 0; v < nodes; ++v) first[v + 1] += first[v];
  order.resize(problem.arcs.size());
  std::vector<int> next(first.begin(), first.end() - 1);
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    order[static_cast<std::size_t>(next[static_cast<std::size_t>(end(problem.arcs[a]))]++)] =
        static_cast<int>(a);
  }
}

using Entry = std::pair<std::int64_t, int>;
constexpr auto kLater = [](const Entry& a, const Entry& b) { return a > b; };

}  // namespace

Ways::Ways(const InterdictProblem& problem) : problem_(problem) {
  sort_by_node(
      problem, [](const InterdictArc& arc) { return arc.tail; }, first_out_, out_);
  sort_by_node(
      problem, [](const InterdictArc& arc) { return arc.head; }, first_in_, in_);
}

std::vector<std::int64_t> Ways::lengths(std::span<const std::int64_t> length, int from,
                                        bool forward) const {
  const auto& first = forward ? first_out_ : first_in_;
  const auto& order = forward ? out_ : in_;
  std::vector<std::int64_t> reached(static_cast<std::size_t>(problem_.nodes), kFar);
  std::vector<Entry> heap{{0, from}};
  reached[static_cast<std::size_t>(from)] = 0;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), kLater);
    const auto [at, u] = heap.back();
    heap.pop_back();
    const auto node = static_cast<std::size_t>(u);
    if (at > reached[node]) continue;
    for (int i = first[node]; i < first[node + 1]; ++i) {
      const auto a = static_cast<std::size_t>(order[static_cast<std::size_t>(i)]);
      const int v = forward ? problem_.arcs[a].head : problem_.arcs[a].tail;
      const std::int64_t then = at + length[a];
      if (then >= reached[static_cast<std::size_t>(v)]) continue;
      reached[static_cast<std::size_t>(v)] = then;
      heap.emplace_back(then, v);
      std::push_heap(heap.begin(), heap.end(), kLater);
    }
  }
  return reached;
}

std::int64_t Ways::shortest(std::span<const std::int64_t> length, Scratch& scratch,
                            std::vector<int>* way, double* number) const {
  auto& [reached, by, count, heap] = scratch;
  reached.assign(static_cast<std::size_t>(problem_.nodes), kFar);
  by.assign(static_cast<std::size_t>(problem_.nodes), -1);
  count.assign(static_cast<std::size_t>(problem_.nodes), 0);
  count[static_cast<std::size_t>(problem_.source)] = 1;
  heap.assign(1, {0, problem_.source});
  reached[static_cast<std::size_t>(problem_.source)] = 0;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), kLater);
    const auto [at, u] = heap.back();
    heap.pop_back();
    if (u == problem_.sink) break;
    const auto node = static_cast<std::size_t>(u);
    if (at > reached[node]) continue;
    for (int i = first_out_[node]; i < first_out_[node + 1]; ++i) {
      const int a = out_[static_cast<std::size_t>(i)];
      const auto v = static_cast<std::size_t>(problem_.arcs[static_cast<std::size_t>(a)].head);
      const std::int64_t then = at + length[static_cast<std::size_t>(a)];
      if (then > reached[v]) continue;
      if (then == reached[v]) {
        count[v] += count[node];
        continue;
      }
      reached[v] = then;
      count[v] = count[node];
      by[v] = a;
      heap.emplace_back(then, static_cast<int>(v));
      std::push_heap(heap.begin(), heap.end(), kLater);
    }
  }
  const std::int64_t found = reached[static_cast<std::size_t>(problem_.sink)];
  if (number != nullptr) *number = count[static_cast<std::size_t>(problem_.sink)];
  if (way != nullptr) {
    way->clear();
    if (found < kFar) {
      for (int v = problem_.sink; v != problem_.source;) {
        const int a = by[static_cast<std::size_t>(v)];
        way->push_back(a);
        v = problem_.arcs[static_cast<std::size_t>(a)].tail;
      }
    }
  }
  return found;
}

std::vector<std::int64_t> bare_lengths(const InterdictProblem& problem) {
  std::vector<std::int64_t> length;
  length.reserve(problem.arcs.size());
  for (const auto& arc : problem.arcs) length.push_back(arc.length);
  return length;
}

std::vector<std::int64_t> full_lengths(const InterdictProblem& problem, std::int64_t most) {
  auto length = bare_lengths(problem);
  for (std::size_t a = 0; a < length.size(); ++a) {
    const auto& arc = problem.arcs[a];
    if (arc.cost > 0 && arc.cost <= most) length[a] += arc.delay;
  }
  return length;
}

}  // namespace abatis::interdiction
