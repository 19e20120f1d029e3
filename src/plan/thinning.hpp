#pragma once
// Greedy in reverse: from more purchases than the money pays for, those are put off or dropped that
// are missed least for the money they set free, until every limit holds. Unlike a greedy that adds,
// it sees what a belt is worth, since the belt is whole when it starts.

#include <functional>
#include <vector>

#include "books.hpp"
#include "surrogate.hpp"

namespace abatis::plan_detail {

class Thinning {
 public:
  // `stop`, when given, is polled: a thinning that was stopped returns false.
  explicit Thinning(const Instance& instance, std::function<bool()> stop = {});

  // Looks at `books` as they are during the work: what is learnt goes into the surrogate.
  using Look = std::function<void(const Books&, Surrogate&)>;

  // Thins `books`, which may overdraw years, upper limits of earmarks and limits, and keeps the
  // surrogate in step. Lower limits of earmarks and lows are not gone below, and no limit is broken
  // that holds, so what something relies on stays as long as that does. `liking`, by option (s):
  // what a purchase is thought to be worth beyond what the known paths say. `look` is called every
  // `every` steps (0 = never); what was put off since and turns out to be missed comes back. False
  // when no purchase can go and some limit is still broken. O(steps x cells x paths) with few looks
  // a step.
  bool thin(Books& books, Surrogate& surrogate, const std::vector<double>& liking, int every = 0,
            const Look& look = {}) const;
  // Lower limits of earmarks and lows count no more: for where they leave no way on. What they ask
  // for has to be bought again afterwards.
  void forget_lows() { lows_ = false; }
  // What a euro set free in each year counts for, 1 by default: other figures lead elsewhere.
  void count_years(std::vector<double> scarcity) { scarcity_ = std::move(scarcity); }

 private:
  struct Move {
    int from = -1, to = -1;                   // columns; to = -1: dropped
    double rate = 0, relief = 0;              // s/EUR, EUR
    bool operator<(const Move& other) const;  // later in the heap
  };
  struct State;
  double use(int column, int year) const {
    return column < 0 ? 0.0 : instance_.taken(column, year);
  }
  double relief(const State& state, int from, int to) const;
  Move best_move(State& state, int from) const;
  void make(State& state, const Move& move) const;
  template <class Push>
  void look_at_givers(State& state, int from, const Push& push) const;
  void take_back(State& state, std::vector<Move>& recent) const;

  const Instance& instance_;
  std::function<bool()> stop_;
  std::vector<double> limit_;  // by year: EUR that may be spent by then
  std::vector<double> scarcity_;
  bool lows_ = true;
};

// Everything at once: at each site the option liked best, as early as it can be had, with conflicts
// kept; where quotas lack something then, what is liked least goes for it. The start of a thinning.
Books everything(const Instance& instance, const std::vector<double>& liking);

}  // namespace abatis::plan_detail
