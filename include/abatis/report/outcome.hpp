#pragma once
// What a plan does on the grid itself: the network's times are checked here, and the maps of the
// products are made.

#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/civil/ledger.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "abatis/tradeoff/tradeoff.hpp"

namespace abatis {

struct LawReport;   // report/law.hpp
struct Economy;     // economy/economy.hpp
struct Watch;       // watch/watch.hpp
struct ScreenView;  // report/screen_products.hpp
struct RecordBook;  // law/record_book.hpp

// Everything a product is made from. Not owned.
struct RunView {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const SiteSet& sites;
  const Network& network;
  const PlanProblem& problem;
  const std::vector<PlanOrigin>& origin;  // of problem.options
  const PlanResult& plan;
  int searches = 1;  // calls that searched for the plan, each from the plan of the one before
  const Tradeoffs* tradeoffs = nullptr;   // where they were worked out
  const LawReport* law = nullptr;         // where it was checked
  const Economy* economy = nullptr;       // where one is known of
  const Watch* watch = nullptr;           // where the scenario asks for it
  const ScreenView* screening = nullptr;  // where the scenario asks for it
  const RecordBook* records = nullptr;    // of mined zones, where the law was checked
};

struct CaseOutcome {
  double before_s = 0, after_s = 0;  // on the grid, nothing built / last year of the plan
  double network_before_s = 0, network_after_s = 0;
  std::vector<Point> path_before, path_after;  // least-time paths, grid CRS, simplified
};

struct Outcome {
  std::vector<CaseOutcome> cases;  // in scenario order
  // For each axis its heaviest-weighted case: index into cases, and time fields in seconds
  // (NaN unreachable) with nothing built and in the plan's last year.
  std::vector<int> shown_case;               // by axis
  std::vector<Raster<float>> before, after;  // by axis
  // Objective (weighted seconds, as PlanResult::objective) of the plan without all purchases of a
  // measure, by index into Scenario::measures: what the measure adds is the difference.
  std::vector<double> without_measure;
  Ledger ledger;  // what it does to those who live there
};

// The purchases of a plan as the ledger of harm to civilians knows them.
std::vector<CivilPurchase> civil_purchases(const std::vector<PlanOrigin>& origin,
                                           const std::vector<Purchase>& purchases);

// Runs every case on the grid with nothing built and in the plan's last year. O(cases x cells log
// cells) time; at most about 1.5 GiB of fields at once whatever `threads` says, plus the two kept
// float rasters per axis. Deterministic on any number of threads.
// Errors: an objective or entry without passable cells (from axis_cells), or no way to the
// objective, naming the axis; interrupted when the monitor asks to stop.
Result<Outcome> compute_outcome(const RunView& view, int threads, Monitor& monitor);

}  // namespace abatis
