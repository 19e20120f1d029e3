#include "maps.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/version.hpp"
#include "abatis/geo/io.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr Rgb kBandGreen{0, 112, 60};
constexpr Rgb kCandidateGrey{150, 150, 150};

struct KindName {
  GeometryKind kind;
  const char* suffix;
};
constexpr KindName kKinds[] = {{GeometryKind::line, "lines"},
                               {GeometryKind::polygon, "blocks"},
                               {GeometryKind::point, "points"}};

std::vector<Category> measure_categories(const Scenario& scenario, GeometryKind kind) {
  std::vector<Category> out;
  for (const int m : scenario.measures) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
    Category c{measure.id, measure.name, measure_colour(measure)};
    c.width_mm = kind == GeometryKind::point ? 2.6 : kind == GeometryKind::line ? 1.0 : 0.3;
    c.dashed = measure.rule == SiteRule::mapped_ditch;
    c.alpha = kind == GeometryKind::polygon ? 120 : 255;
    out.push_back(std::move(c));
  }
  return out;
}

void add_sites(const RunView& view, const Facts& facts, std::vector<StyledLayer>& layers) {
  for (const auto& [kind, suffix] : kKinds) {
    StyledLayer bought{plan_layer(view, facts, kind), kind,
                       "Bought sites with year, measure, cost and delay"};
    bought.layer.name = fmt::format("plan_{}", suffix);
    bought.style_qml = qml(kind, "measure", measure_categories(view.scenario, kind));
    if (!bought.layer.features.empty()) layers.push_back(std::move(bought));
  }
  for (const auto& [kind, suffix] : kKinds) {
    StyledLayer all{site_layer(view, facts, kind), kind, "Candidate sites, bought or not"};
    all.layer.name = fmt::format("sites_{}", suffix);
    all.style_qml = qml(kind, "",
                        {{"", "candidate site", kCandidateGrey,
                          kind == GeometryKind::point ? 1.4 : 0.3, false, 60}});
    if (!all.layer.features.empty()) layers.push_back(std::move(all));
  }
}

struct RasterJob {
  std::string name, what;
  std::function<Status(const std::filesystem::path&)> write;
};

}  // namespace

std::map<std::string, std::string> product_metadata(const GroundView& view) {
  std::map<std::string, std::string> out;
  out["marking"] = kMarking;
  out["program"] = fmt::format("abatis {}", version());
  out["scenario"] = valid_utf8(view.scenario.id);
  out["seed"] = std::to_string(view.scenario.seed);
  std::map<std::string, int> seen;
  for (const LayerSource& layer : view.scenario.layers) {
    std::string key = fmt::format("source.{}", to_string(layer.role));
    if (const int count = ++seen[key]; count > 1) key += fmt::format(".{}", count);
    out[key] = valid_utf8(fmt::format("{}; licence: {}; date: {}; quality: {}", layer.source,
                                      layer.licence, layer.date, to_string(layer.quality)));
  }
  return out;
}

Raster<float> delay_bought(const Raster<float>& before, const Raster<float>& after) {
  Raster<float> out(before.grid, nodata<float>());
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    // Rounding to float may leave a hair below zero where nothing changed.
    out.values[i] = std::isnan(after.values[i]) || std::isnan(before.values[i])
                        ? nodata<float>()
                        : std::max(0.0F, after.values[i] - before.values[i]);
  }
  return out;
}

double upper_value(const Raster<float>& raster, double share) {
  std::vector<float> positive;
  for (const float v : raster.values) {
    if (std::isfinite(v) && v > 0) positive.push_back(v);
  }
  if (positive.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(positive.size() - 1));
  std::nth_element(positive.begin(), positive.begin() + at, positive.end());
  return positive[static_cast<std::size_t>(at)];
}

