// More arcs of the layer for tables that have some of them.

#include <algorithm>

#include "abatis/base/numbers.hpp"
#include "clusters.hpp"

namespace abatis::interdiction {

Part Clusters::part_of_arc(std::size_t e, Label tail, Label head) const {
  const Label longer = head - tail - layer_->arcs[e].length;
  if (longer <= 0) return 0;
  return longer <= delay_[e] ? static_cast<Part>(std::min<Cost>(price_[e] >> shift_, kNever))
                             : kNever;
}

void Clusters::add_arc(std::size_t e, std::map<std::pair<int, int>, std::size_t>& pair_at) {
  const auto& arc = layer_->arcs[e];
  const auto &tails = nodes_[at(arc.tail)].labels, &heads = nodes_[at(arc.head)].labels;
  in_[e] = 1;
  if (tails.size() == 1 || heads.size() == 1) {
    const bool tail = tails.size() > 1;
    Part* own = part(nodes_[at(tail ? arc.tail : arc.head)].at);
    for (std::size_t i = 0; i < std::max(tails.size(), heads.size()); ++i) {
      own[i] = std::min(kNever, own[i] + part_of_arc(e, tails[tail ? i : 0], heads[tail ? 0 : i]));
    }
    return;
  }
  const auto [u, v] = std::minmax(arc.tail, arc.head);
  const auto [found, is_new] = pair_at.try_emplace({u, v}, pairs_.size());
  if (is_new) {
    pairs_.push_back({.u = u, .v = v, .at = store_.size()});
    add_table(u, v);
  }
  auto& pair = pairs_[found->second];
  pair.chord = false;
  for (int i = 0; i < count(u); ++i) {
    Part* row = part(pair.at) + at(i) * at(stride(v));
    for (int j = 0; j < count(v); ++j) {
      const auto tail = at(u == arc.tail ? i : j), head = at(u == arc.tail ? j : i);
      row[j] = std::min(kNever, row[j] + part_of_arc(e, tails[tail], heads[head]));
    }
  }
}

bool Clusters::grow(const std::vector<std::size_t>& arcs, double most_work) {
  std::map<std::pair<int, int>, std::size_t> pair_at;
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    if (!pairs_[p].gone) pair_at[{pairs_[p].u, pairs_[p].v}] = p;
  }
  for (const std::size_t e : arcs) add_arc(e, pair_at);
  // With more work than that, arcs without triples.
  add_chords_and_triples(most_work);
  list_steps();
  for (int v = 0; v < layer_->nodes() && !refuted(); ++v) settle_node(v);
  return !refuted();
}

}  // namespace abatis::interdiction
