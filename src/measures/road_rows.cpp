// Stretches of road in open land to line with trees. They delay nobody: they screen.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/line_chains.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kNear = 5000;  // m from the border at which a road counts half
constexpr double kDrawn = 2;    // m that a row may be drawn off its road: it stands beside it
constexpr double kBridgedRowGap = 300;  // m of a run that may be in forest or a town

struct Roads {
  std::vector<LinePiece> pieces;  // key: 1 + index into catalogue.roads
};

Roads roads_to_line(const SiteGround& ground, int worst_rank) {
  const Catalogue& catalogue = ground.scenario.catalogue;
  Roads roads;
  for (const Feature& feature : ground.terrain.roads.features) {
    const std::string code = ground.terrain.roads.text(feature, "class");
    const auto known =
        std::find_if(catalogue.roads.begin(), catalogue.roads.end(), [&](const RoadClass& r) {
          return std::find(r.codes.begin(), r.codes.end(), code) != r.codes.end();
        });
    if (known == catalogue.roads.end() || known->rank > worst_rank) continue;
    for (const auto& part : feature.geometry.parts) {
      if (part.size() < 2) continue;
      roads.pieces.push_back({part, 1 + static_cast<int>(known - catalogue.roads.begin())});
    }
  }
  return roads;
}

bool open_road(const SiteGround& ground, Point p) {
  const auto cell = ground.grid().cell_at(p);
  return cell && ground.any(*cell, kFriendly) && !ground.any(*cell, kBridge | kBuilt) &&
         !is_kind(ground, *cell, CoverKind::forest) && ground.terrain.water[*cell] == 0 &&
         ground.echelon_at(ground.terrain.border_distance_m[*cell]) >= 0;
}

// Of kinds of viewers on the far side how many see the road, on average along it, of all kinds.
double seen_share(const SiteGround& ground, const std::vector<Point>& road) {
  const Course course(road);
  const double steps = std::max(1.0, std::round(course.length() / ground.grid().cell));
  double sum = 0;
  for (double k = 0; k < steps; ++k) {
    const auto cell = ground.grid().cell_at(course.point((k + 0.5) / steps * course.length()));
    if (cell) sum += ground.far_views[*cell];
  }
  const auto kinds = static_cast<double>(ground.scenario.screening.viewers.size());
  return sum / steps / kinds;
}

Candidate make_row(const SiteGround& ground, const std::vector<Point>& line, int road, double from,
                   double to) {
  const RoadClass& road_class = ground.scenario.catalogue.roads[static_cast<std::size_t>(road - 1)];
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::segment;
  site.rule = SiteRule::roadside;
  auto part = substring(line, from, to);
  const Point middle = Course(part).point((to - from) / 2);
  site.geometry = {GeometryKind::line, {simplify(part, std::min(kDrawn, ground.grid().cell / 4))}};
  site.length_m = to - from;
  candidate.quantity_km = site.length_m / 1000;
  double distance = 0;
  if (const auto cell = ground.grid().cell_at(middle)) {
    distance = ground.terrain.border_distance_m[*cell];
    site.echelon = ground.echelon_at(distance);
  }
  // More traffic first, and more of what is seen from the far side; where nobody looks, nearer the
  // border.
  candidate.usefulness = site.length_m / road_class.rank *
                         (ground.far_views.values.empty() ? 1 / (1 + distance / kNear)
                                                          : seen_share(ground, part));
  const NearPlace place = near_place(ground.terrain, middle);
  site.nearest_place = place.name;
  site.name =
      fmt::format("along a {}{}{}", road_class.name, place.words.empty() ? "" : ", ", place.words);
  return candidate;
}

}  // namespace

std::vector<Candidate> find_road_rows(const SiteGround& ground) {
  int rank = 0;
  for (const int m : ground.scenario.measures) {
    const Measure& measure = ground.scenario.catalogue.measures[static_cast<std::size_t>(m)];
    if (measure.rule == SiteRule::roadside) rank = std::max(rank, measure.road_rank);
  }
  const SiteRules& rules = ground.scenario.sites;
  const Roads roads = roads_to_line(ground, rank);
  const double step = ground.grid().cell;
  std::vector<Candidate> found;
  for (const auto& chain : join_lines(roads.pieces)) {
    const std::vector<Point> line = points_of(roads.pieces, chain);
    const Course course(line);
    std::vector<std::pair<double, double>> runs;
    for (double s = step / 2; s < course.length(); s += step) {
      if (!open_road(ground, course.point(s))) continue;
      const double to = std::min(s + step / 2, course.length());
      if (!runs.empty() && s - step / 2 - runs.back().second <= kBridgedRowGap) {
        runs.back().second = to;
      } else {
        runs.emplace_back(s - step / 2, to);
      }
    }
    for (const auto& [from, to] : runs) {
      if (to - from < rules.min_segment_m) continue;
      const double count = std::max(1.0, std::round((to - from) / rules.segment_length_m));
      for (int k = 0; k < static_cast<int>(count); ++k) {
        const double each = (to - from) / count;
        found.push_back(make_row(ground, line, roads.pieces[chain.front().piece].key,
                                 from + each * k, from + each * (k + 1)));
      }
    }
  }
  return found;
}

}  // namespace abatis::measures
