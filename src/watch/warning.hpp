#pragma once
// Warning as something to cover, so that siting can weigh it and still prove its bound.

#include "abatis/cover/sets.hpp"
#include "coverage.hpp"
#include "lanes.hpp"

namespace abatis::watching {

// A lane of flyers or a way of movers, fixed before any sensor is chosen and cut into pieces as
// long as border points are apart. Who is first seen in piece p gives warning_s[p].
struct FixedLane {
  bool flyer = true;
  int altitude = 0;               // of flyers: index into SurveillanceRules::altitudes_m
  double weight = 0;              // those of flyers sum to 1, those of movers too
  std::vector<Cell> cells;        // in the order flown or driven
  std::vector<int> piece;         // by cell, from 0, rising by 1 at most
  std::vector<double> warning_s;  // by piece, at its end: never rising, never below 0
  // By Situation of flyers or Conditions of movers: candidates that see some cell, ascending, each
  // with the first piece in which they do.
  std::vector<std::vector<std::pair<int, int>>> first;
};

// What the objective weighs; empty where warning has no weight there. Lanes of flyers lead to each
// place and are flown at each altitude up to that of lanes; a metre that n candidates see counts
// n + 1 metres. Time: two looks around for each candidate, a fill of the grid for each altitude.
std::vector<FixedLane> find_fixed_lanes(const WatchGround& ground,
                                        const std::vector<LaneWarning>& to_warn,
                                        const std::vector<Way>& ways,
                                        const std::vector<WatchPlace>& places,
                                        const std::vector<Candidate>& candidates, int threads);

// Warning up to WarningWorth::full as weights and the candidates that earn them. First seen in
// piece p or before by any of the candidates that see so much of the lane: nested sets, one for
// each piece where another candidate begins to see it, weighing what warning is lost from there to
// the next. So what a choice covers is exactly what warning it gives on these lanes.
std::vector<CoverSets::Demand> warning_demand(const SurveillanceRules& rules,
                                              const std::vector<FixedLane>& lanes);

// Mean warning, s, on the lanes that a choice gives in one situation or condition; 0 where there
// are no lanes of the kind.
double mean_warning(const std::vector<FixedLane>& lanes, bool flyer, int when,
                    const std::vector<int>& acting);

}  // namespace abatis::watching
