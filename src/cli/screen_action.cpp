// abatis screen

#include <fmt/format.h>

#include "abatis/run/screen.hpp"
#include "actions.hpp"
#include "console.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_screen_report(const Arguments& arguments, Console& console) {
  ScreenOptions options;
  auto common = run_options(arguments, Stage::sites);
  if (!common) return console.report(common.error());
  options.run = std::move(*common);
  options.plan = arguments.text("plan");
  const auto summary = run_screen(options, console);
  if (!summary) return console.report(summary.error());
  for (const auto& stage : summary->stages) {
    console.event(fmt::format(
        R"({{"event":"stage","stage":{},"kept":{},"seconds":{:.3f},"said":{}}})",
        json_quote(to_string(stage.stage)), stage.cached, stage.seconds, json_quote(stage.said)));
  }
  console.event(fmt::format(R"({{"event":"stage","stage":"screen","kept":{},"seconds":{:.3f}}})",
                            summary->cached, summary->seconds));
  for (const auto& line : summary->words) {
    console.say(line);
    console.event(fmt::format(R"({{"event":"word","said":{}}})", json_quote(line)));
  }
  const std::string out = options.run.out.string();
  console.say(
      fmt::format("\nLook at {}/screen.gpkg (QGIS); every figure: {}/screen.json", out, out));
  console.event(fmt::format(R"({{"event":"done","out":{},"products":{},"interrupted":false}})",
                            json_quote(out), summary->products.size()));
  return 0;
}

}  // namespace abatis::cli
