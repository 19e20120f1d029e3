// Obstacle belts: lines at a distance from the border, cut into segments.
//
// A belt is the contour of a field at the belt's distance: distance from the border on friendly
// ground, negative on the adversary's. A contour separates what is nearer from what is farther, and
// cells_of_line covers every cell it runs through, so a belt leaves no gap by itself. Towns that
// the contour would run through are moved to one side of it whole, by changing the field inside
// them: so the belt passes round a town and still leaves no gap.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "site_ground.hpp"

namespace abatis::measures {
namespace {

constexpr double kTownMargin = 100;  // m kept between a belt and built-up ground

struct Town {
  double nearest = std::numeric_limits<double>::infinity(), farthest = 0;  // from the border, m
};

struct Towns {
  Raster<std::int32_t> label;  // 0 = none
  std::vector<Town> town;      // by label
};

Towns find_towns(const SiteGround& ground) {
  const Grid& grid = ground.grid();
  Raster<std::uint8_t> mask(grid, 0);
  const auto margin = static_cast<float>(std::max(kTownMargin, grid.cell));
  for (std::size_t i = 0; i < mask.values.size(); ++i) {
    mask.values[i] = ground.built_distance_m.values[i] <= margin ? 1 : 0;
  }
  Towns towns;
  int count = 0;
  towns.label = connected_components(mask, &count);
  towns.town.resize(static_cast<std::size_t>(count) + 1);
  for (std::size_t i = 0; i < mask.values.size(); ++i) {
    Town& town = towns.town[static_cast<std::size_t>(towns.label.values[i])];
    const double d = ground.terrain.border_distance_m.values[i];
    town.nearest = std::min(town.nearest, d);
    town.farthest = std::max(town.farthest, d);
  }
  return towns;
}

// Where the belt at `distance` leaves a town: +1 behind it (protected), -1 before it, 0 aside.
int side_of_town(const Town& town, double distance, double cell) {
  if (town.nearest >= distance || town.farthest <= distance) return 0;
  // In front of the town unless that would put the belt on the border, or is the longer way round.
  const double before = distance - town.nearest;
  const double behind = town.farthest - distance;
  return town.nearest > 3 * cell && before <= behind ? 1 : -1;
}

Raster<float> belt_field(const SiteGround& ground, const Towns& towns, double distance) {
  const Grid& grid = ground.grid();
  Raster<float> field(grid, nodata<float>());
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    const auto c = static_cast<Cell>(i);
    const Side side = ground.terrain.side_of(c);
    const float d = ground.terrain.border_distance_m[c];
    if (side == Side::adversary) field[c] = -d;
    if (side != Side::friendly) continue;
    const Town& town = towns.town[static_cast<std::size_t>(towns.label[c])];
    const int put = towns.label[c] == 0 ? 0 : side_of_town(town, distance, grid.cell);
    const auto step = static_cast<float>(grid.cell);
    const auto level = static_cast<float>(distance);
    field[c] = put == 0 ? d : (put > 0 ? std::max(d, level + step) : std::min(d, level - step));
  }
  return field;
}

enum class State : std::uint8_t { closed, wanted, outside };

struct Link {  // a cell of the chain, and the stretch of the line it stands for
  Cell cell = 0;
  double from = 0, to = 0;
  State state = State::outside;
  double length() const { return to - from; }
};

std::vector<Link> chain_of(const Grid& grid, const std::vector<Point>& line) {
  std::vector<Link> chain;
  double at = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double size = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    const std::vector<Cell> cells = cells_of_line(grid, {line[i - 1], line[i]});
    const double step = cells.empty() ? 0 : size / static_cast<double>(cells.size());
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const double from = at + step * static_cast<double>(k);
      if (!chain.empty() && chain.back().cell == cells[k]) {
        chain.back().to = from + step;
        continue;
      }
      if (!chain.empty()) {
        // A line through the corner of four cells may be cut there: keep the chain 4-connected.
        const Cell last = chain.back().cell;
        if (std::abs(grid.row_of(last) - grid.row_of(cells[k])) == 1 &&
            std::abs(grid.col_of(last) - grid.col_of(cells[k])) == 1) {
          chain.push_back({grid.at(grid.row_of(last), grid.col_of(cells[k])), from, from});
        }
      }
      chain.push_back({cells[k], from, from + step});
    }
    at += size;
  }
  return chain;
}

