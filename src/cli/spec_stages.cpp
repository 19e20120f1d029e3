// The stages of a scenario, from the starter file to the report.

#include "actions.hpp"
#include "spec_parts.hpp"

namespace abatis::cli {
namespace {

Options corridor_options() {
  Options options = stage_options();
  const auto add = [&](const char* name, ValueKind kind, const char* placeholder,
                       const char* help) {
    options.push_back(value(name, kind, placeholder, help));
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
      .options = with_output_modes(
          {given("PLAN", ValueKind::file, "output folder, or its plan.json"),
           given("SITE", ValueKind::text, "id of a site, as in plan.json or plan.gpkg"),
           value("scenario", ValueKind::file, "FILE",
                 "scenario of the plan; default: where it was then"),
           data_folder(), threads()}),
      .examples = {{"a belt segment of the embedded scenario",
                    "abatis explain out/suwalki E1-B1-015"},
                   {"the same as JSON", "abatis explain out/suwalki/plan.json E1-B1-015 --json"}},
      .action = run_explain};
}

}  // namespace

void add_first_stages(std::vector<CommandSpec>& tree) {
  tree.push_back({.path = "init",
                  .summary = "Write a commented starter scenario",
                  .description = "Writes a scenario file that `abatis check` accepts, with every "
                                 "key explained. An existing file is left alone.",
                  .options = with_output_modes({given("FILE", ValueKind::file, "file to write")}),
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
}

void add_corridors(std::vector<CommandSpec>& tree) {
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
}

void add_planning(std::vector<CommandSpec>& tree) {
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
}

void add_report(std::vector<CommandSpec>& tree) {
  tree.push_back(stage("report", "Write the report and all products",
                       "The same as `abatis run`: every stage that is not kept is run first.",
                       run_all));
}

}  // namespace abatis::cli
