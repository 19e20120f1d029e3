#pragma once
// The arguments that commands on a scenario share, as values.

#include <string>

#include "abatis/base/error.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "spec.hpp"

namespace abatis::cli {

// Identifies this build in cache keys, so that another version never reads its stages.
Result<std::string> program_hash();
ScenarioOptions data_options(const Arguments& arguments);
Result<RunOptions> run_options(const Arguments& arguments, Stage last);

// Runs the stages of SCENARIO up to `last` and says what came out. Returns the exit code.
int run_to(Stage last, const Arguments& arguments, Console& console);

}  // namespace abatis::cli
