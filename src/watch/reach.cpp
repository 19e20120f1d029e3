// What each sensor would cover from each place.

#include <algorithm>
#include <cmath>

#include "abatis/base/parallel.hpp"
#include "ground.hpp"

namespace abatis::watching {
namespace {

// Within the band of the border where the catalogue lets it stand.
bool may_stand(const WatchGround& ground, const WatchPlace& place, const Measure& measure) {
  const auto away = static_cast<double>(ground.terrain.border_distance_m[place.cell]);
  return away >= measure.border_from_m && away <= measure.border_to_m;
}

// Points by row, so that a window is looked up quickly.
std::vector<int> inside(const Grid& grid, const SightWindow& window,
                        const std::vector<Cell>& cells) {
  std::vector<int> found;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int32_t r = grid.row_of(cells[i]) - window.row0;
    const std::int32_t k = grid.col_of(cells[i]) - window.col0;
    if (r >= 0 && k >= 0 && r < window.rows && k < window.cols)
      found.push_back(static_cast<int>(i));
  }
  return found;
}

double height_at(const Grid& grid, const SightWindow& window, Cell c) {
  const auto r = at(grid.row_of(c) - window.row0);
  const auto k = at(grid.col_of(c) - window.col0);
  return static_cast<double>(window.height_m[r * at(window.cols) + k]);
}

void cover_border(const WatchGround& ground, const std::vector<Cell>& border, Cell from,
                  const SensorWorks& works, Candidate& into) {
  if (works.range_ground_m <= 0) return;
  const SightWindow window = look_around(ground, from, works, works.range_ground_m);
  for (const int p : inside(ground.grid(), window, border)) {
    if (height_at(ground.grid(), window, border[at(p)]) <= ground.rules().target_height_m) {
      into.border.push_back(p);
    }
  }
}

// Altitudes are over the surface: what flies low in a forest flies over the trees.
void cover_zone(const WatchGround& ground, const std::vector<Cell>& zone, Cell from,
                const SensorWorks& works, Candidate& into) {
  if (works.range_air_m <= 0) return;
  const std::vector<double>& altitudes = ground.rules().altitudes_m;
  const SightWindow window = look_around(ground, from, works, works.range_air_m);
  for (const int p : inside(ground.grid(), window, zone)) {
    const Cell c = zone[at(p)];
    if (is_effector(works.modality) && !ground.own(c)) continue;
    const double least = height_at(ground.grid(), window, c);
    if (least != least) continue;
    const double over = least - static_cast<double>(ground.canopy_m[c]);
    const auto first = std::lower_bound(altitudes.begin(), altitudes.end(), over);
    if (first == altitudes.end()) continue;
    into.zone.emplace_back(p, static_cast<int>(first - altitudes.begin()));
  }
}

}  // namespace

SightWindow look_around(const WatchGround& ground, Cell cell, const SensorWorks& works,
                        double range_m) {
  const Grid& grid = ground.grid();
  const auto reach = static_cast<std::int32_t>(std::ceil(range_m / grid.cell));
  SightWindow window;
  window.row0 = std::max(grid.row_of(cell) - reach, 0);
  window.col0 = std::max(grid.col_of(cell) - reach, 0);
  window.rows = std::min(grid.row_of(cell) + reach + 1, grid.rows) - window.row0;
  window.cols = std::min(grid.col_of(cell) + reach + 1, grid.cols) - window.col0;
  const std::size_t cells = at(window.rows) * at(window.cols);
  window.height_m.assign(cells, nodata<float>());
  std::vector<float> surface(cells), bare(cells);
  for (std::int32_t r = 0; r < window.rows; ++r) {
    for (std::int32_t k = 0; k < window.cols; ++k) {
      const Cell c = grid.at(window.row0 + r, window.col0 + k);
      const std::size_t here = at(r) * at(window.cols) + at(k);
      surface[here] = ground.surface_m[c];
      bare[here] = ground.terrain.elevation_m[c];
      const bool known = surface[here] == surface[here];
      if (!works.needs_sight && known && apart(grid, cell, c) <= range_m) {
        window.height_m[here] = 0;
      }
    }
  }
  if (!works.needs_sight) return window;
  const SightGround seen{.rows = window.rows,
                         .cols = window.cols,
                         .cell_m = grid.cell,
                         .surface = surface.data(),
                         .ground = bare.data()};
  const std::int32_t row = grid.row_of(cell) - window.row0, col = grid.col_of(cell) - window.col0;
  lower_heights(seen, {.cell = row * window.cols + col, .height_m = works.height_m},
                {.radius_m = range_m, .refraction = works.refraction, .threads = 1},
                window.height_m.data());
  return window;
}

std::vector<Candidate> find_reach(const WatchGround& ground, const std::vector<WatchPlace>& places,
                                  const BorderLine& border, const std::vector<Cell>& zone,
                                  int threads) {
  std::vector<Cell> cells;
  for (const BorderPoint& p : border.points) cells.push_back(p.cell);
  std::vector<std::vector<Candidate>> found(places.size());
  parallel_for(places.size(), threads, [&](std::size_t p) {
    for (const int m : ground.scenario.measures) {
      const Measure& measure = ground.measure(m);
      if (measure.rule != SiteRule::sensor || !may_stand(ground, places[p], measure)) continue;
      Candidate one{.place = static_cast<int>(p), .measure = m, .border = {}, .zone = {}};
      cover_border(ground, cells, places[p].cell, measure.sensor, one);
      cover_zone(ground, zone, places[p].cell, measure.sensor, one);
      if (!one.border.empty() || !one.zone.empty()) found[p].push_back(std::move(one));
    }
  });
  std::vector<Candidate> all;
  for (std::vector<Candidate>& here : found) {
    for (Candidate& one : here) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace abatis::watching
