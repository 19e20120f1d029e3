// Purchases as the law sees them.

#include <algorithm>
#include <map>
#include <tuple>

#include "abatis/law/check.hpp"

namespace abatis {
namespace {

// The state on whose ground most cells of the site lie, by its code in the scenario; "" = none.
std::string state_of(const LawView& view, const std::vector<Cell>& cells) {
  std::map<std::uint8_t, int> votes;
  for (const Cell c : cells) ++votes[view.terrain.state[c]];
  votes.erase(0);
  if (votes.empty()) return {};
  const auto most = std::max_element(
      votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto index = static_cast<std::size_t>(most->first - 1);
  const std::size_t friends = view.scenario.friendly.size();
  return index < friends ? view.scenario.friendly[index] : view.scenario.adversary[index - friends];
}

// The site's own cells, or those under the points of a site that delays nobody.
std::vector<Cell> ground_of(const LawView& view, const Site& site) {
  if (!site.cells.empty()) return site.cells;
  std::vector<Cell> cells;
  for (const auto& part : site.geometry.parts) {
    for (const Point& p : part) {
      if (const auto cell = view.terrain.grid.cell_at(p)) cells.push_back(*cell);
    }
  }
  return cells;
}

bool in_protected_area(const LawView& view, const std::vector<Cell>& cells) {
  for (const Feature& area : view.terrain.protected_areas.features) {
    const Bounds bounds = bounds_of(area.geometry);
    for (const Cell c : cells) {
      const Point p = view.terrain.grid.centre(c);
      if (bounds.contains(p) && contains(area.geometry, p)) return true;
    }
  }
  return false;
}

double border_distance(const LawView& view, const std::vector<Cell>& cells) {
  double least = std::numeric_limits<double>::infinity();
  for (const Cell c : cells) {
    const double d = view.terrain.border_distance_m[c];
    if (d < least) least = d;
  }
  return least;
}

}  // namespace

std::vector<LawAction> law_actions(const LawView& view) {
  std::vector<LawAction> actions;
  for (const Purchase& bought : view.purchases) {
    const PlanOrigin& origin = view.origin[static_cast<std::size_t>(bought.option)];
    const Site& site = view.sites.sites[static_cast<std::size_t>(origin.site)];
    const Option& option = site.options[static_cast<std::size_t>(origin.option)];
    const std::vector<Cell> cells = ground_of(view, site);
    const int year = view.scenario.first_year + bought.year;
    // Cover added later to what stands is a purchase of the cover alone.
    const bool cover_alone = option.upgrades >= 0 && option.quantity == 0 && option.cover >= 0;
    const int bought_measure = cover_alone ? option.cover : option.measure;
    const Measure& measure =
        view.scenario.catalogue.measures[static_cast<std::size_t>(bought_measure)];
    actions.push_back({.site = origin.site,
                       .option = origin.option,
                       .measure = bought_measure,
                       .state = view.law.state(state_of(view, cells)),
                       .year = year,
                       .date = view.on.value_or(Date{year, 1, 1}),
                       .device = view.law.device_of(measure.id),
                       .border_m = border_distance(view, cells),
                       .in_protected_area = in_protected_area(view, cells)});
  }
  std::sort(actions.begin(), actions.end(), [](const LawAction& a, const LawAction& b) {
    return std::tie(a.year, a.site) < std::tie(b.year, b.site);
  });
  return actions;
}

}  // namespace abatis
