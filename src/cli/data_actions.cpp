#include <fmt/format.h>

#include "abatis/gather/build.hpp"
#include "actions.hpp"
#include "console.hpp"

namespace abatis::cli {

int run_data_build(const Arguments& arguments, Console& console) {
  BuildOptions options;
  options.recipe = arguments.text("recipe", "data/gather/suwalki.toml");
  options.node_modules = {arguments.text("packages", "data/gather/node_modules")};
  options.output = arguments.text("output");
  options.threads = std::atoi(arguments.text("threads", "0").c_str());
  const auto report = build_data(options, console);
  if (!report) return console.report(report.error());
  if (report->up_to_date) {
    console.say(fmt::format("{} is up to date", options.output.string()));
  } else {
    for (const auto& file : report->files) {
      console.say(fmt::format("  {:<10} {:>9.1f} MB  {}", file.quality,
                              static_cast<double>(file.bytes) / 1e6, file.name));
    }
    for (const auto& figure : report->figures) {
      console.say(fmt::format("  {}: {:.4g} {}", figure.what, figure.value, figure.unit));
    }
  }
  console.event(fmt::format(R"({{"event":"done","out":{},"up_to_date":{},"files":{}}})",
                            json_quote(options.output.string()), report->up_to_date,
                            report->files.size()));
  return 0;
}

}  // namespace abatis::cli
