// The real program, its words and its exit codes. Golden files are in tests/cli/golden; to accept a
// change of wording, run with ABATIS_ACCEPT=1 and read the difference.

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::Ended;
using abatis::testing::kProgram;
using abatis::testing::Program;
using abatis::testing::TinyWorld;

class Cli : public ::testing::Test {
 protected:
  TempFolder own_;
  fs::path folder_ = own_.path();

  Ended abatis(std::vector<std::string> words) const {
    words.insert(words.begin(), kProgram);
    return Program(words, folder_.string()).wait();
  }

  static void expect_golden(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(ABATIS_SOURCE_DIR) / "tests/cli/golden" / name;
    if (std::getenv("ABATIS_ACCEPT") != nullptr) {
      ASSERT_TRUE(write_file(file, text));
      return;
    }
    const auto golden = read_file(file);
    ASSERT_TRUE(golden) << "no golden file " << file;
    EXPECT_EQ(text, *golden) << name;
  }
};

// A terminal of 80 columns shows every line whole.
void expect_narrow(const std::string& page) {
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(Cli, HelpOfTheProgram) {
  const auto ended = abatis({"--help"});
  EXPECT_EQ(ended.code, 0);
  expect_golden("help.txt", ended.out);
}

// Loading GDAL takes a tenth of a second of CPU, which help, completion, interdict and
// cover need not pay.
TEST_F(Cli, StartsWithoutTheLibraryOfMaps) {
  const auto libraries = [&](const std::string& program) {
    const auto ended =
        Program({"/usr/bin/env", "LD_TRACE_LOADED_OBJECTS=1", program}, folder_.string()).wait();
    EXPECT_NE(ended.out.find("libc.so"), std::string::npos) << ended.out << ended.err;
    return ended.out;
  };
  EXPECT_EQ(libraries(kProgram).find("libgdal"), std::string::npos);
  EXPECT_NE(libraries(kProgram + "-rooms").find("libgdal"), std::string::npos);
}

TEST_F(Cli, SaysWhereTheOtherProgramIsMissed) {
  const fs::path alone = folder_ / "abatis";
  fs::copy_file(kProgram, alone);
  const auto ended = Program({alone.string(), "check", "scenario.toml"}, folder_.string()).wait();
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.err.find("abatis-rooms"), std::string::npos) << ended.err;
}

TEST_F(Cli, HelpOfEveryCommandHasARunnableExample) {
  for (const std::string name :
       {"init",      "check",     "run",     "terrain", "mobility",   "travel", "viewshed",
        "corridors", "sites",     "network", "plan",    "explain",    "law",    "gap",
        "screen",    "interdict", "cover",   "report",  "completion", "man"}) {
    const auto ended = abatis({name, "--help"});
    EXPECT_EQ(ended.code, 0) << name;
    EXPECT_NE(ended.out.find("Examples:"), std::string::npos) << name;
    EXPECT_NE(ended.out.find("abatis " + name), std::string::npos) << name;
    EXPECT_NE(ended.out.find("Exit codes:"), std::string::npos) << name;
    expect_narrow(ended.out);
  }
  const std::vector<std::pair<std::string, std::string>> grouped{
      {"data", "build"},       {"data", "fetch"},     {"measures", "list"},
      {"measures", "explain"}, {"measures", "check"}, {"records", "init"},
      {"records", "append"},   {"records", "verify"}, {"records", "export"}};
  for (const auto& [group, name] : grouped) {
    const auto ended = abatis({group, name, "--help"});
    EXPECT_EQ(ended.code, 0) << name;
    EXPECT_NE(ended.out.find("Examples:"), std::string::npos) << name;
    EXPECT_NE(ended.out.find("abatis " + group), std::string::npos) << name;
    expect_narrow(ended.out);
  }
  expect_narrow(abatis({"--help"}).out);
  expect_narrow(abatis({"data", "--help"}).out);
  expect_narrow(abatis({"measures", "--help"}).out);
  expect_narrow(abatis({"records", "--help"}).out);
  expect_golden("help-run.txt", abatis({"run", "--help"}).out);
  expect_golden("help-plan.txt", abatis({"plan", "--help"}).out);
  expect_golden("help-explain.txt", abatis({"explain", "--help"}).out);
}

TEST_F(Cli, BadUsageIsTwo) {
  EXPECT_EQ(abatis({}).code, 2);
  EXPECT_EQ(abatis({"plna"}).code, 2);
  EXPECT_EQ(abatis({"run"}).code, 2);
  EXPECT_EQ(abatis({"run", "x.toml", "-o", "o", "--threads", "many"}).code, 2);
  EXPECT_EQ(abatis({"run", "x.toml", "-o", "o", "--combine", "sum"}).code, 2);
  EXPECT_EQ(abatis({"completion", "fish"}).code, 2);
  const auto missing = abatis({"run", "none.toml", "-o", (folder_ / "o").string()});
  EXPECT_EQ(missing.code, 2);
  EXPECT_NE(missing.err.find("none.toml"), std::string::npos) << missing.err;
  EXPECT_FALSE(fs::exists(folder_ / "o"));
}

