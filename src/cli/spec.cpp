#include "spec.hpp"

#include "actions.hpp"

namespace abatis::cli {
namespace {

using Options = std::vector<OptionSpec>;

OptionSpec scenario_file() {
  return {.name = "SCENARIO",
          .kind = ValueKind::file,
          .placeholder = "FILE",
          .help = "scenario file (TOML)",
          .required = true,
          .positional = true};
}
OptionSpec data_folder() {
  return {.name = "data",
          .letter = 'd',
          .kind = ValueKind::folder,
          .placeholder = "DIR",
          .help = "data folder; else ABATIS_DATA, else the scenario's own `data` key"};
}
OptionSpec threads() {
  return {.name = "threads",
          .letter = 'j',
          .kind = ValueKind::integer,
          .placeholder = "N",
          .help = "threads, 0 = all cores; the result is the same on any number"};
}

OptionSpec gap(const char* otherwise) {
  return {.name = "gap",
          .kind = ValueKind::text,
          .placeholder = "SHARE",
          .help = std::string("stop at this proven gap, e.g. 2% or 0.02; default: ") + otherwise};
}
OptionSpec search_time(const char* otherwise) {
  return {.name = "time",
          .kind = ValueKind::number,
          .placeholder = "SECONDS",
          .help = std::string("stop the search after this time and say so; default: ") + otherwise};
}

Options with_output_modes(Options options) {
  options.push_back({.name = "quiet", .letter = 'q', .help = "say nothing but errors"});
  options.push_back({.name = "json", .help = "events as JSON lines on standard output"});
  return options;
}

Options stage_options() {
  return with_output_modes({
      scenario_file(),
      {.name = "output",
       .letter = 'o',
       .kind = ValueKind::folder,
       .placeholder = "DIR",
       .help = "output folder; created when missing",
       .required = true},
      data_folder(),
      threads(),
      {.name = "combine",
       .kind = ValueKind::text,
       .placeholder = "RULE",
       .help = "how mobility factors combine: all of them (FM 5-33) or only the worst",
       .choices = {"product", "minimum"}},
      {.name = "memory",
       .kind = ValueKind::size,
       .placeholder = "SIZE",
       .help = "refuse a run estimated above this, e.g. 4GiB; default: what is free"},
      {.name = "fresh", .help = "build every stage again, whatever is kept from earlier runs"},
  });
}

// Of a command that reads what a run kept.
Options civil_options() {
  Options options = stage_options();
  std::erase_if(options, [](const OptionSpec& option) { return option.name == "fresh"; });
  for (OptionSpec& option : options) {
    if (option.name == "output") option.help = "folder of the plan, as abatis plan wrote it";
  }
  return options;
}

Options plan_options() {
  Options options = stage_options();
  options.push_back(gap("the scenario's"));
  options.push_back(search_time("the scenario's"));
  options.back().alias = "time-limit";
  options.push_back({.name = "seed",
                     .kind = ValueKind::text,
                     .placeholder = "N",
                     .help = "seed of the search for a plan, from 0; another than the kept plan's "
                             "plans anew; default: the kept plan's, or 0"});
  return options;
}

Options corridor_options() {
  Options options = stage_options();
  const auto add = [&](const char* name, ValueKind kind, const char* placeholder,
                       const char* help) {
    options.push_back({.name = name, .kind = kind, .placeholder = placeholder, .help = help});
  };
  add("slack", ValueKind::text, "SHARE", "how much longer than the least time; default 10%");
  add("routes", ValueKind::integer, "K", "dissimilar routes of each case, at most; default 3");
  add("apart", ValueKind::number, "METRES", "routes nearer than this are the same; default 1500");
  add("overlap", ValueKind::text, "SHARE", "of a route's time near earlier ones; default 50%");
  add("axis", ValueKind::text, "ID", "only this axis of the scenario");
  add("mover", ValueKind::text, "ID", "only this mover");
  add("season", ValueKind::text, "ID", "only this season");
  return options;
}

constexpr const char* kSuwalki = "data/scenarios/suwalki/scenario.toml -o out/suwalki";

Options gap_options() {
  Options options = stage_options();
  options.push_back({.name = "plan",
                     .kind = ValueKind::folder,
                     .placeholder = "DIR",
                     .help = "also under the plan of this run, year by year"});
  return options;
}

Options interdict_options() {
  return with_output_modes({{.name = "FILE",
                             .kind = ValueKind::file,
                             .placeholder = "FILE",
                             .help = "instance (text; docs/reference/interdict.md)",
                             .required = true,
                             .positional = true},
                            threads(),
                            search_time("no limit"),
                            gap("0"),
                            {.name = "output",
                             .letter = 'o',
                             .kind = ValueKind::file,
                             .placeholder = "PATH",
                             .help = "write the plan: a line `arc year` for each purchase"}});
}

CommandSpec cover_command() {
  Options options = {
      {.name = "demand",
       .kind = ValueKind::file,
       .placeholder = "FILE",
       .help = "CSV of points: columns x, y and weight (default 1)",
       .required = true},
      {.name = "sites",
       .kind = ValueKind::file,
       .placeholder = "FILE",
       .help = "CSV of sites: columns x, y and cost (default 1); fixed = 1: stands already; "
               "radius: its own",
       .required = true},
      {.name = "radius",
       .kind = ValueKind::text,
       .placeholder = "R",
       .help = "a point is covered by sites at most so far away, in the unit of the coordinates",
       .required = true},
      {.name = "choose",
       .kind = ValueKind::integer,
       .placeholder = "P",
       .help = "choose at most so many new sites"},
      {.name = "budget",
       .kind = ValueKind::text,
       .placeholder = "B",
       .help = "or: new sites that cost at most so much together"},
      {.name = "backup",
       .kind = ValueKind::integer,
       .placeholder = "K",
       .help = "count a point once K sites cover it (default 1)"},
      {.name = "backup-share",
       .kind = ValueKind::text,
       .placeholder = "SHARE",
       .help = "this share of a weight counts at K sites, the rest at one (default 100%)"},
      threads(),
      search_time("no limit"),
      gap("0"),
      {.name = "seed",
       .kind = ValueKind::text,
       .placeholder = "N",
       .help = "seed of the search for good choices, from 0; default 0"},
      {.name = "output",
       .letter = 'o',
       .kind = ValueKind::file,
       .placeholder = "PATH",
       .help = "write the sites as CSV: row,x,y,cost,state"}};
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

CommandSpec stage(std::string name, std::string summary, std::string description,
                  int (*action)(const Arguments&, Console&)) {
  const std::string command = "abatis " + name + " " + kSuwalki;
  Options options = name == "plan" || name == "tradeoffs" || name == "run" || name == "report"
                        ? plan_options()
                        : stage_options();
  return {.path = std::move(name),
          .summary = std::move(summary),
          .description = std::move(description),
          .options = std::move(options),
          .examples = {{"on the embedded scenario", command}},
          .action = action};
}

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
      {.name = "friction",
       .kind = ValueKind::file,
       .placeholder = "FILE",
       .help = "raster of friction instead of a scenario"},
      {.name = "friction-unit",
       .kind = ValueKind::text,
       .placeholder = "UNIT",
       .help = "what it counts (default s-per-cell)",
       .choices = {"s-per-cell", "s-per-metre"}},
      {.name = "from",
       .kind = ValueKind::text,
       .placeholder = "X,Y|FILE",
       .help = "sources: x,y;x,y in the raster's CRS, or a raster (neither nodata nor 0)"},
      {.name = "to",
       .kind = ValueKind::text,
       .placeholder = "X,Y",
       .help = "say the time to these points, or why they are not reached"},
      {.name = "neighbours",
       .kind = ValueKind::text,
       .placeholder = "N",
       .help = "moves from a cell (default 8)",
       .choices = {"8", "16", "32"}},
      {.name = "bound",
       .kind = ValueKind::number,
       .placeholder = "SECONDS",
       .help = "leave unreached what is further"},
      {.name = "elevation",
       .kind = ValueKind::file,
       .placeholder = "FILE",
       .help = "heights (m) of the same cells: signed slopes change the time of a move"},
      {.name = "pace",
       .kind = ValueKind::text,
       .placeholder = "TABLE",
       .help = "CSV of slope,pace, or tobler (default): what a slope does to time"}};
  travel.options.insert(travel.options.end(), own.begin(), own.end());
  travel.examples.push_back({"over a raster of your own, from one point",
                             "abatis travel --friction friction.tif --from 500000,6000000 -o "
                             "time.tif"});
  return travel;
}

OptionSpec catalogue_option() {
  return {.name = "catalogue",
          .kind = ValueKind::folder,
          .placeholder = "DIR",
          .help = "a catalogue folder of your own; default: the one built in"};
}

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
                  .options = with_output_modes({{.name = "ID",
                                                 .kind = ValueKind::text,
                                                 .placeholder = "ID",
                                                 .help = "id of the measure, see abatis measures",
                                                 .required = true,
                                                 .positional = true},
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

Options viewshed_options() {
  Options options;
  const auto add = [&](const char* name, ValueKind kind, const char* placeholder,
                       const char* help) {
    options.push_back({.name = name, .kind = kind, .placeholder = placeholder, .help = help});
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
  options.push_back({.name = "output",
                     .letter = 'o',
                     .kind = ValueKind::file,
                     .placeholder = "FILE",
                     .help = "raster to write (GeoTIFF)",
                     .required = true});
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

CommandSpec plan_command() {
  CommandSpec plan = stage(
      "plan", "Choose what to build when, with a proven gap",
      "Runs up to the plan and writes DIR/plan.json and DIR/plan.gpkg. On the way one line says "
      "the best plan found, the bound that no plan exceeds, the gap between them and the time.\n\n"
      "Ctrl-C stops with the best plan so far written and marked. The same command then goes on "
      "from the plan kept in DIR, as it does after a limit of time or nodes. A plan that ended "
      "within its gap is planned again only for a smaller gap, another seed or with --fresh.",
      run_plan);
  plan.examples.push_back(
      {"a minute more, to a gap of 1 %",
       std::string("abatis plan ") + kSuwalki + " \\\n      --time 60 --gap 1%"});
  return plan;
}

CommandSpec explain_command() {
  return {
      .path = "explain",
      .summary = "Say why a site is in a plan, or out of it",
      .description =
          "Of a site that is in: what was bought when, what it costs, what the plan loses without "
          "it, which cases would then take their way through it, and by which ways. Of one that is "
          "out: what each of its options would add for nothing, what it costs, which rules stand "
          "against it, its reduced cost, and whether it could be decided for. Effects are exact, "
          "by shortest paths on the planning network.\n\n"
          "PLAN is a folder that `abatis plan` or `abatis run` wrote, or its plan.json; the kept "
          "stages beside it are read, nothing is written.",
      .options = with_output_modes({{.name = "PLAN",
                                     .kind = ValueKind::file,
                                     .placeholder = "PLAN",
                                     .help = "output folder, or its plan.json",
                                     .required = true,
                                     .positional = true},
                                    {.name = "SITE",
                                     .kind = ValueKind::text,
                                     .placeholder = "SITE",
                                     .help = "id of a site, as in plan.json or plan.gpkg",
                                     .required = true,
                                     .positional = true},
                                    {.name = "scenario",
                                     .kind = ValueKind::file,
                                     .placeholder = "FILE",
                                     .help = "scenario of the plan; default: where it was then"},
                                    data_folder(),
                                    threads()}),
      .examples = {{"a belt segment of the embedded scenario",
                    "abatis explain out/suwalki E1-B1-015"},
                   {"the same as JSON", "abatis explain out/suwalki/plan.json E1-B1-015 --json"}},
      .action = run_explain};
}

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
      .options = with_output_modes({{.name = "PLAN",
                                     .kind = ValueKind::file,
                                     .placeholder = "PLAN",
                                     .help = "output folder, its plan.json, or a scenario file",
                                     .required = true,
                                     .positional = true},
                                    {.name = "output",
                                     .letter = 'o',
                                     .kind = ValueKind::folder,
                                     .placeholder = "DIR",
                                     .help = "folder of a scenario's run; default: out/ID"},
                                    {.name = "on",
                                     .kind = ValueKind::text,
                                     .placeholder = "DATE",
                                     .help = "as if every action were on this day: 2025-12-28"},
                                    {.name = "law",
                                     .kind = ValueKind::folder,
                                     .placeholder = "DIR",
                                     .help = "a folder of law of your own; default: built in"},
                                    {.name = "own",
                                     .kind = ValueKind::file,
                                     .placeholder = "FILE",
                                     .help = "claims, conflicts, devices that add to it; default: "
                                             "law.toml beside the scenario"},
                                    {.name = "public", .help = "without sites, places and stock"},
                                    data_folder()}),
      .examples = {{"the day before Lithuania left the Ottawa Convention",
                    "abatis law out/suwalki --on 2025-12-26"},
                   {"the same plan, a day after, with claims of your own",
                    "abatis law out/suwalki --on 2025-12-28 --own claims.toml"}},
      .action = run_law};
}

OptionSpec records_file() {
  return {.name = "FILE",
          .kind = ValueKind::file,
          .placeholder = "FILE",
          .help = "records.jsonl that `abatis records init` wrote",
          .required = true,
          .positional = true};
}

void add_records(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "records", .summary = "Records of mined zones that show any change"});
  tree.push_back(
      {.path = "records init",
       .summary = "Begin the records of a plan's mined zones",
       .description = "Writes a line for every mined zone that the kept plan buys: reference "
                      "points, perimeter, extent, type class, number as planned stock, marking, "
                      "life time. Zones only, never single devices. Each line carries the hash of "
                      "the one before. An existing file is left alone.",
       .options = with_output_modes({{.name = "PLAN",
                                      .kind = ValueKind::file,
                                      .placeholder = "PLAN",
                                      .help = "output folder, or its plan.json",
                                      .required = true,
                                      .positional = true},
                                     {.name = "output",
                                      .letter = 'o',
                                      .kind = ValueKind::file,
                                      .placeholder = "FILE",
                                      .help = "file to write; default: PLAN/records/records.jsonl"},
                                     {.name = "by",
                                      .kind = ValueKind::text,
                                      .placeholder = "WHO",
                                      .help = "who begins them",
                                      .required = true},
                                     {.name = "on",
                                      .kind = ValueKind::text,
                                      .placeholder = "DATE",
                                      .help = "the day: 2026-01-15",
                                      .required = true},
                                     data_folder()}),
       .examples = {{"of the embedded scenario's plan",
                     "abatis records init out/suwalki --by \"engineer staff\" --on 2026-01-15"}},
       .action = run_records_init});
  tree.push_back(
      {.path = "records append",
       .summary = "Add what happened to a zone",
       .description = "planned, stored, emplaced, cleared, released: in this order, and not before "
                      "the zone's last event. Nothing that stands in the file is changed.",
       .options = with_output_modes({records_file(),
                                     {.name = "zone",
                                      .kind = ValueKind::text,
                                      .placeholder = "ID",
                                      .help = "as in the file",
                                      .required = true},
                                     {.name = "event",
                                      .kind = ValueKind::text,
                                      .placeholder = "EVENT",
                                      .help = "what happened",
                                      .choices = {"stored", "emplaced", "cleared", "released"},
                                      .required = true},
                                     {.name = "by",
                                      .kind = ValueKind::text,
                                      .placeholder = "WHO",
                                      .help = "who says so",
                                      .required = true},
                                     {.name = "on",
                                      .kind = ValueKind::text,
                                      .placeholder = "DATE",
                                      .help = "the day it happened",
                                      .required = true},
                                     {.name = "number",
                                      .kind = ValueKind::integer,
                                      .placeholder = "N",
                                      .help = "how many devices, counted"},
                                     {.name = "note",
                                      .kind = ValueKind::text,
                                      .placeholder = "TEXT",
                                      .help = "anything else"}}),
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
       .options = with_output_modes({records_file(),
                                     {.name = "head",
                                      .kind = ValueKind::text,
                                      .placeholder = "HASH",
                                      .help = "last hash as noted elsewhere"}}),
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
                                     {.name = "output",
                                      .letter = 'o',
                                      .kind = ValueKind::folder,
                                      .placeholder = "DIR",
                                      .help = "folder to write",
                                      .required = true},
                                     {.name = "public", .help = "the public edition"}}),
       .examples = {{"restricted, for the force",
                     "abatis records export out/suwalki/records/records.jsonl -o export"},
                    {"for everybody",
                     "abatis records export out/suwalki/records/records.jsonl -o open --public"}},
       .action = run_records_export});
}

