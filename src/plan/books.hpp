#pragma once
// A plan under construction: which rules a change would break, kept up step by step.

#include <vector>

#include "instance.hpp"

namespace abatis::plan_detail {

class Books {
 public:
  explicit Books(const Instance& instance);

  // Whether the column could be added: site free, no conflict, not barred, money there, and no
  // upper limit of an earmark broken. O(years + conflicts of the option).
  bool can_add(int column) const;
  void add(int column);
  void remove(int column);
  bool is_fixed(int column) const { return fixed_[at(column)]; }
  // The column bought for an option or at a site, -1 = none.
  int bought(int option) const { return bought_[at(option)]; }
  int bought_at(int site) const { return site_[at(site)]; }
  // EUR missing to the lower limits of earmarks, summed; and of one class.
  double missing() const;
  double missing(int budget_class) const;
  bool lower_limits_met() const;
  // EUR by which the whole cost of a class may fall before a lower limit is missed or missed by
  // more, and by which it may rise before an upper one is broken (negative: it is). +infinity
  // where there is no limit.
  double room_to_lower_limit(int budget_class) const;
  double room_to_upper_limit(int budget_class) const;
  bool upper_limits_broken() const;
  // Whether `option` conflicts with nothing bought; `instead` is to go for it and does not count.
  bool free_of_conflicts(int option, int instead) const;
  const std::vector<int>& plan() const { return plan_; }  // columns, unordered
  std::vector<Purchase> purchases() const;                // by year, then option
  std::vector<double> as_point() const;                   // by column, 0 or 1

 private:
  bool affordable(int option, int year) const;
  const Instance* instance_;  // a pointer, so that books can be assigned
  std::vector<int> bought_, site_, plan_;
  std::vector<char> fixed_, barred_;         // by column
  std::vector<std::vector<int>> conflicts_;  // by option
  std::vector<double> spent_;                // by year
  std::vector<double> total_, low_, high_;   // by class
};

}  // namespace abatis::plan_detail
