#pragma once
// Bounds that hold whatever the prices are, in whole numbers.
//
// A price m(g, s) >= 0 for each pair of a group and a member: choosing s pays it. A group of weight
// w and need r then counts at most  max(0, w - sum of its r least prices) + sum of m(g, s) over the
// chosen, for any choice (with a cap: so many times its weight less its least price); so no choice
// is worth more than the sum of the first terms, the best knapsack of sites at their prices, and
// the base. Prices equal within a group are the Lagrangian relaxation of z <= sum y / r; the least
// bound over all prices is that of the envelope of "r of them" over the cube (docs/model/cover.md).

#include <functional>
#include <vector>

#include "instance.hpp"

namespace abatis::covering {

struct Prices {
  std::vector<double> group;  // by group, the same for all members; used where `pair` is empty
  std::vector<double> pair;   // by pair, in the order of Instance::members
};

struct Bound {
  std::int64_t value = 0;  // no choice is worth more
  // By site: no choice that goes against the present side of the site is worth more than
  // `against`; with `side` in, that is one without the site.
  std::vector<std::int64_t> against;
  std::vector<Fate> side;
};

// `fate`: sites that are decided at a node (empty: none). Sites decided have `against` = value.
// O(pairs + sites log sites).
Bound bound_by(const Instance& instance, const Prices& prices, const std::vector<Fate>& fate = {});

// Prices that come near the least bound, by subgradients (Held, Wolfe & Crowder 1974) from those
// given; `target` is the value of a choice. `look` sees the sites that the knapsack takes now and
// then.
struct DescentOptions {
  int iterations = 200;
  int threads = 1;
  double target = 0;
  double gap = 0;  // stop once (bound - target) / bound is at most this
};
double descend(const Instance& instance, Prices& prices, const DescentOptions& options,
               const std::function<void(const std::vector<int>&)>& look,
               const std::function<bool()>& stop);

Prices even_prices(const Instance& instance);

}  // namespace abatis::covering
