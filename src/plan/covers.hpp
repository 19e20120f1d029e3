#pragma once
// Covers: what whole purchases on a path must add up to for a cell to reach a level.
//
// Of a path P shorter than the level y,
//
//   sum over s in P, o of  min(n_s(P) delay_o, y - length(P)) x[o]  >=  y - length(P)
//
// (docs/model/plan.md). Rows of two programs: the least price of levels, and the most of a year.

#include <utility>
#include <vector>

#include "paths.hpp"

namespace abatis::plan_detail {

class NewRows;

constexpr double kSecond = 1e-3;  // levels this near to what is there ask for nothing, s

class Covers {
 public:
  struct Term {
    int column = 0;    // of the program
    double share = 0;  // of what the row asks for
  };
  using Terms = std::vector<Term>;

  // `columns`: of the instance, those of the program in their order.
  Covers(const Instance& instance, std::vector<int> columns);
  const std::vector<int>& columns() const { return columns_; }
  std::size_t size() const { return columns_.size(); }

  // What each purchase on a path gives, as a share of what the path lacks with nothing built.
  Terms terms(int cell, double level, const Path& path) const;
  // Share of what the path lacks with nothing built by which x (by column of the program) is short
  // of `part` of it.
  double lack(int cell, double level, const Path& path, const double* x, double part = 1) const;
  // Shortest paths below the level under x / part, each away from those before, while
  // `wanted(path)`; six at most.
  template <class Wanted>
  std::vector<Path> shortest(int cell, double level, const double* x, double part,
                             const Wanted& wanted) const;
  // Roundings of the covers of these paths that x violates, the most violated first.
  std::vector<Terms> roundings(int cell, double level, const std::vector<Path>& paths,
                               const double* x) const;
  // One option a site, conflicts, and links: those that hold at the end of every year, or all.
  void add_choices(NewRows& rows, bool every_link) const;

 private:
  std::vector<double> delays(int cell, double level, const double* x, double part) const;

  const Instance& instance_;
  std::vector<int> columns_;
  std::vector<std::vector<int>> at_site_;  // columns of the program by site
};

constexpr double kLack = 0.02;        // of what a cover asks for: less is let go
constexpr std::size_t kPerCell = 15;  // covers added at a time
constexpr int kPathLooks = 6;         // shortest paths at a time, each away from those before
constexpr double kAway = 0.15;        // share of what a path lacks put on each of its sites then

template <class Wanted>
std::vector<Path> Covers::shortest(int cell, double level, const double* x, double part,
                                   const Wanted& wanted) const {
  const PlanProblem& p = instance_.problem;
  std::vector<double> delay = delays(cell, level, x, part);
  std::vector<Path> found;
  GraphSearch::Scratch scratch;
  const int kase = instance_.cells[at(cell)].kase;
  const double below = level - kSecond;
  const std::vector<double> ahead = instance_.ahead_of(kase, delay, below, scratch);
  for (int look = 0; look < kPathLooks && !ahead.empty(); ++look) {
    Answer answer = instance_.shortest(kase, delay, scratch, below, &ahead);
    if (!(answer.time < below)) break;
    if (look > 0 && !wanted(answer.path)) break;
    for (const auto& step : answer.path.steps) {
      delay[at(p.place_of(step.first))] += kAway * (level - answer.path.length);
    }
    found.push_back(std::move(answer.path));
  }
  return found;
}

}  // namespace abatis::plan_detail
