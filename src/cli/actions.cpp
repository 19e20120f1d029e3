#include "actions.hpp"

#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "argument_values.hpp"
#include "console.hpp"
#include "events.hpp"
#include "run_arguments.hpp"

namespace abatis::cli {
namespace fs = std::filesystem;
namespace {

// A plan that ended before its gap was proven is not lost: the next search begins from it.
void say_how_to_go_on(const RunSummary& summary, const RunOptions& options, Console& console) {
  if (!summary.status) return;
  const char* what = nullptr;
  if (*summary.status == PlanStatus::interrupted) what = "Interrupted: the best plan so far";
  if (*summary.status == PlanStatus::time_limit) what = "The time was over: the best plan found";
  if (*summary.status == PlanStatus::node_limit) what = "The nodes were over: the best plan found";
  if (what == nullptr) return;
  console.say(
      fmt::format("{} is kept in {}; `abatis plan` goes on from it.", what, options.out.string()));
}

}  // namespace

int run_to(Stage last, const Arguments& arguments, Console& console) {
  auto options = run_options(arguments, last);
  if (!options) return console.report(options.error());
  auto summary = run(*options, console);
  if (!summary) return console.report(summary.error());
  tell_stages(console, summary->stages);
  for (const auto& stage : summary->stages) {
    if (last != Stage::report) {
      console.say(fmt::format("{:<9} {:>7.1f} s  {}{}", to_string(stage.stage), stage.seconds,
                              stage.said, stage.cached ? "  (kept)" : ""));
    }
  }
  for (const auto& line : summary->words) console.say(line);
  const bool interrupted = summary->status == PlanStatus::interrupted;
  const std::string out = options->out.string();
  say_how_to_go_on(*summary, *options, console);
  if (last == Stage::report) {
    console.say(fmt::format(
        "\nLook at {}/report.html (opens from disk); all products: {}/manifest.json", out, out));
  } else {
    for (const auto& product : summary->products) console.say(fmt::format("  {}/{}", out, product));
  }
  tell_done(console, out, summary->products.size(), interrupted);
  return interrupted ? exit_code(ErrorCode::interrupted) : 0;
}

namespace {

std::string bytes_text(double bytes) {
  return bytes >= 1e9 ? fmt::format("{:.1f} GiB", bytes / 1073741824.0)
                      : fmt::format("{:.0f} MiB", bytes / 1048576.0);
}

}  // namespace

int run_init(const Arguments& arguments, Console& console) {
  const fs::path file = arguments.text("FILE");
  if (fs::exists(file)) {
    return console.report(Error{ErrorCode::input,
                                "the file exists already",
                                {.file = file.string()},
                                "choose another name or remove it"});
  }
  const auto write = [&]() -> Status {
    if (file.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(file.parent_path()));
    return write_file(file, starter_scenario());
  };
  if (const auto status = write(); !status) return console.report(status.error());
  console.say(fmt::format("wrote {}\nnext: abatis check {}", file.string(), file.string()));
  return 0;
}

int run_check(const Arguments& arguments, Console& console) {
  const auto threads = parse_threads(arguments);
  if (!threads) return console.report(threads.error());
  const auto scenario = load_scenario(arguments.text("SCENARIO"), data_options(arguments));
  if (!scenario) return console.report(scenario.error());
  const Estimate estimate = estimate_run(*scenario, *threads);
  const auto& grid = scenario->grid;
  console.say(fmt::format("{}: {}", scenario->id, scenario->title));
  console.say(fmt::format("  grid      {} x {} cells of {:g} m ({:.1f} M), EPSG:{}", grid.cols,
                          grid.rows, grid.cell, static_cast<double>(grid.size()) / 1e6, grid.epsg));
  console.say(fmt::format("  cases     {} = {} axes x {} movers x {} seasons, {} years",
                          scenario->cases.size(), scenario->axes.size(), scenario->movers.size(),
                          scenario->seasons.size(), scenario->years));
  console.say(fmt::format("  inputs    {} files, {} layers", scenario->inputs.size(),
                          scenario->layers.size()));
  console.say(fmt::format(
      "  estimate  {} of memory, {} on {} threads ({})", bytes_text(estimate.memory_bytes),
      estimate.seconds < 90 ? fmt::format("about {:.0f} s", estimate.seconds)
                            : fmt::format("about {:.0f} min", std::ceil(estimate.seconds / 60)),
      thread_count(*threads), estimate.basis));
  console.event(fmt::format(
      R"({{"event":"checked","scenario":{},"cells":{},"cases":{},"memory_bytes":{:.0f},"seconds":{:.0f}}})",
      json_quote(scenario->id), grid.size(), scenario->cases.size(), estimate.memory_bytes,
      estimate.seconds));
  return 0;
}

int run_all(const Arguments& arguments, Console& console) {
  return run_to(Stage::report, arguments, console);
}
int run_terrain(const Arguments& arguments, Console& console) {
  return run_to(Stage::terrain, arguments, console);
}
int run_mobility(const Arguments& arguments, Console& console) {
  return run_to(Stage::mobility, arguments, console);
}
int run_travel(const Arguments& arguments, Console& console) {
  if (arguments.has("friction")) return run_raster_travel(arguments, console);
  for (const char* needed : {"SCENARIO", "output"}) {
    if (arguments.has(needed)) continue;
    return console.report(Error{ErrorCode::input,
                                fmt::format("{} is missing", needed),
                                {},
                                "give a SCENARIO and --output DIR, or --friction FILE; see abatis "
                                "travel --help"});
  }
  return run_to(Stage::travel, arguments, console);
}
int run_sites(const Arguments& arguments, Console& console) {
  return run_to(Stage::sites, arguments, console);
}
int run_network(const Arguments& arguments, Console& console) {
  return run_to(Stage::network, arguments, console);
}
int run_tradeoffs(const Arguments& arguments, Console& console) {
  return run_to(Stage::tradeoffs, arguments, console);
}
int run_plan(const Arguments& arguments, Console& console) {
  return run_to(Stage::plan, arguments, console);
}

}  // namespace abatis::cli
