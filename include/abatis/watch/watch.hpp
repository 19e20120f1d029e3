#pragma once
// Who sees the border, from where, from which year on, and what warning that gives (MODEL section
// 9; docs/model/watch.md).
//
//   const auto watch = find_watch(scenario, terrain, mobility, threads, monitor);
//   add_sensors(scenario, terrain, *watch, sites);   // the plan now buys them in their years
//
// Military against military alone: no people are counted or weighed here. Range and sight decide
// what is covered, exactly (sight.hpp); nothing is said about technique.

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// A place where sensors could stand: high ground near a road.
struct WatchPlace {
  Cell cell = kNoCell;
  double ground_m = 0;  // height of the ground
  double over_m = 0;    // by how much that is above the mean of its surroundings
  std::string near;     // "3 km north-east of Kalvarija"
};

// A point of the land border, on the watched side.
struct BorderPoint {
  Cell cell = kNoCell;
  double chainage_m = 0;  // of its middle, along the border, one stretch after the other
  double length_m = 0;    // of border that it stands for
  int stretch = 0;        // pieces of border that do not touch
};

struct SitedSensor {
  int place = 0;    // index into Watch::places
  int measure = 0;  // index into catalogue.measures
  int bought = 0;   // year of the plan, from 0
  int acts = 0;     // from this year on; at or past the last year it only costs
};

// Shares of points, 0 to 1.
struct SeenShare {
  double once = 0;        // by one sensor at least
  double twice = 0;       // by two
  double modalities = 0;  // by two of different modality
};

// A stretch of border that no sensor sees by day.
struct WatchGap {
  double from_m = 0, to_m = 0;  // chainage
};

// Who comes: all that works by day against radio, or only what works in fog and against a fibre.
enum class Situation : std::uint8_t { clear, hard };
inline constexpr int kSituations = 2;

struct WatchYear {
  double value = 0;  // of the objective, 0 to 1
  double bound = 0;  // proven: no choice of sensors within the money by then is worth more
  double spent = 0, allowed = 0;  // EUR from the first year to this one
  int acting = 0;                 // sensors and effectors
  std::array<SeenShare, kConditions> border;
  std::vector<std::array<SeenShare, kConditions>> air;  // by altitude, steered by radio
  std::vector<SeenShare> fibre;                         // by altitude, by day, on a fibre
  std::vector<double> effect, effect_fibre;             // by altitude: share that effectors reach
  std::vector<WatchGap> gaps;
  // Mean warning, s, on the lanes and ways that siting goes by (WarningWorth): those least exposed
  // with nothing built. Less confirmation and dissemination, never below 0; none without a weight.
  std::array<double, kSituations> lane_warning_s{};
  std::array<double, kConditions> way_warning_s{};
};

// How far ahead of a place the least exposed lane of low flyers is first seen.
struct LaneWarning {
  std::string name;
  Point at;
  std::int64_t population = -1;  // -1 = unknown
  bool objective = false;        // else a settlement
  double border_m = 0;
  std::vector<std::array<double, kSituations>> ahead_m;  // by year
};

// When the mover of a case is first seen on its least-time way.
struct CorridorWarning {
  int case_index = 0;     // into Scenario::cases
  double approach_m = 0;  // how far behind the border the way begins, along it
  double crossing_s = 0;  // from the border to the objective
  // Time before the border is crossed at which it is seen, by year and conditions: negative after
  // the crossing, -crossing_s when it is not seen at all.
  std::vector<std::array<double, kConditions>> lead_s;
};

struct Watch {
  std::vector<WatchPlace> places;  // candidates
  int candidates = 0;              // pairs of a place and a sensor that cover something
  std::vector<BorderPoint> border;
  double border_m = 0;                // length of the land border watched
  std::vector<std::uint8_t> seeable;  // by border point: 1 = some candidate sees it by day
  std::vector<Cell> zone;             // points of the zone
  std::vector<SitedSensor> sensors;   // by year, then place, then measure
  std::vector<WatchYear> years;
  // Sensors that see each border point, by year, point, conditions; 255 = so many or more.
  std::vector<std::vector<std::array<std::uint8_t, kConditions>>> seen;
  std::vector<LaneWarning> lanes;
  std::vector<CorridorWarning> corridors;
  // In the last year: the lowest altitude over the surface, m, seen by day; NaN = none.
  Raster<float> lowest_m;
  double objective = 0, objective_bound = 0;  // of all years by their weights, 0 to 1
  double reachable = 0;    // the objective in a year in which every candidate stood
  bool timed_out = false;  // some siting problem was stopped by time: its bound still holds
};

// Empty (no places, no years) without [surveillance]. Errors: no land border of the states to be
// watched; no candidate place; stopped by the user. Deterministic on any number of threads unless
// a siting problem runs into its time limit. Time: a viewshed for each place and sensor, then
// years + 3 covering problems, then a fill of the grid for each year.
Result<Watch> find_watch(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
                         int threads, Monitor& monitor);

// The chosen sensors as sites of their own ("sensor-001"), each with one option, bought in its
// year (SiteSet::fixed). They have no cells and delay nobody.
void add_sensors(const Scenario& scenario, const Terrain& terrain, const Watch& watch,
                 SiteSet& sites);

// Warning at a place: (how far ahead it is seen) / speed - confirm - disseminate, s; it may be
// below 0 (MODEL section 9).
double warning_s(const SurveillanceRules& rules, double ahead_m);

// What stored obstacles of a plan are worth when the order goes out `base_s` before the border is
// crossed, or on what the sensors see if that is earlier.
struct ReadyCount {
  double base_s = 0;
  double ready_without = 0, ready_with = 0;  // obstacles that stand in time, mean over the cases
  double hours_without = 0, hours_with = 0;  // of delay in them
};
struct YearReadiness {
  int stored = 0;                  // obstacles
  std::vector<ReadyCount> counts;  // by rising base_s
};
// `bought`: site, option and year of each purchase. Cases count by their weight, day, night and
// fog alike. One entry a year; empty where the watch is.
struct WatchPurchase {
  int site = 0, option = 0, year = 0;
};
std::vector<YearReadiness> watch_readiness(const Scenario& scenario, const SiteSet& sites,
                                           const std::vector<WatchPurchase>& bought,
                                           const Watch& watch);

}  // namespace abatis