Status write_plan_geopackage(const RunView& view, const Outcome& outcome, const Facts& facts,
                             const std::filesystem::path& out, std::vector<ProductFile>& files) {
  std::vector<StyledLayer> layers;
  add_sites(view, facts, layers);
  layers.push_back({corridor_layer(view, outcome), GeometryKind::line,
                    "Least-time paths with nothing built (before) and in the last year (after)",
                    qml(GeometryKind::line, "state",
                        {{"before", "before: nothing built", kRed, 0.5, true},
                         {"after", "after: last year of the plan", kRed, 0.8, false}}),
                    ""});
  std::vector<Category> bands;
  for (std::size_t i = 0; i < view.scenario.echelons.size(); ++i) {
    const Echelon& e = view.scenario.echelons[i];
    bands.push_back(
        {e.id, e.name, kBandGreen, 0.2, true, std::max(10, 45 - 15 * static_cast<int>(i))});
  }
  layers.push_back({echelon_layer(view), GeometryKind::polygon,
                    "Bands of distance from the border on the friendly side",
                    qml(GeometryKind::polygon, "echelon", bands), ""});
  layers.push_back({border_layer(view), GeometryKind::line, "Border between the sides",
                    qml(GeometryKind::line, "", {{"", "border", {60, 50, 60}, 0.8, false}}), ""});
  layers.push_back(
      {entry_layer(view), GeometryKind::polygon, "Entry stretches (bounding boxes)",
       qml(GeometryKind::polygon, "", {{"", "entry stretch", kRed, 0.4, true, 20}}, "name"), ""});
  layers.push_back({objective_layer(view), GeometryKind::point, "Objectives",
                    qml(GeometryKind::point, "", {{"", "objective", {30, 60, 120}, 3.2}}, "name"),
                    ""});
  ABATIS_CHECK(write_geopackage(out / "plan.gpkg", layers, product_metadata(view)));
  files.push_back({"plan.gpkg", "sites, plan, paths and bands with styles for QGIS"});
  return {};
}

Status write_rasters(const RunView& view, const Outcome& outcome, const std::filesystem::path& out,
                     int threads, Monitor& monitor, std::vector<ProductFile>& files) {
  const Scenario& s = view.scenario;
  const auto metadata = product_metadata(view);
  std::vector<RasterJob> jobs;
  for (const SpeedRaster& speed : view.mobility.speeds) {
    const Mover& mover = s.catalogue.movers[static_cast<std::size_t>(speed.mover)];
    const Season& season = s.catalogue.seasons[static_cast<std::size_t>(speed.season)];
    const std::string what = fmt::format("speed of {} in {}", mover.name, season.name);
    jobs.push_back(
        {fmt::format("rasters/speed_{}_{}.tif", safe_name(mover.id), safe_name(season.id)), what,
         [&speed, &metadata, what](const std::filesystem::path& path) {
           return write_cog(path, speed.speed_mps, {what, "m/s", metadata, speed_ramp()});
         }});
  }
  for (std::size_t a = 0; a < s.axes.size(); ++a) {
    if (outcome.shown_case[a] < 0) continue;
    const std::string axis = safe_name(s.axes[a].id);
    const std::string of =
        fmt::format("{} ({})", s.axes[a].name,
                    case_label(s, s.cases[static_cast<std::size_t>(outcome.shown_case[a])]));
    const auto field = [&](const char* name, const std::string& what, const Raster<float>& raster,
                           double top) {
      jobs.push_back({fmt::format("rasters/{}_{}.tif", name, axis), what,
                      [&raster, &metadata, what, top](const std::filesystem::path& path) {
                        return write_cog(path, raster, {what, "s", metadata, time_ramp(top)});
                      }});
    };
    const double top = upper_value(outcome.after[a], 0.98);
    field("time_before", "least time with nothing built, " + of, outcome.before[a], top);
    field("time_after", "least time in the plan's last year, " + of, outcome.after[a], top);
    const std::string what = "delay bought by the plan's last year, " + of;
    jobs.push_back({fmt::format("rasters/delay_{}.tif", axis), what,
                    [&outcome, &metadata, what, a](const std::filesystem::path& path) {
                      const Raster<float> delay = delay_bought(outcome.before[a], outcome.after[a]);
                      const double most = std::max(60.0, upper_value(delay, 0.98));
                      return write_cog(path, delay, {what, "s", metadata, delay_ramp(most)});
                    }});
  }
  monitor.begin("rasters", static_cast<std::int64_t>(jobs.size()), "files");
  std::vector<Status> results(jobs.size());
  parallel_for(jobs.size(), std::min(2, thread_count(threads)), [&](std::size_t i) {
    results[i] = jobs[i].write(out / jobs[i].name);
    monitor.advance(1);
  });
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!results[i]) return results[i];
    files.push_back({jobs[i].name, jobs[i].what});
    std::string style = jobs[i].name.substr(0, jobs[i].name.size() - 4) + ".qml";
    if (std::filesystem::exists(out / style)) {
      files.push_back({std::move(style), "default style of " + jobs[i].name});
    }
  }
  return {};
}

}  // namespace abatis::report
