#pragma once
// `abatis corridors`: terrain and mobility as they are kept, the corridors, and their products.

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/corridors/corridors.hpp"
#include "abatis/run/run.hpp"

namespace abatis {

struct CorridorOptions {
  RunOptions run;  // `last`, `gap` and `time_limit_s` are not read
  CorridorRules rules;
  CaseFilter filter;
};

// Products go to OUT/corridors, terrain and mobility are kept in OUT as by `run`. The summary has a
// line of words for each case. Errors: those of the scenario (all at once), an unknown id of the
// filter, or the first of a stage.
tl::expected<RunSummary, Errors> find_and_write_corridors(const CorridorOptions& options,
                                                          Monitor& monitor);

}  // namespace abatis
