// Sensors of the catalogue and [surveillance] of a scenario: what is read, and what is refused.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/scenario/scenario.hpp"
#include "added_text.hpp"
#include "marked.hpp"
#include "scenario/catalogue_reader.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::edited;
using ::testing::ElementsAre;
using testing::errors_of;
using testing::expect_error;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::place_of;
using ::testing::StartsWith;
using testing::valid_scenario;
using testing::without_layers;

std::string watched(const std::string& keys = "") {
  return edited(valid_scenario(), "\"anti_tank_cover\", \"ditch_deepened\"",
                "\"anti_tank_cover\", \"ditch_deepened\", \"radar_mast\", \"acoustic_array\"") +
         "\n[[earmarks]]\nclass = \"surveillance\"\nrule = \"at_most\"\namount = \"1 MEUR\"\n"
         "provenance = \"unverified\"\n\n[surveillance]\n" +
         keys + "provenance = \"no source\"\n";
}

TEST(Surveillance, SensorsOfTheCatalogue) {
  const Catalogue c = read_catalogue(std::nullopt).catalogue;
  int sensors = 0;
  for (const Measure& m : c.measures) {
    if (m.rule != SiteRule::sensor) continue;
    ++sensors;
    EXPECT_EQ(m.budget_class, "surveillance");
    EXPECT_GT(m.sensor.range_air_m + m.sensor.range_ground_m, 0) << m.id;
    EXPECT_FALSE(m.acts.source.empty()) << m.id;
    if (m.id == "passive_radio") {
      EXPECT_FALSE(m.sensor.fibre_optic);
    }
    if (m.id == "radar_mast") {
      EXPECT_EQ(m.sensor.modality, Modality::radar);
      EXPECT_DOUBLE_EQ(m.sensor.refraction, 0.25);
      EXPECT_DOUBLE_EQ(m.sensor.range_air_m, 12000);
    }
    if (m.id == "electro_optical") {
      EXPECT_EQ(m.sensor.works, (std::array<bool, kConditions>{true, true, false}));
    }
  }
  EXPECT_EQ(sensors, 6);
}

TEST(Surveillance, DefaultsAndWhatIsGiven) {
  const auto none = parse_scenario(valid_scenario(), "s.toml", without_layers());
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->surveillance.given);
  const auto s = parse_scenario(
      watched("altitudes = [\"20 m\", \"80 m\"]\nlane_altitude = \"80 m\"\nweights = [1, 1, 0]\n"
              "flyer_speed = \"72 km/h\"\nconfirm = \"1 min\"\n"),
      "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  const SurveillanceRules& r = s->surveillance;
  EXPECT_TRUE(r.given);
  EXPECT_EQ(r.altitudes_m, (std::vector<double>{20, 80}));
  EXPECT_EQ(r.lane_altitude, 1);
  EXPECT_DOUBLE_EQ(r.border_weight, 0.5);
  EXPECT_DOUBLE_EQ(r.effect_weight, 0);
  EXPECT_NEAR(r.flyer_mps, 20, 1e-12);
  EXPECT_DOUBLE_EQ(r.confirm_s, 60);
  EXPECT_DOUBLE_EQ(r.disseminate_s, 180);
  EXPECT_EQ(r.states.size(), s->friendly.size());
}

