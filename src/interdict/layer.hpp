#pragma once
// One year of the problem over labels. A label of a node is how far it lies from the source at
// most, once arcs are bought; an arc must be bought when its head's label exceeds its tail's by
// more than its length, and the labels differ by more than length and delay never. Source and sink
// have given labels. See docs/model/interdict.md.

#include <cstdint>
#include <vector>

#include "ways.hpp"

namespace abatis::interdiction {

using Label = std::int64_t;

struct LayerArc {
  int tail = 0;
  int head = 0;
  Label length = 0;
  int id = 0;                            // in the problem
  std::size_t tail_at = 0, head_at = 0;  // where its messages begin
};

struct Incident {
  int arc = 0;
  int other = 0;
  bool head = false;  // the node is the head of the arc
};

struct Domains {
  std::vector<Label> lo, hi;  // by node, both included
  std::vector<Label> delay;   // by arc, 0: not to be bought
};

struct Layer {
  int source = 0;
  int sink = 0;
  std::vector<LayerArc> arcs;
  std::vector<int> first;  // incident[first[v] .. first[v + 1]) are those of node v
  std::vector<Incident> incident;
  Domains root;
  std::size_t message_size = 0;

  int nodes() const { return static_cast<int>(root.lo.size()); }
};

// Only arcs on ways shorter than `target` are kept, since no other can matter for reaching it; the
// sink gets the label `target`. `from` and `to` are the bare lengths from the source and to the
// sink. An arc that costs more than `budget` cannot be bought. O(arcs + nodes log nodes).
Layer make_layer(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
                 const std::vector<std::int64_t>& to, Label target, std::int64_t budget);

// The same nodes with some of the arcs, by arc of the layer: whatever reaches the target in all of
// the layer does so there. O(nodes + arcs).
Layer part_of(const Layer& layer, const std::vector<char>& arcs);

// The arcs of a shortest way, from the source on, where arc e is length[e] long; false when none is
// shorter than the sink's highest label. O(arcs log nodes).
bool short_way(const Layer& layer, const std::vector<Label>& length, std::vector<int>& way);

// Labels that no solution within the domains has are taken off their ends, until nothing changes.
// False when a node is left with none.
bool propagate(const Layer& layer, Domains& domains);

// Number of labels, summed over nodes.
std::int64_t label_count(const Domains& domains);

}  // namespace abatis::interdiction
