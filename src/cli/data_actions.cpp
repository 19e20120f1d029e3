#include <cstdlib>

#include <fmt/format.h>

#include "abatis/gather/build.hpp"
#include "abatis/gather/fetch.hpp"
#include "actions.hpp"
#include "console.hpp"

namespace abatis::cli {
namespace {

// "W,S,E,N" in degrees.
Result<Bounds> parse_bounds(const std::string& text) {
  Bounds b;
  char rest = 0;
  const int read =
      std::sscanf(text.c_str(), "%lf,%lf,%lf,%lf%c", &b.min_x, &b.min_y, &b.max_x, &b.max_y, &rest);
  if (read != 4 || !(b.min_x < b.max_x) || !(b.min_y < b.max_y)) {
    return input_error(fmt::format("\"{}\" is not a region", text), {.item = "--bounds"},
                       "give west,south,east,north in degrees, e.g. 22,53.5,24.6,54.8");
  }
  return b;
}

const char* word_for(FetchStatus status) {
  switch (status) {
    case FetchStatus::fetched:
      return "fetched";
    case FetchStatus::kept:
      return "kept";
    case FetchStatus::adopted:
      return "adopted";
    case FetchStatus::absent:
      return "absent";
  }
  return "";
}

Result<FetchReport> fetch_as_asked(const Arguments& arguments, Console& console) {
  ABATIS_TRY(const auto sources,
             read_fetch_sources(arguments.text("sources", "data/gather/sources.toml")));
  FetchWindow window;
  ABATIS_TRY(window.lonlat, parse_bounds(arguments.text("bounds")));
  if (arguments.has("only")) window.only = {arguments.text("only")};
  window.base_url = arguments.text("base-url");
  ABATIS_TRY(const FetchPlan plan, plan_fetch(sources, window));
  FetchOptions options;
  options.replace_changed = arguments.has("replace-changed");
  return fetch(plan, arguments.text("output"), options, console);
}

}  // namespace

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
  }
  for (const auto& file : report->up_to_date ? std::vector<BuiltFile>{} : report->files) {
    console.say(fmt::format("  {:<10} {:>6.1f} MB  {}", file.quality,
                            static_cast<double>(file.bytes) / 1e6, file.name));
  }
  console.event(fmt::format(R"({{"event":"done","out":{},"up_to_date":{},"files":{}}})",
                            json_quote(options.output.string()), report->up_to_date,
                            report->files.size()));
  return 0;
}

int run_data_fetch(const Arguments& arguments, Console& console) {
  const auto report = fetch_as_asked(arguments, console);
  if (!report) return console.report(report.error());
  for (const auto& file : report->files) {
    console.say(fmt::format("  {:<8} {:>8.1f} MB  {}", word_for(file.status),
                            static_cast<double>(file.bytes) / 1e6, file.file));
    console.event(fmt::format(R"({{"event":"file","file":{},"status":{},"bytes":{},"sha256":{}}})",
                              json_quote(file.file), json_quote(word_for(file.status)), file.bytes,
                              json_quote(file.sha256)));
  }
  if (!report->errors.empty()) return console.report(report->errors);
  console.say(fmt::format("{}: licences in ATTRIBUTION.md", arguments.text("output")));
  return 0;
}

}  // namespace abatis::cli
