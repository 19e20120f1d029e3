#include "abatis/report/gap_products.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "csv.hpp"
#include "gap_layers.hpp"
#include "gap_names.hpp"
#include "maps.hpp"
#include "styles.hpp"

namespace abatis {
namespace {

using namespace report;

std::string times_csv(const GapView& view) {
  Csv csv({"gap", "year", "mover", "season", "entry_a", "entry_b", "meet_s", "meet_x", "meet_y",
           "roads_cut_s", "land_cut_s", "roads_longer_s", "land_longer_s", "why"});
  for (const Gap& gap : view.gaps) {
    for (const GapCase& one : gap.cases) {
      const GapCase& before = case_of(view, gap, 0, one.speed);
      for (std::size_t i = 0; i < one.times.size(); ++i) {
        const GapTimes& t = one.times[i];
        csv.text(bridge_of(view, gap).id);
        if (const int year = year_of(view, one.state); year < 0) {
          csv.empty();
        } else {
          csv.whole(year);
        }
        csv.text(mover_id(view, one.speed)).text(season_id(view, one.speed));
        csv.text(entry_label(view, t.entry_a)).text(entry_label(view, t.entry_b));
        csv.number(t.meet_s);
        if (t.why.empty()) {
          csv.number(t.meet.x).number(t.meet.y);
        } else {
          csv.empty().empty();
        }
        csv.number(t.roads_cut_s).number(t.land_cut_s);
        csv.number(t.roads_cut_s - before.times[i].roads_cut_s);
        csv.number(t.land_cut_s - before.times[i].land_cut_s);
        csv.text(t.why).end();
      }
    }
  }
  return csv.take();
}

Status write_maps(const GapView& view, const Gap& gap, const std::filesystem::path& out,
                  std::vector<ProductFile>& files) {
  const auto metadata = product_metadata({view.scenario, view.terrain});
  for (const GapCase& one : gap.cases) {
    if (one.first_s.values.empty()) continue;
    const double top = upper_value(one.both_s, 0.98);
    const std::string suffix = one.state == 0 ? "" : fmt::format("_{}", year_of(view, one.state));
    for (const auto& [raster, name, words] :
         {std::tuple{&one.first_s, "first", "least time until movers of either side come"},
          std::tuple{&one.both_s, "both", "least time until movers of both sides have come"}}) {
      const std::string file = fmt::format(
          "gap/{}_{}_{}_{}{}.tif", safe_name(bridge_of(view, gap).id), name,
          safe_name(mover_id(view, one.speed)), safe_name(season_id(view, one.speed)), suffix);
      const std::string what = fmt::format("{}, {}, {}", words, speed_label(view, one.speed),
                                           state_label(view, one.state));
      ABATIS_CHECK(write_cog(out / file, *raster, {what, "s", metadata, time_ramp(top)}));
      files.push_back({file, what});
      const std::string style = file.substr(0, file.size() - 4) + ".qml";
      if (std::filesystem::exists(out / style)) files.push_back({style, "style of " + file});
    }
  }
  return {};
}

}  // namespace

Result<std::vector<ProductFile>> write_gap_products(const GapView& view,
                                                    const std::filesystem::path& out) {
  ABATIS_CHECK(ensure_writable_folder(out / "gap"));
  std::vector<ProductFile> files;
  for (const Gap& gap : view.gaps) ABATIS_CHECK(write_maps(view, gap, out, files));
  const auto layers = gap_layers(view);
  if (!layers.empty()) {
    ABATIS_CHECK(write_geopackage(out / "gap/gap.gpkg", layers,
                                  product_metadata({view.scenario, view.terrain})));
    files.push_back(
        {"gap/gap.gpkg", "lines, routes, cuts, places and fronts with styles for QGIS"});
  }
  ABATIS_CHECK(write_file(out / "gap/gap.csv", times_csv(view)));
  files.push_back({"gap/gap.csv", "times by state, mover, season and pair of entries"});
  ABATIS_CHECK(write_file(out / "gap/gap.json", gap_json(view)));
  files.push_back({"gap/gap.json", "every figure of the gaps"});
  return files;
}

}  // namespace abatis
