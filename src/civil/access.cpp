#include "abatis/civil/access.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "abatis/mobility/axis_ground.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/travel/travel.hpp"
#include "gates.hpp"

namespace abatis {
namespace {

using civil_detail::has_gates;

double mean_delay(const Measure& measure, int mover, int season) {
  for (const MeasureDelay& delay : measure.delays) {
    if (delay.mover == mover && delay.season == season) return delay.delay_s.mean();
  }
  return 0;
}

class Finding {
 public:
  Finding(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites, int threads)
      : scenario_(scenario), terrain_(terrain), sites_(sites), threads_(threads) {
    out_.mover = scenario.catalogue.civil.mover;
    out_.season = heaviest_season(scenario);
    speed_ = road_speeds(scenario, terrain, out_.mover, out_.season, threads);
    place_settlements();
    place_services();
  }

  Access go(const StandingOptions& built, const StandingOptions& all) {
    const StandingOptions none(sites_.sites.size(), 0);
    const StandingOptions* stands[kInPlace] = {&none, &built, &all};
    for (std::size_t k = 0; k < kInPlace; ++k) fill(k, *stands[k]);
    return std::move(out_);
  }

 private:
  void place_settlements() {
    const double reach = scenario_.catalogue.civil.to_road_m;
    for (const Settlement& place : terrain_.settlements) {
      SettlementAccess access;
      const auto cell = terrain_.grid.cell_at(place.at);
      access.friendly = cell && terrain_.side_of(*cell) == Side::friendly;
      const Cell start = access.friendly ? nearest_road(speed_, place.at, reach) : kNoCell;
      access.has_road = start != kNoCell;
      for (auto& times : access.time_s) times.fill(kUnreachable);
      start_.push_back(start);
      out_.settlements.push_back(access);
    }
  }

  void place_services() {
    const double reach = scenario_.catalogue.civil.to_road_m;
    for (const Service& service : terrain_.services) {
      const Cell at = nearest_road(speed_, service.at, reach);
      if (at == kNoCell) {
        ++out_.services_off_road;
        continue;
      }
      const auto kind = static_cast<std::size_t>(service.kind);
      ++out_.services[kind];
      targets_[kind].push_back(at);
    }
    out_.assessed = !terrain_.services.empty();
  }

  void fill(std::size_t in_place, const StandingOptions& stands) {
    const bool ordered = static_cast<InPlace>(in_place) == InPlace::all;
    const std::vector<double> delays =
        people_delays(scenario_, sites_, out_.mover, out_.season, stands, ordered);
    const Raster<float> speed = ordered ? speed_ : beside_gates_closed(stands);
    std::vector<TravelRequest> requests;
    std::vector<std::size_t> kinds;
    for (std::size_t kind = 0; kind < kServiceKinds; ++kind) {
      if (targets_[kind].empty()) continue;
      kinds.push_back(kind);
      requests.push_back(
          {.input = {.speed_mps = &speed, .barrier = &sites_.barrier, .delay_s = delays},
           .from = targets_[kind],
           .to = true,
           .options = {.neighbours = 8}});
    }
    const std::vector<TimeField> fields = travel_times(requests, threads_);
    for (std::size_t r = 0; r < fields.size(); ++r) {
      for (std::size_t s = 0; s < start_.size(); ++s) {
        if (start_[s] == kNoCell) continue;
        out_.settlements[s].time_s[kinds[r]][in_place] =
            fields[r].time_s[static_cast<std::size_t>(start_[s])];
      }
    }
  }

  // Where an obstacle has gates, its other roads are closed.
  Raster<float> beside_gates_closed(const StandingOptions& stands) const {
    Raster<float> speed = speed_;
    for (std::size_t s = 0; s < sites_.sites.size(); ++s) {
      const Site& site = sites_.sites[s];
      if (stands[s] == 0 || !has_gates(scenario_, site, stands[s] - 1)) continue;
      const Site& place =
          site.upgraded >= 0 ? sites_.sites[static_cast<std::size_t>(site.upgraded)] : site;
      for (const Cell c : place.cells) {
        const std::uint8_t road = terrain_.road[c];
        if (road == 0 || !scenario_.gates.keeps_open(road - 1)) speed[c] = 0;
      }
    }
    return speed;
  }

