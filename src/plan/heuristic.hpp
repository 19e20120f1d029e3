#pragma once
// Whole plans out of fractional ones: rounding, repair of what must be bought, and local search.

#include <functional>
#include <optional>
#include <vector>

#include "books.hpp"
#include "givers.hpp"
#include "paths.hpp"
#include "surrogate.hpp"

namespace abatis::plan_detail {

struct Incumbent {
  double objective = 0;
  std::vector<int> columns;
  std::vector<Purchase> purchases;
};

class Heuristic {
 public:
  // `stop` is polled between steps; what is there by then is returned.
  Heuristic(const Instance& instance, PathPool& pool, std::function<bool()> stop);

  // Rounds x (by column): options in order of their share, each in the first year by which
  // `share` of its purchase has been made and that can pay for it, with what it needs. Nothing when
  // what must be bought cannot be met this way.
  std::optional<Books> round(const std::vector<double>& x, double share) const;
  // Buys what must be bought, by worth, and swaps towards it; false when that is not enough.
  bool fill(Books& books) const;
  // Local search on the known paths, each result checked by shortest paths, whose paths join the
  // pool, until both agree. Quick: add, and buy earlier; thorough: exchange of years and swap, too.
  enum class Effort { quick, thorough };
  Incumbent improve(const Books& start, const std::vector<double>& x, int passes,
                    Effort effort = Effort::thorough);
  // Fixed decisions with what they need, and as much of a plan as can be kept beside them.
  std::optional<Books> keep(const std::vector<Purchase>& plan) const;
  // Adds a column at a free site with what it needs, or alone where that is not to be had.
  void put(Books& books, int column) const {
    if (!givers_.put(books, column)) books.add(column);
  }
  // The plan as it is.
  Incumbent measure(const Books& books);
  // The plan on the newest known paths of each case.
  Surrogate surrogate(const Books& books) const;
  // The quick part of local search, on the known paths alone.
  void settle(Books& books, Surrogate& surrogate, const std::vector<double>& x) const;

 private:
  std::vector<int> candidates(const Books& books, const std::vector<double>& x) const;
  int first_open(const Books& books, int option, int from_year) const;
  bool place(Books& books, int option, int from_year) const;
  std::vector<int> round_order(const std::vector<double>& share) const;
  bool fill_lower_limits(Books& books, const std::vector<int>& order) const;
  bool swap_towards_limits(Books& books) const;
  bool search_once(Books& books, Surrogate& surrogate, const std::vector<int>& options,
                   Effort effort) const;
  bool add_best(Books& books, Surrogate& surrogate, const std::vector<int>& options) const;
  bool drop_idle(Books& books, Surrogate& surrogate) const;
  bool move_earlier(Books& books, Surrogate& surrogate) const;
  bool swap(Books& books, Surrogate& surrogate, const std::vector<int>& options) const;
  bool exchange_years(Books& books, Surrogate& surrogate) const;
  std::vector<std::vector<int>> relevant_paths() const;

  const Instance& instance_;
  PathPool& pool_;
  Givers givers_;
  std::function<bool()> stop_;
  std::vector<double> worth_;  // by option: weighted delay per euro, bought at once
};

}  // namespace abatis::plan_detail
