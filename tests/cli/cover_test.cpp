// `abatis cover` as it is used: files in, one line of JSON and exit codes out.

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::Ended;
using abatis::testing::Program;

class CoverCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(
        write_file(folder_ / "d.csv", "x,y,weight\n0,0,1.5\n10,0,2\n20,0,3\n20.5,0,0.25\n"));
    ASSERT_TRUE(
        write_file(folder_ / "s.csv", "cost,x,y,fixed\n1,0,1,0\n2,10,1,0\n3,20,1,0\n9,20.5,0,1\n"));
  }
  Ended cover(std::vector<std::string> words) const {
    const std::vector<std::string> all = {
        ABATIS_BINARY_DIR "/bin/abatis", "cover", "--demand", "d.csv", "--sites", "s.csv"};
    words.insert(words.begin(), all.begin(), all.end());
    // The program reads its files where it is started.
    std::string line = "cd '" + folder_.string() + "' && exec";
    for (const auto& word : words) line += " '" + word + "'";
    return Program({"/bin/sh", "-c", line}, folder_.string()).wait();
  }
  static nlohmann::json last_line(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    const auto begin = text.rfind('\n', end);
    return nlohmann::json::parse(text.substr(begin == std::string::npos ? 0 : begin + 1));
  }

  TempFolder own_;
  fs::path folder_ = own_.path();
};

TEST_F(CoverCommand, TheLastLineIsTheAnswer) {
  const auto ended = cover({"--radius", "1.5", "--choose", "1", "--json", "-o", "out.csv"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  const auto answer = last_line(ended.out);
  EXPECT_EQ(answer["event"], "done");
  EXPECT_EQ(answer["value"], 5.25) << "the standing site covers 3.25";
  EXPECT_EQ(answer["bound"], 5.25);
  EXPECT_EQ(answer["gap"], 0);
  EXPECT_EQ(answer["status"], "optimal");
  EXPECT_EQ(answer["chosen"], nlohmann::json::array({1}));
  EXPECT_EQ(answer["standing"], nlohmann::json::array({3}));
  EXPECT_EQ(answer["total"], 6.75);
  EXPECT_EQ(answer["demand_points"], 4);
  EXPECT_EQ(answer["exact"], true);
  EXPECT_EQ(read_file(folder_ / "out.csv").value(),
            "row,x,y,cost,state\n1,10,1,2,chosen\n3,20.5,0,9,standing\n");
}

TEST_F(CoverCommand, BudgetAndBackup) {
  const auto money = last_line(cover({"--radius", "1.5", "--budget", "1", "--json"}).out);
  EXPECT_EQ(money["chosen"], nlohmann::json::array({0}));
  const auto backed =
      last_line(cover({"--radius", "1.5", "--choose", "3", "--backup", "2", "--json"}).out);
  EXPECT_EQ(backed["value"], 3.25);
  EXPECT_EQ(backed["covered_once"], backed["chosen"].size() == 3 ? 6.75 : 3.25);
  const auto both = last_line(cover({"--radius", "1.5", "--choose", "3", "--backup", "2",
                                     "--backup-share", "40%", "--json"})
                                  .out);
  EXPECT_EQ(both["value"], 5.35);
}

TEST_F(CoverCommand, WordsForPeople) {
  const auto ended = cover({"--radius", "1.5", "--choose", "1"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_NE(ended.out.find("covers 5.25 of 6.75"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("1 new site for 2: row 1"), std::string::npos) << ended.out;
}

TEST_F(CoverCommand, BadInputIsTwoAndSaysWhere) {
  const auto refused = [&](const std::vector<std::string>& words, const std::string& said) {
    const auto ended = cover(words);
    EXPECT_EQ(ended.code, 2) << said;
    EXPECT_NE(ended.err.find(said), std::string::npos) << ended.err;
  };
  refused({"--radius", "1"}, "--choose P");
  refused({"--radius", "1", "--choose", "1", "--budget", "2"}, "both --choose and --budget");
  refused({"--radius", "far", "--choose", "1"}, "--radius");
  refused({"--radius", "inf", "--choose", "1"}, "--radius");
  refused({"--radius", "-1", "--choose", "1"}, "--radius");
  refused({"--radius", "1", "--choose", "-1"}, "--choose");
  refused({"--radius", "1", "--budget", "nan"}, "--budget");
  refused({"--radius", "1", "--choose", "1", "--backup", "0"}, "--backup");
  refused({"--choose", "1"}, "--radius");
  ASSERT_TRUE(write_file(folder_ / "d.csv", "x,y,weight\n0,0,1\n1,oops,-2\n"));
  refused({"--radius", "1", "--choose", "1"}, "d.csv:3:3: error: y \"oops\" is no number");
  refused({"--radius", "1", "--choose", "1"}, "d.csv:3:8: error: weight -2 is outside 0");
}

}  // namespace
}  // namespace abatis
