// The searches in the order of their right to a cell, then names, options and the barrier raster.

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/far_view.hpp"
#include "abatis/measures/site_land.hpp"
#include "block_delay.hpp"
#include "options.hpp"
#include "parks.hpp"
#include "site_conflicts.hpp"
#include "site_ground.hpp"
#include "standoff.hpp"
#include "upgrades.hpp"

namespace abatis {
namespace {

using namespace measures;

// Of most sites this share of the cells must be left by those that come first.
constexpr double kLeastLeft = 0.5;

// Candidates by rule.
using Found = std::array<std::vector<Candidate>, kSiteRules>;
std::vector<Candidate>& of(Found& found, SiteRule rule) {
  return found[static_cast<std::size_t>(rule)];
}

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

void order_by_usefulness(std::vector<Candidate>& candidates) {
  sort_stably(candidates, [](const auto& a, const auto& b) { return a.usefulness > b.usefulness; });
}

struct Search {
  SiteRule rule;
  double least_share;  // of its cells that a candidate must be left, else it is dropped
  std::vector<Candidate> (*find)(const SiteGround&);
};

std::vector<Candidate> ditches_of(const SiteGround& ground) {
  return find_ditches(ground, closes_roads(ground.scenario));
}
// One search finds both.
std::vector<Candidate> only(std::vector<Candidate> all, SiteRule rule) {
  std::erase_if(all, [&](const Candidate& c) { return c.site.rule != rule; });
  return all;
}
std::vector<Candidate> bridges_of(const SiteGround& ground) {
  return only(find_bridges(ground), SiteRule::bridge);
}
std::vector<Candidate> fords_of(const SiteGround& ground) {
  return only(find_bridges(ground), SiteRule::ford);
}

// In the order of their right to a cell.
constexpr Search kSearches[] = {{SiteRule::bridge, 0, bridges_of},
                                {SiteRule::ford, 0, fords_of},
                                {SiteRule::belt_segment, 0, find_belts},
                                {SiteRule::road_point, kLeastLeft, find_road_points},
                                {SiteRule::mapped_ditch, kLeastLeft, ditches_of},
                                {SiteRule::culvert, kLeastLeft, find_culverts},
                                {SiteRule::peatland, kLeastLeft, find_peatland},
                                {SiteRule::standing_forest, kLeastLeft, find_forests},
                                {SiteRule::open_land, kLeastLeft, find_open_land},
                                {SiteRule::roadside, 0, find_road_rows}};

Status search(const Scenario& scenario, SiteGround& ground, Monitor& monitor, Found& found) {
  monitor.begin("sites", static_cast<std::int64_t>(std::size(kSearches)), "kinds");
  for (const Search& one : kSearches) {
    if (monitor.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped while looking for sites");
    }
    if (offers(scenario, one.rule)) {
      std::vector<Candidate>& into = of(found, one.rule);
      into = one.find(ground);
      keep_best(into, scenario.sites.most(one.rule));
      if (one.rule == SiteRule::mapped_ditch) order_by_usefulness(into);
      if (one.rule != SiteRule::roadside) claim(ground, into, one.rule, one.least_share);
    }
    monitor.advance(1);
  }
  return {};
}

// After the claims a block is what it could keep.
void finish_blocks(const Grid& grid, std::vector<Candidate>& blocks) {
  for (Candidate& block : blocks) {
    Site& site = block.site;
    site.geometry = outline_of_cells(grid, site.cells);
    site.area_m2 = static_cast<double>(site.cells.size()) * grid.cell * grid.cell;
    if (site.geometry.parts.size() > 1) {
      site.notes.push_back("roads and clearings through it stay open");
    }
  }
}

constexpr std::array<std::string_view, kSiteRules> kStems{
    "belt", "ditch", "bridge", "road", "culvert", "ford",  "forest",
    "peat", "field", "row",    "park", "cover",   "sensor"};

// "E1-B1-014", "ditch-012": numbered in order of finding, within the belt or the rule.
void name_sites(const Scenario& scenario, std::vector<Candidate>& candidates) {
  std::map<std::string, int> counts;
  for (Candidate& candidate : candidates) {
    Site& site = candidate.site;
    const std::string stem =
        site.rule == SiteRule::belt_segment
            ? fmt::format("{}-B{}", scenario.echelons[static_cast<std::size_t>(site.echelon)].id,
                          site.belt + 1)
            : std::string(kStems[static_cast<std::size_t>(site.rule)]);
    site.id = fmt::format("{}-{:03}", stem, ++counts[stem]);
  }
}

void raise_barriers(SiteSet& set) {
  for (std::size_t s = 0; s < set.sites.size(); ++s) {
    const auto id = static_cast<std::int32_t>(set.barrier_of_site(static_cast<int>(s)));
    for (const Cell c : set.sites[s].cells) set.barrier[c] = id;
  }
}

// Who lives near each site: settlements whose point lies within 1 and 5 km of a cell.
void find_people(const CivilFigures& civil, const Terrain& terrain, SiteSet& set) {
  constexpr double kNear = 1000;
  constexpr double kFar = 5000;
  const Grid& grid = terrain.grid;
  for (const Settlement& place : terrain.settlements) {
    set.people.push_back(place.population);
    set.presumed.push_back(place.population >= 0 ? place.population
                                                 : civil.presumed_in(place.kind));
  }
  for (Site& site : set.sites) {
    if (site.cells.empty()) continue;
    const Bounds box = bounds_of(site.geometry).grown(kFar + grid.cell);
    for (std::size_t i = 0; i < terrain.settlements.size(); ++i) {
      const Point at = terrain.settlements[i].at;
      if (!box.contains(at)) continue;
      double least = kFar + 1;
      for (const Cell c : site.cells) {
        const Point p = grid.centre(c);
        least = std::min(least, std::hypot(p.x - at.x, p.y - at.y));
      }
      if (least <= kNear) site.settlements_1km.push_back(static_cast<int>(i));
      if (least <= kFar) site.settlements_5km.push_back(static_cast<int>(i));
    }
  }
}

tl::unexpected<Error> nothing_found(const Scenario& scenario) {
  return input_error(
      "no site was found for any measure: no belt, ditch, bridge, road point or block lies in the "
      "corridors of the axes on friendly ground",
      {.file = scenario.file.string(), .item = "sites"},
      "raise corridor_slack, set belts inside the echelons, or check sides and entries");
}

// Candidates at which something stored may be emplaced.
std::vector<Candidate*> needing_parks(const Scenario& scenario, Found& found) {
  std::vector<Candidate*> needing;
  for (std::size_t rule = 0; rule < found.size(); ++rule) {
    const bool stored = std::any_of(scenario.measures.begin(), scenario.measures.end(), [&](int m) {
      const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
      return static_cast<std::size_t>(measure.rule) == rule && measure.emplacement.stored();
    });
    if (!stored) continue;
    for (Candidate& candidate : found[rule]) needing.push_back(&candidate);
  }
  return needing;
}

// Options of everything found; what no measure suits is dropped. How many were.
std::size_t offer(const OptionGround& on, Found& found) {
  std::size_t without_option = 0;
  for (std::vector<Candidate>& kind : found) {
    for (Candidate& candidate : kind) add_options(on, candidate);
    without_option +=
        std::erase_if(kind, [](const Candidate& c) { return c.site.options.empty(); });
  }
  return without_option;
}

// Sites by rule; parks stand where their rule has its place, and options name them by that.
void put_together(const Scenario& scenario, const Grid& grid, Found& found, SiteSet& set) {
  std::vector<const Candidate*> all;
  int first_park = 0;
  for (std::size_t rule = 0; rule < found.size(); ++rule) {
    if (rule == static_cast<std::size_t>(SiteRule::park)) first_park = static_cast<int>(all.size());
    name_sites(scenario, found[rule]);
    for (const Candidate& candidate : found[rule]) all.push_back(&candidate);
  }
  set.conflicts = find_conflicts(scenario, grid, all);
  for (std::vector<Candidate>& kind : found) {
    for (Candidate& candidate : kind) {
      for (Option& option : candidate.site.options) {
        if (option.park >= 0) option.park += first_park;
      }
      set.sites.push_back(std::move(candidate.site));
    }
  }
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
  ABATIS_TRY(ground.standoff_m, standoff_distances(ground, set.barrier, threads));
  if (scenario.screening.given && offers(scenario, SiteRule::roadside)) {
    ABATIS_TRY(ground.far_views, seen_from_far(scenario, terrain, threads, monitor));
  }
  Found found;
  ABATIS_CHECK(search(scenario, ground, monitor, found));
  for (const SiteRule rule : {SiteRule::standing_forest, SiteRule::peatland, SiteRule::open_land}) {
    finish_blocks(terrain.grid, of(found, rule));
  }
  std::vector<Candidate>& forests = of(found, SiteRule::standing_forest);
  set.felling = fell(ground, forests, combine);
  ABATIS_TRY(Logistics logistics,
             plan_logistics(ground, needing_parks(scenario, found), combine, threads, monitor));
  for (Candidate& park : logistics.parks) add_park_option(scenario, logistics.warning_s, park);
  const std::size_t without_option = offer({ground, set.felling, logistics, combine}, found);
  // A block that no purchase can keep is not reckoned felled either.
  set.felling = fell(ground, forests, combine);
  of(found, SiteRule::park) = std::move(logistics.parks);
  put_together(scenario, terrain.grid, found, set);
  if (set.sites.empty()) return nothing_found(scenario);
  if (without_option > 0) {
    monitor.note(fmt::format("{} places suit no measure and are left out", without_option));
  }
  raise_barriers(set);
  find_people(scenario.catalogue.civil, terrain, set);
  add_upgrades(scenario, set);
  find_land(terrain, set);
  return set;
}

}  // namespace abatis
