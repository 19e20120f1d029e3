// Bad input: a clear error that says where and what to do, the right exit code, nothing half
// written.

#include <csignal>
#include <fstream>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "abatis/run/run.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::TinyWorld;

class BadInput : public ::testing::Test {
 protected:
  TinyWorld world_{"bad_input"};

  // Runs, expects it to fail with `code`, and returns the words of the errors.
  std::string fails(ErrorCode code, const fs::path& out = {}) {
    RunOptions options;
    options.scenario = world_.scenario();
    options.out = out.empty() ? world_.out() : out;
    options.threads = 2;
    options.program = "test";
    const auto summary = run(options, silent_monitor());
    if (summary) {
      ADD_FAILURE() << "the run did not fail";
      return {};
    }
    std::string words;
    for (const auto& error : summary.error()) {
      EXPECT_EQ(error.code, code) << to_string(error);
      words += to_string(error) + "\n";
    }
    EXPECT_TRUE(nothing_half_written()) << words;
    return words;
  }

  bool nothing_half_written() const {
    if (!fs::exists(world_.out())) return true;
    for (const auto& entry : fs::recursive_directory_iterator(world_.out())) {
      const auto name = entry.path().filename().string();
      if (name == "report.html" || name == "plan.json" || name == "manifest.json") return false;
      if (name.find(".tmp") != std::string::npos) return false;
    }
    return true;
  }
};

#define EXPECT_HAS(text, piece) EXPECT_NE((text).find(piece), std::string::npos) << (text)

TEST_F(BadInput, MissingLayer) {
  fs::remove(world_.layers() / "roads.fgb");
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "roads.fgb");
  EXPECT_HAS(words, "scenario.toml:");
}

TEST_F(BadInput, ACrsThatDoesNotMatch) {
  Grid elsewhere = TinyWorld::grid();
  elsewhere.epsg = 2180;  // the same numbers in the Polish grid are another place
  ASSERT_TRUE(write_cog(world_.layers() / "elevation.tif", Raster<float>(elsewhere, 100.0F),
                        {.description = "elevation"}));
  EXPECT_HAS(fails(ErrorCode::input), "elevation");
}

TEST_F(BadInput, NodataWhereTheBorderIs) {
  Raster<std::uint8_t> cover(TinyWorld::grid(), 40);
  for (Cell c = 0; c < static_cast<Cell>(cover.values.size()); ++c) {
    if (cover.grid.col_of(c) >= 13 && cover.grid.col_of(c) <= 17) cover[c] = 255;
  }
  ASSERT_TRUE(write_cog(world_.layers() / "landcover.tif", cover, {.description = "land cover"}));
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "border");
  EXPECT_HAS(words, "landcover");
}

TEST_F(BadInput, NoBorderInTheRegion) {
  world_.write_states(-500);
  EXPECT_HAS(fails(ErrorCode::input), "border");
}

TEST_F(BadInput, AnObjectiveInALake) {
  world_.edit(TinyWorld::lonlat(10500, 4050), TinyWorld::lonlat(9750, 6750));
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "eastham");
  EXPECT_HAS(words, "`at`");
  EXPECT_HAS(words, "scenario.toml:");
}

TEST_F(BadInput, AnAxisCutOff) {
  world_.write_layer("water", GeometryKind::polygon, {"class"},
                     {{TinyWorld::box(7000, -1000, 7500, 9000), {std::string("lake")}}});
  world_.write_layer("roads", GeometryKind::line, {"class"},
                     {{TinyWorld::line({{200, 4050}, {6800, 4050}}), {std::string("primary")}}});
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "cut off");
  EXPECT_HAS(words, "only");
}

TEST_F(BadInput, AnEarmarkAboveTheBudget) {
  world_.edit("rule = \"at_most\"\namount = \"4 MEUR\"",
              "rule = \"at_least\"\namount = \"40 MEUR\"");
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "anti_tank_mines");
  EXPECT_HAS(words, "40");
}

TEST_F(BadInput, AnEarmarkThatNothingCanFulfil) {
  world_.edit("class = \"anti_tank_mines\"\nrule = \"at_most\"\namount = \"4 MEUR\"",
              "class = \"engineering\"\nrule = \"at_least\"\namount = \"7.9 MEUR\"");
  EXPECT_HAS(fails(ErrorCode::infeasible), "engineering");
}

TEST_F(BadInput, ABudgetBelowEveryOption) {
  world_.edit("\"2 MEUR\", \"2 MEUR\", \"2 MEUR\", \"2 MEUR\"",
              "\"1 kEUR\", \"1 kEUR\", \"2 kEUR\", \"1 kEUR\"");
  world_.edit("amount = \"4 MEUR\"", "amount = \"4 kEUR\"");
  world_.edit("carry_over = \"100 %\"", "carry_over = \"50 %\"");
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "scenario.toml:");
  EXPECT_HAS(words, "at most 2750 EUR");  // 2,000 + half of (1,000 + half of 1,000)
  EXPECT_HAS(words, "the cheapest, ");
}

TEST_F(BadInput, AFolderThatCannotBeWritten) {
  std::ofstream(world_.root() / "plain") << "x";
  const auto words = fails(ErrorCode::io, world_.root() / "plain" / "out");
  EXPECT_HAS(words, "plain");
  EXPECT_HAS(words, "choose another");
}

TEST_F(BadInput, AFullDisk) {
  // A limit on the size of files fails a write in its middle, as a full disk does.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{30'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto words = fails(ErrorCode::io);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_HAS(words, "out");
}

TEST_F(BadInput, ATruncatedRaster) {
  const auto file = world_.layers() / "elevation.tif";
  fs::resize_file(file, fs::file_size(file) / 2);
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "elevation.tif");
  EXPECT_HAS(words, "cut off or damaged");
}

TEST_F(BadInput, AFileThatIsNoRaster) {
  std::ofstream(world_.layers() / "elevation.tif") << "<html>moved</html>";
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "elevation.tif");
  EXPECT_HAS(words, "of another kind");
}

TEST_F(BadInput, AHostilePath) {
  world_.edit("file = \"roads.fgb\"", "file = \"../../../../etc/passwd\"");
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "scenario.toml:");
  EXPECT_HAS(words, "etc/passwd");
}

TEST_F(BadInput, TooLittleMemory) {
  RunOptions options;
  options.scenario = world_.scenario();
  options.out = world_.out();
  options.memory_bytes = 1000;
  const auto summary = run(options, silent_monitor());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().front().code, ErrorCode::limit);
  EXPECT_HAS(summary.error().front().hint, "region.cell");
}

TEST_F(BadInput, EveryErrorOfTheScenarioAtOnce) {
  world_.edit("cell = \"100 m\"", "cell = 100");
  world_.edit("gap = \"1 %\"", "gapp = \"1 %\"");
  world_.edit("entry = \"west\"", "entry = \"wset\"");
  const auto words = fails(ErrorCode::input);
  EXPECT_HAS(words, "gapp");
  EXPECT_HAS(words, "wset");
  EXPECT_HAS(words, "\"100 m\"");
}

}  // namespace
}  // namespace abatis
