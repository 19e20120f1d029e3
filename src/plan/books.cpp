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
      spent_(at(instance.problem.years), 0.0),
      used_(instance.limits.size() * at(instance.problem.years), 0.0) {
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
  for (std::size_t l = 0; l < instance.limits.size(); ++l) {
    const int limit = static_cast<int>(l);
    if (instance.limits.low(limit) > 0) ++short_;
    for (int t = 0; t < p.years; ++t) overdrawn_ += overdrawn(limit, t) > 0 ? 1 : 0;
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
  const double cost = p.options[at(option)].cost();
  const double maintenance = p.options[at(option)].maintenance();
  double carried = 0;
  for (int t = 0; t < p.years; ++t) {
    const double have = p.budget[at(t)] + carried;
    double spent = spent_[at(t)];
    if (t == year) spent += cost;
    if (t > year) spent += maintenance;
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
  for (const PlanCharge& charge : o.charges) {
    const double after =
        total_[at(charge.budget_class)] + whole_charge(instance_->problem, charge, c.year);
    if (after > high_[at(charge.budget_class)]) return false;
  }
  return limits_allow(column) && affordable(c.option, c.year);
}

// Whether the limits that a purchase touches allow it; what it gives to is only better for it.
bool Books::limits_allow(int column) const {
  const Column& c = instance_->columns[at(column)];
  const int last = instance_->problem.years - 1;
  for (const LimitUse& use : instance_->limits.of(c.option)) {
    if (use.amount < 0 && used(use.limit, last) + use.amount < instance_->limits.low(use.limit)) {
      return false;
    }
    for (int t = c.year; t < end(use.limit, c.year) && use.amount > 0; ++t) {
      if (counts(use.limit, t) &&
          used(use.limit, t) + use.amount > instance_->limits.high(use.limit)) {
        return false;
      }
    }
  }
  return true;
}

bool Books::can_remove(int column) const {
  if (fixed_[at(column)]) return false;
  const Column& c = instance_->columns[at(column)];
  for (const PlanCharge& charge : instance_->problem.options[at(c.option)].charges) {
    const double whole = whole_charge(instance_->problem, charge, c.year);
    if (whole > 0 && room_to_lower_limit(charge.budget_class) < whole) return false;
  }
  return !change_of_limits(column, -1).breaks();
}

bool Books::may_stand(int column) const {
  const int option = instance_->columns[at(column)].option;
  const int there = site_[at(instance_->site_of(column))];
  if (barred_[at(column)] || (there >= 0 && fixed_[at(there)])) return false;
  return free_of_conflicts(option, there < 0 ? option : instance_->columns[at(there)].option);
}

// Counts a purchase, or takes it out of the count.
void Books::count(int column, double sign) {
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  for (const PlanCharge& charge : o.charges) {
    total_[at(charge.budget_class)] += sign * whole_charge(instance_->problem, charge, c.year);
  }
  const double maintenance = sign * o.maintenance();
  spent_[at(c.year)] += sign * o.cost();
  for (std::size_t t = at(c.year) + 1; t < spent_.size(); ++t) spent_[t] += maintenance;
  const int last = instance_->problem.years - 1;
  for (const LimitUse& use : instance_->limits.of(c.option)) {
    const double low = instance_->limits.low(use.limit), high = instance_->limits.high(use.limit);
    for (int t = c.year; t < end(use.limit, c.year); ++t) {
      const double before = used(use.limit, t), after = before + sign * use.amount;
      used(use.limit, t) = after;
      if (counts(use.limit, t)) overdrawn_ += (after > high ? 1 : 0) - (before > high ? 1 : 0);
      if (t == last) short_ += (after < low ? 1 : 0) - (before < low ? 1 : 0);
    }
  }
}

void Books::add(int column) {
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  bought_[at(c.option)] = column;
  site_[at(o.site)] = column;
  plan_.push_back(column);
  count(column, 1);
}

void Books::remove(int column) {
  const Column& c = instance_->columns[at(column)];
  const PlanOption& o = instance_->problem.options[at(c.option)];
  bought_[at(c.option)] = -1;
  site_[at(o.site)] = -1;
  plan_.erase(std::find(plan_.begin(), plan_.end(), column));
  count(column, -1);
}

double Books::missing(int budget_class) const {
  return std::max(0.0, low_[at(budget_class)] - total_[at(budget_class)]);
}

double Books::missing() const {
  double sum = 0;
  for (std::size_t c = 0; c < total_.size(); ++c) sum += missing(static_cast<int>(c));
  for (std::size_t l = 0; l < instance_->limits.size() && short_ > 0; ++l) {
    sum += missing_of_limit(static_cast<int>(l));
  }
  return sum;
}

double Books::missing_of_limit(int limit) const {
  const double amount = instance_->limits.low(limit) - used(limit, instance_->problem.years - 1);
  return amount > 0 ? amount * instance_->limits.rate(limit) : 0.0;
}

bool Books::is_missed(int option, bool chiefly) const {
  const auto& charges = instance_->problem.options[at(option)].charges;
  const auto chief =
      std::max_element(charges.begin(), charges.end(),
                       [](const PlanCharge& a, const PlanCharge& b) { return a.cost < b.cost; });
  for (auto c = charges.begin(); c != charges.end(); ++c) {
    if ((!chiefly || c == chief) && missing(c->budget_class) > 0) return true;
  }
  const auto uses = instance_->limits.of(option);
  return short_ > 0 && std::any_of(uses.begin(), uses.end(), [&](const LimitUse& use) {
           return use.amount > 0 && missing_of_limit(use.limit) > 0;
         });
}

bool Books::lower_limits_met() const {
  if (short_ > 0) return false;
  for (std::size_t c = 0; c < total_.size(); ++c) {
    if (low_[c] > total_[c]) return false;
  }
  return true;
}

double Books::room_to_lower_limit(int budget_class) const {
  return std::max(0.0, total_[at(budget_class)] - low_[at(budget_class)]);
}

double Books::room_to_upper_limit(int budget_class) const {
  return high_[at(budget_class)] - total_[at(budget_class)];
}

double Books::overdrawn(int limit, int year) const {
  if (!counts(limit, year)) return 0;
  return std::max(0.0, used(limit, year) - instance_->limits.high(limit));
}

Books::LimitChange Books::change_of_limits(int from, int to) const {
  LimitChange change;
  const LimitTable& limits = instance_->limits;
  const Column none{-1, 0};
  const Column old = from < 0 ? none : instance_->columns[at(from)];
  const Column now = to < 0 ? none : instance_->columns[at(to)];
  const int years = instance_->problem.years;
  const auto look = [&](int limit, double lost, double gained) {
    const double worth = limits.rate(limit) * (counts(limit, 0) ? 1 : years);
    for (int t = 0; t < years; ++t) {
      if (!counts(limit, t)) continue;
      const double before = used(limit, t), high = limits.high(limit), low = limits.low(limit);
      const bool after_now = t >= now.year && t < end(limit, now.year);
      const bool after_old = t >= old.year && t < end(limit, old.year);
      const double by = (after_now ? gained : 0.0) - (after_old ? lost : 0.0);
      const double after = before + by;
      if (by > 0 && after > high) change.breaks_high = true;
      if (by < 0 && before > high) change.relief += worth * std::min(-by, before - high);
      if (t == years - 1 && by < 0 && after < low) change.breaks_low = true;
    }
  };
  const auto amount = [&](int option, int limit) {
    if (option < 0) return 0.0;
    for (const LimitUse& use : limits.of(option)) {
      if (use.limit == limit) return use.amount;
    }
    return 0.0;
  };
  if (old.option >= 0) {
    for (const LimitUse& use : limits.of(old.option)) {
      look(use.limit, use.amount, amount(now.option, use.limit));
    }
  }
  if (now.option >= 0) {
    for (const LimitUse& use : limits.of(now.option)) {
      if (amount(old.option, use.limit) == 0) look(use.limit, 0.0, use.amount);
    }
  }
  return change;
}

bool Books::paid() const {
  const PlanProblem& p = instance_->problem;
  double carried = 0;
  for (int t = 0; t < p.years; ++t) {
    const double have = p.budget[at(t)] + carried;
    if (have - spent_[at(t)] < -money_slack(have)) return false;
    carried = p.carry_over * std::max(0.0, have - spent_[at(t)]);
  }
  return true;
}

bool Books::upper_limits_broken() const {
  if (overdrawn_ > 0) return true;
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
