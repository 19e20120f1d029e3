#pragma once
// The linear relaxation on Clp: purchases, budgets, earmarks, limits, and the cuts found so far.

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_set>
#include <vector>

#include "instance.hpp"
#include "paths.hpp"

class ClpSimplex;

namespace abatis::plan_detail {

class Master {
 public:
  enum class Outcome { optimal, infeasible, failed };

  // `stop` is polled while the simplex runs: a solve that was stopped has failed.
  Master(const Instance& instance, const PathPool& pool, std::function<bool()> stop);
  ~Master();
  Master(const Master&) = delete;
  Master& operator=(const Master&) = delete;

  // Dual simplex from the last basis.
  Outcome solve();
  // Upper bound on the objective (s) from the duals of the last solve. Valid whatever the
  // tolerances of the simplex: every column is bounded, so any duals of the right sign give one
  // (Neumaier & Shcherbina 2004). `gain`, when given, receives by column what the bound changes
  // by when the column is forced from 0 to 1 (<= 0) or 0.
  double bound(std::vector<double>* gain = nullptr) const;
  // Purchases by column, in [0, 1], and z (s) by cell.
  void solution(std::vector<double>& x, std::vector<double>& z) const;

  bool has(int cell, int path) const { return present_.contains(key(cell, path)); }
  void add(const std::vector<Cut>& cuts);
  // Adds the links of limits that x violates, for each the year in which it does most; how many.
  int add_links(const std::vector<double>& x);
  // Adds the row of a route's cut: not all of its parts are bought.
  void add(const RouteCut& cut);
  // Counts a solve in which a cut was slack; drops those slack `patience` times in a row.
  void purge(int patience);
  std::int64_t cuts() const { return static_cast<std::int64_t>(rows_.size()); }

  // Bounds of purchases; `must` lists options one of whose open columns must be bought.
  void set_bounds(const std::vector<double>& upper, const std::vector<int>& must);
  // Shadow prices by the duals of the last solve.
  std::vector<LimitPrice> prices() const;
  // Unit of time of the relaxation, s.
  double time_unit() const { return time_unit_; }

 private:
  struct CutRow {
    int cell = 0, path = 0, idle = 0;  // cell = -1: a link, which stays
  };
  // A row on money or of a limit.
  struct Rule {
    Row::Kind kind = Row::Kind::budget;
    int index = 0, row = 0;
    double unit = 1;  // the row is divided by it
  };
  static std::uint64_t key(int cell, int path) {
    return (static_cast<std::uint64_t>(cell) << 32U) | static_cast<std::uint64_t>(path);
  }
  void choose_units();
  void add_columns();
  void add_tails();
  void add_sites();
  void add_rules();
  void add_conflicts();
  void add_link(const Link& link, int year);
  void add_row(double low, double high, const std::vector<int>& index,
               const std::vector<double>& value);
  std::vector<double> clipped_duals() const;

  const Instance& instance_;
  const PathPool& pool_;
  std::function<bool()> stop_;
  std::unique_ptr<ClpSimplex> lp_;
  std::vector<CutRow> rows_;  // after the first `fixed_rows_` rows
  std::unordered_set<std::uint64_t> present_;
  std::vector<Link> links_;
  std::vector<char> linked_;  // by link, year: whether the row is there
  int fixed_rows_ = 0;
  std::vector<int> site_row_;  // -1 = the site has one column only
  std::vector<Rule> rules_;
  double time_unit_ = 1, money_unit_ = 1, weight_unit_ = 1;
  double offset_ = 0;  // of the objective: what the columns do not count, s
};

}  // namespace abatis::plan_detail
