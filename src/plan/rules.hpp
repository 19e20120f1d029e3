#pragma once
// The rules of a plan on whole purchases: what is spent, what is carried, what is broken.

#include <string>
#include <vector>

#include "abatis/base/numbers.hpp"
#include "abatis/plan/plan.hpp"

namespace abatis::plan_detail {

// Rounding of sums of euros: a cent, or 1e-9 of the amount where that is more.
inline double money_slack(double amount) {
  return amount > 1e7 ? 1e-9 * amount : 0.01;
}

struct Ledger {
  std::vector<double> spent;    // by year, purchases and maintenance
  std::vector<double> carried;  // into each year
  int short_year = -1;          // first year that cannot be paid, -1 = none
  double short_by = 0;          // EUR missing in it
};
Ledger keep_ledger(const PlanProblem& problem, const std::vector<Purchase>& purchases);

// What a charge of a purchase in `year` comes to until the end, purchase and maintenance.
inline double whole_charge(const PlanProblem& problem, const PlanCharge& charge, int year) {
  return charge.cost + charge.maintenance * static_cast<double>(problem.years - 1 - year);
}
// Spent on each budget class over all years.
std::vector<double> class_totals(const PlanProblem& problem,
                                 const std::vector<Purchase>& purchases);
int class_count(const PlanProblem& problem);

// Limits that an earmark sets on its class; -inf and +inf where it sets none.
struct Limits {
  double low = 0, high = 0;
};
Limits limits(const PlanEarmark& earmark);

// Rounding of the sum of a limit, in its unit.
double limit_slack(const PlanLimit& limit);
// The first year at whose end the high of a limit holds.
inline int first_year_of(const PlanLimit& limit, int years) {
  return limit.span == LimitSpan::horizon ? years - 1 : 0;
}
// What is used of a limit by the end of each year.
std::vector<double> limit_use(const PlanProblem& problem, const PlanLimit& limit,
                              const std::vector<Purchase>& purchases);

// Delay of an option in a speed when `age` years old; 0 before purchase.
inline double delay_at(const PlanOption& option, int speed, int age) {
  const auto& by_age = option.delay_s[at(speed)];
  if (age < 0 || by_age.empty()) return 0;
  return by_age[std::min(at(age), by_age.size() - 1)];
}

// Names for messages: "budget 2027", "earmark anti_tank_mines at_least", "option 12 (ditch ...)".
std::string budget_name(const PlanProblem& problem, int year);
std::string year_name(const PlanProblem& problem, int year);
std::string class_name(const PlanProblem& problem, int budget_class);
std::string option_name(const PlanProblem& problem, int option);
std::string euros(double amount);                              // "12.50 M EUR", "3,200 EUR"
std::string amount_of(const PlanLimit& limit, double amount);  // "12.5 km"

}  // namespace abatis::plan_detail
