#pragma once
// `abatis civil`: the ledger of harm to civilians of a plan, from what a run kept.

#include <string>
#include <vector>

#include "abatis/run/run.hpp"

namespace abatis {

struct CivilSummary {
  std::vector<std::string> words;
  std::vector<std::string> products;  // paths relative to the output folder
};

// `options.out` is the folder of the run: its plan.json, sites and terrain are read; civil.json,
// tables/civil_*.csv and leaves/*.html are written there. Errors: those of the scenario, all at
// once; no plan there, or one of another state of the scenario, its data or the program (says what
// to run).
tl::expected<CivilSummary, Errors> run_civil(const RunOptions& options, Monitor& monitor);

}  // namespace abatis