  const Scenario& scenario_;
  const Terrain& terrain_;
  const SiteSet& sites_;
  int threads_;
  Access out_;
  Raster<float> speed_;
  std::vector<Cell> start_;  // by settlement
  std::array<std::vector<Cell>, kServiceKinds> targets_;
};

enum class Fate : std::uint8_t { none, delayed, cut_off };

void add(AccessChange& to, Fate fate, double households, double delay_s) {
  if (fate == Fate::delayed) {
    to.delayed += households;
    ++to.settlements_delayed;
  } else if (fate == Fate::cut_off) {
    to.cut_off += households;
    ++to.settlements_cut_off;
  }
  to.worst_s = std::max(to.worst_s, delay_s);
}

}  // namespace

int heaviest_season(const Scenario& scenario) {
  const auto heaviest =
      std::max_element(scenario.seasons.begin(), scenario.seasons.end(),
                       [](const SeasonUse& a, const SeasonUse& b) { return a.weight < b.weight; });
  return heaviest->season;
}

Cell nearest_road(const Raster<float>& speed, Point at, double reach) {
  const Grid& grid = speed.grid;
  const Bounds box = Bounds{at.x, at.y, at.x, at.y}.grown(reach);
  const auto index = [&](double metres) {
    return static_cast<std::int32_t>(std::floor(metres / grid.cell));
  };
  const std::int32_t top = std::max(0, index(grid.origin_y - box.max_y));
  const std::int32_t bottom = std::min(grid.rows - 1, index(grid.origin_y - box.min_y));
  const std::int32_t left = std::max(0, index(box.min_x - grid.origin_x));
  const std::int32_t right = std::min(grid.cols - 1, index(box.max_x - grid.origin_x));
  Cell best = kNoCell;
  double least = reach;
  for (std::int32_t row = top; row <= bottom; ++row) {
    for (std::int32_t col = left; col <= right; ++col) {
      const Cell c = grid.at(row, col);
      if (!(speed[c] > 0)) continue;
      const Point p = grid.centre(c);
      const double d = std::hypot(p.x - at.x, p.y - at.y);
      if (d < least || (best == kNoCell && d <= reach)) {
        least = d;
        best = c;
      }
    }
  }
  return best;
}

Raster<float> road_speeds(const Scenario& scenario, const Terrain& terrain, int mover, int season,
                          int threads) {
  Raster<float> speed = speed_raster(scenario.catalogue, terrain, mover, season, Combine::product,
                                     Rounding::lower, threads)
                            .speed_mps;
  for (Cell c = 0; c < static_cast<Cell>(terrain.grid.size()); ++c) {
    if (terrain.road[c] == 0 || terrain.side_of(c) == Side::adversary) speed[c] = 0;
  }
  return speed;
}

std::vector<double> people_delays(const Scenario& scenario, const SiteSet& sites, int mover,
                                  int season, const StandingOptions& stands, bool ordered) {
  const Catalogue& catalogue = scenario.catalogue;
  std::vector<double> delays(static_cast<std::size_t>(sites.barrier_count()), 0);
  for (const NaturalDelay& natural : catalogue.natural_delays) {
    if (natural.mover != mover || natural.season != season) continue;
    delays[static_cast<std::size_t>(natural.obstacle + 1)] = natural.delay_s.mean();
  }
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    const Site& site = sites.sites[s];
    // An upgrade lies in the place of what it is of.
    const int place = site.upgraded >= 0 ? site.upgraded : static_cast<int>(s);
    double& delay = delays[static_cast<std::size_t>(sites.barrier_of_site(place))];
    if (site.upgraded < 0 && site.natural > 0) {
      delay += delays[static_cast<std::size_t>(site.natural)];
    }
    if (stands[s] == 0) continue;
    const Option& option = site.options[static_cast<std::size_t>(stands[s] - 1)];
    const Measure& measure = catalogue.measures[static_cast<std::size_t>(option.measure)];
    if (!is_obstacle(measure.rule) || !(mean_delay(measure, mover, season) > 0)) continue;
    if (ordered || !(measure.closed_on_order || has_gates(scenario, site, stands[s] - 1))) {
      delay = kUnreachable;
    } else if (!measure.closed_on_order) {
      delay += catalogue.civil.gate_delay_s;
    }
  }
  return delays;
}

Access find_access(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
                   const StandingOptions& built, const StandingOptions& all, int threads) {
  return Finding(scenario, terrain, sites, threads).go(built, all);
}

AccessSummary summarise(const Scenario& scenario, const Terrain& terrain, const Access& access,
                        const std::vector<int>& district_of_settlement, int district,
                        InPlace in_place) {
  AccessSummary out;
  const auto now = static_cast<std::size_t>(in_place);
  const CivilFigures& figures = scenario.catalogue.civil;
  for (std::size_t s = 0; s < access.settlements.size(); ++s) {
    const SettlementAccess& one = access.settlements[s];
    if (!one.friendly || (district >= 0 && district_of_settlement[s] != district)) continue;
    if (!one.has_road) {
      ++out.without_road;
      continue;
    }
    const auto people = std::max<std::int64_t>(0, terrain.settlements[s].population);
    const double households = static_cast<double>(people) / figures.household;
    Fate worst = Fate::none;
    double longest = 0;
    bool lacks = false;
    for (std::size_t kind = 0; kind < kServiceKinds; ++kind) {
      if (access.services[kind] == 0) continue;
      const double before = one.time_s[kind][0];
      const double after = one.time_s[kind][now];
      if (!std::isfinite(before)) {
        lacks = true;
        continue;
      }
      const bool cut = !std::isfinite(after);
      const double delay = cut ? 0 : after - before;
      Fate fate = Fate::none;
      if (delay > figures.delayed_s) fate = Fate::delayed;
      if (cut) fate = Fate::cut_off;
      add(out.by_service[kind], fate, households, delay);
      worst = std::max(worst, fate);
      longest = std::max(longest, delay);
    }
    if (lacks) ++out.without_service;
    add(out.any, worst, households, longest);
  }
  return out;
}

}  // namespace abatis
