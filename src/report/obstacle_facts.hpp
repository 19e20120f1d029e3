#pragma once
// What becomes of the obstacles together: the effect of each belt, whether what is stored stands in
// time, and the decisions that exclude each other.

#include <string>
#include <string_view>
#include <vector>

#include "abatis/measures/readiness.hpp"
#include "facts.hpp"

namespace abatis::report {

// Obstacle effects (FM 90-7), rising. An obstacle that nothing covers is never above disrupt.
enum class Effect : std::uint8_t { none, disrupt, turn, fix, block };
std::string_view to_string(Effect effect);

// One belt of an echelon in the plan's last year.
struct BeltFact {
  int echelon = 0, belt = 0;
  double candidate_km = 0, built_km = 0, covered_km = 0;
  double mean_delay_s = 0;  // of a built segment, over cases by weight and length
  Effect effect = Effect::none;
};

// The effect by the catalogue's thresholds: disrupt unless enough of what is built is covered; then
// turn where the belt has gaps, fix where it is whole, block where its delay is long as well.
Effect effect_of(const ObstacleEffects& rules, const BeltFact& belt);

struct ParkFact {
  int site = 0;
  int year = -1;  // index of the year it opens, -1 = not opened
  int stored = 0, late = 0;
  double crew_h = 0, crew_h_held = 0, loads = 0, loads_held = 0;
};

// Two sites of which only one can be used as offered.
struct DecisionFact {
  int site_a = 0, measure_a = 0, site_b = 0, measure_b = 0;
  std::string why;
  int taken = 0;  // 0 = neither, 1 = the first, 2 = the second
};

struct QuotaFact {
  int quota = 0;  // index into Scenario::quotas
  double bought = 0;
  bool met = false;
};

struct ObstacleFacts {
  std::vector<BeltFact> belts;      // by echelon, belt
  std::vector<Emplaced> readiness;  // at the mean warning, by park, then readiness
  std::vector<Emplaced> hurried;    // at the least warning, in the same manner
  std::vector<ParkFact> parks;      // every candidate
  std::vector<DecisionFact> decisions;
  std::vector<QuotaFact> quotas;
};

inline const Site& site_of(const RunView& view, int site) {
  return view.sites.sites[static_cast<std::size_t>(site)];
}
ObstacleFacts collect_obstacles(const RunView& view, const Facts& facts);

}  // namespace abatis::report
