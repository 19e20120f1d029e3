// What is asked of a plan: law, records, harm to civilians, the land bridge, screening; and of
// finished runs: what everybody may see, and how two differ.

#include "actions.hpp"
#include "spec_parts.hpp"

namespace abatis::cli {
namespace {

CommandSpec law_command() {
  return {
      .path = "law",
      .summary = "Hold a plan against the law, by date",
      .description =
          "Checks every action of a kept plan on its date against treaties and Union law as dated "
          "data: in force or not, recorded, marked, cleared, assessed; and against what "
          "humanitarian organisations ask for. Each finding is met, not met, not applicable or not "
          "claimed, with article, evidence and what would mend it. A plan that names what a treaty "
          "in force forbids is refused with the article. No legal advice.\n\n"
          "PLAN is a folder that `abatis plan` or `abatis run` wrote, its plan.json, or a "
          "scenario. "
          "Writes law.json and tables/law.csv there.",
      .options = with_output_modes(
          {given("PLAN", ValueKind::file, "output folder, its plan.json, or a scenario file"),
           output(ValueKind::folder, "DIR", "folder of a scenario's run; default: out/ID"),
           value("on", ValueKind::text, "DATE", "as if every action were on this day: 2025-12-28"),
           value("law", ValueKind::folder, "DIR", "a folder of law of your own; default: built in"),
           value("own", ValueKind::file, "FILE",
                 "claims, conflicts, devices that add to it; default: "
                 "law.toml beside the scenario"),
           {.name = "public", .help = "without sites, places and stock"},
           data_folder()}),
      .examples = {{"the day before Lithuania left the Ottawa Convention",
                    "abatis law out/suwalki --on 2025-12-26"},
                   {"the same plan, a day after, with claims of your own",
                    "abatis law out/suwalki --on 2025-12-28 --own claims.toml"}},
      .action = run_law};
}

OptionSpec records_file() {
  return given("FILE", ValueKind::file, "records.jsonl that `abatis records init` wrote");
}

void add_records(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "records", .summary = "Records of mined zones that show any change"});
  tree.push_back(
      {.path = "records init",
       .summary = "Begin or extend the records of mined zones",
       .description = "Writes a line for every mined zone that the kept plan buys: reference "
                      "points, perimeter, extent, type class, number as planned stock, marking, "
                      "life time. Zones only, never single devices. Each line carries the hash of "
                      "the one before. An existing file is left alone, or with --add grows by "
                      "what the plan has since.",
       .options = with_output_modes(
           {given("PLAN", ValueKind::file, "output folder, or its plan.json"),
            output(ValueKind::file, "FILE", "file to write; default: PLAN/records/records.jsonl"),
            {.name = "add", .help = "add to records that exist what the plan has since"},
            value("by", ValueKind::text, "WHO", "who writes them", true),
            value("on", ValueKind::text, "DATE", "the day: 2026-01-15", true),
            data_folder()}),
       .examples = {{"of the embedded scenario's plan",
                     "abatis records init out/suwalki --by \"engineer staff\" --on 2026-01-15"}},
       .action = run_records_init});
  tree.push_back(
      {.path = "records append",
       .summary = "Add what happened to a zone",
       .description = "planned, stored, emplaced, cleared, released: in this order, and not before "
                      "the zone's last event. Nothing that stands in the file is changed.",
       .options =
           with_output_modes({records_file(),
                              value("zone", ValueKind::text, "ID", "as in the file", true),
                              {.name = "event",
                               .kind = ValueKind::text,
                               .placeholder = "EVENT",
                               .help = "what happened",
                               .choices = {"stored", "emplaced", "cleared", "released"},
                               .required = true},
                              value("by", ValueKind::text, "WHO", "who says so", true),
                              value("on", ValueKind::text, "DATE", "the day it happened", true),
                              value("number", ValueKind::integer, "N", "how many devices, counted"),
                              value("note", ValueKind::text, "TEXT", "anything else")}),
       .examples = {{"stock has come",
                     "abatis records append out/suwalki/records/records.jsonl \\\n"
                     "      --zone MZ-E1-B1-015 --event stored --by depot --on 2028-03-01"}},
       .action = run_records_append});
  tree.push_back(
      {.path = "records verify",
       .summary = "Prove that no record was changed",
       .description = "Follows the chain of hashes and names the first line that was changed, "
                      "moved, added or taken out. Lines cut off at the end show only against the "
                      "last hash noted elsewhere: --head.",
       .options = with_output_modes({records_file(), value("head", ValueKind::text, "HASH",
                                                           "last hash as noted elsewhere")}),
       .examples = {{"a file", "abatis records verify out/suwalki/records/records.jsonl"}},
       .action = run_records_verify});
  tree.push_back(
      {.path = "records export",
       .summary = "GeoPackage, GeoJSON, CSV, KML and NVG of the zones",
       .description =
           "The zones as they stand: for QGIS, with fields mapped for IMSMA Core, and "
           "as overlays with APP-6 symbols. --public grows outlines to squares of 500 m and "
           "names neither number nor site.",
       .options = with_output_modes({records_file(),
                                     output(ValueKind::folder, "DIR", "folder to write", true),
                                     {.name = "public", .help = "the public edition"}}),
       .examples = {{"restricted, for the force",
                     "abatis records export out/suwalki/records/records.jsonl -o export"},
                    {"for everybody",
                     "abatis records export out/suwalki/records/records.jsonl -o open --public"}},
       .action = run_records_export});
}

