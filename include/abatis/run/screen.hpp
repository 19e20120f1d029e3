#pragma once
// `abatis screen`: roads seen from across the border, and what rows of trees do about it.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/run/run.hpp"

namespace abatis {

struct ScreenOptions {
  RunOptions run;              // `last`, `gap` and `time_limit_s` are not read
  std::filesystem::path plan;  // a folder that `abatis run` or `abatis plan` wrote; "" = no plan
};

struct ScreenSummary {
  std::vector<StageDone> stages;  // terrain, mobility, sites
  double seconds = 0;             // of screening itself
  bool cached = false;            // the products of an earlier call stand unchanged
  std::vector<std::string> words;
  std::vector<std::string> products;  // paths relative to the output folder
};

// Rows count as planted when the plan buys them; without a plan, when [screening] chooses them.
// Errors: those of the scenario (all at once) or the first of a stage; a scenario without
// [screening]; a plan that is not there or was made from other data or sites. Stages are kept under
// OUT/.stages as those of a run are, so OUT may be the folder of the run itself.
tl::expected<ScreenSummary, Errors> run_screen(const ScreenOptions& options, Monitor& monitor);

}  // namespace abatis
