#include "report/page.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "fixture.hpp"
#include "report/base_map.hpp"
#include "report/shapes.hpp"

namespace abatis::report {
namespace {

constexpr const char* kHostile = "</script><b>x</b><!--\xE2\x80\xA8\"'";

std::string data_of(const std::string& page) {
  const std::string start = "<script type=\"application/json\" id=\"abatis-data\">";
  const std::size_t from = page.find(start);
  if (from == std::string::npos) return {};
  const std::size_t end = page.find("</script>", from);
  return page.substr(from + start.size(), end - from - start.size());
}

TEST(Page, HoldsThePlanAndKeepsHostileNamesInert) {
  const auto made = fixture::make_fixture({kHostile, false});
  const auto outcome = compute_outcome(made->view(), 2, silent_monitor());
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  const Facts facts = collect_facts(made->view(), *outcome);
  const std::string plan = plan_json(made->view(), *outcome);
  const auto page = make_page(made->view(), *outcome, facts, plan);
  ASSERT_TRUE(page) << to_string(page.error());
  EXPECT_EQ(page->find("<b>x"), std::string::npos);
  EXPECT_EQ(page->find(kDataMark), std::string::npos);
  const auto data = nlohmann::json::parse(data_of(*page));
  EXPECT_EQ(data["plan"], nlohmann::json::parse(plan));
  EXPECT_EQ(data["plan"]["scenario"]["title"], std::string("A made-up sector") + kHostile);
  std::size_t sites = 0;
  for (const char* kind : {"lines", "blocks", "points"}) {
    sites += data["map"]["sites"][kind]["features"].size();
  }
  EXPECT_EQ(sites, made->sites.sites.size());
  EXPECT_EQ(data["map"]["overlays"].size(), 2U);
  EXPECT_EQ(data["map"]["land"]["features"].size(), 3U);
  EXPECT_LT(page->size(), 8U << 20U);
}

TEST(Page, HasOneDataMarkAndAsksTheNetworkForNothing) {
  const std::string_view page = page_template();
  const std::size_t at = page.find(kDataMark);
  ASSERT_NE(at, std::string_view::npos);
  EXPECT_EQ(page.find(kDataMark, at + 1), std::string_view::npos);
  EXPECT_NE(page.find("default-src 'none'"), std::string_view::npos);
  EXPECT_EQ(page.find("<script src"), std::string_view::npos);
  EXPECT_EQ(page.find("<link rel=\"stylesheet\""), std::string_view::npos);
}

TEST(BaseMap, JoinsLinesEndToEndAndStopsAtJunctions) {
  const std::vector<std::vector<Point>> lines = {
      {{0, 0}, {10, 0}},   {{20, 0}, {10, 0}},
      {{20, 0}, {30, 0}},                         // one line, the second reversed
      {{30, 0}, {30, 10}}, {{30, 0}, {30, -10}},  // three meet at (30, 0)
  };
  const auto joined = join_lines(lines);
  ASSERT_EQ(joined.size(), 3U);
  EXPECT_EQ(joined[0].size(), 4U);
  double length = 0;
  for (const auto& line : joined) length += length_of({GeometryKind::line, {line}});
  EXPECT_DOUBLE_EQ(length, 50);
}

TEST(BaseMap, JoinsARingOnce) {
  const auto joined = join_lines({{{0, 0}, {10, 0}}, {{10, 0}, {10, 10}}, {{10, 10}, {0, 0}}});
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined[0].size(), 4U);
  EXPECT_EQ(joined[0].front(), joined[0].back());
}

TEST(Shapes, FittedLayerStaysUnderItsLimit) {
  Layer layer{"x", 3346, {}, {}};
  std::vector<Point> ring;
  for (int i = 0; i < 5000; ++i) {
    const double a = 2 * 3.14159265358979 * i / 5000;
    const double r = 10'000 + (i % 2) * 30.0;
    ring.push_back({r * std::cos(a), r * std::sin(a)});
  }
  ring.push_back(ring.front());
  layer.features.push_back({{GeometryKind::polygon, {ring}}, {}});
  const double area = area_of(layer.features[0].geometry);
  const double tolerance = fit_layer(layer, 5, 500);
  EXPECT_LE(vertex_count(layer), 500U);
  ASSERT_EQ(layer.features.size(), 1U);
  const auto& part = layer.features[0].geometry.parts[0];
  EXPECT_EQ(part.front(), part.back());
  EXPECT_NEAR(area_of(layer.features[0].geometry), area, 2 * 3.15 * 10'030 * tolerance);
}

}  // namespace
}  // namespace abatis::report
