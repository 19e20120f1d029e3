// What may be made of a purchase in a later year.

#include "upgrades.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace abatis::measures {
namespace {

Euro rest(Euro whole, Euro paid) {
  return Euro(std::max(0.0, whole.value - paid.value));
}

// Whether `after` is what `before` becomes under the rule.
bool becomes(const Scenario& scenario, const UpgradeRule& rule, const Option& before,
             const Option& after) {
  if (before.measure != rule.from) return false;
  const Measure& to = scenario.catalogue.measures[static_cast<std::size_t>(rule.to)];
  if (to.rule == SiteRule::cover) {
    return before.cover < 0 && after.cover == rule.to && after.measure == rule.from &&
           after.park == before.park;
  }
  const bool same_park = before.park < 0 || after.park < 0 || after.park == before.park;
  return after.measure == rule.to && after.cover == before.cover && same_park;
}

// Delays on top of those of `before`, which stands in full by then: never less than nothing.
std::vector<std::vector<double>> on_top(const Option& before, const Option& after) {
  std::vector<std::vector<double>> delay = after.delay_s;
  for (std::size_t speed = 0; speed < delay.size(); ++speed) {
    const double stands = before.delay_s[speed].empty() ? 0.0 : before.delay_s[speed].back();
    for (double& by_age : delay[speed]) by_age = std::max(0.0, by_age - stands);
  }
  return delay;
}

Option upgrade_of(const Scenario& scenario, const UpgradeRule& rule, const Option& before,
                  int index, const Option& after) {
  Option option = after;
  option.upgrades = index;
  option.delay_s = on_top(before, after);
  const Measure& to = scenario.catalogue.measures[static_cast<std::size_t>(rule.to)];
  if (to.rule == SiteRule::cover) {  // the obstacle itself stands and is paid for
    option.quantity = 0;
    option.cost = option.maintenance = option.liability = Euro(0);
    option.park = -1;
    option.crew_h = option.loads = option.travel_s = option.emplace_s = 0;
    return option;
  }
  option.cost = rest(after.cost, Euro(rule.credit * before.cost.value));
  option.maintenance = rest(after.maintenance, before.maintenance);
  option.liability = rest(after.liability, before.liability);
  option.cover_cost = rest(after.cover_cost, before.cover_cost);
  option.cover_maintenance = rest(after.cover_maintenance, before.cover_maintenance);
  option.cover_liability = rest(after.cover_liability, before.cover_liability);
  return option;
}

bool delays_more(const Option& option) {
  return std::any_of(option.delay_s.begin(), option.delay_s.end(), [](const auto& by_age) {
    return std::any_of(by_age.begin(), by_age.end(), [](double d) { return d > 0; });
  });
}

}  // namespace

void add_upgrades(const Scenario& scenario, SiteSet& set) {
  const std::size_t first = set.sites.size();
  for (std::size_t s = 0; s < first; ++s) {
    std::vector<Option> options;
    const Site& base = set.sites[s];
    for (const UpgradeRule& rule : scenario.upgrades) {
      for (std::size_t a = 0; a < base.options.size(); ++a) {
        for (const Option& after : base.options) {
          if (!becomes(scenario, rule, base.options[a], after)) continue;
          Option option = upgrade_of(scenario, rule, base.options[a], static_cast<int>(a), after);
          if (delays_more(option)) options.push_back(std::move(option));
        }
      }
    }
    if (options.empty()) continue;
    Site later = base;
    later.id += "-later";
    later.name += ", upgraded later";
    later.cells.clear();
    later.farmed_m2 = later.earthwork_m3 = 0;
    later.natural = 0;
    later.upgraded = static_cast<int>(s);
    later.options = std::move(options);
    later.notes = {fmt::format("on top of what is bought at {}", base.id)};
    set.sites.push_back(std::move(later));
  }
}

}  // namespace abatis::measures
