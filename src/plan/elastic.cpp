// The elastic phase: which limits stand against each other, and by how much.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include <ClpSimplex.hpp>

#include "check.hpp"
#include "clash.hpp"
#include "instance.hpp"

namespace abatis::plan_detail {

namespace {

// Purchases of every option in every year, each rule with a column that gives way at a price.
class Elastic {
 public:
  explicit Elastic(const PlanProblem& problem) : p_(problem) {
    lp_.setLogLevel(0);
    const int purchases = static_cast<int>(p_.options.size()) * p_.years;
    lp_.resize(0, purchases);
    for (int c = 0; c < purchases; ++c) lp_.setColumnBounds(c, 0, 1);
    for (const PlanBarred& b : p_.barred) {
      for (int t = std::max(0, b.from); t <= std::min(b.to, p_.years - 1); ++t) {
        lp_.setColumnBounds(column(b.option, t), 0, 0);
      }
    }
    for (const PlanFixed& f : p_.fixed) lp_.setColumnBounds(column(f.option, f.year), 1, 1);
    add_exclusions();
    add_rules();
  }

  // "budget 2027 by 1.2 M EUR, quota trees by 3 km, ...": empty when all can be met.
  std::string broken() {
    lp_.primal();
    if (lp_.status() != 0) return {};
    std::string names;
    for (std::size_t i = 0; i < gives_.size(); ++i) {
      const double by = lp_.primalColumnSolution()[gives_[i].column] * gives_[i].unit;
      if (by <= gives_[i].allowance) continue;
      const bool money = gives_[i].row.kind != Row::Kind::limit;
      const std::string amount =
          money ? euros(by) : amount_of(p_.limits[at(gives_[i].row.index)], by);
      names +=
          fmt::format("{}{} by {}", names.empty() ? "" : ", ", row_name(p_, gives_[i].row), amount);
    }
    return names;
  }

 private:
  int column(int option, int year) const { return option * p_.years + year; }

  void add_exclusions() {
    std::vector<std::vector<int>> groups(at(p_.sites));
    for (std::size_t o = 0; o < p_.options.size(); ++o) {
      groups[at(p_.options[o].site)].push_back(static_cast<int>(o));
    }
    for (const PlanConflict& c : p_.conflicts) {
      if (c.option_a != c.option_b) groups.push_back({c.option_a, c.option_b});
    }
    for (const auto& group : groups) {
      std::vector<int> index;
      for (const int o : group) {
        for (int t = 0; t < p_.years; ++t) index.push_back(column(o, t));
      }
      const std::vector<double> ones(index.size(), 1.0);
      lp_.addRow(static_cast<int>(index.size()), index.data(), ones.data(), -COIN_DBL_MAX, 1.0);
    }
  }

  // Rows with columns of their own that lower or raise them; those of the years of one limit share
  // theirs. Money is in million euros, a limit in the mean of its amounts.
  void add_rules() {
    std::vector<Column> columns;
    for (std::size_t o = 0; o < p_.options.size(); ++o) {
      for (int t = 0; t < p_.years; ++t) columns.push_back({static_cast<int>(o), t});
    }
    for (const Row& row : linear_rows(p_, columns)) {
      if (!std::isinf(row.low)) add_rule(row, 1);
      if (!std::isinf(row.high)) add_rule(row, -1);
    }
  }

  void add_rule(const Row& row, double sign) {
    const bool money = row.kind != Row::Kind::limit;
    const auto known = std::find_if(gives_.begin(), gives_.end(), [&](const Give& g) {
      return !money && g.row.kind == row.kind && g.row.index == row.index && g.sign == sign;
    });
    const double unit = money ? 1e6 : known != gives_.end() ? known->unit : mean_term(row);
    std::vector<int> index;
    std::vector<double> value;
    for (const auto& [column, amount] : row.terms) {
      index.push_back(column);
      value.push_back(amount / unit);
    }
    if (known != gives_.end()) {
      index.push_back(known->column);
    } else {
      index.push_back(lp_.numberColumns());
      lp_.addColumn(0, nullptr, nullptr, 0, COIN_DBL_MAX, 1.0);
      const double end = sign > 0 ? row.low : row.high;
      const double allowance = money ? 1 + money_slack(std::abs(end)) : 1e-6 * unit;
      gives_.push_back(
          {{row.kind, row.index, row.year, 0, 0, {}}, index.back(), sign, unit, allowance});
    }
    value.push_back(sign);
    lp_.addRow(static_cast<int>(index.size()), index.data(), value.data(),
               sign > 0 ? row.low / unit : -COIN_DBL_MAX,
               sign > 0 ? COIN_DBL_MAX : row.high / unit);
  }

  struct Give {
    Row row;         // without its terms
    int column = 0;  // by which the rule gives way
    double sign = 1, unit = 1;
    double allowance = 0;  // EUR or unit of the limit below which a violation is rounding
  };
  const PlanProblem& p_;
  ClpSimplex lp_;
  std::vector<Give> gives_;
};

}  // namespace

Status check_relaxation(const PlanProblem& problem) {
  bool floors = !problem.fixed.empty();
  for (const PlanEarmark& e : problem.earmarks) floors = floors || limits(e).low > 0;
  for (const PlanLimit& limit : problem.limits) {
    floors = floors || limit.low > 0 || limit.high < 0;
  }
  if (!floors) return {};  // buying nothing meets every limit
  Elastic elastic(problem);
  const std::string broken = elastic.broken();
  if (broken.empty()) return {};
  // Of many rules that give way the elastic program names some; which of them clash is looked for.
  const std::vector<std::string> names = clashing_rules(problem, [](const PlanProblem& p) {
    return Elastic(p).broken().empty() ? Feasible::yes : Feasible::no;
  });
  Where where;
  where.item = fmt::format("{}", fmt::join(names, "; "));
  return fail(ErrorCode::infeasible,
              "these rules cannot be met together, even by parts of purchases, and without any one "
              "of them they could be; with all rules, short are: " +
                  broken,
              std::move(where),
              "lower an earmark or a quota, or raise a budget or a limit, that is named");
}

}  // namespace abatis::plan_detail
