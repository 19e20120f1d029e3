#pragma once
// A part of the tree: open states, searched depth first, with a relaxation of its own. What it does
// depends on nothing but itself.

#include <functional>
#include <memory>
#include <vector>

#include "label_lp.hpp"

namespace abatis::interdiction {

using Shares = std::vector<std::pair<InterdictPurchase, double>>;

struct FoundPlan {
  std::int64_t objective = -1;  // -1: there is none
  std::vector<InterdictPurchase> purchases;
};

// The functions may be called by several threads at once.
struct TreeTask {
  const InterdictProblem* problem = nullptr;
  Layer layer;       // its sink's label is to be reached
  double limit = 0;  // of the cost; whole
  int threads = 1;
  std::int64_t first_nodes = 12;  // before the tree is cut into subtrees
  std::function<bool()> stop;
  // -1 for purchases that are no plan.
  std::function<std::int64_t(const std::vector<InterdictPurchase>&)> objective;
  // The limit for what is better than a plan; negative: such is not looked for.
  std::function<double(std::int64_t objective)> limit_after;
  // A plan from shares of purchases in the relaxation.
  std::function<std::vector<InterdictPurchase>(const Shares&)> guess;
};

class Subtree {
 public:
  explicit Subtree(const TreeTask& task);

  // What ways that share no arc for sale say, and some passes from there. For nothing else is the
  // subtree of use after that.
  bool refuted_by_ways();
  // The same by passes from nothing.
  bool refuted_by_passes();
  // As passes or the relaxation have left it.
  const LayerState& first_state() const { return open_.front().layer; }
  // Bound of the first state; infinity when it exceeds the limit.
  double relax_root();
  // Searches up to so many nodes.
  void search(std::int64_t nodes, const std::function<bool()>& stop);
  // Hands the later half of the open states to a new subtree.
  std::unique_ptr<Subtree> split();
  // From now on only plans that are better than one of this objective.
  void look_above(std::int64_t objective);

  // Of purchases in the relaxation that was solved last.
  Shares shares() const;

  std::size_t open() const { return open_.size(); }
  bool over() const { return limit_ < 0; }
  bool stopped() const { return stopped_; }
  const FoundPlan& best() const { return best_; }
  std::int64_t nodes() const { return nodes_; }
  std::int64_t cuts() const { return lp_ ? lp_->rows_added() : 0; }
  std::int64_t size() const { return lp_->size(); }

 private:
  struct Branch {
    int node = 0;
    Label label = 0;  // up: at least this; down: below
  };
  struct State {
    LayerState layer;
    std::vector<Branch> hints;  // labels that the last relaxation was undecided about, best first
    bool relaxed = false;       // the relaxation stands as solved for it
    Cost bound() const { return layer.messages.value; }
  };
  enum class Choice : std::uint8_t { again, hopeless, made };

  Subtree(const Subtree& from, std::vector<State> open);

  Cost most() const { return static_cast<Cost>(limit_) * kUnit; }
  bool settle(State& state, int passes, bool refresh);
  bool relax(State& state, const std::function<bool()>& stop);
  void adopt_duals(State& state);
  bool tighten(State& state, const std::function<bool()>& stop);
  void take_hints(State& state) const;

  void visit(State state, const std::function<bool()>& stop);
  bool inspect(const State& state);
  bool whole(const State& state, std::vector<Label>& labels) const;
  std::vector<InterdictPurchase> plan_of(const std::vector<Label>& labels) const;
  void take(const std::vector<InterdictPurchase>& plan);

  static bool apply(State& state, const Branch& branch, bool up);
  Choice choose(State& state, std::vector<State>& children);

  const TreeTask& task_;
  double limit_;
  Ascent ascent_;
  std::unique_ptr<LabelLp> lp_;
  std::vector<State> open_;    // the last is next
  std::vector<double> gains_;  // by node: what branching there gained
  FoundPlan best_;
  bool stopped_ = false, passed_ = false;
  double lp_value_ = 0;
  std::int64_t nodes_ = 0, since_guess_ = 0;
};

}  // namespace abatis::interdiction
