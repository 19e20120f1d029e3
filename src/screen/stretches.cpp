// Roads of the border zone, cut to stretches and samples.

#include "stretches.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/line_chains.hpp"
#include "abatis/terrain/places.hpp"

namespace abatis::screen_detail {
namespace {

using measures::Course;
using measures::LinePiece;

std::vector<LinePiece> road_pieces(const Catalogue& catalogue, const Terrain& terrain,
                                   const Bounds& within) {
  std::vector<LinePiece> pieces;
  for (const Feature& feature : terrain.roads.features) {
    if (!bounds_of(feature.geometry).intersects(within)) continue;
    const std::string code = terrain.roads.text(feature, "class");
    const auto known =
        std::find_if(catalogue.roads.begin(), catalogue.roads.end(), [&](const RoadClass& r) {
          return std::find(r.codes.begin(), r.codes.end(), code) != r.codes.end();
        });
    if (known == catalogue.roads.end()) continue;
    for (const auto& part : feature.geometry.parts) {
      if (part.size() < 2) continue;
      pieces.push_back({part, static_cast<int>(known - catalogue.roads.begin())});
    }
  }
  return pieces;
}

// The most of the people on road cells of the same class at or beside a cell: ways on the grid cut
// the corners of a road.
double people_near(const Terrain& terrain, const Raster<float>& people, Cell c, int road) {
  const Grid& grid = terrain.grid;
  double most = people[c];
  for (std::int32_t r = grid.row_of(c) - 1; r <= grid.row_of(c) + 1; ++r) {
    for (std::int32_t q = grid.col_of(c) - 1; q <= grid.col_of(c) + 1; ++q) {
      if (!grid.inside(r, q)) continue;
      const Cell other = grid.at(r, q);
      if (terrain.road[other] == road + 1) most = std::max<double>(most, people[other]);
    }
  }
  return most;
}

// One stretch from a run of samples of one chain, [from, to) along it.
class Cutting {
 public:
  Cutting(const Terrain& terrain, RoadExposure& into) : terrain_(terrain), into_(into) {}

  void cut(const std::vector<Point>& line, const std::vector<RoadSample>& run, int road,
           double from, double length_m) {
    RoadStretch stretch;
    stretch.road = road;
    stretch.line = substring(line, from, from + length_m);
    stretch.length_m = length_m;
    stretch.border_m = terrain_.border_distance_m[run.front().cell];
    for (const RoadSample& sample : run) {
      stretch.border_m =
          std::min<double>(stretch.border_m, terrain_.border_distance_m[sample.cell]);
    }
    stretch.near = near_place(terrain_, run[run.size() / 2].at).words;
    const int index = static_cast<int>(into_.stretches.size());
    stretch.id = fmt::format("R-{:04}", index + 1);
    into_.stretches.push_back(std::move(stretch));
    for (RoadSample sample : run) {
      sample.stretch = index;
      into_.samples.push_back(sample);
    }
  }

 private:
  const Terrain& terrain_;
  RoadExposure& into_;
};

}  // namespace

void add_stretches(const Scenario& scenario, const Terrain& terrain, const Raster<float>& people,
                   RoadExposure& into) {
  const ScreeningRules& rules = scenario.screening;
  const Grid& grid = terrain.grid;
  const auto pieces = road_pieces(scenario.catalogue, terrain, grid.bounds());
  Cutting cutting(terrain, into);
  for (const auto& chain : measures::join_lines(pieces)) {
    const std::vector<Point> line = points_of(pieces, chain);
    const Course course(line);
    const int road = pieces[chain.front().piece].key;
    const auto count =
        static_cast<std::int64_t>(std::max(1.0, std::round(course.length() / grid.cell)));
    const double step = course.length() / static_cast<double>(count);
    if (!(step > 0)) continue;
    std::vector<RoadSample> run;
    double from = 0;
    const auto end_run = [&] {
      if (run.empty()) return;
      const auto parts = static_cast<std::size_t>(
          std::max(1.0, std::round(static_cast<double>(run.size()) * step / rules.stretch_m)));
      for (std::size_t k = 0; k < parts; ++k) {
        const std::size_t first = run.size() * k / parts, last = run.size() * (k + 1) / parts;
        if (first == last) continue;
        cutting.cut(line,
                    {run.begin() + static_cast<std::ptrdiff_t>(first),
                     run.begin() + static_cast<std::ptrdiff_t>(last)},
                    road, from + static_cast<double>(first) * step,
                    static_cast<double>(last - first) * step);
      }
      run.clear();
    };
    for (std::int64_t k = 0; k < count; ++k) {
      const Point at = course.point((static_cast<double>(k) + 0.5) * step);
      const auto cell = grid.cell_at(at);
      const bool looked_at = cell && terrain.side_of(*cell) == Side::friendly &&
                             static_cast<double>(terrain.border_distance_m[*cell]) <= rules.zone_m;
      if (!looked_at) {
        end_run();
        continue;
      }
      if (run.empty()) from = static_cast<double>(k) * step;
      run.push_back({.at = at,
                     .cell = *cell,
                     .length_m = step,
                     .people = people_near(terrain, people, *cell, road)});
    }
    end_run();
  }
}

}  // namespace abatis::screen_detail
