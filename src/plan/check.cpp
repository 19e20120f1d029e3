#include "check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "clash.hpp"
#include "instance.hpp"

namespace abatis::plan_detail {

namespace {

Status bad(std::string message, std::string item) {
  Where where;
  where.item = std::move(item);
  return input_error(std::move(message), std::move(where));
}

tl::unexpected<Error> impossible(std::string message, std::string item, std::string hint) {
  Where where;
  where.item = std::move(item);
  return fail(ErrorCode::infeasible, std::move(message), std::move(where), std::move(hint));
}

bool sound(double amount) {
  return std::isfinite(amount) && amount >= 0;
}

Status check_options(const PlanProblem& p) {
  int speeds = 0;
  for (const NetworkCase& c : p.cases) speeds = std::max(speeds, c.speed + 1);
  for (std::size_t o = 0; o < p.options.size(); ++o) {
    const PlanOption& option = p.options[o];
    const std::string name = option_name(p, static_cast<int>(o));
    if (option.site < 0 || option.site >= p.sites) return bad("its site does not exist", name);
    if (option.charges.empty()) return bad("it is charged to no budget class", name);
    int before = -1;
    for (const PlanCharge& c : option.charges) {
      if (c.budget_class <= before) {
        return bad("the budget classes of its charges must ascend from 0, none twice", name);
      }
      before = c.budget_class;
      if (!sound(c.cost) || !sound(c.maintenance)) {
        return bad("cost and maintenance must be finite and not negative", name);
      }
    }
    if (static_cast<int>(option.delay_s.size()) < speeds) {
      return bad(fmt::format("it has delays for {} speeds, the cases use {}", option.delay_s.size(),
                             speeds),
                 name);
    }
    for (const auto& by_age : option.delay_s) {
      double last = 0;
      for (const double d : by_age) {
        if (!std::isfinite(d) || d < last) {
          return bad("delays must be finite, not negative, and must not fall with age", name);
        }
        last = d;
      }
    }
  }
  return {};
}

Status check_limits(const PlanProblem& p) {
  std::vector<int> seen(p.options.size(), -1);
  for (std::size_t l = 0; l < p.limits.size(); ++l) {
    const PlanLimit& limit = p.limits[l];
    const std::string name = fmt::format("limit {} ({})", l, limit.name);
    if (!(limit.low <= limit.high)) return bad("its low must not be above its high", name);
    if (limit.span == LimitSpan::each_year &&
        (std::isfinite(limit.low) || std::any_of(limit.uses.begin(), limit.uses.end(),
                                                 [](const PlanUse& u) { return u.amount < 0; }))) {
      return bad("a limit on each year by itself has no low and nothing gives to it", name);
    }
    for (const PlanUse& use : limit.uses) {
      if (use.option < 0 || at(use.option) >= p.options.size()) return bad("unknown option", name);
      if (seen[at(use.option)] == static_cast<int>(l)) {
        return bad(fmt::format("{} is used twice", option_name(p, use.option)), name);
      }
      seen[at(use.option)] = static_cast<int>(l);
      if (!std::isfinite(use.amount)) return bad("its amounts must be finite", name);
    }
  }
  return {};
}

Status check_graph(const PlanProblem& p, std::size_t g) {
  const std::string name = fmt::format("graph {}", g);
  if (p.graphs[g] == nullptr || p.graphs[g]->first.empty()) return bad("it is empty", name);
  const Graph& graph = *p.graphs[g];
  const auto arcs = static_cast<std::size_t>(graph.first.back());
  if (graph.to.size() != arcs || graph.time_s.size() != arcs || graph.site.size() != arcs) {
    return bad("its arrays differ in length", name);
  }
  for (std::size_t a = 0; a < arcs; ++a) {
    if (graph.to[a] < 0 || graph.to[a] >= graph.nodes() || graph.site[a] >= p.sites ||
        !sound(graph.time_s[a])) {
      return bad(fmt::format("arc {} has a wrong head, site or time", a), name);
    }
  }
  return {};
}

Status check_cases(const PlanProblem& p) {
  for (std::size_t g = 0; g < p.graphs.size(); ++g) ABATIS_CHECK(check_graph(p, g));
  for (std::size_t k = 0; k < p.cases.size(); ++k) {
    const NetworkCase& c = p.cases[k];
    const std::string name = fmt::format("case {}", k);
    if (c.graph < 0 || at(c.graph) >= p.graphs.size()) return bad("its graph is missing", name);
    if (c.speed < 0 || !sound(c.weight)) return bad("its speed or weight is negative", name);
    for (const auto* nodes : {&c.sources, &c.targets}) {
      for (const std::int32_t n : *nodes) {
        if (n < 0 || n >= p.graphs[at(c.graph)]->nodes()) {
          return bad(fmt::format("node {} does not exist", n), name);
        }
      }
    }
  }
  for (const PlanRoute& r : p.routes) {
    if (r.graph < 0 || at(r.graph) >= p.graphs.size()) return bad("its graph is missing", r.name);
    if (r.speed < 0 || !(r.limit_s >= 0)) return bad("its speed or limit is negative", r.name);
    for (const auto* nodes : {&r.sources, &r.targets}) {
      for (const std::int32_t n : *nodes) {
        if (n < 0 || n >= p.graphs[at(r.graph)]->nodes()) {
          return bad(fmt::format("node {} does not exist", n), r.name);
        }
      }
    }
    for (const PlanOption& o : p.options) {
      if (at(r.speed) >= o.delay_s.size()) return bad("an option has no delay for it", r.name);
    }
  }
  return {};
}

}  // namespace

Status check_shape(const PlanProblem& p) {
  if (p.years < 1) return bad("a plan needs at least one year", "years");
  if (p.year_weights.size() != at(p.years) || p.budget.size() != at(p.years)) {
    return bad(fmt::format("{} years need as many weights and budgets, there are {} and {}",
                           p.years, p.year_weights.size(), p.budget.size()),
               "years");
  }
  if (!std::all_of(p.year_weights.begin(), p.year_weights.end(), sound)) {
    return bad("weights must be finite and not negative", "year_weights");
  }
  if (!std::all_of(p.budget.begin(), p.budget.end(), sound)) {
    return bad("budgets must be finite and not negative", "budget");
  }
  if (!(p.tail >= 0 && p.tail <= 1)) return bad("it must lie in [0, 1]", "tail");
  if (!(p.carry_over >= 0 && p.carry_over <= 1)) return bad("it must lie in [0, 1]", "carry_over");
  if (!(p.gap >= 0)) return bad("it must not be negative", "gap");
  const auto known = [&](int option) { return option >= 0 && at(option) < p.options.size(); };
  for (const PlanConflict& c : p.conflicts) {
    if (!known(c.option_a) || !known(c.option_b)) return bad("unknown option", "conflict");
  }
  for (const PlanFixed& f : p.fixed) {
    if (!known(f.option)) return bad("unknown option", "fixed decision");
    if (f.year < 0 || f.year >= p.years) {
      return bad(fmt::format("year {} lies outside the plan", f.year), "fixed decision");
    }
  }
  for (const PlanBarred& b : p.barred) {
    if (!known(b.option)) return bad("unknown option", "barred decision");
    if (b.from > b.to) return bad("its years are in the wrong order", "barred decision");
  }
  for (const Purchase& s : p.start) {
    if (!known(s.option)) return bad("unknown option", "start");
    if (s.year < 0 || s.year >= p.years) {
      return bad(fmt::format("year {} lies outside the plan", s.year), "start");
    }
  }
  for (const PlanEarmark& e : p.earmarks) {
    if (e.budget_class < 0 || !sound(e.amount) || !sound(e.tolerance)) {
      return bad("its class, amount or tolerance is negative", "earmark");
    }
  }
  ABATIS_CHECK(check_options(p));
  ABATIS_CHECK(check_limits(p));
  return check_cases(p);
}

namespace {

Status check_fixed(const PlanProblem& p) {
  std::vector<Purchase> decided;
  for (const PlanFixed& f : p.fixed) {
    const bool known = std::any_of(decided.begin(), decided.end(), [&](const Purchase& d) {
      return d.option == f.option && d.year == f.year;
    });
    if (!known) decided.push_back({f.option, f.year});
  }
  PlanProblem bare;  // the same rules without earmarks and limits, which the rest may still meet
  bare.years = p.years;
  bare.sites = p.sites;
  bare.options = p.options;
  bare.budget = p.budget;
  bare.carry_over = p.carry_over;
  bare.conflicts = p.conflicts;
  bare.barred = p.barred;
  bare.first_year = p.first_year;
  bare.option_names = p.option_names;
  if (const std::string broken = broken_rule(bare, decided); !broken.empty()) {
    return impossible("the fixed decisions contradict a rule: " + broken, "fixed decisions",
                      "drop one of them, or raise the budget it breaks");
  }
  const std::vector<double> totals = class_totals(p, decided);
  for (const PlanEarmark& e : p.earmarks) {
    const double total = totals[at(e.budget_class)];
    if (total > limits(e).high + money_slack(e.amount)) {
      return impossible(fmt::format("the fixed decisions alone spend {}, the earmark allows {}",
                                    euros(total), euros(limits(e).high)),
                        name_of_earmark(p, e), "drop one of them, or raise the earmark");
    }
  }
  return {};
}

// The most that could be spent on a class, one option per site, money no object.
double class_reach(const PlanProblem& p, int budget_class) {
  std::vector<double> by_site(at(p.sites), 0.0);
  for (const PlanOption& o : p.options) {
    for (const PlanCharge& c : o.charges) {
      if (c.budget_class != budget_class) continue;
      double& best = by_site[at(o.site)];
      best = std::max(best, whole_charge(p, c, 0));
    }
  }
  double sum = 0;
  for (const double s : by_site) sum += s;
  return sum;
}

// The most (sign 1) or least (sign -1) that a limit can come to by the end of a year, one option
// per site, with what was decided and money no object.
double limit_reach(const PlanProblem& p, const PlanLimit& limit, double sign, int year) {
  std::vector<double> by_site(at(p.sites), 0.0);
  for (const PlanUse& use : limit.uses) {
    double& best = by_site[at(p.options[at(use.option)].site)];
    best = std::max(best, sign * use.amount);
  }
  for (const PlanFixed& f : p.fixed) {
    double& decided = by_site[at(p.options[at(f.option)].site)];
    decided = 0;
    for (const PlanUse& use : limit.uses) {
      if (use.option != f.option || f.year > year) continue;
      if (f.year == year || limit.span != LimitSpan::each_year) decided = sign * use.amount;
    }
  }
  double sum = 0;
  for (const double s : by_site) sum += s;
  return sign * sum;
}

// Limits that nothing can meet, whatever else is bought.
Status check_limit_reach(const PlanProblem& p) {
  for (const PlanLimit& limit : p.limits) {
    const double slack = limit_slack(limit);
    const double most = limit_reach(p, limit, 1, p.years - 1);
    if (limit.low > most + slack) {
      return impossible(fmt::format("it asks for {}, all sites together hold {}",
                                    amount_of(limit, limit.low), amount_of(limit, most)),
                        limit.name, "ask for less, or allow more sites of what counts");
    }
    for (int t = first_year_of(limit, p.years); t < p.years; ++t) {
      const double least = limit_reach(p, limit, -1, t);
      if (least <= limit.high + slack) continue;
      return impossible(
          fmt::format("it allows {} at most, what was decided comes to {} by the end of {} even "
                      "with all that could be bought against it",
                      amount_of(limit, limit.high), amount_of(limit, least), year_name(p, t)),
          limit.name, "drop a fixed decision, decide it for later, or raise the limit");
    }
  }
  return {};
}

}  // namespace

Status check_feasible(const PlanProblem& p) {
  ABATIS_CHECK(check_fixed(p));
  double budgets = 0;
  for (const double b : p.budget) budgets += b;
  std::vector<double> low(at(class_count(p)), 0.0);
  std::vector<double> high(low.size(), std::numeric_limits<double>::infinity());
  for (const PlanEarmark& e : p.earmarks) {
    const Limits limit = limits(e);
    const double reach = class_reach(p, e.budget_class);
    if (limit.low > reach + money_slack(e.amount)) {
      return impossible(fmt::format("it asks for {}, but all options of its class together cost {}",
                                    euros(limit.low), euros(reach)),
                        name_of_earmark(p, e),
                        "lower the earmark, or allow more sites of this class");
    }
    low[at(e.budget_class)] = std::max(low[at(e.budget_class)], limit.low);
    high[at(e.budget_class)] = std::min(high[at(e.budget_class)], limit.high);
    if (low[at(e.budget_class)] > high[at(e.budget_class)] + 2 * money_slack(e.amount)) {
      return impossible(
          fmt::format("the earmarks of this class ask for at least {} and at most {}",
                      euros(low[at(e.budget_class)]), euros(high[at(e.budget_class)])),
          name_of_earmark(p, e), "change one of the two");
    }
  }
  double asked = 0;
  std::string names;
  for (std::size_t c = 0; c < low.size(); ++c) {
    if (low[c] <= 0) continue;
    asked += low[c];
    names += (names.empty() ? "" : ", ") + class_name(p, static_cast<int>(c));
  }
  if (asked > budgets + money_slack(budgets)) {
    return impossible(fmt::format("the earmarks of {} ask for {} together, the budgets hold {}",
                                  names, euros(asked), euros(budgets)),
                      "budget", "lower the earmarks or raise the budgets");
  }
  ABATIS_CHECK(check_limit_reach(p));
  for (const PlanRoute& r : p.routes) {
    std::vector<Purchase> decided;
    for (const PlanFixed& f : p.fixed) decided.push_back({f.option, f.year});
    const double time = least_time(*p.graphs[at(r.graph)], r.sources, r.targets,
                                   site_delays(p, decided, p.years - 1, r.speed));
    if (time <= r.limit_s * (1 + 1e-9)) continue;
    return impossible(fmt::format("it takes {:.0f} s with what was decided, {:.0f} s at most are "
                                  "allowed",
                                  time, r.limit_s),
                      r.name, "allow more time, or drop a decision");
  }
  return {};
}

namespace {

// Whether there is any plan at all, looked for with a small effort.
Feasible has_plan(PlanProblem problem) {
  problem.gap = 1e9;
  problem.node_limit = 200;
  problem.time_limit_s = 5;
  bool exhausted = false;
  const auto found = search_plan(problem, silent_monitor(), exhausted);
  if (found) return Feasible::yes;
  return exhausted || found.error().code == ErrorCode::infeasible ? Feasible::no
                                                                  : Feasible::unknown;
}

}  // namespace

tl::unexpected<Error> explain_infeasible(const PlanProblem& problem) {
  const std::vector<std::string> names = clashing_rules(problem, has_plan);
  return impossible(
      "no set of whole purchases keeps these rules together, and without any one of "
      "them there may be one",
      fmt::format("{}", fmt::join(names, "; ")),
      "widen one of them: a tolerance, an amount, a limit, or a decision");
}

}  // namespace abatis::plan_detail
