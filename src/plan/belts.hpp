#pragma once
// Plans out of whole belts: year by year, what lifts the cells of that year as high as the money
// lets it, by a linear program of covers whose largest shares are bought until the rest is whole.

#include <functional>
#include <optional>
#include <vector>

#include "heuristic.hpp"

namespace abatis::plan_detail {

class Belts {
 public:
  Belts(const Instance& instance, PathPool& pool, Heuristic& heuristic, std::function<bool()> stop);

  // Buys beside what is in `books` what lifts each cell of `year` to its level (by cell, s; others
  // do not count), all but a little. False, and books as they were, when that is not found.
  bool raise(Books& books, int year, const std::vector<double>& level) const;
  // A whole plan: in each year as much as can be had of the way to the top, the same share of it in
  // all cases but for `share` (by case, 1 = all of it). Nothing when what must be bought cannot be
  // met then, or when it was stopped.
  std::optional<Books> build(const std::vector<double>& share) const;

 private:
  mutable int view_ = -1;
  mutable double view_part_ = 0;
  bool put(Books& books, int column) const;
  bool reaches(const Books& books, int cell, double level) const;
  void prune(Books& books, const Books& before, int year, const std::vector<double>& level) const;
  bool raise_most(Books& books, int year, const std::vector<char>& kases, int halvings) const;

  const Instance& instance_;
  PathPool& pool_;
  Heuristic& heuristic_;
  Givers givers_;
  std::function<bool()> stop_;
};

}  // namespace abatis::plan_detail
