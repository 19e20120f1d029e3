// What the plan says, in plain lines.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/report/products.hpp"
#include "civil.hpp"
#include "facts.hpp"
#include "law_facts.hpp"
#include "obstacle_facts.hpp"
#include "text.hpp"
#include "tradeoffs.hpp"
#include "watch.hpp"

namespace abatis {
namespace {

using namespace report;

std::string built_line(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  const int last = s.first_year + s.years - 1;
  if (facts.purchases.empty()) {
    return fmt::format(
        "The plan builds nothing between {} and {}: no option fits the {} available.", s.first_year,
        last, million_eur(facts.budget_eur));
  }
  const auto own = [](const Site& site) { return site.upgraded < 0; };
  const auto built = std::count_if(
      facts.purchases.begin(), facts.purchases.end(), [&](const PurchaseFact& bought) {
        return own(view.sites.sites[static_cast<std::size_t>(bought.site)]);
      });
  const auto upgraded = static_cast<std::int64_t>(facts.purchases.size()) - built;
  return fmt::format(
      "Between {} and {} the plan builds at {} of {} candidate sites{} for {} of the {} available "
      "({} for purchases, {} for maintenance).",
      s.first_year, last, grouped(built),
      grouped(std::count_if(view.sites.sites.begin(), view.sites.sites.end(), own)),
      upgraded > 0 ? fmt::format(" and upgrades {} of them later", grouped(upgraded)) : "",
      million_eur(facts.purchases_eur + facts.maintenance_eur), million_eur(facts.budget_eur),
      million_eur(facts.purchases_eur), million_eur(facts.maintenance_eur));
}

// A name inside a sentence starts small, unless its second letter says it is an acronym.
std::string in_sentence(std::string name) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() > 1 && upper(name[0]) && !upper(name[1])) {
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
  }
  return name;
}

std::string quantities_line(const RunView& view, const Facts& facts) {
  std::vector<MeasureFact> bought;
  for (const MeasureFact& m : facts.measures) {
    if (m.bought > 0) bought.push_back(m);
  }
  std::sort(bought.begin(), bought.end(), [](const MeasureFact& a, const MeasureFact& b) {
    return a.cost_eur != b.cost_eur ? a.cost_eur > b.cost_eur : a.measure < b.measure;
  });
  std::string list;
  for (const MeasureFact& m : bought) {
    const Measure& measure = view.scenario.catalogue.measures[static_cast<std::size_t>(m.measure)];
    if (!list.empty()) list += "; ";
    const std::string amount =
        measure.unit == "piece"
            ? fmt::format("{} x", fixed(m.quantity, 0))
            : fmt::format("{} {} of", fixed(m.quantity, m.quantity < 10 ? 1 : 0), measure.unit);
    list += fmt::format("{} {} ({})", amount, in_sentence(measure.name), million_eur(m.cost_eur));
  }
  return "It buys " + list + ".";
}

std::string mean_line(const RunView& view, const Facts& facts) {
  const int last = view.scenario.first_year + view.scenario.years - 1;
  return fmt::format(
      "On average over all axes, movers and seasons (by weight) the way to an objective takes {} "
      "today and {} in {}: {} more.",
      duration(facts.mean_before_s), duration(facts.mean_after_s), last,
      duration(facts.mean_after_s - facts.mean_before_s));
}

// The axes with the most and the least delay bought, in their heaviest case.
std::vector<std::string> axis_lines(const RunView& view, const Outcome& outcome) {
  const Scenario& s = view.scenario;
  int most = -1;
  int least = -1;
  const auto gain = [&](int axis) {
    const CaseOutcome& c =
        outcome.cases[static_cast<std::size_t>(outcome.shown_case[static_cast<std::size_t>(axis)])];
    return c.after_s - c.before_s;
  };
  for (int a = 0; a < static_cast<int>(s.axes.size()); ++a) {
    if (outcome.shown_case[static_cast<std::size_t>(a)] < 0) continue;
    if (most < 0 || gain(a) > gain(most)) most = a;
    if (least < 0 || gain(a) < gain(least)) least = a;
  }
  std::vector<std::string> lines;
  const auto say = [&](int axis, const char* which) {
    const auto k = static_cast<std::size_t>(outcome.shown_case[static_cast<std::size_t>(axis)]);
    const CaseOutcome& c = outcome.cases[k];
    lines.push_back(fmt::format("{} on {} ({}): {} instead of {}, {} more.", which,
                                axis_label(s, axis), case_label(s, s.cases[k]), duration(c.after_s),
                                duration(c.before_s), duration(c.after_s - c.before_s)));
  };
  if (most >= 0) say(most, "Most delay");
  if (least >= 0 && least != most) say(least, "Least delay");
  return lines;
}

