#pragma once
// What the times of some cells of one year come to at most less the price of what that takes, where
// each time is known to lie in a range: a linear program.
//
// With z = low + (high - low) v, and for every path P,
//
//   v (high - length(P)) <= sum min(n delay, high - length(P)) x     where length(P) <= low
//   z - length(P)        <= sum min(n delay, high - length(P)) x     where it is longer
//   low - length(P)      <= sum min(n delay, low - length(P)) x      (a cover, and its roundings)
//
// hold for every whole plan whose times lie in the ranges: the first since v is 1 at most.

#include <functional>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include <ClpSimplex.hpp>

#include "covers.hpp"

namespace abatis::plan_detail {

// Cells of one year that are bounded together, and what may be bought for them.
struct YearGroup {
  std::vector<int> cells;    // of the instance
  std::vector<double> cost;  // of a column of the program, millions of EUR
  std::vector<Row> rules;    // on money and limits
  std::unique_ptr<Covers> covers;
};

// A path of a cell of a group, as its place in the group and in the pool.
struct CellPath {
  int cell = 0, path = 0;
  bool operator<(const CellPath& other) const {
    return std::tie(cell, path) < std::tie(other.cell, other.path);
  }
};

struct TimeRanges {
  std::vector<double> low, high;  // by cell of the group, s
  double bound = 0;               // of these ranges, s
  // Rows to begin with: those that held a program of wider ranges back.
  std::vector<CellPath> covers, cuts;
  std::vector<std::shared_ptr<const Covers::Terms>> roundings;  // at least 1
};

class YearProgram {
 public:
  // `price`: s a million EUR.
  YearProgram(const Instance& instance, const YearGroup& group, PathPool& pool,
              const TimeRanges& ranges, double price);
  // The least bound found, s; -infinity where the ranges are proven not to be had.
  double solve(const std::function<bool()>& stop);
  // The rows that hold the last solve back.
  void leave_rows(TimeRanges& ranges) const;

 private:
  struct Tag {  // of a row
    bool is_cover = false;
    CellPath spot;
    std::shared_ptr<const Covers::Terms> rounding;
  };
  double width(std::size_t i) const { return ranges_.high[i] - ranges_.low[i]; }
  const std::vector<Path>& paths(int cell) const;
  double level(int cell, bool is_cover) const;
  double part(int cell, bool is_cover, const Path& path, const double* x) const;
  double lack(int cell, bool is_cover, const Path& path, const double* x) const;
  void add(const CellPath& spot, bool is_cover, NewRows& rows);
  void add(const std::shared_ptr<const Covers::Terms>& rounding, NewRows& rows);
  bool separate(const double* x);
  void look(int cell, bool is_cover, const double* x, NewRows& rows);
  bool round_covers(const double* x);
  double bound() const;
  bool is_proven_infeasible() const;
  double least(std::vector<double> dual, const double* objective) const;

  const Instance& instance_;
  const YearGroup& group_;
  PathPool& pool_;
  const TimeRanges& ranges_;
  ClpSimplex lp_;
  double offset_ = 0;  // objective of the low ends, s
  int rules_ = 0;      // rows before those of paths
  std::vector<Tag> tags_;
  std::set<CellPath> covers_, cuts_;
};

}  // namespace abatis::plan_detail
