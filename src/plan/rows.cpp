#include "rows.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"

namespace abatis::plan_detail {

namespace {

Row budget_row(const PlanProblem& p, const std::vector<Column>& columns, int year, double most) {
  Row row{Row::Kind::budget, year, year, -kInfinity, most + money_slack(most), {}};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const double sum = taken_by(p, columns[c], year);
    if (sum != 0) row.terms.emplace_back(static_cast<int>(c), sum);
  }
  return row;
}

Row earmark_row(const PlanProblem& p, const std::vector<Column>& columns, int index) {
  const PlanEarmark& earmark = p.earmarks[at(index)];
  const Limits range = limits(earmark);
  const double slack = money_slack(earmark.amount);
  Row row{Row::Kind::earmark, index, p.years - 1, range.low - slack, range.high + slack, {}};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const PlanCharge& charge : p.options[at(columns[c].option)].charges) {
      if (charge.budget_class != earmark.budget_class) continue;
      const double whole = whole_charge(p, charge, columns[c].year);
      if (whole != 0) row.terms.emplace_back(static_cast<int>(c), whole);
    }
  }
  return row;
}

void add_limit_rows(const PlanProblem& p, const std::vector<std::vector<int>>& columns_of,
                    const std::vector<Column>& columns, int index, std::vector<Row>& rows) {
  const PlanLimit& limit = p.limits[at(index)];
  const double slack = limit_slack(limit);
  std::vector<std::pair<int, double>> all;
  for (const PlanUse& use : limit.uses) {
    if (use.amount == 0) continue;
    for (const int c : columns_of[at(use.option)]) all.emplace_back(c, use.amount);
  }
  std::sort(all.begin(), all.end());
  const int last = p.years - 1;
  for (int t = first_year_of(limit, p.years); t <= last; ++t) {
    Row row{Row::Kind::limit,   index, t, t == last ? limit.low - slack : -kInfinity,
            limit.high + slack, {}};
    if (std::isinf(row.low) && std::isinf(row.high)) continue;
    for (const auto& term : all) {
      const int year = columns[at(term.first)].year;
      if (year == t || (year < t && limit.span != LimitSpan::each_year)) row.terms.push_back(term);
    }
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::vector<double> spendable(const PlanProblem& problem) {
  std::vector<double> sum(at(problem.years), 0.0);
  double carried = 0;
  for (int t = 0; t < problem.years; ++t) {
    sum[at(t)] = problem.budget[at(t)] + carried;
    carried = problem.carry_over * sum[at(t)];
  }
  return sum;
}

// What is left at the end of year t is the sum over years u <= t of carry^(t-u) (budget - spent),
// and may not be negative; carrying less than allowed is never better.
double taken_by(const PlanProblem& problem, const Column& column, int year) {
  if (column.year > year) return 0;
  const PlanOption& option = problem.options[at(column.option)];
  const double maintenance = option.maintenance();
  double sum = option.cost();
  for (int u = column.year + 1; u <= year; ++u) sum = sum * problem.carry_over + maintenance;
  return sum;
}

std::vector<Row> linear_rows(const PlanProblem& problem, const std::vector<Column>& columns) {
  std::vector<Row> rows;
  const std::vector<double> most = spendable(problem);
  for (int t = 0; t < problem.years; ++t) {
    rows.push_back(budget_row(problem, columns, t, most[at(t)]));
  }
  for (std::size_t e = 0; e < problem.earmarks.size(); ++e) {
    rows.push_back(earmark_row(problem, columns, static_cast<int>(e)));
  }
  std::vector<std::vector<int>> columns_of(problem.options.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns_of[at(columns[c].option)].push_back(static_cast<int>(c));
  }
  for (std::size_t l = 0; l < problem.limits.size(); ++l) {
    add_limit_rows(problem, columns_of, columns, static_cast<int>(l), rows);
  }
  return rows;
}

double mean_term(const Row& row) {
  double sum = 0;
  for (const auto& term : row.terms) sum += std::abs(term.second);
  return sum > 0 ? sum / static_cast<double>(row.terms.size()) : 1.0;
}

std::string row_name(const PlanProblem& problem, const Row& row) {
  switch (row.kind) {
    case Row::Kind::budget:
      return budget_name(problem, row.index);
    case Row::Kind::earmark:
      return name_of_earmark(problem, problem.earmarks[at(row.index)]);
    case Row::Kind::limit:
      break;
  }
  return problem.limits[at(row.index)].name;
}

RulePrices::RulePrices(const PlanProblem& problem)
    : problem_(problem),
      budget_(at(problem.years), 0.0),
      earmark_(problem.earmarks.size(), 0.0),
      limit_(problem.limits.size(), 0.0) {}

void RulePrices::add(Row::Kind kind, int index, double price) {
  if (kind == Row::Kind::earmark) earmark_[at(index)] += price;
  if (kind == Row::Kind::limit) limit_[at(index)] += price;
  if (kind != Row::Kind::budget) return;
  double share = 1;  // of a euro of an earlier year that is still there in this one
  for (int t = index; t >= 0; --t, share *= problem_.carry_over) {
    budget_[at(t)] += share * price;
  }
}

std::vector<LimitPrice> RulePrices::prices(double baseline) const {
  std::vector<LimitPrice> prices;
  const auto note = [&](std::string name, double price, bool money) {
    const double shown = money ? price * 1e6 : price;
    const bool binding = shown > 1e-9 * std::max(1e-9, baseline);
    prices.push_back({std::move(name), binding && money ? shown : 0.0,
                      binding && !money ? shown : 0.0, binding});
  };
  for (int t = 0; t < problem_.years; ++t) note(budget_name(problem_, t), budget_[at(t)], true);
  for (std::size_t e = 0; e < earmark_.size(); ++e) {
    note(name_of_earmark(problem_, problem_.earmarks[e]), earmark_[e], true);
  }
  for (std::size_t l = 0; l < limit_.size(); ++l) note(problem_.limits[l].name, limit_[l], false);
  return prices;
}

}  // namespace abatis::plan_detail
