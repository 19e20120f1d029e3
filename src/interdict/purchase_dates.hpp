#pragma once
// Several years: from when on arcs may be bought and by when they must be, and what follows for
// each year.

#include <cstdint>
#include <optional>
#include <vector>

#include "abatis/interdict/interdict.hpp"

namespace abatis::interdiction {

// An arc is bought in `year` or before, or not before the year after it.
struct Decision {
  int arc = 0;
  int year = 0;
  bool bought = false;
};

class PurchaseDates {
 public:
  // Arcs whose delay is 0 or that no year can pay are never bought.
  explicit PurchaseDates(const InterdictProblem& problem);

  // From nothing decided on. False when no plan keeps to the decisions. O(arcs x years).
  bool decide(const std::vector<Decision>& decisions);

  int years() const { return static_cast<int>(money_.size()); }
  // Whether an arc stands in a year in any case, and whether it can.
  bool must_stand(int arc, int year) const {
    return latest_[static_cast<std::size_t>(arc)] <= year;
  }
  bool may_stand(int arc, int year) const {
    return earliest_[static_cast<std::size_t>(arc)] <= year;
  }
  // Whether that is not decided yet.
  bool is_open(int arc, int year) const { return may_stand(arc, year) && !must_stand(arc, year); }
  // The money up to a year without what must be bought by then.
  std::int64_t left(int year) const { return left_[static_cast<std::size_t>(year)]; }
  // Whether these arcs may stand in a year together, beside those that must.
  bool admit(const std::vector<int>& arcs, int year) const;
  // A year by itself: what must stand is longer for nothing, what may not is not for sale.
  InterdictProblem year_alone(int year) const;
  std::vector<int> must_stand(int year) const;  // arcs, rising

  // What must be bought, the most urgent first and each as early as there is money for it; left out
  // where no year has any.
  std::vector<InterdictPurchase> schedule() const;
  // An arc that must be bought in a year that is open, and the half of its years; nothing where all
  // that must be bought has its year.
  std::optional<Decision> undated() const;

 private:
  bool set_left();

  const InterdictProblem& problem_;
  std::vector<std::int64_t> money_, left_;        // by year: all up to it
  std::vector<int> payable_, earliest_, latest_;  // by arc; the number of years: never
};

}  // namespace abatis::interdiction
