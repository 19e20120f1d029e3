#include "run_arguments.hpp"

#include <cstdlib>

#include "abatis/base/hash.hpp"
#include "argument_values.hpp"

namespace abatis::cli {
namespace {

// Identifies this build in cache keys, so that another version never reads its stages.
Result<std::string> program_hash() {
  return sha256_file("/proc/self/exe");
}

}  // namespace

ScenarioOptions data_options(const Arguments& arguments) {
  ScenarioOptions options;
  if (arguments.has("data")) {
    options.data_root = arguments.text("data");
  }
  if (const char* root = std::getenv("ABATIS_DATA"); root != nullptr && *root != '\0') {
    options.data_fallback = root;
  }
  return options;
}

Result<RunOptions> run_options(const Arguments& arguments, Stage last) {
  RunOptions options;
  options.scenario = arguments.text("SCENARIO");
  options.data = data_options(arguments);
  options.out = arguments.text("output");
  options.last = last;
  ABATIS_TRY(options.threads, parse_threads(arguments));
  options.combine =
      arguments.text("combine", "product") == "minimum" ? Combine::minimum : Combine::product;
  options.fresh = arguments.has("fresh");
  if (arguments.has("memory")) {
    ABATIS_TRY(options.memory_bytes, parse_size(arguments.text("memory"), "--memory"));
  }
  if (arguments.has("gap")) {
    options.gap = std::atof(arguments.text("gap").c_str());
    if (!(*options.gap >= 0 && *options.gap < 1)) {
      return input_error("the gap is a share from 0 to below 1", {.item = "--gap"},
                         "0.05 stops at 5 %");
    }
  }
  if (arguments.has("time-limit")) {
    options.time_limit_s = std::atof(arguments.text("time-limit").c_str());
    if (!(*options.time_limit_s > 0)) {
      return input_error("the time limit must be above 0 s", {.item = "--time-limit"});
    }
  }
  ABATIS_TRY(options.program, program_hash());
  return options;
}

}  // namespace abatis::cli
