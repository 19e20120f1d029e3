#include "warning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "abatis/base/parallel.hpp"
#include "abatis/travel/travel.hpp"
#include "siting.hpp"

namespace abatis::watching {
namespace {

constexpr std::size_t kBatch = 64;  // views held at once

bool works_in(const SensorWorks& works, int situation) {
  const bool clear = situation == static_cast<int>(Situation::clear);
  return clear ? works.works[at(static_cast<int>(Conditions::day))]
               : works.works[at(static_cast<int>(Conditions::fog))] && works.fibre_optic;
}

// What one candidate sees of the air or of the ground, looked up by cell.
class View {
 public:
  View(const WatchGround& ground, Cell from, const SensorWorks& works, double range_m)
      : grid_(ground.grid()), window_(look_around(ground, from, works, range_m)) {}
  // Least height over the bare ground; NaN = never seen.
  double height_m(Cell c) const {
    const std::int32_t r = grid_.row_of(c) - window_.row0, k = grid_.col_of(c) - window_.col0;
    if (r < 0 || k < 0 || r >= window_.rows || k >= window_.cols) return std::nan("");
    return static_cast<double>(window_.height_m[at(r) * at(window_.cols) + at(k)]);
  }
  const SightWindow& window() const { return window_; }

 private:
  const Grid& grid_;
  SightWindow window_;
};

// By altitude, how many candidates that work by day see each cell there.
using Exposure = std::vector<Raster<std::uint16_t>>;

void add_view(const WatchGround& ground, const SightWindow& window, Exposure& exposure) {
  const std::vector<double>& altitudes = ground.rules().altitudes_m;
  for (std::size_t i = 0; i < window.height_m.size(); ++i) {
    const auto least = static_cast<double>(window.height_m[i]);
    if (least != least) continue;
    const auto r = static_cast<std::int32_t>(i / at(window.cols));
    const auto k = static_cast<std::int32_t>(i % at(window.cols));
    const Cell c = ground.grid().at(window.row0 + r, window.col0 + k);
    const double over = least - static_cast<double>(ground.canopy_m[c]);
    for (std::size_t a = 0; a < exposure.size(); ++a) {
      std::uint16_t& count = exposure[a][c];
      if (over <= altitudes[a] && count < std::numeric_limits<std::uint16_t>::max()) ++count;
    }
  }
}

Exposure find_exposure_to(const WatchGround& ground, const std::vector<WatchPlace>& places,
                          const std::vector<Candidate>& candidates, int threads) {
  Exposure exposure(at(ground.rules().lane_altitude) + 1,
                    Raster<std::uint16_t>(ground.grid(), std::uint16_t{0}));
  std::vector<const Candidate*> seeing;
  for (const Candidate& one : candidates) {
    const SensorWorks& works = ground.measure(one.measure).sensor;
    const bool by_day = works_in(works, static_cast<int>(Situation::clear));
    if (!is_effector(works.modality) && by_day && works.range_air_m > 0) seeing.push_back(&one);
  }
  for (std::size_t from = 0; from < seeing.size(); from += kBatch) {
    std::vector<SightWindow> windows(std::min(kBatch, seeing.size() - from));
    parallel_for(windows.size(), threads, [&](std::size_t i) {
      const Candidate& one = *seeing[from + i];
      const SensorWorks& works = ground.measure(one.measure).sensor;
      windows[i] = look_around(ground, places[at(one.place)].cell, works, works.range_air_m);
    });
    for (const SightWindow& window : windows) add_view(ground, window, exposure);
  }
  return exposure;
}

// Cuts the lane into pieces; `warning_at` gives what being first seen at a cell leaves, which is
// taken at the end of each piece and never more than before.
template <class WarningAt>
void cut(const WatchGround& ground, FixedLane& lane, WarningAt warning_at) {
  double along = 0, least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < lane.cells.size(); ++i) {
    if (i > 0) along += apart(ground.grid(), lane.cells[i - 1], lane.cells[i]);
    if (lane.warning_s.empty() || along >= ground.rules().border_spacing_m) {
      lane.warning_s.push_back(0);
      along = 0;
    }
    least = std::min(least, std::max(0.0, warning_at(i)));
    lane.piece.push_back(static_cast<int>(lane.warning_s.size()) - 1);
    lane.warning_s.back() = least;
  }
}

void weigh_alike(std::vector<FixedLane>& lanes) {
  for (FixedLane& lane : lanes) lane.weight = 1 / static_cast<double>(lanes.size());
}

std::vector<FixedLane> lanes_of_flyers(const WatchGround& ground, const Exposure& exposure,
                                       const std::vector<LaneWarning>& to_warn, int threads) {
  const std::vector<Cell> starts = lane_starts(ground);
  std::vector<FixedLane> lanes;
  for (std::size_t a = 0; a < exposure.size(); ++a) {
    Raster<float> speed(ground.grid(), 0.0F);
    for (Cell c = 0; c < static_cast<Cell>(speed.values.size()); ++c) {
      if (!ground.own(c) && !ground.hostile(c)) continue;
      speed[c] = 1.0F / static_cast<float>(1 + exposure[a][c]);
    }
    const TimeField field =
        travel_time({.speed_mps = &speed}, starts, {.predecessors = true, .threads = threads});
    for (const LaneWarning& place : to_warn) {
      const auto target = ground.grid().cell_at(place.at);
      if (!target || !std::isfinite(field.time_s[static_cast<std::size_t>(*target)])) continue;
      FixedLane lane;
      lane.altitude = static_cast<int>(a);
      lane.cells = least_time_path(field, *target);
      cut(ground, lane, [&](std::size_t i) {
        return warning_s(ground.rules(), apart(ground.grid(), lane.cells[i], *target));
      });
      lane.first.resize(kSituations);
      lanes.push_back(std::move(lane));
    }
  }
  weigh_alike(lanes);
  return lanes;
}

// What is left from first detection until the objective is reached counts.
std::vector<FixedLane> lanes_of_movers(const WatchGround& ground, const std::vector<Way>& ways) {
  const SurveillanceRules& rules = ground.rules();
  double all = 0;
  for (const Way& way : ways) all += ground.scenario.cases[at(way.case_index)].weight;
  std::vector<FixedLane> lanes;
  for (const Way& way : ways) {
    FixedLane lane;
    lane.flyer = false;
    lane.weight = all > 0 ? ground.scenario.cases[at(way.case_index)].weight / all : 0;
    lane.cells = way.cells;
    cut(ground, lane, [&](std::size_t i) {
      return way.time_s.back() - way.time_s[i] - rules.confirm_s - rules.disseminate_s;
    });
    lane.first.resize(kConditions);
    lanes.push_back(std::move(lane));
  }
  return lanes;
}

// The first piece of a lane with a cell for which `sees` holds, -1 = none.
template <class Sees>
int first_piece(const FixedLane& lane, Sees sees) {
  for (std::size_t i = 0; i < lane.cells.size(); ++i) {
    if (sees(lane.cells[i])) return lane.piece[i];
  }
  return -1;
}

// By lane, the first piece that one candidate sees.
std::vector<int> pieces_seen(const WatchGround& ground, Cell from, const SensorWorks& works,
                             const std::vector<FixedLane>& lanes) {
  std::vector<int> pieces(lanes.size(), -1);
  for (const bool flyer : {true, false}) {
    const double range = flyer ? works.range_air_m : works.range_ground_m;
    if (range <= 0) continue;
    const View view(ground, from, works, range);
    for (std::size_t l = 0; l < lanes.size(); ++l) {
      if (lanes[l].flyer != flyer) continue;
      const double altitude = ground.rules().altitudes_m[at(lanes[l].altitude)];
      pieces[l] = first_piece(lanes[l], [&](Cell c) {
        const double least = view.height_m(c);
        return flyer ? least - static_cast<double>(ground.canopy_m[c]) <= altitude
                     : least <= ground.rules().target_height_m;
      });
    }
  }
  return pieces;
}

void find_first(const WatchGround& ground, const std::vector<WatchPlace>& places,
                const std::vector<Candidate>& candidates, int threads,
                std::vector<FixedLane>& lanes) {
  std::vector<std::vector<int>> pieces(candidates.size());
  parallel_for(candidates.size(), threads, [&](std::size_t c) {
    const SensorWorks& works = ground.measure(candidates[c].measure).sensor;
    if (is_effector(works.modality)) return;
    pieces[c] = pieces_seen(ground, places[at(candidates[c].place)].cell, works, lanes);
  });
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const SensorWorks& works = ground.measure(candidates[c].measure).sensor;
    for (std::size_t l = 0; l < pieces[c].size(); ++l) {
      if (pieces[c][l] < 0) continue;
      for (std::size_t when = 0; when < lanes[l].first.size(); ++when) {
        const bool serves =
            lanes[l].flyer ? works_in(works, static_cast<int>(when)) : works.works[when];
        if (serves) lanes[l].first[when].emplace_back(static_cast<int>(c), pieces[c][l]);
      }
    }
  }
}

