#include "run_arguments.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "abatis/base/hash.hpp"
#include "abatis/base/words.hpp"
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

Result<double> parse_share(const std::string& text, const std::string& option) {
  std::size_t used = 0;
  double value = 0;
  try {
    value = std::stod(text, &used);
  } catch (const std::logic_error&) {
    used = 0;
  }
  std::string unit = used == 0 ? "?" : text.substr(used);
  unit.erase(0, unit.find_first_not_of(' ') == std::string::npos ? unit.size()
                                                                 : unit.find_first_not_of(' '));
  if ((!unit.empty() && unit != "%") || !std::isfinite(value)) {
    return input_error(fmt::format("{} is not a share", in_quotes(text)), {.item = option},
                       "write it like 10% or 0.1");
  }
  return unit == "%" ? value / 100 : value;
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
