#pragma once
// A scenario, terrain and mobility drawn as text. One character is one cell of 100 m, north up.
//
//   R adversary, open      . open          f forest        p peat (wetland cover, soil Pt)
//   b built-up             ~ lake          w river (a barrier, natural class "river")
//   = road                 ^ bridge: road over the river
//   / road through forest  X nothing passes here
//   O objective, on a road d drained peat (open cover, soil Pt)
//   v ford: road through the river
//
// The entry is the whole border; movers "tank" (crosses forest slowly) and "car" (does not).

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/sites.hpp"

namespace abatis::testing {

inline constexpr float kOpenSpeed = 10, kRoadSpeed = 20, kForestSpeed = 4, kRiverSpeed = 1;
enum Cover : std::uint8_t { kOpenCover, kForestCover, kWetCover, kBuiltCover, kWaterCover };
enum Soil : std::uint8_t { kSand, kPeat };
enum MeasureIndex : int { kDitchDeepened, kVehicleDitch, kMines, kBridge, kForestKept };

struct DrawnWorld {
  Scenario scenario;
  Terrain terrain;
  Mobility mobility;

  explicit DrawnWorld(const std::vector<std::string>& rows) {
    const Grid grid{.epsg = 3346,
                    .origin_x = 500000,
                    .origin_y = 6000000,
                    .cell = 100,
                    .rows = static_cast<std::int32_t>(rows.size()),
                    .cols = static_cast<std::int32_t>(rows[0].size())};
    fill_catalogue();
    fill_scenario(grid);
    fill_terrain(grid, rows);
    fill_mobility();
  }

  const Grid& grid() const { return terrain.grid; }
  Point at(std::int32_t row, std::int32_t col) const { return grid().centre(grid().at(row, col)); }
  Measure& measure(int index) {
    return scenario.catalogue.measures[static_cast<std::size_t>(index)];
  }
  void add_ditch(std::vector<Point> line, const std::string& code = "ditch",
                 const std::string& name = "") {
    Layer& layer = code == "ditch" ? terrain.ditches : terrain.waterways;
    layer.features.push_back({{GeometryKind::line, {std::move(line)}}, {code, name}});
  }
  // One more measure, offered; its index.
  int offer(Measure m) {
    scenario.catalogue.measures.push_back(std::move(m));
    scenario.measures.push_back(static_cast<int>(scenario.catalogue.measures.size()) - 1);
    return scenario.measures.back();
  }
  // An obstacle of a rule, 1,000 s of delay to everybody.
  static Measure obstacle(const char* id, SiteRule rule, SiteKind kind, const char* unit) {
    Measure m;
    m.id = m.name = id;
    m.rule = rule;
    m.kind = kind;
    m.unit = unit;
    m.unit_cost_eur = {1000, 1000, 1000};
    for (int mover = 0; mover < 2; ++mover)
      m.delays.push_back({.mover = mover, .delay_s = {1000, 1000, 1000}});
    return m;
  }
  Result<SiteSet> sites(int threads = 1) const {
    return find_sites(scenario, terrain, mobility, threads, silent_monitor());
  }
  // Speeds follow the terrain; call again after changing it.
  void fill_mobility() {
    mobility = {};
    mobility.seasons = 1;
    for (int mover = 0; mover < 2; ++mover) {
      SpeedRaster speed;
      speed.mover = mover;
      speed.speed_mps = Raster<float>(grid(), kOpenSpeed);
      for (Cell c = 0; c < static_cast<Cell>(grid().size()); ++c) {
        float v = kOpenSpeed;
        if (terrain.cover[c] == kForestCover) v = mover == 0 ? kForestSpeed : 0.0F;
        if (terrain.cover[c] == kBuiltCover || terrain.water[c] == 1) v = 0;
        if (terrain.natural[c] != 0) v = kRiverSpeed;
        if (terrain.road[c] != 0) v = kRoadSpeed;
        if (wall[c] != 0) v = 0;
        speed.speed_mps[c] = v;
      }
      mobility.speeds.push_back(std::move(speed));
      mobility.natural_delay_s.push_back({3600.0, 0.0});
    }
  }
  Raster<std::uint8_t> wall;

