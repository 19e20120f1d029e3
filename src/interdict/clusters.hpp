#pragma once
// A tighter bound for one year than messages along arcs give: costs are handed between nodes, pairs
// of nodes and triples of nodes that are pairwise linked (the triangles of the network, and its
// squares cut in two). What is said about a triple holds for its three labels together, so labels
// that suit each arc of a short cycle but not the cycle are found out. See docs/model/interdict.md.
//
// Costs are whole numbers, so the bound is exact; any processor has instructions for four at once.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ascent.hpp"
#include "steps.hpp"

namespace abatis::interdiction {

// Of one pass: with more, linear programs do without.
inline constexpr double kMostWork = 3e8;

// Labels and padding: whole vectors of four.
constexpr std::size_t padded(std::size_t labels) {
  return (labels + 3) / 4 * 4;
}

class Clusters {
 public:
  // From a state of messages, whose bound is kept. `limit`: in units of 1 / kUnit. Nothing where a
  // pass would take more than `most_work` steps, or the limit is too far from the bound. The layer
  // must outlive it.
  static std::optional<Clusters> make(const Layer& layer, const LayerState& state, Cost limit,
                                      double most_work);
  // The same of some arcs of the layer, those not in `arcs` having no messages: a bound all the
  // more. What follows from all arcs for the ranges of labels is taken in any case.
  static std::optional<Clusters> make(const Layer& layer, const LayerState& state, Cost limit,
                                      double most_work, std::vector<char> arcs);
  const std::vector<char>& arcs() const { return in_; }
  // More arcs of the layer. The bound never falls. False when it exceeds the limit.
  bool grow(const std::vector<std::size_t>& arcs, double most_work);

  Cost bound() const { return spent_; }
  Cost left() const { return limit_ - spent_; }
  bool refuted() const { return spent_ > limit_; }
  std::size_t bytes() const { return store_.size() * sizeof(Part); }

  // One pass over all triples and the pairs in none, in the order of nodes or against it. The bound
  // never falls. False when it exceeds the limit.
  bool pass(bool forward);
  // Only labels of the node that are at least `label`, or below it.
  void restrict_node(int node, Label label, bool up);
  // Takes labels that are ruled out off the tables; false when a node is left with none.
  bool shrink();
  // Passes until the bound exceeds the limit (then false) or rises so slowly that `patience` times
  // the gain of the last few passes would not get it there.
  bool settle(double patience, const std::function<bool()>& stop);

  // Domains without what is ruled out at their ends.
  void narrow(Domains& domains) const;
  // The cheapest label of each node.
  std::vector<Label> cheapest() const;
  struct Split {
    int node = 0;
    Label label = 0;
  };
  // Nodes with several labels, and where to cut them in two, in the middle of those that cost next
  // to nothing: those in `first`, then those that are most at odds with what they are linked to.
  std::vector<Split> splits(std::size_t most, const std::vector<int>& first = {}) const;

 private:
  struct Node {
    std::vector<Label> labels;
    std::size_t at = 0;  // of its costs in the store
    int stride = 0;      // labels, rounded up to whole vectors; what is beyond costs kNever
  };
  struct Pair {
    int u = 0, v = 0;
    std::size_t at = 0;  // by label of u, then of v
    bool gone = false;   // one of the nodes has a single label
    bool chord = false;  // no arc
  };
  struct Triple {
    int u = 0, v = 0, w = 0;
    int uv = 0, uw = 0, vw = 0;       // pairs
    std::size_t a = 0, b = 0, c = 0;  // tables of these: what the triple costs is their sum
    bool full = false;                // a number has grown large
  };
  struct Step {
    int u = 0, v = 0, w = -1;  // w < 0: a pair
    int index = 0;
  };

  Clusters(const Layer& layer, const LayerState& state, Cost limit);
  static std::optional<Clusters> filled(Clusters made, const LayerState& state, double most_work);
  bool fill(const LayerState& state, double most_work);
  void fill_pairs(const LayerState& state, std::vector<std::vector<Cost>>& nodes);
  void add_table(int u, int v);
  bool add_chords_and_triples(double most_work);
  void list_steps();
  Part part_of_arc(std::size_t e, Label tail, Label head) const;
  void add_arc(std::size_t e, std::map<std::pair<int, int>, std::size_t>& pair_at);

  int count(int v) const {
    return static_cast<int>(nodes_[static_cast<std::size_t>(v)].labels.size());
  }
  int stride(int v) const { return nodes_[static_cast<std::size_t>(v)].stride; }
  Part* part(std::size_t place) { return store_.data() + place; }
  Part room() const { return static_cast<Part>((limit_ - spent_) >> shift_); }
  void update(const Step& step, bool forward);
  PairTables tables_of(const Pair& pair);
  std::vector<Cost> at_odds() const;
  bool recentre(Triple& triple);
  void settle_node(int v);
  struct Kept;
  void gather(std::size_t from, int u, int v, const Kept& kept, std::vector<Part>& to) const;
  void fold_triple(const Triple& triple, const Kept& kept, std::vector<Part>& store) const;
  bool mark(Kept& kept);
  void rebuild(const Kept& kept);
  void fold_pairs();

  const Layer* layer_;
  std::vector<Label> delay_;  // by arc
  std::vector<Cost> price_;   // by arc, at the beginning
  std::vector<char> in_;      // by arc
  Cost limit_ = 0, spent_ = 0;
  int shift_ = 0;  // a part is a cost of 2^shift
  std::vector<Node> nodes_;
  std::vector<Pair> pairs_;
  std::vector<Triple> triples_;
  std::vector<Step> steps_;
  std::vector<Part> store_;
  std::vector<Part> row_, turned_;
};

}  // namespace abatis::interdiction