// The nested sets of one lane in one situation, which together weigh `weight` at full warning.
void add_nested(const std::vector<std::pair<int, int>>& first, const std::vector<double>& warning_s,
                double full_s, double weight, std::vector<CoverSets::Demand>& into) {
  std::vector<std::pair<int, int>> by_piece;
  for (const auto& [candidate, piece] : first) by_piece.emplace_back(piece, candidate);
  std::sort(by_piece.begin(), by_piece.end());
  // Rounded once a piece, so that the weights of any choice sum to what its first piece is worth.
  const auto worth = [&](std::size_t i) {
    if (i == by_piece.size()) return std::int64_t{0};
    return static_cast<std::int64_t>(
        std::llround(weight * std::min(1.0, warning_s[at(by_piece[i].first)] / full_s)));
  };
  for (std::size_t end = 1; end <= by_piece.size(); ++end) {
    if (end < by_piece.size() && by_piece[end].first == by_piece[end - 1].first) continue;
    CoverSets::Demand one{.weight = worth(end - 1) - worth(end), .sites = {}};
    if (one.weight <= 0) continue;
    for (std::size_t i = 0; i < end; ++i) one.sites.push_back(by_piece[i].second);
    std::sort(one.sites.begin(), one.sites.end());
    into.push_back(std::move(one));
  }
}

}  // namespace

