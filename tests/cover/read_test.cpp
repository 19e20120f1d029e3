// What is read, and what is said about files that cannot be.

#include <gtest/gtest.h>

#include "abatis/cover/cover.hpp"

namespace abatis {
namespace {

TEST(CoverRead, ColumnsInAnyOrderQuotedOrNot) {
  const auto demand = parse_demand(
      "\xEF\xBB\xBFname,\"Weight\", Y ,x\r\n\"a \"\"b\"\", c\",2.5,-1e2,\"3\"\r\n\r\nd,0,+4, 5 "
      "\r\n",
      "d.csv");
  ASSERT_TRUE(demand) << to_string(demand.error().front());
  ASSERT_EQ(demand->size(), 2U);
  EXPECT_EQ((*demand)[0].x, 3);
  EXPECT_EQ((*demand)[0].y, -100);
  EXPECT_EQ((*demand)[0].weight, 2.5);
  EXPECT_EQ((*demand)[1].x, 5);
  EXPECT_EQ((*demand)[1].y, 4);
  const auto sites = parse_cover_sites("x,y,fixed,radius\n1,2,0,\n3,4,1,7.5\n", "s.csv");
  ASSERT_TRUE(sites) << to_string(sites.error().front());
  EXPECT_EQ((*sites)[0].cost, 1);
  EXPECT_FALSE((*sites)[0].standing);
  EXPECT_FALSE((*sites)[0].radius);
  EXPECT_TRUE((*sites)[1].standing);
  EXPECT_EQ((*sites)[1].radius, 7.5);
}

struct Fault {
  const char* text;
  int line, column;
  const char* word;
};

TEST(CoverRead, FaultsAreSaidWithLineAndColumn) {
  const Fault faults[] = {
      {"", 0, 0, "the file is empty"},
      {"x,y\n", 0, 0, "no rows"},
      {"x,weight\n1,2\n", 1, 1, "no column \"y\""},
      {"x;y\n1;2\n", 1, 1, "no column \"x\""},
      {"x,y,x\n1,2,3\n", 1, 5, "a second column \"x\""},
      {"x,y\n1,2\n3\n", 3, 1, "1 fields, but the head line has 2"},
      {"x,y\n1,b\n", 2, 3, "y \"b\" is no number"},
      {"x,y\n\"\u00e4\",2\n", 2, 1, "is no number"},
      {"name,x,y\n\"\u00e4\u00f6\",1,zwei\n", 2, 8, "y \"zwei\" is no number"},
      {"x,y\n1,\n", 2, 3, "y \"\" is no number"},
      {"x,y\n1,2,\n", 2, 1, "3 fields"},
      {"x,y\n1,nan\n", 2, 3, "is not finite"},
      {"x,y\ninf,1\n", 2, 1, "is not finite"},
      {"x,y\n1e999,1\n", 2, 1, "is not finite"},
      {"x,y\n1,0x10\n", 2, 3, "is no number"},
      {"x,y\n1,2e16\n", 2, 3, "is outside"},
      {"x,y,weight\n1,2,-3\n", 2, 5, "weight -3 is outside 0"},
      {"x,y\n1,\"2\n", 2, 3, "not closed"},
      {"x,y\n1,\"2\"3\n", 2, 3, "text after a quoted field"},
      {"a,x,y\n\"1\n2\",3,c\n", 3, 6, "y \"c\" is no number"},
  };
  for (const auto& fault : faults) {
    const auto demand = parse_demand(fault.text, "d.csv");
    ASSERT_FALSE(demand) << fault.text;
    const Error& error = demand.error().front();
    EXPECT_NE(error.message.find(fault.word), std::string::npos) << error.message;
    EXPECT_EQ(error.where.file, "d.csv");
    EXPECT_EQ(error.where.line, fault.line) << fault.text;
    EXPECT_EQ(error.where.column, fault.column) << fault.text;
    EXPECT_FALSE(error.hint.empty());
  }
}

TEST(CoverRead, FixedIsZeroOrOne) {
  for (const char* value : {"0.5", "2", "-1", "yes"}) {
    const auto sites = parse_cover_sites(std::string("x,y,fixed\n1,2,") + value + "\n", "s.csv");
    ASSERT_FALSE(sites) << value;
    EXPECT_EQ(sites.error().front().where.column, 5);
  }
  EXPECT_FALSE(parse_cover_sites("x,y,cost\n1,2,-1\n", "s.csv"));
  EXPECT_FALSE(parse_cover_sites("x,y,radius\n1,2,-1\n", "s.csv"));
}

TEST(CoverRead, FaultsAreBounded) {
  std::string text = "x,y\n";
  for (int i = 0; i < 1000; ++i) text += std::string(1000, 'x') + ",1\n";
  const auto demand = parse_demand(text, "d.csv");
  ASSERT_FALSE(demand);
  EXPECT_EQ(demand.error().size(), 20U);
  for (const auto& error : demand.error()) EXPECT_LT(to_string(error).size(), 300U);
}

TEST(CoverRead, AMissingFileIsSaid) {
  const auto demand = read_demand("none.csv");
  ASSERT_FALSE(demand);
  EXPECT_NE(to_string(demand.error().front()).find("none.csv"), std::string::npos);
}

}  // namespace
}  // namespace abatis
