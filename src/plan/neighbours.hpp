#pragma once
// Larger steps than local search takes: a whole belt is bought at once (all that raises one cell by
// some amount on the paths known), part of the plan is bought earlier, or something goes that
// others need, or a part of the way is gone to another good plan (path relinking; Glover, Laguna &
// Marti 2000); what is missed least then goes until all rules are kept again, and local search
// follows. Many such tries are made from the plan in hand, a fixed number at a time on threads, so
// the result does not depend on their count.

#include <functional>
#include <vector>

#include "abatis/base/random.hpp"
#include "heuristic.hpp"
#include "thinning.hpp"

namespace abatis::plan_detail {

class Neighbours {
 public:
  Neighbours(const Instance& instance, PathPool& pool, Heuristic& heuristic,
             std::function<bool()> stop);

  // One set of tries from `from`: the best plan found that is not `from` itself and loses at most
  // `loss` s to it, measured by shortest paths; nothing when there is none. `x`: a point of the
  // relaxation, by column, that says which options are worth looking at.
  std::optional<Incumbent> tries(const Incumbent& from, const std::vector<double>& x, double loss);
  // Keeps a plan among the good ones that tries go towards.
  void remember(const Incumbent& plan);

 private:
  struct Try {
    double value = 0;  // on the paths known
    std::optional<Books> books;
  };
  Try attempt(Books books, Surrogate surrogate, const std::vector<double>& x, Random random) const;
  int draw_cell(const std::vector<double>& time, Random& random) const;
  void buy_belt(Books& books, Surrogate& surrogate, const std::vector<double>& time,
                Random& random) const;
  void buy_earlier(Books& books, Surrogate& surrogate, Random& random) const;
  void relink(Books& books, Surrogate& surrogate, Random& random) const;
  void close(Books& books, Surrogate& surrogate, Random& random) const;
  void put(Books& books, Surrogate& surrogate, int column) const;

  const Instance& instance_;
  PathPool& pool_;
  Heuristic& heuristic_;
  Givers givers_;
  std::function<bool()> stop_;
  std::vector<Incumbent> elite_;  // good plans that differ from each other, best first
  std::uint64_t count_ = 0;       // tries made: the stream of the next one
};

}  // namespace abatis::plan_detail
