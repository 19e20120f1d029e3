// The elastic phase: which money limits stand against each other, and by how much.
#include <fmt/format.h>

#include <cmath>

#include <ClpSimplex.hpp>

#include "check.hpp"
#include "instance.hpp"

namespace abatis::plan_detail {

namespace {

// Purchases of every option in every year, each limit with a column that gives way at a price.
class Elastic {
 public:
  explicit Elastic(const PlanProblem& problem) : p_(problem) {
    lp_.setLogLevel(0);
    const int purchases = static_cast<int>(p_.options.size()) * p_.years;
    lp_.resize(0, purchases);
    for (int c = 0; c < purchases; ++c) lp_.setColumnBounds(c, 0, 1);
    for (const PlanFixed& f : p_.fixed) lp_.setColumnBounds(column(f.option, f.year), 1, 1);
    add_exclusions();
    add_budgets();
    add_earmarks();
  }

  // "budget 2027 by 1.2 M EUR, earmark ...": empty when all can be met.
  std::string broken() {
    lp_.primal();
    if (lp_.status() != 0) return {};
    std::string names;
    for (std::size_t i = 0; i < slack_.size(); ++i) {
      const double by = lp_.primalColumnSolution()[slack_[i]] * 1e6;
      if (by <= allowance_[i]) continue;
      names += fmt::format("{}{} by {}", names.empty() ? "" : ", ", names_[i], euros(by));
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

  // A row in million euros with a column of its own that lowers (sign -1) or raises it.
  void add_limit(std::vector<int> index, std::vector<double> value, double low, double high,
                 double sign, const std::string& name, double slack) {
    const int give = lp_.numberColumns();
    lp_.addColumn(0, nullptr, nullptr, 0, COIN_DBL_MAX, 1.0);
    index.push_back(give);
    value.push_back(sign);
    lp_.addRow(static_cast<int>(index.size()), index.data(), value.data(), low, high);
    slack_.push_back(give);
    names_.push_back(name);
    allowance_.push_back(slack + 1e-6 * 1e6);
  }

  void add_budgets() {
    const std::vector<double> most = spendable(p_);
    for (int t = 0; t < p_.years; ++t) {
      std::vector<int> index;
      std::vector<double> value;
      for (std::size_t o = 0; o < p_.options.size(); ++o) {
        for (int u = 0; u <= t; ++u) {
          double sum = p_.options[o].cost;
          for (int v = u + 1; v <= t; ++v) sum = sum * p_.carry_over + p_.options[o].maintenance;
          index.push_back(column(static_cast<int>(o), u));
          value.push_back(sum / 1e6);
        }
      }
      add_limit(index, value, -COIN_DBL_MAX, most[at(t)] / 1e6, -1, budget_name(p_, t),
                money_slack(most[at(t)]));
    }
  }

  void add_earmarks() {
    for (const PlanEarmark& e : p_.earmarks) {
      std::vector<int> index;
      std::vector<double> value;
      for (std::size_t o = 0; o < p_.options.size(); ++o) {
        if (p_.options[o].budget_class != e.budget_class) continue;
        for (int t = 0; t < p_.years; ++t) {
          index.push_back(column(static_cast<int>(o), t));
          value.push_back(whole_cost(p_, static_cast<int>(o), t) / 1e6);
        }
      }
      const Limits limit = limits(e);
      if (std::isfinite(limit.low)) {
        add_limit(index, value, limit.low / 1e6, COIN_DBL_MAX, 1, earmark_name(p_, e),
                  money_slack(e.amount));
      }
      if (std::isfinite(limit.high)) {
        add_limit(index, value, -COIN_DBL_MAX, limit.high / 1e6, -1, earmark_name(p_, e),
                  money_slack(e.amount));
      }
    }
  }

  const PlanProblem& p_;
  ClpSimplex lp_;
  std::vector<int> slack_;
  std::vector<std::string> names_;
  std::vector<double> allowance_;  // EUR below which a violation is rounding
};

}  // namespace

Status check_relaxation(const PlanProblem& problem) {
  bool floors = !problem.fixed.empty();
  for (const PlanEarmark& e : problem.earmarks) floors = floors || limits(e).low > 0;
  if (!floors) return {};  // buying nothing meets every limit
  Elastic elastic(problem);
  const std::string broken = elastic.broken();
  if (broken.empty()) return {};
  Where where;
  where.item = broken;
  return fail(ErrorCode::infeasible,
              "the limits cannot be met together, even by parts of purchases; short are: " + broken,
              std::move(where), "lower the earmarks or raise the budgets named");
}

}  // namespace abatis::plan_detail
