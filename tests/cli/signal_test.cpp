// Signals: kill -9 loses the running stage at most, Ctrl-C keeps the best plan.

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/random.hpp"
#include "support/program.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::Ended;
using abatis::testing::Program;
using abatis::testing::TinyWorld;

std::vector<std::string> run_words(const TinyWorld& world) {
  return {ABATIS_BINARY_DIR "/bin/abatis",
          "run",
          world.scenario().string(),
          "-o",
          world.out().string(),
          "--json"};
}

TEST(Signal, KilledAtAnyMomentItGoesOnFromTheLastStage) {
  const TinyWorld world("signal_kill");
  const std::uint64_t seed = 20260209;
  Random random(seed, 0);
  // Said whether a stage is built or kept; "plan:" only once the network is kept.
  const std::vector<std::string> moments{
      "terrain:", "mobility:", "travel:", "sites:", "network:", "plan:"};
  for (const auto& moment : moments) {
    Program program(run_words(world), world.root().string());
    ASSERT_TRUE(program.says(moment)) << moment << ", seed " << seed;
    std::this_thread::sleep_for(std::chrono::milliseconds(random.below(40)));
    program.kill(SIGKILL);
    program.wait();
  }
  const auto ended = Program(run_words(world), world.root().string()).wait();
  ASSERT_EQ(ended.code, 0) << ended.err;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    if (event.at("event") == "stage" && event.at("stage") == "network") {
      EXPECT_TRUE(event.at("kept").get<bool>()) << "the last run had got past the network";
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(world.out())) {
    if (entry.path().filename() == "report.html") return;
  }
  FAIL() << "no report";
}

TEST(Signal, ControlCKeepsThePlan) {
  const TinyWorld world("signal_int");
  Program program(run_words(world), world.root().string());
  ASSERT_TRUE(program.says("plan:"));
  program.kill(SIGINT);
  const Ended ended = program.wait();
  // The tiny plan may be finished before the signal is seen; then all is well, too.
  ASSERT_TRUE(ended.code == 130 || ended.code == 0) << ended.code << ended.err;
  if (ended.code == 130 && ended.out.find("\"interrupted\":true") != std::string::npos) {
    const auto plan = nlohmann::json::parse(read_file(world.out() / "plan.json").value());
    EXPECT_EQ(plan.at("result").at("status"), "interrupted");
  }
}

// A search that takes long: stopped, resumed, never worse, and each time told in a line or an
// event.
TEST(Signal, AStoppedSearchIsKeptAndGoesOn) {
  TinyWorld world("signal_plan");
  world.edit("gap = \"1 %\"\nnode_limit = 400\ntime_limit = \"60 s\"",
             "gap = \"0 %\"\nnode_limit = 100000000\ntime_limit = \"1000 s\"");
  world.edit("years = 4", "years = 10");
  world.edit("by_year = [\"2 MEUR\", \"2 MEUR\", \"2 MEUR\", \"2 MEUR\"]",
             "by_year = [\"600 kEUR\", \"300 kEUR\", \"300 kEUR\", \"300 kEUR\", \"300 kEUR\", "
             "\"300 kEUR\", \"300 kEUR\", \"300 kEUR\", \"300 kEUR\", \"300 kEUR\"]");
  world.edit("segment = \"1 km\"", "segment = \"500 m\"");
  const std::vector<std::string> plain{ABATIS_BINARY_DIR "/bin/abatis", "plan",
                                       world.scenario().string(), "-o", world.out().string()};
  auto events = plain;
  events.emplace_back("--json");
  double objective = 0;
  for (int call = 1; call <= 2; ++call) {
    SCOPED_TRACE(call);
    Program program(call == 1 ? events : plain, world.root().string());
    // A step of the tree as an event; the same as a line where there is no terminal.
    ASSERT_TRUE(call == 1 ? program.says(R"("step":"tree","objective_s":)")
                          : program.says("plan: best ", "err.txt"))
        << program.slurp("out.txt") << program.slurp("err.txt");
    program.kill(SIGINT);
    const Ended ended = program.wait();
    ASSERT_EQ(ended.code, 130) << ended.err;
    EXPECT_EQ(ended.out.find("begun from the kept plan") != std::string::npos, call == 2);
    EXPECT_NE(ended.out.find(call == 1 ? "\"interrupted\":true" : "Interrupted: the best plan"),
              std::string::npos)
        << ended.out;
    EXPECT_TRUE(fs::exists(world.out() / "plan.gpkg"));
    const auto result =
        nlohmann::json::parse(read_file(world.out() / "plan.json").value()).at("result");
    EXPECT_EQ(result.at("status"), "interrupted");
    EXPECT_EQ(result.at("searches"), call);
    EXPECT_GT(result.at("gap").get<double>(), 0);
    EXPECT_GE(result.at("objective_s").get<double>(), 0.99 * objective);
    objective = result.at("objective_s").get<double>();
  }
  auto wider = plain;
  wider.insert(wider.end(), {"--gap", "90%"});
  const Ended ended = Program(wider, world.root().string()).wait();
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("begun from the kept plan"), std::string::npos);
}

}  // namespace
}  // namespace abatis
