#pragma once
// Can several years reach their targets with purchases that stay? Each year has labels of its own
// and the bound of triples; what they share is what an arc costs. See docs/model/interdict.md.

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "clusters.hpp"

namespace abatis::interdiction {

class NestedYears {
 public:
  // `layers`: one a year, sinks at the year's target. `money`: all that is there up to each year.
  // They must outlive it. Nothing where tables would be too large.
  static std::optional<NestedYears> make(const InterdictProblem& problem,
                                         const std::vector<Layer>& layers,
                                         const std::vector<std::int64_t>& money);

  Cost bound() const;
  Cost limit() const { return limit_; }
  bool refuted() const { return refuted_ || bound() > limit_; }
  // Passes and shifts of prices until no plan is left (then false) or the bound rises slowly.
  bool settle(double patience, const std::function<bool()>& stop);
  // The same, and money of single years becomes worth more or less where that raises the bound.
  bool settle_worth(double patience, const std::function<bool()>& stop);

  struct Split {
    std::size_t year = 0;
    Clusters::Split labels;
  };
  // Where to cut labels in two: both sides raise the bound most nearby. Nothing where all are
  // single. False in `alive`: that side has no plan.
  std::optional<Split> choose(std::array<bool, 2>& alive) const;
  // False when no plan is left.
  bool restrict(const Split& split, bool up);
  // With single labels only: are the purchases they ask for within the money?
  bool within_money(const std::vector<Layer>& layers) const;

 private:
  struct Use {
    std::size_t year = 0, arc = 0;  // of the layer
  };

  bool set_limits();
  void shift_prices(std::size_t arc, bool forward);
  bool round(int count);
  bool shift_worth(std::size_t year, Cost by);
  double share() const;

  const InterdictProblem* problem_ = nullptr;
  std::vector<Clusters> years_;
  std::vector<std::vector<Use>> uses_;    // by arc
  std::vector<std::vector<Cost>> price_;  // by arc and year
  std::vector<Cost> worth_;               // by year: what money up to it is worth
  std::vector<std::int64_t> money_;
  Cost limit_ = 0, grain_ = 1;
  bool refuted_ = false;
};

enum class Answer : std::uint8_t { yes, no, open };

// Does a plan reach all targets? A search of at most so many nodes. `yes`: with all the money up to
// each year, whatever single years have.
Answer search_nested(NestedYears root, const std::vector<Layer>& layers, std::int64_t most,
                     const std::function<bool()>& stop);

}  // namespace abatis::interdiction
