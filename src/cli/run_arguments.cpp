#include "run_arguments.hpp"

#include <cstdlib>

#include "abatis/base/hash.hpp"
#include "argument_values.hpp"

namespace abatis::cli {

Result<std::string> program_hash() {
  return sha256_file("/proc/self/exe");
}

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
  ABATIS_TRY(options.gap, parse_gap(arguments));
  ABATIS_TRY(options.time_limit_s, parse_time(arguments));
  ABATIS_TRY(options.seed, parse_seed(arguments));
  ABATIS_TRY(options.program, program_hash());
  return options;
}

}  // namespace abatis::cli
