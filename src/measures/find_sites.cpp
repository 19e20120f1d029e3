// The searches in the order of their right to a cell, then names, options and the barrier raster.

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/geo/rasterize.hpp"
#include "options.hpp"
#include "site_ground.hpp"

namespace abatis {
namespace {

using namespace measures;

// Of a ditch or block, this share of its cells must be left by sites that come first.
constexpr double kLeastLeft = 0.5;

struct Found {
  std::vector<Candidate> belts, ditches, bridges, forests;
};

bool offers(const Scenario& scenario, SiteRule rule) {
  return std::any_of(scenario.measures.begin(), scenario.measures.end(), [&](int m) {
    return scenario.catalogue.measures[static_cast<std::size_t>(m)].rule == rule;
  });
}

// Does deepening a ditch pay for closing the roads across it?
bool closes_roads(const Scenario& scenario) {
  return std::any_of(scenario.measures.begin(), scenario.measures.end(), [&](int m) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
    return measure.rule == SiteRule::mapped_ditch && measure.crossing_cost_eur.mean() > 0;
  });
}

int most(const Scenario& scenario, SiteRule rule) {
  return scenario.sites.max_by_rule[static_cast<std::size_t>(rule)];
}

void order_by_usefulness(std::vector<Candidate>& candidates) {
  sort_stably(candidates, [](const auto& a, const auto& b) { return a.usefulness > b.usefulness; });
}

Status search(const Scenario& scenario, SiteGround& ground, Monitor& monitor, Found& found) {
  monitor.begin("sites", 4, "kinds");
  const auto run = [&](SiteRule rule, std::vector<Candidate>& into, double least_share,
                       auto find) -> Status {
    if (monitor.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped while looking for sites");
    }
    if (offers(scenario, rule)) {
      into = find();
      keep_best(into, most(scenario, rule));
      if (rule == SiteRule::mapped_ditch) order_by_usefulness(into);
      claim(ground, into, rule, least_share);
    }
    monitor.advance(1);
    return {};
  };
  ABATIS_CHECK(run(SiteRule::bridge, found.bridges, 0, [&] { return find_bridges(ground); }));
  ABATIS_CHECK(run(SiteRule::belt_segment, found.belts, 0, [&] { return find_belts(ground); }));
  ABATIS_CHECK(run(SiteRule::mapped_ditch, found.ditches, kLeastLeft,
                   [&] { return find_ditches(ground, closes_roads(scenario)); }));
  return run(SiteRule::standing_forest, found.forests, kLeastLeft,
             [&] { return find_forests(ground); });
}

// After the claims a block is what it could keep.
void finish_forests(const Grid& grid, std::vector<Candidate>& forests) {
  for (Candidate& block : forests) {
    Site& site = block.site;
    site.geometry = outline_of_cells(grid, site.cells);
    site.area_m2 = static_cast<double>(site.cells.size()) * grid.cell * grid.cell;
    if (site.geometry.parts.size() > 1) {
      site.notes.push_back("roads and clearings through it stay open");
    }
  }
}

// "E1-B1-014", "ditch-012": numbered in order of finding, within the belt or the rule.
void name_sites(const Scenario& scenario, std::vector<Candidate>& candidates) {
  std::map<std::string, int> counts;
  for (Candidate& candidate : candidates) {
    Site& site = candidate.site;
    std::string stem;
    switch (site.rule) {
      case SiteRule::belt_segment:
        stem = fmt::format("{}-B{}", scenario.echelons[static_cast<std::size_t>(site.echelon)].id,
                           candidate.belt + 1);
        break;
      case SiteRule::mapped_ditch:
        stem = "ditch";
        break;
      case SiteRule::bridge:
        stem = "bridge";
        break;
      case SiteRule::standing_forest:
        stem = "forest";
        break;
    }
    site.id = fmt::format("{}-{:03}", stem, ++counts[stem]);
  }
}

void raise_barriers(SiteSet& set) {
  for (std::size_t s = 0; s < set.sites.size(); ++s) {
    const auto id = static_cast<std::int32_t>(set.barrier_of_site(static_cast<int>(s)));
    for (const Cell c : set.sites[s].cells) set.barrier[c] = id;
  }
}

tl::unexpected<Error> nothing_found(const Scenario& scenario) {
  return input_error(
      "no site was found for any measure: no belt, ditch, bridge or forest block lies in the "
      "corridors of the axes on friendly ground",
      {.file = scenario.file.string(), .item = "sites"},
      "raise corridor_slack, set belts inside the echelons, or check sides and entries");
}

}  // namespace

Result<SiteSet> find_sites(const Scenario& scenario, const Terrain& terrain,
                           const Mobility& mobility, int threads, Monitor& monitor,
                           Combine combine) {
  SiteSet set;
  set.naturals = static_cast<int>(scenario.catalogue.naturals.size());
  set.barrier = natural_barriers(terrain);
  ABATIS_TRY(const Corridor corridor,
             find_corridor(scenario, terrain, mobility, set.barrier, threads, monitor));
  SiteGround ground = make_ground(scenario, terrain, mobility, corridor, threads);
  Found found;
  ABATIS_CHECK(search(scenario, ground, monitor, found));
  finish_forests(terrain.grid, found.forests);
  set.felling = fell(ground, found.forests, combine);

  std::array<std::vector<Candidate>*, 4> kinds{&found.belts, &found.ditches, &found.bridges,
                                               &found.forests};
  std::size_t without_option = 0;
  for (std::vector<Candidate>* kind : kinds) {
    for (Candidate& candidate : *kind) add_options(ground, set.felling, candidate);
    without_option +=
        std::erase_if(*kind, [](const Candidate& c) { return c.site.options.empty(); });
  }
  // A block that no purchase can keep is not reckoned felled either.
  set.felling = fell(ground, found.forests, combine);
  for (std::vector<Candidate>* kind : kinds) {
    name_sites(scenario, *kind);
    for (Candidate& candidate : *kind) set.sites.push_back(std::move(candidate.site));
  }
  if (set.sites.empty()) return nothing_found(scenario);
  if (without_option > 0) {
    monitor.note(fmt::format("{} places suit no measure and are left out", without_option));
  }
  raise_barriers(set);
  return set;
}

}  // namespace abatis