 private:
  static CoverClass cover(const char* id, CoverKind kind, double vegetation, double stems) {
    CoverClass c;
    c.id = id;
    c.kind = kind;
    c.vegetation_factor = vegetation;
    c.stems_per_ha = stems;
    c.stem_diameter_m = stems > 0 ? 0.2 : 0;
    return c;
  }
  void fill_catalogue() {
    Catalogue& k = scenario.catalogue;
    Mover tank;
    tank.id = tank.name = "tank";
    tank.vmax_road_mps = 20;
    tank.vmax_offroad_mps = 10;
    tank.width_m = 3.6;
    tank.vci1_psi = 20, tank.vci50_psi = 50;
    tank.override_diameter_m = 0.25;
    tank.trench_width_m = 2.7, tank.step_height_m = 0.85;
    Mover car = tank;
    car.id = car.name = "car";
    car.running = Running::wheeled;
    car.override_diameter_m = 0;
    car.trench_width_m = 0.6, car.step_height_m = 0.3;
    k.movers = {tank, car};
    Season dry;
    dry.id = dry.name = "dry";
    dry.moisture = Moisture::dry;
    k.seasons = {dry};
    k.soils = {{.id = "SP", .name = "sand", .rci_psi = {230, 170, 100}},
               {.id = "Pt", .name = "peat", .rci_psi = {50, 28, 8}}};
    k.covers = {cover("open", CoverKind::open, 0.8, 0),
                cover("forest", CoverKind::forest, 0.5, 900),
                cover("bog", CoverKind::wetland, 0.4, 0), cover("town", CoverKind::builtup, 0, 0),
                cover("lake", CoverKind::water, 0, 0)};
    RoadClass road;
    road.id = road.name = "main road";
    road.speed_tracked_mps = road.speed_wheeled_mps = kRoadSpeed;
    road.rank = 1;
    k.roads = {road};
    NaturalObstacle river, stream;
    river.id = "river", river.codes = {"river"}, river.barrier = true;
    stream.id = "stream", stream.codes = {"stream", "ditch"};
    k.naturals = {river, stream};
    add_measure("ditch_deepened", SiteRule::mapped_ditch, SiteKind::segment, "km", 20000, 600);
    add_measure("vehicle_ditch", SiteRule::belt_segment, SiteKind::segment, "km", 150000, 1800);
    add_measure("mines", SiteRule::belt_segment, SiteKind::segment, "km", 1200000, 7200);
    add_measure("bridge", SiteRule::bridge, SiteKind::point, "piece", 120000, 5400);
    add_measure("forest_kept", SiteRule::standing_forest, SiteKind::block, "ha", 900, 1);
    measure(kMines).lead_years = 2;
    measure(kForestKept).growth_years = 10;
  }
  void add_measure(const char* id, SiteRule rule, SiteKind kind, const char* unit, double cost,
                   double delay) {
    Measure m;
    m.id = m.name = id;
    m.rule = rule;
    m.kind = kind;
    m.unit = unit;
    m.unit_cost_eur = {cost * 0.5, cost, cost * 1.5};
    m.maintenance_share = 0.02;
    m.liability_eur = {0, cost * 0.1, cost * 0.2};
    for (int mover = 0; mover < 2; ++mover) {
      m.delays.push_back({.mover = mover, .delay_s = {delay * 0.5, delay, delay * 1.5}});
    }
    scenario.catalogue.measures.push_back(std::move(m));
    scenario.measures.push_back(static_cast<int>(scenario.measures.size()));
  }
  void fill_scenario(const Grid& grid) {
    Scenario& s = scenario;
    s.grid = grid;
    s.years = 10;
    s.friendly = {"LTU"};
    s.adversary = {"RUS"};
    s.entries = {
        {.id = "west", .name = "west", .state = "RUS", .into = {"LTU"}, .within = grid.bounds()}};
    s.axes = {{.id = "only", .name = "only"}};
    s.movers = {{0, 0.5}, {1, 0.5}};
    s.seasons = {{0, 1}};
    s.cases = {{0, 0, 0, 0.5}, {0, 1, 0, 0.5}};
    s.echelons = {{.id = "E1", .name = "first", .from_m = 0, .to_m = 3000, .belts_m = {1000}},
                  {.id = "E2", .name = "second", .from_m = 3000, .to_m = 20000}};
    s.sites.segment_length_m = 1000;
    s.sites.min_segment_m = 300;
    s.sites.ditch_min_length_m = 500;
    s.sites.block_side_m = 1000;
    s.sites.corridor_slack = 20;
  }
  void fill_terrain(const Grid& grid, const std::vector<std::string>& rows) {
    Terrain& t = terrain;
    t.grid = grid;
    t.elevation_m = Raster<float>(grid, 100);
    t.slope_percent = Raster<float>(grid, 0);
    t.cover = Raster<std::uint8_t>(grid, kOpenCover);
    t.soil = Raster<std::uint8_t>(grid, kSand);
    t.road = t.water = t.natural = t.bridge = Raster<std::uint8_t>(grid, 0);
    t.intercepts_per_km = Raster<float>(grid, 0);
    t.state = Raster<std::uint8_t>(grid, 1);
    t.side = Raster<std::uint8_t>(grid, static_cast<std::uint8_t>(Side::friendly));
    wall = Raster<std::uint8_t>(grid, 0);
    t.ditches.field_names = t.waterways.field_names = {"class", "name"};
    scenario.objectives = {{.id = "goal", .name = "goal"}};
    for (std::int32_t r = 0; r < grid.rows; ++r) {
      for (std::int32_t c = 0; c < grid.cols; ++c) {
        draw(grid.at(r, c), rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)]);
      }
    }
    Raster<std::uint8_t> border(grid, 0);
    for (std::int32_t r = 0; r < grid.rows; ++r) {
      for (std::int32_t c = 1; c < grid.cols; ++c) {
        if (t.side[grid.at(r, c)] != t.side[grid.at(r, c - 1)]) {
          border[grid.at(r, c)] = border[grid.at(r, c - 1)] = 1;
        }
      }
    }
    t.border_distance_m = distance_to(border);
    t.settlements = {{.name = "Kalvarija",
                      .kind = "town",
                      .at = grid.centre(grid.at(grid.rows / 2, grid.cols / 2))}};
  }
  void draw(Cell c, char what) {
    Terrain& t = terrain;
    if (what == 'R') {
      t.side[c] = static_cast<std::uint8_t>(Side::adversary);
      t.state[c] = 2;
    }
    if (what == 'f' || what == '/') t.cover[c] = kForestCover;
    if (what == 'p') t.cover[c] = kWetCover, t.soil[c] = kPeat;
    if (what == 'd') t.soil[c] = kPeat;
    if (what == 'b') t.cover[c] = kBuiltCover;
    if (what == '~') t.cover[c] = kWaterCover, t.water[c] = 1;
    if (what == 'w' || what == '^' || what == 'v') t.natural[c] = 1;
    if (what == '=' || what == '^' || what == 'v' || what == '/' || what == 'O') t.road[c] = 1;
    if (what == '^') t.bridge[c] = kBridgeCrossing;
    if (what == 'v') t.bridge[c] = kFordCrossing;
    if (what == 'X') wall[c] = 1;
    if (what == 'O') scenario.objectives[0].at = t.grid.centre(c);
  }
};

inline std::vector<const Site*> of_rule(const SiteSet& set, SiteRule rule) {
  std::vector<const Site*> sites;
  for (const Site& site : set.sites) {
    if (site.rule == rule) sites.push_back(&site);
  }
  return sites;
}

}  // namespace abatis::testing
