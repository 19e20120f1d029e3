#pragma once
// The limits of a problem by option: what a change of purchases does to them.

#include <span>
#include <tuple>
#include <vector>

#include "rules.hpp"

namespace abatis::plan_detail {

struct LimitUse {
  int limit = 0;
  double amount = 0;
};

class LimitTable {
 public:
  explicit LimitTable(const PlanProblem& problem);

  // What buying an option does, by limit, amounts of zero left out.
  std::span<const LimitUse> of(int option) const { return uses_[at(option)]; }
  // The options that give to a limit, ascending.
  const std::vector<int>& givers(int limit) const { return givers_[at(limit)]; }
  bool gives(int option) const { return gives_[at(option)] != 0; }
  bool any_gives() const { return any_gives_; }
  // Whether a limit may make an option worth buying that delays nothing.
  bool may_ask_for(int option) const { return asked_[at(option)] != 0; }
  // Ends of a limit with rounding granted.
  double low(int limit) const { return low_[at(limit)]; }
  double high(int limit) const { return high_[at(limit)]; }
  // What a unit of a limit is worth in EUR: the least that one costs of an option that gives it, or
  // on average of those that use it where none does.
  double rate(int limit) const { return rate_[at(limit)]; }
  std::size_t size() const { return low_.size(); }

 private:
  std::vector<std::vector<LimitUse>> uses_;  // by option
  std::vector<char> gives_, asked_;          // by option
  std::vector<std::vector<int>> givers_;     // by limit
  std::vector<double> low_, high_, rate_;    // by limit
  bool any_gives_ = false;
};

// What is bought at a site needs something that gives, whatever the amounts: without any, the limit
// would be broken. By the end of each year, or of the last one, the purchases of `users` (options
// of one site) are no more than those of `givers`. Stronger than the limit on fractions: a tenth of
// a park does not serve a whole site.
struct Link {
  std::vector<int> users, givers;  // options, ascending
  bool by_year_end = false;
  bool operator<(const Link& other) const {
    return std::tie(users, givers, by_year_end) <
           std::tie(other.users, other.givers, other.by_year_end);
  }
};
// Of all limits, each once, in ascending order.
std::vector<Link> links_of(const PlanProblem& problem, const LimitTable& limits);

}  // namespace abatis::plan_detail
