#include "abatis/plan/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "abatis/base/parallel.hpp"
#include "rules.hpp"

namespace abatis {

using namespace plan_detail;

namespace {

constexpr double kDecisionSeconds = 10;
constexpr double kAnyGap = 1e9;  // the first plan found is enough
constexpr double kSame = 1e-9;   // times nearer than this share are equal

using Plan = std::vector<Purchase>;

Plan without(const Plan& plan, const std::vector<Purchase>& gone) {
  Plan left = plan;
  std::erase_if(left, [&](const Purchase& p) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const Purchase& g) { return g.option == p.option; });
  });
  return left;
}

const Purchase* bought_at(const PlanProblem& problem, const Plan& plan, int site) {
  for (const Purchase& p : plan) {
    if (problem.options[at(p.option)].site == site) return &p;
  }
  return nullptr;
}

double amount_in(const PlanLimit& limit, int option) {
  for (const PlanUse& use : limit.uses) {
    if (use.option == option) return use.amount;
  }
  return 0;
}

bool overdrawn(const PlanProblem& problem, const PlanLimit& limit, const Plan& plan) {
  const std::vector<double> used = limit_use(problem, limit, plan);
  for (int t = first_year_of(limit, problem.years); t < problem.years; ++t) {
    if (used[at(t)] > limit.high + limit_slack(limit)) return true;
  }
  return false;
}

// What goes with `first`: users of what is then overdrawn, and what relies on these in turn.
std::vector<Purchase> falls_with(const PlanProblem& problem, const Plan& plan,
                                 const Purchase& first) {
  std::vector<Purchase> gone{first};
  for (bool more = true; more;) {
    more = false;
    const Plan left = without(plan, gone);
    for (const PlanLimit& limit : problem.limits) {
      const bool gave = std::any_of(gone.begin(), gone.end(), [&](const Purchase& g) {
        return amount_in(limit, g.option) < 0;
      });
      if (!gave || !overdrawn(problem, limit, left)) continue;
      for (const Purchase& p : left) {
        if (amount_in(limit, p.option) <= 0) continue;
        gone.push_back(p);
        more = true;
      }
      if (more) break;
    }
  }
  gone.erase(gone.begin());
  return gone;
}

std::vector<int> sites_along(const Graph& graph, const std::vector<std::int32_t>& arcs) {
  std::vector<int> sites;
  for (const std::int32_t a : arcs) {
    if (graph.site[at(a)] >= 0) sites.push_back(graph.site[at(a)]);
  }
  return sites;
}

// By cell (year, case): the way through the site that is faster than the plan's, if there is one.
std::vector<std::optional<WayThrough>> ways_by_cell(
    const PlanProblem& problem, const Plan& left, int site,
    const std::vector<std::vector<double>>& plan_s) {
  const std::size_t cases = problem.cases.size();
  std::vector<std::optional<WayThrough>> ways(cases * at(problem.years));
  parallel_for(ways.size(), problem.threads, [&](std::size_t i) {
    WayThrough way;
    way.year = static_cast<int>(i / cases);
    way.kase = static_cast<int>(i % cases);
    const NetworkCase& c = problem.cases[at(way.kase)];
    const Graph& graph = *problem.graphs[at(c.graph)];
    way.time_s = least_time(graph, c.sources, c.targets,
                            site_delays(problem, left, way.year, c.speed), &way.arcs);
    way.plan_s = plan_s[at(way.year)][at(way.kase)];
    if (!(way.time_s < way.plan_s * (1 - kSame))) return;
    way.sites = sites_along(graph, way.arcs);
    const int place = problem.place_of(site);
    if (std::find(way.sites.begin(), way.sites.end(), place) == way.sites.end()) return;
    way.years = {way.year};
    way.loss_s = problem.year_weights[at(way.year)] * c.weight * (way.plan_s - way.time_s);
    ways[i] = std::move(way);
  });
  return ways;
}