std::vector<CommandSpec> make_tree() {
  std::vector<CommandSpec> tree;
  tree.push_back({.path = "init",
                  .summary = "Write a commented starter scenario",
                  .description = "Writes a scenario file that `abatis check` accepts, with every "
                                 "key explained. An existing file is left alone.",
                  .options = with_output_modes({{.name = "FILE",
                                                 .kind = ValueKind::file,
                                                 .placeholder = "FILE",
                                                 .help = "file to write",
                                                 .required = true,
                                                 .positional = true}}),
                  .examples = {{"start a scenario of your own",
                                "abatis init data/scenarios/mine/scenario.toml"}},
                  .action = run_init});
  tree.push_back({.path = "check",
                  .summary = "Check a scenario and estimate memory and time",
                  .description = "Reads the scenario, its catalogues and the names of its layers, "
                                 "and prints every error at once with file, line and column. "
                                 "Nothing is written.",
                  .options = with_output_modes({scenario_file(), data_folder(), threads()}),
                  .examples = {{"check the embedded scenario",
                                "abatis check data/scenarios/suwalki/scenario.toml"}},
                  .action = run_check});
  auto whole = stage("run", "Run all stages and write the plan and its report",
                     "Runs terrain, mobility, travel, sites, network, plan and report in this "
                     "order. Each stage is kept in DIR/.stages under the hash of what went into "
                     "it: a second run is instant, an interrupted one goes on. Ctrl-C keeps the "
                     "best plan found so far.",
                     run_all);
  whole.examples.push_back({"the real data around the Gap, from a data folder",
                            "abatis run data/scenarios/suwalki-real/scenario.toml \\\n"
                            "      --data ../shared/data -o out/suwalki-real"});
  whole.examples.push_back(
      {"for a script: events as JSON lines",
       "abatis run data/scenarios/suwalki/scenario.toml -o out/suwalki --json"});
  tree.push_back(std::move(whole));
  tree.push_back(stage("terrain", "Read the layers onto the grid",
                       "Reads every layer of the scenario onto its grid and writes the layer "
                       "stack as rasters to DIR/terrain.",
                       run_terrain));
  tree.push_back(stage("mobility", "Work out where movers can go, and how fast",
                       "Writes a speed raster for each mover and season to DIR/mobility.",
                       run_mobility));
  tree.push_back(travel_command());
  tree.push_back(viewshed_command());
  tree.push_back(
      {.path = "corridors",
       .summary = "Corridors, choke points and routes from the border",
       .description = "From each entry stretch to its objective, with nothing built: the ground of "
                      "ways within a slack of the least time, its width and choke points, mobility "
                      "corridors and avenues of approach by unit frontage, and dissimilar routes. "
                      "Writes DIR/corridors: corridors.gpkg, corridors.json, rasters, tables and a "
                      "map of each case.",
       .options = corridor_options(),
       .examples = {{"on the embedded scenario", std::string("abatis corridors ") + kSuwalki},
                    {"one mover in winter, five routes within 20 %",
                     std::string("abatis corridors ") + kSuwalki +
                         " \\\n    --mover heavy_tracked --season frozen --slack 20% --routes 5"}},
       .action = run_corridors});
  tree.push_back(stage("sites", "Find where the measures could stand",
                       "Writes the candidate sites with their costs and delays to DIR/sites.",
                       run_sites));
  tree.push_back(stage("network", "Reduce the grid to the portal network",
                       "Writes size and measured error of the network to DIR/network.",
                       run_network));
  tree.push_back(plan_command());
  tree.push_back(stage(
      "tradeoffs", "What the rules cost, and what more would buy",
      "Plans for more and less money, for less harm, without each earmark and with a free split, "
      "and under other figures, each with its proven bound; the plan first, when it is not kept. "
      "Levels and limits of effort: [tradeoffs] of the scenario. Writes them into DIR/plan.json "
      "and DIR/tables; `abatis report` draws them.",
      run_tradeoffs));
  tree.push_back(explain_command());
  tree.push_back(law_command());
  add_records(tree);
  tree.push_back(
      {.path = "civil",
       .summary = "What a plan does to those who live there",
       .description =
           "Of the plan that `abatis plan` or `abatis run` left in DIR: land taken by use and its "
           "yearly margin, people near each kind of site and near mined zones, person-years until "
           "clearance, its cost as a distribution and its years, inspections due, ways to clinic, "
           "school, shelter and crossing with and without the obstacles, whole-life cost. By "
           "purchase, by municipality and by year, each figure by itself. Writes into DIR: "
           "civil.json, tables/civil_*.csv, and leaves/ with a page for each place.",
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
       .options = gap_options(),
       .examples = {{"the embedded scenario, nothing built",
                     "abatis gap data/scenarios/suwalki/scenario.toml -o out/suwalki"},
                    {"and under the plan of a run",
                     "abatis gap data/scenarios/suwalki/scenario.toml -o out/gap --plan "
                     "out/suwalki"}},
       .action = run_gap_report});
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
  tree.push_back(stage("report", "Write the report and all products",
                       "The same as `abatis run`: every stage that is not kept is run first.",
                       run_all));
  add_measures(tree);
  tree.push_back({.path = "data", .summary = "Make or fetch a data folder"});
  tree.push_back(
      {.path = "data build",
       .summary = "Build the embedded scenario's data folder",
       .description = "Makes the data folder of the embedded scenario from Debian and "
                      "npm packages alone. Real borders, water and settlements; "
                      "schematic main roads; the rest synthetic, with a fixed seed.",
       .options = with_output_modes({{.name = "recipe",
                                      .kind = ValueKind::file,
                                      .placeholder = "FILE",
                                      .help = "what to build (default data/gather/suwalki.toml)"},
                                     {.name = "output",
                                      .letter = 'o',
                                      .kind = ValueKind::folder,
                                      .placeholder = "DIR",
                                      .help = "folder to write",
                                      .required = true},
                                     {.name = "packages",
                                      .kind = ValueKind::folder,
                                      .placeholder = "DIR",
                                      .help = "node_modules folder of the npm packages (default "
                                              "data/gather/node_modules)"},
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
           {{.name = "sources",
             .kind = ValueKind::file,
             .placeholder = "FILE",
             .help = "list of sources (default data/gather/sources.toml)"},
            {.name = "output",
             .letter = 'o',
             .kind = ValueKind::folder,
             .placeholder = "DIR",
             .help = "data folder to fill",
             .required = true},
            {.name = "bounds",
             .kind = ValueKind::text,
             .placeholder = "W,S,E,N",
             .help = "region in degrees, e.g. 22,53.5,25,55",
             .required = true},
            {.name = "only",
             .kind = ValueKind::text,
             .placeholder = "ID",
             .help = "only this source of the list"},
            {.name = "replace-changed", .help = "fetch again what is no longer as it was fetched"},
            {.name = "base-url",
             .kind = ValueKind::text,
             .placeholder = "URL",
             .help = "take everything from this mirror instead"}}),
       .examples = {{"relief and land cover around the Gap",
                     "abatis data fetch --bounds 22,53.5,24.6,54.8 -o my-data"}},
       .action = run_data_fetch});
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
  return tree;
}

}  // namespace

const std::vector<CommandSpec>& command_tree() {
  static const std::vector<CommandSpec> tree = make_tree();
  return tree;
}

const CommandSpec* find_command(std::string_view path) {
  for (const auto& spec : command_tree()) {
    if (spec.path == path) return &spec;
  }
  return nullptr;
}

}  // namespace abatis::cli
