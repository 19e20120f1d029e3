// Settlements, services and municipalities as they come in, good and bad.

#include "terrain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace abatis {
namespace {

using terrain_detail::Inputs;
using terrain_detail::read_people;
using ::testing::HasSubstr;

Geometry box(double x0, double y0, double x1, double y1) {
  return {GeometryKind::polygon, {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}};
}
Geometry point(double x, double y) {
  return {GeometryKind::point, {{{x, y}}}};
}

// A region of 10 x 10 cells of 100 m, with a layer of each role.
class PeopleOf : public ::testing::Test {
 protected:
  PeopleOf() {
    scenario_.grid = terrain_.grid = {
        .epsg = 3346, .origin_x = 0, .origin_y = 1000, .cell = 100, .rows = 10, .cols = 10};
    for (const LayerRole role :
         {LayerRole::places, LayerRole::services, LayerRole::municipalities}) {
      LayerSource source;
      source.role = role;
      source.shown = std::string(to_string(role)) + ".fgb";
      source.where = {.file = "scenario.toml", .line = 7};
      scenario_.layers.push_back(std::move(source));
    }
    inputs_.places.field_names = {"class", "name", "population"};
    inputs_.services.field_names = inputs_.municipalities.field_names = {"class", "name"};
  }
  void place(FieldValue population) {
    inputs_.places.features.push_back(
        {point(50, 50), {std::string("village"), std::string("V"), std::move(population)}});
  }
  void municipality(const char* name, Geometry area) {
    inputs_.municipalities.features.push_back({std::move(area), {std::string(name), {}}});
  }
  std::string error() {
    const Status status = read_people(scenario_, inputs_, terrain_);
    return status ? "" : to_string(status.error());
  }

  Scenario scenario_;
  Inputs inputs_;
  Terrain terrain_;
};

TEST_F(PeopleOf, AreReadAndLaidOntoTheGrid) {
  place(std::int64_t{120});
  place({});
  inputs_.services.features.push_back({point(250, 250), {std::string("school"), std::string("S")}});
  municipality("West", box(0, 0, 500, 1000));
  municipality("East", box(500, 0, 1000, 1000));
  ASSERT_EQ(error(), "");
  ASSERT_EQ(terrain_.settlements.size(), 2U);
  EXPECT_EQ(terrain_.settlements[0].population, 120);
  EXPECT_EQ(terrain_.settlements[1].population, -1);
  ASSERT_EQ(terrain_.services.size(), 1U);
  EXPECT_EQ(terrain_.services[0].kind, ServiceKind::school);
  ASSERT_EQ(terrain_.municipalities.size(), 2U);
  EXPECT_EQ(terrain_.municipalities[0].name, "East");
  EXPECT_EQ(terrain_.municipality[terrain_.grid.at(3, 2)], 2);
  EXPECT_EQ(terrain_.municipality[terrain_.grid.at(3, 7)], 1);
}

TEST_F(PeopleOf, WithoutMunicipalitiesThereIsNoRasterOfThem) {
  scenario_.layers.pop_back();
  ASSERT_EQ(error(), "");
  EXPECT_TRUE(terrain_.municipality.values.empty());
}

TEST_F(PeopleOf, CannotBeFewerThanNone) {
  place(std::int64_t{-5});
  EXPECT_THAT(error(), HasSubstr("feature 1 (V) has a population of -5"));
  EXPECT_THAT(error(), HasSubstr("places.fgb"));
  EXPECT_THAT(error(), HasSubstr("scenario.toml:7"));
}

TEST_F(PeopleOf, ServicesOfUnknownClassAreRefused) {
  inputs_.services.features.push_back({point(250, 250), {std::string("pub"), std::string("P")}});
  EXPECT_THAT(error(), HasSubstr("feature 1 is of class \"pub\""));
  EXPECT_THAT(error(), HasSubstr("clinic, school, shelter, crossing"));
}

TEST_F(PeopleOf, MunicipalitiesThatOverlapAreRefusedWithThePlace) {
  municipality("West", box(0, 0, 600, 1000));
  municipality("East", box(500, 0, 1000, 1000));
  EXPECT_THAT(error(), HasSubstr("\"East\" and \"West\" overlap in 10 cells, the first at x 550"));
}

TEST_F(PeopleOf, ASliverOfOverlapIsTold) {
  scenario_.grid = terrain_.grid = {
      .epsg = 3346, .origin_x = 0, .origin_y = 3000, .cell = 100, .rows = 30, .cols = 30};
  municipality("West", box(0, 0, 1500, 3000));
  municipality("East", {GeometryKind::polygon,
                        {{{1500, 0},
                          {3000, 0},
                          {3000, 3000},
                          {1500, 3000},
                          {1500, 200},
                          {1400, 200},
                          {1400, 100},
                          {1500, 100},
                          {1500, 0}}}});
  ASSERT_EQ(error(), "");
  ASSERT_EQ(terrain_.notes.size(), 1U);
  EXPECT_EQ(terrain_.notes[0].cells, 1);
}

TEST_F(PeopleOf, AMunicipalitySmallerThanACellIsRefused) {
  municipality("Dot", box(310, 310, 320, 320));
  EXPECT_THAT(error(), HasSubstr("\"Dot\" covers no cell: it lies at x 310, y 310"));
}

TEST_F(PeopleOf, OneThatReachesTheEdgeOnlyIsTold) {
  municipality("Far", box(995, 0, 3000, 1000));
  ASSERT_EQ(error(), "");
  EXPECT_TRUE(terrain_.municipalities.empty());
  ASSERT_EQ(terrain_.notes.size(), 1U);
}

TEST_F(PeopleOf, AMunicipalityNeedsAName) {
  municipality("", box(0, 0, 500, 500));
  EXPECT_THAT(error(), HasSubstr("feature 1 has no name"));
}

}  // namespace
}  // namespace abatis
