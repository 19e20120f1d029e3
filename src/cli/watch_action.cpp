// abatis cover SCENARIO | FOLDER

#include <filesystem>

#include <fmt/format.h>

#include "abatis/run/watch.hpp"
#include "actions.hpp"
#include "console.hpp"
#include "events.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_watch_report(const Arguments& arguments, Console& console) {
  const std::filesystem::path given = arguments.text("SCENARIO");
  std::error_code fault;
  if (!std::filesystem::is_directory(given, fault)) {
    if (!arguments.has("output")) {
      return console.report(Error{ErrorCode::input,
                                  "--output is missing",
                                  {},
                                  "give --output DIR, or the folder of a run; see abatis cover "
                                  "--help"});
    }
    return run_to(Stage::watch, arguments, console);
  }
  if (arguments.has("output")) {
    return console.report(Error{ErrorCode::input,
                                "--output and the folder of a run",
                                {.item = "--output"},
                                "products go into the folder itself: leave --output out"});
  }
  auto options = run_options(arguments, Stage::plan);
  if (!options) return console.report(options.error());
  options->scenario.clear();
  options->out = given;
  const auto summary = run_watch(*options, console);
  if (!summary) return console.report(summary.error());
  tell_words(console, summary->words);
  console.say(fmt::format("\nLook at {0}/maps/watch_border.svg; every figure: {0}/watch.json",
                          given.string()));
  tell_done(console, given, summary->products.size());
  return 0;
}

}  // namespace abatis::cli
