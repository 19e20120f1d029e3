// Prices of arcs change in the tables, as several years share what an arc may cost.

#include <algorithm>

#include "abatis/base/numbers.hpp"
#include "clusters.hpp"

namespace abatis::interdiction {

// Calls `see(cost, bought)` with each entry that says whether the arc is bought: of its pair, or of
// the node that has several labels.
template <class See>
void Clusters::each_entry(std::size_t e, See see) {
  const auto& arc = layer_->arcs[e];
  const auto &tails = nodes_[at(arc.tail)].labels, &heads = nodes_[at(arc.head)].labels;
  const auto bought = [&](Label tail, Label head) { return head - tail > arc.length; };
  if (tails.size() > 1 && heads.size() > 1) {
    const auto& pair = pairs_[at(pair_of_[e])];
    const bool turned = pair.u != arc.tail;
    for (int i = 0; i < count(pair.u); ++i) {
      Part* row = part(pair.at) + at(i) * at(stride(pair.v));
      for (int j = 0; j < count(pair.v); ++j) {
        see(row[j],
            turned ? bought(tails[at(j)], heads[at(i)]) : bought(tails[at(i)], heads[at(j)]));
      }
    }
    return;
  }
  const bool tail = tails.size() > 1;
  Part* own = part(nodes_[at(tail ? arc.tail : arc.head)].at);
  for (std::size_t i = 0; i < std::max(tails.size(), heads.size()); ++i) {
    see(own[i], bought(tails[tail ? i : 0], heads[tail ? 0 : i]));
  }
}

Clusters::Slack Clusters::open_arc(std::size_t e) {
  const auto& arc = layer_->arcs[e];
  if (count(arc.tail) > 1 && count(arc.head) > 1) take_nodes(pairs_[at(pair_of_[e])]);
  Part with = kNever, without = kNever;
  each_entry(e, [&](Part cost, bool bought) {
    auto& least = bought ? with : without;
    least = std::min(least, cost);
  });
  const Part least = std::min(with, without);
  return {static_cast<Cost>(with - least) << shift_, static_cast<Cost>(without - least) << shift_};
}

void Clusters::close_arc(std::size_t e, Cost more) {
  const auto& arc = layer_->arcs[e];
  const Part change = static_cast<Part>(more >> shift_);
  const bool pair = count(arc.tail) > 1 && count(arc.head) > 1;
  if (change != 0) {
    const Part most = room();
    each_entry(e, [&](Part& cost, bool bought) {
      if (!bought || cost >= kNever) return;
      cost += change;
      if (cost > most && pair) cost = kNever;
    });
  }
  if (pair) give_nodes(pairs_[at(pair_of_[e])]);
  settle_node(arc.tail);
  if (!refuted()) settle_node(arc.head);
}

}  // namespace abatis::interdiction
