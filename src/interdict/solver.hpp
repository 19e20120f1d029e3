#pragma once
// What the searches for one year and for several share: the best plan, the bound, and the stop.

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "abatis/base/quiet.hpp"
#include "clusters.hpp"
#include "cover_search.hpp"
#include "improve.hpp"
#include "tree.hpp"

namespace abatis::interdiction {

// Looks at arcs and ways in a local search, by arc of the network and at most.
struct Work {
  std::int64_t by_arc = 0;
  std::int64_t most = 0;
};

class Solver {
 public:
  Solver(const InterdictProblem& problem, const InterdictOptions& options, Monitor& monitor);
  // How hard one target is tried before a tree: looks for a plan (a few tenths of a second), and
  // passes over a part of the network.
  struct Patience {
    Work climb{50'000, 100'000'000};
    int passes = 200;
  };

  InterdictResult run();
  // Of one year: arcs that take it to a target; nothing where there are none, or on a stop. Plans
  // are not looked for long before the proof that there is none.
  std::optional<std::vector<int>> reach(std::int64_t target);

 private:
  bool stop();
  bool is_near(std::int64_t objective) const;
  bool near_enough() const;
  std::int64_t objective_of(const std::vector<InterdictPurchase>& purchases) const;
  void take(const std::vector<int>& year_of);
  void take_purchases(const std::vector<InterdictPurchase>& purchases);
  void lower_bound_to(std::int64_t bound);
  void climb(std::int64_t by_arc, std::int64_t most);
  void climb_years();
  void search_one_year();
  TreeTask task_for(std::int64_t target);
  void bound_without_program(std::int64_t reached, bool by_ways);
  bool decide(std::int64_t target);
  bool decide_by_triples(const TreeTask& task, std::int64_t target);
  bool decide_by_program(const TreeTask& task, std::int64_t target);
  std::optional<Clusters> begin_part(const TreeTask& task, std::int64_t target,
                                     bool& refuted) const;
  bool ended(TreeEnd end, std::int64_t target, std::int64_t nodes);
  InterdictOptions for_part(double share) const;
  void look_at_years_alone();
  void search_years();
  void search_purchases();
  std::int64_t shortest_way_at_most(std::int64_t money);
  std::int64_t coarseness() const;
  void search_coarse(std::int64_t unit);
  std::vector<InterdictPurchase> guess(const Shares& shares, std::int64_t target,
                                       std::int64_t trials) const;
  std::int64_t trials(std::int64_t work) const;

  const InterdictProblem& problem_;
  const InterdictOptions& options_;
  Monitor& monitor_;
  Ways ways_;
  Improver improver_;
  std::vector<std::int64_t> from_, to_;
  CoverSearch covers_;
  std::chrono::steady_clock::time_point began_;
  std::atomic<bool> stopped_ = false, interrupted_ = false;  // by any thread
  std::int64_t most_ = 0;                                    // no year reaches more
  std::vector<std::int64_t> reach_;  // by year: what it could reach alone, at most
  bool bounded_ = false;
  Patience patience_;
  std::vector<int> best_;
  InterdictResult result_;
};

}  // namespace abatis::interdiction
