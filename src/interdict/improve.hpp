#pragma once
// Plans by local search: arcs on the shortest ways are bought, others given up for them.

#include <vector>

#include "ways.hpp"

namespace abatis::interdiction {

// How good a plan is: the sum of the yearly lengths, then how few ways are that short.
struct Worth {
  std::int64_t length = 0;
  double ways = 0;  // sum over years of the logarithm of their number
  friend bool operator<(const Worth& a, const Worth& b) {
    return a.length != b.length ? a.length < b.length : a.ways > b.ways + 1e-9;
  }
};

// A plan here is the year in which each arc is bought, -1 never.
class Improver {
 public:
  explicit Improver(const Ways& ways);

  // Changes an affordable plan while that makes it better: buys what budgets allow on shortest
  // ways, and swaps; then goes on from the best plan with some purchases taken back. Ends at
  // `target`, or after `trials` plans were measured. Deterministic.
  void improve(std::vector<int>& year_of, std::int64_t target, std::int64_t trials);

  // An affordable plan that ends with these arcs, or most of them: what the last year can do
  // without best is bought last. O(arcs squared) shortest ways.
  std::vector<int> spread(std::vector<int> arcs);

  std::vector<int> nothing() const { return std::vector<int>(arcs_, -1); }
  std::vector<int> from_purchases(const std::vector<InterdictPurchase>& purchases) const;
  std::vector<InterdictPurchase> to_purchases(const std::vector<int>& year_of) const;

 private:
  struct Move {
    int buy = 0;
    int year = 0;
    int drop = -1;  // bought in that year so far; -1: there is money left
  };

  Worth worth(const std::vector<int>& year_of);
  Worth worth_of(const std::vector<int>& arcs);
  void list_bought(const std::vector<int>& year_of);
  std::vector<std::int64_t> left(const std::vector<int>& year_of) const;
  std::vector<Move> moves(const std::vector<int>& year_of);
  void apply(std::vector<int>& year_of, const Move& move) const;
  bool step(std::vector<int>& year_of, Worth& best, std::int64_t& trials);

  const Ways& ways_;
  std::size_t arcs_;
  int years_;
  Ways::Scratch scratch_;
  std::vector<std::int64_t> bare_, length_;
  std::vector<int> bought_;
  std::vector<std::vector<int>> way_of_;  // by year
  Worth last_;
};

}  // namespace abatis::interdiction
