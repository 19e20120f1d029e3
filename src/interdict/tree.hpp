#pragma once
// Branch and bound over labels: the domain of one node is cut in two, so that it lies either nearer
// to the source or further from it than some length. Subtrees are searched beside each other, in
// rounds: each by itself and for a fixed number of nodes, so that nothing depends on threads.

#include <memory>
#include <vector>

#include "subtree.hpp"

namespace abatis::interdiction {

enum class TreeEnd : std::uint8_t { nothing_left, found, stopped };

class Tree {
 public:
  explicit Tree(TreeTask task);

  // Do ways that share no arc say that nothing within the limit is there? The tree is of no use
  // after that.
  bool refuted_by_ways() { return root_->refuted_by_ways(); }
  // The same by passes from nothing.
  bool refuted_by_passes() { return root_->refuted_by_passes(); }
  const LayerState& first_state() const { return root_->first_state(); }
  // Bound at the root; infinity when it exceeds the limit. To be called before run().
  double root() { return root_->relax_root(); }
  // Of purchases at the root. Not after run().
  Shares shares() const { return root_->shares(); }
  // `found`: plans that are better than those before, between rounds.
  TreeEnd run(const std::function<void(const FoundPlan&)>& found);
  std::int64_t nodes() const;
  std::int64_t cuts() const { return cuts_ + (root_ ? root_->cuts() : 0); }

 private:
  bool search_round(std::int64_t nodes);
  void split();

  TreeTask task_;
  std::unique_ptr<Subtree> root_;
  std::vector<std::unique_ptr<Subtree>> subtrees_;  // in the order of one deep search
  FoundPlan best_;
  std::int64_t nodes_ = 0, cuts_ = 0;
};

}  // namespace abatis::interdiction
