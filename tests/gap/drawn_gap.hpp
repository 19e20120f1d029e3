#pragma once
// A gap drawn as text, two characters a cell in two maps of the same shape, north up, cells of 100
// m.
//
//   states: P, L = the two friendly states, R, B = the two hostile ones, ' ' = none
//   ground: . open   : rough   ~ lake   ^ bridge over a lake   X nothing passes   a a barrier

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "abatis/gap/gap.hpp"

namespace abatis::testing {

using Map = std::vector<std::string>;

struct DrawnGap {
  Scenario scenario;
  Terrain terrain;
  Mobility mobility;
  Raster<std::int32_t> barrier;
  double barrier_delay_s = 600;

  DrawnGap(const Map& states, const Map& ground, double depth_m = 200) {
    const Grid grid{.epsg = 3346,
                    .origin_x = 500000,
                    .origin_y = 6000000,
                    .cell = 100,
                    .rows = static_cast<std::int32_t>(states.size()),
                    .cols = static_cast<std::int32_t>(states[0].size())};
    fill_scenario(grid, depth_m);
    fill_ground(grid, states, ground);
  }

  const Grid& grid() const { return terrain.grid; }
  Point at(std::int32_t row, std::int32_t col) const { return grid().centre(grid().at(row, col)); }
  void add_road(const std::vector<std::pair<int, int>>& cells, const std::string& code = "main",
                const std::string& ref = "", const std::string& oneway = "") {
    std::vector<Point> line;
    for (const auto& [row, col] : cells) line.push_back(at(row, col));
    terrain.roads.features.push_back({{GeometryKind::line, {line}}, {code, ref, oneway}});
  }
  GapInput input() const {
    return {scenario, terrain, mobility, barrier, {{.delay_s = {{0.0, barrier_delay_s}}}}};
  }
  Gap gap(int threads = 1) const {
    auto gap = compute_gap(input(), 0, threads, silent_monitor());
    if (!gap) throw std::runtime_error(to_string(gap.error()));
    return std::move(*gap);
  }
  // Of the only mover, nothing built: all entries together.
  GapTimes times() const { return gap().cases.at(0).times.at(0); }

 private:
  void fill_scenario(const Grid& grid, double depth_m) {
    Scenario& s = scenario;
    s.grid = grid;
    s.years = 3;
    s.friendly = {"POL", "LTU"};
    s.adversary = {"RUS", "BLR"};
    Mover tank;
    tank.id = tank.name = "tank";
    Season dry;
    dry.id = dry.name = "dry";
    s.catalogue.movers = {tank};
    s.catalogue.seasons = {dry};
    RoadClass main, lane;
    main.id = main.name = "main", main.codes = {"main"}, main.rank = 1, main.capacity_per_h = 1000;
    lane.id = lane.name = "lane", lane.codes = {"lane"}, lane.rank = 2, lane.capacity_per_h = 300;
    s.catalogue.roads = {main, lane};
    s.movers = {{0, 1}};
    s.seasons = {{0, 1}};
    for (const char* state : {"RUS", "BLR"}) {
      s.entries.push_back({.id = state == std::string("RUS") ? "west" : "east",
                           .name = state,
                           .state = state,
                           .into = {"POL", "LTU"},
                           .within = grid.bounds()});
    }
    s.gaps = {{.id = "gap",
               .name = "Gap",
               .between = {0, 1},
               .joins = {0, 1},
               .depth_m = depth_m,
               .entries = {0, 1}}};
  }
  void fill_ground(const Grid& grid, const Map& states, const Map& ground) {
    Terrain& t = terrain;
    t.grid = grid;
    t.state = t.side = t.water = t.bridge = Raster<std::uint8_t>(grid, 0);
    barrier = Raster<std::int32_t>(grid, 0);
    t.roads.field_names = {"class", "ref", "oneway"};
    SpeedRaster speed;
    speed.speed_mps = Raster<float>(grid, 10.0F);
    for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
      const auto row = static_cast<std::size_t>(grid.row_of(c));
      const auto col = static_cast<std::size_t>(grid.col_of(c));
      const auto state = std::string("PLRB").find(states[row][col]);
      if (state != std::string::npos) {
        t.state[c] = static_cast<std::uint8_t>(1 + state);
        t.side[c] = static_cast<std::uint8_t>(state < 2 ? Side::friendly : Side::adversary);
      }
      const char what = ground[row][col];
      if (what == '~' || what == '^') t.water[c] = 1;
      if (what == '^') t.bridge[c] = 1;
      if (what == ':') speed.speed_mps[c] = 3;
      if (what == '~' || what == 'X') speed.speed_mps[c] = 0;
      if (what == 'a') barrier[c] = 1;
    }
    mobility.seasons = 1;
    mobility.speeds.push_back(std::move(speed));
  }
};

// One of the eight turns and reflections of a map.
inline Map turned(Map map, int which) {
  if (which & 1) std::reverse(map.begin(), map.end());
  if (which & 2) {
    for (std::string& row : map) std::reverse(row.begin(), row.end());
  }
  if (which & 4) {
    Map out(map[0].size(), std::string(map.size(), ' '));
    for (std::size_t r = 0; r < map.size(); ++r) {
      for (std::size_t c = 0; c < map[r].size(); ++c) out[c][r] = map[r][c];
    }
    map = std::move(out);
  }
  return map;
}

// The same turn of a cell of a map of rows x cols.
inline std::pair<int, int> turned(std::pair<int, int> cell, int rows, int cols, int which) {
  auto [r, c] = cell;
  if (which & 1) r = rows - 1 - r;
  if (which & 2) c = cols - 1 - c;
  if (which & 4) std::swap(r, c);
  return {r, c};
}

}  // namespace abatis::testing
