#pragma once
// Purchases that need others: a stored obstacle is worth nothing before its park is open. What is
// put into books brings along what the limits then lack.

#include <optional>
#include <vector>

#include "books.hpp"

namespace abatis::plan_detail {

// Columns that go and come together.
struct Change {
  std::vector<int> drop, take;
};

void apply(Books& books, const Change& change);
void undo(Books& books, const Change& change);

class Givers {
 public:
  explicit Givers(const Instance& instance) : instance_(instance) {}

  // Puts a column in the place of whatever stands at its site, and buys, for each limit that is
  // then overdrawn, what gives to it at the least cost per unit: something new, something dearer
  // in the place of what stands there, or earlier what was bought later. Money and earmarks are
  // not looked at. Nothing, and books as they were, when decisions, conflicts or limits forbid it.
  std::optional<Change> put(Books& books, int column) const;
  // The same so that the books, which keep all rules, still do; in the first year from `from_year`
  // on in which that can be. For options whose site is free.
  std::optional<Change> put_within_rules(Books& books, int option, int from_year) const;
  // Buys what is lacking to limits overdrawn; what stands at the site of `keep` (a column, -1 =
  // none) stays. False, and books as they were, when that is not to be had.
  bool repair(Books& books, Change& change, int keep) const;

 private:
  int cheapest(const Books& books, int limit, int year, int keep) const;

  const Instance& instance_;
};

}  // namespace abatis::plan_detail
