#pragma once
// The problem as the search sees it: sites worth asking, groups of demand, whole numbers.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "reach.hpp"
#include "scale.hpp"

namespace abatis::covering {

struct Csr {
  std::vector<std::size_t> first{0};
  std::vector<int> items;
  std::span<const int> operator[](int i) const {
    const auto at = static_cast<std::size_t>(i);
    return {items.data() + first[at], items.data() + first[at + 1]};
  }
};

// Choose sites of cost at most `budget` together. A group counts its weight once `need` of its
// members are chosen, or, with need 1, for each of the first `cap` that are; a site has a value of
// its own besides.
struct Instance {
  std::int64_t base = 0;  // counts whatever is chosen
  std::int64_t budget = 0;
  std::vector<int> row;              // by site: its row in the problem
  std::vector<std::int64_t> cost;    // by site, 1 <= cost <= budget
  std::vector<std::int64_t> own;     // by site, >= 0
  std::vector<std::int64_t> weight;  // by group, > 0
  std::vector<int> need;             // by group, from 1 to its members
  std::vector<int> cap;              // by group, >= 1 and less than its members; 1 where need > 1
  Csr members;                       // group -> sites, ascending; two at least
  Csr reach;                         // site -> groups, ascending
  std::vector<int> taken;            // rows of sites that are chosen in any case
  bool single = true;                // every need is 1

  int sites() const { return static_cast<int>(row.size()); }
  int groups() const { return static_cast<int>(weight.size()); }
};

// What one level of cover counts for: a point's weight times `factor` once `need` sites reach it,
// or for each of the first `cap`.
struct Level {
  int need = 1;
  std::int64_t factor = 1;
  int cap = 1;

  std::int64_t times(int count) const {
    return count < need ? 0 : factor * std::min(count - need + 1, cap);
  }
};

// `cost`: by row, for sites that do not stand.
Instance make_instance(const CoverProblem& problem, const SetPool& sets,
                       const std::vector<Level>& levels, const std::vector<std::int64_t>& cost,
                       std::int64_t budget);

enum class Fate : signed char { open, in, out };

// The instance with some sites decided; groups with the same members become one. Then, again and
// again: sites that nothing is lost without are left out (too dear, useless, or no better in any
// group than one that costs no more), sites for nothing are taken. O(pairs) a round.
Instance decided(const Instance& instance, const std::vector<Fate>& fate);

// Chosen rows and what they count, the taken ones among them.
struct Choice {
  std::int64_t value = -1;
  std::vector<int> rows;
};

}  // namespace abatis::covering
