#include "limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace abatis::plan_detail {

namespace {

double price_of_unit(const PlanProblem& p, const PlanLimit& limit) {
  double least = std::numeric_limits<double>::infinity(), cost = 0, amount = 0;
  for (const PlanUse& use : limit.uses) {
    const double whole = std::max(1.0, p.options[at(use.option)].cost());
    if (use.amount < 0) least = std::min(least, whole / -use.amount);
    if (use.amount > 0) {
      cost += whole;
      amount += use.amount;
    }
  }
  if (std::isfinite(least)) return least;
  return amount > 0 ? cost / amount : 0.0;
}

}  // namespace

LimitTable::LimitTable(const PlanProblem& p)
    : uses_(p.options.size()),
      gives_(p.options.size(), 0),
      asked_(p.options.size(), 0),
      givers_(p.limits.size()) {
  for (std::size_t l = 0; l < p.limits.size(); ++l) {
    const PlanLimit& limit = p.limits[l];
    const double slack = limit_slack(limit);
    low_.push_back(limit.low - slack);
    high_.push_back(limit.high + slack);
    rate_.push_back(price_of_unit(p, limit));
    for (const PlanUse& use : limit.uses) {
      if (use.amount == 0) continue;
      const std::size_t o = at(use.option);
      uses_[o].push_back({static_cast<int>(l), use.amount});
      const bool asked = use.amount > 0 ? std::isfinite(limit.low) : std::isfinite(limit.high);
      if (asked) asked_[o] = 1;
      if (use.amount > 0 || !asked) continue;
      gives_[o] = 1;
      any_gives_ = true;
      givers_[l].push_back(use.option);
    }
    std::sort(givers_[l].begin(), givers_[l].end());
  }
}

std::vector<Link> links_of(const PlanProblem& problem, const LimitTable& limits) {
  std::set<Link> links;
  for (std::size_t l = 0; l < problem.limits.size(); ++l) {
    const int limit = static_cast<int>(l);
    const LimitSpan span = problem.limits[l].span;
    if (limits.givers(limit).empty() || span == LimitSpan::each_year) continue;
    std::map<int, std::vector<int>> users;  // by site
    for (const PlanUse& use : problem.limits[l].uses) {
      if (use.amount > limits.high(limit)) {
        users[problem.options[at(use.option)].site].push_back(use.option);
      }
    }
    for (auto& [site, options] : users) {
      std::sort(options.begin(), options.end());
      links.insert({std::move(options), limits.givers(limit), span == LimitSpan::by_year_end});
    }
  }
  return {links.begin(), links.end()};
}

}  // namespace abatis::plan_detail
