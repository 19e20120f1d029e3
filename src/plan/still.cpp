#include "still.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rows.hpp"
#include "rules.hpp"

namespace abatis::plan_detail {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// An option of the still: one of the problem, bought in a year.
struct Copy {
  int option = 0, year = 0;
  std::vector<double> delay;  // by speed, s
  // EUR: what it takes from the sums that may be spent by the end of each year up to the still's,
  // then what it comes to by class.
  std::vector<double> charge;
};

Copy copy_of(const PlanProblem& p, int option, int bought, int year) {
  Copy copy{option, bought, {}, {}};
  const PlanOption& o = p.options[at(option)];
  for (std::size_t v = 0; v < o.delay_s.size(); ++v) {
    copy.delay.push_back(delay_at(o, static_cast<int>(v), year - bought));
  }
  for (int t = 0; t <= year; ++t) copy.charge.push_back(taken_by(p, {option, bought}, t));
  for (const PlanCharge& c : o.charges) copy.charge.push_back(whole_charge(p, c, bought));
  return copy;
}

bool no_worse(const Copy& a, const Copy& b) {
  for (std::size_t i = 0; i < a.delay.size(); ++i) {
    if (a.delay[i] < b.delay[i]) return false;
  }
  for (std::size_t i = 0; i < a.charge.size(); ++i) {
    if (a.charge[i] > b.charge[i]) return false;
  }
  return true;
}

// The purchases of an option by the end of the year that no other of them beats, by year.
std::vector<Copy> copies_of(const PlanProblem& p, int option, int year, int fixed_year) {
  std::vector<Copy> all;
  for (int u = 0; u <= year; ++u) {
    if (fixed_year >= 0 && u != fixed_year) continue;
    const bool barred = std::any_of(p.barred.begin(), p.barred.end(), [&](const PlanBarred& b) {
      return b.option == option && u >= b.from && u <= b.to;
    });
    if (barred) continue;
    Copy copy = copy_of(p, option, u, year);
    if (std::any_of(all.begin(), all.end(), [&](const Copy& c) { return no_worse(c, copy); })) {
      continue;
    }
    std::erase_if(all, [&](const Copy& c) { return no_worse(copy, c); });
    all.push_back(std::move(copy));
  }
  return all;
}

class Still {
 public:
  Still(const PlanProblem& problem, int year)
      : from_(problem), year_(year), first_(problem.options.size() + 1, 0) {}

  PlanProblem make(const std::vector<int>& cases) {
    still_.years = 1;
    still_.sites = from_.sites;
    still_.year_weights = {1.0};
    still_.graphs = from_.graphs;
    for (const int k : cases) still_.cases.push_back(from_.cases[at(k)]);
    const double most = spendable(from_)[at(year_)];
    still_.budget = {most + money_slack(most)};
    still_.carry_over = from_.carry_over;
    still_.node_limit = from_.node_limit;
    still_.time_limit_s = from_.time_limit_s;
    still_.gap = 0;
    still_.threads = from_.threads;
    add_options();
    add_conflicts();
    for (int t = 0; t < year_; ++t) add_budget(t);
    for (const PlanEarmark& e : from_.earmarks) add_earmark(e);
    for (const PlanLimit& l : from_.limits) add_limit(l);
    return std::move(still_);
  }

 private:
  bool last() const { return year_ == from_.years - 1; }

