#pragma once
// A lower bound on what a layer costs, from messages along its arcs: each arc hands a part of its
// cost to its two ends, label by label, and the bound is the sum over nodes of their cheapest
// label. Passes over the nodes raise it (sequential tree-reweighted messages, Kolmogorov 2006). All
// in whole numbers, so a bound is exact whatever the messages are.

#include <cstdint>
#include <vector>

#include "layer.hpp"

namespace abatis::interdiction {

// Cost in units of 1 / kUnit.
using Cost = std::int64_t;
inline constexpr Cost kUnit = 1 << 16;

struct Messages {
  std::vector<Cost> message;  // by arc and end, from the lowest label of the root's domain
  std::vector<Cost> least;    // by node: its cheapest label
  Cost value = 0;             // the bound: the sum of `least`
};

struct LayerState {
  Domains domains;
  Messages messages;
  std::vector<Cost> price;  // by arc of the layer: what buying it costs
};

class Ascent {
 public:
  // `blocked`: cost of labels that no arc allows; more than any bound asked for.
  Ascent(const Layer& layer, Cost blocked);

  // No messages: every arc keeps its cost.
  void clear(LayerState& state) const;
  // With no messages yet: those along ways that share no arc for sale, each the shortest that is
  // left. The bound is then what these ways cost; passes alone would need as many as a way has arcs
  // for the source and the sink to meet.
  void begin_with_ways(LayerState& state, Cost room);
  // Sets `least` and `value` from the messages.
  void sum_up(LayerState& state);
  // One pass in the order of nodes, or against it. Labels whose bound exceeds `room` are taken off
  // the ends of domains. False when the whole bound does. O(arcs labels).
  bool pass(LayerState& state, bool forward, Cost room);
  // Gives up arcs whose purchase alone would take the bound beyond `room`. True when there were
  // any. O(arcs labels).
  bool give_up_arcs(LayerState& state, Cost room);
  // Passes both ways until the bound rises by less than `least_gain`, at most `most` times, and
  // propagation between them. False as above.
  bool settle(LayerState& state, int most, Cost least_gain, Cost room);
  // The messages that follow from head messages: `message` holds at each arc's head a function that
  // never falls with the label; the tail gets what is left.
  void complete(LayerState& state) const;
  // Cost of each label of v within its domain, from the messages.
  const std::vector<Cost>& costs(const LayerState& state, int v);

 private:
  void send(LayerState& state, int v, const Incident& link, Cost share);
  bool too_dear(const LayerState& state, std::size_t arc, Cost room);

  const Layer& layer_;
  Cost blocked_;
  std::vector<Cost> cost_, left_, best_;
  std::vector<Cost> above_;            // by node and label: what it costs above the cheapest
  std::vector<std::size_t> above_at_;  // by node
};

}  // namespace abatis::interdiction
