#pragma once
// A plan under construction: which rules a change would break, kept up step by step.

#include <vector>

#include "instance.hpp"

namespace abatis::plan_detail {

class Books {
 public:
  explicit Books(const Instance& instance);

  // Whether the column could be added: site free, no conflict, not barred, money there, no upper
  // limit of an earmark broken, and none of the limits it touches.
  // O(years (1 + limits of the option) + conflicts of the option).
  bool can_add(int column) const;
  // Whether it could go without a limit or an earmark being broken by that, and is not fixed.
  bool can_remove(int column) const;
  // Whether it could take the place of what stands at its site as far as decisions and conflicts
  // go: not barred, nothing fixed there, no conflict with anything bought elsewhere.
  bool may_stand(int column) const;
  void add(int column);
  void remove(int column);
  bool is_fixed(int column) const { return fixed_[at(column)]; }
  // The column bought for an option or at a site, -1 = none.
  int bought(int option) const { return bought_[at(option)]; }
  int bought_at(int site) const { return site_[at(site)]; }
  // EUR missing to what must be bought: of one class to the lower limit of its earmarks, of a limit
  // to its low at the worth of a unit; and summed.
  double missing() const;
  double missing(int budget_class) const;
  double missing_of_limit(int limit) const;
  // Whether buying an option would lower what is missing; chiefly: to a class only when that bears
  // the largest of its charges, since others bind more money than they count for.
  bool is_missed(int option, bool chiefly) const;
  bool lower_limits_met() const;
  // EUR by which the whole cost of a class may fall before a lower limit is missed or missed by
  // more, and by which it may rise before an upper one is broken (negative: it is). +infinity
  // where there is no limit.
  double room_to_lower_limit(int budget_class) const;
  double room_to_upper_limit(int budget_class) const;
  bool upper_limits_broken() const;
  // Whether a limit is above its high at the end of a year where that counts.
  bool limits_overdrawn() const { return overdrawn_ > 0; }
  // By how much a limit is above its high at the end of a year, in its unit; 0 where it is not or
  // where that does not count.
  double overdrawn(int limit, int year) const;
  // What a change from one column to another (-1 = none) does to the limits.
  struct LimitChange {
    // An end that is kept would not be, or one that is not would be missed by more.
    bool breaks_low = false, breaks_high = false;
    double relief = 0;  // of what is overdrawn, by year, EUR at the worth of a unit
    bool breaks() const { return breaks_low || breaks_high; }
  };
  LimitChange change_of_limits(int from, int to) const;
  // Whether every year can be paid; with that, whether all rules on what is bought are kept.
  bool paid() const;
  // Whether the money for a column is there.
  bool may_pay(int column) const {
    const Column& c = instance_->columns[at(column)];
    return affordable(c.option, c.year);
  }
  bool in_limits() const { return lower_limits_met() && !upper_limits_broken(); }
  // Whether `option` conflicts with nothing bought; `instead` is to go for it and does not count.
  bool free_of_conflicts(int option, int instead) const;
  const std::vector<int>& plan() const { return plan_; }  // columns, unordered
  std::vector<Purchase> purchases() const;                // by year, then option
  std::vector<double> as_point() const;                   // by column, 0 or 1

 private:
  bool affordable(int option, int year) const;
  bool limits_allow(int column) const;
  void count(int column, double sign);
  double& used(int limit, int year) {
    return used_[at(limit) * at(instance_->problem.years) + at(year)];
  }
  double used(int limit, int year) const {
    return used_[at(limit) * at(instance_->problem.years) + at(year)];
  }
  LimitSpan span(int limit) const { return instance_->problem.limits[at(limit)].span; }
  // One past the last year in which a purchase of `year` counts for a limit.
  int end(int limit, int year) const {
    return span(limit) == LimitSpan::each_year ? year + 1 : instance_->problem.years;
  }
  bool counts(int limit, int year) const {
    return year == instance_->problem.years - 1 || span(limit) != LimitSpan::horizon;
  }
  const Instance* instance_;  // a pointer, so that books can be assigned
  std::vector<int> bought_, site_, plan_;
  std::vector<char> fixed_, barred_;         // by column
  std::vector<std::vector<int>> conflicts_;  // by option
  std::vector<double> spent_;                // by year
  std::vector<double> total_, low_, high_;   // by class
  std::vector<double> used_;                 // by limit, year: what is bought by its end
  int overdrawn_ = 0, short_ = 0;            // (limit, year) above the high; limits below the low
};

}  // namespace abatis::plan_detail
