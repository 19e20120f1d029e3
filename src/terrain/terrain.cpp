#include "abatis/terrain/terrain.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "crossings.hpp"
#include "ground.hpp"
#include "inputs.hpp"
#include "intercepts.hpp"
#include "people.hpp"
#include "sides.hpp"
#include "slope.hpp"

namespace abatis {
namespace {

using namespace terrain_detail;

// Index + 1 of the class that claims a code, by code; counts those that no class claims.
template <class Classes>
class ClassOf {
 public:
  explicit ClassOf(const Classes& classes) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      for (const std::string& code : classes[i].codes) {
        index_.emplace(code, static_cast<std::uint8_t>(i + 1));
      }
    }
  }
  std::uint8_t operator()(const std::string& code) {
    const auto found = index_.find(code);
    if (found != index_.end()) return found->second;
    ++strangers_[code];
    return 0;
  }
  void tell(const std::string& layer, std::vector<CellNote>& notes) const {
    for (const auto& [code, count] : strangers_) {
      notes.push_back({layer,
                       fmt::format("{} lines of class \"{}\", which the catalogue does not have, "
                                   "are left out",
                                   count, code),
                       0});
    }
  }

 private:
  std::map<std::string, std::uint8_t> index_;
  std::map<std::string, std::int64_t> strangers_;
};

bool is_ford(const Terrain& terrain, const Feature& road) {
  return terrain.roads.text(road, "brunnel") == "ford";
}

Status lay_roads_and_barriers(const Scenario& scenario, Terrain& terrain) {
  const Catalogue& catalogue = scenario.catalogue;
  ClassOf road_class(catalogue.roads);
  std::vector<RoadLine> roads;
  for (const Feature& feature : terrain.roads.features) {
    const std::uint8_t road = road_class(terrain.roads.text(feature, kClass));
    if (road == 0) continue;
    for (const auto& part : feature.geometry.parts) {
      roads.push_back({&part, road, catalogue.roads[road - 1U].rank, is_ford(terrain, feature)});
    }
  }
  road_class.tell("roads", terrain.notes);
  if (roads.empty()) {
    return tl::unexpected(in_layer({ErrorCode::input,
                                    "no road of a class in the catalogue lies in the region",
                                    {},
                                    "check the CRS of the layer and its class attribute"},
                                   *scenario.layer(LayerRole::roads)));
  }

  std::vector<BarrierLine> barriers;
  std::vector<InterceptLine> intercepts;
  for (const Layer* layer : {&terrain.waterways, &terrain.ditches}) {
    ClassOf natural_class(catalogue.naturals);
    for (const Feature& feature : layer->features) {
      const std::uint8_t natural = natural_class(layer->text(feature, kClass));
      if (natural == 0) continue;
      const NaturalObstacle& obstacle = catalogue.naturals[natural - 1U];
      for (const auto& part : feature.geometry.parts) {
        if (obstacle.barrier) barriers.push_back({&part, natural});
        intercepts.push_back({&part, obstacle.slope_intercepts});
      }
    }
    natural_class.tell(layer == &terrain.ditches ? "ditches" : "waterways", terrain.notes);
  }
  terrain.intercepts_per_km = intercepts_per_km(terrain.grid, intercepts);
  const ShoreLines shore = lines_to_shore(terrain.water, barriers);
  for (std::size_t i = 0; i < shore.lines.size(); ++i) {
    barriers.push_back({&shore.lines[i], shore.from[i]});
  }
  if (!shore.lines.empty()) {
    terrain.notes.push_back({"waterways",
                             fmt::format("{} ends drawn on to the water they end at, at most two "
                                         "cells away",
                                         shore.lines.size()),
                             0});
  }

  std::vector<int> rank{0};
  for (const RoadClass& road : catalogue.roads) rank.push_back(road.rank);
  LineCells cells = lay_lines(terrain.grid, roads, barriers, rank);
  terrain.road = std::move(cells.road);
  terrain.natural = std::move(cells.natural);
  terrain.bridge = std::move(cells.bridge);
  const auto tell = [&](const char* text, std::int64_t count) {
    if (count > 0) terrain.notes.push_back({"roads", text, count});
  };
  tell("barrier cells moved to the far bank of a road that runs beside them", cells.moved_cells);
  tell("road cells inside a barrier that they do not cross: its delay is charged there",
       cells.closed_cells);
  return {};
}

