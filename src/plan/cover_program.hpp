#pragma once
// What it takes at least to lift cells of one year to given times: a linear program of covers.
// Where a single purchase delays by more than is lacking all coefficients of a cover (covers.hpp)
// are equal, so it is nearly a cut of the network and asks for whole belts, which the cuts under
// the times of the relaxation do not: half of a belt is half of what they ask for.

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "books.hpp"
#include "covers.hpp"

class ClpSimplex;

namespace abatis::plan_detail {

// What is asked to be least: money by the last year with a level, or what is taken of every rule
// with an upper end as a share of what is left there (money, classes, limits).
enum class Price : std::uint8_t { money, scarcity };

class CoverProgram {
 public:
  // What is in `books` stands; beside it may be bought what acts on a cell with a level, what gives
  // to others, and late purchases that meet lows, under all rules on money and limits. `level`: by
  // cell, s; at or below the time with nothing built it asks for nothing. bought() tells purchases
  // of `year` and before.
  CoverProgram(const Instance& instance, PathPool& pool, const Books& books, int year,
               const std::vector<double>& level, Price price);
  ~CoverProgram();
  CoverProgram(const CoverProgram&) = delete;
  CoverProgram& operator=(const CoverProgram&) = delete;

  // Solves and adds covers that are violated, at most `rounds` times. False when no shares of
  // purchases reach the levels under the rules, or when `stop`, which is polled, says so.
  bool solve(int rounds, const std::function<bool()>& stop = [] { return false; });
  // Price beyond what stands at the last solve, EUR or shares summed over rules; and of a column by
  // itself, infinity where the program has no such column.
  double price() const;
  double price(int column) const;
  // What the last solve buys beside what stands, the greatest shares first: (column, share).
  std::vector<std::pair<int, double>> bought() const;
  // Tells a column of bought() to stand, or to be left out.
  void stand(int column);
  void bar(int column);

 private:
  struct Found {
    int cell = 0, path = 0;
    double lack = 0;  // share of what the cover asks for
  };
  std::vector<int> choose_columns(const Books& books);
  const std::vector<int>& columns() const { return covers_->columns(); }
  bool is_worse(int column, int other) const;
  bool acts(const Books& books, int column) const;
  void add_rules(const std::vector<Row>& rows);
  std::vector<double> money() const;
  std::vector<double> scarcity(const Books& books, const std::vector<Row>& rows) const;
  bool may_be_asked(int option) const;
  int separate();
  int round(const double* x);
  std::vector<Found> violated(int cell, const double* x) const;
  void add(const std::vector<Found>& covers);

  const Instance& instance_;
  PathPool& pool_;
  int year_ = 0;
  std::vector<int> cells_;     // those with a level
  std::vector<int> years_;     // of those cells, ascending
  std::vector<double> level_;  // by cell of the instance
  std::vector<int> index_;     // by column of the instance, -1 = not in the program
  std::unique_ptr<Covers> covers_;
  double unit_ = 1;                        // of the objective
  std::set<std::pair<int, int>> present_;  // (cell, path)
  std::unique_ptr<ClpSimplex> lp_;
};

}  // namespace abatis::plan_detail
