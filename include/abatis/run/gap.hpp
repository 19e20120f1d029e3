#pragma once
// `abatis gap`: the land bridges of a scenario, with nothing built and under a plan.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/run/run.hpp"

namespace abatis {

struct GapOptions {
  RunOptions run;              // `last`, `gap` and `time_limit_s` are not read
  std::filesystem::path plan;  // a folder that `abatis run` or `abatis plan` wrote; "" = no plan
};

struct GapSummary {
  std::vector<StageDone> stages;  // terrain, mobility and, with a plan, sites
  double seconds = 0;             // of the gap itself
  bool cached = false;            // the products of an earlier call stand unchanged
  std::vector<std::string> words;
  std::vector<std::string> products;  // paths relative to the output folder
};

// Errors: those of the scenario (all at once) or the first of a stage; a scenario without [[gaps]];
// a plan that is not there or was made from other data or sites. Stages are kept under OUT/.stages
// as those of a run are, so OUT may be the folder of the run itself.
tl::expected<GapSummary, Errors> run_gap(const GapOptions& options, Monitor& monitor);

}  // namespace abatis
