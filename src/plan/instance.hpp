#pragma once
// A PlanProblem made ready for the optimiser: cells (year x case), columns (option x purchase
// year), the reduced search of each case, and what each column does in each cell.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "abatis/network/network.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/travel/travel.hpp"
#include "limits.hpp"
#include "memo.hpp"
#include "routes.hpp"
#include "rows.hpp"
#include "rules.hpp"

namespace abatis::plan_detail {

// One (year, case) that the objective counts.
struct PlanCell {
  int year = 0, kase = 0;
  double weight = 0;  // w_t p_k
  double base = 0;    // least time with nothing built, s
  double top = 0;     // no plan exceeds it: least time with everything built, or a ceiling, s
};

// A path as the cuts need it: its length without delays and how often it enters each site that
// has options, by site.
struct Path {
  double length = 0;
  std::vector<std::pair<int, int>> steps;  // (site, count)
  bool operator==(const Path&) const = default;
};

struct Answer {
  double time = 0;
  Path path;
};

class Instance {
 public:
  // `ceiling`: a proven bound on z (s) of the only cell, when there is just one; it lowers `top`.
  Instance(const PlanProblem& problem, Monitor& monitor, double ceiling = kUnreachable);

  const PlanProblem& problem;
  std::vector<PlanCell> cells;                 // by year, then case
  std::vector<Column> columns;                 // by option, then year
  std::vector<int> first_column;               // by option; one more at the end
  std::vector<std::vector<int>> site_options;  // by site
  std::vector<std::vector<int>> at_place;      // by site of the graphs: the sites that lie there
  LimitTable limits;
  // What keeps routes open, with the cuts found so far; nothing where the problem has no routes.
  std::unique_ptr<RouteRules> routes;
  std::vector<double> base;  // by case, s
  double baseline = 0;       // objective with nothing built
  // Baseline of cells that no column can change; with a tail all cells are kept, and it is 0.
  double constant = 0;
  int unreachable_case = -1;  // a case without any path, -1 = none

  std::span<const Column> columns_of(int option) const {
    return std::span(columns).subspan(at(first_column[at(option)]),
                                      at(first_column[at(option) + 1] - first_column[at(option)]));
  }
  // The column of buying `option` in `year`, -1 when that was ruled out.
  int column(int option, int year) const;
  // Delay (s) that a column adds each time its site is entered in a cell. Capped where more could
  // not matter: a path through the site is then as long as `top` already.
  double effect(int column, int cell) const {
    return effect_[at(cell) * columns.size() + at(column)];
  }
  // The same by cell.
  std::span<const double> effects(int column) const {
    return std::span(by_column_).subspan(at(column) * cells.size(), cells.size());
  }
  // EUR that a column takes by the end of a year from what may be spent by then (taken_by).
  double taken(int column, int year) const {
    return taken_[at(column) * at(problem.years) + at(year)];
  }
  // Shortest path of every cell under x (by column, fractions allowed), in parallel; equal delays
  // are looked at once.
  std::vector<Answer> separate(const std::vector<double>& x) const;
  // Shortest path of a case under delays by place, s; `time` is kUnreachable where every path is
  // longer than `at_most`, or than any level that a plan can reach. `ahead`: of ahead_of() for
  // delays that are nowhere greater and a limit not below `at_most`.
  Answer shortest(int kase, const std::vector<double>& delay, GraphSearch::Scratch& scratch,
                  double at_most = kUnreachable, const std::vector<double>* ahead = nullptr) const;
  // What steers several searches of a case (GraphSearch::look_ahead), empty when no path is within
  // `at_most`.
  std::vector<double> ahead_of(int kase, const std::vector<double>& delay, double at_most,
                               GraphSearch::Scratch& scratch) const {
    return search_[at(kase)].look_ahead(delay, at_most, scratch);
  }
  // Least time without delays over the paths of a cell's case that enter a site, s.
  double through(int cell, int site) const {
    return through_[at(cells[at(cell)].kase)][at(problem.place_of(site))];
  }
  // Objective of times by cell, s: the sum over years of what the problem's tail makes of them.
  double value(std::span<const double> time_s) const;
  double objective(const std::vector<Answer>& answers) const;
  // Whether all cases count by their weight, whatever their times.
  bool is_mean() const { return problem.tail >= 1; }
  // The cells of each year that has any: first and one past the last.
  std::span<const std::pair<std::size_t, std::size_t>> year_cells() const { return year_cells_; }
  // Weights (by cell) with which the times make the objective: the cells' own, or with a tail those
  // of the worst part. Any such weights bound the objective from above (see tail_value).
  std::vector<double> weights_at(std::span<const double> time_s) const;
  int site_of(int column) const { return problem.options[at(columns[at(column)].option)].site; }

 private:
  void find_columns();
  void find_effects();
  double capped_delay(const Column& column, std::size_t cell) const;
  std::vector<double> delays(int cell, const std::vector<double>& x,
                             const std::vector<int>& used) const;
  double length(const Path& path, const std::vector<double>& delay) const;
  void find_searches(double ceiling);

  std::vector<char> leads_;                   // by site: the first with options at its place
  std::vector<GraphSearch> search_;           // by case
  std::vector<std::vector<double>> through_;  // by case, place
  mutable Memo<Answer> memo_;
  std::vector<std::vector<double>> cap_;     // by cell, site; until effect_ is known
  std::vector<double> effect_;               // by cell, column
  std::vector<double> by_column_;            // the same by column, cell
  std::vector<double> taken_;                // by column, year
  std::vector<std::vector<int>> column_of_;  // by option, year
  std::vector<std::pair<std::size_t, std::size_t>> year_cells_;
  std::vector<double> weight_;  // by cell
};

}  // namespace abatis::plan_detail