// Calls visit(begin, end) for each maximal run of links in one of the states told by `is`.
template <class Is, class Visit>
void for_runs(const std::vector<Link>& chain, std::size_t begin, std::size_t end, Is is,
              Visit visit) {
  for (std::size_t i = begin; i < end;) {
    if (!is(chain[i].state)) {
      ++i;
      continue;
    }
    std::size_t j = i;
    while (j < end && is(chain[j].state)) ++j;
    visit(i, j);
    i = j;
  }
}

double length_between(const std::vector<Link>& chain, std::size_t begin, std::size_t end) {
  return end > begin ? chain[end - 1].to - chain[begin].from : 0.0;
}

double wanted_length(const std::vector<Link>& chain, std::size_t begin, std::size_t end) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (chain[i].state == State::wanted) sum += chain[i].length();
  }
  return sum;
}

void classify(const SiteGround& ground, std::vector<Link>& chain) {
  for (Link& link : chain) {
    if (ground.any(link.cell, kClosed) || ground.taken[link.cell] != 0) {
      link.state = State::closed;
    } else if (ground.any(link.cell, kFriendly) && ground.corridor.holds(link.cell)) {
      link.state = State::wanted;
    }
  }
  // Short stretches outside the corridor between stretches inside: the belt runs through.
  std::vector<std::pair<std::size_t, std::size_t>> gaps;
  for_runs(
      chain, 0, chain.size(), [](State s) { return s == State::outside; },
      [&](std::size_t i, std::size_t j) { gaps.emplace_back(i, j); });
  for (const auto& [i, j] : gaps) {
    if (i == 0 || j == chain.size()) continue;
    if (length_between(chain, i, j) > ground.scenario.sites.min_segment_m) continue;
    for (std::size_t k = i; k < j; ++k) {
      if (ground.any(chain[k].cell, kFriendly)) chain[k].state = State::wanted;
    }
  }
}

struct Piece {
  std::size_t begin = 0, end = 0;  // links; both ends are wanted
};

// Stretches without an open end inside: bounded by ground outside the corridor or closed. Those too
// short to be worth building are left out, unless they close a gap between two closed ends.
std::vector<Piece> groups_of(const std::vector<Link>& chain, const SiteRules& rules) {
  std::vector<Piece> groups;
  for_runs(
      chain, 0, chain.size(), [](State s) { return s != State::outside; },
      [&](std::size_t begin, std::size_t end) {
        std::size_t i = begin;
        std::size_t j = end;
        while (i < end && chain[i].state == State::closed) ++i;
        while (j > i && chain[j - 1].state == State::closed) --j;
        if (i == j) return;
        const bool between_closed = i > begin && j < end;
        if (!between_closed && wanted_length(chain, i, j) < rules.min_segment_m) return;
        groups.push_back({i, j});
      });
  return groups;
}

// A group is parted at lakes and the like of half a segment or more, where both sides are worth a
// site of their own.
void part_at_wide_gaps(const std::vector<Link>& chain, const SiteRules& rules, Piece group,
                       std::vector<Piece>& parts) {
  std::size_t begin = group.begin;
  for_runs(
      chain, group.begin, group.end, [](State s) { return s == State::closed; },
      [&](std::size_t i, std::size_t j) {
        if (length_between(chain, i, j) < rules.segment_length_m / 2) return;
        if (wanted_length(chain, begin, i) < rules.min_segment_m ||
            wanted_length(chain, j, group.end) < rules.min_segment_m) {
          return;
        }
        parts.push_back({begin, i});
        begin = j;
      });
  parts.push_back({begin, group.end});
}

// Equal segments of about the wished length, by what there is to build.
void cut(const std::vector<Link>& chain, const SiteRules& rules, Piece part,
         std::vector<Piece>& segments) {
  const double total = wanted_length(chain, part.begin, part.end);
  const double count = std::max(1.0, std::round(total / rules.segment_length_m));
  const double each = total / count;
  std::size_t begin = part.begin;
  double done = 0;
  int cuts = 1;
  const auto push = [&](std::size_t end) {
    std::size_t i = begin;
    std::size_t j = end;
    while (i < j && chain[i].state != State::wanted) ++i;
    while (j > i && chain[j - 1].state != State::wanted) --j;
    if (i < j) segments.push_back({i, j});
    begin = end;
  };
  for (std::size_t i = part.begin; i < part.end; ++i) {
    if (chain[i].state == State::wanted) done += chain[i].length();
    if (cuts < count && done >= each * cuts) {
      push(i + 1);
      ++cuts;
    }
  }
  push(part.end);
}

