// `abatis viewshed`: what is seen from where, over anybody's rasters.

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "abatis/base/memory.hpp"
#include "abatis/base/words.hpp"
#include "abatis/sight/raster_sight.hpp"
#include "actions.hpp"
#include "argument_values.hpp"
#include "console.hpp"

namespace abatis::cli {
namespace {

// "0.13", "1/7", "optical" or "radio".
Result<double> parse_refraction(const std::string& text) {
  if (text == "optical") return kOpticalRefraction;
  if (text == "radio") return kRadioRefraction;
  double value = 0;
  double over = 1;
  char rest = 0;
  const int read = std::sscanf(text.c_str(), "%lf/%lf%c", &value, &over, &rest);
  const bool whole =
      read == 2 || (read == 1 && std::sscanf(text.c_str(), "%lf%c", &value, &rest) == 1);
  if (!whole || !std::isfinite(value / over)) {
    return input_error(fmt::format("{} is no refraction", in_quotes(text)),
                       {.item = "--refraction"}, "write 0.13, 1/7, optical (1/7) or radio (1/4)");
  }
  return value / over;
}

std::optional<std::filesystem::path> file_of(const Arguments& arguments, const char* option) {
  if (!arguments.has(option)) return std::nullopt;
  return arguments.text(option);
}

Result<RasterSight> viewshed_task(const Arguments& arguments) {
  RasterSight task{.surface = file_of(arguments, "surface"),
                   .terrain = file_of(arguments, "terrain"),
                   .canopy = file_of(arguments, "canopy"),
                   .buildings = file_of(arguments, "buildings"),
                   .observers = file_of(arguments, "observers"),
                   .out = arguments.text("output")};
  if (arguments.has("at")) {
    const auto points = parse_points(arguments.text("at"));
    if (!points) {
      return input_error(fmt::format("{} is no list of points", in_quotes(arguments.text("at"))),
                         {.item = "--at"}, "write x,y or x,y;x,y in the raster's CRS");
    }
    task.at = *points;
  }
  task.observer_height_m = std::atof(arguments.text("observer-height", "2").c_str());
  task.options.target_height_m = std::atof(arguments.text("target-height", "2").c_str());
  task.options.radius_m = std::atof(arguments.text("radius").c_str());
  ABATIS_TRY(task.options.refraction, parse_refraction(arguments.text("refraction", "optical")));
  ABATIS_TRY(task.options.threads, parse_threads(arguments));
  if (arguments.text("output-kind", "count") == "height") task.output = SightOutput::height;
  return task;
}

void say(const RasterSightReport& report, const RasterSight& task, Console& console) {
  console.say(fmt::format("{} observer{}, {} cells within the radius, {} cells around nodata",
                          report.observers.size(), report.observers.size() == 1 ? "" : "s",
                          report.cells, report.unknown));
  if (task.output == SightOutput::count) {
    console.say(
        fmt::format("{} cells are seen, one by up to {} observers", report.seen, report.most));
  } else {
    console.say(fmt::format("{} cells have a height from which on they are seen", report.shown));
  }
  console.say(fmt::format("refraction {:.4f}; read {:.2f} s, computed {:.2f} s, written {:.2f} s",
                          task.options.refraction, report.read_s, report.compute_s,
                          report.write_s));
  console.say(fmt::format("wrote {}", task.out.string()));
}

std::string as_json(const RasterSightReport& report, const RasterSight& task) {
  std::string observers;
  for (const PlacedObserver& observer : report.observers) {
    observers +=
        fmt::format(R"({}{{"x":{},"y":{},"centre_x":{},"centre_y":{},"surface_m":{},"eye_m":{},)"
                    R"("under_surface":{},"radius_beyond_raster_m":{}}})",
                    observers.empty() ? "" : ",", observer.asked.x, observer.asked.y,
                    observer.centre.x, observer.centre.y, observer.surface_m, observer.eye_m,
                    observer.under_surface, observer.beyond_m);
  }
  std::string warnings;
  for (const std::string& warning : report.warnings) {
    warnings += (warnings.empty() ? "" : ",") + json_quote(warning);
  }
  return fmt::format(
      R"({{"event":"done","cells":{},"raster_cells":{},"nodata_cells":{},"seen":{},"most":{},)"
      R"("shown":{},"followed":{},"refraction":{},"earth_radius_m":{},"read_s":{:.4f},)"
      R"("compute_s":{:.4f},"compute_cpu_s":{:.4f},"write_s":{:.4f},"peak_mb":{:.1f},)"
      R"("warnings":[{}],"observers":[{}]}})",
      report.cells, report.raster_cells, report.unknown, report.seen, report.most, report.shown,
      report.followed, task.options.refraction, kEarthRadius, report.read_s, report.compute_s,
      report.compute_cpu_s, report.write_s, static_cast<double>(peak_memory()) / 1e6, warnings,
      observers);
}

}  // namespace

int run_viewshed(const Arguments& arguments, Console& console) {
  const auto task = viewshed_task(arguments);
  if (!task) return console.report(task.error());
  const auto report = viewshed_over_raster(*task, console);
  console.clear_line();
  if (!report) return console.report(report.error());
  for (const std::string& warning : report->warnings) console.warn(warning);
  say(*report, *task, console);
  console.event(as_json(*report, *task));
  return 0;
}

}  // namespace abatis::cli
