#pragma once
// Rows that hide most within a budget, to proof. A knapsack in which a point counts only when every
// line to it is crossed by some row taken, as dense as the least dense of these; so rows may help,
// double or need each other. It knows weights and costs, and nothing of maps.
//
//   RowChoiceResult r = choose_rows({.costs = {2, 2, 3}, .budget = 5, .points = ...}, {});

#include <cstdint>
#include <vector>

#include "abatis/base/monitor.hpp"

namespace abatis {

struct RowCover {
  int row = 0;
  double opacity = 0;  // in (0, 1]
};
struct RowPoint {
  double weight = 0;
  // Of each line, the rows that cross it high enough, none twice.
  std::vector<std::vector<RowCover>> lines;
};
struct RowProblem {
  std::vector<double> costs;  // by row, not negative
  double budget = 0;
  std::vector<RowPoint> points;
  std::vector<int> taken;  // rows that are there anyhow; what they cost is no part of the budget
  std::vector<int> barred;
};
struct RowChoiceOptions {
  std::int64_t node_limit = 200'000;
};
struct RowChoiceResult {
  std::vector<int> rows;  // with those taken, ascending
  double value = 0;       // weight hidden
  double bound = 0;       // proven: no choice within the budget hides more
  double cost = 0;        // of the rows beside those taken
  std::int64_t nodes = 0;
  double gap() const { return value > 0 ? (bound - value) / value : bound > 0 ? 1 : 0; }
};

// Weight that these rows hide: the sum over points of weight times the least, over the point's
// lines, of the densest row across it.
double hidden_by(const RowProblem& problem, const std::vector<int>& rows);

// Branch and bound, best bound first. At a node each point is bounded by one of its least hidden
// lines, which makes the bound a fractional knapsack. Exact (bound = value) unless the node limit
// strikes. Deterministic. O(nodes x lines).
RowChoiceResult choose_rows(const RowProblem& problem, const RowChoiceOptions& options = {});

}  // namespace abatis
