#pragma once
// The arguments that commands on a scenario share, as values.

#include "abatis/base/error.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "spec.hpp"

namespace abatis::cli {

ScenarioOptions data_options(const Arguments& arguments);
Result<RunOptions> run_options(const Arguments& arguments, Stage last);

}  // namespace abatis::cli
