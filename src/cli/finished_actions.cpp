// abatis publish, abatis compare

#include <fmt/format.h>

#include "abatis/finished/compare.hpp"
#include "abatis/finished/publish.hpp"
#include "actions.hpp"
#include "console.hpp"

namespace abatis::cli {
namespace {

void say_files(const std::string& folder, const std::vector<std::string>& files, Console& console) {
  for (const std::string& file : files) console.say(fmt::format("  {}/{}", folder, file));
}

}  // namespace

int run_publish(const Arguments& arguments, Console& console) {
  const std::string to = arguments.text("output");
  const auto published = publish_run(arguments.text("RUN"), to);
  if (!published) return console.report(published.error());
  console.say(fmt::format("{}.", kPublicEdition));
  say_files(to, published->files, console);
  console.event(fmt::format(R"({{"event":"done","out":{},"products":{}}})", json_quote(to),
                            published->files.size()));
  return 0;
}

int run_compare(const Arguments& arguments, Console& console) {
  const auto comparison = compare_runs(arguments.text("A"), arguments.text("B"));
  if (!comparison) return console.report(comparison.error());
  for (const std::string& line : comparison_words(*comparison)) console.say(line);
  std::string json;
  for (const char c : comparison_json(*comparison)) {
    if (c != '\n') json += c;  // an event is one line; no text of it holds a line break
  }
  console.event(json);
  if (!arguments.has("output")) return 0;
  const std::string to = arguments.text("output");
  const auto files = write_comparison(*comparison, to);
  if (!files) return console.report(files.error());
  console.say("");
  say_files(to, *files, console);
  return 0;
}

}  // namespace abatis::cli