TEST_F(Cli, PlanRefusesBadValuesBeforeAnythingIsWritten) {
  const TinyWorld world("cli_plan_bad");
  const std::vector<std::pair<std::string, std::string>> bad{{"--gap", "100%"},
                                                             {"--gap", "-0.1"},
                                                             {"--gap", "two"},
                                                             {"--time", "0"},
                                                             {"--time", "-5"},
                                                             {"--time", "soon"},
                                                             {"--time", "1e300"},
                                                             {"--seed", "-1"},
                                                             {"--seed", "1.5"},
                                                             {"--seed", "x"},
                                                             {"--seed", "9223372036854775808"},
                                                             {"--threads", "-1"}};
  for (const auto& [option, value] : bad) {
    const auto ended =
        abatis({"plan", world.scenario().string(), "-o", world.out().string(), option, value});
    EXPECT_EQ(ended.code, 2) << option << " " << value;
    EXPECT_NE(ended.err.find(option), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(world.out())) << option << " " << value;
  }
  const auto old =
      abatis({"plan", world.scenario().string(), "-o", world.out().string(), "--time-limit=0"});
  EXPECT_EQ(old.code, 2);
  EXPECT_NE(old.err.find("--time"), std::string::npos) << old.err;
}

TEST_F(Cli, PlanLeavesJsonAndMapAndExplainTellsOfASite) {
  const TinyWorld world("cli_plan");
  const std::vector<std::string> words{"plan", world.scenario().string(), "-o",
                                       world.out().string()};
  auto limited = words;
  limited.insert(limited.end(), {"--time-limit", "60", "--gap", "1%", "--seed", "3"});
  const auto first = abatis(limited);
  ASSERT_EQ(first.code, 0) << first.err;
  for (const char* product : {"/plan.json", "/plan.gpkg"}) {
    EXPECT_NE(first.out.find(world.out().string() + product), std::string::npos) << first.out;
  }
  const auto json = nlohmann::json::parse(read_file(world.out() / "plan.json").value());
  EXPECT_EQ(json.at("result").at("search_seed"), 3);
  const auto again = abatis(words);
  EXPECT_EQ(again.code, 0);
  EXPECT_NE(again.out.find("(kept)"), std::string::npos) << again.out;

  const std::string site = json.at("purchases").at(0).at("site");
  const auto told = abatis({"explain", world.out().string(), site});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_TRUE(told.out.starts_with(site + ": ")) << told.out;
  expect_narrow(told.out);
  const auto event = abatis({"explain", world.out().string(), site, "--json"});
  std::istringstream lines(event.out);
  std::string line;
  std::string last;
  while (std::getline(lines, line)) last = line;
  EXPECT_EQ(nlohmann::json::parse(last).at("site"), site);
  const auto unknown = abatis({"explain", world.out().string(), site + "9"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("near it: " + site), std::string::npos) << unknown.err;
}

TEST_F(Cli, CorridorsRefuseBadValuesBeforeAnythingIsWritten) {
  const TinyWorld world("cli_corridors");
  const auto with = [&](const std::string& option, const std::string& value) {
    return abatis(
        {"corridors", world.scenario().string(), "-o", world.out().string(), option, value});
  };
  const std::vector<std::pair<std::string, std::string>> bad{
      {"--slack", "-10%"},     {"--slack", "ten"},    {"--slack", "10 km"}, {"--routes", "0"},
      {"--routes", "many"},    {"--overlap", "100%"}, {"--apart", "-1"},    {"--mover", "tank"},
      {"--season", "monsoon"}, {"--axis", "north"}};
  for (const auto& [option, value] : bad) {
    const auto ended = with(option, value);
    EXPECT_EQ(ended.code, 2) << option << " " << value;
    EXPECT_NE(ended.err.find(option), std::string::npos) << ended.err;
    EXPECT_FALSE(fs::exists(world.out())) << option;
  }
}

TEST_F(Cli, CorridorsSayWhatTheyFound) {
  const TinyWorld world("cli_corridors_run");
  const std::vector<std::string> words{
      "corridors", world.scenario().string(), "-o", world.out().string(), "--slack", "20 %"};
  const auto plain = abatis(words);
  EXPECT_EQ(plain.code, 0) << plain.err;
  EXPECT_EQ(plain.err, "");
  EXPECT_NE(plain.out.find("corridors.gpkg"), std::string::npos);
  auto json = words;
  json.emplace_back("--json");
  const auto events = abatis(json);
  std::istringstream lines(events.out);
  int cases = 0;
  std::string last;
  for (std::string line; std::getline(lines, line); last = line) {
    cases += nlohmann::json::parse(line).at("event") == "case" ? 1 : 0;
  }
  EXPECT_EQ(cases, 2);
  EXPECT_EQ(nlohmann::json::parse(last).at("event"), "done");
}

TEST_F(Cli, ErrorsOfAScenarioAreGolden) {
  const fs::path file = folder_ / "bad.toml";
  ASSERT_TRUE(write_file(file,
                         "[scenario]\nid = \"bad\"\ntitel = \"x\"\nyears = 400\n\n[region]\n"
                         "epsg = 3346\ncell = 100\n"));
  const auto ended = abatis({"check", file.string()});
  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(ended.out.empty());
  std::string words = ended.err;
  for (auto at = words.find(folder_.string()); at != std::string::npos;
       at = words.find(folder_.string())) {
    words.replace(at, folder_.string().size(), "FOLDER");
  }
  expect_golden("errors-scenario.txt", words);
}

TEST_F(Cli, InitWritesWhatCheckAcceptsAndNeverOverwrites) {
  const std::string file = (folder_ / "mine.toml").string();
  EXPECT_EQ(abatis({"init", file}).code, 0);
  const auto text = read_file(file).value();
  const auto again = abatis({"init", file});
  EXPECT_EQ(again.code, 2);
  EXPECT_EQ(read_file(file).value(), text);
}

TEST_F(Cli, CheckSaysWhatARunWillNeed) {
  const TinyWorld world("cli_check");
  const auto ended = abatis({"check", world.scenario().string()});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("120 x 80 cells"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("estimate"), std::string::npos);
  EXPECT_FALSE(fs::exists(world.out())) << "check writes nothing";
}

TEST_F(Cli, RunIsQuietInPipesAndSpeaksJsonWhenAsked) {
  const TinyWorld world("cli_run");
  const std::vector<std::string> run{"run", world.scenario().string(), "-o", world.out().string()};
  const auto plain = abatis(run);
  EXPECT_EQ(plain.code, 0) << plain.err;
  EXPECT_EQ(plain.err, "") << "progress is for terminals only";
  EXPECT_NE(plain.out.find("report.html"), std::string::npos);

  auto quiet = run;
  quiet.emplace_back("--quiet");
  const auto silent = abatis(quiet);
  EXPECT_EQ(silent.code, 0);
  EXPECT_EQ(silent.out + silent.err, "");

  auto json = run;
  json.emplace_back("--json");
  const auto events = abatis(json);
  EXPECT_EQ(events.code, 0);
  std::istringstream lines(events.out);
  std::string last;
  int stages = 0;
  for (std::string line; std::getline(lines, line); last = line) {
    const auto event = nlohmann::json::parse(line);
    if (event.at("event") == "stage") ++stages;
  }
  EXPECT_EQ(stages, 7);
  EXPECT_EQ(nlohmann::json::parse(last).at("event"), "done");
}

TEST_F(Cli, InfeasibleIsThree) {
  TinyWorld world("cli_infeasible");
  world.edit("class = \"anti_tank_mines\"\nrule = \"at_most\"\namount = \"4 MEUR\"",
             "class = \"engineering\"\nrule = \"at_least\"\namount = \"7.9 MEUR\"");
  const auto ended = abatis({"run", world.scenario().string(), "-o", world.out().string()});
  EXPECT_EQ(ended.code, 3) << ended.err;
  EXPECT_NE(ended.err.find("engineering"), std::string::npos) << ended.err;
}

TEST_F(Cli, CompletionsAreAcceptedByTheirShells) {
  const auto bash = abatis({"completion", "bash"});
  EXPECT_EQ(bash.code, 0);
  ASSERT_TRUE(write_file(folder_ / "c.bash", bash.out));
  const std::string script =
      "source '" + (folder_ / "c.bash").string() +
      "'; c() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); COMPREPLY=(); _abatis; "
      "echo \"${COMPREPLY[*]}\"; }; c abatis ne; c abatis data ''; c abatis run --mem; "
      "c abatis run x --combine m; c abatis completion z; "
      "c abatis measures ex";
  const auto tried = Program({"/bin/bash", "-c", script}, folder_.string()).wait();
  EXPECT_EQ(tried.err, "");
  EXPECT_EQ(tried.out, "network\nbuild fetch --help\n--memory\nminimum\nzsh\nexplain\n");
  const auto zsh = abatis({"completion", "zsh"});
  EXPECT_EQ(zsh.code, 0);
  EXPECT_TRUE(zsh.out.starts_with("#compdef abatis"));
  if (fs::exists("/bin/zsh")) {
    ASSERT_TRUE(write_file(folder_ / "c.zsh", zsh.out));
    EXPECT_EQ(
        Program({"/bin/zsh", "-n", (folder_ / "c.zsh").string()}, folder_.string()).wait().code, 0);
  }
}

TEST_F(Cli, TheManualNamesEveryCommand) {
  const auto man = abatis({"man"});
  EXPECT_EQ(man.code, 0);
  EXPECT_TRUE(man.out.starts_with(".TH ABATIS 1"));
  for (const char* name : {"run", "data build", "data fetch", "measures list", "measures explain",
                           "measures check", "check", "init"}) {
    EXPECT_NE(man.out.find(std::string(".SS abatis ") + name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace abatis
