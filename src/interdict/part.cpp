#include "part.hpp"

#include <algorithm>
#include <limits>

#include "abatis/base/numbers.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kMissingWays = 20;

}  // namespace

std::vector<char> with_arcs_between(const Layer& layer, std::vector<char> arcs) {
  std::vector<char> touched(at(layer.nodes()), 0);
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    if (arcs[e] != 0) touched[at(layer.arcs[e].tail)] = touched[at(layer.arcs[e].head)] = 1;
  }
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    arcs[e] = touched[at(layer.arcs[e].tail)] != 0 && touched[at(layer.arcs[e].head)] != 0 ? 1 : 0;
  }
  return arcs;
}

LayerState begin_with_part(const Layer& layer, const std::vector<Cost>& price,
                           const std::vector<char>& arcs, int passes, Cost limit, Cost blocked) {
  const Layer part = part_of(layer, arcs);
  LayerState state{.domains = part.root};
  LayerState whole{.domains = layer.root, .price = price};
  for (std::size_t e = 0; e < arcs.size(); ++e) {
    if (arcs[e] != 0) state.price.push_back(price[e]);
  }
  Ascent along(part, blocked), all(layer, blocked);
  along.clear(state);
  along.sum_up(state);
  for (int i = 0; i < 2 * passes && state.messages.value <= limit; ++i) {
    along.pass(state, i % 2 == 0, std::numeric_limits<Cost>::max() / 4);
  }
  all.clear(whole);
  const auto copy = [&](std::size_t from, std::size_t to, int node) {
    const auto labels = layer.root.hi[at(node)] - layer.root.lo[at(node)] + 1;
    std::copy_n(state.messages.message.data() + from, labels, whole.messages.message.data() + to);
  };
  for (std::size_t e = 0, next = 0; e < arcs.size(); ++e) {
    if (arcs[e] == 0) continue;
    const auto &to = layer.arcs[e], &from = part.arcs[next++];
    copy(from.head_at, to.head_at, to.head);
    copy(from.tail_at, to.tail_at, to.tail);
  }
  all.sum_up(whole);
  return whole;
}

std::vector<Label> lengths_under(const Layer& layer, const InterdictProblem& problem,
                                 const std::vector<InterdictPurchase>& purchases) {
  std::vector<char> bought(problem.arcs.size(), 0);
  for (const auto& purchase : purchases) bought[at(purchase.arc)] = 1;
  std::vector<Label> length;
  for (const auto& arc : layer.arcs) {
    length.push_back(arc.length + (bought[at(arc.id)] != 0 ? problem.arcs[at(arc.id)].delay : 0));
  }
  return length;
}

std::vector<std::size_t> arcs_at_odds(const Layer& layer, const std::vector<char>& arcs,
                                      const std::vector<Label>& labels) {
  std::vector<Label> length;
  for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
    const auto& arc = layer.arcs[e];
    const Label needed = labels[at(arc.head)] - labels[at(arc.tail)];
    const bool bought = arcs[e] != 0 && needed > arc.length;
    length.push_back(bought ? std::max(needed, arc.length + layer.root.delay[e]) : arc.length);
  }
  return missing_arcs(layer, arcs, std::move(length));
}

std::vector<std::size_t> missing_arcs(const Layer& layer, const std::vector<char>& arcs,
                                      std::vector<Label> length) {
  auto grown = arcs;
  std::vector<int> way;
  for (int i = 0; i < kMissingWays && short_way(layer, length, way); ++i) {
    for (const int e : way) {
      length[at(e)] += 1;
      grown[at(e)] = 1;
    }
  }
  std::vector<std::size_t> missing;
  if (grown == arcs) return missing;
  grown = with_arcs_between(layer, std::move(grown));
  for (std::size_t e = 0; e < grown.size(); ++e) {
    if (grown[e] != 0 && arcs[e] == 0) missing.push_back(e);
  }
  return missing;
}

}  // namespace abatis::interdiction
