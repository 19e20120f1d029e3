// `abatis travel --friction`: the engine over anybody's raster, without a scenario.

#include <cmath>
#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "abatis/base/memory.hpp"
#include "abatis/travel/raster_travel.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "console.hpp"

namespace abatis::cli {
namespace {

Result<RasterTravel> travel_task(const Arguments& arguments) {
  RasterTravel task;
  task.friction = arguments.text("friction");
  for (const char* needed : {"from", "output"}) {
    if (!arguments.has(needed)) {
      return input_error(fmt::format("--{} is missing", needed), {.item = "--friction"},
                         "see abatis travel --help");
    }
  }
  if (arguments.text("friction-unit", "s-per-cell") == "s-per-metre") {
    task.unit = FrictionUnit::s_per_metre;
  }
  if (const auto points = parse_points(arguments.text("from"))) {
    task.from_points = *points;
  } else {
    task.from_raster = arguments.text("from");
  }
  if (arguments.has("to")) {
    const auto points = parse_points(arguments.text("to"));
    if (!points) {
      return input_error(fmt::format("\"{}\" is no list of points", arguments.text("to")),
                         {.item = "--to"}, "write x,y or x,y;x,y in the raster's CRS");
    }
    task.to = *points;
  }
  if (arguments.has("elevation")) task.elevation = arguments.text("elevation");
  task.pace = arguments.text("pace", "tobler");
  task.out = arguments.text("output");
  task.neighbours = std::atoi(arguments.text("neighbours", "8").c_str());
  ABATIS_TRY(task.threads, parse_threads(arguments));
  if (arguments.has("memory")) {
    ABATIS_TRY(task.memory_bytes, parse_size(arguments.text("memory"), "--memory"));
  }
  if (arguments.has("bound")) {
    task.bound = std::atof(arguments.text("bound").c_str());
    if (!(task.bound > 0)) {
      return input_error("the bound must be above 0 s", {.item = "--bound"});
    }
  }
  return task;
}

void say(const RasterTravelReport& report, const std::string& out, Console& console) {
  const auto share = [&](std::int64_t cells) {
    return 100.0 * static_cast<double>(cells) / static_cast<double>(report.cells);
  };
  const std::int64_t cut_off = report.cells - report.impassable - report.reached;
  console.say(fmt::format("{} cells: {} reached ({:.1f} %), {} impassable, {} not reached",
                          report.cells, report.reached, share(report.reached), report.impassable,
                          cut_off));
  console.say(fmt::format("furthest {:.6g} s; read {:.2f} s, computed {:.2f} s, written {:.2f} s",
                          report.latest, report.read_s, report.compute_s, report.write_s));
  for (const auto& target : report.targets) {
    const std::string at = fmt::format("{:.10g},{:.10g}", target.at.x, target.at.y);
    console.say(target.time ? fmt::format("  to {}: {:.6g} s", at, *target.time)
                            : fmt::format("  to {}: not reached; {}", at, target.why));
  }
  console.say(fmt::format("wrote {}", out));
}

std::string as_json(const RasterTravelReport& report) {
  std::string targets;
  for (const auto& target : report.targets) {
    targets += fmt::format(R"({}{{"x":{},"y":{},"time_s":{},"why":{}}})",
                           targets.empty() ? "" : ",", target.at.x, target.at.y,
                           target.time ? fmt::format("{}", *target.time) : "null",
                           target.time ? "null" : json_quote(target.why));
  }
  return fmt::format(
      R"({{"event":"done","cells":{},"reached":{},"impassable":{},"latest_s":{},"read_s":{:.4f},)"
      R"("compute_s":{:.4f},"compute_cpu_s":{:.4f},"write_s":{:.4f},"peak_mb":{:.1f},"tiles":{},)"
      R"("tile_visits":{},"front_tiles":{},"tiles_put_aside":{},"scratch_file":{},"targets":[{}]}})",
      report.cells, report.reached, report.impassable, report.latest, report.read_s,
      report.compute_s, report.compute_cpu_s, report.write_s,
      static_cast<double>(peak_memory()) / 1e6, report.tiles, report.tile_visits, report.most_live,
      report.tiles_put_aside, report.in_scratch_file, targets);
}

}  // namespace

int run_raster_travel(const Arguments& arguments, Console& console) {
  const auto task = travel_task(arguments);
  if (!task) return console.report(task.error());
  const auto report = travel_over_raster(*task, console);
  console.clear_line();
  if (!report) return console.report(report.error());
  say(*report, task->out.string(), console);
  console.event(as_json(*report));
  return 0;
}

}  // namespace abatis::cli