std::vector<FixedLane> find_fixed_lanes(const WatchGround& ground,
                                        const std::vector<LaneWarning>& to_warn,
                                        const std::vector<Way>& ways,
                                        const std::vector<WatchPlace>& places,
                                        const std::vector<Candidate>& candidates, int threads) {
  const WarningWorth& worth = ground.rules().warning;
  std::vector<FixedLane> lanes;
  if (worth.air_weight > 0) {
    const Exposure exposure = find_exposure_to(ground, places, candidates, threads);
    lanes = lanes_of_flyers(ground, exposure, to_warn, threads);
  }
  if (worth.ground_weight > 0) {
    for (FixedLane& lane : lanes_of_movers(ground, ways)) lanes.push_back(std::move(lane));
  }
  find_first(ground, places, candidates, threads, lanes);
  return lanes;
}

std::vector<CoverSets::Demand> warning_demand(const SurveillanceRules& rules,
                                              const std::vector<FixedLane>& lanes) {
  std::vector<CoverSets::Demand> demand;
  for (const FixedLane& lane : lanes) {
    const double part = lane.flyer ? rules.warning.air_weight : rules.warning.ground_weight;
    const double full_s = lane.flyer ? rules.warning.full_air_s : rules.warning.full_ground_s;
    const double weight = kWhole * part * lane.weight / static_cast<double>(lane.first.size());
    for (const auto& first : lane.first) add_nested(first, lane.warning_s, full_s, weight, demand);
  }
  return demand;
}

double mean_warning(const std::vector<FixedLane>& lanes, bool flyer, int when,
                    const std::vector<int>& acting) {
  std::vector<char> acts;
  for (const int c : acting) {
    if (at(c) >= acts.size()) acts.resize(at(c) + 1, 0);
    acts[at(c)] = 1;
  }
  double mean = 0;
  for (const FixedLane& lane : lanes) {
    if (lane.flyer != flyer) continue;
    int piece = -1;
    for (const auto& [candidate, first] : lane.first[at(when)]) {
      const bool there = at(candidate) < acts.size() && acts[at(candidate)] != 0;
      if (there && (piece < 0 || first < piece)) piece = first;
    }
    if (piece >= 0) mean += lane.weight * lane.warning_s[at(piece)];
  }
  return mean;
}

}  // namespace abatis::watching
