#include "facts.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "text.hpp"

namespace abatis::report {
namespace {

std::vector<std::string> budget_classes(const Scenario& scenario) {
  std::vector<std::string> classes;
  const auto add = [&](const std::string& name) {
    if (std::find(classes.begin(), classes.end(), name) == classes.end()) classes.push_back(name);
  };
  for (const int m : scenario.measures) {
    add(scenario.catalogue.measures[static_cast<std::size_t>(m)].budget_class);
  }
  for (const Earmark& earmark : scenario.earmarks) add(earmark.budget_class);
  return classes;
}

std::size_t class_index(const std::vector<std::string>& classes, const std::string& name) {
  return static_cast<std::size_t>(std::find(classes.begin(), classes.end(), name) -
                                  classes.begin());
}

std::vector<PurchaseFact> purchases_of(const RunView& view) {
  const int years = view.scenario.years;
  std::vector<PurchaseFact> out;
  for (const Purchase& bought : view.plan.purchases) {
    const PlanOrigin& origin = view.origin[static_cast<std::size_t>(bought.option)];
    const Site& site = view.sites.sites[static_cast<std::size_t>(origin.site)];
    const Option& option = site.options[static_cast<std::size_t>(origin.option)];
    PurchaseFact fact;
    fact.problem_option = bought.option;
    fact.site = origin.site;
    fact.option = origin.option;
    fact.measure = option.measure;
    fact.cover = option.cover;
    fact.year = bought.year;
    const int age_at_end = years - 1 - bought.year;
    fact.maintenance_eur =
        view.problem.options[static_cast<std::size_t>(bought.option)].maintenance() * age_at_end;
    const int speeds = static_cast<int>(option.delay_s.size());
    for (int speed = 0; speed < speeds; ++speed) {
      fact.last_delay_s.push_back(delay_at(option, speed, age_at_end));
      for (int age = 0; age <= age_at_end; ++age) {
        if (delay_at(option, speed, age) > 0) {
          const int acts = bought.year + age;
          if (fact.acts_year < 0 || acts < fact.acts_year) fact.acts_year = acts;
          break;
        }
      }
    }
    out.push_back(std::move(fact));
  }
  std::sort(out.begin(), out.end(), [](const PurchaseFact& a, const PurchaseFact& b) {
    return a.year != b.year ? a.year < b.year : a.site < b.site;
  });
  return out;
}

void count_provenance(const Catalogue& catalogue, Facts& facts) {
  const auto count = [&](const Provenance& provenance) {
    ++facts.figures;
    if (!provenance.verified()) ++facts.unverified;
  };
  for (const Mover& x : catalogue.movers) count(x.provenance);
  for (const Season& x : catalogue.seasons) count(x.provenance);
  for (const SoilClass& x : catalogue.soils) count(x.provenance);
  for (const CoverClass& x : catalogue.covers) count(x.provenance);
  for (const RoadClass& x : catalogue.roads) count(x.provenance);
  for (const NaturalObstacle& x : catalogue.naturals) count(x.provenance);
  for (const NaturalDelay& x : catalogue.natural_delays) count(x.provenance);
  for (const auto* x :
       {&catalogue.crossing.swimming, &catalogue.crossing.ice, &catalogue.crossing.barrier}) {
    count(*x);
  }
  for (const TreeSpecies& x : catalogue.trees) {
    count(x.provenance);
    count(x.diameter_provenance);
    count(x.stems_provenance);
  }
  count(catalogue.effects.provenance);
  for (const Measure& x : catalogue.measures) {
    count(x.provenance);
    if (!x.acts.source.empty()) count(x.acts);
    for (const MeasureDelay& delay : x.delays) count(delay.provenance);
  }
}

void add_money(const RunView& view, Facts& facts) {
  const Scenario& scenario = view.scenario;
  const auto years = static_cast<std::size_t>(scenario.years);
  facts.money.assign(years, std::vector<MoneyCell>(facts.classes.size()));
  for (const PurchaseFact& bought : facts.purchases) {
    const PlanOption& option =
        view.problem.options[static_cast<std::size_t>(bought.problem_option)];
    const auto year = static_cast<std::size_t>(bought.year);
    for (const PlanCharge& charge : option.charges) {
      const std::size_t cls = class_index(
          facts.classes, view.problem.class_names[static_cast<std::size_t>(charge.budget_class)]);
      facts.money[year][cls].purchase_eur += charge.cost;
      for (std::size_t y = year + 1; y < years; ++y) {
        facts.money[y][cls].maintenance_eur += charge.maintenance;
      }
    }
  }
  for (const auto& year : facts.money) {
    for (const MoneyCell& cell : year) {
      facts.purchases_eur += cell.purchase_eur;
      facts.maintenance_eur += cell.maintenance_eur;
    }
  }
  for (const Euro& euro : scenario.money.by_year) facts.budget_eur += euro.value;
  for (std::size_t e = 0; e < scenario.earmarks.size(); ++e) {
    const Earmark& earmark = scenario.earmarks[e];
    const std::size_t cls = class_index(facts.classes, earmark.budget_class);
    EarmarkFact fact{static_cast<int>(e), 0, false};
    for (const auto& year : facts.money) fact.spent_eur += year[cls].total();
    // A cent of slack: sums of many purchases, in another order than the optimiser's.
    const double slack = 0.01 + 1e-9 * earmark.amount.value;
    const double over = fact.spent_eur - earmark.amount.value;
    switch (earmark.rule) {
      case EarmarkRule::at_least:
        fact.met = over >= -slack;
        break;
      case EarmarkRule::at_most:
        fact.met = over <= slack;
        break;
      case EarmarkRule::exactly:
        fact.met = std::abs(over) <= earmark.tolerance_eur + slack;
        break;
    }
    facts.earmarks.push_back(fact);
  }
}

// A measure's own part of an option: as what stands there, or as the cover of it.
struct Part {
  double quantity = 0, cost_eur = 0, maintenance_eur = 0, liability_eur = 0;
};
Part part_of(const Option& option, bool cover, double charged) {
  if (cover) {
    return {option.cover_km, option.cover_cost.value + charged * option.cover_liability.value,
            option.cover_maintenance.value, option.cover_liability.value};
  }
  return {option.quantity, option.cost.value + charged * option.liability.value,
          option.maintenance.value, option.liability.value};
}

// Delays that sites offer with a measure, full grown, over the speeds of the scenario.
void add_offers(const RunView& view, MeasureFact& fact) {
  bool any = false;
  for (const Site& site : view.sites.sites) {
    bool offered = false;
    for (const Option& option : site.options) {
      if (option.measure != fact.measure && option.cover != fact.measure) continue;
      offered = true;
      for (std::size_t speed = 0; speed < option.delay_s.size(); ++speed) {
        const double delay = delay_at(option, static_cast<int>(speed), view.scenario.years - 1);
        fact.least_delay_s = any ? std::min(fact.least_delay_s, delay) : delay;
        fact.most_delay_s = std::max(fact.most_delay_s, delay);
        any = true;
      }
    }
    fact.candidates += offered ? 1 : 0;
  }
}

void add_measures(const RunView& view, Facts& facts) {
  const double charged = charged_liability(view.scenario);
  for (const int m : view.scenario.measures) {
    MeasureFact fact;
    fact.measure = m;
    add_offers(view, fact);
    for (const PurchaseFact& bought : facts.purchases) {
      if (bought.measure != m && bought.cover != m) continue;
      const Site& site = view.sites.sites[static_cast<std::size_t>(bought.site)];
      const Option& option = site.options[static_cast<std::size_t>(bought.option)];
      const Part part = part_of(option, bought.cover == m, charged);
      ++fact.bought;
      fact.quantity += part.quantity;
      fact.cost_eur += part.cost_eur;
      fact.maintenance_eur += part.maintenance_eur * (view.scenario.years - 1 - bought.year);
      fact.liability_eur += part.liability_eur;
      fact.first_year = fact.first_year < 0 ? bought.year : std::min(fact.first_year, bought.year);
      fact.last_year = std::max(fact.last_year, bought.year);
      if (bought.cover == m) continue;
      if (site.rule == SiteRule::open_land) fact.farmed_ha += site.farmed_m2 / 1e4;
      fact.earthwork_m3 += site.earthwork_m3;
    }
    facts.liability_eur += fact.liability_eur;
    facts.measures.push_back(fact);
  }
}

void add_people(const RunView& view, Facts& facts) {
  constexpr double kFar = 5000;
  constexpr double kNear = 1000;
  const Grid& grid = view.terrain.grid;
  for (const Settlement& place : view.terrain.settlements) {
    double nearest = kFar + 1;
    for (const PurchaseFact& bought : facts.purchases) {
      const Site& site = view.sites.sites[static_cast<std::size_t>(bought.site)];
      if (!bounds_of(site.geometry).grown(kFar + grid.cell).contains(place.at)) continue;
      for (const Cell c : site.cells) {
        const Point p = grid.centre(c);
        nearest = std::min(nearest, std::hypot(p.x - place.at.x, p.y - place.at.y));
      }
    }
    if (nearest > kFar) continue;
    ++facts.people.settlements_within_5km;
    if (place.population < 0) {
      ++facts.people.settlements_without_population;
      continue;
    }
    facts.people.within_5km += place.population;
    if (nearest <= kNear) facts.people.within_1km += place.population;
  }
}

void add_times(const RunView& view, const Outcome& outcome, Facts& facts) {
  double weight = 0;
  for (std::size_t k = 0; k < outcome.cases.size(); ++k) {
    const CaseOutcome& c = outcome.cases[k];
    const double p = view.scenario.cases[k].weight;
    weight += p;
    facts.mean_before_s += p * c.before_s;
    facts.mean_after_s += p * c.after_s;
    const auto error = [](double network, double grid) {
      return grid > 0 ? std::abs(network - grid) / grid : 0.0;
    };
    facts.worst_grid_error =
        std::max({facts.worst_grid_error, error(c.network_before_s, c.before_s),
                  error(c.network_after_s, c.after_s)});
  }
  if (weight > 0) {
    facts.mean_before_s /= weight;
    facts.mean_after_s /= weight;
  }
}

}  // namespace

std::string cover_id(const RunView& view, const Option& option) {
  if (option.cover < 0) return {};
  return view.scenario.catalogue.measures[static_cast<std::size_t>(option.cover)].id;
}

std::string park_id(const RunView& view, const Option& option) {
  return option.park < 0 ? std::string()
                         : view.sites.sites[static_cast<std::size_t>(option.park)].id;
}

double delay_at(const Option& option, int speed, int age) {
  const std::vector<double>& by_age = option.delay_s[static_cast<std::size_t>(speed)];
  if (age < 0 || by_age.empty()) return 0;
  return by_age[std::min(static_cast<std::size_t>(age), by_age.size() - 1)];
}

Facts collect_facts(const RunView& view, const Outcome& outcome) {
  Facts facts;
  facts.classes = budget_classes(view.scenario);
  facts.purchases = purchases_of(view);
  facts.measure_of_site.assign(view.sites.sites.size(), -1);
  facts.option_of_site.assign(view.sites.sites.size(), -1);
  facts.year_of_site.assign(view.sites.sites.size(), -1);
  for (const PurchaseFact& bought : facts.purchases) {
    facts.measure_of_site[static_cast<std::size_t>(bought.site)] = bought.measure;
    facts.option_of_site[static_cast<std::size_t>(bought.site)] = bought.option;
    facts.year_of_site[static_cast<std::size_t>(bought.site)] = bought.year;
  }
  add_money(view, facts);
  add_measures(view, facts);
  add_times(view, outcome, facts);
  add_people(view, facts);
  count_provenance(view.scenario.catalogue, facts);
  return facts;
}

std::vector<std::string> not_assessed(const RunView& view) {
  std::vector<std::string> out{
      "Readiness is a plan of work at the mean warning and the mean rates; its spread is not "
      "simulated.",
      "Delays enter as means; their spread (min, mode, max) is in the catalogue but not yet in the "
      "result.",
      "Breaching and the adversary's adaptation are not simulated: the mover takes the least-time "
      "path through what stands.",
  };
  if (view.terrain.services.empty()) {
    out.insert(
        out.begin(),
        "Ways of people to clinics, schools, shelters and evacuation crossings: the scenario "
        "has no layer of role services.");
  }
  if (view.law == nullptr) {
    out.emplace_back("Treaty and environmental law was not checked for each action and date.");
  }
  return out;
}

std::vector<std::string> caveats(const RunView& view, const Facts& facts) {
  std::vector<std::string> out = view.scenario.caveats;
  for (const LayerQuality quality :
       {LayerQuality::synthetic, LayerQuality::schematic, LayerQuality::coarse}) {
    std::string roles;
    for (const LayerSource& layer : view.scenario.layers) {
      if (layer.quality != quality) continue;
      const std::string role(to_string(layer.role));
      if ((", " + roles + ",").find(", " + role + ",") != std::string::npos) continue;
      roles += (roles.empty() ? "" : ", ") + role;
    }
    if (roles.empty()) continue;
    const char* meaning =
        quality == LayerQuality::synthetic   ? "made up by a model from real outlines, not observed"
        : quality == LayerQuality::schematic ? "drawn from public facts, not surveyed"
                                             : "real, but too coarse for single sites";
    out.push_back(fmt::format("Layers marked {} ({}): {}.", to_string(quality), meaning, roles));
  }
  if (facts.unverified > 0) {
    out.push_back(fmt::format(
        "{} of {} catalogue entries (speeds, soils, delays, unit costs) are unverified: their "
        "figures were not checked against a source and should be replaced before they are relied "
        "on.",
        grouped(facts.unverified), grouped(facts.figures)));
  }
  if (view.scenario.terrain.slope_amplification != 1) {
    out.push_back(fmt::format(
        "Relief is coarser than the grid: slopes are multiplied by {} to stand for what it hides "
        "({}).",
        view.scenario.terrain.slope_amplification, view.scenario.terrain.slope_provenance.source));
  }
  return out;
}

Point middle_of(const Geometry& geometry) {
  if (geometry.parts.empty() || geometry.parts[0].empty()) return {};
  const std::vector<Point>& part = geometry.parts[0];
  if (geometry.kind != GeometryKind::polygon) return part[part.size() / 2];
  Point sum;
  const std::size_t count =
      std::max<std::size_t>(1, part.size() - 1);  // the last repeats the first
  for (std::size_t i = 0; i < count; ++i) sum = {sum.x + part[i].x, sum.y + part[i].y};
  return {sum.x / static_cast<double>(count), sum.y / static_cast<double>(count)};
}

std::string shown_name(const InputFile& input) {
  const std::filesystem::path shown(input.shown);
  if (!shown.is_absolute()) return input.shown;
  return (shown.parent_path().filename() / shown.filename()).string();
}

std::string axis_label(const Scenario& scenario, int axis) {
  return scenario.axes[static_cast<std::size_t>(axis)].name;
}

std::string case_label(const Scenario& scenario, const Case& c) {
  return fmt::format("{}, {}", scenario.catalogue.movers[static_cast<std::size_t>(c.mover)].name,
                     scenario.catalogue.seasons[static_cast<std::size_t>(c.season)].name);
}

}  // namespace abatis::report
