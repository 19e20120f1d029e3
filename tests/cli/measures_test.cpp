// abatis measures: what a reader sees of the catalogue, and errors in one of their own.

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/scenario/catalogue_files.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::Ended;
using abatis::testing::kProgram;
using abatis::testing::Program;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const fs::path kCatalogue = fs::path(ABATIS_SOURCE_DIR) / "data/catalogue";

class Measures : public ::testing::Test {
 protected:
  TempFolder own_;
  fs::path folder_ = own_.path();

  Ended abatis(std::vector<std::string> words) const {
    words.insert(words.begin(), kProgram);
    return Program(words, folder_.string()).wait();
  }
  // A copy of the catalogue with one edit in its measures.
  fs::path catalogue(const std::string& from, const std::string& to) const {
    const fs::path mine = folder_ / "mine";
    fs::copy(kCatalogue, mine);
    std::string text = read_file(mine / "measures.toml").value();
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the catalogue has no: " + from);
    EXPECT_TRUE(write_file(mine / "measures.toml", text.replace(at, from.size(), to)));
    return mine;
  }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Characters, not bytes.
std::size_t width_of(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<nlohmann::json> events_of(const Ended& ended) {
  std::vector<nlohmann::json> events;
  for (const std::string& line : lines_of(ended.out)) events.push_back(nlohmann::json::parse(line));
  return events;
}

TEST_F(Measures, TheListIsWhatTheBareCommandAndTheOtherWordGive) {
  const Ended list = abatis({"measures", "list"});
  EXPECT_EQ(list.code, 0) << list.err;
  EXPECT_EQ(abatis({"measures"}).out, list.out);
  EXPECT_EQ(abatis({"measure"}).out, list.out);
  EXPECT_EQ(abatis({"measures", "--catalogue", kCatalogue.string()}).out, list.out);
  EXPECT_THAT(list.out, StartsWith("id "));
  const std::vector<nlohmann::json> events = events_of(abatis({"measures", "--json"}));
  ASSERT_EQ(events.size(), 22U);
  for (const nlohmann::json& event : events) {
    EXPECT_EQ(event.at("event"), "measure");
    EXPECT_THAT(list.out, HasSubstr("\n" + event.at("id").get<std::string>() + " "));
  }
  for (const std::string& line : lines_of(list.out)) EXPECT_LE(width_of(line), 80U) << line;
  EXPECT_EQ(abatis({"measures", "--quiet"}).out, "");
}

TEST_F(Measures, EachIsExplainedWithinAPage) {
  for (const nlohmann::json& event : events_of(abatis({"measures", "--json"}))) {
    const std::string id = event.at("id");
    const Ended ended = abatis({"measures", "explain", id});
    EXPECT_EQ(ended.code, 0) << ended.err;
    for (const char* part : {"What it costs", "When it acts", "What it does",
                             "What it needs and excludes", "Where it can stand", "unverified"}) {
      EXPECT_THAT(ended.out, HasSubstr(part)) << id;
    }
    for (const std::string& line : lines_of(ended.out)) {
      EXPECT_LE(width_of(line), 80U) << id << ": " << line;
    }
    const auto whole = events_of(abatis({"measures", "explain", id, "--json"}));
    ASSERT_EQ(whole.size(), 1U) << id;
    EXPECT_EQ(whole[0].at("unit_cost_eur"), event.at("unit_cost_eur"));
    EXPECT_TRUE(whole[0].at("provenance").contains("source")) << id;
  }
}

TEST_F(Measures, TheFiguresAreThoseThatThePlanCounts) {
  const auto ditch = events_of(abatis({"measures", "explain", "ditch_deepened", "--json"})).at(0);
  EXPECT_DOUBLE_EQ(ditch.at("ditch").at("earthwork_m3_per_km").get<double>(), 3200);
  EXPECT_EQ(ditch.at("delays").size(), 28U);
  const auto mines = events_of(abatis({"measures", "explain", "mined_zone", "--json"})).at(0);
  const nlohmann::json& first = mines.at("delays").at(0);
  EXPECT_EQ(first.at("mover"), "heavy_tracked");
  EXPECT_DOUBLE_EQ(first.at("delay_s").at("mean").get<double>(), 10200);
  EXPECT_DOUBLE_EQ(first.at("alone_s").get<double>(),
                   load_catalogue().value().effects.disrupt_at_most_s);
  EXPECT_NEAR(first.at("covered_s").get<double>(), 10200 * (1.2 + 1.6 + 2.5) / 3, 1e-6);
  const auto pine = events_of(abatis({"measures", "explain", "reforestation", "--json"})).at(0);
  EXPECT_EQ(pine.at("planting").at("years").at(0).at("year"), 1);
  EXPECT_TRUE(pine.at("planting").at("stops_from_year").at("foot").is_null());
}

TEST_F(Measures, WhatASectionDoesNotStopCountsNothing) {
  // 10 m wide and 2.1 m deep: banks of 47 %, which tracks climb in the dry.
  const fs::path mine = catalogue("section_after = [\"4 m\", \"1 m\", \"2 m\"]",
                                  "section_after = [\"10 m\", \"1 m\", \"2.1 m\"]");
  const Ended ended =
      abatis({"measures", "explain", "ditch_deepened", "--catalogue", mine.string()});
  EXPECT_THAT(ended.out, HasSubstr("drives"));
  EXPECT_THAT(ended.out, HasSubstr("the section does not stop it"));
}

TEST_F(Measures, AnUnknownOneNamesTheNearest) {
  const Ended ended = abatis({"measures", "explain", "mined_zon"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err,
            "error: there is no measure \"mined_zon\"\n  hint: did you mean \"mined_zone\"?\n");
  EXPECT_EQ(abatis({"measures", "explain"}).code, 2);
  EXPECT_EQ(abatis({"measures", "explain", "park", "park"}).code, 2);
  const Ended command = abatis({"measures", "lst"});
  EXPECT_EQ(command.code, 2);
  EXPECT_THAT(command.err, HasSubstr("did you mean \"list\"?"));
}

TEST_F(Measures, AGoodCatalogueIsCounted) {
  const Ended ended = abatis({"measure", "check", kCatalogue.string()});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("catalogue: good\n  22 measures, 7 movers, 4 seasons"));
  EXPECT_THAT(ended.out, HasSubstr(" unverified, "));
  const auto events = events_of(abatis({"measures", "check", kCatalogue.string(), "--json"}));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_GT(events[0].at("sources"), events[0].at("unverified"));
  EXPECT_EQ(abatis({"measure", "check", (kCatalogue / "measures.toml").string(),
                    (kCatalogue / "trees.toml").string()})
                .code,
            0);
}

TEST_F(Measures, ErrorsOfACatalogueHaveTheirPlaces) {
  const fs::path mine = catalogue("stock_age = \"4 years\"", "stock_age = \"-4 years\"");
  const std::string text = read_file(mine / "measures.toml").value();
  const auto before = text.substr(0, text.find("\"-4 years\""));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::string place = (mine / "measures.toml").string() + ":" + std::to_string(line) +
                            ":13: error: \"-4 years\" is out of range";
  for (const fs::path& given : {mine, mine / "measures.toml"}) {
    const Ended ended = abatis({"measure", "check", given.string()});
    EXPECT_EQ(ended.code, 2);
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, StartsWith(place));
  }
  EXPECT_EQ(abatis({"measures", "list", "--catalogue", mine.string()}).code, 2);
  fs::remove(mine / "trees.toml");
  const Ended missing = abatis({"measure", "check", mine.string()});
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err, HasSubstr("trees.toml: error: no such file"));
  EXPECT_EQ(abatis({"measure", "check"}).code, 2);
  EXPECT_EQ(abatis({"measure", "check", (folder_ / "gone").string()}).code, 2);
}

}  // namespace
}  // namespace abatis
