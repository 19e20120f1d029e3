#pragma once
// Ways that were too short in some year at some time, and what they say of a year: whether its
// target can still be reached, and what there is to choose from.

#include <cstdint>
#include <optional>
#include <vector>

#include "purchase_dates.hpp"
#include "ways.hpp"

namespace abatis::interdiction {

struct ShortWay {
  std::vector<int> arcs;
  std::int64_t length = 0;  // bare
};

class ShortWays {
 public:
  // `known` must not change meanwhile.
  ShortWays(const Ways& graph, const std::vector<ShortWay>& known);

  enum class Year : std::uint8_t { reached, open, hopeless };
  // Is every way as long as the target, with what must stand in a year? Else a way that is shorter
  // is known from now on, and the answer is whether the money may still do it.
  Year look(const PurchaseDates& dates, int year, std::int64_t target);
  // Where the year is open: the way with the fewest arcs to choose from.
  const ShortWay& narrowest(const PurchaseDates& dates, int year, std::int64_t target) const;
  // What a way is short of the target.
  std::int64_t lack(const ShortWay& way, const PurchaseDates& dates, int year,
                    std::int64_t target) const;

  std::vector<ShortWay>& fresh() { return fresh_; }

 private:
  template <class See>
  void each_short(const PurchaseDates& dates, int year, std::int64_t target, See see) const;
  bool find_shortest(const PurchaseDates& dates, int year, std::int64_t target);
  std::optional<std::int64_t> money_for(const ShortWay& way, const PurchaseDates& dates, int year,
                                        std::int64_t lack) const;
  bool within_money(const PurchaseDates& dates, int year, std::int64_t target) const;

  const Ways& graph_;
  const InterdictProblem& problem_;
  const std::vector<ShortWay>& known_;
  std::vector<ShortWay> fresh_;
  Ways::Scratch scratch_;
};

}  // namespace abatis::interdiction
