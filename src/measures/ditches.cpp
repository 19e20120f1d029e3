// Existing ditches and streams that run across the way of a mover: where deepening would tell.

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/line_chains.hpp"
#include "ditch_chains.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kMostCosine = 0.7;  // between ditch and movement: at least 45 degrees across
constexpr double kDitchDirectionReach = 150;  // m to each side, for the direction of a ditch
constexpr double kBridgedDitchGap = 200;      // m of a run that may fail a test
constexpr double kPeatShare = 0.1;

// Is this point of a ditch worth deepening?
bool tells(const SiteGround& ground, const Course& course, double s) {
  const auto cell = ground.grid().cell_at(course.point(s));
  if (!cell || !ground.any(*cell, kFriendly) || !ground.corridor.holds(*cell)) return false;
  if (ground.echelon_at(ground.terrain.border_distance_m[*cell]) < 0) return false;
  const Point a = course.point(s - kDitchDirectionReach);
  const Point b = course.point(s + kDitchDirectionReach);
  const double size = std::hypot(b.x - a.x, b.y - a.y);
  const std::size_t i = ground.corridor.index(*cell);
  const double east = ground.corridor.east[i];
  const double north = ground.corridor.north[i];
  if (!(size > 0) || (east == 0 && north == 0)) return false;
  return std::abs((b.x - a.x) * east + (b.y - a.y) * north) <= kMostCosine * size;
}

struct Stretch {
  double from = 0, to = 0;
};

std::vector<Stretch> telling_stretches(const SiteGround& ground, const Course& course) {
  const SiteRules& rules = ground.scenario.sites;
  const double step = ground.grid().cell;
  std::vector<Stretch> runs;
  for (double s = step / 2; s < course.length(); s += step) {
    if (!tells(ground, course, s)) continue;
    const double from = s - step / 2;
    const double to = std::min(s + step / 2, course.length());
    if (!runs.empty() && from - runs.back().to <= kBridgedDitchGap) {
      runs.back().to = to;
    } else {
      runs.push_back({from, to});
    }
  }
  std::vector<Stretch> pieces;
  for (const Stretch& run : runs) {
    const double length = run.to - run.from;
    if (length < rules.ditch_min_length_m) continue;
    const double count = std::max(1.0, std::round(length / rules.segment_length_m));
    for (int k = 0; k < static_cast<int>(count); ++k) {
      pieces.push_back({run.from + length * k / count, run.from + length * (k + 1) / count});
    }
  }
  return pieces;
}

// Cells of a stretch that can be a barrier: not water or another obstacle. Roads across are closed
// or left open as told; a road beside the ditch in the same cells always stays open.
std::vector<Cell> barrier_cells(const SiteGround& ground, const std::vector<Point>& line,
                                int natural, bool close_roads, int& crossings, int& open_roads) {
  const std::vector<Cell> chain = cells_of_line(ground.grid(), line);
  const auto ours = [&](Cell c) {
    return ground.terrain.natural[c] == natural && ground.terrain.water[c] == 0 &&
           ground.any(c, kFriendly) && !ground.any(c, kBridge) &&
           (natural != 0 || !ground.any(c, kClosed));
  };
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < chain.size();) {
    std::size_t j = i;
    while (j < chain.size() && ground.any(chain[j], kRoad)) ++j;
    if (j == i) {
      if (ours(chain[i])) cells.push_back(chain[i]);
      ++i;
      continue;
    }
    const bool across = static_cast<double>(j - i) * ground.grid().cell <= kRoadCrossing;
    const bool closed = across && close_roads;
    (closed ? crossings : open_roads) += 1;
    for (; i < j; ++i) {
      if (closed && ours(chain[i])) cells.push_back(chain[i]);
    }
  }
  return cells;
}

double peat_share(const SiteGround& ground, const std::vector<Cell>& cells) {
  const auto peat = std::count_if(cells.begin(), cells.end(), [&](Cell c) {
    return is_peat(ground, c) || is_kind(ground, c, CoverKind::wetland);
  });
  return cells.empty() ? 0 : static_cast<double>(peat) / static_cast<double>(cells.size());
}