Candidate make_segment(const SiteGround& ground, const std::vector<Point>& line,
                       const std::vector<Link>& chain, Piece piece, int echelon, int belt,
                       double distance) {
  const Grid& grid = ground.grid();
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::segment;
  site.rule = SiteRule::belt_segment;
  site.echelon = echelon;
  site.belt = belt;
  site.geometry.kind = GeometryKind::line;
  std::vector<Cell> cells;
  for_runs(
      chain, piece.begin, piece.end, [](State s) { return s == State::wanted; },
      [&](std::size_t i, std::size_t j) {
        for (std::size_t k = i; k < j; ++k) cells.push_back(chain[k].cell);
        auto part = simplify(substring(line, chain[i].from, chain[j - 1].to), grid.cell / 2);
        if (part.size() < 2) return;
        site.geometry.parts.push_back(std::move(part));
      });
  if (site.geometry.parts.empty()) {  // a corner of the line: stand for it by the cell
    const Point p = grid.centre(cells.front());
    site.geometry.parts.push_back({{p.x - grid.cell / 2, p.y}, {p.x + grid.cell / 2, p.y}});
  }
  site.length_m = std::max(length_of(site.geometry), grid.cell);
  candidate.quantity_km = site.length_m / 1000;
  candidate.crossings = count_crossings(ground, cells);
  double best = 0;
  for (const Cell c : cells) best = std::max(best, ground.corridor.usage(c));
  candidate.usefulness = best;
  const NearPlace place = near_place(ground.terrain, grid.centre(cells[cells.size() / 2]));
  site.nearest_place = place.name;
  site.name = fmt::format("belt {} from the border{}{}", distance_words(distance),
                          place.words.empty() ? "" : ", ", place.words);
  if (candidate.crossings > 0) {
    site.notes.push_back(
        fmt::format("closes {} road{}", candidate.crossings, candidate.crossings == 1 ? "" : "s"));
  }
  if (site.geometry.parts.size() > 1) {
    site.notes.push_back(fmt::format("in {} pieces: water or closed ground lies between",
                                     site.geometry.parts.size()));
  }
  site.cells = std::move(cells);
  return candidate;
}

// Runs round islands of the field shorter than this enclose too little to be a line.
bool too_small(const std::vector<Point>& line, const SiteRules& rules) {
  return line.size() < 2 || (line.front() == line.back() &&
                             length_of({GeometryKind::line, {line}}) < 2 * rules.min_segment_m);
}

}  // namespace

std::vector<Candidate> find_belts(const SiteGround& ground) {
  const SiteRules& rules = ground.scenario.sites;
  const Towns towns = find_towns(ground);
  std::vector<Candidate> found;
  for (std::size_t e = 0; e < ground.scenario.echelons.size(); ++e) {
    const Echelon& echelon = ground.scenario.echelons[e];
    for (std::size_t b = 0; b < echelon.belts_m.size(); ++b) {
      const double distance = echelon.belts_m[b];
      const Geometry lines = contour(belt_field(ground, towns, distance), distance);
      std::size_t place = 0;
      for (const auto& line : lines.parts) {
        if (too_small(line, rules)) continue;
        std::vector<Link> chain = chain_of(ground.grid(), line);
        classify(ground, chain);
        std::vector<Piece> parts, segments;
        for (const Piece group : groups_of(chain, rules)) {
          part_at_wide_gaps(chain, rules, group, parts);
        }
        for (const Piece part : parts) cut(chain, rules, part, segments);
        for (const Piece piece : segments) {
          Candidate one = make_segment(ground, line, chain, piece, static_cast<int>(e),
                                       static_cast<int>(b), distance);
          one.place_in_belt = place++;
          found.push_back(std::move(one));
        }
      }
    }
  }
  return found;
}

}  // namespace abatis::measures
