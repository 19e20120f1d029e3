// abatis law

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/words.hpp"
#include "abatis/run/law.hpp"
#include "actions.hpp"
#include "columns.hpp"
#include "console.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_law(const Arguments& arguments, Console& console) {
  LawOptions options;
  options.plan = arguments.text("PLAN");
  options.out = arguments.text("output");
  options.data = data_options(arguments);
  options.open = arguments.has("public");
  if (arguments.has("law")) options.folder = arguments.text("law");
  if (arguments.has("own")) options.own = arguments.text("own");
  if (arguments.has("on")) {
    options.on = parse_date(arguments.text("on"));
    if (!options.on) {
      return console.report(
          Error{ErrorCode::input,
                fmt::format("{} is no day of the calendar", in_quotes(arguments.text("on"))),
                {.item = "--on"},
                "write it as 2025-12-27"});
    }
  }
  const auto program = program_hash();
  if (!program) return console.report(program.error());
  options.program = *program;
  const auto checked = check_kept_law(options);
  if (!checked) return console.report(checked.error());
  for (const std::string& line : checked->words) console.say(hanging(line, 4));
  console.say("");
  for (const std::string& product : checked->products) {
    console.say(fmt::format("  {}/{}", checked->folder.string(), product));
  }
  console.event(checked->json);
  return 0;
}

}  // namespace abatis::cli
