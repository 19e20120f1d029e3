#pragma once
// Plans of one year by local search over covers. Each way shorter than the target must be covered:
// the delays bought on it make up what it lacks. A pool of such ways grows by shortest ways under
// the plan at hand; arcs are swapped so that less of the pool is open, and ways that stay open gain
// weight (the breakout of Morris 1993), which leads out of local optima.

#include <cstdint>
#include <optional>
#include <vector>

#include "abatis/base/random.hpp"
#include "ways.hpp"

namespace abatis::interdiction {

class CoverSearch {
 public:
  // `from`, `to`: bare lengths from the source and to the sink, by node.
  CoverSearch(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
              const std::vector<std::int64_t>& to, std::int64_t budget);

  // Arcs within the budget that keep the sink at least `target` away; nothing when none were found
  // within about `work` looks at arcs and ways. Targets should not fall from call to call: the pool
  // is kept. Deterministic.
  std::optional<std::vector<int>> reach(std::int64_t target, std::int64_t work);

 private:
  struct Use {
    int way = 0;
    std::int64_t delay = 0;
  };

  void restrict_to(std::int64_t target);
  bool buyable(int arc) const;
  // A shortest way, arcs lengthened by extra_; its length without extra_. kFar: none is below the
  // target with it.
  std::int64_t shortest(std::vector<int>& way);
  bool widen_pool();
  void add_way(const std::vector<int>& way);
  double open_share(std::size_t way, std::int64_t covered) const;
  double change(int arc, bool buying) const;
  void flip(int arc);
  void swap_in(std::size_t way);
  int cheapest_to_drop() const;

  const InterdictProblem& problem_;
  const std::vector<std::int64_t>&from_, &to_;
  std::int64_t budget_, spent_ = 0, target_ = 0, work_ = 0, step_ = 0;
  Random random_;
  std::vector<char> bought_;
  std::vector<int> plan_;
  std::vector<std::int64_t> extra_, free_again_, drop_again_;
  std::vector<int> arcs_, first_out_, out_;  // of ways shorter than the target
  std::vector<std::vector<int>> ways_;
  std::vector<std::int64_t> bare_, lack_, covered_;  // by way
  std::vector<double> weight_;
  std::vector<std::vector<Use>> uses_;  // by arc
  std::vector<int> open_, open_at_;
  std::vector<std::int64_t> reached_;
  std::vector<int> by_, touched_;
  std::vector<std::pair<std::int64_t, int>> heap_;
};

}  // namespace abatis::interdiction