// Roads over lakes, river areas and the sea. A road on the shore shares the cell with the water,
// too: only where the middle of its line in the cell is in the polygon does it cross.
void add_bridges_over_water(const Scenario& scenario, Terrain& terrain) {
  const Grid& grid = terrain.grid;
  ClassOf road_class(scenario.catalogue.roads);
  struct Over {
    Cell cell;
    Point at;
    bool ford;
  };
  std::vector<Over> over;
  for (const Feature& feature : terrain.roads.features) {
    const std::uint8_t road = road_class(terrain.roads.text(feature, kClass));
    if (road == 0) continue;
    for (const auto& part : feature.geometry.parts) {
      for (std::size_t i = 0; i + 1 < part.size(); ++i) {
        for (const Cell c : cells_of_line(grid, {part[i], part[i + 1]})) {
          if (terrain.water[c] == 0 || terrain.bridge[c] != 0) continue;
          over.push_back(
              {c, middle_in_cell(grid, c, part[i], part[i + 1]), is_ford(terrain, feature)});
        }
      }
    }
  }
  std::sort(over.begin(), over.end(), [](const auto& a, const auto& b) {
    return std::tie(a.cell, a.ford, a.at.x, a.at.y) < std::tie(b.cell, b.ford, b.at.x, b.at.y);
  });
  for (const Feature& water : terrain.water_areas.features) {
    for_each_cell_inside(grid, water.geometry, [&](Cell c) {
      auto it = std::lower_bound(over.begin(), over.end(), c,
                                 [](const Over& entry, Cell cell) { return entry.cell < cell; });
      for (; it != over.end() && it->cell == c && terrain.bridge[c] == 0; ++it) {
        if (contains(water.geometry, it->at))
          terrain.bridge[c] = it->ford ? kFordCrossing : kBridgeCrossing;
      }
    });
  }
}

void note_missing_layers(const Scenario& scenario, std::vector<CellNote>& notes) {
  const std::pair<LayerRole, const char*> optional[] = {
      {LayerRole::ditches,
       "no layer: slope intercepts count mapped waterways only, speeds off "
       "road are upper bounds"},
      {LayerRole::wetlands, "no layer: wetlands as far as land cover has them"},
      {LayerRole::builtup, "no layer: built-up ground as far as land cover has it"},
      {LayerRole::places, "no layer: nothing is named after a settlement"},
      {LayerRole::services, "no layer: ways to clinic, school, shelter and crossing unknown"},
      {LayerRole::municipalities, "no layer: people are counted by the nearest town"}};
  for (const auto& [role, text] : optional) {
    if (scenario.layer(role) == nullptr) notes.push_back({std::string(to_string(role)), text, 0});
  }
}

void note_skipped(const Layer& layer, const char* role, std::vector<CellNote>& notes) {
  if (layer.skipped > 0) {
    notes.push_back(
        {role, fmt::format("{} features of empty or broken geometry left out", layer.skipped), 0});
  }
}

void note_unknown(Terrain& terrain) {
  const auto count = [&](const auto& raster) {
    return static_cast<std::int64_t>(std::count_if(raster.values.begin(), raster.values.end(),
                                                   [](auto v) { return is_nodata(v); }));
  };
  const auto tell = [&](const char* layer, const char* text, std::int64_t cells) {
    if (cells > 0) terrain.notes.push_back({layer, text, cells});
  };
  tell("elevation", "slope unknown", count(terrain.slope_percent));
  tell("landcover", "cover unknown", count(terrain.cover));
  tell("soil", "soil unknown", count(terrain.soil));
}

}  // namespace

