#pragma once
// Branch and bound over what is bought by when, for several years. See docs/model/interdict.md.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "short_ways.hpp"

namespace abatis::interdiction {

// The functions `reach` and `stop` may be called by several threads at once.
struct PurchaseTask {
  const Ways* graph = nullptr;
  std::vector<std::int64_t> most;  // by year: what it reaches at most, never falling
  std::int64_t best = 0;           // only what is better is looked for
  int threads = 1;
  // Arcs that take a problem of one year to a target; nothing where there are none, or on a stop.
  std::function<std::optional<std::vector<int>>(const InterdictProblem&, std::int64_t target)>
      reach;
  // Takes a plan that keeps to all budgets; what the best plan known reaches then.
  std::function<std::int64_t(const std::vector<InterdictPurchase>&)> offer;
  // No plan reaches more; called as that falls.
  std::function<void(std::int64_t)> bound;
  std::function<bool()> stop;
};

class PurchaseTree {
 public:
  explicit PurchaseTree(PurchaseTask task);

  // Until nothing better is left, or a stop.
  void run();
  std::int64_t nodes() const { return nodes_; }

 private:
  struct Node {
    std::vector<Decision> decisions;
    std::vector<std::int64_t> most;  // by year
    std::vector<char> kept;          // by year: it reaches no less than that either
    std::int64_t sum() const;
    std::size_t depth() const;
  };
  // The arcs that must stand in a year for it to reach so much.
  struct YearPlan {
    std::vector<int> arcs;
    std::int64_t reach = 0;
  };
  struct Look {
    std::vector<Node> children;
    std::vector<ShortWay> ways;
    std::vector<std::pair<int, YearPlan>> plans;  // of a year
    int failed = -1;  // a year that did not reach what it was thought to
    std::optional<std::vector<InterdictPurchase>> plan;
  };

  void add(Node node);
  Look look(const Node& node) const;
  std::optional<int> ask_years(const Node& node, const PurchaseDates& dates, ShortWays& ways,
                               Look& seen) const;
  bool reaches(const PurchaseDates& dates, int year, std::int64_t target, Look& seen) const;
  static std::optional<Node> lowered(Node node, int year);
  static void split_year(const Node& node, int year, Look& seen);
  static void split(const Node& node, Decision decision, Look& seen);
  int arc_of(const ShortWay& way, int year, const PurchaseDates& dates, std::int64_t lack) const;
  void take(Look look);

  PurchaseTask task_;
  const InterdictProblem& problem_;
  const PurchaseDates nothing_decided_;
  // What may reach most, then what is decided most, then what came last.
  std::map<std::tuple<std::int64_t, std::size_t, std::int64_t>, Node, std::greater<>> open_;
  std::vector<ShortWay> ways_;
  std::vector<std::vector<YearPlan>> plans_;  // by year
  std::vector<std::int64_t> failures_;        // by year
  std::int64_t nodes_ = 0, made_ = 0;
};

}  // namespace abatis::interdiction
