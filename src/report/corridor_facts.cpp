#include "corridor_facts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/terrain/places.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr double kWaterwayReach = 300;  // a bridge is over the waterway this near

// Water within two cells of a cell of the region.
bool beside_water(const Terrain& terrain, Cell c) {
  const Grid& grid = terrain.grid;
  for (std::int32_t row = grid.row_of(c) - 2; row <= grid.row_of(c) + 2; ++row) {
    for (std::int32_t col = grid.col_of(c) - 2; col <= grid.col_of(c) + 2; ++col) {
      if (!grid.inside(row, col)) continue;
      const std::uint8_t water = terrain.water[grid.at(row, col)];
      if (water != 0 && !is_nodata(water)) return true;
    }
  }
  return false;
}

// A section may lie on the cell before the bridge.
bool beside_bridge(const Terrain& terrain, Cell c) {
  bool bridge = terrain.bridge[c] == 1;
  for_each_beside(terrain.grid, c, [&](Cell n) { bridge = bridge || terrain.bridge[n] == 1; });
  return bridge;
}

ChokeFact choke_fact(const Terrain& terrain, const CaseCorridors& one, const ChokePoint& choke) {
  const auto region = [&](Cell c) { return terrain.grid.cell_at(one.grid.centre(c)); };
  const Point a = one.grid.centre(choke.section.one);
  const Point b = one.grid.centre(choke.section.other);
  ChokeFact fact;
  fact.at = {(a.x + b.x) / 2, (a.y + b.y) / 2};
  // Of a long narrow, the bridge in it is what a reader looks for.
  const auto on = std::find_if(choke.cells.begin(), choke.cells.end(), [&](Cell c) {
    const auto at = region(c);
    return at && terrain.bridge[*at] == 1;
  });
  const auto middle = region(choke.section.at);
  const bool bridge = on != choke.cells.end() || (middle && beside_bridge(terrain, *middle));
  if (on != choke.cells.end()) fact.at = one.grid.centre(*on);
  const auto water_at = [&](Cell c) {
    const auto at = region(c);
    return at && beside_water(terrain, *at);
  };
  const std::string near = near_place(terrain, fact.at, false).words;
  const std::string where = near.empty() ? "" : ", " + near;
  if (bridge) {
    fact.kind = "bridge";
    const std::string over = waterway_near(terrain, fact.at, kWaterwayReach);
    fact.name = (over.empty() ? "bridge" : "bridge over the " + over) + where;
  } else if (water_at(choke.section.one) && water_at(choke.section.other)) {
    fact.kind = "between water";
    fact.name = fact.kind + where;
  } else {
    fact.kind = "narrow ground";
    fact.name = fact.kind + where;
  }
  return fact;
}

}  // namespace

CorridorFacts corridor_facts(const CorridorView& view, const CaseCorridors& one) {
  const Scenario& s = view.scenario;
  const Case& c = s.cases[static_cast<std::size_t>(one.index)];
  const Axis& axis = s.axes[static_cast<std::size_t>(c.axis)];
  const Mover& mover = s.catalogue.movers[static_cast<std::size_t>(c.mover)];
  const Season& season = s.catalogue.seasons[static_cast<std::size_t>(c.season)];
  CorridorFacts facts;
  facts.axis = axis.id;
  facts.mover = mover.id;
  facts.season = season.id;
  facts.name = safe_name(fmt::format("{}_{}_{}", axis.id, mover.id, season.id));
  facts.title = fmt::format("{}: {}, {}", axis.name, mover.name, season.name);
  for (const ChokePoint& choke : one.chokes) {
    facts.chokes.push_back(choke_fact(view.terrain, one, choke));
  }
  return facts;
}

std::string formation_id(const CorridorView& view, int formation) {
  return formation < 0 ? std::string()
                       : view.scenario.catalogue.formations[static_cast<std::size_t>(formation)].id;
}

std::string formation_words(const CorridorView& view, int formation) {
  return formation < 0
             ? "column"
             : view.scenario.catalogue.formations[static_cast<std::size_t>(formation)].name;
}

std::string numbered(const std::vector<int>& indices) {
  std::string out;
  for (const int i : indices) out += fmt::format("{}{}", out.empty() ? "" : ", ", i + 1);
  return out;
}

}  // namespace abatis::report
