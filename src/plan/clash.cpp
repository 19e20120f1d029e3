#include "clash.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rules.hpp"

namespace abatis::plan_detail {

namespace {

// Rules of a problem by a number each: those still in force are a list of flags.
class RuleSet {
 public:
  explicit RuleSet(const PlanProblem& problem) : problem_(problem) {
    add({Kind::catalogue, 0});
    for (std::size_t l = 0; l < problem.limits.size(); ++l) {
      if (!of_catalogue(problem.limits[l])) add({Kind::limit, l});
    }
    for (std::size_t r = 0; r < problem.routes.size(); ++r) add({Kind::route, r});
    for (std::size_t f = 0; f < problem.fixed.size(); ++f) add({Kind::fixed, f});
    if (!problem.barred.empty()) add({Kind::barred, 0});
    for (std::size_t e = 0; e < problem.earmarks.size(); ++e) add({Kind::earmark, e});
    add({Kind::budgets, 0});
  }

  std::size_t size() const { return rules_.size(); }

  // The problem with the rules in force only.
  PlanProblem with(const std::vector<char>& in_force) const {
    PlanProblem p = problem_;
    p.limits.clear();
    p.fixed.clear();
    p.earmarks.clear();
    p.conflicts.clear();
    p.barred.clear();
    p.routes.clear();
    double everything = 0;
    for (const PlanOption& o : p.options) everything += o.cost() + p.years * o.maintenance();
    std::fill(p.budget.begin(), p.budget.end(), everything);
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      if (in_force[r]) enforce(rules_[r], p);
    }
    return p;
  }

  std::string name(std::size_t rule) const {
    const Rule r = rules_[rule];
    const auto line = [](int at) { return at > 0 ? fmt::format(" (line {})", at) : ""; };
    switch (r.kind) {
      case Kind::catalogue:
        return "what measures need of parks and of each other";
      case Kind::budgets: {
        double sum = 0;
        for (const double b : problem_.budget) sum += b;
        return fmt::format("budgets {} to {}, {} in all{}", year_name(problem_, 0),
                           year_name(problem_, problem_.years - 1), euros(sum),
                           line(problem_.budget_line));
      }
      case Kind::earmark: {
        const PlanEarmark& e = problem_.earmarks[r.index];
        std::string text = name_of_earmark(problem_, e) + " " + euros(e.amount);
        if (e.rule == EarmarkRule::exactly) text += " within " + euros(e.tolerance);
        return text + line(e.line);
      }
      case Kind::limit: {
        const PlanLimit& limit = problem_.limits[r.index];
        std::string text = limit.name;
        if (std::isfinite(limit.low)) text += " at least " + amount_of(limit, limit.low);
        if (std::isfinite(limit.high)) text += " at most " + amount_of(limit, limit.high);
        if (limit.span == LimitSpan::each_year) text += " a year";
        return text + line(limit.line);
      }
      case Kind::route: {
        const PlanRoute& route = problem_.routes[r.index];
        return fmt::format("{} in {:.0f} s at most{}", route.name, route.limit_s, line(route.line));
      }
      case Kind::fixed: {
        const PlanFixed& f = problem_.fixed[r.index];
        return fmt::format("decision to buy {} in {}{}", option_name(problem_, f.option),
                           year_name(problem_, f.year), line(f.line));
      }
      case Kind::barred:
        break;
    }
    return "decisions not to buy, or not in some years";
  }

 private:
  enum class Kind : std::uint8_t { catalogue, limit, route, fixed, barred, earmark, budgets };
  struct Rule {
    Kind kind;
    std::size_t index;
  };

  // Limits that no line of the scenario states follow from the catalogue; problems without lines
  // have each for itself.
  bool of_catalogue(const PlanLimit& limit) const {
    const bool lines = std::any_of(problem_.limits.begin(), problem_.limits.end(),
                                   [](const PlanLimit& l) { return l.line > 0; }) ||
                       problem_.budget_line > 0;
    return lines && limit.line == 0;
  }
  void add(Rule rule) { rules_.push_back(rule); }

  void enforce(const Rule& rule, PlanProblem& p) const {
    switch (rule.kind) {
      case Kind::catalogue:
        p.conflicts = problem_.conflicts;
        for (const PlanLimit& limit : problem_.limits) {
          if (of_catalogue(limit)) p.limits.push_back(limit);
        }
        break;
      case Kind::limit:
        p.limits.push_back(problem_.limits[rule.index]);
        break;
      case Kind::route:
        p.routes.push_back(problem_.routes[rule.index]);
        break;
      case Kind::fixed:
        p.fixed.push_back(problem_.fixed[rule.index]);
        break;
      case Kind::barred:
        p.barred = problem_.barred;
        break;
      case Kind::earmark:
        p.earmarks.push_back(problem_.earmarks[rule.index]);
        break;
      case Kind::budgets:
        p.budget = problem_.budget;
        break;
    }
  }

  const PlanProblem& problem_;
  std::vector<Rule> rules_;
};

}  // namespace

std::vector<std::string> clashing_rules(
    const PlanProblem& problem, const std::function<Feasible(const PlanProblem&)>& feasible) {
  const RuleSet rules(problem);
  std::vector<char> in_force(rules.size(), 1);
  for (std::size_t r = 0; r < rules.size(); ++r) {
    in_force[r] = 0;
    if (feasible(rules.with(in_force)) != Feasible::no) in_force[r] = 1;
  }
  std::vector<std::string> names;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (in_force[r]) names.push_back(rules.name(r));
  }
  return names;
}

}  // namespace abatis::plan_detail
