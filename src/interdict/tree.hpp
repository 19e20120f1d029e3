#pragma once
// Branch and bound over labels: the domain of one node is cut in two, so that it lies either nearer
// to the source or further from it than some length.

#include <functional>
#include <memory>
#include <vector>

#include "label_lp.hpp"

namespace abatis::interdiction {

struct TreeTask {
  const InterdictProblem* problem = nullptr;
  std::vector<Layer>
      layers;  // one: reach the sink's label at a cost up to the limit; else one a year
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

  // Of one year: do passes alone say that nothing within the limit is there? Not before root().
  bool refuted_by_passes();
  // Bound at the root; infinity when it exceeds the limit. To be called before run().
  double root();
  TreeEnd run();
  // Only plans that keep to this limit are looked for from now on.
  void set_limit(double limit) { task_.limit = limit; }
  std::int64_t nodes() const { return nodes_; }
  std::int64_t cuts() const { return lp_ ? lp_->rows_added() : 0; }

 private:
  struct Branch {
    int layer = -1;  // -1: none
    int node = 0;
    Label label = 0;  // up: at least this; down: below
    int purchase = -1;
  };
  struct State {
    std::vector<LayerState> layers;
    std::vector<signed char> fixed;  // by purchase; -1: free
    Cost constant = 0;
    std::vector<Branch> hints;  // labels that the last relaxation was undecided about, best first
  };
  enum class Choice : std::uint8_t { none, again, hopeless, made };

  Cost value(const State& state) const;
  Cost room(const State& state, std::size_t layer) const;
  bool settle(State& state, int passes, bool refresh);
  bool relax(State& state);
  void adopt_duals(State& state);
  bool whole(const State& state, std::vector<std::vector<Label>>& labels) const;
  std::vector<InterdictPurchase> plan_of(const std::vector<std::vector<Label>>& labels) const;
  bool make_guess();
  void take_hints(State& state) const;
  bool apply(State& state, const Branch& branch, bool up) const;
  Choice choose(State& state, std::vector<State>& children);
  Choice choose_by_lp(State& state, std::vector<State>& children);
  bool visit(State state, int depth);
  bool inspect(State& state, int depth, std::vector<State>& children, bool& over);
  bool schedule(std::vector<InterdictPurchase>& plan) const;
  int undecided_purchase(const State& state) const;

  TreeTask task_;
  std::vector<Ascent> ascents_;
  std::unique_ptr<LabelLp> lp_;
  State root_;
  std::vector<std::vector<double>> gains_;  // by layer and node: what branching there gained
  TreeEnd end_ = TreeEnd::nothing_left;
  double lp_value_ = 0;
  std::int64_t nodes_ = 0;
};

}  // namespace abatis::interdiction