std::string proof_line(const RunView& view) {
  const PlanResult& plan = view.plan;
  std::string how = fmt::format(
      "Proof: no plan within the rules can score more than {} better than this one; of all delay "
      "that could at most be bought, {} is not proven out of reach.",
      percent(plan.gap(), 2), percent(plan.delay_gap(), 1));
  if (plan.status == PlanStatus::optimal) how = "Proof: no plan within the rules scores better.";
  if (plan.status == PlanStatus::interrupted) how += " The search was interrupted.";
  if (plan.status == PlanStatus::time_limit) how += " The search stopped at its time limit.";
  if (plan.status == PlanStatus::node_limit) how += " The search stopped at its node limit.";
  return how;
}

// The effect of what stands on the belts, and whether what is stored stands in time.
std::vector<std::string> obstacle_lines(const RunView& view, const Facts& facts) {
  const ObstacleFacts obstacles = collect_obstacles(view, facts);
  std::vector<std::string> lines;
  std::string belts;
  for (const BeltFact& belt : obstacles.belts) {
    if (belt.effect == Effect::none) continue;
    const Echelon& echelon = view.scenario.echelons[static_cast<std::size_t>(belt.echelon)];
    const double distance = echelon.belts_m[static_cast<std::size_t>(belt.belt)];
    belts +=
        fmt::format("{}at {:.3g} km {} ({} of {} km built, {} covered)", belts.empty() ? "" : "; ",
                    distance / 1000, to_string(belt.effect), fixed(belt.built_km, 0),
                    fixed(belt.candidate_km, 0), fixed(belt.covered_km, 0));
  }
  if (!belts.empty()) {
    lines.push_back(fmt::format("Effect of the belts in {}: {}.",
                                view.scenario.first_year + view.scenario.years - 1, belts));
  }
  if (!obstacles.readiness.empty()) {
    const auto late = [](const std::vector<Emplaced>& all) {
      return std::count_if(all.begin(), all.end(), [](const Emplaced& e) { return !e.in_time(); });
    };
    const auto open = std::count_if(obstacles.parks.begin(), obstacles.parks.end(),
                                    [](const ParkFact& p) { return p.year >= 0; });
    lines.push_back(fmt::format(
        "{} stored obstacles wait in {} parks: {} of them would not stand in time at the mean "
        "warning of {}, {} at the least of {}.",
        obstacles.readiness.size(), open, late(obstacles.readiness),
        duration(view.scenario.warning.time_s.mean()), late(obstacles.hurried),
        duration(view.scenario.warning.time_s.min)));
  }
  return lines;
}

std::string limit_line(const RunView& view) {
  const LimitPrice* dearest = nullptr;
  for (const LimitPrice& price : view.plan.prices) {
    if (!price.binding || !(std::abs(price.per_meur) > 0)) continue;
    if (dearest == nullptr || std::abs(price.per_meur) > std::abs(dearest->per_meur)) {
      dearest = &price;
    }
  }
  if (dearest == nullptr) return "No limit on money binds: more money would buy no more delay.";
  return fmt::format(
      "The limit that costs most is {}: a million euros of slack there is worth {} of weighted "
      "delay.",
      dearest->limit, duration(std::abs(dearest->per_meur)));
}

std::string quality_line(const RunView& view, const Facts& facts) {
  int made = 0;
  for (const LayerSource& layer : view.scenario.layers) {
    made += static_cast<int>(layer.quality == LayerQuality::synthetic ||
                             layer.quality == LayerQuality::schematic);
  }
  return fmt::format(
      "Read with care: {} of {} map layers are synthetic or schematic, and {} of {} catalogue "
      "entries are unverified.",
      made, view.scenario.layers.size(), facts.unverified, facts.figures);
}

}  // namespace

std::vector<std::string> plan_in_words(const RunView& view, const Outcome& outcome) {
  const Facts facts = collect_facts(view, outcome);
  std::vector<std::string> lines{built_line(view, facts)};
  if (!facts.purchases.empty()) lines.push_back(quantities_line(view, facts));
  lines.push_back(mean_line(view, facts));
  for (std::string& line : axis_lines(view, outcome)) lines.push_back(std::move(line));
  for (std::string& line : obstacle_lines(view, facts)) lines.push_back(std::move(line));
  lines.push_back(proof_line(view));
  lines.push_back(limit_line(view));
  for (std::string& line : tradeoff_words(view)) lines.push_back(std::move(line));
  std::string check = fmt::format(
      "Checked on the full grid: the planning network's times differ from it by at most {}",
      percent(facts.worst_grid_error, 2));
  const double tolerance = view.scenario.network.tolerance;
  check += facts.worst_grid_error > tolerance
               ? fmt::format(", above the tolerance of {}.", percent(tolerance, 2))
               : ".";
  lines.push_back(std::move(check));
  if (view.law != nullptr) lines.push_back(law_line(*view.law));
  lines.push_back(quality_line(view, facts));
  if (view.watch != nullptr) {
    lines.push_back(watch_line({view.scenario, view.terrain, view.sites, *view.watch, {}}));
  }
  lines.push_back(civil_line({view.scenario, view.terrain, view.sites, outcome.ledger}));
  return lines;
}

}  // namespace abatis
