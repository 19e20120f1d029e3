// The plan under other figures: delays, warning and growth at their low and high ends.

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "abatis/measures/decisions.hpp"
#include "point.hpp"

namespace abatis::tradeoff {

namespace {

struct Variant {
  std::string label;
  Scenario scenario;
};

bool stores(const Scenario& scenario) {
  for (const int m : scenario.measures) {
    if (scenario.catalogue.measures[static_cast<std::size_t>(m)].emplacement.stored()) return true;
  }
  return false;
}

Scenario delays_at(Scenario scenario, double Triangular::* end) {
  const auto set = [&](Triangular& t) { t = {t.*end, t.*end, t.*end}; };
  for (Measure& measure : scenario.catalogue.measures) {
    for (MeasureDelay& d : measure.delays) set(d.delay_s);
    set(measure.multiplier);
  }
  return scenario;
}

Scenario warned_at(Scenario scenario, double Triangular::* end) {
  const double time = scenario.warning.time_s.*end;
  scenario.warning.time_s = {time, time, time};
  return scenario;
}

// Everything that grows takes so many times its years.
Scenario growing(Scenario scenario, double factor) {
  for (Measure& measure : scenario.catalogue.measures) measure.growth_years *= factor;
  for (TreeSpecies& species : scenario.catalogue.trees) species.index_age *= factor;
  return scenario;
}

std::vector<Variant> variants_of(const Scenario& s) {
  std::vector<Variant> variants;
  variants.push_back({"delays at their low", delays_at(s, &Triangular::min)});
  variants.push_back({"delays at their high", delays_at(s, &Triangular::max)});
  if (stores(s)) {
    variants.push_back({"least warning", warned_at(s, &Triangular::min)});
    variants.push_back({"longest warning", warned_at(s, &Triangular::max)});
  }
  if (s.tradeoffs.growth_high > 1) {
    variants.push_back({"slow growth", growing(s, s.tradeoffs.growth_high)});
  }
  if (s.tradeoffs.growth_low < 1) {
    variants.push_back({"fast growth", growing(s, s.tradeoffs.growth_low)});
  }
  return variants;
}

// The same places hold the same options, whatever their delays; one that delays nobody under these
// figures is not offered there.
using OptionKey = std::tuple<std::string, int, int, std::string, int>;
OptionKey key_of(const SiteSet& sites, const Site& site, const Option& option) {
  const Option* base = site.upgraded < 0 ? nullptr
                                         : &sites.sites[static_cast<std::size_t>(site.upgraded)]
                                                .options[static_cast<std::size_t>(option.upgrades)];
  return {site.id, option.measure, option.cover,
          option.park < 0 ? std::string() : sites.sites[static_cast<std::size_t>(option.park)].id,
          base == nullptr ? -1 : base->measure};
}

// The sites of the plan with the delays of others, and with their crew hours: crews of a park work
// as long as the warning lasts. Options keep their places, so that purchases stay what they were.
SiteSet with_figures_of(const SiteSet& others, SiteSet sites) {
  std::map<OptionKey, const Option*> known;
  for (const Site& site : others.sites) {
    for (const Option& option : site.options) known[key_of(others, site, option)] = &option;
  }
  const SiteSet& names = sites;
  for (Site& site : sites.sites) {
    for (Option& option : site.options) {
      const auto found = known.find(key_of(names, site, option));
      if (found != known.end()) {
        option.delay_s = found->second->delay_s;
        option.crew_h = found->second->crew_h;
      } else {
        for (auto& by_age : option.delay_s) std::fill(by_age.begin(), by_age.end(), 0.0);
      }
    }
  }
  return sites;
}

// What the crews cannot emplace within the warning is not there: of whatever gives less than is
// used of it, the largest use goes first. What stays is a plan under these figures.
std::vector<Purchase> what_is_served(std::vector<Purchase> kept, const PlanProblem& problem) {
  for (const PlanLimit& limit : problem.limits) {
    std::vector<double> amount(problem.options.size(), 0.0);
    bool gives = false;
    for (const PlanUse& use : limit.uses) {
      amount[static_cast<std::size_t>(use.option)] = use.amount;
      gives = gives || (use.amount < 0 &&
                        !problem.options[static_cast<std::size_t>(use.option)].counts_only);
    }
    if (!gives) continue;
    const auto of = [&](const Purchase& p) { return amount[static_cast<std::size_t>(p.option)]; };
    double used = 0;
    for (const Purchase& p : kept) used += of(p);
    while (used > limit.high) {
      const auto most =
          std::max_element(kept.begin(), kept.end(),
                           [&](const Purchase& a, const Purchase& b) { return of(a) < of(b); });
      if (most == kept.end() || of(*most) <= 0) break;
      used -= of(*most);
      kept.erase(most);
    }
  }
  return kept;
}

RobustPoint point_of(const std::string& label, const PlanProblem& problem,
                     const std::vector<Purchase>& planned, const Result<PlanResult>& best) {
  RobustPoint point;
  point.label = label;
  point.planned = evaluate_plan(problem, planned);
  point.baseline = evaluate_plan(problem, {});
  point.found = best.has_value();
  if (!best) {
    point.why = best.error().message;
    return point;
  }
  point.best =
      std::max(best->objective, point.planned);  // what is planned may need its rules wider
  point.bound = std::max(best->bound, point.planned);
  point.status = best->status;
  return point;
}

}  // namespace

std::size_t robust_points(const Scenario& scenario) {
  return variants_of(scenario).size();
}

Result<std::vector<RobustPoint>> robustness(const TradeoffInput& input, int threads,
                                            Monitor& monitor) {
  std::vector<RobustPoint> points;
  RobustPoint planned;
  planned.label = "the figures planned with";
  planned.planned = input.plan.objective;
  planned.baseline = input.plan.baseline;
  planned.best = input.plan.objective;
  planned.bound = input.plan.bound;
  planned.status = input.plan.status;
  planned.found = true;
  points.push_back(planned);
  Quiet quiet(monitor);
  for (const Variant& variant : variants_of(input.scenario)) {
    ABATIS_TRY(SiteSet other,
               find_sites(variant.scenario, input.terrain, input.mobility, threads, quiet));
    ABATIS_CHECK(apply_decisions(variant.scenario, other));
    const SiteSet sites = with_figures_of(other, input.sites);
    PlanProblem problem =
        bounded(input, make_problem(variant.scenario, sites, input.network, nullptr), threads);
    const std::vector<Purchase> kept = what_is_served(input.plan.purchases, problem);
    problem.start = kept;
    const Result<PlanResult> best = solve_plan(problem, quiet);
    if (monitor.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped while trade-offs were worked out");
    }
    if (!best && best.error().code != ErrorCode::infeasible &&
        best.error().code != ErrorCode::limit) {
      return tl::unexpected<Error>(best.error());
    }
    points.push_back(point_of(variant.label, problem, kept, best));
    monitor.advance(1);
  }
  return points;
}

}  // namespace abatis::tradeoff
