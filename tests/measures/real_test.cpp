// The sector around the Gap on real layers: enough sites, in the right places, in seconds.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "abatis/measures/sites.hpp"
#include "abatis/travel/travel.hpp"
#include "support/real_data.hpp"

namespace abatis {
namespace {

TEST(RealSites, SuwalkiHasHundredsOfSitesThatDelay) {
  ABATIS_REAL_DATA(folder);
  auto scenario = load_scenario(
      std::filesystem::path(ABATIS_SOURCE_DIR) / "data/scenarios/suwalki-real/scenario.toml",
      {.data_root = folder});
  ASSERT_TRUE(scenario) << to_string(scenario.error().front());
  Grid& grid = scenario->grid;  // coarser than the scenario's own, for a test
  grid.rows /= 4;
  grid.cols /= 4;
  grid.cell *= 4;
  auto terrain = build_terrain(*scenario, 0, silent_monitor());
  ASSERT_TRUE(terrain) << to_string(terrain.error());
  auto mobility = build_mobility(*scenario, *terrain, Combine::product, 0, silent_monitor());
  ASSERT_TRUE(mobility) << to_string(mobility.error());
  const auto set = find_sites(*scenario, *terrain, *mobility, 0, silent_monitor());
  ASSERT_TRUE(set) << to_string(set.error());

  EXPECT_GE(set->sites.size(), 300U);
  std::map<SiteRule, int> by_rule;
  std::set<Cell> seen;
  for (const Site& site : set->sites) {
    ++by_rule[site.rule];
    EXPECT_FALSE(site.options.empty()) << site.id;
    EXPECT_FALSE(site.nearest_place.empty()) << site.id;
    for (const Cell c : site.cells) {
      EXPECT_TRUE(seen.insert(c).second) << site.id;
      EXPECT_EQ(terrain->side_of(c), Side::friendly) << site.id;
      EXPECT_EQ(terrain->water[c] != 0 && terrain->bridge[c] == 0, false) << site.id;
    }
  }
  for (const SiteRule rule :
       {SiteRule::belt_segment, SiteRule::mapped_ditch, SiteRule::bridge, SiteRule::road_point}) {
    EXPECT_GE(by_rule[rule], 20) << static_cast<int>(rule);
  }

  for (const Axis& axis : scenario->axes) {
    const auto ends = axis_cells(*scenario, *terrain, mobility->speeds[0], axis);
    ASSERT_TRUE(ends);
    std::array<double, 2> time{};
    for (const int built : {0, 1}) {
      std::vector<double> delay(set->sites.size(), 0.0);
      for (std::size_t s = 0; s < delay.size(); ++s) {
        for (const Option& option : set->sites[s].options) {
          delay[s] = std::max(delay[s], built * option.delay_s[0].back());
        }
      }
      const auto delays = barrier_delays(*set, *mobility, 0, delay);
      const TravelInput input{&mobility->speeds[0].speed_mps, &set->barrier, delays};
      const TimeField field = travel_time(input, ends->sources, {.targets = ends->targets});
      time[static_cast<std::size_t>(built)] =
          field.time_s[static_cast<std::size_t>(nearest_target(field, ends->targets))];
    }
    // Everything built: the mover takes the way round the corridor, half as long again.
    EXPECT_GT(time[1], 1.4 * time[0]) << axis.id;
  }
}

}  // namespace
}  // namespace abatis