// Of a command that reads what a run kept.
Options civil_options() {
  Options options = stage_options();
  std::erase_if(options, [](const OptionSpec& option) {
    return option.name == "fresh" || option.name == "combine" || option.name == "memory";
  });
  for (OptionSpec& option : options) {
    if (option.name == "output") option.help = "folder of the plan, as abatis plan wrote it";
  }
  return options;
}

void add_finished(std::vector<CommandSpec>& tree) {
  tree.push_back(
      {.path = "publish",
       .summary = "The public edition of a finished run",
       .description =
           "Writes DIR from the folder that `abatis run` left: a page, a leaf for each place, "
           "ledger, money and law as totals, zones and rasters in cells of 500 m. What may leave "
           "is named field by field, all else stays inside: no site, nothing finer than 500 m, "
           "nothing of what is stored, where, and how soon it stands. Every file says so. DIR must "
           "be new or empty.",
       .options = with_output_modes({given("RUN", ValueKind::folder, "folder of a finished run"),
                                     output(ValueKind::folder, "DIR", "folder to write", true)}),
       .examples = {{"the embedded scenario", "abatis publish out/suwalki -o out/suwalki-public"}},
       .action = run_publish});
  tree.push_back(
      {.path = "compare",
       .summary = "Two finished runs side by side",
       .description =
           "Of two runs of one region: proof, money by class and year, every metric of the ledger "
           "for the whole and for each municipality, and what one buys and the other does not. "
           "Prints what differs; with -o writes all of it as compare.json and compare.csv. "
           "Nothing is set off against anything.",
       .options = with_output_modes(
           {given("A", ValueKind::folder, "folder of a finished run"),
            given("B", ValueKind::folder, "folder of another"),
            output(ValueKind::folder, "DIR", "folder for compare.json and compare.csv")}),
       .examples = {{"before and after a change of the scenario",
                     "abatis compare out/before out/after -o out/compared"}},
       .action = run_compare});
}

Options with_plan_options() {
  Options options = stage_options();
  options.push_back(
      value("plan", ValueKind::folder, "DIR", "also under the plan of this run, year by year"));
  return options;
}

}  // namespace

void add_readers(std::vector<CommandSpec>& tree) {
  tree.push_back(law_command());
  add_records(tree);
  tree.push_back(
      {.path = "civil",
       .summary = "What a plan does to those who live there",
       .description =
           "Of the plan that `abatis plan` or `abatis run` left in DIR: land taken by use and its "
           "yearly margin, people near each kind of site and near mined zones, person-years until "
           "clearance, its cost as a distribution and its years, inspections due, ways to clinic, "
           "school, shelter and crossing with and without the obstacles, whole-life cost; how soon "
           "the border zone is left by road, and which orders to close a road must wait for whom. "
           "By "
           "purchase, by municipality and by year, each figure by itself. Writes into DIR: "
           "civil.json, evacuation.gpkg, tables/civil_*.csv and evacuation*.csv, and leaves/ with "
           "a page for each place.",
       .options = civil_options(),
       .examples = {{"the plan of the embedded scenario",
                     "abatis civil data/scenarios/suwalki/scenario.toml -o out/suwalki"}},
       .action = run_civil_report});
  tree.push_back(
      {.path = "gap",
       .summary = "A land bridge: own ways, and when it closes",
       .description =
           "For each [[gaps]] of the scenario: the narrowest line between the two hostile "
           "states, the own routes by road with their minimum cut, and when movers of both "
           "sides can meet and cut every own way, by entry, mover and season; with --plan "
           "also in each year of a plan. Writes DIR/gap: gap.json, gap.gpkg, gap.csv and "
           "rasters. DIR may be the folder of the run.",
       .options = with_plan_options(),
       .examples = {{"the embedded scenario, nothing built",
                     "abatis gap data/scenarios/suwalki/scenario.toml -o out/suwalki"},
                    {"and under the plan of a run",
                     "abatis gap data/scenarios/suwalki/scenario.toml -o out/gap --plan "
                     "out/suwalki"}},
       .action = run_gap_report});
  tree.push_back(
      {.path = "screen",
       .summary = "Roads seen across the border, and rows of trees",
       .description =
           "For the [screening] of the scenario: which stretches of road near the border are seen "
           "from the far side, from the ground, masts and drones, by km, traffic and people; what "
           "each row of trees would hide by year of growth, in leaf and bare, and by which side; "
           "the rows that hide most within a length or budget, proven; rows in the sight of one's "
           "own sensors or where trees are kept for felling. With --plan the rows are those that "
           "the plan buys. Writes DIR/screen.json, screen.gpkg and tables/screen_*.csv. DIR may "
           "be the folder of the run.",
       .options = with_plan_options(),
       .examples = {{"the embedded scenario, with the rows it chooses",
                     "abatis screen data/scenarios/suwalki/scenario.toml -o out/suwalki"},
                    {"with the rows that a run bought",
                     "abatis screen scenario.toml -o out/screen --plan out/suwalki"}},
       .action = run_screen_report});
  add_finished(tree);
}

}  // namespace abatis::cli