double height_at(const SiteGround& ground, Point p) {
  const auto cell = ground.grid().cell_at(p);
  return cell ? static_cast<double>(ground.terrain.elevation_m[*cell])
              : std::numeric_limits<double>::quiet_NaN();
}

// Distance (m) along the water from the stretch down to a protected area, or -1. Water runs to the
// lower end; where relief does not tell, either way counts.
double protected_downstream(const SiteGround& ground, const Course& course,
                            const Stretch& stretch) {
  const double first = height_at(ground, course.point(0));
  const double last = height_at(ground, course.point(course.length()));
  const auto walk = [&](double from, double step) {
    for (double s = from; s >= 0 && s <= course.length(); s += step) {
      const auto cell = ground.grid().cell_at(course.point(s));
      if (cell && ground.any(*cell, kProtected)) return std::abs(s - from);
    }
    return -1.0;
  };
  const double step = ground.grid().cell;
  double found = -1;
  if (!(last > first)) found = walk(stretch.from, step);
  if (found < 0 && !(first > last)) found = walk(stretch.to, -step);
  return found;
}

Candidate make_ditch(const SiteGround& ground, const DitchChain& chain, const Course& course,
                     const Stretch& stretch, bool close_roads) {
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::segment;
  site.rule = SiteRule::mapped_ditch;
  site.natural = chain.natural;
  auto line = substring(chain.line, stretch.from, stretch.to);
  int open_roads = 0;
  site.cells =
      barrier_cells(ground, line, chain.natural, close_roads, candidate.crossings, open_roads);
  site.geometry = {GeometryKind::line, {std::move(line)}};
  site.length_m = stretch.to - stretch.from;
  candidate.quantity_km = site.length_m / 1000;
  const Point middle = course.point((stretch.from + stretch.to) / 2);
  if (const auto cell = ground.grid().cell_at(middle)) {
    site.echelon = ground.echelon_at(ground.terrain.border_distance_m[*cell]);
  }
  candidate.usefulness = mean_usage(ground, site.cells) * site.length_m;
  const NearPlace place = near_place(ground.terrain, middle);
  site.nearest_place = place.name;
  site.name =
      fmt::format("{}{}{}{}{}", chain.stream ? "stream" : "ditch", chain.name.empty() ? "" : " ",
                  chain.name, place.words.empty() ? "" : ", ", place.words);
  const double peat = peat_share(ground, site.cells);
  if (peat > kPeatShare) {
    site.notes.push_back(
        fmt::format("{:.0f} % of it on peat or wetland: deepening would drain it", 100 * peat));
  }
  if (const double down = protected_downstream(ground, course, stretch); down >= 0) {
    site.notes.push_back(
        down == 0 ? std::string("in a protected area")
                  : fmt::format("a protected area {} downstream of it", distance_words(down)));
  }
  if (candidate.crossings > 0) {
    site.notes.push_back(fmt::format("closes {} road{} on order", candidate.crossings,
                                     candidate.crossings == 1 ? "" : "s"));
  }
  if (open_roads > 0) {
    site.notes.push_back(fmt::format("{} road{} across or beside it stay{} open", open_roads,
                                     open_roads == 1 ? "" : "s", open_roads == 1 ? "s" : ""));
  }
  return candidate;
}

}  // namespace

std::vector<Candidate> find_ditches(const SiteGround& ground, bool close_roads) {
  std::vector<Candidate> found;
  const std::vector<DitchChain> chains = ditch_chains(ground.scenario, ground.terrain);
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const DitchChain& chain = chains[i];
    const Course course(chain.line);
    if (course.length() < ground.scenario.sites.ditch_min_length_m) continue;
    for (const Stretch& stretch : telling_stretches(ground, course)) {
      Candidate one = make_ditch(ground, chain, course, stretch, close_roads);
      one.chain = static_cast<int>(i);
      if (!one.site.cells.empty() && one.site.echelon >= 0) found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace abatis::measures
