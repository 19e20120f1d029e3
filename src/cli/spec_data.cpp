// The catalogue, data folders, and words about the program itself.

#include "actions.hpp"
#include "spec_parts.hpp"

namespace abatis::cli {
namespace {

OptionSpec catalogue_option() {
  return value("catalogue", ValueKind::folder, "DIR",
               "a catalogue folder of your own; default: the one built in");
}

}  // namespace

void add_measures(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "measures",
                  .summary = "The catalogue of measures: list, explain, check",
                  .usual = "list",
                  .alias = "measure"});
  tree.push_back({.path = "measures list",
                  .summary = "List what a plan may choose from",
                  .description = "Every measure of the catalogue: what a unit costs (least, most "
                                 "likely, most), years until it acts, upkeep a year, what its end "
                                 "costs, how it acts, and whether its figures are verified.",
                  .options = with_output_modes({catalogue_option()}),
                  .examples = {{"the catalogue built in", "abatis measures list"}},
                  .action = run_measures_list});
  tree.push_back({.path = "measures explain",
                  .summary = "Explain one measure, with its sources",
                  .description =
                      "What it costs, when it acts, what it does to each mover in each "
                      "season as the plan counts it, what it needs and excludes, where it "
                      "can stand, and where every figure comes from.",
                  .options = with_output_modes(
                      {given("ID", ValueKind::text, "id of the measure, see abatis measures"),
                       catalogue_option()}),
                  .examples = {{"a ditch: who is stopped in which season",
                                "abatis measures explain ditch_deepened"},
                               {"as your own catalogue has it",
                                "abatis measures explain reforestation --catalogue my-catalogue"}},
                  .action = run_measures_explain});
  tree.push_back({.path = "measures check",
                  .summary = "Check a catalogue of your own",
                  .description = "Reads a catalogue folder, or some files of one with the built-in "
                                 "copies of the others, and prints every error at once with file, "
                                 "line and column. Nothing is written.",
                  .options = with_output_modes({{.name = "PATH",
                                                 .kind = ValueKind::file,
                                                 .placeholder = "PATH",
                                                 .help = "catalogue folder, or files named as in "
                                                         "data/catalogue",
                                                 .required = true,
                                                 .positional = true,
                                                 .many = true}}),
                  .examples = {{"a folder", "abatis measure check my-catalogue"},
                               {"measures alone", "abatis measure check mine/measures.toml"}},
                  .action = run_measures_check});
}

void add_data(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "data", .summary = "Make or fetch a data folder"});
  tree.push_back(
      {.path = "data build",
       .summary = "Build the embedded scenario's data folder",
       .description = "Makes the data folder of the embedded scenario from Debian and "
                      "npm packages alone. Real borders, water and settlements; "
                      "schematic main roads; the rest synthetic, with a fixed seed.",
       .options = with_output_modes({value("recipe", ValueKind::file, "FILE",
                                           "what to build (default data/gather/suwalki.toml)"),
                                     output(ValueKind::folder, "DIR", "folder to write", true),
                                     value("packages", ValueKind::folder, "DIR",
                                           "node_modules folder of the npm packages (default "
                                           "data/gather/node_modules)"),
                                     threads()}),
       .examples = {{"the folder the embedded scenario reads",
                     "abatis data build -o build/data/suwalki"}},
       .action = run_data_build});
  tree.push_back(
      {.path = "data fetch",
       .summary = "Fetch a data folder from public sources",
       .description =
           "Downloads relief, land cover, roads and soil for a region. "
           "A download that broke off goes on where it stopped; checksums and attribution are "
           "written beside it.",
       .options = with_output_modes(
           {value("sources", ValueKind::file, "FILE",
                  "list of sources (default data/gather/sources.toml)"),
            output(ValueKind::folder, "DIR", "data folder to fill", true),
            value("bounds", ValueKind::text, "W,S,E,N", "region in degrees, e.g. 22,53.5,25,55",
                  true),
            value("only", ValueKind::text, "ID", "only this source of the list"),
            {.name = "replace-changed", .help = "fetch again what is no longer as it was fetched"},
            value("base-url", ValueKind::text, "URL", "take everything from this mirror instead")}),
       .examples = {{"relief and land cover around the Gap",
                     "abatis data fetch --bounds 22,53.5,24.6,54.8 -o my-data"}},
       .action = run_data_fetch});
}

void add_words(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "completion",
                  .summary = "Print a completion script for a shell",
                  .description = "Made from the same table as the commands themselves.",
                  .options = {{.name = "SHELL",
                               .kind = ValueKind::text,
                               .placeholder = "SHELL",
                               .help = "bash or zsh",
                               .choices = {"bash", "zsh"},
                               .required = true,
                               .positional = true}},
                  .examples = {{"for this shell only", "source <(abatis completion bash)"}},
                  .action = run_completion});
  tree.push_back({.path = "man",
                  .summary = "Print the manual page (roff)",
                  .description = "Made from the same table as the commands themselves.",
                  .options = {},
                  .examples = {{"read it", "abatis man | man -l -"}},
                  .action = run_man});
}

}  // namespace abatis::cli
