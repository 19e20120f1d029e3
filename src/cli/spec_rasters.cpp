// What works on anybody's rasters: travel and viewsheds.

#include "actions.hpp"
#include "spec_parts.hpp"

namespace abatis::cli {
namespace {

// A stage of a scenario, and the same engine over anybody's raster.
CommandSpec travel_command() {
  CommandSpec travel = stage(
      "travel", "Least travel times, of a scenario or your raster",
      "Of a scenario: writes least-time rasters for each case to DIR/travel, nothing built, "
      "and fails when an axis has no way at all.\n\n"
      "Over a raster (--friction): writes the least accumulated cost from the sources to every "
      "cell. A move costs the mean friction of its two cells times its length; nodata is "
      "impassable. A raster that does not fit into --memory waits in a scratch file beside "
      "the output.",
      run_travel);
  for (OptionSpec& option : travel.options) {
    if (option.name == "SCENARIO") option.required = false;
    if (option.name == "output") {
      option.required = false;
      option.placeholder = "PATH";
      option.help = "output folder of a scenario; with --friction the raster to write";
    }
    if (option.name == "memory") {
      option.help = "memory that may be used, e.g. 4GiB; default: what is free";
    }
  }
  const std::vector<OptionSpec> own = {
      value("friction", ValueKind::file, "FILE", "raster of friction instead of a scenario"),
      {.name = "friction-unit",
       .kind = ValueKind::text,
       .placeholder = "UNIT",
       .help = "what it counts (default s-per-cell)",
       .choices = {"s-per-cell", "s-per-metre"}},
      value("from", ValueKind::text, "X,Y|FILE",
            "sources: x,y;x,y in the raster's CRS, or a raster (neither nodata nor 0)"),
      value("to", ValueKind::text, "X,Y",
            "say the time to these points, or why they are not reached"),
      {.name = "neighbours",
       .kind = ValueKind::text,
       .placeholder = "N",
       .help = "moves from a cell (default 8)",
       .choices = {"8", "16", "32"}},
      value("bound", ValueKind::number, "SECONDS", "leave unreached what is further"),
      value("elevation", ValueKind::file, "FILE",
            "heights (m) of the same cells: signed slopes change the time of a move"),
      value("pace", ValueKind::text, "TABLE",
            "CSV of slope,pace, or tobler (default): what a slope does to time")};
  travel.options.insert(travel.options.end(), own.begin(), own.end());
  travel.examples.push_back({"over a raster of your own, from one point",
                             "abatis travel --friction friction.tif --from 500000,6000000 -o "
                             "time.tif"});
  return travel;
}

Options viewshed_options() {
  Options options;
  const auto add = [&](const char* name, ValueKind kind, const char* placeholder,
                       const char* help) {
    options.push_back(value(name, kind, placeholder, help));
  };
  add("surface", ValueKind::file, "FILE", "heights of what hides: ground, canopy, roofs (m)");
  add("terrain", ValueKind::file, "FILE", "bare ground: heights given and written are over it");
  add("canopy", ValueKind::file, "FILE", "heights over --terrain (m), instead of --surface");
  add("buildings", ValueKind::file, "FILE", "the same; the greater of the two counts");
  add("at", ValueKind::text, "X,Y", "observers: x,y;x,y in the raster's CRS");
  add("observers", ValueKind::file, "FILE", "or CSV (x,y or x,y,height), or a layer of points");
  add("observer-height", ValueKind::number, "METRES", "over the surface; default 2");
  add("target-height", ValueKind::number, "METRES", "over the surface; default 2");
  add("radius", ValueKind::number, "METRES", "how far to look");
  options.back().required = true;
  add("refraction", ValueKind::text, "R", "optical (1/7, default), radio (1/4) or a number");
  options.push_back({.name = "output-kind",
                     .kind = ValueKind::text,
                     .placeholder = "KIND",
                     .help = "observers that see a cell, or the least height that is seen",
                     .choices = {"count", "height"}});
  options.push_back(output(ValueKind::file, "FILE", "raster to write (GeoTIFF)", true));
  options.push_back(threads());
  return with_output_modes(std::move(options));
}

CommandSpec viewshed_command() {
  return {
      .path = "viewshed",
      .summary = "What is seen from where, over your raster",
      .description =
          "Exact lines of sight over a raster of heights: the surface is the bilinear "
          "interpolation of cell centres, a target over a cell centre is seen when the straight "
          "line from the observer stays on or above it. The surface falls away by (1 - R) d^2 / "
          "2 x 6371000 m. Observers stand over the centre of their cell. Nodata is neither seen "
          "nor seen through.\n\n"
          "Writes the number of observers that see each cell (0 or 1 with one observer), or with "
          "--output-kind height the least height (m) from which on a target there is seen.",
      .options = viewshed_options(),
      .examples = {{"a mast of 30 m, a drone at 2 m, as far as 20 km",
                    "abatis viewshed --surface dsm.tif --at 500000,6000000 \\\n"
                    "    --observer-height 30 --target-height 2 --radius 20000 -o seen.tif"},
                   {"how low a drone stays unseen by any of many radars",
                    "abatis viewshed --terrain dem.tif --canopy trees.tif --observers radars.csv "
                    "\\\n    --radius 50000 --refraction radio --output-kind height -o h.tif"}},
      .action = run_viewshed};
}

}  // namespace

void add_rasters(std::vector<CommandSpec>& tree) {
  tree.push_back(travel_command());
  tree.push_back(viewshed_command());
}

}  // namespace abatis::cli
