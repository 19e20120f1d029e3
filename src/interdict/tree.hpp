#pragma once
// Branch and bound over labels: the domain of one node is cut in two, so that it lies either nearer to
// the source or further from it than some length.

#include <functional>
#include <memory>
#include <vector>

#include "label_lp.hpp"

namespace abatis::interdiction {

struct TreeTask {
  const InterdictProblem* problem = nullptr;
  std::vector<Layer> layers;  // one: reach the sink's label at a cost up to the limit; else one a year
  bool yearly = false;
  double limit = 0;  // whole: of costs, or of labels by which sinks stay below their highest
  std::function<bool()> stop;
  // A plan from whole labels. True: the search is over.
  std::function<bool(const std::vector<InterdictPurchase>&)> found;
  // Shares of purchases in the relaxation, from which a plan may be made. True: the search is over.
  std::function<bool(const std::vector<std::pair<InterdictPurchase, double>>&)> guess;
};

enum class TreeEnd : std::uint8_t { nothing_left, found, stopped };

class Tree {
 public:
  explicit Tree(TreeTask task);

  // Bound at the root; infinity when it exceeds the limit. To be called first.
  double root();
  TreeEnd run();
  // Only plans that keep to this limit are looked for from now on.
  void set_limit(double limit) { task_.limit = limit; }
  std::int64_t nodes() const { return nodes_; }
  std::int64_t cuts() const { return lp_ ? lp_->rows_added() : 0; }

 private:
  struct State {
    std::vector<LayerState> layers;
    std::vector<signed char> fixed;  // by purchase; -1: free
    Cost constant = 0;
    double value = 0;  // of the relaxation of the parent
  };
  struct Branch {
    int layer = -1;  // -1: none
    int node = 0;
    Label label = 0;  // up: at least this; down: below
    int purchase = -1;
    double down = 0, up = 0;  // expected bounds
  };
  struct Gain {
    double down = 0, up = 0;
    int downs = 0, ups = 0;
  };

  Cost room(const State& state, std::size_t layer) const;
  bool settle(State& state, int passes, bool refresh);
  bool relax(State& state);
  void adopt_duals(State& state);
  bool visit(State state, int depth, TreeEnd& end);
  bool whole(const State& state, std::vector<std::vector<Label>>& labels) const;
  std::vector<InterdictPurchase> plan_of(const State& state,
                                         const std::vector<std::vector<Label>>& labels) const;
  bool make_guess(TreeEnd& end);
  Branch choose(State& state, bool& again);
  std::vector<Branch> candidates(const State& state) const;
  double probe(const State& state, const Branch& branch, bool up);
  bool apply(State& state, const Branch& branch, bool up);
  void learn(const Branch& branch, bool up, double gain);
  void link_years(State& state, bool& alive) const;

  TreeTask task_;
  std::vector<Ascent> ascents_;
  std::unique_ptr<LabelLp> lp_;
  State root_;
  std::vector<std::vector<Gain>> gains_;  // by layer and node
  std::int64_t nodes_ = 0;
};

}  // namespace abatis::interdiction
