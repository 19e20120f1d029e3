#pragma once
// `abatis cover FOLDER`: early warning of a plan, from what a run kept.

#include <string>
#include <vector>

#include "abatis/run/run.hpp"

namespace abatis {

struct WatchSummary {
  std::vector<std::string> words;
  std::vector<std::string> products;  // paths relative to the output folder
};

// `options.out` is the folder of the run: its plan, sites, sensors and terrain are read; the
// products of early warning are written there. Errors: those of the scenario, all at once; no plan
// there, or one of another state of the scenario, its data or the program (says what to run); a
// scenario without [surveillance].
tl::expected<WatchSummary, Errors> run_watch(const RunOptions& options, Monitor& monitor);

}  // namespace abatis
