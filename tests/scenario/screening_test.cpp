// [screening]: which roads are screened from whom, rows to choose, sensors of one's own.

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/scenario/scenario.hpp"
#include "added_text.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using ::testing::ElementsAre;
using testing::errors_of;
using ::testing::HasSubstr;
using testing::valid_scenario;
using testing::without_layers;

std::string section(const std::string& lines) {
  return "\n[screening]\nprovenance = \"the test\"\n" + lines + "\n";
}

// The small scenario with a measure that lines roads.
std::string with_rows() {
  std::string text = valid_scenario();
  const std::string from = "measures = [";
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::invalid_argument("no measures in the scenario");
  return text.insert(at + from.size(), "\"roadside_trees\", ");
}

Scenario parsed_with_rows(const std::string& more) {
  return testing::parsed(more, with_rows());
}
void expect_refused_with_rows(const std::string& more, const std::string& message) {
  testing::expect_refused(more, message, with_rows());
}

TEST(ScreeningKeys, WithoutTheSectionNothingIsAsked) {
  EXPECT_FALSE(parsed_with_rows("").screening.given);
}

TEST(ScreeningKeys, HaveDefaults) {
  const Scenario s = parsed_with_rows(section(""));
  const ScreeningFigures& figures = s.catalogue.screening;
  EXPECT_TRUE(s.screening.given);
  EXPECT_DOUBLE_EQ(s.screening.zone_m, 10e3);
  EXPECT_EQ(s.screening.viewers.size(), figures.viewers.size());
  EXPECT_EQ(s.screening.targets.size(), figures.targets.size());
  EXPECT_FALSE(s.screening.choice.asked);
  EXPECT_EQ(s.screening.choice.by_year, s.first_year + s.years - 1);
}

TEST(ScreeningKeys, ChooseRowsForOneCase) {
  const Scenario s = parsed_with_rows(
      section("zone = \"5 km\"\nviewers = [\"mast\", \"ground\"]\ntargets = [\"bus\"]\nchoose = "
              "\"vehicles\"\nviewer = \"ground\"\nleaves = \"bare\"\nlength = \"12 km\""));
  const ScreeningFigures& figures = s.catalogue.screening;
  ASSERT_EQ(s.screening.viewers.size(), 2U);
  EXPECT_EQ(figures.viewers[static_cast<std::size_t>(s.screening.viewers[0])].id, "ground");
  const RowChoice& choice = s.screening.choice;
  EXPECT_TRUE(choice.asked);
  EXPECT_EQ(choice.metric, ScreenMetric::vehicles);
  EXPECT_EQ(figures.viewers[static_cast<std::size_t>(choice.viewer)].id, "ground");
  EXPECT_EQ(figures.targets[static_cast<std::size_t>(choice.target)].id, "bus");
  EXPECT_TRUE(choice.bare);
  EXPECT_DOUBLE_EQ(choice.length_m, 12e3);
  EXPECT_EQ(choice.plant, s.first_year);
  EXPECT_GT(choice.where.line, 0);
}

TEST(ScreeningKeys, WrongOnesAreRefusedWhereTheyStand) {
  const int first = parsed_with_rows("").first_year;
  expect_refused_with_rows(section("zone = \"0 km\""), "zone");
  expect_refused_with_rows(section("stretch = \"10 m\""), "between 100 m");
  expect_refused_with_rows(section("viewers = [\"mats\"]"), "mats");
  expect_refused_with_rows(section("viewers = [\"mast\", \"mast\"]"), "twice");
  expect_refused_with_rows(section("targets = []"), "targets");
  expect_refused_with_rows(section("length = \"3 km\""), "add choose = \"people\"");
  expect_refused_with_rows(section("choose = \"people\""), "one of `length` and `budget`");
  expect_refused_with_rows(section("choose = \"people\"\nlength = \"3 km\"\nbudget = \"1 MEUR\""),
                           "one of `length` and `budget`");
  expect_refused_with_rows(section("choose = \"poeple\"\nlength = \"3 km\""), "people");
  expect_refused_with_rows(
      section("viewers = [\"ground\"]\nchoose = \"people\"\nviewer = \"mast\"\nlength "
              "= \"3 km\""),
      "viewer of [screening]");
  expect_refused_with_rows(section("choose = \"people\"\nlength = \"3 km\"\nleaves = \"none\""),
                           "leaf");
  expect_refused_with_rows(
      section(fmt::format("choose = \"people\"\nlength = \"3 km\"\nplant = {}", first - 1)),
      std::to_string(first - 1));
  expect_refused_with_rows(
      section(fmt::format("choose = \"people\"\nlength = \"3 km\"\nplant = {}\nby_year "
                          "= {}",
                          first + 1, first)),
      "before the rows are planted");
  expect_refused_with_rows(section("zoen = \"5 km\""), "zone");
  EXPECT_THAT(errors_of(with_rows() + "\n[screening]\n"), ElementsAre(HasSubstr("provenance")));
  EXPECT_THAT(errors_of(valid_scenario() + section("choose = \"people\"\nlength = \"3 km\"")),
              ElementsAre(HasSubstr("plants trees along roads")));
}

TEST(ScreeningKeys, SensorsHaveAPlaceInTheRegion) {
  const auto sensor = [](const std::string& id, const std::string& at, const std::string& height) {
    return "\n[[screening.sensors]]\nid = \"" + id + "\"\nname = \"Mast\"\nat = [" + at +
           "]\nheight = \"" + height + "\"\nrange = \"15 km\"\nprovenance = \"the test\"\n";
  };
  const Scenario s = parsed_with_rows(section("") + sensor("m1", "23.354, 54.559", "30 m"));
  ASSERT_EQ(s.screening.sensors.size(), 1U);
  EXPECT_DOUBLE_EQ(s.screening.sensors[0].height_m, 30);
  EXPECT_TRUE(s.grid.cell_at(s.screening.sensors[0].at));
  expect_refused_with_rows(section("") + sensor("m1", "3, 54.559", "30 m"), "outside the region");
  expect_refused_with_rows(section("") + sensor("m1", "23.354, 95", "30 m"), "latitude 95");
  expect_refused_with_rows(section("") + sensor("m1", "23.354, 54.559", "-3 m"), "height");
  expect_refused_with_rows(
      section("") + sensor("m1", "23.354, 54.559", "30 m") + sensor("m1", "23.354, 54.559", "30 m"),
      "m1");
}

}  // namespace
}  // namespace abatis
