// Check values of MODEL section 2, and the faults of open implementations that it names.

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "abatis/mobility/mobility.hpp"

namespace abatis {
namespace {

TEST(mobility_factors, slope_speed_gives_the_published_row) {
  const double slopes[] = {0, 10, 20, 30, 45};
  const double speeds[] = {54, 42, 30, 18, 0};
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(slope_speed(72, 60, 45, slopes[i]), speeds[i], 1e-12) << slopes[i];
  }
  EXPECT_EQ(slope_speed(72, 60, 45, 80), 0.0);                      // never negative
  EXPECT_NEAR(slope_speed(72 / 3.6, 60, 45, 10), 42 / 3.6, 1e-12);  // the unit goes through
}

TEST(mobility_factors, intercepts_are_normalised_by_280_and_nothing_else) {
  EXPECT_EQ(intercept_factor(0), 1.0);
  EXPECT_DOUBLE_EQ(intercept_factor(70), 0.75);
  EXPECT_DOUBLE_EQ(intercept_factor(140), 0.5);
  EXPECT_EQ(intercept_factor(280), 0.0);
  EXPECT_EQ(intercept_factor(1000), 0.0);
}

TEST(mobility_factors, soil_factor_runs_from_one_pass_to_fifty) {
  EXPECT_EQ(soil_factor(25, 25, 58), 0.0);
  EXPECT_EQ(soil_factor(10, 25, 58), 0.0);
  EXPECT_DOUBLE_EQ(soil_factor(41.5, 25, 58), 0.5);
  EXPECT_EQ(soil_factor(58, 25, 58), 1.0);
  EXPECT_EQ(soil_factor(400, 25, 58), 1.0);
}

TEST(mobility_factors, cone_indices_of_the_published_4x4) {
  // 13,450 lb 4x4, MI 83.82: 27.80 psi (191.7 kPa) and 63.2 psi (435.9 kPa), at 15 % deflection.
  EXPECT_DOUBLE_EQ(deflection_correction(0.15), 1.0);
  const double vci1 = vci1_wheeled(83.82, deflection_correction(0.15));
  EXPECT_NEAR(vci1, 27.80, 0.005);
  EXPECT_NEAR(vci1 * 6.894757, 191.7, 0.06);  // published from the rounded 27.80
  EXPECT_NEAR(vci50_wheeled(83.82), 63.2, 0.05);
  EXPECT_NEAR(vci50_wheeled(83.82) * 6.894757, 435.9, 0.1);
  // Softer tires sink less: at 35 % the correction is (3/7)^(1/4).
  EXPECT_NEAR(vci1_wheeled(83.82, deflection_correction(0.35)), 27.796 * 0.80911, 0.01);
}

TEST(mobility_factors, cone_indices_change_formula_at_115_without_a_great_step) {
  EXPECT_DOUBLE_EQ(vci1_wheeled(115, 1), 11.48 + 23.0 - 39.2 / 118.74);
  EXPECT_DOUBLE_EQ(vci1_wheeled(116, 1), 4.1 * std::pow(116, 0.446));
  EXPECT_NEAR(vci1_wheeled(115, 1), vci1_wheeled(115.001, 1), 0.2);
  EXPECT_DOUBLE_EQ(vci50_wheeled(116), 9.0 * std::pow(116, 0.446));
  EXPECT_NEAR(vci50_wheeled(115), vci50_wheeled(115.001), 2.5);
  EXPECT_DOUBLE_EQ(vci1_tracked(100), 7.0 + 20.0 - 39.2 / 105.6);
  EXPECT_DOUBLE_EQ(vci50_tracked(100), 19.27 + 43.0 - 125.79 / 107.08);
}

TEST(mobility_factors, stem_spacing_follows_the_number_of_stems) {
  EXPECT_DOUBLE_EQ(stem_spacing_m(100, false), 10.0);
  EXPECT_DOUBLE_EQ(stem_spacing_m(100, true), 10.75);
  EXPECT_DOUBLE_EQ(stem_spacing_m(2500, false), 2.0);
  EXPECT_EQ(stem_spacing_m(0, false), std::numeric_limits<double>::infinity());
}

TEST(mobility_factors, stems_let_through_by_gap_or_by_pushing_over) {
  Mover wheeled{.running = Running::wheeled, .width_m = 2.5, .clearance_m = 0.4};
  wheeled.override_diameter_m = 0.3;  // of no use to a wheeled mover
  EXPECT_TRUE(stems_passable(wheeled, 0, 0));
  EXPECT_TRUE(stems_passable(wheeled, 1000, 0.2));   // gap 3.162 - 0.2 = 2.96 >= 2.9
  EXPECT_FALSE(stems_passable(wheeled, 1000, 0.3));  // gap 2.86
  EXPECT_FALSE(stems_passable(wheeled, 2500, 0.1));
  Mover tracked{.running = Running::tracked, .width_m = 3.7, .clearance_m = 0.3};
  tracked.override_diameter_m = 0.2;
  EXPECT_FALSE(stems_passable(tracked, 900, 0.22));
  EXPECT_TRUE(stems_passable(tracked, 900, 0.20));
  EXPECT_TRUE(stems_passable(tracked, 400, 0.9));  // gap 5 - 0.9 >= 4: between, not over
  const Mover foot{.running = Running::foot, .width_m = 0.6, .clearance_m = 0.2};
  EXPECT_TRUE(stems_passable(foot, 2500, 0.3));
}

TEST(mobility_factors, frost_and_ice_carry_what_the_formulas_say) {
  EXPECT_DOUBLE_EQ(frozen_ground_capacity_kn(0.5, true), 215.0);
  EXPECT_DOUBLE_EQ(frozen_ground_capacity_kn(0.5, false), 87.5);
  EXPECT_EQ(frozen_ground_capacity_kn(0, true), 0.0);
  // TM 5-852-1, table 2-1: 16 inches of ice for 16 short tons.
  EXPECT_NEAR(ice_capacity_t(16 * 0.0254), 16 * 0.90718474, 1e-9);
  EXPECT_NEAR(ice_capacity_t(0.35), 10.77, 0.01);
}

}  // namespace
}  // namespace abatis
