#pragma once
// Screening of roads: what is seen from the far side, what rows of trees do about it by year of
// growth, which rows to take, and what stands against them (docs/model/screen.md).
//
//   RoadExposure roads = *find_exposure(scenario, terrain, sites, threads, monitor);
//   ChosenRows chosen = *choose_screening(scenario, sites, roads);       // [screening] choose
//   Screening all = *compute_screening(scenario, terrain, sites, roads, chosen, planted, threads);

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "abatis/screen/effect.hpp"

namespace abatis {

// Whom from and what: indices into the catalogue.
struct ScreenCase {
  int viewer = 0, target = 0;
};

// Rows taken within the length or budget of [screening].
struct ChosenRows {
  std::vector<std::string> sites;  // ids, in the order of the sites
  double value = 0, bound = 0;     // hidden in the year and state judged, unit_of(metric)
  double most = 0;                 // were every candidate taken
  double cost = 0, limit = 0;      // km or EUR, as the limit is; of rows not decided otherwise
  std::int64_t nodes = 0;
};

// What is seen with rows as they stand.
struct SeenByCase {
  std::vector<RoadSums> leaf, bare;  // by case
};
struct ScreenYear {
  int year = 0;  // calendar
  SeenByCase planted;
};

// One candidate by itself, in the case judged.
struct RowWorth {
  std::vector<RoadSums> leaf, bare;  // hidden by both rows, by years since bought: 0 .. years
  RoadSums left{}, right{};          // by one of the two, in the last of these years, in leaf
  std::vector<RoadSums> last;        // hidden by both then, by case, in leaf
  std::vector<int> stretches;        // some of which it hides, ascending
};

struct StretchSeen {
  double now = 0, leaf = 0,
         bare = 0;  // share of its length: nothing planted; rows in the last year
};

// A row and a site where trees are kept for felling exclude each other.
struct FellingConflict {
  int candidate = 0, site = 0;
  std::string why;
};
// A row stands in the sight of a sensor of one's own.
struct SensorConflict {
  int sensor = 0, candidate = 0;  // of ScreeningRules::sensors
  double hidden_km2 = 0;          // of what the sensor sees of the far side
};
struct SensorSight {
  double seen_km2 = 0;    // of the far side, with nothing planted
  double hidden_km2 = 0;  // of it, by the rows planted, in the last year
};

struct Screening {
  std::vector<ScreenCase> cases;  // viewer by viewer
  int judged = 0;                 // the case that rows are judged by
  RoadSums zone{};                // all roads of the zone
  std::vector<RoadSums> open;     // seen with nothing planted, by case
  std::vector<int> planted;       // by candidate: calendar year; 0 = not
  std::vector<ScreenYear> years;  // of the plan, with the rows planted
  SeenByCase all_rows;            // every candidate, grown for all years of the plan
  std::vector<RowWorth> worth;    // by candidate
  std::vector<std::vector<StretchSeen>> stretches;  // by case, then stretch
  // Of the case judged, with the rows planted, by year of the plan, then stretch.
  std::vector<std::vector<StretchSeen>> stretch_years;
  std::optional<ChosenRows> chosen;
  std::vector<FellingConflict> felling;
  std::vector<SensorConflict> conflicts;
  std::vector<SensorSight> sensors;  // by ScreeningRules::sensors
};

// Rows by [screening] choose. Sites that a decision of the scenario keeps out are left out, those
// it builds are there anyhow; a row that excludes trees decided to be felled is left out.
ChosenRows choose_screening(const Scenario& scenario, const SiteSet& sites,
                            const RoadExposure& roads);

// Decisions that put the rows chosen into the plan, in the year that [screening] names.
std::vector<Decision> decisions_of(const Scenario& scenario, const SiteSet& sites,
                                   const ChosenRows& chosen);

// `planted`: by candidate, the calendar year that it is bought in, 0 = not. O(lines x cases x
// years). Errors: a sensor on unknown ground or under the canopy, with its place in the scenario.
Result<Screening> compute_screening(const Scenario& scenario, const Terrain& terrain,
                                    const SiteSet& sites, const RoadExposure& roads,
                                    std::optional<ChosenRows> chosen,
                                    const std::vector<int>& planted, int threads);

}  // namespace abatis
