// Earth moved for a ditch, and what a mover does with it in each state of water, ice and bank.

#include "abatis/measures/ditch.hpp"

#include <gtest/gtest.h>

#include "abatis/scenario/catalogue_files.hpp"

namespace abatis {
namespace {

TEST(Ditches, VolumesAreTheCheckValuesOfTheModel) {
  const DitchSection none{};
  EXPECT_DOUBLE_EQ(deepening_volume_m3_per_km(none, {4, 1, 2}), 5000);
  EXPECT_DOUBLE_EQ(deepening_volume_m3_per_km(none, {4, 1, 3}), 7500);
  EXPECT_DOUBLE_EQ(deepening_volume_m3_per_km({4, 1, 2}, {4, 1, 3}), 2500);
  EXPECT_DOUBLE_EQ(deepening_volume_m3_per_km({4, 1, 3}, {4, 1, 2}), 0) << "nothing is filled in";
}

TEST(Ditches, BanksSteeperThanOneToOneAndAHalfDoNotStand) {
  EXPECT_TRUE(bank_unstable({4, 1, 2}));
  EXPECT_FALSE(bank_unstable({7, 1, 2})) << "a run of 3 m for 2 m of depth";
  EXPECT_TRUE(bank_unstable({6.9, 1, 2}));
}

TEST(Ditches, SectionsAreThoseOfTheCatalogueOrPresumed) {
  Measure m;
  EXPECT_EQ(section_before(m).depth_m, kDrainageSection.depth_m);
  EXPECT_EQ(section_after(m).top_m, kDeepenedSection.top_m);
  m.section_before = {3, 1, 1};
  m.section_after = {6, 1, 2.5};
  EXPECT_EQ(section_before(m).top_m, 3);
  EXPECT_EQ(section_after(m).depth_m, 2.5);
}

Mover tank() {
  Mover m;
  m.trench_width_m = 2.7;
  m.step_height_m = 0.85;
  m.slope_on_percent = 60;
  m.ford_depth_m = 1.2;
  m.weight_t = 65;
  return m;
}

TEST(Ditches, EachAnswerHasItsCase) {
  const Season dry;
  EXPECT_EQ(answer_to({2.7, 1, 2}, tank(), dry), DitchAnswer::spans);
  EXPECT_EQ(answer_to({2.71, 1, 2}, tank(), dry), DitchAnswer::stops);
  EXPECT_EQ(answer_to({4, 1, 0.85}, tank(), dry), DitchAnswer::steps);
  EXPECT_EQ(answer_to({4, 1, 0.86}, tank(), dry), DitchAnswer::drives) << "banks of 57 %";
  EXPECT_EQ(answer_to({8, 1, 2}, tank(), dry), DitchAnswer::drives) << "banks of 57 %";
  EXPECT_EQ(answer_to({7, 1, 2}, tank(), dry), DitchAnswer::stops) << "banks of 67 %";
  EXPECT_EQ(answer_to({4, 1, 2}, tank(), dry), DitchAnswer::stops);
  EXPECT_EQ(answer_to({4, 4, 2}, tank(), dry), DitchAnswer::stops) << "upright walls";
  EXPECT_EQ(answer_to({}, tank(), dry), DitchAnswer::spans) << "no ditch";
}

TEST(Ditches, WetBanksAreClimbedLess) {
  Season thaw;
  thaw.bank_factor = 0.6;  // 36 % of slope
  EXPECT_EQ(answer_to({8, 1, 2}, tank(), thaw), DitchAnswer::stops) << "banks of 57 %";
  EXPECT_EQ(answer_to({12.2, 1, 2}, tank(), thaw), DitchAnswer::drives) << "banks of 35.7 %";
  EXPECT_EQ(answer_to({12, 1, 2}, tank(), thaw), DitchAnswer::stops) << "banks of 36.4 %";
}

TEST(Ditches, WaterDeeperThanItFordsStopsWhoDoesNotSwim) {
  Season wet;
  wet.ditch_water_m = 1.2;
  EXPECT_EQ(answer_to({12, 1, 2}, tank(), wet), DitchAnswer::drives);
  wet.ditch_water_m = 1.3;
  EXPECT_EQ(answer_to({12, 1, 2}, tank(), wet), DitchAnswer::stops);
  EXPECT_EQ(answer_to({2.7, 1, 2}, tank(), wet), DitchAnswer::spans) << "over the water";
  Mover swimmer = tank();
  swimmer.amphibious = true;
  EXPECT_EQ(answer_to({12, 1, 2}, swimmer, wet), DitchAnswer::drives);
  EXPECT_EQ(answer_to({4, 1, 2}, swimmer, wet), DitchAnswer::stops) << "it cannot climb out";
  // Water fills a ditch to its brim at most.
  wet.ditch_water_m = 5;
  EXPECT_EQ(answer_to({8, 1, 1.1}, tank(), wet), DitchAnswer::drives);
}

// 35 cm carry h^2/16 = 11.9 short tons = 10.8 t.
TEST(Ditches, IceThatCarriesIsTheBottom) {
  Season frozen;
  frozen.ditch_water_m = 1.5;
  frozen.ice_thickness_m = 0.35;
  Mover light = tank();
  light.weight_t = 10.7;
  EXPECT_EQ(answer_to({4, 1, 2}, light, frozen), DitchAnswer::steps) << "0.5 m below the brim";
  EXPECT_EQ(answer_to({4, 1, 3}, light, frozen), DitchAnswer::stops) << "1.5 m below the brim";
  light.weight_t = 10.9;
  EXPECT_EQ(answer_to({4, 1, 2}, light, frozen), DitchAnswer::stops);
  // No more ice than there is water: 10 cm carry 0.9 t.
  light.weight_t = 10.7;
  frozen.ditch_water_m = 0.1;
  EXPECT_EQ(answer_to({4, 1, 0.92}, light, frozen), DitchAnswer::stops);
  light.weight_t = 0.8;
  EXPECT_EQ(answer_to({4, 1, 0.92}, light, frozen), DitchAnswer::steps);
}

TEST(Ditches, ADeeperDitchIsNeverEasier) {
  const Catalogue catalogue = load_catalogue().value();
  for (const Mover& mover : catalogue.movers) {
    for (const Season& season : catalogue.seasons) {
      bool stopped = false;
      for (double depth = 0.1; depth < 4; depth += 0.1) {
        const bool now = answer_to({4, 1, depth}, mover, season) == DitchAnswer::stops;
        EXPECT_TRUE(now || !stopped) << mover.id << " in " << season.id << " at " << depth;
        stopped = now;
      }
    }
  }
}

}  // namespace
}  // namespace abatis
