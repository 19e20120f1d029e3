// abatis civil

#include <fmt/format.h>

#include "abatis/run/civil.hpp"
#include "actions.hpp"
#include "console.hpp"
#include "events.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_civil_report(const Arguments& arguments, Console& console) {
  const auto options = run_options(arguments, Stage::plan);
  if (!options) return console.report(options.error());
  const auto summary = run_civil(*options, console);
  if (!summary) return console.report(summary.error());
  tell_words(console, summary->words);
  const std::string out = options->out.string();
  console.say(fmt::format(
      "\nLook at {}/leaves (a page for each place); every figure: {}/civil.json", out, out));
  tell_done(console, out, summary->products.size());
  return 0;
}

}  // namespace abatis::cli
