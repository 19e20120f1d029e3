#pragma once
// The rules on money and the limits as rows of a linear program: the same for the relaxation on
// the simplex, for the equilibrium and for the elastic program.

#include <string>
#include <utility>
#include <vector>

#include "rules.hpp"

namespace abatis::plan_detail {

struct Column {
  int option = 0, year = 0;
};

// low <= sum of value x <= high, rounding granted; -inf and +inf where there is no end.
struct Row {
  enum class Kind { budget, earmark, limit };
  Kind kind = Kind::budget;
  int index = 0;  // year, earmark or limit
  int year = 0;   // at whose end it is counted
  double low = 0, high = 0;
  std::vector<std::pair<int, double>> terms;  // (column, value), ascending, none zero
};

// Budgets by year, earmarks, then limits, each in the order of the problem; a limit that holds
// every year has a row for each year. Money in EUR, limits in their unit.
std::vector<Row> linear_rows(const PlanProblem& problem, const std::vector<Column>& columns);

// Mean size of what stands in a row, 1 when it is empty: a divisor that brings it near one.
double mean_term(const Row& row);

std::string row_name(const PlanProblem& problem, const Row& row);

// Shadow prices by what a reader knows: gathered row by row, s per EUR or unit of a row's end.
class RulePrices {
 public:
  explicit RulePrices(const PlanProblem& problem);
  void add(Row::Kind kind, int index, double price);
  // Budgets by year, earmarks, limits; prices that are rounding beside `baseline` (s) are none.
  std::vector<LimitPrice> prices(double baseline) const;

 private:
  const PlanProblem& problem_;
  std::vector<double> budget_, earmark_, limit_;
};

// What buying a column takes from the sum that may be spent by the end of `year`, EUR: what was
// spent before has grown less by what is lost when money is carried.
double taken_by(const PlanProblem& problem, const Column& column, int year);

// Highest spendable sum by the end of each year when nothing is spent before, EUR.
std::vector<double> spendable(const PlanProblem& problem);

}  // namespace abatis::plan_detail