Result<Terrain> build_terrain(const Scenario& scenario, int threads, Monitor& monitor) {
  ABATIS_TRY(Inputs inputs, read_inputs(scenario, threads, monitor));
  Terrain out;
  out.grid = scenario.grid;
  note_missing_layers(scenario, out.notes);
  monitor.begin("terrain: layers onto the grid", 5, "steps");
  const auto stop = [&] {
    monitor.advance(1);
    return monitor.stop_requested();
  };
  const auto interrupted = [] {
    return fail(ErrorCode::interrupted, "stopped while laying layers onto the grid");
  };

  out.elevation_m = std::move(inputs.elevation_m);
  out.slope_percent = slope_percent(out.elevation_m, scenario.terrain.slope_amplification, threads);
  if (stop()) return interrupted();
  out.water = water_of(out.grid, inputs.water, out.notes);
  out.cover = cover_of(scenario.catalogue, inputs, out.water, out.notes);
  out.soil = soil_of(scenario.catalogue, inputs, out.cover, out.notes);
  if (stop()) return interrupted();
  out.state = states_of(scenario, inputs.states, out.water, out.notes);
  out.side = sides_of(scenario, out.state);
  const Raster<std::uint8_t> border = border_of(out.side);
  ABATIS_CHECK(check_border(scenario, out, border));
  out.border_distance_m = distance_to(border);
  if (stop()) return interrupted();

  const std::pair<Layer*, const char*> layers[] = {
      {&inputs.states, "states"},     {&inputs.roads, "roads"},
      {&inputs.water, "water"},       {&inputs.waterways, "waterways"},
      {&inputs.ditches, "ditches"},   {&inputs.wetlands, "wetlands"},
      {&inputs.builtup, "builtup"},   {&inputs.places, "places"},
      {&inputs.services, "services"}, {&inputs.municipalities, "municipalities"}};
  for (const auto& [layer, role] : layers) note_skipped(*layer, role, out.notes);
  ABATIS_CHECK(read_people(scenario, inputs, out));
  out.states = std::move(inputs.states);
  out.roads = std::move(inputs.roads);
  out.water_areas = std::move(inputs.water);
  out.protected_areas = std::move(inputs.protected_areas);
  out.waterways = std::move(inputs.waterways);
  out.ditches = std::move(inputs.ditches);
  ABATIS_CHECK(lay_roads_and_barriers(scenario, out));
  if (stop()) return interrupted();
  add_bridges_over_water(scenario, out);
  note_unknown(out);
  if (stop()) return interrupted();
  return out;
}

Result<std::vector<Cell>> entry_cells(const Scenario& scenario, const Terrain& terrain,
                                      const Entry& entry) {
  const Grid& grid = terrain.grid;
  std::vector<std::string> codes = scenario.friendly;
  codes.insert(codes.end(), scenario.adversary.begin(), scenario.adversary.end());
  const auto value_of = [&](const std::string& code) {
    const auto found = std::find(codes.begin(), codes.end(), code);
    return static_cast<std::uint8_t>(found == codes.end() ? 0 : 1 + (found - codes.begin()));
  };
  const std::uint8_t from = value_of(entry.state);
  std::vector<bool> leads(256, false);
  for (const std::string& code : entry.into) leads[value_of(code)] = true;
  leads[0] = false;

  std::vector<Cell> out;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (from == 0 || terrain.state[c] != from || !entry.within.contains(grid.centre(c))) continue;
    const std::int32_t row = grid.row_of(c);
    const std::int32_t col = grid.col_of(c);
    const bool at_border = (row > 0 && leads[terrain.state[c - grid.cols]]) ||
                           (col > 0 && leads[terrain.state[c - 1]]) ||
                           (col + 1 < grid.cols && leads[terrain.state[c + 1]]) ||
                           (row + 1 < grid.rows && leads[terrain.state[c + grid.cols]]);
    if (at_border) out.push_back(c);
  }
  if (out.empty()) {
    return input_error(
        fmt::format("entry \"{}\": no cell of {} touches {} between lon and lat of the entry",
                    entry.id, entry.state, fmt::join(entry.into, " or ")),
        entry.where, "enlarge its lon and lat, or check which states meet there");
  }
  return out;
}

}  // namespace abatis