  void add_options() {
    std::vector<int> fixed(from_.options.size(), -1);
    for (const PlanFixed& f : from_.fixed) fixed[at(f.option)] = f.year;
    for (std::size_t o = 0; o < from_.options.size(); ++o) {
      const PlanOption& option = from_.options[o];
      std::vector<Copy> copies = copies_of(from_, static_cast<int>(o), year_, fixed[o]);
      first_[o] = static_cast<int>(still_.options.size());
      for (Copy& copy : copies) {
        if (fixed[o] >= 0) {
          still_.fixed.push_back({static_cast<int>(still_.options.size()), 0});
        }
        PlanOption stands;
        stands.site = option.site;
        stands.charges = {{0, copy.charge[at(year_)], 0}};
        for (const double delay : copy.delay) stands.delay_s.push_back({delay});
        still_.options.push_back(std::move(stands));
        copies_.push_back(std::move(copy));
      }
      if (!copies.empty()) continue;
      // Decided for later: it keeps the site in the paths, and can do nothing.
      PlanOption stands;
      stands.site = option.site;
      stands.charges = {{0, 0, 0}};
      stands.delay_s.assign(option.delay_s.size(), {0.0});
      still_.options.push_back(std::move(stands));
      copies_.push_back({static_cast<int>(o), -1, {}, {}});
    }
    first_.back() = static_cast<int>(still_.options.size());
  }

  template <class Visit>
  void each_copy(int option, const Visit& visit) const {
    for (int c = first_[at(option)]; c < first_[at(option) + 1]; ++c) {
      if (copies_[at(c)].year >= 0) visit(c);
    }
  }

  void add_conflicts() {
    for (const PlanConflict& conflict : from_.conflicts) {
      each_copy(conflict.option_a, [&](int a) {
        each_copy(conflict.option_b, [&](int b) { still_.conflicts.push_back({a, b}); });
      });
    }
  }

  // What acts in the still's year was bought before it: the money of earlier years counts, too.
  void add_budget(int year) {
    const double most = spendable(from_)[at(year)];
    PlanLimit limit;
    limit.high = most + money_slack(most);
    for (std::size_t c = 0; c < copies_.size(); ++c) {
      if (copies_[c].year < 0 || copies_[c].charge[at(year)] == 0) continue;
      limit.uses.push_back({static_cast<int>(c), copies_[c].charge[at(year)]});
    }
    keep(std::move(limit));
  }

  void add_earmark(const PlanEarmark& earmark) {
    const Limits ends = limits(earmark);
    const double slack = money_slack(earmark.amount);
    PlanLimit limit;
    limit.high = ends.high + slack;
    for (std::size_t c = 0; c < copies_.size(); ++c) {
      if (copies_[c].year < 0) continue;
      for (const PlanCharge& charge : from_.options[at(copies_[c].option)].charges) {
        const double whole = whole_charge(from_, charge, copies_[c].year);
        if (charge.budget_class == earmark.budget_class && whole != 0) {
          limit.uses.push_back({static_cast<int>(c), whole});
        }
      }
    }
    keep(std::move(limit));
  }

  void add_limit(const PlanLimit& from) {
    // A copy may stand for a purchase of another year, which another capacity bears.
    if (from.span == LimitSpan::each_year) return;
    const double slack = limit_slack(from);
    const bool only_uses = std::all_of(from.uses.begin(), from.uses.end(),
                                       [](const PlanUse& use) { return use.amount >= 0; });
    PlanLimit limit;
    if (from.span == LimitSpan::by_year_end || only_uses || last()) limit.high = from.high + slack;
    if (last()) limit.low = from.low - slack;
    for (const PlanUse& use : from.uses) {
      each_copy(use.option, [&](int c) { limit.uses.push_back({c, use.amount}); });
    }
    keep(std::move(limit));
  }

  void keep(PlanLimit limit) {
    if (std::isinf(limit.low) && std::isinf(limit.high)) return;
    limit.span = LimitSpan::by_year_end;
    still_.limits.push_back(std::move(limit));
  }

  const PlanProblem& from_;
  int year_;
  PlanProblem still_;
  std::vector<int> first_;    // by option of the problem: its first copy
  std::vector<Copy> copies_;  // by option of the still; year -1 = stands for none
};

}  // namespace

PlanProblem still_of(const PlanProblem& problem, int year, const std::vector<int>& cases) {
  return Still(problem, year).make(cases);
}

}  // namespace abatis::plan_detail