std::vector<WayThrough> ways_through(const PlanProblem& problem, const Plan& left, int site,
                                     const std::vector<std::vector<double>>& plan_s) {
  std::map<std::pair<int, std::vector<int>>, WayThrough> same;
  for (std::optional<WayThrough>& way : ways_by_cell(problem, left, site, plan_s)) {
    if (!way) continue;
    const auto [where, fresh] = same.try_emplace({way->kase, way->sites}, *way);
    if (fresh) continue;
    WayThrough& known = where->second;
    std::vector<int> years = known.years;
    years.push_back(way->year);
    const double loss = known.loss_s + way->loss_s;
    if (way->plan_s - way->time_s > known.plan_s - known.time_s) known = std::move(*way);
    known.years = std::move(years);
    known.loss_s = loss;
  }
  std::vector<WayThrough> ways;
  for (auto& entry : same) ways.push_back(std::move(entry.second));
  std::stable_sort(ways.begin(), ways.end(),
                   [](const WayThrough& a, const WayThrough& b) { return a.loss_s > b.loss_s; });
  return ways;
}

std::string name_of(const PlanProblem& problem, int option) {
  return at(option) < problem.option_names.size() ? problem.option_names[at(option)]
                                                  : option_name(problem, option);
}

// Every rule that `plan` breaks for having `added`, its last purchase, in the place of `replaced`
// (-1 = nothing).
class Against {
 public:
  explicit Against(const PlanProblem& problem) : problem_(problem), money_(problem) {
    money_.conflicts.clear();
    money_.fixed.clear();
    money_.barred.clear();
    money_.earmarks.clear();
    money_.limits.clear();
    one_ = money_;
    for (double& b : one_.budget) b = 1e18;
  }

  std::vector<std::string> rules(const Plan& plan, int added, int replaced) {
    std::vector<std::string> broken;
    const auto note = [&](std::string text) {
      if (!text.empty()) broken.push_back(std::move(text));
    };
    for (const PlanFixed& f : problem_.fixed) {
      if (f.option == replaced)
        note("it is decided that " + name_of(problem_, f.option) + " is bought");
    }
    const int year = plan.back().year;
    for (const PlanBarred& b : problem_.barred) {
      if (b.option == added && year >= b.from && year <= b.to) {
        note(fmt::format("it is decided that it is not bought in {}", year_name(problem_, year)));
      }
    }
    for (const PlanConflict& c : problem_.conflicts) {
      const int other = c.option_a == added ? c.option_b : c.option_b == added ? c.option_a : -1;
      const bool stands = std::any_of(plan.begin(), plan.end(),
                                      [&](const Purchase& p) { return p.option == other; });
      if (other >= 0 && stands)
        note("it excludes " + name_of(problem_, other) + ", which is bought");
    }
    note(broken_rule(money_, plan));
    for (const PlanEarmark& e : problem_.earmarks) {
      one_.earmarks = {e};
      note(broken_rule(one_, plan));
    }
    one_.earmarks.clear();
    for (const PlanLimit& limit : problem_.limits) {
      if (amount_in(limit, added) == 0 && (replaced < 0 || amount_in(limit, replaced) == 0))
        continue;
      one_.limits = {limit};
      note(broken_rule(one_, plan));
    }
    one_.limits.clear();
    return broken;
  }

 private:
  const PlanProblem& problem_;
  PlanProblem money_, one_;  // only the budgets; only the rule looked at
};

OptionOffer offer_of(const PlanProblem& problem, const Plan& rest, int option, int replaced,
                     Against& against) {
  OptionOffer offer;
  offer.option = option;
  Plan plan = rest;
  plan.push_back({option, 0});
  offer.free_s = evaluate_plan(problem, plan);
  std::size_t fewest = 0;
  for (int year = 0; year < problem.years; ++year) {
    plan.back().year = year;
    std::vector<std::string> broken = against.rules(plan, option, replaced);
    if (year > 0 && broken.size() >= fewest) continue;
    fewest = broken.size();
    offer.year = year;
    offer.against = std::move(broken);
  }
  plan.back().year = offer.year;
  offer.year_s = offer.year == 0 ? offer.free_s : evaluate_plan(problem, plan);
  return offer;
}

