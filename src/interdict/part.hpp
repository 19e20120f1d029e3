#pragma once
// A part of the network that is hard enough: the ways that plans were too short on, and what links
// them. Fewer arcs bound the cost from below all the same, and messages along few ways meet soon.

#include <vector>

#include "ascent.hpp"

namespace abatis::interdiction {

// With all arcs between nodes that these arcs of the layer touch.
std::vector<char> with_arcs_between(const Layer& layer, std::vector<char> arcs);

// Messages of a layer after so many passes there and back along these of its arcs alone, fewer
// where their bound exceeds the limit. `price`: by arc of the layer; `blocked` as for Ascent.
LayerState begin_with_part(const Layer& layer, const std::vector<Cost>& price,
                           const std::vector<char>& arcs, int passes, Cost limit, Cost blocked);

// How long the layer's arcs are with these purchases.
std::vector<Label> lengths_under(const Layer& layer, const InterdictProblem& problem,
                                 const std::vector<InterdictPurchase>& purchases);

// Arcs of the layer not in `arcs` on ways that are too short where arc e is length[e] long, several
// ways that differ, and then all between the nodes of the part. Nothing: there is no such way.
std::vector<std::size_t> missing_arcs(const Layer& layer, const std::vector<char>& arcs,
                                      std::vector<Label> length);

// The same where arcs in `arcs` are as long as `labels` want them.
std::vector<std::size_t> arcs_at_odds(const Layer& layer, const std::vector<char>& arcs,
                                      const std::vector<Label>& labels);

}  // namespace abatis::interdiction
