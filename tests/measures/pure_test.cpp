// Ages, money, chords: the parts of the room that need no map.

#include <gtest/gtest.h>

#include "abatis/measures/sites.hpp"
#include "measures/block_delay.hpp"
#include "measures/options.hpp"

namespace abatis {
namespace {

TEST(Options, PhaseInAfterTheLeadTimeAndNeverFalling) {
  Measure m;
  m.lead_years = 2;
  EXPECT_EQ(measures::phase_in(m, 0), 0);
  EXPECT_EQ(measures::phase_in(m, 1), 0);
  EXPECT_EQ(measures::phase_in(m, 2), 1);
  m.growth_years = 4;
  EXPECT_EQ(measures::phase_in(m, 2), 0);
  EXPECT_DOUBLE_EQ(measures::phase_in(m, 3), 0.25);
  EXPECT_EQ(measures::phase_in(m, 6), 1);
  EXPECT_EQ(measures::phase_in(m, 60), 1);
  for (int age = 1; age < 20; ++age) {
    EXPECT_GE(measures::phase_in(m, age), measures::phase_in(m, age - 1));
  }
}

TEST(Options, MoneyIsQuantityTimesTheMean) {
  Scenario s;
  s.years = 3;
  Measure m;
  m.unit = "km";
  m.unit_cost_eur = {10, 20, 60};  // mean 30
  m.maintenance_share = 0.1;
  m.liability_eur = {0, 3, 6};      // mean 3
  m.crossing_cost_eur = {1, 2, 6};  // mean 3
  s.catalogue.measures = {m};
  const Option option = measures::make_option(s, 0, 2.5, 4, {{100, 100, 100}, {0, 0, 0}});
  EXPECT_DOUBLE_EQ(option.cost.value, 2.5 * 30 + 4 * 3);
  EXPECT_DOUBLE_EQ(option.maintenance.value, 8.7);
  EXPECT_DOUBLE_EQ(option.liability.value, 7.5);
  EXPECT_EQ(option.delay_s, (std::vector<std::vector<double>>{{100, 100, 100}, {0, 0, 0}}));
}

TEST(Barriers, ASiteOnARiverStillCostsTheRiver) {
  SiteSet set;
  set.naturals = 2;
  set.sites.resize(2);
  set.sites[1].natural = 2;
  Mobility mobility;
  mobility.natural_delay_s = {{60, 600}};
  EXPECT_EQ(barrier_delays(set, mobility, 0, {}), (std::vector<double>{0, 60, 600, 0, 600}));
  EXPECT_EQ(barrier_delays(set, mobility, 0, {7, 9}), (std::vector<double>{0, 60, 600, 7, 609}));
}

TEST(Forest, TheMeanChordOfASquareIsAQuarterPiOfItsSide) {
  const Grid grid{
      .epsg = 3346, .origin_x = 0, .origin_y = 1000, .cell = 100, .rows = 10, .cols = 10};
  std::vector<Cell> all;
  for (Cell c = 0; c < 100; ++c) all.push_back(c);
  EXPECT_NEAR(measures::mean_chord_m(grid, all), 3.14159265358979 / 4 * 1000, 1e-9);
}

}  // namespace
}  // namespace abatis
