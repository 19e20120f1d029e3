#pragma once
// Plans out of whole belts: year by year, what lifts the cells of that year as high as the money
// lets it, by a linear program of covers whose greatest shares are bought until the rest is whole.

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "cover_program.hpp"
#include "heuristic.hpp"

namespace abatis::plan_detail {

class Belts {
 public:
  // `price`: what is asked to be least where levels are met. `share`: what the program buys that
  // much of is bought at once (or, where it buys less of all, what it buys most of); near 1 fewer
  // purchases are made before the rest is solved again. `stop` is polled between steps.
  Belts(const Instance& instance, PathPool& pool, Heuristic& heuristic, Price price, double share,
        std::function<bool()> stop);

  // Buys in `year` or before, beside what is in `books`, what lifts each of its cells to its level
  // (by cell, s), all but a little; what earmarks and quotas ask for stays within reach of shares
  // of later purchases. False, and books as they were, when that is not found. `falls`: not null
  // where levels that turn out not to be had may come down on the way; it then counts how often.
  bool raise(Books& books, int year, std::vector<double> level, int* falls = nullptr) const;
  // A whole plan: in each year as much as is found of the way to the top, first the same share of
  // it in all cases, then in those of each axis, then in each. `reached`: by year, the share in all
  // cases that a plan before had, from somewhat above which this one looks, 1 = from the top; then
  // what this one has, where it lifts the year. Nothing when what must be bought cannot be met, or
  // when stopped.
  std::optional<Books> build(std::vector<double>& reached) const;
  // A whole plan that begins with a late year: what is found to lift its cells the most, then the
  // years after it; years before have what of that acts on them.
  std::optional<Books> build_late(int year) const;
  // The first year in which shares of purchases come near the top in all cases, -1 = none.
  int first_year_near_top() const;

 private:
  bool put(Books& books, int column, bool& alone) const;
  void prune(Books& books, const Books& before, int year, const std::vector<double>& level) const;
  bool lower(const Books& books, std::vector<double>& level) const;
  double worth(const std::vector<Answer>& answers, int year) const;
  bool raise_falling(Books& books, int year) const;
  void raise_groups(Books& books, int year) const;
  std::optional<Books> build_from(int from, std::optional<Books> books,
                                  std::vector<double>& reached) const;
  std::vector<double> levels(const std::vector<Answer>& now, int year,
                             const std::vector<char>& cases, double part) const;
  std::optional<double> raise_most(Books& books, int year, const std::vector<char>& cases,
                                   std::span<const double> parts, int halvings) const;

  const Instance& instance_;
  PathPool& pool_;
  Heuristic& heuristic_;
  Givers givers_;
  Price price_;
  double share_;
  std::function<bool()> stop_;
  std::vector<std::vector<char>> groups_;  // of cases: those of each axis, then each alone
};

}  // namespace abatis::plan_detail