// The option that the relaxation would miss least, or that adds most where there is none.
const OptionOffer& likeliest(const std::vector<OptionOffer>& offers) {
  return *std::min_element(offers.begin(), offers.end(),
                           [](const OptionOffer& a, const OptionOffer& b) {
                             const double x = a.reduced_s.value_or(0), y = b.reduced_s.value_or(0);
                             return x != y ? x < y : a.free_s > b.free_s;
                           });
}

OptionDecision decide(const PlanProblem& problem, const Plan& plan, const OptionOffer& offer,
                      Monitor& monitor) {
  OptionDecision decision;
  decision.option = offer.option;
  decision.year = offer.year;
  PlanProblem decided = problem;
  decided.fixed.push_back({offer.option, offer.year});
  decided.start = plan;
  decided.gap = kAnyGap;
  decided.time_limit_s = kDecisionSeconds;
  const auto found = solve_plan(decided, monitor);
  if (found) {
    decision.answer = OptionDecision::Answer::possible;
    decision.objective_s = found->objective;
  } else if (found.error().code == ErrorCode::infeasible) {
    decision.answer = OptionDecision::Answer::impossible;
    decision.why = found.error().message;
    if (!found.error().where.item.empty()) decision.why += " [" + found.error().where.item + "]";
  } else {
    decision.why = found.error().message;
  }
  return decision;
}

SiteLoss loss_of(const PlanProblem& problem, const Plan& plan, const Purchase& bought,
                 const std::vector<std::vector<double>>& plan_s) {
  SiteLoss loss;
  loss.purchase = bought;
  const Plan left = without(plan, {bought});
  loss.objective_s = evaluate_plan(problem, left);
  loss.fallen = falls_with(problem, plan, bought);
  loss.fallen_objective_s =
      loss.fallen.empty() ? loss.objective_s : evaluate_plan(problem, without(left, loss.fallen));
  loss.ways = ways_through(problem, left, problem.options[at(bought.option)].site, plan_s);
  return loss;
}

}  // namespace

Result<SiteExplanation> explain_site(const PlanProblem& problem,
                                     const std::vector<Purchase>& purchases, int site,
                                     const PlanResult* priced, Monitor& monitor) {
  if (const std::string broken = broken_rule(problem, purchases); !broken.empty()) {
    return input_error("the plan breaks a rule: " + broken, {},
                       "make the plan again: the rules have changed since");
  }
  SiteExplanation out;
  out.site = site;
  std::vector<std::vector<double>> plan_s;
  out.objective_s = evaluate_plan(problem, purchases, &plan_s);
  const Purchase* bought = bought_at(problem, purchases, site);
  if (bought != nullptr) out.in = loss_of(problem, purchases, *bought, plan_s);
  std::vector<int> others;
  for (std::size_t o = 0; o < problem.options.size(); ++o) {
    const int option = static_cast<int>(o);
    if (problem.options[o].site != site) continue;
    if (bought == nullptr || bought->option != option) others.push_back(option);
  }
  if (bought == nullptr && others.empty()) {
    return input_error(fmt::format("site {} offers no option", site), {},
                       "choose a site with an option");
  }
  const int replaced = bought == nullptr ? -1 : bought->option;
  const Plan rest = bought == nullptr ? purchases : without(purchases, {*bought});
  out.offers.resize(others.size());
  parallel_for(others.size(), problem.threads, [&](std::size_t i) {
    Against against(problem);
    out.offers[i] = offer_of(problem, rest, others[i], replaced, against);
    if (priced != nullptr && at(others[i]) < priced->reduced_s.size()) {
      out.offers[i].reduced_s = priced->reduced_s[at(others[i])];
    }
  });
  if (bought == nullptr) out.fix = decide(problem, purchases, likeliest(out.offers), monitor);
  return out;
}

}  // namespace abatis
