// abatis corridors

#include <cstdlib>

#include <fmt/format.h>

#include "abatis/run/corridors.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "console.hpp"
#include "events.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {
namespace {

constexpr int kMostRoutes = 20;

Result<CorridorRules> rules_of(const Arguments& arguments) {
  CorridorRules rules;
  if (arguments.has("slack")) {
    ABATIS_TRY(rules.slack, parse_share(arguments.text("slack"), "--slack"));
    if (!(rules.slack >= 0 && rules.slack <= 10)) {
      return input_error(fmt::format("a slack of {:g} %", 100 * rules.slack), {.item = "--slack"},
                         "give a share from 0 % (least ways only) to 1000 %");
    }
  }
  if (arguments.has("overlap")) {
    ABATIS_TRY(rules.routes.overlap, parse_share(arguments.text("overlap"), "--overlap"));
    if (!(rules.routes.overlap >= 0 && rules.routes.overlap < 1)) {
      return input_error(fmt::format("an overlap of {:g} %", 100 * rules.routes.overlap),
                         {.item = "--overlap"}, "give a share from 0 % to below 100 %");
    }
  }
  if (arguments.has("routes")) {
    rules.routes.count = std::atoi(arguments.text("routes").c_str());
    if (rules.routes.count < 1 || rules.routes.count > kMostRoutes) {
      return input_error(fmt::format("{} routes", arguments.text("routes")), {.item = "--routes"},
                         fmt::format("give 1 to {}", kMostRoutes));
    }
  }
  if (arguments.has("apart")) {
    rules.routes.apart_m = std::atof(arguments.text("apart").c_str());
    if (!(rules.routes.apart_m >= 0 && rules.routes.apart_m <= 1e6)) {
      return input_error(fmt::format("routes {} m apart", arguments.text("apart")),
                         {.item = "--apart"}, "give metres from 0 to 1000000");
    }
  }
  return rules;
}

Result<CorridorOptions> corridor_options(const Arguments& arguments) {
  CorridorOptions options;
  ABATIS_TRY(options.rules, rules_of(arguments));
  ABATIS_TRY(options.run, run_options(arguments, Stage::mobility));
  options.filter = {arguments.text("axis"), arguments.text("mover"), arguments.text("season")};
  return options;
}

}  // namespace

int run_corridors(const Arguments& arguments, Console& console) {
  const auto options = corridor_options(arguments);
  if (!options) return console.report(options.error());
  const auto summary = find_and_write_corridors(*options, console);
  if (!summary) return console.report(summary.error());
  tell_stages(console, summary->stages);
  tell_words(console, summary->words, "case");
  const std::string out = (options->run.out / "corridors").string();
  console.say(
      fmt::format("\nLook at {}/maps/ (any browser) and {}/corridors.gpkg (QGIS)", out, out));
  tell_done(console, out, summary->products.size());
  return 0;
}

}  // namespace abatis::cli
