#include "parks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/base/sort.hpp"
#include "abatis/mobility/axis_ground.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::measures {
namespace {

constexpr double kToRoad = 1500;         // m from a settlement to the road its park stands on
constexpr std::size_t kMostPlaces = 48;  // settlements looked at, spread over the band
constexpr double kSlowFar = 24 * 3600;   // s; farther is no service

const Measure* park_measure(const Scenario& scenario) {
  for (const int m : scenario.measures) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
    if (measure.rule == SiteRule::park) return &measure;
  }
  return nullptr;
}

// A convoy's speed, the slowest of the seasons, on friendly ground alone; unknown ground rounded
// down, since it is one's own crews that are reckoned on.
Raster<float> convoy_speed(const SiteGround& ground, int convoy, Combine combine, int threads) {
  const Scenario& s = ground.scenario;
  Raster<float> speed;
  for (const SeasonUse& season : s.seasons) {
    const SpeedRaster one = speed_raster(s.catalogue, ground.terrain, convoy, season.season,
                                         combine, Rounding::lower, threads);
    if (speed.values.empty()) {
      speed = one.speed_mps;
      continue;
    }
    for (std::size_t i = 0; i < speed.values.size(); ++i) {
      speed.values[i] = std::min(speed.values[i], one.speed_mps.values[i]);
    }
  }
  for (Cell c = 0; c < static_cast<Cell>(speed.values.size()); ++c) {
    if (!ground.any(c, kFriendly)) speed[c] = 0;
  }
  return speed;
}

struct Place {
  const Settlement* settlement = nullptr;
  Cell road = kNoCell;
  double border_m = 0;
};

Cell road_near(const SiteGround& ground, Point p, const Raster<float>& speed) {
  const Grid& grid = ground.grid();
  const auto home = grid.cell_at(p);
  if (!home) return kNoCell;
  const auto reach = static_cast<std::int32_t>(std::ceil(kToRoad / grid.cell));
  Cell best = kNoCell;
  double least = kToRoad;
  for (std::int32_t r = grid.row_of(*home) - reach; r <= grid.row_of(*home) + reach; ++r) {
    for (std::int32_t k = grid.col_of(*home) - reach; k <= grid.col_of(*home) + reach; ++k) {
      if (!grid.inside(r, k)) continue;
      const Cell c = grid.at(r, k);
      if (!ground.any(c, kRoad) || !ground.any(c, kFriendly) || !(speed[c] > 0)) continue;
      const Point q = grid.centre(c);
      const double d = std::hypot(q.x - p.x, q.y - p.y);
      if (d < least) {
        least = d;
        best = c;
      }
    }
  }
  return best;
}

// Settlements in the band with a road, thinned so that they lie apart.
std::vector<Place> places_for_parks(const SiteGround& ground, const Measure& park,
                                    const Raster<float>& speed) {
  std::vector<Place> all;
  for (const Settlement& settlement : ground.terrain.settlements) {
    const auto cell = ground.grid().cell_at(settlement.at);
    if (!cell || !ground.any(*cell, kFriendly)) continue;
    const double border = ground.terrain.border_distance_m[*cell];
    if (border < park.border_from_m || border > park.border_to_m) continue;
    const Cell road = road_near(ground, settlement.at, speed);
    if (road != kNoCell) all.push_back({&settlement, road, border});
  }
  sort_stably(all, [](const Place& a, const Place& b) {
    return a.settlement->population > b.settlement->population;
  });
  // The larger places first, each at some distance from those taken; the distance shrinks until
  // enough are found.
  std::vector<Place> kept;
  for (double apart = 16'000; apart >= 1'000 && kept.size() < kMostPlaces; apart /= 2) {
    for (const Place& place : all) {
      if (kept.size() >= kMostPlaces) break;
      const bool near = std::any_of(kept.begin(), kept.end(), [&](const Place& other) {
        return std::hypot(place.settlement->at.x - other.settlement->at.x,
                          place.settlement->at.y - other.settlement->at.y) < apart;
      });
      if (!near) kept.push_back(place);
    }
  }
  return kept;
}

