#pragma once
// The linear relaxation, solved from its dual by the primal simplex of Clp: a row for each site, a
// bounded column for each group. Every basis on the way is a bound, and a change of the sites that
// are decided leaves the basis feasible.
//
//   least  sum over groups (w_g - l_g) + budget e + sum over sites c_s
//   with   own_s + sum over groups of s l_g / need_g <= cost_s e + c_s,   0 <= l_g <= w_g,  e, c >=
//   0
//
// Groups of need 2 and more get further columns, for a set T of t < need members left out:
// z <= sum of y outside T / (need - t), found from the largest y (docs/model/cover.md).

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "prices.hpp"

class ClpSimplex;

namespace abatis::covering {

class DualLp {
 public:
  // Starts from prices rounded to the ends of their ranges.
  DualLp(const Instance& instance, const Prices& start);
  ~DualLp();
  DualLp(const DualLp&) = delete;
  DualLp& operator=(const DualLp&) = delete;

  struct Basis {
    std::vector<unsigned char> columns, rows;
  };

  void decide(const std::vector<Fate>& fate);
  // False when stopped before the end; what stands then (at first the prices it started from) is
  // still a bound. `most`: pivots.
  bool solve(const std::function<bool()>& stop, int most = -1);
  // Adds the columns that lower the bound most; how many.
  int add_columns();

  double value() const;                                         // as a bound, in floating point
  const std::vector<double>& shares() const { return share_; }  // y, by site
  const Prices& prices() const { return prices_; }
  Basis basis() const;
  void restore(const Basis& basis);

 private:
  struct Extra {
    int group = 0;
    int column = 0;
    std::vector<int> left_out;  // ascending
  };

  void build(const Prices& start);
  void begin_at(const Prices& start);
  void read();
  double reached(int group, const std::vector<int>& left_out) const;

  const Instance& instance_;
  std::unique_ptr<ClpSimplex> lp_;
  double unit_ = 1;   // of weights
  double money_ = 1;  // of costs
  double constant_ = 0;
  int rate_ = 0, first_over_ = 0;
  std::vector<Extra> extras_;
  std::vector<std::vector<int>> extras_of_;  // by group, where there are needs of 2 and more
  std::vector<int> row_of_;                  // by group: the row over its columns, -1 none
  std::vector<double> share_;
  Prices prices_;
  std::vector<Fate> fate_;
};

}  // namespace abatis::covering