TEST(Surveillance, WarningIsWeighedOnTheScaleOfTheOtherParts) {
  const auto none = parse_scenario(watched(), "s.toml", without_layers());
  ASSERT_TRUE(none);
  EXPECT_EQ(none->surveillance.warning.air_weight, 0);
  EXPECT_EQ(none->surveillance.warning.ground_weight, 0);
  const auto s = parse_scenario(
      watched("weights = [2, 2, 1]\nwarning_weights = [3, 2]\nwarning_full = [\"5 min\", \"1 h\"]\n"
              "warning_provenance = \"a source\"\n"),
      "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  const SurveillanceRules& r = s->surveillance;
  EXPECT_DOUBLE_EQ(r.border_weight, 0.2);
  EXPECT_DOUBLE_EQ(r.effect_weight, 0.1);
  EXPECT_DOUBLE_EQ(r.warning.air_weight, 0.3);
  EXPECT_DOUBLE_EQ(r.warning.ground_weight, 0.2);
  EXPECT_DOUBLE_EQ(r.warning.full_air_s, 300);
  EXPECT_DOUBLE_EQ(r.warning.full_ground_s, 3600);
  EXPECT_EQ(r.warning.provenance.source, "a source");
}

TEST(Surveillance, WhatMakesNoSenseIsRefusedAtItsPlace) {
  EXPECT_THAT(errors_of(watched()), IsEmpty());
  expect_error(watched("altitudes = [\"80 m\", \"20 m\"]\n"), "altitudes = |[",
               "altitudes must rise");
  expect_error(watched("lane_altitude = \"70 m\"\n"), "lane_altitude = |\"70 m\"",
               "lanes are flown at one of `altitudes`");
  expect_error(watched("weights = [0, 0, 0]\n"), "weights = |[", "one part at least");
  expect_error(watched("weights = [0, 0, 0]\nwarning_weights = [0, 0]\n"
                       "warning_provenance = \"unverified\"\n"),
               "weights = |[0, 0, 0]", "one part at least");
  expect_error(watched("warning_weights = [1, 1]\n"), "warning_weights = |[",
               "nothing says where these weights come from");
  expect_error(watched("warning_full = [\"5 min\", \"1 h\"]\n"), "warning_full = |[",
               "what warning weighs is not given");
  expect_error(watched("second_modality = \"30 %\"\n"), "second_modality = |\"30 %\"", "");
  expect_error(watched("states = [\"XYZ\"]\n"), "states = [|\"XYZ\"]",
               "there is no friendly state \"XYZ\"");
  expect_error(watched("max_candidate = 3\n"), "|max_candidate = 3", "unknown key");
}

TEST(Surveillance, SensorsNeedTheSectionAndTheSectionSensorsAndMoney) {
  const std::string section = "\n[surveillance]\nprovenance = \"no source\"\n";
  EXPECT_THAT(errors_of(valid_scenario() + section),
              ElementsAre(HasSubstr("no measure of sites.measures is a sensor")));
  EXPECT_THAT(errors_of(edited(valid_scenario(), "\"anti_tank_cover\", \"ditch_deepened\"",
                               "\"anti_tank_cover\", \"ditch_deepened\", \"radar_mast\"") +
                        section),
              ElementsAre(HasSubstr("no earmark says how much surveillance may cost")));
  const std::string text = watched();
  EXPECT_THAT(errors_of(text.substr(0, text.find("[surveillance]"))),
              ElementsAre(HasSubstr("nothing says what they watch")));
}

std::vector<std::string> catalogue_errors(const std::string& from, const std::string& to) {
  std::vector<CatalogueText> texts = builtin_catalogue();
  for (CatalogueText& one : texts) {
    if (one.name == "measures.toml") one.text = edited(one.text, from, to);
  }
  std::vector<std::string> lines;
  for (const Error& error : read_catalogue_texts(texts, "c").errors) {
    lines.push_back(to_string(error));
  }
  return lines;
}

TEST(Surveillance, KeysOfASensorAreHeldToMakeSense) {
  EXPECT_THAT(catalogue_errors("works = [\"day\", \"night\"]", "works = [\"day\", \"dusk\"]"),
              ElementsAre(HasSubstr("\"dusk\" is no condition")));
  EXPECT_THAT(
      catalogue_errors("refraction = \"optical\"\nfibre_optic = true\nland_area = \"0.05 ha\"",
                       "fibre_optic = true\nland_area = \"0.05 ha\""),
      ElementsAre(HasSubstr("what needs sight needs its refraction")));
  EXPECT_THAT(catalogue_errors("range_air = \"3 km\"\nrange_ground = \"0 m\"",
                               "range_air = \"0 m\"\nrange_ground = \"0 m\""),
              ElementsAre(HasSubstr("it reaches nothing")));
  EXPECT_THAT(catalogue_errors("range_air = \"4 km\"\nrange_ground = \"0 m\"",
                               "range_air = \"4 km\"\nrange_ground = \"1 km\""),
              ElementsAre(HasSubstr("an effector reaches what flies alone")));
  EXPECT_THAT(catalogue_errors("id = \"park\"\n", "id = \"park\"\nmodality = \"radar\"\n"),
              ElementsAre(HasSubstr("only measures with rule = \"sensor\" have it")));
}

}  // namespace
}  // namespace abatis