// Travel time (s) from every place to every obstacle; infinite where there is no way.
std::vector<std::vector<double>> travel_table(const SiteGround& ground,
                                              const std::vector<Place>& places,
                                              const std::vector<Candidate*>& needing,
                                              const Raster<float>& speed, int threads) {
  const Raster<std::int32_t> naturals = natural_barriers(ground.terrain);
  // A convoy does not ford: a barrier without a bridge is a wall to it.
  const std::vector<double> walls(ground.scenario.catalogue.naturals.size() + 1, kUnreachable);
  std::vector<std::vector<double>> table;
  for (const Place& place : places) {
    const TimeField field =
        travel_time({.speed_mps = &speed, .barrier = &naturals, .delay_s = walls},
                    std::vector{place.road}, {.bound_s = kSlowFar, .threads = threads});
    std::vector<double> row;
    for (const Candidate* one : needing) {
      // The nearest cell of the obstacle that the convoy reaches.
      double least = kUnreachable;
      for (const Cell c : one->site.cells) {
        least = std::min(least, field.time_s[static_cast<std::size_t>(c)]);
      }
      row.push_back(least);
    }
    table.push_back(std::move(row));
  }
  return table;
}

// Greedy for the p-median: the next park is the one by which the sum of times falls most.
std::vector<std::size_t> choose(const std::vector<std::vector<double>>& table, std::size_t most) {
  std::vector<std::size_t> chosen;
  if (table.empty()) return chosen;
  std::vector<double> now(table.front().size(), kSlowFar);
  while (chosen.size() < most) {
    double best_gain = 0;
    std::size_t best = table.size();
    for (std::size_t p = 0; p < table.size(); ++p) {
      double gain = 0;
      for (std::size_t i = 0; i < now.size(); ++i) gain += std::max(0.0, now[i] - table[p][i]);
      if (gain > best_gain) {
        best_gain = gain;
        best = p;
      }
    }
    if (best == table.size()) break;
    chosen.push_back(best);
    for (std::size_t i = 0; i < now.size(); ++i) now[i] = std::min(now[i], table[best][i]);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

Candidate make_park(const SiteGround& ground, const Place& place) {
  Candidate candidate;
  Site& site = candidate.site;
  site.kind = SiteKind::point;
  site.rule = SiteRule::park;
  site.geometry = {GeometryKind::point, {{ground.grid().centre(place.road)}}};
  site.echelon = ground.echelon_at(place.border_m);
  site.nearest_place = place.settlement->name;
  site.name = fmt::format("park at {}", place.settlement->name);
  return candidate;
}

// Earliest arrival of each mover at each obstacle, with nothing built, from any entry.
Status add_arrivals(const SiteGround& ground, const std::vector<Candidate*>& needing, int threads) {
  const Raster<std::int32_t> naturals = natural_barriers(ground.terrain);
  for (std::size_t k = 0; k < ground.mobility.speeds.size(); ++k) {
    const SpeedRaster& speed = ground.mobility.speeds[k];
    std::vector<Cell> sources;
    for (const Axis& axis : ground.scenario.axes) {
      ABATIS_TRY(const AxisCells cells, axis_cells(ground.scenario, ground.terrain, speed, axis));
      sources.insert(sources.end(), cells.sources.begin(), cells.sources.end());
    }
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    const std::vector<double> delays = natural_delays(ground.mobility, static_cast<int>(k));
    const TimeField field =
        travel_time({.speed_mps = &speed.speed_mps, .barrier = &naturals, .delay_s = delays},
                    sources, {.threads = threads});
    for (Candidate* one : needing) {
      double least = kUnreachable;
      for (const Cell c : one->site.cells) {
        least = std::min(least, field.time_s[static_cast<std::size_t>(c)]);
      }
      one->site.arrival_s.push_back(least);
    }
  }
  return {};
}

}  // namespace

Result<Logistics> plan_logistics(const SiteGround& ground, const std::vector<Candidate*>& needing,
                                 Combine combine, int threads, Monitor& monitor) {
  Logistics logistics;
  logistics.warning_s = ground.scenario.warning.time_s.mean();
  const Measure* park = park_measure(ground.scenario);
  if (park == nullptr || needing.empty()) return logistics;
  const Raster<float> speed = convoy_speed(ground, park->park.convoy, combine, threads);
  const std::vector<Place> places = places_for_parks(ground, *park, speed);
  const auto table = travel_table(ground, places, needing, speed, threads);
  const auto most = static_cast<std::size_t>(ground.scenario.sites.most(SiteRule::park));
  const std::vector<std::size_t> chosen = choose(table, most);
  for (const std::size_t p : chosen) logistics.parks.push_back(make_park(ground, places[p]));
  if (chosen.empty()) {
    monitor.note(
        "no settlement in the band of the parks reaches a stored obstacle by road: "
        "nothing stored is offered");
  }
  for (std::size_t i = 0; i < needing.size(); ++i) {
    for (const std::size_t p : chosen) needing[i]->from_park_s.push_back(table[p][i]);
  }
  ABATIS_CHECK(add_arrivals(ground, needing, threads));
  return logistics;
}

}  // namespace abatis::measures
