// What solves plain files without a scenario: interdiction and covering.

#include "actions.hpp"
#include "spec_parts.hpp"

namespace abatis::cli {
namespace {

Options interdict_options() {
  return with_output_modes(
      {given("FILE", ValueKind::file, "instance (text; docs/reference/interdict.md)"), threads(),
       search_time("no limit"), gap("0"),
       output(ValueKind::file, "PATH", "write the plan: a line `arc year` for each purchase")});
}

CommandSpec cover_command() {
  Options options = {
      {.name = "SCENARIO",
       .kind = ValueKind::text,
       .placeholder = "PATH",
       .help = "scenario with [surveillance], or the folder of its run",
       .positional = true},
      data_folder(),
      value("demand", ValueKind::file, "FILE",
            "instead: CSV of points: columns x, y and weight (default 1)"),
      value("sites", ValueKind::file, "FILE",
            "CSV of sites: columns x, y and cost (default 1); fixed = 1: stands already; "
            "radius: its own"),
      value("radius", ValueKind::text, "R",
            "a point is covered by sites at most so far away, in the unit of the coordinates"),
      value("choose", ValueKind::integer, "P", "choose at most so many new sites"),
      value("budget", ValueKind::text, "B", "or: new sites that cost at most so much together"),
      value("backup", ValueKind::integer, "K", "count a point once K sites cover it (default 1)"),
      value("backup-share", ValueKind::text, "SHARE",
            "this share of a weight counts at K sites, the rest at one (default 100%)"),
      threads(),
      search_time("no limit"),
      gap("0"),
      value("seed", ValueKind::text, "N", "seed of the search for good choices, from 0; default 0"),
      output(ValueKind::file, "PATH",
             "output folder of a scenario; with --demand write the sites as CSV")};
  return {.path = "cover",
          .summary = "Who sees the border; or covering on plain files",
          .description =
              "Of a scenario: chooses sensors and effectors for the border under the money of "
              "their class, by year and with a proven bound, and says who sees what by day, night "
              "and fog, and what warning that gives. Writes watch.json, watch.gpkg, tables, a "
              "raster and a strip of the border into DIR. Of the folder of a run: the same with "
              "what its stored obstacles gain.\n\n"
              "Of plain files (--demand): reads points with weights and sites with costs, and "
              "finds the sites that cover the "
              "most weight: at most P of them, or for at most B. With a proven bound. Rows count "
              "from 0. --json ends with one line of value, bound, gap, status and chosen rows.",
          .options = with_output_modes(std::move(options)),
          .examples = {{"sensors of the embedded scenario",
                        "abatis cover data/scenarios/suwalki/scenario.toml -o out/suwalki"},
                       {"the best 20 sites, a minute at most",
                        "abatis cover --demand d.csv --sites s.csv --radius 5000 --choose 20 \\\n"
                        "      --time 60 --json"}},
          .action = run_cover};
}

}  // namespace

void add_files(std::vector<CommandSpec>& tree) {
  tree.push_back(
      {.path = "interdict",
       .summary = "Shortest-path interdiction on a file, to proof",
       .description =
           "Reads a network with lengths, delays, costs and one or several yearly budgets, and "
           "finds the purchases that make the sum of the yearly shortest ways from source to "
           "sink longest, with a proven bound. --json ends with one line of objective, bound, "
           "status and plan.",
       .options = interdict_options(),
       .examples = {{"prove the best plan of an instance, a minute at most",
                     "abatis interdict grid.spni --time 60 --json"}},
       .action = run_interdict});
  tree.push_back(cover_command());
}

}  // namespace abatis::cli
