#include "stage_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace abatis {

std::string say_terrain(const Terrain& terrain) {
  const auto marked = [](const Raster<std::uint8_t>& raster) {
    return std::count_if(raster.values.begin(), raster.values.end(),
                         [](std::uint8_t v) { return v != 0 && !is_nodata(v); });
  };
  return fmt::format("{:.2f} M cells, {} settlements, {} bridge cells",
                     static_cast<double>(terrain.grid.size()) / 1e6, terrain.settlements.size(),
                     marked(terrain.bridge));
}

std::string say_mobility(const Mobility& mobility, const Scenario& scenario) {
  std::string text;
  for (const auto& speed : mobility.speeds) {
    const auto cells = static_cast<double>(std::max<std::size_t>(speed.speed_mps.values.size(), 1));
    if (!text.empty()) text += "; ";
    text += fmt::format(
        "{} {}: {:.0f} % go", scenario.catalogue.movers[static_cast<std::size_t>(speed.mover)].id,
        scenario.catalogue.seasons[static_cast<std::size_t>(speed.season)].id,
        100 * static_cast<double>(speed.class_cells[0] + speed.class_cells[1]) / cells);
  }
  return text;
}

std::string say_sites(const SiteSet& sites, const Scenario& scenario) {
  static constexpr std::array<std::string_view, kSiteRules> kNames{
      "belt segments", "ditches",       "bridges",     "road points", "culverts",
      "fords",         "forest blocks", "peat blocks", "open blocks", "road rows",
      "parks",         "covers",        "sensors"};
  std::array<int, kSiteRules> by_rule{};
  std::size_t options = 0;
  for (const auto& site : sites.sites) {
    ++by_rule.at(static_cast<std::size_t>(site.rule));
    options += site.options.size();
  }
  std::string kinds;
  for (std::size_t rule = 0; rule < by_rule.size(); ++rule) {
    if (by_rule[rule] == 0) continue;
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", by_rule[rule], kNames[rule]);
  }
  return fmt::format("{} sites with {} options of {} measures: {}; {} conflicts",
                     sites.sites.size(), options, scenario.measures.size(), kinds,
                     sites.conflicts.size());
}

std::string say_watch(const Watch& watch) {
  const double gap =
      watch.objective > 0 ? (watch.objective_bound - watch.objective) / watch.objective : 0;
  return fmt::format(
      "{} sensors of {} candidates at {} places watch {:.0f} km of land border; {:.1f} % of what "
      "could be covered, no choice above {:.1f} % (gap {:.1f} %)",
      watch.sensors.size(), watch.candidates, watch.places.size(), watch.border_m / 1000,
      100 * watch.objective, 100 * watch.objective_bound, 100 * gap);
}

std::string say_network(const Network& network) {
  std::size_t nodes = 0;
  std::size_t arcs = 0;
  for (const auto& graph : network.graphs) {
    nodes += static_cast<std::size_t>(graph.nodes());
    arcs += graph.to.size();
  }
  return fmt::format(
      "{} graphs, {} nodes, {} arcs; error against the grid at most {:.2f} % on {} plans",
      network.graphs.size(), nodes, arcs, 100 * network.error.worst, network.error.plans);
}

std::string say_plan(const PlanResult& plan) {
  return fmt::format("{} purchases, objective {:.0f} s, bound {:.0f} s, gap {:.2f} %, {}",
                     plan.purchases.size(), plan.objective, plan.bound, 100 * plan.gap(),
                     to_string(plan.status));
}

std::string say_tradeoffs(const Tradeoffs& tradeoffs) {
  return fmt::format("{} plans for other money, {} for less harm, {} without earmarks, {} figures",
                     tradeoffs.money.size(), tradeoffs.harm.size(), tradeoffs.earmarks.size(),
                     tradeoffs.robust.size());
}

}  // namespace abatis
