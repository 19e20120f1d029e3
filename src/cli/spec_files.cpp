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
      value("demand", ValueKind::file, "FILE", "CSV of points: columns x, y and weight (default 1)",
            true),
      value("sites", ValueKind::file, "FILE",
            "CSV of sites: columns x, y and cost (default 1); fixed = 1: stands already; "
            "radius: its own",
            true),
      value("radius", ValueKind::text, "R",
            "a point is covered by sites at most so far away, in the unit of the coordinates",
            true),
      value("choose", ValueKind::integer, "P", "choose at most so many new sites"),
      value("budget", ValueKind::text, "B", "or: new sites that cost at most so much together"),
      value("backup", ValueKind::integer, "K", "count a point once K sites cover it (default 1)"),
      value("backup-share", ValueKind::text, "SHARE",
            "this share of a weight counts at K sites, the rest at one (default 100%)"),
      threads(),
      search_time("no limit"),
      gap("0"),
      value("seed", ValueKind::text, "N", "seed of the search for good choices, from 0; default 0"),
      output(ValueKind::file, "PATH", "write the sites as CSV: row,x,y,cost,state")};
  return {.path = "cover",
          .summary = "Choose sites that cover most demand, to proof",
          .description =
              "Reads points with weights and sites with costs, and finds the sites that cover the "
              "most weight: at most P of them, or for at most B. With a proven bound. Rows count "
              "from 0. --json ends with one line of value, bound, gap, status and chosen rows.",
          .options = with_output_modes(std::move(options)),
          .examples = {{"the best 20 sites, a minute at most",
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
