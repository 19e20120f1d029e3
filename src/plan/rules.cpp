#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "tail.hpp"

namespace abatis {
namespace plan_detail {

Ledger keep_ledger(const PlanProblem& problem, const std::vector<Purchase>& purchases) {
  Ledger ledger;
  ledger.spent.assign(at(problem.years), 0.0);
  ledger.carried.assign(at(problem.years), 0.0);
  for (const Purchase& p : purchases) {
    const PlanOption& option = problem.options[at(p.option)];
    ledger.spent[at(p.year)] += option.cost();
    for (int t = p.year + 1; t < problem.years; ++t) ledger.spent[at(t)] += option.maintenance();
  }
  double carried = 0;
  for (int t = 0; t < problem.years; ++t) {
    ledger.carried[at(t)] = carried;
    const double have = problem.budget[at(t)] + carried;
    const double left = have - ledger.spent[at(t)];
    if (left < -money_slack(have) && ledger.short_year < 0) {
      ledger.short_year = t;
      ledger.short_by = -left;
    }
    carried = problem.carry_over * std::max(0.0, left);
  }
  return ledger;
}

int class_count(const PlanProblem& problem) {
  int count = static_cast<int>(problem.class_names.size());
  for (const PlanOption& o : problem.options) {
    for (const PlanCharge& c : o.charges) count = std::max(count, c.budget_class + 1);
  }
  for (const PlanEarmark& e : problem.earmarks) count = std::max(count, e.budget_class + 1);
  return count;
}

std::vector<double> class_totals(const PlanProblem& problem,
                                 const std::vector<Purchase>& purchases) {
  std::vector<double> total(at(class_count(problem)), 0.0);
  for (const Purchase& p : purchases) {
    for (const PlanCharge& c : problem.options[at(p.option)].charges) {
      total[at(c.budget_class)] += whole_charge(problem, c, p.year);
    }
  }
  return total;
}

Limits limits(const PlanEarmark& earmark) {
  switch (earmark.rule) {
    case EarmarkRule::at_least:
      return {earmark.amount, kInfinity};
    case EarmarkRule::at_most:
      return {-kInfinity, earmark.amount};
    case EarmarkRule::exactly:
      break;
  }
  return {earmark.amount - earmark.tolerance, earmark.amount + earmark.tolerance};
}

double limit_slack(const PlanLimit& limit) {
  double scale = 0;
  for (const PlanUse& use : limit.uses) scale = std::max(scale, std::abs(use.amount));
  for (const double end : {limit.low, limit.high}) {
    if (std::isfinite(end)) scale = std::max(scale, std::abs(end));
  }
  return 1e-9 * scale;
}

std::vector<double> limit_use(const PlanProblem& problem, const PlanLimit& limit,
                              const std::vector<Purchase>& purchases) {
  std::vector<double> amount(problem.options.size(), 0.0);
  for (const PlanUse& use : limit.uses) amount[at(use.option)] = use.amount;
  std::vector<double> used(at(problem.years), 0.0);
  for (const Purchase& p : purchases) {
    const int end = limit.span == LimitSpan::each_year ? p.year + 1 : problem.years;
    for (int t = p.year; t < end; ++t) used[at(t)] += amount[at(p.option)];
  }
  return used;
}

std::string year_name(const PlanProblem& problem, int year) {
  return fmt::format("{}", problem.first_year + year);
}

std::string budget_name(const PlanProblem& problem, int year) {
  return "budget " + year_name(problem, year);
}

std::string class_name(const PlanProblem& problem, int budget_class) {
  if (at(budget_class) < problem.class_names.size()) return problem.class_names[at(budget_class)];
  return fmt::format("class {}", budget_class);
}

std::string option_name(const PlanProblem& problem, int option) {
  if (at(option) < problem.option_names.size()) {
    return fmt::format("option {} ({})", option, problem.option_names[at(option)]);
  }
  return fmt::format("option {}", option);
}

std::string euros(double amount) {
  if (std::abs(amount) >= 1e5) return fmt::format("{:.3f} M EUR", amount / 1e6);
  return fmt::format("{:.2f} EUR", amount);
}

std::string amount_of(const PlanLimit& limit, double amount) {
  return fmt::format("{:.6g}{}{}", amount, limit.unit.empty() ? "" : " ", limit.unit);
}

namespace {

std::string broken_limit(const PlanProblem& problem, const std::vector<Purchase>& purchases) {
  for (const PlanLimit& limit : problem.limits) {
    const std::vector<double> used = limit_use(problem, limit, purchases);
    const double slack = limit_slack(limit);
    for (int t = first_year_of(limit, problem.years); t < problem.years; ++t) {
      if (used[at(t)] <= limit.high + slack) continue;
      return fmt::format("{} is overdrawn in {}: {} {}, {} at most", limit.name,
                         year_name(problem, t), amount_of(limit, used[at(t)]),
                         limit.span == LimitSpan::each_year ? "in that year" : "by then",
                         amount_of(limit, limit.high));
    }
    if (used.back() < limit.low - slack) {
      return fmt::format("{} is not reached: {} in all, {} at least", limit.name,
                         amount_of(limit, used.back()), amount_of(limit, limit.low));
    }
  }
  return {};
}

std::string broken_money(const PlanProblem& problem, const std::vector<Purchase>& purchases) {
  const Ledger ledger = keep_ledger(problem, purchases);
  if (ledger.short_year >= 0) {
    return fmt::format("{} is overspent by {}", budget_name(problem, ledger.short_year),
                       euros(ledger.short_by));
  }
  const std::vector<double> totals = class_totals(problem, purchases);
  for (const PlanEarmark& earmark : problem.earmarks) {
    const Limits limit = limits(earmark);
    const double total = totals[at(earmark.budget_class)];
    if (total < limit.low - money_slack(limit.low) ||
        total > limit.high + money_slack(limit.high)) {
      return fmt::format("{} {} is broken: {} is spent", name_of_earmark(problem, earmark),
                         euros(earmark.amount), euros(total));
    }
  }
  return {};
}

// With the counts that the purchases need: those that give to a limit which one of them uses.
std::vector<Purchase> with_counts(const PlanProblem& problem, std::vector<Purchase> purchases) {
  std::vector<char> bought(problem.options.size(), 0);
  for (const Purchase& p : purchases) bought[at(p.option)] = 1;
  for (const PlanLimit& limit : problem.limits) {
    const bool used = std::any_of(limit.uses.begin(), limit.uses.end(), [&](const PlanUse& use) {
      return use.amount > 0 && bought[at(use.option)] &&
             !problem.options[at(use.option)].counts_only;
    });
    if (!used) continue;
    for (const PlanUse& use : limit.uses) {
      if (use.amount >= 0 || bought[at(use.option)]) continue;
      if (!problem.options[at(use.option)].counts_only) continue;
      bought[at(use.option)] = 1;
      purchases.push_back({use.option, 0});
    }
  }
  return purchases;
}

}  // namespace
}  // namespace plan_detail

using namespace plan_detail;

std::string name_of_earmark(const PlanProblem& problem, const PlanEarmark& earmark) {
  const char* rule = earmark.rule == EarmarkRule::at_least  ? "at_least"
                     : earmark.rule == EarmarkRule::at_most ? "at_most"
                                                            : "exactly";
  return fmt::format("earmark {} {}", class_name(problem, earmark.budget_class), rule);
}

std::string_view to_string(PlanStatus status) {
  switch (status) {
    case PlanStatus::optimal:
      return "optimal";
    case PlanStatus::within_gap:
      return "within_gap";
    case PlanStatus::node_limit:
      return "node_limit";
    case PlanStatus::time_limit:
      return "time_limit";
    case PlanStatus::interrupted:
      break;
  }
  return "interrupted";
}

std::string broken_rule(const PlanProblem& problem, const std::vector<Purchase>& given) {
  std::vector<int> year_of(problem.options.size(), -1);
  std::vector<int> bought_at(at(problem.sites), -1);
  for (const Purchase& p : given) {
    if (p.option < 0 || at(p.option) >= problem.options.size()) {
      return fmt::format("there is no option {}", p.option);
    }
  }
  const std::vector<Purchase> purchases = with_counts(problem, given);
  for (const Purchase& p : purchases) {
    if (p.year < 0 || p.year >= problem.years) {
      return fmt::format("{} is bought outside the plan's years", option_name(problem, p.option));
    }
    int& other = bought_at[at(problem.options[at(p.option)].site)];
    if (other >= 0) {
      return fmt::format("{} and {} are bought at the same site", option_name(problem, other),
                         option_name(problem, p.option));
    }
    other = p.option;
    year_of[at(p.option)] = p.year;
  }
  for (const PlanConflict& c : problem.conflicts) {
    if (year_of[at(c.option_a)] >= 0 && year_of[at(c.option_b)] >= 0) {
      return fmt::format("{} and {} exclude each other", option_name(problem, c.option_a),
                         option_name(problem, c.option_b));
    }
  }
  for (const PlanFixed& f : problem.fixed) {
    if (year_of[at(f.option)] != f.year) {
      return fmt::format("{} is not bought in {}, as was decided", option_name(problem, f.option),
                         year_name(problem, f.year));
    }
  }
  for (const PlanBarred& b : problem.barred) {
    const int year = year_of[at(b.option)];
    if (year >= b.from && year <= b.to) {
      return fmt::format("{} is bought in {}, which was decided against",
                         option_name(problem, b.option), year_name(problem, year));
    }
  }
  for (const PlanRoute& r : problem.routes) {
    const double time = least_time(*problem.graphs[at(r.graph)], r.sources, r.targets,
                                   site_delays(problem, purchases, problem.years - 1, r.speed));
    if (time <= r.limit_s * (1 + 2e-9)) continue;  // twice what the search grants for rounding
    return fmt::format("{} takes {:.0f} s in {}, {:.0f} s at most", r.name, time,
                       year_name(problem, problem.years - 1), r.limit_s);
  }
  const std::string money = broken_money(problem, purchases);
  return money.empty() ? broken_limit(problem, purchases) : money;
}

std::vector<double> site_delays(const PlanProblem& problem, const std::vector<Purchase>& purchases,
                                int year, int speed) {
  std::vector<double> delay(at(problem.sites), 0.0);
  for (const Purchase& p : purchases) {
    const PlanOption& option = problem.options[at(p.option)];
    delay[at(problem.place_of(option.site))] += delay_at(option, speed, year - p.year);
  }
  return delay;
}

double evaluate_plan(const PlanProblem& problem, const std::vector<Purchase>& purchases,
                     std::vector<std::vector<double>>* time_s) {
  if (time_s != nullptr) {
    time_s->assign(at(problem.years), std::vector<double>(problem.cases.size(), 0.0));
  }
  double objective = 0;
  for (int t = 0; t < problem.years; ++t) {
    std::vector<double> weights, times;
    for (std::size_t k = 0; k < problem.cases.size(); ++k) {
      const NetworkCase& c = problem.cases[k];
      const double z = least_time(*problem.graphs[at(c.graph)], c.sources, c.targets,
                                  site_delays(problem, purchases, t, c.speed));
      if (time_s != nullptr) (*time_s)[at(t)][k] = z;
      const double weight = problem.year_weights[at(t)] * c.weight;
      if (weight <= 0) continue;  // 0 * infinity is no judgement
      weights.push_back(weight);
      times.push_back(z);
    }
    objective += tail_value(weights, times, problem.tail);
  }
  return objective;
}

}  // namespace abatis
