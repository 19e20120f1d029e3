#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/gather/fetch.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

using ::testing::HasSubstr;

const std::string kGood = R"([[source]]
id = "dem"
title = "t"
url = "https://example.org/{ns}{lat}{ew}{lon}.tif"
file = "dem/{ns}{lat}{ew}{lon}.tif"
tile_degrees = 1
type = "tiff"
max_bytes = 100
may_be_absent = true
licence = "l"
attribution = "a"
provenance = "p"
)";

TEST(FetchSources, TheCatalogueOfTheProgramIsGood) {
  const auto sources = read_fetch_sources(ABATIS_SOURCE_DIR "/data/gather/sources.toml");
  ASSERT_TRUE(sources) << to_string(sources.error());
  const auto plan = plan_fetch(*sources, {.lonlat = {22.3, 53.7, 24.3, 54.6}});
  ASSERT_TRUE(plan) << to_string(plan.error());
  std::vector<std::string> files;
  for (const FetchItem& item : plan->items) {
    files.push_back(item.file);
    EXPECT_EQ(item.url.rfind("https://", 0), 0U) << item.url;
    EXPECT_EQ(item.url.find_first_of("{} "), std::string::npos) << item.url;
    EXPECT_GT(item.source.max_bytes, 0U);
  }
  EXPECT_THAT(files,
              ::testing::IsSupersetOf({"dem/Copernicus_DSM_COG_10_N54_00_E023_00_DEM.tif",
                                       "dem/Copernicus_DSM_COG_10_N53_00_E022_00_DEM.tif",
                                       "landcover/ESA_WorldCover_10m_2021_v200_N54E021_Map.tif",
                                       "osm/lithuania.osm.pbf", "osm/kaliningrad.osm.pbf",
                                       "soil/clay_0-5cm_mean.tif"}));
  EXPECT_EQ(std::count_if(files.begin(), files.end(),
                          [](const std::string& f) { return f.rfind("dem/", 0) == 0; }),
            6);
}

TEST(FetchSources, TilesCoverTheWindowAndNoMore) {
  const TempFolder folder;
  const auto sources = read_fetch_sources(folder.write("s.toml", kGood));
  ASSERT_TRUE(sources) << to_string(sources.error());
  const auto files = [&](Bounds window, int degrees) {
    auto changed = *sources;
    changed[0].tile_degrees = degrees;
    std::vector<std::string> names;
    const auto plan = plan_fetch(changed, {.lonlat = window});
    for (const FetchItem& item : plan.value().items) {
      names.push_back(item.file);
    }
    return names;
  };
  EXPECT_EQ(files({23, 54, 24, 55}, 1), std::vector<std::string>{"dem/N54E023.tif"});
  EXPECT_EQ(files({-0.5, -0.5, 0.5, 0.5}, 1),
            (std::vector<std::string>{"dem/S01W001.tif", "dem/S01E000.tif", "dem/N00W001.tif",
                                      "dem/N00E000.tif"}));
  EXPECT_EQ(files({23.9, 53.9, 24.1, 54.1}, 3),
            (std::vector<std::string>{"dem/N51E021.tif", "dem/N51E024.tif", "dem/N54E021.tif",
                                      "dem/N54E024.tif"}));
}

TEST(FetchSources, AMirrorKeepsThePath) {
  const TempFolder folder;
  const auto sources = read_fetch_sources(folder.write("s.toml", kGood));
  const auto plan = plan_fetch(
      *sources, {.lonlat = {23.1, 54.1, 23.2, 54.2}, .base_url = "http://127.0.0.1:8080/"});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->items.at(0).url, "http://127.0.0.1:8080/N54E023.tif");
}

TEST(FetchSources, RefusesWhatItCannotPlan) {
  const TempFolder folder;
  const auto sources = read_fetch_sources(folder.write("s.toml", kGood));
  for (const Bounds window : {Bounds{0, 0, 0, 0}, Bounds{500000, 6000000, 600000, 6100000},
                              Bounds{10, 50, 5, 60}, Bounds{NAN, 0, 1, 1}}) {
    EXPECT_FALSE(plan_fetch(*sources, {.lonlat = window}));
  }
  const auto unknown = plan_fetch(*sources, {.lonlat = {1, 1, 2, 2}, .only = {"dom"}});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().hint, HasSubstr("dem"));
  const auto many = plan_fetch(*sources, {.lonlat = {-180, -90, 180, 90}});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::limit);
  EXPECT_FALSE(plan_fetch(*sources, {.lonlat = {1, 1, 2, 2}, .base_url = "file:///"}));
}

TEST(FetchSources, SaysWhereTheCatalogueIsWrong) {
  const TempFolder folder;
  struct Case {
    std::string from, to, expected;
    int line;
  };
  for (const Case& c : std::vector<Case>{
           {"title = \"t\"", "titel = \"t\"", "unknown key \"titel\"", 3},
           {"max_bytes = 100\n", "", "\"max_bytes\" is missing", 1},
           {"max_bytes = 100", "max_bytes = -1", "max_bytes is a whole number", 8},
           {"max_bytes = 100", "max_bytes = \"100\"", "max_bytes is a whole number", 8},
           {"type = \"tiff\"", "type = \"tif\"", "type \"tif\" is not known", 7},
           {"https://", "ftp://", "url begins with", 4},
           {"may_be_absent = true", "may_be_absent = 1", "true or false", 9},
           {"{lon}.tif\"\nfile", "{long}.tif\"\nfile", "{long} has no meaning", 1},
           {"tile_degrees = 1\n", "", "{ns} has no meaning", 1},
           {"dem/{ns}{lat}{ew}{lon}", "dem/one", "need {lat}", 5},
           {"licence = \"l\"", "licence = \"l\"\nsha256 = \"12\"", "64 lower-case", 11},
           {"tile_degrees = 1", "tile_degrees = 1\nmosaic = \"dem.tif\"", "a mosaic is", 7},
           {"id = \"dem\"", "id = ", "", 2},
       }) {
    std::string text = kGood;
    const std::size_t at = text.find(c.from);
    ASSERT_NE(at, std::string::npos) << c.from;
    text.replace(at, c.from.size(), c.to);
    const auto sources = read_fetch_sources(folder.write("bad.toml", text));
    ASSERT_FALSE(sources) << c.to;
    EXPECT_THAT(sources.error().message, HasSubstr(c.expected));
    EXPECT_EQ(sources.error().where.line, c.line) << c.to;
    EXPECT_EQ(sources.error().where.file, (folder / "bad.toml").string());
  }
  EXPECT_THAT(read_fetch_sources(folder.write("two.toml", kGood + kGood)).error().message,
              HasSubstr("two sources"));
  EXPECT_FALSE(read_fetch_sources(folder.write("none.toml", "")));
  EXPECT_FALSE(read_fetch_sources(folder.write("odd.toml", "source = 3")));
  EXPECT_FALSE(read_fetch_sources(folder.write("utf8.toml", "# \xff\n" + kGood)));
  EXPECT_FALSE(read_fetch_sources(folder.write("trap.toml", "[&")));
  EXPECT_FALSE(read_fetch_sources(folder / "missing.toml"));
}

}  // namespace
}  // namespace abatis
