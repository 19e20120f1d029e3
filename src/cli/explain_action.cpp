// abatis explain

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/words.hpp"
#include "abatis/run/explain.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "columns.hpp"
#include "console.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_explain(const Arguments& arguments, Console& console) {
  ExplainOptions options;
  options.plan = arguments.text("PLAN");
  options.site = arguments.text("SITE");
  options.scenario = arguments.text("scenario");
  options.data = data_options(arguments);
  const auto threads = parse_threads(arguments);
  if (!threads) return console.report(threads.error());
  options.threads = *threads;
  const auto program = program_hash();
  if (!program) return console.report(program.error());
  options.program = *program;
  const auto explained = explain(options, console);
  if (!explained) return console.report(explained.error());
  for (const std::string& line : explained->words) console.say(hanging(line, 2));
  console.event(explained->json);
  return 0;
}

}  // namespace abatis::cli
