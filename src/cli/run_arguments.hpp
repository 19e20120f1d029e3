#pragma once
// The arguments that commands on a scenario share, as values.

#include <string>

#include "abatis/base/error.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "spec.hpp"

namespace abatis::cli {

ScenarioOptions data_options(const Arguments& arguments);
// "10%", "10 %" or "0.1". Any finite share, a negative one too: ranges are the command's.
Result<double> parse_share(const std::string& text, const std::string& option);
Result<RunOptions> run_options(const Arguments& arguments, Stage last);

}  // namespace abatis::cli
