// abatis gap

#include <fmt/format.h>

#include "abatis/run/gap.hpp"
#include "actions.hpp"
#include "console.hpp"
#include "events.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {

int run_gap_report(const Arguments& arguments, Console& console) {
  GapOptions options;
  auto common = run_options(arguments, Stage::mobility);
  if (!common) return console.report(common.error());
  options.run = std::move(*common);
  options.plan = arguments.text("plan");
  const auto summary = run_gap(options, console);
  if (!summary) return console.report(summary.error());
  tell_stages(console, summary->stages);
  console.event(fmt::format(R"({{"event":"stage","stage":"gap","kept":{},"seconds":{:.3f}}})",
                            summary->cached, summary->seconds));
  tell_words(console, summary->words);
  const std::string out = options.run.out.string();
  console.say(
      fmt::format("\nLook at {}/gap/gap.gpkg (QGIS); every figure: {}/gap/gap.json", out, out));
  tell_done(console, out, summary->products.size());
  return 0;
}

}  // namespace abatis::cli
