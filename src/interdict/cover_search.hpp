#pragma once
// Plans by local search over covers. Each way that is shorter than the target of a year must be
// covered: the delays bought on it by then make up what it lacks. A pool of such ways grows by
// shortest ways under the plan at hand; arcs are swapped so that less of the pool is open, and ways
// that stay open gain weight (the breakout of Morris 1993), which leads out of local optima.

#include <cstdint>
#include <functional>
#include <vector>

#include "abatis/base/random.hpp"
#include "ways.hpp"

namespace abatis::interdiction {

class CoverSearch {
 public:
  // `from`, `to`: bare lengths from the source and to the sink, by node.
  CoverSearch(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
              const std::vector<std::int64_t>& to);

  // Looks for purchases within the budgets that keep the sink at least targets[y] away in each year
  // y, but for `spare` that the years together may stay below their targets; for about `work` looks
  // at arcs and ways. True: plan() is one. The pool and the plan at hand are kept from call to
  // call. Deterministic.
  bool reach(const std::vector<std::int64_t>& targets, std::int64_t work, std::int64_t spare = 0,
             const std::function<bool()>& stop = {});
  std::vector<InterdictPurchase> plan() const;
  // By arc: is it on a way of the pool that is shorter than `target` with nothing bought?
  std::vector<char> on_ways(std::int64_t target) const;

 private:
  struct Use {
    int way = 0;
    double delay = 0;
  };
  struct Way {
    std::vector<int> arcs;
    std::int64_t lack = 0;
    double weight = 1;
    int open_at = -1;
  };
  // What the inner loop reads of a way.
  struct Need {
    double left = 0;  // of what it lacks, whole; 0 or less: covered
    double each = 0;  // weight by unit of lack
    int year = 0;
  };
  struct Drop {
    int arc = -1;
    double loss = 0;
  };

  void restrict_to(const std::vector<std::int64_t>& targets);
  bool buyable(int arc, int year) const;
  bool shortest(int year, std::vector<int>& way);
  bool widen_pool();
  void enter(std::size_t way);
  void put_gain_by_year(int arc);
  double loss_of(int arc);
  void set_open(std::size_t way);
  void buy(int arc, int year);
  void give_up(int arc);
  Drop cheapest_to_drop(int year);
  void swap_in(std::size_t way);
  void shift_spare(int year, std::int64_t by);
  bool move_spare(std::size_t way);

  const InterdictProblem& problem_;
  const std::vector<std::int64_t>&from_, &to_;
  int years_;
  std::vector<std::int64_t> targets_, left_;
  std::int64_t work_ = 0, step_ = 0;
  Random random_;
  std::vector<int> year_of_, given_up_in_;                     // by arc, -1: not bought, never
  std::vector<int> bought_;                                    // arcs
  std::vector<std::int64_t> extra_, free_again_, held_until_;  // by arc
  std::vector<int> first_out_, out_;                           // arcs on ways below a target
  std::vector<Way> ways_;
  std::vector<Need> needs_;             // by way
  std::vector<std::vector<Use>> uses_;  // by arc
  std::vector<int> open_;
  std::vector<double> gain_;  // by year
  // By year: what it may stay below its target, steps at which that is free to rise or fall again,
  // and its ways.
  std::vector<std::int64_t> spare_, spare_free_again_, spare_held_until_;
  std::vector<std::vector<int>> ways_of_;
  std::int64_t spare_left_ = 0;
  std::vector<std::int64_t> reached_;
  std::vector<int> by_, touched_;
  std::vector<std::pair<std::int64_t, int>> heap_;
};

}  // namespace abatis::interdiction
