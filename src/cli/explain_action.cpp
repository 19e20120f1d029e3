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
namespace {

// Wrapped to the page, what is broken off two blanks further in than the line itself.
void say_wrapped(const std::string& line, Console& console) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  std::string text = wrapped(std::string_view(line).substr(indent), kPage - indent - 2);
  std::string out = std::string(indent, ' ');
  for (const char c : text) {
    out += c;
    if (c == '\n') out += std::string(indent + 2, ' ');
  }
  console.say(out);
}

}  // namespace

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
  for (const std::string& line : explained->words) say_wrapped(line, console);
  console.event(explained->json);
  return 0;
}

}  // namespace abatis::cli
