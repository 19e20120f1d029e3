#pragma once
// The search: good choices, bounds, sites decided by both, and a tree for what is left.

#include <chrono>
#include <functional>
#include <memory>

#include "abatis/base/random.hpp"
#include "dual_lp.hpp"
#include "prices.hpp"
#include "state.hpp"

namespace abatis::covering {

class Search {
 public:
  // `told`: turns a whole value into what the user reads.
  Search(const CoverOptions& options, Monitor& monitor, std::function<double(std::int64_t)> told);

  void run(Instance instance);

  const Choice& best() const { return best_; }
  std::int64_t bound() const { return std::max(best_.value, bound_); }
  CoverStatus status() const;
  std::int64_t nodes() const { return nodes_; }

 private:
  struct Node {
    std::vector<Fate> fate;
    std::shared_ptr<const DualLp::Basis> basis;
    std::int64_t bound = 0;
  };
  struct Branch {
    int site = -1;
    bool in_first = true;
  };

  bool stop();
  std::int64_t cutoff() const;
  bool settled() const { return bound_ <= cutoff(); }
  void offer(const Choice& choice);
  void lower(std::int64_t bound, std::string_view what);
  void dropped(std::int64_t bound) { dropped_ = std::max(dropped_, bound); }
  int decide_by(const Bound& bound, std::vector<Fate>& fate);

  void start(const Instance& instance);
  void shake(const Instance& instance);
  void from_sites(const Instance& instance, State& state, const std::vector<int>& sites,
                  bool thoroughly);
  bool by_descent(Instance& instance, Prices& prices);
  bool by_relaxation(Instance& instance, Prices& prices);
  void by_tree(const Instance& instance, DualLp& lp, Node root);
  std::vector<Node> dive(const Instance& instance, DualLp& lp, Node node, State& state);
  bool tighten(const Instance& instance, DualLp& lp, Node& node, State& state);
  Branch choose_branch(const Instance& instance, DualLp& lp, const Node& node);

  const CoverOptions& options_;
  Monitor& monitor_;
  std::function<double(std::int64_t)> told_;
  std::chrono::steady_clock::time_point began_;
  Choice best_;
  std::int64_t bound_ = 0;     // no choice is worth more than this and the best
  std::int64_t dropped_ = -1;  // most that a part left aside for the gap may be worth
  std::int64_t nodes_ = 0;
  bool stopped_ = false, by_user_ = false;
  // What deciding for and against a site took off the bound for each unit, on average.
  struct Effect {
    double in = 0, out = 0;
    int ins = 0, outs = 0;
  };
  std::vector<Effect> effects_;
};

}  // namespace abatis::covering
