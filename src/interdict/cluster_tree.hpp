#pragma once
// Branch and bound over labels of one year by the bound of triples: no linear program. States are
// taken from the open ones a few at a time, each by itself, so nothing depends on threads.

#include <functional>
#include <memory>
#include <vector>

#include "clusters.hpp"
#include "tree.hpp"

namespace abatis::interdiction {

class ClusterTree {
 public:
  // `task`: of one year. It, its layer included, must outlive the tree.
  ClusterTree(const TreeTask& task, Clusters root);

  // Passes over the first state, before run(). False when nothing within the limit is there.
  bool begin();
  const Clusters& root() const { return *open_.back().tables; }  // before run()
  // Until a plan is found, which goes to `found`, or nothing is left.
  TreeEnd run(const std::function<void(const FoundPlan&)>& found);
  std::int64_t nodes() const { return nodes_; }

 private:
  struct State {
    std::unique_ptr<Clusters> tables;
    std::vector<int> hints;  // nodes to look at first, from the state before
  };
  struct Outcome {
    std::vector<State> children;  // the one to look at first comes last
    FoundPlan plan;
  };

  Outcome visit(State state) const;
  FoundPlan decode(const Clusters& clusters) const;
  bool grow(Clusters& clusters, bool& grown) const;
  bool raise(Clusters& clusters, double patience, int passes) const;
  bool branch(Clusters& clusters, std::vector<int>& hints, Outcome& outcome) const;

  const TreeTask& task_;
  std::size_t at_once_;
  std::vector<State> open_;  // the last is next
  std::int64_t nodes_ = 0;
};

}  // namespace abatis::interdiction
