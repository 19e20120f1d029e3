#pragma once
// Which sensors, and in which year: maximal covering under money by year, with a proven bound for
// each year.

#include "abatis/base/monitor.hpp"
#include "abatis/cover/sets.hpp"
#include "ground.hpp"

namespace abatis::watching {

// What there is to cover, as weights and the candidates that do. A point seen by one modality
// earns 1 - second_modality of its weight, by two of them all of it: with M modalities there,
//   1{two} s + 1{one} (1 - s) = sum over m of s 1{some modality but m} + (1 - s M) 1{any},
// which is plain covering, since s M <= 1. All weights together are about kWhole.
inline constexpr double kWhole = 1e12;
std::vector<CoverSets::Demand> watch_demand(const WatchGround& ground, const BorderLine& border,
                                            const std::vector<Cell>& zone,
                                            const std::vector<Candidate>& candidates);

// What a candidate costs and when it acts.
struct SensorPrice {
  double cost = 0, upkeep = 0;  // EUR at purchase (with the liability charged then), EUR a year
  int lead = 0;                 // years
};

struct SitingProblem {
  std::vector<CoverSets::Demand> demand;
  std::vector<SensorPrice> prices;  // by candidate
  std::vector<double> share;        // EUR by year that may be spent
  double carry_over = 1;            // of what is left of them
  std::vector<double> year_weights;
  double gap = 0, time_limit_s = 20;
};

// Money as the earmark of the sensors' class and the budgets by year have it.
SitingProblem siting_problem(const WatchGround& ground, const std::vector<Candidate>& candidates,
                             std::vector<CoverSets::Demand> demand);

// The covering problem that bounds a year: what acts then was bought by so many years before as
// the least lead time is, from the money until then; what has a longer lead time has cost upkeep
// since. Nothing acts before that lead time: then its budget is 0.
CoverSets year_problem(const SitingProblem& problem, int year);

struct SitingYear {
  double value = 0, bound = 0;    // weight covered by what acts, of the whole; bound as proven
  double spent = 0, allowed = 0;  // EUR until the end of the year
};

struct Siting {
  std::vector<std::pair<int, int>> bought;  // candidate and year, by year, then candidate
  std::vector<SitingYear> years;
  double value = 0, bound = 0;  // of all years by their weights
  bool timed_out = false;
};

Result<Siting> site_sensors(const SitingProblem& problem, Monitor& monitor);

// Weight covered in each year by purchases, and money: the plain way, which tests use too.
std::vector<SitingYear> value_of(const SitingProblem& problem,
                                 const std::vector<std::pair<int, int>>& bought);
// Purchases keep within the money of every year.
bool affordable(const SitingProblem& problem, const std::vector<std::pair<int, int>>& bought);

}  // namespace abatis::watching
