#include "books.hpp"

#include <algorithm>
#include <limits>

namespace abatis::plan_detail {

Books::Books(const Instance& instance)
    : instance_(&instance),
      bought_(instance.problem.options.size(), -1),
      site_(at(instance.problem.sites), -1),
      fixed_(instance.columns.size(), 0),
      barred_(instance.columns.size(), 0),
      conflicts_(instance.problem.options.size()),
      spent_(at(instance.problem.years), 0.0) {
  const PlanProblem& p = instance.problem;
  const auto classes = at(class_count(p));
  total_.assign(classes, 0.0);
  low_.assign(classes, -std::numeric_limits<double>::infinity());
  high_.assign(classes, std::numeric_limits<double>::infinity());
  for (const PlanEarmark& e : p.earmarks) {
    const Limits limit = limits(e);
    low_[at(e.budget_class)] =
        std::max(low_[at(e.budget_class)], limit.low - money_slack(e.amount));
    high_[at(e.budget_class)] =
        std::min(high_[at(e.budget_class)], limit.high + money_slack(e.amount));
  }
  for (const PlanConflict& c : p.conflicts) {
    conflicts_[at(c.option_a)].push_back(c.option_b);
    conflicts_[at(c.option_b)].push_back(c.option_a);
  }
  for (const PlanFixed& f : p.fixed) {
    const int column = instance.column(f.option, f.year);
    for (int c = instance.first_column[at(f.option)]; c < instance.first_column[at(f.option) + 1];
         ++c) {
      if (c != column) barred_[at(c)] = 1;
    }
    add(column);
    fixed_[at(column)] = 1;
  }
}

bool Books::affordable(int option, int year) const {
  const PlanProblem& p = instance_->problem;
  const PlanOption& o = p.options[at(option)];
  double carried = 0;
  for (int t = 0; t < p.years; ++t) {
    const double have = p.budget[at(t)] + carried;
    double spent = spent_[at(t)];
    if (t == year) spent += o.cost;
    if (t > year) spent += o.maintenance;
    const double left = have - spent;
    if (left < -money_slack(have) && t >= year) return false;
    carried = p.carry_over * std::max(0.0, left);
  }
  return true;
}

bool Books::can_add(int column) const {
  if (barred_[at(column)]) return false;
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  if (site_[at(o.site)] >= 0) return false;
  if (!free_of_conflicts(c.option, c.option)) return false;
  const double after =
      total_[at(o.budget_class)] + whole_cost(instance_->problem, c.option, c.year);
  return after <= high_[at(o.budget_class)] && affordable(c.option, c.year);
}

void Books::add(int column) {
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  bought_[at(c.option)] = column;
  site_[at(o.site)] = column;
  plan_.push_back(column);
  total_[at(o.budget_class)] += whole_cost(instance_->problem, c.option, c.year);
  spent_[at(c.year)] += o.cost;
  for (std::size_t t = at(c.year) + 1; t < spent_.size(); ++t) spent_[t] += o.maintenance;
}

void Books::remove(int column) {
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  bought_[at(c.option)] = -1;
  site_[at(o.site)] = -1;
  plan_.erase(std::find(plan_.begin(), plan_.end(), column));
  total_[at(o.budget_class)] -= whole_cost(instance_->problem, c.option, c.year);
  spent_[at(c.year)] -= o.cost;
  for (std::size_t t = at(c.year) + 1; t < spent_.size(); ++t) spent_[t] -= o.maintenance;
}

double Books::missing(int budget_class) const {
  return std::max(0.0, low_[at(budget_class)] - total_[at(budget_class)]);
}

double Books::missing() const {
  double sum = 0;
  for (std::size_t c = 0; c < total_.size(); ++c) sum += missing(static_cast<int>(c));
  return sum;
}

bool Books::lower_limits_met() const {
  return missing() <= 0;
}

double Books::room_to_lower_limit(int budget_class) const {
  return std::max(0.0, total_[at(budget_class)] - low_[at(budget_class)]);
}

double Books::room_to_upper_limit(int budget_class) const {
  return high_[at(budget_class)] - total_[at(budget_class)];
}

bool Books::upper_limits_broken() const {
  for (std::size_t c = 0; c < total_.size(); ++c) {
    if (total_[c] > high_[c]) return true;
  }
  return false;
}

bool Books::free_of_conflicts(int option, int instead) const {
  const auto& others = conflicts_[at(option)];
  return std::all_of(others.begin(), others.end(),
                     [&](int o) { return bought_[at(o)] < 0 || o == instead; });
}

std::vector<Purchase> Books::purchases() const {
  std::vector<Purchase> list;
  for (const int c : plan_) {
    list.push_back({instance_->columns[at(c)].option, instance_->columns[at(c)].year});
  }
  std::sort(list.begin(), list.end(), [](const Purchase& a, const Purchase& b) {
    return a.year != b.year ? a.year < b.year : a.option < b.option;
  });
  return list;
}

std::vector<double> Books::as_point() const {
  std::vector<double> x(instance_->columns.size(), 0.0);
  for (const int c : plan_) x[at(c)] = 1.0;
  return x;
}

}  // namespace abatis::plan_detail
