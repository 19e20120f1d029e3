// Text of instances: what is read, and what is said about faults.

#include <gtest/gtest.h>

#include "abatis/interdict/interdict.hpp"

namespace abatis {
namespace {

TEST(InterdictRead, AWholeFile) {
  const auto problem = parse_interdiction(
      "c a comment\r\np spni 3 2 2\nn 0 s\nn 2 t\nb 5 6\n\na 0 1 2 3 4\n  a\t1 2 5 0 0\n", "x");
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->nodes, 3);
  EXPECT_EQ(problem->sink, 2);
  EXPECT_EQ(problem->budgets, (std::vector<std::int64_t>{5, 6}));
  ASSERT_EQ(problem->arcs.size(), 2U);
  EXPECT_EQ(problem->arcs[0].delay, 3);
  EXPECT_EQ(problem->arcs[1].head, 2);
}

struct Fault {
  const char* text;
  int line;
  const char* word;
};

TEST(InterdictRead, FaultsNameTheirLine) {
  const std::string head = "p spni 3 1 1\nn 0 s\nn 2 t\nb 5\n";
  for (const auto& [text, line, word] :
       std::vector<Fault>{{"", 0, "no line of sizes"},
                          {"a 0 1 1 1 1\n", 1, "before the line of sizes"},
                          {"p max 3 1 1\n", 1, "not spni"},
                          {"p spni 3 1\n", 1, "4 words, 5 expected"},
                          {"p spni 0 1 1\n", 1, "outside 1 to"},
                          {"p spni 99999999999999999999 1 1\n", 1, "no whole number"},
                          {"p spni 3 1 1\np spni 3 1 1\n", 2, "second line of sizes"},
                          {"p spni 3 1 1\nn 3 s\n", 2, "node 3 is outside 0 to 2"},
                          {"p spni 3 1 1\nn 0 x\n", 2, "neither s nor t"},
                          {"p spni 3 1 1\nn 0 s\nn 1 s\n", 3, "second source"},
                          {"p spni 3 1 2\nb 1\n", 2, "1 budgets for 2 years"},
                          {"p spni 3 1 1\nb -1\n", 2, "outside 0 to"},
                          {"p spni 3 1 1\nz 1\n", 2, "\"z\" begins no record"},
                          {"p spni 3 1 1\na 0 1 1.5 1 1\n", 2, "length \"1.5\" is no whole number"},
                          {"p spni 3 1 1\na 0 1 1 -2 1\n", 2, "delay -2 is outside"}}) {
    const auto problem = parse_interdiction(text, "x.spni");
    ASSERT_FALSE(problem) << text;
    const Error& error = problem.error().front();
    EXPECT_EQ(error.where.line, line) << text;
    EXPECT_EQ(error.where.file, "x.spni");
    EXPECT_NE(error.message.find(word), std::string::npos) << error.message;
    EXPECT_FALSE(error.hint.empty());
  }
  for (const auto& [text, word] : std::vector<std::pair<std::string, std::string>>{
           {head, "0 arcs, but the p line says 1"},
           {"p spni 3 0 1\nn 0 s\nb 5\n", "no sink"},
           {"p spni 3 0 1\nn 0 s\nn 1 t\n", "no budgets"}}) {
    const auto problem = parse_interdiction(text, "x.spni");
    ASSERT_FALSE(problem) << text;
    EXPECT_NE(problem.error().front().message.find(word), std::string::npos)
        << problem.error().front().message;
  }
}

TEST(InterdictRead, FaultsAreBounded) {
  std::string text = "p spni 3 1 1\n";
  for (int i = 0; i < 1000; ++i) text += "a " + std::string(1000, 'x') + " 0 1 1 1\n";
  const auto problem = parse_interdiction(text, "x.spni");
  ASSERT_FALSE(problem);
  EXPECT_EQ(problem.error().size(), 20U);
  for (const auto& error : problem.error()) EXPECT_LT(to_string(error).size(), 300U);
}

TEST(InterdictRead, AMissingFileIsSaid) {
  const auto problem = read_interdiction("none.spni");
  ASSERT_FALSE(problem);
  EXPECT_NE(to_string(problem.error().front()).find("none.spni"), std::string::npos);
}

}  // namespace
}  // namespace abatis
