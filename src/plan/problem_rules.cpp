#include "problem_rules.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace abatis::plan_detail {

// Crew hours and stock of each park: what is stored takes them, the park gives them, and it must be
// open first.
void ScenarioRules::add_parks() {
  for (std::size_t s = 0; s < options_.sites.sites.size(); ++s) {
    const Site& park = options_.sites.sites[s];
    if (park.rule != SiteRule::park) continue;
    PlanLimit crews{.name = park.id + ": crew hours within the warning",
                    .high = 0,
                    .span = LimitSpan::by_year_end,
                    .unit = "h"};
    PlanLimit stock{
        .name = park.id + ": stock", .high = 0, .span = LimitSpan::by_year_end, .unit = "loads"};
    options_.each([&](int index, const Option& option) {
      if (option.park != static_cast<int>(s)) return;
      crews.uses.push_back({index, option.crew_h});
      stock.uses.push_back({index, option.loads});
    });
    if (crews.uses.empty()) continue;
    for (std::size_t o = 0; o < park.options.size(); ++o) {
      const int index = options_.first[s] + static_cast<int>(o);
      crews.uses.push_back({index, -park.options[o].crew_h});
      stock.uses.push_back({index, -park.options[o].loads});
    }
    problem_.limits.push_back(std::move(crews));
    problem_.limits.push_back(std::move(stock));
  }
}

void ScenarioRules::add_quotas() {
  for (const Quota& quota : options_.scenario.quotas) {
    const Measure& measure = options_.measure(quota.measure);
    PlanLimit limit{.name = "quota " + measure.id,
                    .low = quota.at_least,
                    .unit = measure.unit,
                    .line = quota.where.line};
    options_.each([&](int index, const Option& option) {
      if (option.measure == quota.measure) limit.uses.push_back({index, option.quantity});
    });
    problem_.limits.push_back(std::move(limit));
  }
}

// One of the measures needed must be bought, by the same year, somewhere in the plan. What is
// stored needs its own park: the capacities say so.
void ScenarioRules::add_needs() {
  options_.each([&](int index, const Option& option) {
    const Measure& measure = options_.measure(option.measure);
    if (measure.needs.empty()) return;
    PlanLimit limit{.name = problem_.option_names[static_cast<std::size_t>(index)] + " needs",
                    .uses = {{index, 1}},
                    .high = 0,
                    .span = LimitSpan::by_year_end};
    options_.each([&](int other, const Option& o) {
      const bool helps =
          std::find(measure.needs.begin(), measure.needs.end(), o.measure) != measure.needs.end();
      if (helps && other != index) limit.uses.push_back({other, -1});
    });
    problem_.limits.push_back(std::move(limit));
  });
}

// An upgrade needs what it is of, by the same year.
void ScenarioRules::add_upgrades() {
  for (std::size_t s = 0; s < options_.sites.sites.size(); ++s) {
    const Site& later = options_.sites.sites[s];
    if (later.upgraded < 0) continue;
    const int base = options_.first[static_cast<std::size_t>(later.upgraded)];
    for (std::size_t o = 0; o < later.options.size(); ++o) {
      const int index = options_.first[s] + static_cast<int>(o);
      problem_.limits.push_back(
          {.name = problem_.option_names[static_cast<std::size_t>(index)] + " needs what it is of",
           .uses = {{index, 1}, {base + later.options[o].upgrades, -1}},
           .high = 0,
           .span = LimitSpan::by_year_end});
    }
  }
}

// The options of the site that a decision is about.
void ScenarioRules::add_decisions() {
  const auto& sites = options_.sites.sites;
  for (const Decision& decision : options_.scenario.decisions) {
    const auto site = std::find_if(sites.begin(), sites.end(),
                                   [&](const Site& s) { return s.id == decision.site; });
    if (site == sites.end()) continue;  // apply_decisions refuses it
    const auto s = static_cast<std::size_t>(site - sites.begin());
    std::vector<int> fitting;
    for (std::size_t o = 0; o < site->options.size(); ++o) {
      const bool fits = decision.measure < 0 || site->options[o].measure == decision.measure;
      if (fits) fitting.push_back(options_.first[s] + static_cast<int>(o));
    }
    if (!fitting.empty()) decide(decision, fitting);
  }
}

void ScenarioRules::decide(const Decision& decision, const std::vector<int>& fitting) {
  const int last = problem_.years - 1;
  const int line = decision.where.line;
  if (decision.kind == Decision::Kind::never) {
    for (const int o : fitting) problem_.barred.push_back({o, 0, last});
    return;
  }
  // What stands already is bought, for nothing, in the first year.
  const int year =
      decision.kind == Decision::Kind::built ? 0 : decision.year - options_.scenario.first_year;
  if (fitting.size() == 1 || decision.kind == Decision::Kind::built) {
    problem_.fixed.push_back({fitting.front(), year, line});
    return;
  }
  PlanLimit limit{.name = "decision on " + decision.site, .low = 1, .line = line};
  for (const int o : fitting) {
    limit.uses.push_back({o, 1});
    if (year > 0) problem_.barred.push_back({o, 0, year - 1});
    if (year < last) problem_.barred.push_back({o, year + 1, last});
  }
  problem_.limits.push_back(std::move(limit));
}

void ScenarioRules::add_capacities() {
  for (const Capacity& capacity : options_.scenario.capacities) {
    PlanLimit limit{.name = "capacity " + capacity.id,
                    .high = capacity.each_year,
                    .span = LimitSpan::each_year,
                    .unit = capacity.unit,
                    .line = capacity.where.line};
    options_.each([&](int index, const Option& option) {
      if (option.whole_cost().value <= 0) return;  // it stands already
      for (const Capacity::Use& use : capacity.uses) {
        if (option.measure == use.measure) {
          limit.uses.push_back({index, use.amount * option.quantity});
        }
      }
    });
    problem_.limits.push_back(std::move(limit));
  }
}

// Each route in each season, against its own time with nothing built.
void ScenarioRules::add_routes() {
  for (const NetworkCase& c : network_.cases) {
    if (!c.is_route()) continue;
    const OpenRoute& route = options_.scenario.routes[static_cast<std::size_t>(c.route())];
    const Catalogue& catalogue = options_.scenario.catalogue;
    PlanRoute rule{.name = fmt::format("route {}, {} in {}", route.id,
                                       catalogue.movers[static_cast<std::size_t>(c.mover)].name,
                                       catalogue.seasons[static_cast<std::size_t>(c.season)].name),
                   .graph = c.graph,
                   .speed = c.speed,
                   .sources = c.sources,
                   .targets = c.targets,
                   .line = route.where.line};
    const std::vector<double> nothing(static_cast<std::size_t>(problem_.sites), 0.0);
    const double today = least_time(network_.graphs[static_cast<std::size_t>(c.graph)], c.sources,
                                    c.targets, nothing);
    rule.limit_s = (1 + route.within) * today;
    problem_.routes.push_back(std::move(rule));
  }
}

}  // namespace abatis::plan_detail
