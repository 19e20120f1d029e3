#pragma once
// The relaxation of large problems as a traffic equilibrium.
//
// By duality the relaxation is a game: each cell sends one unit of flow over paths so as to keep
// its time low, and the planner answers with the purchases that hurt most. With prices mu on the
// limits the answer of a site depends on the flows through it alone, so for given prices
// the game is an assignment of flows under congestion (Beckmann, McGuire & Winsten 1956). It is
// solved over the paths known (gradient projection; Jayakrishnan et al. 1994) with the sites'
// choice smoothed by a temperature (a logit; Nesterov 2005), which then falls; new paths are
// shortest paths under the purchases. Any flows and any prices mu >= 0 give an upper bound:
//
//   sum_cells w length(flow) + sum_sites max(0, max_c (benefit_c - price_c)) + limit . mu
//
// so rules may be left out: conflicts are, and limits but for two rows each.

#include <vector>

#include "instance.hpp"
#include "paths.hpp"

namespace abatis::plan_detail {

class Equilibrium {
 public:
  Equilibrium(const Instance& instance, PathPool& pool);

  // Takes up shortest paths (of any point) as possible routes.
  void add(const std::vector<Answer>& answers);
  // With a tail: turns the weights of cells towards those of the worst part of `time_s` (by cell)
  // by `share` of the way. Any weights of the tail give a bound.
  void weigh(const std::vector<double>& time_s, double share);
  // Moves flows and prices towards equilibrium over the paths known.
  void settle(int sweeps);
  void cool(double factor) { temperature_ = std::max(coldest_, temperature_ * factor); }

  // Upper bound on the objective (s). `gain`, when given, receives by column the change (<= 0) of
  // the bound when that column is forced to one.
  double bound(std::vector<double>* gain = nullptr) const;
  // The purchases that answer the flows, by column; the limits hold up to convergence.
  const std::vector<double>& purchases() const { return x_; }
  // Paths with more than `share` of a cell's flow.
  std::vector<Cut> used_paths(double share) const;
  std::vector<LimitPrice> prices() const;

 private:
  struct Route {
    int path = 0;
    double share = 0;
  };
  struct Difference {
    int site = 0, count = 0;
  };
  struct Limit {  // sum of use * x <= room
    double room = 0, price = 0;
    Row::Kind kind = Row::Kind::budget;
    int index = 0;    // of the year, earmark or limit
    double unit = 1;  // what its row was divided by
  };
  struct Use {
    int limit = 0;
    double amount = 0;
  };

  void add_limits();
  Row mean_of_years(const Row& row) const;
  void limit_row(const Row& row, double end, double sign);
  void answer(int site);  // x of the site's columns from benefit and price
  void reprice();         // price by column from the limits' prices
  double smoothed(const std::vector<double>& prices) const;
  void slopes(std::vector<double>& gradient, std::vector<double>& curvature) const;
  void settle_prices();
  bool price_step();
  void settle_cell(int cell);
  void shift(int cell, Route& from, Route& to);
  double cost_gap(int cell, const std::vector<Difference>& difference, double start,
                  double moved) const;
  double path_time(int cell, const Path& path) const;

  const Instance& instance_;
  PathPool& pool_;
  std::vector<std::vector<int>> site_columns_;  // by site
  std::vector<char> required_;                  // by site: a fixed decision stands there
  std::vector<char> barred_;                    // by column
  std::vector<Limit> limits_;
  std::vector<std::vector<Use>> use_;        // by column
  std::vector<double> benefit_, price_, x_;  // by column
  std::vector<std::vector<Route>> routes_;   // by cell
  std::vector<double> weight_;               // by cell
  double temperature_ = 1, coldest_ = 1e-6, money_unit_ = 1;
};

}  // namespace abatis::plan_detail
